//! Values as JSON and TOML write them, as one tree: whoever looks at it need not know the syntax.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::bank::{List, Value, YEARS};

/// Keys and values with their places: the entries of a table, in the file's order. JSON may have a key twice.
pub(in crate::answers) type Entries = Vec<(Spanned<String>, Spanned<FileValue>)>;

/// A value as written.
#[derive(Debug)]
pub(in crate::answers) enum FileValue {
    /// JSON's null.
    Null,
    Integer(i64),
    /// A number with a point or an exponent, or one that is too large for [`FileValue::Integer`].
    Float(f64),
    Text(String),
    /// A date or time of TOML.
    Date(String),
    List(List<FileValue>),
    Table(Entries),
    /// True or false.
    Flag(bool),
    /// Anything else: what is nested deeper than answers are, and what cannot be decoded.
    Other,
}

impl FileValue {
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Float(_))
    }

    /// Returns true if it can name a person, or leaves that open.
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Self::Null | Self::Text(_)) || self.is_number()
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a single value as a text, `None` for a list or table.
    pub(in crate::answers) fn scalar(&self) -> Option<String> {
        match self {
            Self::Null => Some(String::new()),
            Self::Integer(number) => Some(number.to_string()),
            Self::Float(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.clone()),
            Self::Flag(value) => Some(value.to_string()),
            Self::Date(_) | Self::List(_) | Self::Table(_) | Self::Other => None,
        }
    }

    pub(super) fn table(&self) -> Option<&Entries> {
        match self {
            Self::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns a whole number, `None` if it is out of the type's range.
    pub(super) fn whole<N: TryFrom<i64>>(&self) -> Option<N> {
        match self {
            Self::Integer(number) => N::try_from(*number).ok(),
            _ => None,
        }
    }

    /// Returns a first day that a plan can have, written as a text or as TOML writes one.
    pub(super) fn day(&self) -> Option<Date> {
        let (Self::Text(text) | Self::Date(text)) = self else { return None };
        text.parse().ok().filter(|day: &Date| YEARS.contains(&day.year()))
    }

    /// Returns the value as an answer, `None` for what no answer can be.
    pub(super) fn answer(&self) -> Option<Value> {
        match self {
            Self::Integer(number) => Some(Value::Integer(*number)),
            Self::Float(number) => Value::from_float(*number),
            Self::Text(text) => Some(Value::Text(text.clone())),
            Self::List(items) => {
                let words = items.iter().map(|item| match item.get_ref() {
                    Self::Null | Self::Flag(_) => None,
                    item => item.scalar(),
                });
                words.collect::<Option<_>>().map(Value::List)
            }
            Self::Flag(value) => Some(Value::Text(value.to_string())),
            // What an empty cell is elsewhere.
            Self::Null => Some(Value::Text(String::new())),
            Self::Date(_) | Self::Table(_) | Self::Other => None,
        }
    }
}

impl From<Value> for FileValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Integer(number) => Self::Integer(number),
            Value::Text(text) => Self::Text(text),
            Value::List(words) => {
                Self::List(words.into_iter().map(|word| Spanned::new(0..0, Self::Text(word))).collect())
            }
        }
    }
}

impl From<&DeValue<'_>> for FileValue {
    fn from(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_or(Self::Float(f64::INFINITY), Self::Integer)
            }
            DeValue::Float(number) => number.as_str().parse().map_or(Self::Other, Self::Float),
            DeValue::Datetime(datetime) => Self::Date(datetime.to_string()),
            DeValue::Array(items) => Self::List(items.iter().map(spanned).collect()),
            DeValue::Table(table) => Self::Table(entries(table)),
            DeValue::Boolean(value) => Self::Flag(*value),
        }
    }
}

fn spanned(value: &Spanned<DeValue<'_>>) -> Spanned<FileValue> {
    Spanned::new(value.span(), value.get_ref().into())
}

/// Returns the entries of a table of TOML, in the file's order.
pub(super) fn entries(table: &DeTable<'_>) -> Entries {
    let mut entries: Entries = table
        .iter()
        .map(|(key, value)| (Spanned::new(key.span(), key.get_ref().to_string()), spanned(value)))
        .collect();
    entries.sort_by_key(|(_, value)| value.span().start);
    entries
}

/// Returns the first value under a key.
pub(super) fn get<'e>(entries: &'e Entries, key: &str) -> Option<&'e Spanned<FileValue>> {
    entries.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_keeps_the_order_of_the_file() {
        let text = "b = 1\na.y = 2\n[c]\nz = 3\nx = 4\n";
        let (table, errors) = DeTable::parse_recoverable(text);
        assert!(errors.is_empty(), "{errors:?}");
        let table = entries(table.get_ref());
        assert_eq!(table.iter().map(|(key, _)| &text[key.span()]).collect::<Vec<_>>(), ["b", "a", "c"]);
        let inner = get(&table, "c").and_then(|table| table.get_ref().table()).unwrap();
        assert_eq!(get(inner, "x").and_then(|value| value.get_ref().whole()), Some(4_u32));
        assert!(get(&table, "b").unwrap().get_ref().table().is_none() && get(inner, "b").is_none());
    }

    #[test]
    fn an_answer_is_a_whole_number_a_text_or_a_list_of_texts() {
        let list = Some(Value::List(vec!["a".to_owned(), "b".to_owned()]));
        for (written, answer) in [
            ("5", Some(Value::Integer(5))),
            ("5.0", Some(Value::Integer(5))),
            ("0x1F", Some(Value::Integer(31))),
            ("5.5", None),
            ("nan", None),
            ("99999999999999999999", None),
            ("\"a\"", Some(Value::Text("a".to_owned()))),
            ("[\"a\", \"b\"]", list),
            ("[\"a\", 1]", Some(Value::List(vec!["a".to_owned(), "1".to_owned()]))),
            ("2027-01-04", None),
            ("true", Some(Value::Text("true".to_owned()))),
            ("{ a = 1 }", None),
        ] {
            let text = format!("q = {written}");
            let (table, _) = DeTable::parse_recoverable(&text);
            let table = entries(table.get_ref());
            assert_eq!(get(&table, "q").and_then(|value| value.get_ref().answer()), answer, "{written}");
        }
    }
}
