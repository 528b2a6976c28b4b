//! Reading TOML into plain types without stopping at the first mistake. A derived deserialiser ends at its first error;
//! here a value of the wrong type is reported, remembered as wrong, and reading goes on beside it.

use std::ops::Range;

use jiff::civil::Date;
use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::answer::Value;
use super::data::Data;
use super::date::When;
use super::limits::LONGEST_TEXT;
use super::problem::Problems;
use super::problem_kind::ProblemKind;
use super::schema::{self, Definitions};
use super::text::{clean, is_blank, is_forbidden, is_plain};

/// A value with the bytes it was read from.
#[derive(Clone, Debug)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

impl<T> Located<T> {
    /// Returns another value with the same place.
    pub(super) fn at<U>(&self, value: U) -> Located<U> {
        Located { value, span: self.span.clone() }
    }
}

/// What the file says under one key.
#[derive(Debug)]
pub(super) enum Field<T> {
    /// The key is not there.
    Missing,
    /// The key is there with something unusable, which has been reported.
    Wrong,
    /// The key is there with a value of the right type.
    Given(Located<T>),
}

impl<T> Field<T> {
    /// The value, or nothing when it is missing or has been reported.
    pub(super) fn optional(self) -> Option<Located<T>> {
        match self {
            Self::Given(located) => Some(located),
            Self::Missing | Self::Wrong => None,
        }
    }

    /// The value; a missing one is reported against `owner`, the table that should have it, with an example such as
    /// `format = 1` that begins with the key.
    pub(super) fn required(
        self,
        example: &'static str,
        what: &'static str,
        owner: &Range<usize>,
        problems: &mut Problems<'_>,
    ) -> Option<Located<T>> {
        if matches!(self, Self::Missing) {
            problems.error(owner, ProblemKind::MissingKey(what, example));
        }
        self.optional()
    }

    /// The value without its place.
    pub(super) fn value(self) -> Option<T> {
        self.optional().map(|located| located.value)
    }

    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    pub(super) fn span(&self) -> Option<&Range<usize>> {
        match self {
            Self::Given(located) => Some(&located.span),
            Self::Missing | Self::Wrong => None,
        }
    }
}

impl<T> Field<Vec<T>> {
    /// The items; a missing or wrong list has none.
    pub(super) fn items(self) -> Vec<T> {
        self.value().unwrap_or_default()
    }
}

/// A type that can stand in a bank file.
pub(super) trait Read: Sized {
    /// What the file should hold, for the message when it does not.
    const EXPECTED: &'static str;

    /// The value, or nothing after reporting what is wrong inside it.
    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self>;

    /// The same expectation as a JSON Schema, for editors; tables are added to the definitions.
    fn schema(definitions: &mut Definitions) -> Json;
}

/// Reports a value of another type.
pub(super) fn mismatch<T: Read>(value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<T> {
    let found = match value.get_ref() {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    problems.error(&value.span(), ProblemKind::WrongType(T::EXPECTED, found));
    None
}

impl Read for String {
    const EXPECTED: &'static str = "text in quotes";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let DeValue::String(text) = value.get_ref() else { return mismatch(&value, problems) };
        let forbidden = || text.chars().find(|&character| is_forbidden(character));
        let (cleaned, length) = (clean(text), text.chars().count());
        let wrong = if let Some(character) = if is_plain(text) { None } else { forbidden() } {
            ProblemKind::ControlCharacter(character)
        } else if is_blank(&cleaned) {
            ProblemKind::EmptyText
        } else if length > LONGEST_TEXT {
            ProblemKind::TextTooLong(length)
        } else {
            return Some(cleaned);
        };
        problems.error(&value.span(), wrong);
        None
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT })
    }
}

impl Read for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let DeValue::Integer(integer) = value.get_ref() else { return mismatch(&value, problems) };
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

impl Read for f64 {
    const EXPECTED: &'static str = "a number such as 0.05";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => None,
        }
        .or_else(|| mismatch(&value, problems))
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "number" })
    }
}

impl Read for When {
    const EXPECTED: &'static str =
        "a date such as 2026-09-01, or \"2026-09\" or \"2026\" where only that much is known";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        let when = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.date.and_then(|date| {
                let (year, month, day) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
                Date::new(year.ok()?, month.ok()?, day.ok()?).ok().map(When::Day)
            }),
            DeValue::String(text) => When::parse(text),
            _ => None,
        };
        when.or_else(|| mismatch(&value, problems))
    }

    /// What reads TOML for a schema gives it dates as text.
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "pattern": Self::PATTERN })
    }
}

