//! A file of answers: a table in JSON or TOML, or a whole former result, whose `answers` and `skipped` are read.

mod json;
mod toml;

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use serde::de::IgnoredAny;

use super::answer::{Allowed, SKIP, Value, WrongAnswer};
use super::former::Former;
use super::limits::{PACE, YEARS};
use super::problem::{Problem, Problems};
use super::problem_kind::ProblemKind;
use super::sheet::Response;
use super::{Bank, Question, readable};

/// The key under which an editor finds the schema of a file; no answer, since an id has no `$` in it.
pub const SCHEMA_KEY: &str = "$schema";

/// The keys of a result. A question may have the id of one of them, and beside `answers` such a key is the result's own.
pub const RESULT_KEYS: [&str; 10] =
    ["schema_version", "tool", "bank", "recommendation", "roles", "answers", "skipped", "evidence", "flips", "plan"];

/// The key under which the person is named who answered.
pub const PERSON: &str = "id";

/// What may stand between the cells of a table.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// Wrong answers of a file after which the rest is not looked at: each is compared with everything that is known.
const MOST_WRONG: usize = 200;

/// What a file of answers says.
#[derive(Debug)]
pub struct Record<'b> {
    /// The answers, in the file's order.
    pub responses: Vec<Response<'b>>,
    /// What else a former result says.
    pub former: Former,
}

/// An answer as written, with the places of its id and its value.
pub(super) struct Entry {
    id: String,
    value: Option<Value>,
    /// Whether JSON's null stands there, which is no value.
    pub(super) is_null: bool,
    key: Range<usize>,
    span: Range<usize>,
}

impl Entry {
    /// A question that is skipped.
    fn skip(id: String, span: Range<usize>) -> Self {
        Self { id, value: Some(Value::Text(SKIP.to_owned())), is_null: false, key: span.clone(), span }
    }
}

impl Bank {
    /// Reads a file of answers.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in file order: broken syntax, unknown questions and values.
    pub fn read_answers(&self, bytes: &[u8]) -> Result<Record<'_>, Vec<Problem>> {
        let text = readable(bytes, ProblemKind::AnswersTooLarge)?;
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err(Problems::only(text, &(0..0), ProblemKind::NoAnswers));
        }
        if self.heads_table(text) {
            return Err(Problems::only(text, &beginning(text), ProblemKind::Table));
        }
        let mut problems = Problems::new(text);
        let (entries, former) = read(text, &|id| self.question(id).is_some(), &mut problems);
        let allowed = |id: &str| self.question(id).map(Question::allowed);
        let responses = understand(entries, allowed, |id, value| self.respond(id, value), &mut problems);
        let found = problems.finish();
        if found.is_empty() {
            return Ok(Record { responses, former });
        }
        let Some(other) = former.bank.filter(|other| *other != self.id) else { return Err(found) };
        // Nearly every answer to another bank is wrong in this one, for the same reason.
        Err(Problems::only(text, &(0..0), ProblemKind::OtherBank(other, self.id.clone())))
    }
}

/// Everything in a file of answers that should be one. `is_question` tells which keys beside a table of answers are
/// answers too, which would be lost otherwise.
pub(super) fn read(
    text: &str,
    is_question: &dyn Fn(&str) -> bool,
    problems: &mut Problems<'_>,
) -> (Vec<Entry>, Former) {
    // Windows programs put a byte order mark in front, which JSON does not know.
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('[') && serde_json::from_str::<IgnoredAny>(start).is_ok() {
        problems.error(&beginning(text), ProblemKind::List);
        return (Vec::new(), Former::default());
    }
    let is_beside = |entry: &Entry| is_question(&entry.id) && !RESULT_KEYS.contains(&entry.id.as_str());
    if start.starts_with('{') { json::read(text, &is_beside, problems) } else { toml::read(text, &is_beside, problems) }
}

/// Where a text begins that is not blank.
pub(super) fn beginning(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    start..start
}

impl Bank {
    /// Whether a text begins with the header of a table and not with a line of JSON or TOML.
    pub(super) fn heads_table(&self, text: &str) -> bool {
        let mut lines = text.trim_start_matches('\u{feff}').trim_start().lines();
        let header = lines.find(|line| !line.starts_with("sep=")).unwrap_or_default();
        if header.starts_with(['#', '[', '{']) || header.contains('=') {
            return false;
        }
        let mut cells = header.split(DELIMITERS).map(|cell| cell.trim().trim_matches('"'));
        let has_text = || self.questions.iter().any(|question| header.contains(question.text.as_str()));
        header.contains(DELIMITERS) && (cells.any(|cell| !self.columns(cell).is_empty()) || has_text())
    }
}

