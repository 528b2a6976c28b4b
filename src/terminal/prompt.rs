//! The seam between interview and terminal: what a person is asked, and what the person does.

use std::error::Error;
use std::fmt;
use std::io;

use crate::bank::{Answer, Question, QuestionUse};
use crate::scoring::SettledOutcome;
use crate::terminal::answer_counts::AnswerCounts;

/// One question asked of somebody.
pub trait Prompt {
    /// Asks a question that may have been answered before.
    fn ask(&mut self, screen: &Screen<'_>) -> Result<PromptStep, PromptError>;

    /// Shows all answers, the one at a position first, and returns the position of the one to change.
    fn review(&mut self, entries: &[ReviewEntry<'_>], at: usize) -> Result<Option<usize>, PromptError>;

    /// Stops before the result, with a sentence on the answers.
    fn stop(&mut self, remark: &str) -> Result<LastStep, PromptError>;
}

/// A question and all that is shown around it.
#[derive(Clone, Debug)]
pub struct Screen<'s> {
    pub question: &'s Question,
    pub position: Position,
    pub earlier: Option<&'s Answer>,
    /// Told once, as soon as the open questions can be left out.
    pub early_stop: Option<EarlyStop<'s>>,
    /// True if the result can be had now.
    pub may_finish: bool,
    /// The reason why answers are not being saved, `None` if they are or need not be.
    pub trouble: Option<&'s str>,
}

impl Screen<'_> {
    /// Returns what the question is about, `None` if the bank does not say.
    pub(super) fn about(&self) -> Option<&str> {
        match self.question.purpose {
            QuestionUse::Plan => Some("shapes only your plan, not the result"),
            QuestionUse::Score => self.question.topic.as_deref(),
        }
    }
}

/// The place of a question among those that are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Counted from 1.
    pub number: usize,
    pub of: usize,
    /// True if a quick quiz may ask a few more or fewer.
    pub is_estimate: bool,
    /// Those that are answered or skipped.
    pub answered: usize,
}

impl Position {
    /// Returns the place in words, as in "5 of 27".
    pub(super) fn words(self) -> String {
        let about = if self.is_estimate { "about " } else { "" };
        format!("{} of {about}{}", self.number, self.of)
    }
}

/// Open questions that can be left out.
#[derive(Clone, Copy, Debug)]
pub enum EarlyStop<'s> {
    /// The person may end with an outcome that they cannot change: open questions that count, and those for the plan.
    Offered { certain: SettledOutcome<'s>, scored: usize, plan: usize },
    /// A quick quiz asks no more that count.
    Reached(AnswerCounts),
}

impl EarlyStop<'_> {
    /// Returns it in words, with what to do to take an offer.
    pub(super) fn words(&self, how: &str) -> String {
        let (certain, scored, plan) = match self {
            Self::Offered { certain, scored, plan } => (certain, scored, plan),
            Self::Reached(counts) => return format!("{} The rest shapes only your plan.", enough(*counts)),
        };
        let left = if *scored == 1 { "one question".to_owned() } else { format!("{scored} questions") };
        let plan = if *plan == 0 { String::new() } else { format!(" and {plan} about your plan") };
        let count = if *scored == 1 { "counts" } else { "count" };
        format!(
            "Whatever you answer to the {left} left that {count}, the result will {certain}. {how} to see it now, which \
             saves {left}{plan}, or just go on."
        )
    }
}

/// Returns why a quick quiz asks no more.
pub(super) fn enough(AnswerCounts { answered, of, .. }: AnswerCounts) -> String {
    format!("That is enough: {answered} of {of} questions make it all but certain.")
}

#[derive(Clone, Copy, Debug)]
pub struct ReviewEntry<'s> {
    pub question: &'s Question,
    /// `None` while the question is open.
    pub answer: Option<&'s Answer>,
}

impl ReviewEntry<'_> {
    pub(super) fn answer_words(&self) -> String {
        self.answer.map_or_else(|| "not answered yet".to_owned(), |answer| self.question.words(answer))
    }
}

/// A decision of the person about a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptStep {
    /// An answer, or that the question is skipped.
    Answer(Answer),
    /// Back to the question before.
    Back,
    /// On to the next question, leaving the earlier answer as it is.
    Forward,
    Review,
    /// To the result, without the questions that are left.
    Finish,
}

/// A decision of the person about all answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastStep {
    /// Back to the last question.
    Back,
    Review,
    /// To the result.
    Finish,
}

/// A reason to ask no more.
#[derive(Debug)]
pub enum PromptError {
    Quit,
    Interrupted,
    Ended,
    /// A line that nobody can correct is no answer.
    Refused {
        line: u64,
        why: String,
    },
    Failed(io::Error),
}

impl fmt::Display for PromptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quit => f.write_str("the quiz was left before its end"),
            Self::Interrupted => f.write_str("the quiz was interrupted"),
            Self::Ended => f.write_str("the input ended before the quiz did"),
            Self::Refused { line, why } => write!(f, "line {line} is no answer ({})", why.trim_end_matches('.')),
            Self::Failed(_) => f.write_str("the terminal cannot be used"),
        }
    }
}

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

impl Error for PromptError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Quit | Self::Interrupted | Self::Ended | Self::Refused { .. } => None,
        }
    }
}
