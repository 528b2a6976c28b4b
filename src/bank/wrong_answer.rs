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

    /// A name that several choices share.
    Ambiguous { question: String, value: UnknownWord } => "ambiguous-value",
        format!("`{question}` has several choices that {} may mean", value.quoted()),
        format!("write the id of one: {}", value.known);
    /// The wrong number of choices.
    Count { question: String, given: usize, fewest: usize, most: usize, allowed: Allowed } => "wrong-number-of-choices",
        format!("`{question}` got {}", Count(*given, "choice", "choices")),
        if fewest == most {
            format!("name exactly {most}: {allowed}")
        } else {
            format!("name {fewest} to {most}: {allowed}")
        };
    /// Two columns that answer a question differently.
    Different { question: String } => "answered-differently",
        format!("`{question}` is answered differently in two columns"), "keep one of the two";
    /// A zero on a scale that begins at one.
    FromZero { question: String, allowed: Allowed } => "scale-from-zero",
        format!("`{question}` has no step 0"),
        format!("allowed: {allowed}; if the file counts from 0, add `--from-zero` with the name of the column");
    /// Something that is no value of any answer; `allowed` is `None` if no question has this id.
    NoValue { question: String, allowed: Option<Allowed> } => "no-answer",
        format!("{} has a value that is not an answer", quoted(question)),
        match allowed {
            Some(allowed) => format!("allowed: {allowed}"),
            None => "allowed: a number, a choice or a list of choices".to_owned(),
        };
    /// A ranking with a place below one that is empty.
    PlaceLeftOut { question: String, place: usize } => "place-left-out",
        format!("`{question}` has no choice on place {place}"), "fill the places from the first on";
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
            WrongAnswer::Ambiguous { question, value } | WrongAnswer::UnknownValue { question, value } => {
                told.with_word(value).about(question)
            }
            WrongAnswer::Count { question, allowed, .. } | WrongAnswer::FromZero { question, allowed } => {
                Self { allowed: Some(allowed.clone()), ..told }.about(question)
            }
            WrongAnswer::NoValue { question, allowed } => Self { allowed: allowed.clone(), ..told }.about(question),
            WrongAnswer::Repeated { question, value } => {
                Self { value: Some(Value::Text(clean(value))), ..told }.about(question)
            }
            WrongAnswer::Different { question }
            | WrongAnswer::PlaceLeftOut { question, .. }
            | WrongAnswer::SkipAmongOthers { question }
            | WrongAnswer::Twice { question } => told.about(question),
        }
    }
}

impl Diagnostic {
    /// Adds the id of the question that it is about.
    fn about(self, question: &str) -> Self {
        Self { question: Some(clean(question)), ..self }
    }
}
