//! Fields of a line of JSON: what to do with the value of each, and what is left of the line beside its answers.

use std::borrow::Cow;

use crate::bank::ProblemKind;

use super::spelling::Slot;

/// The use of the value behind a key.
pub(super) enum Entry<'t> {
    /// It is the answer to the question that the sheet expects now.
    Answer,
    /// It is a part of the answer to that question.
    Part(Slot),
    /// It is the object of all answers.
    Answers,
    /// It is to be kept as it stands there.
    Reserved(&'static str),
    /// It is left alone.
    Unknown(Cow<'t, str>),
    /// Its key is not understood.
    Wrong(Box<ProblemKind>),
}

/// The rest of a line beside its answers.
#[derive(Debug)]
pub(super) struct LineRest<'t> {
    /// The JSON that names the person, `None` where there is none.
    pub(super) person: Option<Cow<'t, str>>,
    /// Fields that are left alone beside answers.
    pub(super) ignored: Vec<Cow<'t, str>>,
    /// True if any field has a value.
    pub(super) is_filled: bool,
}

/// Returns true if a value in JSON says anything.
pub(super) fn is_filled(value: &str) -> bool {
    !matches!(value, "null" | "\"\"")
}

/// Returns true if the key that ends so many bytes on stands in the line before too. Two keys for one question may agree.
pub(super) fn is_repeated(line: &str, end: Option<usize>) -> bool {
    let before = end.and_then(|end| line.get(..end));
    let start = before.and_then(|before| before.get(..before.len().checked_sub(1)?)?.rfind('"'));
    before.zip(start).is_some_and(|(before, start)| before[..start].contains(&before[start..]))
}
