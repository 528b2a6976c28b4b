//! A file of answers: a table in JSON or TOML, or a whole former result, whose `answers` and `skipped` are read.

mod json;

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::IgnoredAny;
use toml::de::DeTable;

use super::answer::{Allowed, SKIP, Value};
use super::data::Data;
use super::field::{Located, Map};
use super::former::{Ending, Former, Person};
use super::limits::PACE;
use super::problem::{Problem, Problems};
use super::problem_kind::ProblemKind;
use super::sheet::Response;
use super::wrong_answer::WrongAnswer;
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

/// Everything in a file that should be an answer: the ids of questions and the values.
pub(super) type Entries = Vec<(Located<String>, Located<Data>)>;

/// A text in JSON or TOML.
struct Document<'t> {
    text: &'t str,
    syntax: Syntax,
    table: Map<Data>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Json,
    Toml,
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

/// Returns everything in a file of answers that should be one, and what else it says. `is_question` tells which keys
/// beside a table of answers are answers too, which would be lost otherwise.
pub(super) fn read(text: &str, is_question: &dyn Fn(&str) -> bool, problems: &mut Problems<'_>) -> (Entries, Former) {
    // Windows programs put a byte order mark in front, which JSON does not know.
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('[') && serde_json::from_str::<IgnoredAny>(start).is_ok() {
        problems.error(&beginning(text), ProblemKind::List);
        return (Vec::new(), Former::default());
    }
    let syntax = if start.starts_with('{') { Syntax::Json } else { Syntax::Toml };
    let table = match syntax {
        Syntax::Json => json::read(text, problems),
        Syntax::Toml => toml(text, problems),
    };
    let is_beside = |key: &str| is_question(key) && !RESULT_KEYS.contains(&key);
    match table {
        Some(table) => Document { text, syntax, table }.read(&is_beside, problems),
        None => (Vec::new(), Former::default()),
    }
}

/// Returns what a text in TOML says, `None` after reporting that it is none.
fn toml(text: &str, problems: &mut Problems<'_>) -> Option<Map<Data>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(document.get_ref().into());
    }
    for error in errors {
        problems.error(&error.span().unwrap_or(0..0), ProblemKind::AnswersSyntax(error.message().to_owned()));
    }
    None
}

