//! Answers in TOML, and former results that somebody wrote in it.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::answer::Value;
use super::super::former::{Ending, Former, Person};
use super::super::problem::Problems;
use super::{Beside, Entry, PERSON, SCHEMA_KEY, day, pace};
use crate::bank::problem_kind::ProblemKind;

/// Everything in a TOML file that should be an answer, and what else it says.
pub(super) fn read(text: &str, is_beside: Beside<'_>, problems: &mut Problems<'_>) -> (Vec<Entry>, Former) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let broken = !errors.is_empty();
    for error in errors {
        problems.error(&error.span().unwrap_or(0..0), ProblemKind::AnswersSyntax(error.message().to_owned()));
    }
    if broken {
        return (Vec::new(), Former::default());
    }
    let document = document.get_ref();
    let is_name = |value: &DeValue<'_>| value.is_str() || value.is_integer() || value.is_float();
    if let Some(id) = document.get(PERSON).filter(|id| !is_name(id.get_ref()))
        && !entries(document).iter().any(|entry| entry.id == PERSON && is_beside(entry))
    {
        problems.error(&id.span(), ProblemKind::NoName(PERSON.to_owned()));
    }
    let Some(answers) = document.get("answers").and_then(|answers| answers.get_ref().as_table()) else {
        let is_answer = |entry: &Entry| entry.id != PERSON || is_beside(entry);
        let person = Former { person: person(document), ..Former::default() };
        return (entries(document).into_iter().filter(is_answer).collect(), person);
    };
    let mut all = entries(answers);
    all.extend(entries(document).into_iter().filter(is_beside));
    if let Some(list) = document.get("skipped") {
        let written = |value: &Spanned<DeValue<'_>>| text.get(value.span()).unwrap_or_default().to_owned();
        let ids = list.get_ref().as_array();
        if ids.is_none() {
            problems.error(&list.span(), ProblemKind::SkippedNoList(written(list)));
        }
        for id in ids.into_iter().flatten() {
            match id.get_ref().as_str() {
                Some(name) => all.push(Entry::skip(name.to_owned(), id.span())),
                None => problems.error(&id.span(), ProblemKind::SkippedNoList(written(id))),
            }
        }
    }
    unreadable(text, document, problems);
    (all, former(document))
}

/// Reports what a former result says in a way that nothing can be made of.
fn unreadable(text: &str, document: &DeTable<'_>, problems: &mut Problems<'_>) {
    if let Some(version) = document.get("schema_version").filter(|version| integer(version.get_ref()) != Some(1)) {
        let written = version.get_ref().as_integer().map_or("something else than a number", |number| number.as_str());
        problems.error(&version.span(), ProblemKind::UnknownVersion(written.to_owned()));
    }
    let plan = |field: &str| document.get("plan")?.get_ref().as_table()?.get(field);
    if let Some(value) = plan("start").filter(|value| start(value.get_ref()).is_none()) {
        problems.error(&value.span(), ProblemKind::NoDay(text.get(value.span()).unwrap_or_default().to_owned()));
    }
    if let Some(value) = plan("hours_per_week").filter(|value| integer(value.get_ref()).and_then(pace).is_none()) {
        problems.error(&value.span(), ProblemKind::NoPace);
    }
}

/// What a former result says beside its answers.
fn former(document: &DeTable<'_>) -> Former {
    let inside = |key: &str, field: &str| document.get(key)?.get_ref().as_table()?.get(field).map(Spanned::get_ref);
    let text = |key, field| inside(key, field).and_then(DeValue::as_str).map(str::to_owned);
    let count = |field| inside("recommendation", field)?.as_integer()?.as_str().parse().ok();
    let chance = inside("recommendation", "chance").and_then(|chance| chance.as_float()?.as_str().parse().ok());
    Former {
        person: person(document),
        ending: Ending::new(count("asked"), count("of"), chance),
        bank: text("bank", "id"),
        fingerprint: text("bank", "fingerprint"),
        role: text("plan", "role"),
        start: inside("plan", "start").and_then(start),
        hours_per_week: inside("plan", "hours_per_week").and_then(integer).and_then(pace),
    }
}

/// Who answered, as text.
fn person(document: &DeTable<'_>) -> Option<Person> {
    document.get(PERSON).and_then(|id| id.get_ref().as_str()).map(|name| Person::Name(name.to_owned()))
}

/// A day, written as TOML writes one or as text.
fn start(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(datetime) => day(&datetime.to_string()),
        other => day(other.as_str()?),
    }
}

fn integer(value: &DeValue<'_>) -> Option<u32> {
    value.as_integer()?.as_str().parse().ok()
}

fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .filter(|(id, _)| id.get_ref() != SCHEMA_KEY)
        .map(|(id, value)| Entry {
            id: id.get_ref().to_string(),
            value: Value::from_toml(value.get_ref()),
            is_null: false,
            key: id.span(),
            span: value.span(),
        })
        .collect();
    entries.sort_by_key(|entry| entry.span.start);
    entries
}
