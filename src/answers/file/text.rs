//! The text of an answers file in JSON or TOML: which of its entries are answers, and what a previous result says beside
//! them.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::IgnoredAny;
use toml::Spanned;
use toml::de::DeTable;

use crate::answers::file::json;
use crate::answers::file::value::{Entries, FileValue, entries, get};
use crate::answers::previous_result::{Completion, PERSON, PreviousResult, RESULT_KEYS, SCHEMA_KEY, is_known_version};
use crate::bank::{PACE, ProblemKind, Problems, SKIP};

/// A text in JSON or TOML.
struct AnswersText<'t> {
    text: &'t str,
    syntax: Syntax,
    table: Entries,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Json,
    Toml,
}

/// Returns everything in a file of answers that should be one, and what else it says. `is_question` tells which keys
/// beside a table of answers are answers too, which would be lost otherwise.
pub(in crate::answers) fn read_entries(
    text: &str,
    is_question: &dyn Fn(&str) -> bool,
    problems: &mut Problems<'_>,
) -> (Entries, PreviousResult) {
    // Windows programs put a byte order mark in front, which JSON does not know.
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('[') && serde_json::from_str::<IgnoredAny>(start).is_ok() {
        problems.error(&beginning(text), ProblemKind::List);
        return Default::default();
    }
    let syntax = if start.starts_with('{') { Syntax::Json } else { Syntax::Toml };
    let table = match syntax {
        Syntax::Json => json::read(text, problems),
        Syntax::Toml => toml(text, problems),
    };
    let is_beside = |key: &str| is_question(key) && !RESULT_KEYS.contains(&key);
    match table {
        Some(table) => AnswersText { text, syntax, table }.read(&is_beside, problems),
        None => Default::default(),
    }
}

/// Returns what a text in TOML says, `None` after reporting that it is none.
fn toml(text: &str, problems: &mut Problems<'_>) -> Option<Entries> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(entries(document.get_ref()));
    }
    for error in errors {
        problems.error(&error.span().unwrap_or(0..0), ProblemKind::AnswersSyntax(error.message().to_owned()));
    }
    None
}

