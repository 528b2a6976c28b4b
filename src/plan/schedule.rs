//! Scheduling: steps one after the other, in whole days.
//!
//! With H the hours of all steps so far (the middle of each range) and p hours a week, a step finishes on day ⌈7 H / p⌉
//! counted from the start, that day included, and takes one day at least.

use std::error::Error;
use std::fmt;

use jiff::Span;
use jiff::civil::Date;

use super::preferences::PlanPreferences;
use super::step::{Step, StepKind};

/// Hours a week where nobody says otherwise.
pub const HOURS_PER_WEEK: u32 = 6;

/// The first day of study and the time for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The first day.
    pub start: Date,
    /// Hours a week, at least 1.
    pub hours_per_week: u32,
}

/// A plan that would end after the last day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the plan would end after the year 9999; begin earlier or plan more hours a week")
    }
}

impl Error for TooLong {}

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

    /// Returns the next step; one that is known takes no time.
    pub(super) fn step<'b>(
        &mut self,
        kind: StepKind<'b>,
        preferences: &PlanPreferences<'_>,
    ) -> Result<Step<'b>, TooLong> {
        if preferences.known.contains(&kind.id()) {
            return Ok(Step { kind, dates: None });
        }
        let hours = kind.hours();
        self.double_hours += i64::from(hours.low) + i64::from(hours.high);
        let first = self.day + 1;
        let rate = 2 * i64::from(self.pace.hours_per_week.max(1));
        let last = (7 * self.double_hours + rate - 1).div_euclid(rate);
        self.day = last.max(first);
        Ok(Step { kind, dates: Some((self.date(first)?, self.date(self.day)?)) })
    }

    /// Returns the last day used, `None` before the first step.
    pub(super) fn finish(&self) -> Result<Option<Date>, TooLong> {
        if self.day == 0 { Ok(None) } else { self.date(self.day).map(Some) }
    }

    /// Returns the weeks begun.
    pub(super) fn weeks(&self) -> u32 {
        u32::try_from((self.day + 6).div_euclid(7)).unwrap_or(u32::MAX)
    }

    fn date(&self, day: i64) -> Result<Date, TooLong> {
        let days = Span::new().try_days(day - 1).map_err(|_| TooLong)?;
        self.pace.start.checked_add(days).map_err(|_| TooLong)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::bank::{Hours, Topic};

    use super::*;

    fn topic(id: &str, low: u32, high: u32) -> Topic {
        Topic { id: id.to_owned(), title: id.to_owned(), why: None, hours: Hours { low, high }, resources: Vec::new() }
    }

    fn days(hours_per_week: u32, topics: &[Topic]) -> Vec<(Date, Date)> {
        let mut schedule = Schedule::new(Pace { start: date(2026, 11, 23), hours_per_week });
        let preferences = PlanPreferences { known: vec!["known"], ..PlanPreferences::default() };
        let step = |topic| schedule.step(StepKind::Topic(topic), &preferences).unwrap().dates;
        topics.iter().filter_map(step).collect()
    }

    #[test]
    fn a_step_ends_on_the_day_on_which_its_hours_are_reached() {
        // At an hour a day six hours, the middle of the range, end on the sixth day.
        let found = days(7, &[topic("a", 5, 7), topic("b", 7, 7)]);
        let [first, second] = found[..] else { panic!("{found:?}") };
        assert_eq!(first, (date(2026, 11, 23), date(2026, 11, 28)));
        assert_eq!(second, (date(2026, 11, 29), date(2026, 12, 5)));
    }

    #[test]
    fn a_step_takes_one_day_at_least_and_a_known_one_none() {
        let found = days(168, &[topic("a", 0, 0), topic("known", 99, 99), topic("b", 1, 1)]);
        assert_eq!(found, [23, 24].map(|day| (date(2026, 11, day), date(2026, 11, day))));
    }

    #[test]
    fn a_schedule_counts_weeks_that_are_begun() {
        let mut schedule = Schedule::new(Pace { start: date(2026, 11, 23), hours_per_week: 7 });
        assert_eq!((schedule.finish(), schedule.weeks()), (Ok(None), 0));
        schedule.step(StepKind::Topic(&topic("a", 8, 8)), &PlanPreferences::default()).unwrap();
        assert_eq!((schedule.finish(), schedule.weeks()), (Ok(Some(date(2026, 11, 30))), 2));
    }

    #[test]
    fn a_schedule_ends_with_the_calendar() {
        let mut schedule = Schedule::new(Pace { start: date(9999, 12, 31), hours_per_week: 1 });
        let long = topic("a", 1, 1);
        let step = schedule.step(StepKind::Topic(&long), &PlanPreferences::default());
        assert_eq!(step.map(|step| step.dates), Err(TooLong));
    }
}
