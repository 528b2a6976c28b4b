//! Answers: as somebody gave them, and as a question understands them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value as Json, json};

/// The word that skips any question.
pub const SKIP: &str = "skip";

/// An answer that fits its question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// Asked and left out: no points, and less coverage.
    Skip,
    /// Positions of choices: one for a scale or single question, rising for a multi question, best first for a ranking.
    Picks(Vec<usize>),
}

impl Answer {
    /// Returns the positions picked; none when skipped.
    pub fn picks(&self) -> &[usize] {
        match self {
            Self::Skip => &[],
            Self::Picks(picks) => picks,
        }
    }
}

/// An answer as written in a flag, a file or a bank, not yet held against its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, as for a scale.
    Integer(i64),
    /// A choice, several joined by commas, or `skip`.
    Text(String),
    /// Several choices.
    List(Vec<String>),
}

impl Value {
    /// Returns the words that an answer is made of: the picks, or `skip` alone.
    pub(super) fn words(&self) -> Vec<String> {
        match self {
            Self::Integer(number) => vec![number.to_string()],
            Self::Text(text) if text.trim().is_empty() => Vec::new(),
            Self::Text(text) => text.split(',').map(|word| word.trim().to_owned()).collect(),
            Self::List(words) => words.clone(),
        }
    }

    /// Returns the JSON Schema of any answer, whatever the question.
    pub fn schema() -> Json {
        json!({ "type": ["integer", "string", "array"], "items": { "type": "string" } })
    }

    /// Returns a number that happens to be written with a point, such as 5.0; `None` for one with a fraction.
    #[expect(clippy::cast_possible_truncation, reason = "whole and checked to be far below the limit")]
    pub(crate) fn from_float(number: f64) -> Option<Self> {
        (number.fract() == 0.0 && number.abs() < 1e15).then_some(Self::Integer(number as i64))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(words) => words.serialize(serializer),
        }
    }
}

/// All that may be given somewhere: a phrase for people, and each value for programs. A copy costs little, since every row with a
/// mistake has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(Arc<(String, Vec<Value>)>);

impl Allowed {
    /// Creates it from the phrase and all values; from none where they are too many to be listed.
    pub fn new(phrase: String, values: impl IntoIterator<Item = Value>) -> Self {
        Self(Arc::new((phrase, values.into_iter().collect())))
    }

    /// Returns every value.
    pub fn values(&self) -> &[Value] {
        &self.0.1
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl Serialize for Allowed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.values().serialize(serializer)
    }
}
