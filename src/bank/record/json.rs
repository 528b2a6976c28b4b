//! JSON as data whose values keep their places in the text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::beginning;
use crate::bank::data::Data;
use crate::bank::field::{Located, Map};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;

/// How deep tables and lists are nested in the object: the answers of a former result are a table with lists in it.
const DEPTH: usize = 2;

/// Returns what a text says that is one object, `None` after reporting that it is none.
pub(super) fn read(text: &str, problems: &mut Problems<'_>) -> Option<Map<Data>> {
    let trimmed = text.trim_start_matches('\u{feff}');
    match serde_json::from_str::<Object<'_>>(trimmed) {
        Ok(document) => return Some(document.table(text, DEPTH)),
        Err(_) if is_of_many(trimmed) => problems.error(&beginning(text), ProblemKind::Lines),
        Err(error) => {
            let start: usize = trimmed.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = (text.len() - trimmed.len() + start + error.column().saturating_sub(1)).min(text.len());
            problems.error(&(at..at), ProblemKind::JsonSyntax(short(&error)));
        }
    }
    None
}

/// Whether a text has an object a line and not one alone.
fn is_of_many(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut is_next = || lines.next().is_some_and(|line| serde_json::from_str::<Object<'_>>(line).is_ok());
    is_next() && is_next()
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

impl Object<'_> {
    /// Returns its entries, and what stands in them down to a depth.
    fn table(self, text: &str, depth: usize) -> Map<Data> {
        let entry = |(Key(id), value): (Key<'_>, &RawValue)| {
            let value = data(text, value, depth);
            let span = match id {
                Cow::Borrowed(id) => span(text, id),
                Cow::Owned(_) => value.span.clone(),
            };
            (Located { value: id.into_owned(), span }, value)
        };
        Map(self.0.into_iter().map(entry).collect())
    }
}

/// Returns a value that stands in the text, and what stands in it down to a depth.
fn data(text: &str, raw: &RawValue, depth: usize) -> Located<Data> {
    let written = raw.get();
    let value = match (written.as_bytes().first(), depth.checked_sub(1)) {
        (Some(b'{'), Some(depth)) => {
            serde_json::from_str(written).map(|object: Object<'_>| Data::Table(object.table(text, depth)))
        }
        (Some(b'['), Some(depth)) => serde_json::from_str(written)
            .map(|items: Vec<&RawValue>| Data::List(items.into_iter().map(|item| data(text, item, depth)).collect())),
        (Some(b'{' | b'['), None) => Ok(Data::Other),
        _ => serde_json::from_str(written).map(scalar),
    };
    Located { value: value.unwrap_or(Data::Other), span: span(text, written) }
}

fn scalar(json: Json) -> Data {
    match json {
        Json::Null => Data::Null,
        Json::String(text) => Data::Text(text),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Data::Integer(number),
            None => number.as_f64().map_or(Data::Other, Data::Float),
        },
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => Data::Other,
    }
}

/// The message of a JSON error without the place, which is shown beside it.
fn short(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Where a piece of the text stands in it.
fn span(text: &str, piece: &str) -> Range<usize> {
    let start = (piece.as_ptr().addr()).saturating_sub(text.as_ptr().addr());
    start..start + piece.len()
}

#[cfg(test)]
mod tests {
    use super::{Data, Problems, read};

    /// Returns each key with the texts of its own place and of its value's.
    fn places(text: &str) -> Vec<(String, &str, &str)> {
        let table = read(text, &mut Problems::new(text)).map(|table| table.0).unwrap_or_default();
        table.into_iter().map(|(key, value)| (key.value, &text[key.span], &text[value.span])).collect()
    }

    #[test]
    fn entries_keep_their_order_their_duplicates_and_their_places() {
        let entry = |key: &str, at, value| (key.to_owned(), at, value);
        assert_eq!(
            places("\u{feff}{ \"b\" : 1, \"a\": [ 2 ],\n\"b\":null, \"\\u0063\": {\"x\": 3} }"),
            [
                entry("b", "b", "1"),
                entry("a", "a", "[ 2 ]"),
                entry("b", "b", "null"),
                // A key with escapes is shown where its value stands.
                entry("c", "{\"x\": 3}", "{\"x\": 3}")
            ]
        );
    }

    #[test]
    fn what_is_nested_deeper_than_answers_is_left_alone() {
        let text = "{\"answers\": {\"q\": [\"a\", [\"b\"]]}}";
        let table = read(text, &mut Problems::new(text)).unwrap_or_else(|| panic!("{text} is an object"));
        let Some(Data::List(items)) = table.inside("answers", "q").map(|value| &value.value) else {
            panic!("{table:?}");
        };
        assert_eq!(items[0].value.text(), Some("a"));
        assert!(matches!(items[1].value, Data::Other), "{items:?}");
        let deep = format!("{{\"a\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep, &mut Problems::new(&deep)).is_some());
    }

    #[test]
    fn what_cannot_be_decoded_is_no_answer() {
        for value in ["\"\\ud800\"", "1e999", "true", "null", "[\"\\ud800\"]", "{}"] {
            let text = format!("{{\"q\": {value}}}");
            let table = read(&text, &mut Problems::new(&text)).unwrap_or_else(|| panic!("{text} is an object"));
            assert_eq!(table.get("q").and_then(|value| value.value.answer()), None, "{value}");
        }
    }
}
