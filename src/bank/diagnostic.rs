//! What is wrong, as other programs read it.

use serde::Serialize;

use crate::bank::answer::{Allowed, Value};
use crate::bank::suggest::UnknownWord;
use crate::bank::text::clean;

/// One thing that is wrong: what a problem of a file, a wrong flag and a rejected row have in common. Foreign text in it
/// is cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Names the kind of problem; the same in every version.
    pub code: &'static str,
    /// The problem and its solution, in one sentence.
    pub message: String,
    /// Id of the question that it is about, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The value as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Values that can be given instead; of several choices the answer may name several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Allowed>,
    /// The value that was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
    /// The file as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Character within the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
}

impl Diagnostic {
    /// Creates one of which no more is known.
    pub fn new(code: &'static str, message: String) -> Self {
        Self { code, message, ..Self::default() }
    }

    /// Adds the data of a word that is not known.
    #[must_use]
    pub fn with_word(self, UnknownWord { word, nearest, known }: &UnknownWord) -> Self {
        let allowed = Some(known.clone()).filter(|known| !known.values().is_empty());
        Self { value: Some(Value::Text(clean(word))), allowed, nearest: nearest.clone(), ..self }
    }
}
