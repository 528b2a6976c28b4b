//! What is asked of a person, and what the person does: the one seam between interview and terminal.

use std::error::Error;
use std::fmt;
use std::io;

use crate::bank::{Answer, Question};
use crate::scoring::SettledOutcome;

/// One question asked of somebody.
pub trait Prompt {
    /// Asks a question that may have been answered before.
    ///
    /// # Errors
    ///
    /// When the person or the terminal stops it.
    fn ask(&mut self, screen: &Screen<'_>) -> Result<PromptStep, PromptError>;

    /// Shows all answers, beginning with the one at a position, and gives the position of the one to change.
    ///
    /// # Errors
    ///
    /// When the person or the terminal stops it.
    fn review(&mut self, entries: &[ReviewEntry<'_>], at: usize) -> Result<Option<usize>, PromptError>;
}

/// A question and all that is shown around it.
#[derive(Clone, Debug)]
pub struct Screen<'s> {
    /// What is asked.
    pub question: &'s Question,
    /// Where it stands.
    pub position: Position,
    /// What was answered before.
    pub earlier: Option<&'s Answer>,
    /// Made once, as soon as the result is certain.
    pub offer: Option<EarlyStopOffer<'s>>,
    /// Whether the result can be had now.
    pub may_finish: bool,
    /// Why answers are not being saved, if they should be and are not.
    pub trouble: Option<&'s str>,
}

/// Where a question stands among those that are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Counted from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// How many are answered or skipped.
    pub answered: usize,
}

/// The result before the end.
#[derive(Clone, Copy, Debug)]
pub struct EarlyStopOffer<'s> {
    /// What the open questions cannot change.
    pub certain: SettledOutcome<'s>,
    /// Open questions that count.
    pub scored: usize,
    /// Open questions about the plan.
    pub plan: usize,
}

impl EarlyStopOffer<'_> {
    /// The offer in words, with what to do to take it.
    pub(super) fn words(&self, how: &str) -> String {
        let Self { certain, scored, plan } = self;
        let left = if *scored == 1 { "one question".to_owned() } else { format!("{scored} questions") };
        let plan = if *plan == 0 { String::new() } else { format!(" and {plan} about your plan") };
        let count = if *scored == 1 { "counts" } else { "count" };
        format!(
            "Whatever you answer to the {left} left that {count}, the result will {certain}. {how} to see it now, which \
             saves {left}{plan}, or just go on."
        )
    }
}

/// One line of the review.
#[derive(Clone, Copy, Debug)]
pub struct ReviewEntry<'s> {
    /// The question.
    pub question: &'s Question,
    /// Its answer, or nothing while it is open.
    pub answer: Option<&'s Answer>,
}

/// What the person does with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptStep {
    /// Answers or skips it.
    Answer(Answer),
    /// Goes back to the question before.
    Back,
    /// Leaves the earlier answer as it is.
    Forward,
    /// Wants to see all answers.
    Review,
    /// Wants the result now.
    Finish,
}

/// Why nothing more is asked.
#[derive(Debug)]
pub enum PromptError {
    /// The person left.
    Quit,
    /// A signal came.
    Interrupted,
    /// There is nothing more to read.
    Ended,
    /// The terminal failed.
    Failed(io::Error),
}

impl fmt::Display for PromptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quit => f.write_str("the quiz was left before its end"),
            Self::Interrupted => f.write_str("the quiz was interrupted"),
            Self::Ended => f.write_str("the input ended before the quiz did"),
            Self::Failed(_) => f.write_str("the terminal cannot be used"),
        }
    }
}

impl Error for PromptError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Quit | Self::Interrupted | Self::Ended => None,
        }
    }
}
