//! JSON as data whose values keep their places in the text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use serde_json::value::RawValue;
use toml::Spanned;

use crate::answers::file::value::{Entries, FileValue};
use crate::bank::{ProblemKind, Problems};

/// Depth of the tables and lists that are looked into: the answers of a previous result are a table with lists in it.
const DEPTH: usize = 2;

/// Returns the entries of a text that is one object, `None` after reporting that it is none.
pub(super) fn read(text: &str, problems: &mut Problems<'_>) -> Option<Entries> {
    let trimmed = text.trim_start_matches('\u{feff}');
    match serde_json::from_str::<JsonObject<'_>>(trimmed) {
        Ok(object) => return Some(object.entries(text, DEPTH)),
        Err(_) if is_of_many(trimmed) => {
            let start = text.len() - trimmed.trim_start().len();
            problems.error(&(start..start), ProblemKind::Lines);
        }
        Err(error) => {
            let start: usize = trimmed.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = (text.len() - trimmed.len() + start + error.column().saturating_sub(1)).min(text.len());
            // Its place stands in the message too, but is shown beside it here.
            let message = error.to_string().split(" at line ").next().unwrap_or_default().to_owned();
            problems.error(&(at..at), ProblemKind::JsonSyntax(message));
        }
    }
    None
}

/// Returns true if a text has an object a line and not one alone.
fn is_of_many(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut is_next = || lines.next().is_some_and(|line| serde_json::from_str::<JsonObject<'_>>(line).is_ok());
    is_next() && is_next()
}

/// An object whose entries keep their order, their duplicates and their places.
struct JsonObject<'t>(Vec<(JsonKey<'t>, &'t RawValue)>);

/// A key of an object; borrowed from the text unless it has escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct JsonKey<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'de> Deserialize<'de> for JsonObject<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;
        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = JsonObject<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(JsonObject(entries))
            }
        }
        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl JsonObject<'_> {
    /// Returns its entries, and what stands in them down to a depth. A key with escapes is shown where its value stands.
    fn entries(self, text: &str, depth: usize) -> Entries {
        let entries = self.0.into_iter().map(|(JsonKey(key), value)| {
            let value = file_value(text, value, depth);
            let span = if let Cow::Borrowed(key) = key { span(text, key) } else { value.span() };
            (Spanned::new(span, key.into_owned()), value)
        });
        entries.collect()
    }
}

/// Returns a value that stands in the text, and what stands in it down to a depth.
fn file_value(text: &str, raw: &RawValue, depth: usize) -> Spanned<FileValue> {
    let written = raw.get();
    let value = match (written.as_bytes().first(), depth.checked_sub(1)) {
        (Some(b'{'), Some(depth)) => {
            serde_json::from_str(written).map(|object: JsonObject<'_>| FileValue::Table(object.entries(text, depth)))
        }
        (Some(b'['), Some(depth)) => serde_json::from_str(written).map(|items: Vec<&RawValue>| {
            FileValue::List(items.into_iter().map(|item| file_value(text, item, depth)).collect())
        }),
        (Some(b'{' | b'['), None) => Ok(FileValue::Other),
        _ => serde_json::from_str(written).map(scalar),
    };
    Spanned::new(span(text, written), value.unwrap_or(FileValue::Other))
}

fn scalar(json: Json) -> FileValue {
    match json {
        Json::Null => FileValue::Null,
        Json::String(text) => FileValue::Text(text),
        Json::Number(number) => match number.as_i64() {
            Some(number) => FileValue::Integer(number),
            None => number.as_f64().map_or(FileValue::Other, FileValue::Float),
        },
        Json::Bool(value) => FileValue::Flag(value),
        Json::Array(_) | Json::Object(_) => FileValue::Other,
    }
}

/// Returns where a piece of the text stands in it.
fn span(text: &str, piece: &str) -> Range<usize> {
    let start = (piece.as_ptr().addr()).saturating_sub(text.as_ptr().addr());
    start..start + piece.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::file::value::get;

    /// Returns each key with the texts of its own place and of its value's.
    fn places(text: &str) -> Vec<(String, &str, &str)> {
        let entries = read(text, &mut Problems::new(text)).unwrap_or_default();
        let places = |(key, value): (Spanned<String>, Spanned<FileValue>)| {
            (key.get_ref().clone(), &text[key.span()], &text[value.span()])
        };
        entries.into_iter().map(places).collect()
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
        let table = read(text, &mut Problems::new(text)).unwrap();
        let answers = get(&table, "answers").unwrap().get_ref().table().unwrap();
        let FileValue::List(items) = get(answers, "q").unwrap().get_ref() else { panic!("{table:?}") };
        assert_eq!(items[0].get_ref().text(), Some("a"));
        assert!(matches!(items[1].get_ref(), FileValue::Other), "{items:?}");
        let deep = format!("{{\"a\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep, &mut Problems::new(&deep)).is_some());
    }

    #[test]
    fn what_cannot_be_decoded_is_no_answer() {
        for value in ["\"\\ud800\"", "1e999", "[\"\\ud800\"]", "{}"] {
            let text = format!("{{\"q\": {value}}}");
            let table = read(&text, &mut Problems::new(&text)).unwrap();
            assert_eq!(get(&table, "q").and_then(|value| value.get_ref().answer()), None, "{value}");
        }
    }
}
