//! Start, pace and sessions of a plan where no flag gives them; the one place that reads the clock.

use std::time::SystemTime;

use jiff::Zoned;
use jiff::civil::{Date, Weekday};

use crate::cli::args::PaceArgs;
use crate::cli::error::Error;
use crate::plan::{HOURS_PER_WEEK, Pace};
use crate::report::StudySessions;

/// Returns the pace: flags first, then what answers or a previous result say, then the next Monday and six hours a
/// week.
pub(super) fn pace(flags: &PaceArgs, hours: Option<u32>, start: Option<Date>) -> Pace {
    Pace {
        start: flags.start.or(start).unwrap_or_else(|| next_monday(SystemTime::now())),
        hours_per_week: flags.hours_per_week.or(hours).unwrap_or(HOURS_PER_WEEK),
    }
}

/// Returns the study sessions that flags ask for, or an error if they name too few days for a pace.
pub(super) fn sessions(flags: &PaceArgs, pace: Pace) -> Result<Option<StudySessions>, Error> {
    let sessions = flags.sessions();
    match sessions.as_ref().and_then(|sessions| sessions.missing_days(pace)) {
        Some(missing) => Err(Error::Sessions { missing }),
        None => Ok(sessions),
    }
}

/// Returns today.
pub(super) fn today() -> Date {
    day_of(SystemTime::now())
}

/// Returns the day of a moment, the end of the calendar for any beyond it.
fn day_of(moment: SystemTime) -> Date {
    Zoned::try_from(moment).map_or(Date::MAX, |moment| moment.date())
}

/// Returns the first Monday after today, or today itself at the end of the calendar.
fn next_monday(now: SystemTime) -> Date {
    let today = day_of(now);
    today.nth_weekday(1, Weekday::Monday).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use jiff::civil::{Date, Weekday};

    use super::next_monday;

    #[test]
    fn a_clock_beyond_the_calendar_shows_its_last_day() {
        let monday = |seconds| next_monday(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        for seconds in [253_402_300_800 + 86_400, 1 << 40, 1 << 62] {
            assert_eq!(monday(seconds), Date::MAX, "{seconds}");
        }
        for seconds in [0, 86_400, 1_795_000_000] {
            assert_eq!(monday(seconds).weekday(), Weekday::Monday, "{seconds}");
        }
    }
}
