//! The start of a plan and the hours a week it goes by.

use std::error::Error;
use std::fmt;

use jiff::civil::Date;

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
