//! Reasons why a value is not an answer.

use std::error::Error;

use crate::bank::answer::{Allowed, Value};
use crate::bank::diagnostic::Diagnostic;
use crate::bank::kinds::kinds;
use crate::bank::suggest::UnknownWord;
use crate::bank::text::{Count, clean, quoted};

kinds! {
    /// A reason why a value is not an answer to the question with this id.
    #[allow(missing_docs, reason = "each field is what its name says")]
    pub enum WrongAnswer

    /// The wrong number of choices.
    Count { question: String, given: usize, fewest: usize, most: usize, allowed: Allowed } => "wrong-number-of-choices",
        format!("`{question}` got {}", Count(*given, "choice", "choices")),
        if fewest == most {
            format!("name exactly {most}: {allowed}")
        } else {
            format!("name {fewest} to {most}: {allowed}")
        };
    /// Something that is no value of any answer; `allowed` is `None` if no question has this id.
    NoValue { question: String, allowed: Option<Allowed> } => "no-answer",
        format!("{} has a value that is not an answer", quoted(question)),
        match allowed {
            Some(allowed) => format!("allowed: {allowed}"),
            None => "allowed: a number, a choice or a list of choices".to_owned(),
        };
    /// One choice named twice.
    Repeated { question: String, value: String } => "repeated-choice",
        format!("`{question}` names {} twice", quoted(value)), "name each choice once";
    /// `skip` beside a choice.
    SkipAmongOthers { question: String } => "skip-among-others",
        format!("`{question}` is both skipped and answered"), "keep one of the two";
    /// One question answered twice.
    Twice { question: String } => "answered-twice",
        format!("`{question}` is answered twice"), "keep one of the two";
    /// No question has this id.
    UnknownQuestion(id: UnknownWord) => "unknown-question",
        format!("unknown question {}", id.quoted()),
        match &id.nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("the questions are {}", id.known),
        };
    /// No choice has this id.
    UnknownValue { question: String, value: UnknownWord } => "unknown-value",
        format!("`{question}` has no choice {}", value.quoted()),
        match &value.nearest {
            Some(nearest) => format!("did you mean `{nearest}`? allowed: {}", value.known),
            None => format!("allowed: {}", value.known),
        };
}

impl Error for WrongAnswer {}

impl From<&WrongAnswer> for Diagnostic {
    fn from(wrong: &WrongAnswer) -> Self {
        let told = Self::new(wrong.code(), wrong.to_string());
        match wrong {
            WrongAnswer::UnknownQuestion(id) => {
                Self { allowed: Some(id.known.clone()), nearest: id.nearest.clone(), ..told }.about(&id.word)
            }
            WrongAnswer::UnknownValue { question, value } => told.with_word(value).about(question),
            WrongAnswer::Count { question, allowed, .. } => {
                Self { allowed: Some(allowed.clone()), ..told }.about(question)
            }
            WrongAnswer::NoValue { question, allowed } => Self { allowed: allowed.clone(), ..told }.about(question),
            WrongAnswer::Repeated { question, value } => {
                Self { value: Some(Value::Text(clean(value))), ..told }.about(question)
            }
            WrongAnswer::SkipAmongOthers { question } | WrongAnswer::Twice { question } => told.about(question),
        }
    }
}

impl Diagnostic {
    /// Adds the id of the question that it is about.
    fn about(self, question: &str) -> Self {
        Self { question: Some(clean(question)), ..self }
    }
}
