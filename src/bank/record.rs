//! A file of answers: a table in JSON or TOML, or a whole former result, whose `answers` and `skipped` are read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::answer::{Answer, SKIP, Value, WrongAnswer};
use super::former::{Ending, Former};
use super::problem::{Problem, Problems};
use super::sheet::Response;
use super::text::quoted;
use super::{Bank, Question, readable};

/// The key under which an editor finds the schema of a file; no answer, since an id has no `$` in it.
pub const SCHEMA_KEY: &str = "$schema";

/// The keys of a result. A question may have the id of one of them, and beside `answers` such a key is the result's own.
pub const RESULT_KEYS: [&str; 10] =
    ["schema_version", "tool", "bank", "recommendation", "roles", "answers", "skipped", "evidence", "flips", "plan"];

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
    key: Range<usize>,
    span: Range<usize>,
}

impl Bank {
    /// Reads a file of answers.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in file order: broken syntax, unknown questions and values.
    pub fn read_answers(&self, bytes: &[u8]) -> Result<Record<'_>, Vec<Problem>> {
        let text = readable(bytes)?;
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
        let mut problems = Problems::new(text);
        let what = format!("this is a result of the bank {}, and the bank in use is `{}`", quoted(&other), self.id);
        problems.error(&(0..0), what, "name that bank with `--bank`, or answer this one");
        Err(problems.finish())
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
        problems.error(&(0..1), "this is a JSON list", "give the answers of one person, as in {\"pipelines\": 5}");
        return (Vec::new(), Former::default());
    }
    let is_beside = |entry: &Entry| is_question(&entry.id) && !RESULT_KEYS.contains(&entry.id.as_str());
    if start.starts_with('{') { from_json(text, &is_beside, problems) } else { from_toml(text, &is_beside, problems) }
}

/// What each entry means, one a question; what is wrong with the others is reported.
pub(super) fn understand<R>(
    entries: Vec<Entry>,
    allowed: impl Fn(&str) -> Option<String>,
    respond: impl Fn(&str, &Value) -> Result<R, WrongAnswer>,
    problems: &mut Problems<'_>,
) -> Vec<R> {
    let mut understood = BTreeSet::new();
    let mut responses = Vec::with_capacity(entries.len());
    for Entry { id, value, key, span } in entries {
        let Some(value) = value else {
            let allowed = allowed(&id).unwrap_or_else(|| "a number, a choice or a list of choices".to_owned());
            let what = format!("{} has something that is no answer", quoted(&id));
            problems.error(&span, what, format!("allowed: {allowed}"));
            continue;
        };
        match respond(&id, &value) {
            Ok(_) if understood.contains(&id) => {
                let wrong = WrongAnswer::Twice { question: id };
                problems.error(&span, wrong.what(), wrong.advice());
            }
            Ok(response) => {
                understood.insert(id);
                responses.push(response);
            }
            Err(wrong @ WrongAnswer::UnknownQuestion { .. }) => problems.error(&key, wrong.what(), wrong.advice()),
            Err(wrong) => problems.error(&span, wrong.what(), wrong.advice()),
        }
    }
    responses
}

impl<'b> Record<'b> {
    /// The answer to a question, if the file has one.
    #[must_use]
    pub fn answer(&self, question: &'b Question) -> Option<&Answer> {
        self.responses
            .iter()
            .find(|response| response.question.index == question.index)
            .map(|response| &response.answer)
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

    fn get(&self, key: &str) -> Option<&'t str> {
        self.0.iter().find(|(name, _)| name.0 == key).map(|(_, value)| value.get())
    }
}

/// Whether something beside the table of answers is an answer too.
type Beside<'f> = &'f dyn Fn(&Entry) -> bool;

fn from_json(text: &str, is_beside: Beside<'_>, problems: &mut Problems<'_>) -> (Vec<Entry>, Former) {
    let document = match serde_json::from_str::<Object<'_>>(text.trim_start_matches('\u{feff}')) {
        Ok(document) => document,
        Err(error) => {
            let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = (start + error.column().saturating_sub(1)).min(text.len());
            problems.error(
                &(at..at),
                format!("this is not JSON: {}", short(&error)),
                "mend it, or write the table as TOML",
            );
            return (Vec::new(), Former::default());
        }
    };
    let Some(answers) = document.get("answers").and_then(Object::parse) else {
        return (document.entries(text).collect(), Former::default());
    };
    let mut entries: Vec<Entry> = answers.entries(text).collect();
    entries.extend(document.entries(text).filter(|entry| is_beside(entry)));
    let list = document.get("skipped").unwrap_or("[]");
    let skipped: Vec<&RawValue> = serde_json::from_str(list).unwrap_or_else(|_| {
        problems.error(&span(text, list), "`skipped` is no list", "write a list of question ids, as in [\"cloud\"]");
        Vec::new()
    });
    entries.extend(skipped.iter().map(|id| Entry {
        id: serde_json::from_str(id.get()).unwrap_or_default(),
        value: Some(Value::Text(SKIP.to_owned())),
        key: span(text, id.get()),
        span: span(text, id.get()),
    }));
    unreadable(text, &document, problems);
    (entries, former_in_json(&document))
}

