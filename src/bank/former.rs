//! What a former result says beside its answers.

use jiff::civil::Date;

/// What a former result says beside its answers; all nothing for a plain table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Former {
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
    /// Whether all was asked.
    pub ending: Ending,
    /// Who answered, where that stands beside the answers: the text or number under `id`.
    pub person: Option<Person>,
}

/// How the person who answered is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    /// By a text.
    Name(String),
    /// By a number, in its digits as written.
    Number(String),
}

impl Person {
    /// The name or the digits.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Name(text) | Self::Number(text) => text,
        }
    }
}

/// How the quiz behind a former result ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// Every question was answered or skipped, or it is no result at all.
    #[default]
    Whole,
    /// Questions were left open, because they could change nothing.
    Early,
    /// Questions were left open by the quick rule.
    Quick,
}

impl Ending {
    /// From what a result says: how many questions were asked of how many, and its chance.
    pub(crate) fn new(asked: Option<u64>, of: Option<u64>, chance: Option<impl Sized>) -> Self {
        match (asked.zip(of), chance) {
            (Some((asked, of)), None) if asked < of => Self::Quick,
            (Some((asked, of)), Some(_)) if asked < of => Self::Early,
            _ => Self::Whole,
        }
    }
}
