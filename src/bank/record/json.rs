//! Answers in JSON: an object whose values keep their places in the text.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::super::answer::Value;
use super::super::former::{Ending, Former, Person};
use super::super::problem::Problems;
use super::{Beside, Entry, PERSON, RESULT_KEYS, SCHEMA_KEY, beginning, day, pace};
use crate::bank::problem_kind::ProblemKind;

/// Everything in a JSON file that should be an answer, and what else it says.
pub(super) fn read(text: &str, is_beside: Beside<'_>, problems: &mut Problems<'_>) -> (Vec<Entry>, Former) {
    let trimmed = text.trim_start_matches('\u{feff}');
    let document = match serde_json::from_str::<Object<'_>>(trimmed) {
        Ok(document) => document,
        Err(_) if is_of_many(trimmed) => {
            problems.error(&beginning(text), ProblemKind::Lines);
            return (Vec::new(), Former::default());
        }
        Err(error) => {
            let start: usize = trimmed.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = (text.len() - trimmed.len() + start + error.column().saturating_sub(1)).min(text.len());
            problems.error(&(at..at), ProblemKind::JsonSyntax(short(&error)));
            return (Vec::new(), Former::default());
        }
    };
    if let Some((id, value)) = document.unnamed().filter(|(id, value)| !is_beside(&entry(text, id, value))) {
        problems.error(&span(text, value.get()), ProblemKind::NoName(id.0.clone().into_owned()));
    }
    if document.is_scored() {
        problems.error(&(0..1), ProblemKind::Scored);
        return (Vec::new(), Former::default());
    }
    let Some(answers) = document.get("answers").and_then(Object::parse) else {
        let is_answer = |entry: &Entry| entry.id != PERSON || is_beside(entry);
        let person = Former { person: person(&document), ..Former::default() };
        return (document.entries(text).filter(is_answer).collect(), person);
    };
    for (key, value) in document.repeated() {
        problems.error(&span(text, value.get()), ProblemKind::DuplicateKey(key.to_owned()));
    }
    let mut entries: Vec<Entry> = answers.entries(text).collect();
    entries.extend(document.entries(text).filter(|entry| is_beside(entry)));
    let list = document.get("skipped").unwrap_or("[]");
    let skipped: Vec<&RawValue> = serde_json::from_str(list).unwrap_or_else(|_| {
        problems.error(&span(text, list), ProblemKind::SkippedNoList(list.to_owned()));
        Vec::new()
    });
    for written in skipped.iter().map(|id| id.get()) {
        match serde_json::from_str(written) {
            Ok(id) => entries.push(Entry::skip(id, span(text, written))),
            Err(_) => problems.error(&span(text, written), ProblemKind::SkippedNoList(written.to_owned())),
        }
    }
    unreadable(text, &document, problems);
    (entries, former(&document))
}

/// Whether a text has an object a line and not one alone.
fn is_of_many(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut is_next = || lines.next().is_some_and(|line| Object::parse(line).is_some());
    is_next() && is_next()
}

/// Reports what a former result says in a way that nothing can be made of.
fn unreadable(text: &str, document: &Object<'_>, problems: &mut Problems<'_>) {
    if let Some(version) = document.get("schema_version").filter(|version| *version != "1") {
        problems.error(&span(text, version), ProblemKind::UnknownVersion(version.to_owned()));
    }
    let Some(plan) = document.get("plan").and_then(Object::parse) else { return };
    let start = |value| serde_json::from_str::<String>(value).ok().and_then(|value| day(&value)).is_some();
    if let Some(value) = plan.get("start").filter(|value| !start(value)) {
        problems.error(&span(text, value), ProblemKind::NoDay(value.to_owned()));
    }
    let hours = |value| serde_json::from_str(value).ok().and_then(pace).is_some();
    if let Some(value) = plan.get("hours_per_week").filter(|value| !hours(value)) {
        problems.error(&span(text, value), ProblemKind::NoPace);
    }
}

