//! Answers: as somebody gave them, and as a question understands them.

use std::error::Error;
use std::fmt;

use serde::{Serialize, Serializer};
use toml::Spanned;
use toml::de::DeValue;

use super::field::{Read, mismatch};
use super::nearest::{list, nearest};
use super::problem::Problems;
use super::question::{Choice, Kind, Question};
use super::text::quoted;

/// The word that skips any question.
pub const SKIP: &str = "skip";

/// An answer that fits its question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Asked and left out: no points, and less coverage.
    Skip,
    /// Positions of choices: one for a scale or single question, rising for a multi question, best first for a ranking.
    Picks(Vec<usize>),
}

impl Answer {
    /// The positions picked; none when skipped.
    #[must_use]
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
    fn words(&self) -> Vec<String> {
        match self {
            Self::Integer(number) => vec![number.to_string()],
            Self::Text(text) if text.trim().is_empty() => Vec::new(),
            Self::Text(text) => text.split(',').map(|word| word.trim().to_owned()).collect(),
            Self::List(words) => words.clone(),
        }
    }

    /// Reads an answer from TOML; nothing for a type that no answer has.
    pub(super) fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        match value {
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(Self::Integer),
            DeValue::String(text) => Some(Self::Text(text.to_string())),
            DeValue::Array(items) => {
                let words = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
                words.collect::<Option<_>>().map(Self::List)
            }
            _ => None,
        }
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

impl Read for Value {
    const EXPECTED: &'static str = "an answer: a number, a choice, a list of choices or \"skip\"";

    fn read(value: Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Self> {
        Self::from_toml(value.get_ref()).or_else(|| mismatch(&value, problems))
    }
}

impl Question {
    /// The answer that a value means to this question.
    ///
    /// # Errors
    ///
    /// When a word is no choice, or there are too many or too few of them.
    pub fn accept(&self, value: &Value) -> Result<Answer, WrongAnswer> {
        let words = value.words();
        if words == [SKIP] {
            return Ok(Answer::Skip);
        }
        let mut picks = Vec::with_capacity(words.len());
        for word in &words {
            let pick = self.position(word).ok_or_else(|| self.unknown(word))?;
            if picks.contains(&pick) {
                return Err(WrongAnswer::Repeated { question: self.id.clone(), value: word.clone() });
            }
            picks.push(pick);
        }
        let (fewest, most) = self.picks_allowed();
        if !(fewest..=most).contains(&picks.len()) {
            let question = self.id.clone();
            return Err(WrongAnswer::Count { question, given: picks.len(), fewest, most, allowed: self.allowed() });
        }
        if matches!(self.kind, Kind::Multi { .. }) {
            picks.sort_unstable();
        }
        Ok(Answer::Picks(picks))
    }

    /// The value that [`Question::accept`] turns into this answer.
    #[must_use]
    pub fn value(&self, answer: &Answer) -> Value {
        let ids = self.picked(answer).map(|choice| choice.id.clone());
        match (answer, &self.kind) {
            (Answer::Skip, _) => Value::Text(SKIP.to_owned()),
            (Answer::Picks(picks), Kind::Scale) => {
                Value::Integer(picks.first().and_then(|&pick| i64::try_from(pick + 1).ok()).unwrap_or_default())
            }
            (Answer::Picks(_), Kind::Single) => Value::Text(ids.collect()),
            (Answer::Picks(_), Kind::Multi { .. } | Kind::Rank { .. }) => Value::List(ids.collect()),
        }
    }

    /// The answer in the words of the question, for people.
    #[must_use]
    pub fn words(&self, answer: &Answer) -> String {
        let texts: Vec<&str> = self.picked(answer).map(|choice| choice.text.as_str()).collect();
        match (answer, &self.kind) {
            (Answer::Skip, _) => "skipped".to_owned(),
            (Answer::Picks(picks), _) if picks.is_empty() => "none of these".to_owned(),
            (Answer::Picks(_), Kind::Rank { .. }) => texts.join(" > "),
            (Answer::Picks(_), _) => texts.join(", "),
        }
    }

