//! A previous result, whose answers are read again: what else it says, and how far its quiz went.

use jiff::civil::Date;

/// The key under which an editor finds the schema of a file; no answer, since an id has no `$` in it.
pub const SCHEMA_KEY: &str = "$schema";

/// Version of all documents; grows when a field changes its meaning or goes. Answers are the same in all versions.
pub const SCHEMA_VERSION: u32 = 2;

/// The keys of a result. A question may have the id of one of them, and beside `answers` such a key is the result's own.
pub const RESULT_KEYS: [&str; 12] = [
    "schema_version",
    "tool",
    "bank",
    "recommendation",
    "roles",
    "topics",
    "elsewhere",
    "answers",
    "skipped",
    "evidence",
    "flips",
    "plan",
];

/// The key under which the person is named who answered.
pub(super) const PERSON: &str = "id";

/// The content of a previous result beside its answers; the default for a plain table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviousResult {
    /// Id of the bank it was made with.
    pub bank: Option<String>,
    /// Fingerprint of that bank.
    pub fingerprint: Option<String>,
    /// Id of the role that its plan leads to.
    pub role: Option<String>,
    /// First day of its plan.
    pub start: Option<Date>,
    /// Hours a week of its plan.
    pub hours_per_week: Option<u32>,
    /// The extent to which its quiz was answered.
    pub completion: Completion,
    /// The name of the person who answered: the text or number under `id`.
    pub person: Option<String>,
}

/// The extent to which the quiz behind a previous result was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completion {
    /// Every question was answered or skipped, or it is no result at all.
    #[default]
    Whole,
    /// Questions were left open, because they could not change the outcome.
    Early,
    /// Questions were left open by the quick rule.
    Quick,
}

/// Returns true if a result of this version can be read.
pub(super) fn is_known_version(version: u32) -> bool {
    (1..=SCHEMA_VERSION).contains(&version)
}

impl Completion {
    /// Creates it from what a result says: how many questions were asked of how many, and its chance.
    pub(crate) fn new(asked: Option<u64>, of: Option<u64>, chance: Option<impl Sized>) -> Self {
        match (asked.zip(of), chance) {
            (Some((asked, of)), None) if asked < of => Self::Quick,
            (Some((asked, of)), Some(_)) if asked < of => Self::Early,
            _ => Self::Whole,
        }
    }
}
