//! One person's answers on two sheets, one of each of two banks.

use super::answer::Value;
use super::data::Data;
use super::former::Ending;
use super::problem::{Problem, Problems};
use super::problem_kind::ProblemKind;
use super::record::{PERSON, beginning, read, understand};
use super::sheet::{Response, Sheet};
use super::wrong_answer::WrongAnswer;
use super::{Bank, Question, readable};

/// The same answers to two banks. What one of them cannot take is skipped there, and so is what is open, unless a quick
/// quiz has left it open.
#[derive(Debug)]
pub struct Twin<'b> {
    /// The answers to the old bank.
    pub old: Sheet<'b>,
    /// The answers to the new bank.
    pub new: Sheet<'b>,
    /// How many answers only the new bank can take.
    pub skipped_old: usize,
    /// How many answers only the old bank can take.
    pub skipped_new: usize,
    /// Who answered, if that stands beside the answers.
    pub person: Option<String>,
}

impl<'b> Twin<'b> {
    /// Reads the answers of one person: a table, an object with `id` and `answers`, or a former result.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, in file order: broken syntax, and what neither bank can take.
    pub fn read(old: &'b Bank, new: &'b Bank, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let text = readable(bytes, ProblemKind::AnswersTooLarge)?;
        if old.heads_table(text) || new.heads_table(text) {
            return Err(Problems::only(text, &beginning(text), ProblemKind::TableForLines));
        }
        let mut problems = Problems::new(text);
        let question = |id: &str| new.question(id).or_else(|| old.question(id));
        let (mut entries, former) = read(text, &|id| id != PERSON && question(id).is_some(), &mut problems);
        entries.retain(|(_, value)| !matches!(value.value, Data::Null));
        let allowed = |id: &str| question(id).map(Question::allowed);
        let responses = understand(entries, allowed, |id, value| respond(old, new, id, value), &mut problems);
        let found = problems.finish();
        if !found.is_empty() {
            let Some(other) = former.bank.filter(|id| *id != old.id && *id != new.id) else { return Err(found) };
            return Err(Problems::only(text, &(0..0), ProblemKind::ThirdBank(other)));
        }
        let mut twin = Self {
            old: Sheet::new(old),
            new: Sheet::new(new),
            skipped_old: 0,
            skipped_new: 0,
            person: former.person.map(|person| person.text().to_owned()),
        };
        for (to_old, to_new) in responses {
            twin.skipped_old += usize::from(to_old.is_none());
            twin.skipped_new += usize::from(to_new.is_none());
            if let Some(response) = to_old {
                twin.old.put(response);
            }
            if let Some(response) = to_new {
                twin.new.put(response);
            }
        }
        if former.ending != Ending::Quick {
            twin.old.skip_open();
            twin.new.skip_open();
        }
        Ok(twin)
    }
}

type Responses<'b> = (Option<Response<'b>>, Option<Response<'b>>);

/// What a value means to the two banks, at least to one of them. Of two reasons why not, the one that knows the question
/// says more.
fn respond<'b>(old: &'b Bank, new: &'b Bank, id: &str, value: &Value) -> Result<Responses<'b>, WrongAnswer> {
    match (old.respond(id, value), new.respond(id, value)) {
        (Err(wrong), Err(WrongAnswer::UnknownQuestion { .. })) | (Err(_), Err(wrong)) => Err(wrong),
        (to_old, to_new) => Ok((to_old.ok(), to_new.ok())),
    }
}