/// What each entry means, one a question; what is wrong with the others is reported.
pub(super) fn understand<R>(
    entries: Vec<Entry>,
    allowed: impl Fn(&str) -> Option<Allowed>,
    respond: impl Fn(&str, &Value) -> Result<R, WrongAnswer>,
    problems: &mut Problems<'_>,
) -> Vec<R> {
    let mut understood = BTreeSet::new();
    let mut responses = Vec::with_capacity(entries.len());
    let count = entries.len();
    for (index, Entry { id, value, key, span, .. }) in entries.into_iter().enumerate() {
        if problems.len() >= MOST_WRONG {
            problems.error(&key, ProblemKind::AnswersNotRead(count - index));
            break;
        }
        let response = match value.map(|value| respond(&id, &value)) {
            None => Err(WrongAnswer::NoValue { allowed: allowed(&id), question: id }),
            Some(Ok(_)) if understood.contains(&id) => Err(WrongAnswer::Twice { question: id }),
            Some(Ok(response)) => {
                understood.insert(id);
                Ok(response)
            }
            Some(Err(wrong)) => Err(wrong),
        };
        match response {
            Ok(response) => responses.push(response),
            Err(wrong) => {
                let span = if matches!(wrong, WrongAnswer::UnknownQuestion { .. }) { key } else { span };
                problems.error(&span, ProblemKind::Answer(wrong));
            }
        }
    }
    responses
}

/// Whether something beside the table of answers is an answer too.
type Beside<'f> = &'f dyn Fn(&Entry) -> bool;

/// A first day that a plan can have.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|day: &Date| YEARS.contains(&day.year()))
}

/// Hours a week, if they can be meant.
fn pace(hours: u32) -> Option<u32> {
    PACE.contains(&hours).then_some(hours)
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, LARGEST_FILE, SHIPPED};

    /// Returns all problems of a file of answers to the shipped bank.
    fn told(text: &str) -> String {
        let told = Bank::parse(SHIPPED.as_bytes()).map(|bank| match bank.read_answers(text.as_bytes()) {
            Ok(_) => String::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        });
        told.unwrap_or_else(|invalid| invalid.to_string())
    }

    #[test]
    fn a_file_too_long_for_answers_is_not_taken_for_a_bank() {
        let told = told(&" ".repeat(LARGEST_FILE + 1));
        assert!(told.contains("; give the answers of one person") && !told.contains("bank"), "{told}");
    }

    #[test]
    fn an_empty_file_skips_nothing() {
        for empty in ["", " \n\t\n", "\u{feff}\n"] {
            let what = "line 1, column 1: there are no answers in the file; write them, as in {\"pipelines\": 5}";
            assert_eq!(told(empty), what, "{empty:?}");
        }
        assert_eq!(told("{}"), "");
    }

    #[test]
    fn what_is_skipped_is_a_list_of_ids() {
        for (text, wrong) in [
            ("{\"answers\": {}, \"skipped\": [1, \"cloud\", [2]]}", &["1", "[2]"][..]),
            ("{\"answers\": {}, \"skipped\": \"cloud\"}", &["\"cloud\""]),
            ("skipped = [1, \"cloud\", [2]]\n[answers]\n", &["1", "[2]"]),
            ("skipped = \"cloud\"\n[answers]\n", &["\"cloud\""]),
        ] {
            let told = told(text);
            assert_eq!(told.lines().count(), wrong.len(), "{text}: {told}");
            for (line, wrong) in told.lines().zip(wrong) {
                let what =
                    format!(": `skipped` lists ids of questions, and `{wrong}` is none; write a list of ids, as in");
                assert!(line.contains(&what), "{text}: {line}");
            }
        }
    }

    #[test]
    fn a_plan_that_starts_on_no_day_is_told_what_a_day_is() {
        let advice = "write a day of the years 1900 to 2999 such as \"2027-01-04\", or take it out";
        for (text, start) in [
            ("{\"answers\": {}, \"plan\": {\"start\": \"soon\"}}", "\"soon\""),
            ("{\"answers\": {}, \"plan\": {\"start\": \"9999-01-04\"}}", "\"9999-01-04\""),
            ("{\"answers\": {}, \"plan\": {\"start\": 2027}}", "2027"),
            ("[answers]\n[plan]\nstart = 2027\n", "2027"),
            ("[answers]\n[plan]\nstart = 07:30:00\n", "07:30:00"),
        ] {
            let told = told(text);
            let what = format!(": the plan does not start on a day: `plan.start` is `{start}`; {advice}");
            assert!(told.ends_with(&what), "{text}: {told}");
        }
    }
}