impl Document<'_> {
    /// Returns the answers, and what a former result says beside them.
    fn read(self, is_beside: &dyn Fn(&str) -> bool, problems: &mut Problems<'_>) -> (Entries, Former) {
        let is_name = |value: &Data| matches!(value, Data::Null | Data::Text(_)) || value.is_number();
        let unnamed = self.table.0.iter().find(|(key, value)| key.value == PERSON && !is_name(&value.value));
        if let Some((key, value)) = unnamed.filter(|_| !is_beside(PERSON)) {
            problems.error(&value.span, ProblemKind::NoName(key.value.clone()));
        }
        if self.is_scored() {
            problems.error(&(0..1), ProblemKind::Scored);
            return (Vec::new(), Former::default());
        }
        let is_result = self.table.get("answers").is_some_and(|answers| answers.value.is_table());
        let former = if is_result { self.former() } else { Former { person: self.person(), ..Former::default() } };
        let mut skipped = Vec::new();
        if is_result {
            self.repeated(problems);
            self.unreadable(problems);
            skipped = self.skipped(problems);
        }
        let (mut answers, mut beside) = (None, Vec::new());
        for (key, value) in self.table.0 {
            match value.value {
                Data::Table(table) if is_result && key.value == "answers" && answers.is_none() => {
                    answers = Some(table.0);
                }
                _ if is_beside(&key.value) || !is_result && key.value != PERSON => beside.push((key, value)),
                _ => {}
            }
        }
        let mut entries = answers.unwrap_or_default();
        entries.extend(beside);
        entries.retain(|(key, _)| key.value != SCHEMA_KEY);
        entries.extend(skipped);
        (entries, former)
    }

    /// Whether this is a line of scored sheets: where its fits stand, no answer can.
    fn is_scored(&self) -> bool {
        self.table.get("answers").is_none()
            && ["verdict", "flags"].iter().all(|key| self.table.get(key).is_some())
            && self.table.get("fit").is_some_and(|fits| fits.value.is_table())
    }

    /// Reports what a result says again: one of the two would be lost.
    fn repeated(&self, problems: &mut Problems<'_>) {
        let mut seen = BTreeSet::new();
        for (Located { value: key, .. }, value) in &self.table.0 {
            if (key == PERSON || RESULT_KEYS.contains(&key.as_str())) && !seen.insert(key) {
                problems.error(&value.span, ProblemKind::DuplicateKey(key.clone()));
            }
        }
    }

    /// Returns the questions that a result lists as skipped; what is no id of one is reported.
    fn skipped(&self, problems: &mut Problems<'_>) -> Entries {
        let Some(list) = self.table.get("skipped") else { return Vec::new() };
        let Data::List(ids) = &list.value else {
            problems.error(&list.span, ProblemKind::SkippedNoList(self.written(list)));
            return Vec::new();
        };
        let mut skipped = Vec::new();
        for id in ids {
            match id.value.text() {
                Some(name) => skipped.push((id.at(name.to_owned()), id.at(Data::Text(SKIP.to_owned())))),
                None => problems.error(&id.span, ProblemKind::SkippedNoList(self.written(id))),
            }
        }
        skipped
    }

    /// Reports what a former result says in a way that nothing can be made of.
    fn unreadable(&self, problems: &mut Problems<'_>) {
        if let Some(version) = self.table.get("schema_version").filter(|version| version.value.whole() != Some(1)) {
            let written = match (self.syntax, &version.value) {
                (Syntax::Json, _) => self.written(version),
                (Syntax::Toml, Data::Integer(number)) => number.to_string(),
                (Syntax::Toml, _) => "something else than a number".to_owned(),
            };
            problems.error(&version.span, ProblemKind::UnknownVersion(written));
        }
        if let Some(start) = self.table.inside("plan", "start").filter(|start| start.value.day().is_none()) {
            problems.error(&start.span, ProblemKind::NoDay(self.written(start)));
        }
        if let Some(hours) = self.table.inside("plan", "hours_per_week").filter(|hours| pace(&hours.value).is_none()) {
            problems.error(&hours.span, ProblemKind::NoPace);
        }
    }

    /// Returns what a former result says beside its answers.
    fn former(&self) -> Former {
        let inside = |table, key| self.table.inside(table, key).map(|value| &value.value);
        let text = |table, key| inside(table, key).and_then(Data::text).map(str::to_owned);
        let count = |key| inside("recommendation", key).and_then(Data::whole);
        let chance = inside("recommendation", "chance").filter(|chance| chance.is_number());
        Former {
            person: self.person(),
            ending: Ending::new(count("asked"), count("of"), chance),
            bank: text("bank", "id"),
            fingerprint: text("bank", "fingerprint"),
            role: text("plan", "role"),
            start: inside("plan", "start").and_then(Data::day),
            hours_per_week: inside("plan", "hours_per_week").and_then(pace),
        }
    }

    /// Returns who answered, by a text, or by a number of JSON.
    fn person(&self) -> Option<Person> {
        let person = self.table.get(PERSON)?;
        match &person.value {
            Data::Text(name) => Some(Person::Name(name.clone())),
            value if value.is_number() && self.syntax == Syntax::Json => Some(Person::Number(self.written(person))),
            _ => None,
        }
    }

    /// Returns a value as the text has it.
    fn written(&self, value: &Located<Data>) -> String {
        self.text.get(value.span.clone()).unwrap_or_default().to_owned()
    }
}

/// Returns hours a week, if they can be meant.
fn pace(value: &Data) -> Option<u32> {
    value.whole().filter(|hours| PACE.contains(hours))
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
    entries: Entries,
    allowed: impl Fn(&str) -> Option<Allowed>,
    respond: impl Fn(&str, &Value) -> Result<R, WrongAnswer>,
    problems: &mut Problems<'_>,
) -> Vec<R> {
    let mut understood = BTreeSet::new();
    let mut responses = Vec::with_capacity(entries.len());
    let count = entries.len();
    for (index, (Located { value: id, span: key }, Located { value, span })) in entries.into_iter().enumerate() {
        if problems.len() >= MOST_WRONG {
            problems.error(&key, ProblemKind::AnswersNotRead(count - index));
            break;
        }
        let no_value = || WrongAnswer::NoValue { allowed: allowed(&id), question: id.clone() };
        match value.answer().ok_or_else(no_value).and_then(|value| respond(&id, &value)) {
            Ok(_) if understood.contains(&id) => {
                problems.error(&span, ProblemKind::Answer(WrongAnswer::Twice { question: id }));
            }
            Ok(response) => {
                responses.push(response);
                understood.insert(id);
            }
            Err(wrong) => {
                let span = if matches!(wrong, WrongAnswer::UnknownQuestion { .. }) { key } else { span };
                problems.error(&span, ProblemKind::Answer(wrong));
            }
        }
    }
    responses
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
