//! How large a bank may be, and what a plan may be asked for. One list for the rules, for the schema that states them to
//! editors and for the flags.

use std::ops::RangeInclusive;

/// Largest bank or answers file, in bytes.
pub const LARGEST_FILE: usize = 1 << 20;

/// Longest id, in characters.
pub(super) const LONGEST_ID: usize = 64;

/// Longest text, in characters.
pub(super) const LONGEST_TEXT: usize = 2_000;

/// Labels of the scale where a bank names none.
pub(super) const SCALE: [&str; 5] = ["dislike a lot", "dislike", "neither", "like", "like a lot"];

/// Labels of a scale: with fewer there is no middle, and a single key answers up to nine.
pub(super) const LABELS: (usize, usize) = (3, 9);

/// Most roles of a bank.
pub(crate) const MOST_ROLES: usize = 20;

/// Most questions of a bank.
pub(super) const MOST_QUESTIONS: usize = 200;

/// Most choices of a question.
pub(super) const MOST_CHOICES: usize = 60;

/// Most plan entries of one sort, and most words of a list.
pub(super) const MOST_ENTRIES: usize = 100;

/// Most personas of a bank.
pub(super) const MOST_PERSONAS: usize = 200;

/// Most jobs that are named beside the roles.
pub(super) const MOST_ELSEWHERE: usize = 8;

/// Largest number of points, and the largest weight of a place, either way.
pub(super) const MOST_POINTS: i64 = 100;

/// Most hours a bank can give one step, half a year of full-time work: however many steps there are, a plan at one hour a
/// week then ends within the calendar.
pub(super) const MOST_HOURS: i64 = 1_000;

/// Hours a week that a person can study: no more than a week has.
pub(crate) const PACE: RangeInclusive<u32> = 1..=168;

/// Years on whose days a plan can start: far enough from the end of the calendar, which is the year 9999, for any plan.
pub(crate) const YEARS: RangeInclusive<i16> = 1900..=2999;

/// Difficulty of a project.
pub(super) const LEVEL: (i64, i64) = (1, 9);

/// Highest price of an exam, in US dollars.
pub(super) const HIGHEST_PRICE: i64 = 100_000;

/// Most years that a certification is valid.
pub(super) const MOST_YEARS: i64 = 100;
