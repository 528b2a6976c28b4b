//! When a plan begins and how fast it goes; the one place that looks at the clock.

use jiff::Zoned;
use jiff::civil::{Date, Weekday};

use crate::plan::{HOURS_PER_WEEK, Pace};

use super::args;

/// Flags first, then what answers or a former result say, then the next Monday and six hours a week.
pub(super) fn choose(flags: &args::Pace, hours: Option<u32>, start: Option<Date>) -> Pace {
    Pace {
        start: flags.start.or(start).unwrap_or_else(next_monday),
        hours_per_week: flags.hours_per_week.or(hours).unwrap_or(HOURS_PER_WEEK),
    }
}

/// The first Monday after today; today itself at the end of the calendar.
fn next_monday() -> Date {
    let today = Zoned::now().date();
    today.nth_weekday(1, Weekday::Monday).unwrap_or(today)
}
