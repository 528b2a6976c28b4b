//! Values as JSON and TOML write them, as one tree: whoever looks at it need not know the syntax.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::answer::Value;
use super::field::{Located, Map};
use super::limits::YEARS;
use super::source::List;

/// A value as written.
#[derive(Debug)]
pub(super) enum Data {
    /// JSON's null.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with a point or an exponent, or one that is too large for [`Data::Integer`].
    Float(f64),
    /// A text.
    Text(String),
    /// A date or time of TOML.
    Date(String),
    /// A list.
    List(List<Data>),
    /// A table, in the file's order; JSON may have a key twice.
    Table(Map<Data>),
    /// Anything else: true and false, what is nested deeper than answers are, and what cannot be decoded.
    Other,
}

impl Data {
    pub(super) fn is_table(&self) -> bool {
        matches!(self, Self::Table(_))
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Float(_))
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
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
                let words = items.iter().map(|item| item.value.text().map(str::to_owned));
                words.collect::<Option<_>>().map(Value::List)
            }
            Self::Null | Self::Date(_) | Self::Table(_) | Self::Other => None,
        }
    }
}

impl Map<Data> {
    /// Returns the first value under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Located<Data>> {
        self.0.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// Returns the value under a key of a table in this one.
    pub(super) fn inside(&self, table: &str, key: &str) -> Option<&Located<Data>> {
        match &self.get(table)?.value {
            Data::Table(table) => table.get(key),
            _ => None,
        }
    }
}

impl From<&DeValue<'_>> for Data {
    fn from(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_or(Self::Float(f64::INFINITY), Self::Integer)
            }
            DeValue::Float(number) => number.as_str().parse().map_or(Self::Other, Self::Float),
            DeValue::Datetime(datetime) => Self::Date(datetime.to_string()),
            DeValue::Array(items) => Self::List(items.iter().map(located).collect()),
            DeValue::Table(table) => Self::Table(table.into()),
            DeValue::Boolean(_) => Self::Other,
        }
    }
}

impl From<&DeTable<'_>> for Map<Data> {
    fn from(table: &DeTable<'_>) -> Self {
        let key = |key: &Spanned<DeString<'_>>| Located { span: key.span(), value: key.get_ref().to_string() };
        let mut entries: Vec<_> = table.iter().map(|(name, value)| (key(name), located(value))).collect();
        entries.sort_by_key(|(_, value)| value.span.start);
        Self(entries)
    }
}

fn located(value: &Spanned<DeValue<'_>>) -> Located<Data> {
    Located { value: value.get_ref().into(), span: value.span() }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::{Data, Map, Value};

    #[test]
    fn toml_keeps_the_order_of_the_file() {
        let text = "b = 1\na.y = 2\n[c]\nz = 3\nx = 4\n";
        let (table, errors) = DeTable::parse_recoverable(text);
        assert!(errors.is_empty(), "{errors:?}");
        let table = Map::from(table.get_ref());
        assert_eq!(table.0.iter().map(|(key, _)| &text[key.span.clone()]).collect::<Vec<_>>(), ["b", "a", "c"]);
        assert_eq!(table.inside("c", "x").and_then(|value| value.value.whole()), Some(4_u32));
        assert!(table.inside("b", "x").is_none() && table.inside("c", "b").is_none());
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
            ("[\"a\", 1]", None),
            ("2027-01-04", None),
            ("true", None),
            ("{ a = 1 }", None),
        ] {
            let text = format!("q = {written}");
            let (table, _) = DeTable::parse_recoverable(&text);
            let table: Map<Data> = table.get_ref().into();
            assert_eq!(table.get("q").and_then(|value| value.value.answer()), answer, "{written}");
        }
    }
}