/// An object whose entries keep their order, their duplicates and their places.
struct Object<'t>(Vec<(Key<'t>, &'t RawValue)>);

/// A key of an object; borrowed from the text unless it has escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl<'t> Object<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Everything in it that should be an answer.
    fn entries(&self, text: &str) -> impl Iterator<Item = Entry> {
        self.0.iter().filter(|(key, _)| key.0 != SCHEMA_KEY).map(move |(key, value)| entry(text, key, value))
    }

    /// What a result says again: one of the two would be lost.
    fn repeated(&self) -> impl Iterator<Item = (&str, &'t RawValue)> {
        let mut seen = BTreeSet::new();
        let of_result = |key: &str| key == PERSON || RESULT_KEYS.contains(&key);
        let fields = self.0.iter().map(|(key, value)| (&*key.0, *value)).filter(move |(key, _)| of_result(key));
        fields.filter(move |(key, _)| !seen.insert(*key))
    }

    /// Whether this is a line of scored sheets: where its fits stand, no answer can.
    fn is_scored(&self) -> bool {
        self.get("answers").is_none()
            && ["verdict", "flags"].iter().all(|key| self.get(key).is_some())
            && self.get("fit").is_some_and(|fits| fits.starts_with('{'))
    }

    /// What should name a person and is neither a text nor a number.
    fn unnamed(&self) -> Option<&(Key<'t>, &'t RawValue)> {
        let is_name = |value: &RawValue| match serde_json::from_str(value.get()) {
            Ok(value) => matches!(value, Json::Null | Json::String(_) | Json::Number(_)),
            Err(_) => false,
        };
        self.0.iter().find(|(key, value)| key.0 == PERSON && !is_name(value))
    }

    fn get(&self, key: &str) -> Option<&'t str> {
        self.0.iter().find(|(name, _)| name.0 == key).map(|(_, value)| value.get())
    }
}

/// What a former result says beside its answers.
fn former(document: &Object<'_>) -> Former {
    let inside = |key: &str, field: &str| Object::parse(document.get(key)?)?.get(field);
    let count = |field| inside("recommendation", field).and_then(|value| serde_json::from_str(value).ok());
    let chance = inside("recommendation", "chance").and_then(|value| serde_json::from_str(value).ok());
    Former {
        person: person(document),
        ending: Ending::new(count("asked"), count("of"), chance),
        bank: inside("bank", "id").and_then(|value| serde_json::from_str(value).ok()),
        fingerprint: inside("bank", "fingerprint").and_then(|value| serde_json::from_str(value).ok()),
        role: inside("plan", "role").and_then(|value| serde_json::from_str(value).ok()),
        start: inside("plan", "start").and_then(|value| day(&serde_json::from_str::<String>(value).ok()?)),
        hours_per_week: inside("plan", "hours_per_week")
            .and_then(|value| serde_json::from_str(value).ok())
            .and_then(pace),
    }
}

/// Who answered: a text or a number.
fn person(document: &Object<'_>) -> Option<Person> {
    let value = document.get(PERSON)?;
    match serde_json::from_str(value).ok()? {
        Json::String(name) => Some(Person::Name(name)),
        Json::Number(_) => Some(Person::Number(value.to_owned())),
        _ => None,
    }
}

/// The message of a JSON error without the place, which is shown beside it.
fn short(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

fn entry(text: &str, Key(id): &Key<'_>, value: &RawValue) -> Entry {
    let span = span(text, value.get());
    let key = match id {
        Cow::Borrowed(id) => self::span(text, id),
        Cow::Owned(_) => span.clone(),
    };
    let is_null = value.get() == "null";
    Entry { id: id.clone().into_owned(), value: Value::from_json(value.get().as_bytes()), is_null, key, span }
}

/// Where a piece of the text stands in it.
fn span(text: &str, piece: &str) -> Range<usize> {
    let start = (piece.as_ptr().addr()).saturating_sub(text.as_ptr().addr());
    start..start + piece.len()
}