impl AnswersText<'_> {
    /// Returns the answers, and what a previous result says beside them.
    fn read(self, is_beside: &dyn Fn(&str) -> bool, problems: &mut Problems<'_>) -> (Entries, PreviousResult) {
        if !is_beside(PERSON) {
            self.check_person(problems);
        }
        if self.is_scored() {
            problems.error(&(0..1), ProblemKind::Scored);
            return Default::default();
        }
        let is_result = self.get("answers").is_some_and(|answers| answers.get_ref().table().is_some());
        let mut previous = PreviousResult { person: self.person(), ..PreviousResult::default() };
        let mut skipped = Vec::new();
        if is_result {
            previous = self.previous_result();
            self.refuse_repeated(problems);
            self.refuse_unreadable(problems);
            skipped = self.skipped(problems);
        }
        let (mut answers, mut beside) = (None, Vec::new());
        for (key, value) in self.table {
            let name = key.get_ref();
            if is_result && name == "answers" && answers.is_none() && value.get_ref().table().is_some() {
                answers = Some(value.into_inner());
            } else if is_beside(name) || !is_result && name != PERSON {
                beside.push((key, value));
            }
        }
        let mut entries = if let Some(FileValue::Table(answers)) = answers { answers } else { Vec::new() };
        entries.extend(beside);
        entries.retain(|(key, _)| key.get_ref() != SCHEMA_KEY);
        entries.extend(skipped);
        (entries, previous)
    }

    fn get(&self, key: &str) -> Option<&Spanned<FileValue>> {
        get(&self.table, key)
    }

    /// Returns the value under a key of a table in this one.
    fn inside(&self, table: &str, key: &str) -> Option<&Spanned<FileValue>> {
        get(self.get(table)?.get_ref().table()?, key)
    }

    /// Reports the first value that should name a person and cannot.
    fn check_person(&self, problems: &mut Problems<'_>) {
        let mut persons = self.table.iter().filter(|(key, _)| key.get_ref() == PERSON).map(|(_, value)| value);
        if let Some(value) = persons.find(|value| !value.get_ref().is_name()) {
            problems.error(&value.span(), ProblemKind::NoName(PERSON.to_owned()));
        }
    }

    /// Returns true if this is a line of scored sheets: where its fits stand, no answer can.
    fn is_scored(&self) -> bool {
        self.get("answers").is_none()
            && ["verdict", "flags"].iter().all(|key| self.get(key).is_some())
            && self.get("fit").is_some_and(|fits| fits.get_ref().table().is_some())
    }

    /// Reports what a result says again: one of the two would be lost.
    fn refuse_repeated(&self, problems: &mut Problems<'_>) {
        let mut seen = BTreeSet::new();
        for (key, value) in &self.table {
            let key = key.get_ref();
            if (key == PERSON || RESULT_KEYS.contains(&key.as_str())) && !seen.insert(key) {
                problems.error(&value.span(), ProblemKind::DuplicateKey(key.clone()));
            }
        }
    }

    /// Returns the questions that a result lists as skipped; what is no id of one is reported.
    fn skipped(&self, problems: &mut Problems<'_>) -> Entries {
        let Some(list) = self.get("skipped") else { return Vec::new() };
        let FileValue::List(ids) = list.get_ref() else {
            problems.error(&list.span(), ProblemKind::SkippedNoList(self.written(list)));
            return Vec::new();
        };
        let mut skipped = Vec::new();
        for id in ids {
            if let Some(name) = id.get_ref().text() {
                let skip = FileValue::Text(SKIP.to_owned());
                skipped.push((Spanned::new(id.span(), name.to_owned()), Spanned::new(id.span(), skip)));
            } else {
                problems.error(&id.span(), ProblemKind::SkippedNoList(self.written(id)));
            }
        }
        skipped
    }

    /// Reports what a previous result says in a way that nothing can be made of.
    fn refuse_unreadable(&self, problems: &mut Problems<'_>) {
        if let Some(version) =
            self.get("schema_version").filter(|version| !version.get_ref().whole().is_some_and(is_known_version))
        {
            let written = match (self.syntax, version.get_ref()) {
                (Syntax::Json, _) => self.written(version),
                (Syntax::Toml, FileValue::Integer(number)) => number.to_string(),
                (Syntax::Toml, _) => "something other than a number".to_owned(),
            };
            problems.error(&version.span(), ProblemKind::UnknownVersion(written));
        }
        if let Some(start) = self.inside("plan", "start").filter(|start| start.get_ref().day().is_none()) {
            problems.error(&start.span(), ProblemKind::NoDay(self.written(start)));
        }
        if let Some(hours) = self.inside("plan", "hours_per_week").filter(|hours| pace(hours.get_ref()).is_none()) {
            problems.error(&hours.span(), ProblemKind::NoPace);
        }
    }

    /// Returns what a previous result says beside its answers.
    fn previous_result(&self) -> PreviousResult {
        let inside = |table, key| self.inside(table, key).map(Spanned::get_ref);
        let text = |table, key| inside(table, key).and_then(FileValue::text).map(str::to_owned);
        let count = |key| inside("recommendation", key).and_then(FileValue::whole);
        let chance = inside("recommendation", "chance").filter(|chance| chance.is_number());
        PreviousResult {
            person: self.person(),
            completion: Completion::new(count("asked"), count("of"), chance),
            bank: text("bank", "id"),
            fingerprint: text("bank", "fingerprint"),
            role: text("plan", "role"),
            start: inside("plan", "start").and_then(FileValue::day),
            hours_per_week: inside("plan", "hours_per_week").and_then(pace),
        }
    }

    /// Returns the name of the person who answered: a text, or a number of JSON as it stands there.
    fn person(&self) -> Option<String> {
        let person = self.get(PERSON)?;
        match person.get_ref() {
            FileValue::Text(name) => Some(name.clone()),
            value if value.is_number() && self.syntax == Syntax::Json => Some(self.written(person)),
            _ => None,
        }
    }

    /// Returns a value as the text has it.
    fn written(&self, value: &Spanned<FileValue>) -> String {
        self.text.get(value.span()).unwrap_or_default().to_owned()
    }
}

/// Returns hours a week, if they can be meant.
fn pace(value: &FileValue) -> Option<u32> {
    value.whole().filter(|hours| PACE.contains(hours))
}

/// Returns where a text begins that is not blank.
pub(in crate::answers) fn beginning(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    start..start
}
