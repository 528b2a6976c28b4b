//! The answer that a value means which somebody gives by a flag, in a file or at a prompt.

use toml::Spanned;

use crate::bank::{Answer, Bank, ProblemKind, Problems, Question, Response, Value, WrongAnswer};

use super::file::{Entries, FileValue};
use super::header::problem;
use super::spelling::{BankNames, ChoiceNames, ColumnMatch, ColumnRole, FirstStep, Slot};

/// Keys of a file after which the rest is taken as it is.
const MOST_KEYS: usize = 1_000;

impl Question {
    /// Returns the answer that a text means: a choice or several by id, text or number, in any spelling that files of many
    /// people may have. An empty text skips the question.
    ///
    /// # Errors
    ///
    /// When something in it is no choice, or there are too many or too few of them.
    pub fn parse_cell(&self, text: &str) -> Result<Answer, WrongAnswer> {
        ChoiceNames::new(self, FirstStep::One).text(text)
    }
}

impl Bank {
    /// Returns the response that a value means to a question, each in any spelling.
    ///
    /// # Errors
    ///
    /// When there is no such question, or the value does not fit it.
    pub fn understand(&self, name: &str, value: &Value) -> Result<Response<'_>, WrongAnswer> {
        let question = self.question_named(name).ok_or_else(|| self.unknown_question(name))?;
        Ok(Response { question, answer: ChoiceNames::new(question, FirstStep::One).value(value)? })
    }

    /// Returns the question that a name means in any spelling, `None` if that is none or several.
    pub fn question_named(&self, name: &str) -> Option<&Question> {
        self.question(name).or_else(|| match BankNames::new(self).column(name) {
            ColumnMatch::Role(ColumnRole::Question(question), _) => self.questions.get(question),
            _ => None,
        })
    }

    /// Returns entries with the id of each question as its key, and those for its choices or places as one; reports what is
    /// not understood.
    pub(super) fn with_ids(&self, entries: Entries, problems: &mut Problems<'_>) -> Entries {
        if entries.iter().all(|(key, _)| self.question(key.get_ref()).is_some()) {
            return entries;
        }
        let names = BankNames::new(self);
        let (mut renamed, mut parts): (Entries, Vec<(usize, Slot, String, _)>) = Default::default();
        for (key, value) in entries {
            if renamed.len() >= MOST_KEYS {
                renamed.push((key, value));
                continue;
            }
            let found = names.column(key.get_ref());
            if let Some(wrong) = problem(&found, key.get_ref(), self) {
                problems.error(&key.span(), wrong);
                continue;
            }
            match found {
                ColumnMatch::Role(ColumnRole::Question(question), _) => {
                    renamed.push((Spanned::new(key.span(), self.questions[question].id.clone()), value));
                }
                ColumnMatch::Role(ColumnRole::Part(question, slot), _) => match value.get_ref().scalar() {
                    Some(text) => parts.push((question, slot, text, (key, value))),
                    None => renamed.push((key, value)),
                },
                _ => renamed.push((key, value)),
            }
        }
        parts.sort_by_key(|(question, slot, ..)| (*question, *slot));
        for parts in parts.chunk_by(|one, other| one.0 == other.0) {
            let question = &self.questions[parts[0].0];
            let cells: Vec<(Slot, &str)> = parts.iter().map(|(_, slot, text, _)| (*slot, text.as_str())).collect();
            let (key, value) = &parts[0].3;
            match ChoiceNames::new(question, FirstStep::One).columns(&cells) {
                Ok(answer) => {
                    let value = Spanned::new(value.span(), FileValue::from(question.value(&answer)));
                    renamed.push((Spanned::new(key.span(), question.id.clone()), value));
                }
                Err(wrong) => problems.error(&value.span(), ProblemKind::Answer(wrong)),
            }
        }
        renamed
    }
}
