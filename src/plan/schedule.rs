//! Steps one after the other, in whole days.
//!
//! With H the hours of all steps so far (the middle of each range) and p hours a week, a step finishes on day ⌈7 H / p⌉
//! counted from the start, that day included, and takes one day at least.

use jiff::Span;
use jiff::civil::Date;

use super::{Pace, Step, Subject, TooLong, Wishes};

/// The days used up so far.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pace: Pace,
    /// Twice the middle hours of all steps so far, which is a whole number.
    double_hours: i64,
    /// Last day used, counted from 1; 0 before the first step.
    day: i64,
}

impl Schedule {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, double_hours: 0, day: 0 }
    }

    /// The next step; one that is known takes no time.
    pub(super) fn step<'b>(&mut self, subject: Subject<'b>, wishes: &Wishes<'_>) -> Result<Step<'b>, TooLong> {
        if wishes.knows.contains(&subject.id()) {
            return Ok(Step { subject, dates: None });
        }
        let hours = subject.hours();
        self.double_hours += i64::from(hours.low) + i64::from(hours.high);
        let first = self.day + 1;
        let rate = 2 * i64::from(self.pace.hours_per_week.max(1));
        let last = (7 * self.double_hours + rate - 1).div_euclid(rate);
        self.day = last.max(first);
        Ok(Step { subject, dates: Some((self.date(first)?, self.date(self.day)?)) })
    }

    /// The last day used, if any was.
    pub(super) fn finish(&self) -> Result<Option<Date>, TooLong> {
        if self.day == 0 { Ok(None) } else { self.date(self.day).map(Some) }
    }

    /// Weeks begun.
    pub(super) fn weeks(&self) -> u32 {
        u32::try_from((self.day + 6).div_euclid(7)).unwrap_or(u32::MAX)
    }

    fn date(&self, day: i64) -> Result<Date, TooLong> {
        let days = Span::new().try_days(day - 1).map_err(|_| TooLong)?;
        self.pace.start.checked_add(days).map_err(|_| TooLong)
    }
}
