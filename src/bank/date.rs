//! Dates to the precision that is known.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date of which perhaps only the month or the year is known; printed no more exactly than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartialDate {
    /// A day.
    Day(Date),
    /// A month; the date is its last day.
    Month(Date),
    /// A year; the date is its last day.
    Year(Date),
}

impl PartialDate {
    /// A regular expression of what [`PartialDate::parse`] reads, as exact as one can be.
    pub const PATTERN: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

    /// Reads `2026-09-01`, `2026-09` or `2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        match text.len() {
            4 if well_formed => Some(Self::Year(format!("{text}-12-31").parse().ok()?)),
            7 if well_formed => {
                let first: Date = format!("{text}-01").parse().ok()?;
                Some(Self::Month(first.last_of_month()))
            }
            10 if well_formed => Some(Self::Day(text.parse().ok()?)),
            _ => None,
        }
    }

    /// Returns the last day that it can mean.
    pub(crate) fn latest(self) -> Date {
        match self {
            Self::Day(date) | Self::Month(date) | Self::Year(date) => date,
        }
    }
}

/// As written in a bank: `2026-09-01`, `2026-09` or `2026`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Month(date) => date.strftime("%Y-%m").fmt(f),
            Self::Year(date) => date.strftime("%Y").fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_printed_as_it_is_written_and_means_its_last_day() {
        for (text, latest) in [
            ("2026-09-01", date(2026, 9, 1)),
            ("2026-02", date(2026, 2, 28)),
            ("2024-02", date(2024, 2, 29)),
            ("2026", date(2026, 12, 31)),
        ] {
            let parsed = PartialDate::parse(text).unwrap();
            assert_eq!((parsed.to_string().as_str(), parsed.latest()), (text, latest));
        }
    }

    #[test]
    fn other_ways_to_write_a_date_are_refused() {
        for text in
            ["", "26", "2026-9", "2026-13", "2026-02-30", "2026/09/01", "+2026-09-01", "20260901", "2026-09-01T0"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
