//! How many questions have been dealt with.

use std::fmt;

use crate::bank::{Answer, Sheet};
use crate::terminal::prompt::ReviewEntry;

/// How many questions have been dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerCounts {
    /// Answered, and not skipped.
    pub answered: usize,
    /// Skipped.
    pub skipped: usize,
    /// All that there are.
    pub of: usize,
}

impl AnswerCounts {
    /// Counts the responses of a sheet.
    #[must_use]
    pub fn new(sheet: &Sheet<'_>) -> Self {
        let skipped = sheet.responses().filter(|(_, answer)| **answer == Answer::Skip).count();
        Self { answered: sheet.responses().count() - skipped, skipped, of: sheet.bank().questions.len() }
    }

    pub(super) fn of_entries(entries: &[ReviewEntry<'_>]) -> Self {
        let skipped = entries.iter().filter(|entry| entry.answer == Some(&Answer::Skip)).count();
        let done = entries.iter().filter(|entry| entry.answer.is_some()).count();
        Self { answered: done - skipped, skipped, of: entries.len() }
    }
}

impl fmt::Display for AnswerCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} answered", self.answered, self.of)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}
