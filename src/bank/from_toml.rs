//! Reading TOML into plain types without stopping at the first mistake. A derived deserialiser ends at its first error;
//! here a value of the wrong type is reported, remembered as wrong, and reading goes on beside it.

use jiff::civil::Date;
use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::bank::answer::Value;
use crate::bank::date::PartialDate;
use crate::bank::field::{List, Map};
use crate::bank::limits::LONGEST_TEXT;
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::schema::{self, Definitions};
use crate::bank::text::{clean, is_blank, is_forbidden, is_plain};

/// A type that can stand in a bank file.
pub(super) trait FromToml: Sized {
    /// A phrase for the value, for the message when the file holds another.
    const EXPECTED: &'static str;

    /// Returns the value, `None` after reporting what is wrong inside it.
    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self>;

    /// Returns the same expectation as a JSON Schema, for editors; tables are added to the definitions.
    fn schema(definitions: &mut Definitions) -> Json;
}

/// Returns the value with its place, `None` after reporting what is wrong inside it.
pub(super) fn spanned<T: FromToml>(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Spanned<T>> {
    let span = value.span();
    T::from_toml(value, problems).map(|value| Spanned::new(span, value))
}

/// Reports a value of another type than was expected.
fn mismatch<T>(value: &Spanned<DeValue<'_>>, expected: &'static str, problems: &mut Problems<'_>) -> Option<T> {
    let found = match value.get_ref() {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    problems.error(&value.span(), ProblemKind::WrongType(expected, found));
    None
}

/// Returns the table that a value is, `None` after reporting that it is none.
pub(super) fn table<'t>(
    value: Spanned<DeValue<'t>>,
    expected: &'static str,
    problems: &mut Problems<'_>,
) -> Option<DeTable<'t>> {
    if !value.get_ref().is_table() {
        return mismatch(&value, expected, problems);
    }
    let DeValue::Table(table) = value.into_inner() else { return None };
    Some(table)
}

impl FromToml for String {
    const EXPECTED: &'static str = "text in quotes";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let DeValue::String(text) = value.get_ref() else { return mismatch(&value, Self::EXPECTED, problems) };
        let forbidden = if is_plain(text) { None } else { text.chars().find(|&character| is_forbidden(character)) };
        let (cleaned, length) = (clean(text), text.chars().count());
        let wrong = match forbidden {
            Some(character) => ProblemKind::ControlCharacter(character),
            None if is_blank(&cleaned) => ProblemKind::EmptyText,
            None if length > LONGEST_TEXT => ProblemKind::TextTooLong(length),
            None => return Some(cleaned),
        };
        problems.error(&value.span(), wrong);
        None
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT })
    }
}

impl FromToml for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let DeValue::Integer(integer) = value.get_ref() else { return mismatch(&value, Self::EXPECTED, problems) };
        let number = Self::from_str_radix(integer.as_str(), integer.radix()).ok();
        if number.is_none() {
            problems.error(&value.span(), ProblemKind::NumberTooLarge);
        }
        number
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "integer" })
    }
}

impl FromToml for f64 {
    const EXPECTED: &'static str = "a number such as 0.05";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => None,
        };
        number.or_else(|| mismatch(&value, Self::EXPECTED, problems))
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "number" })
    }
}

impl FromToml for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Boolean(boolean) => Some(*boolean),
            _ => mismatch(&value, Self::EXPECTED, problems),
        }
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "boolean" })
    }
}

impl FromToml for PartialDate {
    const EXPECTED: &'static str =
        "a date such as 2026-09-01, or \"2026-09\" or \"2026\" where only that much is known";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date.and_then(|date| {
                let (year, month, day) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
                Date::new(year.ok()?, month.ok()?, day.ok()?).ok().map(Self::Day)
            }),
            DeValue::String(text) => Self::parse(text),
            _ => None,
        };
        date.or_else(|| mismatch(&value, Self::EXPECTED, problems))
    }

    /// Returns a schema for text, since what reads TOML for a schema gives it dates as text.
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "pattern": Self::PATTERN })
    }
}

impl FromToml for Value {
    const EXPECTED: &'static str = "an answer: a number, a choice, a list of choices or \"skip\"";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let answer = match value.get_ref() {
            DeValue::String(text) => Some(Self::Text(text.to_string())),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(Self::Integer),
            DeValue::Float(number) => number.as_str().parse().ok().and_then(Self::from_float),
            DeValue::Array(items) => {
                let words = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
                words.collect::<Option<_>>().map(Self::List)
            }
            _ => None,
        };
        answer.or_else(|| mismatch(&value, Self::EXPECTED, problems))
    }

    fn schema(_: &mut Definitions) -> Json {
        Self::schema()
    }
}

impl<T: FromToml> FromToml for List<T> {
    const EXPECTED: &'static str = "a list";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        if !value.get_ref().is_array() {
            return mismatch(&value, Self::EXPECTED, problems);
        }
        let DeValue::Array(items) = value.into_inner() else { return None };
        all(items.into_iter().map(|item| spanned(item, problems)))
    }

    fn schema(definitions: &mut Definitions) -> Json {
        schema::list(&T::schema(definitions))
    }
}

impl<T: FromToml> FromToml for Map<T> {
    const EXPECTED: &'static str = "a table such as { name = ... }";

    fn from_toml(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let mut entries: Vec<_> = table(value, Self::EXPECTED, problems)?.into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        all(entries.into_iter().map(|(key, value)| {
            let key = Spanned::new(key.span(), key.into_inner().into_owned());
            spanned(value, problems).map(|value| (key, value))
        }))
    }

    fn schema(definitions: &mut Definitions) -> Json {
        schema::map(&T::schema(definitions))
    }
}

/// Returns all items, `None` if one is `None`; every one is read all the same, so that all that is wrong is told.
pub(super) fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    items.collect::<Vec<_>>().into_iter().collect()
}
