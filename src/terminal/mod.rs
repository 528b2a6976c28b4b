//! Asking a person. [`run`] goes from question to question and knows no terminal; a [`Prompt`] asks one question and
//! knows nothing else. Tests answer by a prompt that is a list.

mod dialog;

use std::error::Error;
use std::fmt;
use std::io;

use crate::bank::{Answer, Question, Response, Sheet};

pub use dialog::{Color, Dialog};

/// One question asked of somebody.
pub trait Prompt {
    /// Asks a question that may have been answered before.
    ///
    /// # Errors
    ///
    /// When the person or the terminal stops it.
    fn ask(&mut self, question: &Question, position: Position, earlier: Option<&Answer>) -> Result<Step, Stopped>;
}

/// Where a question stands among those that are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Counted from 1.
    pub number: usize,
    /// How many are asked.
    pub of: usize,
}

/// What the person does with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Answers or skips it.
    Answer(Answer),
    /// Goes back to the question before.
    Back,
}

/// Why nothing more is asked.
#[derive(Debug)]
pub enum Stopped {
    /// The person left.
    Quit,
    /// A signal came.
    Interrupted,
    /// The terminal failed.
    Failed(io::Error),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quit => f.write_str("the quiz was left before its end"),
            Self::Interrupted => f.write_str("the quiz was interrupted"),
            Self::Failed(_) => f.write_str("the terminal cannot be used"),
        }
    }
}

impl Error for Stopped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Quit | Self::Interrupted => None,
        }
    }
}

/// Asks every open question of a sheet: first those that score, then those that shape the plan.
///
/// # Errors
///
/// When the prompt is stopped; what has been answered until then is on the sheet.
pub fn run(prompt: &mut impl Prompt, sheet: &mut Sheet<'_>) -> Result<(), Stopped> {
    let (scored, rest): (Vec<_>, Vec<_>) = sheet.open().partition(|question| question.is_scored());
    let asked = [scored, rest].concat();
    let mut at = 0;
    while let Some(&question) = asked.get(at) {
        let position = Position { number: at + 1, of: asked.len() };
        match prompt.ask(question, position, sheet.answer(question))? {
            Step::Answer(answer) => {
                sheet.put(Response { question, answer });
                at += 1;
            }
            Step::Back => at = at.saturating_sub(1),
        }
    }
    Ok(())
}
