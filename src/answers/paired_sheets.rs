//! One person's answers on two sheets, one of each of two banks.

use crate::answers::file::{FileValue, beginning, read_entries, responses};
use crate::answers::previous_result::{Completion, PERSON};
use crate::bank::{Bank, Problem, ProblemKind, Problems, Response, Sheet, Value, WrongAnswer, utf8};

/// The same answers to two banks. What one of them cannot take is skipped there, and so is what is open, unless a quick
/// quiz has left it open.
#[derive(Debug)]
pub struct PairedSheets<'b> {
    /// The answers to the old bank.
    pub old: Sheet<'b>,
    /// The answers to the new bank.
    pub new: Sheet<'b>,
    /// Number of answers that only the new bank can take.
    pub skipped_old: usize,
    /// Number of answers that only the old bank can take.
    pub skipped_new: usize,
    /// The name of the person who answered.
    pub person: Option<String>,
}

impl<'b> PairedSheets<'b> {
    /// Reads the answers of one person: a table, an object with `id` and `answers`, or a previous result.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, in file order: broken syntax, and what neither bank can take.
    pub fn read(old: &'b Bank, new: &'b Bank, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let text = utf8(bytes, ProblemKind::AnswersTooLarge)?;
        if old.heads_table(text) || new.heads_table(text) {
            return Err(Problems::only(text, &beginning(text), ProblemKind::TableForLines));
        }
        let mut problems = Problems::new(text);
        let question = |id: &str| new.question(id).or_else(|| old.question(id));
        let (mut entries, previous) = read_entries(text, &|id| id != PERSON && question(id).is_some(), &mut problems);
        entries.retain(|(_, value)| !matches!(value.get_ref(), FileValue::Null));
        let responses = responses(entries, question, |id, value| respond(old, new, id, value), &mut problems);
        let found = problems.finish();
        if !found.is_empty() {
            let Some(other) = previous.bank.filter(|id| *id != old.id && *id != new.id) else { return Err(found) };
            return Err(Problems::only(text, &(0..0), ProblemKind::ThirdBank(other)));
        }
        let mut sheets = Self {
            old: Sheet::new(old),
            new: Sheet::new(new),
            skipped_old: 0,
            skipped_new: 0,
            person: previous.person,
        };
        for (to_old, to_new) in responses {
            sheets.skipped_old += usize::from(to_old.is_none());
            sheets.skipped_new += usize::from(to_new.is_none());
            if let Some(response) = to_old {
                sheets.old.put(response);
            }
            if let Some(response) = to_new {
                sheets.new.put(response);
            }
        }
        if previous.completion != Completion::Quick {
            sheets.old.skip_open();
            sheets.new.skip_open();
        }
        Ok(sheets)
    }
}

type Responses<'b> = (Option<Response<'b>>, Option<Response<'b>>);

/// Returns what a value means to the two banks, at least to one of them. Of two reasons why not, the one that knows the
/// question says more.
fn respond<'b>(old: &'b Bank, new: &'b Bank, id: &str, value: &Value) -> Result<Responses<'b>, WrongAnswer> {
    match (old.understand(id, value), new.understand(id, value)) {
        (Err(wrong), Err(WrongAnswer::UnknownQuestion(_))) | (Err(_), Err(wrong)) => Err(wrong),
        (to_old, to_new) => Ok((to_old.ok(), to_new.ok())),
    }
}
