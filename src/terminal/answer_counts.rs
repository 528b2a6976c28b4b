//! Counts answered and skipped questions.

use std::fmt;

use crate::bank::{Answer, Sheet};

/// Numbers of questions that have been dealt with; their display is "3 of 9 answered, 1 skipped".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerCounts {
    /// Those that are answered and not skipped.
    pub answered: usize,
    pub skipped: usize,
    pub of: usize,
}

impl AnswerCounts {
    pub fn new(sheet: &Sheet<'_>) -> Self {
        Self::of(sheet.bank().questions.iter().map(|question| sheet.answer(question)))
    }

    /// Counts answers, `None` being an open question.
    pub(super) fn of<'a>(answers: impl Iterator<Item = Option<&'a Answer>>) -> Self {
        let mut counts = Self { answered: 0, skipped: 0, of: 0 };
        for answer in answers {
            counts.of += 1;
            match answer {
                Some(Answer::Skip) => counts.skipped += 1,
                Some(Answer::Picks(_)) => counts.answered += 1,
                None => {}
            }
        }
        counts
    }
}

impl fmt::Display for AnswerCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} answered", self.answered, self.of)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}