    /// Fewest and most choices that an answer names.
    #[must_use]
    pub fn picks_allowed(&self) -> (usize, usize) {
        match &self.kind {
            Kind::Scale | Kind::Single => (1, 1),
            Kind::Multi { fewest, most } => (*fewest, *most),
            Kind::Rank { places } => (places.len(), places.len()),
        }
    }

    /// What can be answered, in one phrase.
    #[must_use]
    pub fn allowed(&self) -> String {
        match (&self.kind, self.choices.first(), self.choices.last()) {
            (Kind::Scale, Some(low), Some(high)) => {
                format!("{} ({}) to {} ({}), or `{SKIP}`", low.id, low.text, high.id, high.text)
            }
            _ => format!("{}, or `{SKIP}`", list(self.ids())),
        }
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.choices.iter().map(|choice| choice.id.as_str())
    }

    fn position(&self, word: &str) -> Option<usize> {
        self.choices.iter().position(|Choice { id, .. }| id == word)
    }

    fn unknown(&self, word: &str) -> WrongAnswer {
        let nearest = match self.kind {
            Kind::Scale => None,
            _ => nearest(word, self.ids().chain([SKIP])).map(str::to_owned),
        };
        WrongAnswer::UnknownValue {
            question: self.id.clone(),
            value: word.to_owned(),
            nearest,
            allowed: self.allowed(),
        }
    }
}

/// Why a value is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongAnswer {
    /// The wrong number of choices.
    Count {
        /// The question's id.
        question: String,
        /// How many were named.
        given: usize,
        /// Fewest allowed.
        fewest: usize,
        /// Most allowed.
        most: usize,
        /// What can be answered.
        allowed: String,
    },
    /// One choice named twice.
    Repeated {
        /// The question's id.
        question: String,
        /// The choice.
        value: String,
    },
    /// One question answered twice.
    Twice {
        /// The question's id.
        question: String,
    },
    /// No question has this id.
    UnknownQuestion {
        /// The id as given.
        id: String,
        /// The id that was probably meant.
        nearest: Option<String>,
        /// Ids of all questions, as one phrase.
        known: String,
    },
    /// No choice has this id.
    UnknownValue {
        /// The question's id.
        question: String,
        /// The value as given.
        value: String,
        /// The id that was probably meant.
        nearest: Option<String>,
        /// What can be answered.
        allowed: String,
    },
}

impl WrongAnswer {
    /// What is wrong.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Count { question, given, .. } => format!("`{question}` got {given} choices"),
            Self::Repeated { question, value } => format!("`{question}` names {} twice", quoted(value)),
            Self::Twice { question } => format!("`{question}` is answered twice"),
            Self::UnknownQuestion { id, .. } => format!("unknown question {}", quoted(id)),
            Self::UnknownValue { question, value, .. } => format!("`{question}` has no choice {}", quoted(value)),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            Self::Count { fewest, most, allowed, .. } if fewest == most => format!("name exactly {most}: {allowed}"),
            Self::Count { fewest, most, allowed, .. } => format!("name {fewest} to {most}: {allowed}"),
            Self::Repeated { .. } => "name each choice once".to_owned(),
            Self::Twice { .. } => "keep one of the two".to_owned(),
            Self::UnknownQuestion { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownQuestion { known, .. } => format!("the questions are {known}"),
            Self::UnknownValue { nearest: Some(nearest), allowed, .. } => {
                format!("did you mean `{nearest}`? allowed: {allowed}")
            }
            Self::UnknownValue { allowed, .. } => format!("allowed: {allowed}"),
        }
    }
}

impl fmt::Display for WrongAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what(), self.advice())
    }
}

impl Error for WrongAnswer {}