impl<T: Read> Read for Vec<Located<T>> {
    const EXPECTED: &'static str = "a list";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        if !value.get_ref().is_array() {
            return mismatch(&value, problems);
        }
        let DeValue::Array(items) = value.into_inner() else { return None };
        let read = |item: Spanned<DeValue<'_>>| {
            let span = item.span();
            T::read(item, problems).map(|value| Located { value, span })
        };
        all(items.into_iter().map(read))
    }

    fn schema(definitions: &mut Definitions) -> Json {
        schema::list(&T::schema(definitions))
    }
}

impl Read for Value {
    const EXPECTED: &'static str = "an answer: a number, a choice, a list of choices or \"skip\"";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        Data::from(value.get_ref()).answer().or_else(|| mismatch(&value, problems))
    }

    fn schema(_: &mut Definitions) -> Json {
        Self::schema()
    }
}

/// Returns all items, `None` if one is `None`; every one is read all the same, so that all that is wrong is told.
pub(super) fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    items.collect::<Vec<_>>().into_iter().collect()
}

/// A table whose keys are the author's own, such as role ids; in the file's order.
#[derive(Debug)]
pub(super) struct Map<T>(pub(super) Vec<(Located<String>, Located<T>)>);

impl<T: Read> Read for Map<T> {
    const EXPECTED: &'static str = "a table such as { name = ... }";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        if !value.get_ref().is_table() {
            return mismatch(&value, problems);
        }
        let DeValue::Table(table) = value.into_inner() else { return None };
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let read = |(key, value): (Spanned<DeString<'_>>, Spanned<DeValue<'_>>)| {
            let key = Located { span: key.span(), value: key.into_inner().into_owned() };
            let span = value.span();
            T::read(value, problems).map(|value| (key, Located { value, span }))
        };
        all(entries.into_iter().map(read)).map(Self)
    }

    fn schema(definitions: &mut Definitions) -> Json {
        schema::map(&T::schema(definitions))
    }
}

/// The keys of one table of the file, taken out one by one.
pub(super) struct Keys<'t> {
    table: DeTable<'t>,
}

impl<'t> Keys<'t> {
    pub(super) fn new(table: DeTable<'t>) -> Self {
        Self { table }
    }

    pub(super) fn take<T: Read>(&mut self, key: &str, problems: &mut Problems<'_>) -> Field<T> {
        let Some(value) = self.table.remove(key) else { return Field::Missing };
        let span = value.span();
        T::read(value, problems).map_or(Field::Wrong, |value| Field::Given(Located { value, span }))
    }

    /// Reports every key that nobody took.
    pub(super) fn finish(self, known: &[&str], problems: &mut Problems<'_>) {
        for key in self.table.keys() {
            let unknown = problems.unknown(key.get_ref(), known.iter().copied());
            problems.error(&key.span(), ProblemKind::UnknownKey(unknown));
        }
    }
}

/// Declares tables of the bank file: the struct lists the keys, and reading and the schema follow the list. Every key
/// becomes a [`Field`]; a key that is not listed is reported. Behind `=` stands what the schema says of a key beyond its
/// type, and behind the name what it says of the table as a whole; both are checked in `validate`.
macro_rules! tables {
    ($(
        $(#[doc = $doc:literal])*
        struct $name:ident($expected:literal $(, $whole:expr)?) {
            $($(#[doc = $about:literal])* $key:ident: $type:ty $(= $rule:expr)?,)*
        }
    )*) => { $(
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub(super) struct $name { $($(#[doc = $about])* pub(super) $key: Field<$type>,)* }

        impl Read for $name {
            const EXPECTED: &'static str = $expected;

            fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
                if !value.get_ref().is_table() {
                    return mismatch(&value, problems);
                }
                let DeValue::Table(table) = value.into_inner() else { return None };
                let mut keys = Keys::new(table);
                let read = Self { $($key: keys.take(stringify!($key), problems),)* };
                keys.finish(&[$(stringify!($key)),*], problems);
                Some(read)
            }

            fn schema(definitions: &mut Definitions) -> Json {
                let keys = [$((stringify!($key), schema::property(
                    <$type>::schema(definitions),
                    &[$($about),*],
                    Rule::NONE$(.and($rule))?,
                ))),*];
                let whole = Rule::NONE$(.and($whole))?;
                schema::table(stringify!($name), &[$($doc),*], whole, keys, definitions)
            }
        }
    )* };
}

pub(super) use tables;