/// Reports what a former result says in a way that nothing is made of: it would silently come out otherwise.
fn unreadable(text: &str, document: &Object<'_>, problems: &mut Problems<'_>) {
    let version = document.0.iter().find(|(key, _)| key.0 == "schema_version").map(|(_, version)| version.get());
    if let Some(version) = version.filter(|version| *version != "1") {
        let what = format!("the result is of version {}, which this program does not know", quoted(version));
        problems.error(&span(text, version), what, "update pathquiz, or take the `answers` out of it alone");
    }
    let Some(plan) = document.get("plan").and_then(Object::parse) else { return };
    let start = |value| serde_json::from_str::<String>(value).ok().and_then(|value| day(&value)).is_some();
    if let Some(value) = plan.get("start").filter(|value| !start(value)) {
        let advice = "write a day such as \"2027-01-04\", or take it out";
        problems.error(&span(text, value), "the plan does not start on a day", advice);
    }
    let hours = |value| serde_json::from_str(value).ok().and_then(pace).is_some();
    if let Some(value) = plan.get("hours_per_week").filter(|value| !hours(value)) {
        let advice = "write a whole number from 1 to 168, or take it out";
        problems.error(&span(text, value), "the plan has no hours a week", advice);
    }
}

/// What a former result says beside its answers.
fn former_in_json(document: &Object<'_>) -> Former {
    let inside = |key: &str, field: &str| Object::parse(document.get(key)?)?.get(field);
    let count = |field| inside("recommendation", field).and_then(|value| serde_json::from_str(value).ok());
    let chance = inside("recommendation", "chance").and_then(|value| serde_json::from_str(value).ok());
    let person = |value| match serde_json::from_str(value).ok()? {
        serde_json::Value::String(name) => Some(name),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    Former {
        person: document.get("id").and_then(person),
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
    Entry { id: id.clone().into_owned(), value: json_value(value.get()), key, span }
}

/// Where a piece of the text stands in it.
fn span(text: &str, piece: &str) -> Range<usize> {
    let start = (piece.as_ptr().addr()).saturating_sub(text.as_ptr().addr());
    start..start + piece.len()
}

fn json_value(text: &str) -> Option<Value> {
    match serde_json::from_str(text).ok()? {
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => Some(Value::Integer(number)),
            None => Value::from_float(number.as_f64()?),
        },
        serde_json::Value::String(text) => Some(Value::Text(text)),
        serde_json::Value::Array(items) => {
            let words = items.into_iter().map(|item| item.as_str().map(str::to_owned));
            words.collect::<Option<_>>().map(Value::List)
        }
        _ => None,
    }
}

fn from_toml(text: &str, is_beside: Beside<'_>, problems: &mut Problems<'_>) -> (Vec<Entry>, Former) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let broken = !errors.is_empty();
    for error in errors {
        problems.error(&error.span().unwrap_or(0..0), error.message(), "mend it, or write the table as JSON");
    }
    if broken {
        return (Vec::new(), Former::default());
    }
    let document = document.get_ref();
    let Some(answers) = document.get("answers").and_then(|answers| answers.get_ref().as_table()) else {
        return (entries(document), Former::default());
    };
    let mut all = entries(answers);
    all.extend(entries(document).into_iter().filter(is_beside));
    let skipped = document.get("skipped").and_then(|list| list.get_ref().as_array());
    all.extend(skipped.into_iter().flatten().map(|id| Entry {
        id: id.get_ref().as_str().unwrap_or_default().to_owned(),
        value: Some(Value::Text(SKIP.to_owned())),
        key: id.span(),
        span: id.span(),
    }));
    let inside = |key: &str, field: &str| document.get(key)?.get_ref().as_table()?.get(field).map(Spanned::get_ref);
    let count = |field| inside("recommendation", field)?.as_integer()?.as_str().parse().ok();
    let chance = inside("recommendation", "chance").and_then(|chance| chance.as_float()?.as_str().parse().ok());
    let former = Former {
        person: document.get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned),
        ending: Ending::new(count("asked"), count("of"), chance),
        bank: inside("bank", "id").and_then(DeValue::as_str).map(str::to_owned),
        fingerprint: inside("bank", "fingerprint").and_then(DeValue::as_str).map(str::to_owned),
        role: inside("plan", "role").and_then(DeValue::as_str).map(str::to_owned),
        start: inside("plan", "start").and_then(|start| match start {
            DeValue::Datetime(datetime) => day(&datetime.to_string()),
            other => day(other.as_str()?),
        }),
        hours_per_week: inside("plan", "hours_per_week")
            .and_then(|hours| hours.as_integer()?.as_str().parse().ok())
            .and_then(pace),
    };
    (all, former)
}

fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .filter(|(id, _)| id.get_ref() != SCHEMA_KEY)
        .map(|(id, value)| Entry {
            id: id.get_ref().to_string(),
            value: Value::from_toml(value.get_ref()),
            key: id.span(),
            span: value.span(),
        })
        .collect();
    entries.sort_by_key(|entry| entry.span.start);
    entries
}

/// A first day that a plan can have.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|day: &Date| (1900..3000).contains(&day.year()))
}

/// Hours a week, if they can be meant.
fn pace(hours: u32) -> Option<u32> {
    (1..=168).contains(&hours).then_some(hours)
}
