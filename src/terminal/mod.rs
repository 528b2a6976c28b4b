//! Asking a person. An [`Interview`] goes from question to question and knows no terminal; a [`Prompt`] asks one question
//! and knows nothing else. [`KeyPrompt`] answers to single keys, [`LinePrompt`] to typed lines, and tests answer by a list.

mod frame;
mod interview;
mod key;
mod line;
mod menu;
mod paint;
mod screen;
mod view;

use std::error::Error;
use std::fmt;
use std::io;

use crate::bank::{Answer, Question, Sheet};
use crate::scoring::SettledOutcome;

pub use frame::{Frame, Line, Look, Size, Tone};
pub use interview::Interview;
pub use key::{Decoder, Key};
pub use line::LinePrompt;
pub use menu::{Menu, Message, Outcome};
pub use screen::{Event, KeyPrompt, Patience, Terminal};
pub use view::{help as help_view, question as question_view, review as review_view};

/// One question asked of somebody.
pub trait Prompt {
    /// Asks a question that may have been answered before.
    ///
    /// # Errors
    ///
    /// When the person or the terminal stops it.
    fn ask(&mut self, scene: &Scene<'_>) -> Result<Step, Stopped>;

    /// Shows all answers, beginning with the one at a position, and gives the position of the one to change.
    ///
    /// # Errors
    ///
    /// When the person or the terminal stops it.
    fn review(&mut self, entries: &[Entry<'_>], at: usize) -> Result<Option<usize>, Stopped>;
}

/// A question and all that is shown around it.
#[derive(Clone, Debug)]
pub struct Scene<'s> {
    /// What is asked.
    pub question: &'s Question,
    /// Where it stands.
    pub position: Position,
    /// What was answered before.
    pub earlier: Option<&'s Answer>,
    /// Made once, as soon as the result is certain.
    pub offer: Option<Offer<'s>>,
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
pub struct Offer<'s> {
    /// What the open questions cannot change.
    pub certain: SettledOutcome<'s>,
    /// Open questions that count.
    pub scored: usize,
    /// Open questions about the plan.
    pub plan: usize,
}

impl Offer<'_> {
    /// The offer in words, with what to do to take it.
    fn words(&self, how: &str) -> String {
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

/// How many questions have been dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Answered, and not skipped.
    pub answered: usize,
    /// Skipped.
    pub skipped: usize,
    /// All that there are.
    pub of: usize,
}

impl Tally {
    /// Counts the responses of a sheet.
    #[must_use]
    pub fn new(sheet: &Sheet<'_>) -> Self {
        let skipped = sheet.responses().filter(|(_, answer)| **answer == Answer::Skip).count();
        Self { answered: sheet.responses().count() - skipped, skipped, of: sheet.bank().questions.len() }
    }

    fn of_entries(entries: &[Entry<'_>]) -> Self {
        let skipped = entries.iter().filter(|entry| entry.answer == Some(&Answer::Skip)).count();
        let done = entries.iter().filter(|entry| entry.answer.is_some()).count();
        Self { answered: done - skipped, skipped, of: entries.len() }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} answered", self.answered, self.of)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

/// One line of the review.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'s> {
    /// The question.
    pub question: &'s Question,
    /// Its answer, or nothing while it is open.
    pub answer: Option<&'s Answer>,
}

/// What the person does with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
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
pub enum Stopped {
    /// The person left.
    Quit,
    /// A signal came.
    Interrupted,
    /// There is nothing more to read.
    Ended,
    /// The terminal failed.
    Failed(io::Error),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quit => f.write_str("the quiz was left before its end"),
            Self::Interrupted => f.write_str("the quiz was interrupted"),
            Self::Ended => f.write_str("the input ended before the quiz did"),
            Self::Failed(_) => f.write_str("the terminal cannot be used"),
        }
    }
}

impl Error for Stopped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Quit | Self::Interrupted | Self::Ended => None,
        }
    }
}
