//! Everything that can end a run before its result, and the exit status that goes with it.

use std::error;
use std::fmt;
use std::io;

use crate::bank::{Allowed, InvalidBank, Problem, UnknownWord, WrongAnswer, quoted};
use crate::cohort::Totals;
use crate::plan::{Plan, TooLong};
use crate::terminal::Stopped;

use super::args::Format;

/// Why there is no result.
#[derive(Debug)]
pub(super) enum Error {
    /// A file of answers with problems.
    Answers { name: String, text: String, problems: Vec<Problem> },
    /// A file that is to be created is there.
    Exists { name: String },
    /// A file that is to be written where there is no folder for it.
    NoFolder { name: String, folder: String },
    /// A file or stream failed.
    File { action: &'static str, name: String, source: io::Error },
    /// A flag that is no answer.
    Flag { flag: String, wrong: WrongFlag },
    /// A bank that breaks rules.
    InvalidBank { name: String, text: String, source: InvalidBank },
    /// Questions are open and nobody can be asked.
    Open { questions: Vec<(String, Allowed)> },
    /// Everything that is wrong, one thing or more, in the order of the command line.
    Several(Vec<Error>),
    /// The quiz was left before its end.
    Left { status: u8, source: Stopped, kept: String },
    /// The terminal failed.
    Terminal(Stopped),
    /// The plan does not end.
    TooLong(TooLong),
    /// No such role.
    UnknownRole(UnknownWord),
    /// Not the number of roles that a command takes.
    Roles { what: &'static str, known: Allowed },
    /// A format that a document does not come in.
    Format { format: Format, advice: &'static str },
    /// Two results for one file.
    SameOutput { first: String, second: String },
    /// A result that would take the place of what it is made of.
    OwnInput { output: String, input: String },
    /// Flags of one command given before another.
    Misplaced,
    /// A file of many sheets that cannot be read as one.
    Sheets { name: String, wrong: Vec<String> },
    /// Standard input is asked for twice.
    OneStdin,
    /// Two banks are named where one is used, or one where none is.
    Banks { advice: &'static str },
    /// All is done, but for lines that are no sheets, which have been named.
    Rejected { lines: usize },
    /// A bank has errors, or warnings where none is allowed, and they have been shown.
    CheckFailed { strict: bool, name: String, problems: Vec<Problem> },
}

/// Why a flag is no answer.
#[derive(Debug)]
pub(super) enum WrongFlag {
    /// It begins with its `=`.
    NoId,
    /// It has no `=`.
    NoValue,
    /// It answers a scored question where the plan alone is asked for.
    Scored { question: String },
    /// The bank does not understand it.
    Answer(Box<WrongAnswer>),
}

impl Error {
    /// What to do about open questions.
    pub(super) const TO_ANSWER: &'static str = "answer with `-a ID=VALUE` or `--answers FILE`, or add `--no-input` to skip \
         what is open, or `--plain` to be asked line by line; `pathquiz questions` shows ids and values";

    /// How many questions are open.
    pub(super) fn unanswered(count: usize) -> String {
        let questions = if count == 1 { "1 question is".to_owned() } else { format!("{count} questions are") };
        format!("{questions} not answered, and there is no terminal to ask on")
    }

    /// A calendar of a plan that has nothing to put into it, or of no plan.
    pub(super) fn no_events(plan: Option<&Plan<'_>>) -> Self {
        let advice = match plan {
            None => "nobody leads, so there is no plan; `pathquiz plan ROLE` plans toward one role",
            Some(plan) if plan.steps.is_empty() => "the bank lists no steps for this role",
            Some(_) => "everything in the plan is known already",
        };
        Self::Format { format: Format::Ics, advice }
    }

    /// A calendar of plans that are alternatives.
    pub(super) const NO_COMPARISON: Self = Self::Format {
        format: Format::Ics,
        advice: "plans side by side are alternatives; leave out `--compare` and name the role of one",
    };

    /// A calendar of what a group's answers say.
    pub(super) const NO_GROUP_PLAN: Self =
        Self::Format { format: Format::Ics, advice: "a group has no plan; `pathquiz plan ROLE` plans toward one role" };

    /// Everything that is wrong as one error; nothing where nothing is.
    pub(super) fn all(mut errors: Vec<Self>) -> Result<(), Self> {
        match errors.len() {
            0 => Ok(()),
            1 => errors.pop().map_or(Ok(()), Err),
            _ => Err(Self::Several(errors)),
        }
    }

    /// That all is done, but for rows that are no sheets; nothing where all are.
    pub(super) fn rejected(totals: &Totals) -> Result<(), Self> {
        match usize::try_from(totals.rejected) {
            Ok(0) => Ok(()),
            lines => Err(Self::Rejected { lines: lines.unwrap_or(usize::MAX) }),
        }
    }

    /// The exit status; of several errors that of the first.
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::Exists { .. } | Self::File { .. } | Self::NoFolder { .. } | Self::Terminal(_) => 1,
            Self::Answers { .. }
            | Self::Banks { .. }
            | Self::Flag { .. }
            | Self::Format { .. }
            | Self::Misplaced
            | Self::OneStdin
            | Self::SameOutput { .. }
            | Self::OwnInput { .. }
            | Self::Open { .. }
            | Self::Roles { .. }
            | Self::Sheets { .. }
            | Self::TooLong(_)
            | Self::UnknownRole(_) => 2,
            Self::InvalidBank { .. } | Self::CheckFailed { .. } => 3,
            Self::Rejected { .. } => 4,
            Self::Several(errors) => errors.first().map_or(1, Self::status),
            Self::Left { status, .. } => *status,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answers { name, problems, .. } => {
                write!(
                    f,
                    "the answers in {name} cannot be used: {}; `pathquiz questions` shows ids and values",
                    count(problems.len())
                )
            }
            Self::Banks { advice } => f.write_str(advice),
            Self::Exists { name } => write!(
                f,
                "{name} is there already and was left as it is; name a file that is not there yet, or remove it first"
            ),
            Self::File { action, name, .. } => write!(f, "cannot {action} {name}"),
            Self::NoFolder { name, folder } => {
                write!(f, "cannot write {name}: there is no folder {folder}; make it first, or name another file")
            }
            Self::Flag { flag, wrong } => write!(f, "-a {}: {wrong}", quoted(flag)),
            Self::InvalidBank { name, source, .. } => {
                write!(
                    f,
                    "the bank in {name} cannot be used: {}; `pathquiz bank check FILE` tells when they are mended",
                    count(source.problems.len())
                )
            }
            Self::Open { questions } => {
                let ids: Vec<&str> = questions.iter().map(|(id, _)| id.as_str()).collect();
                let ids = textwrap::fill(&ids.join(" "), 76).replace('\n', "\n  ");
                write!(f, "{}\n  {ids}\n{}", Self::unanswered(questions.len()), Self::TO_ANSWER)
            }
            Self::Left { source, kept, .. } => write!(f, "{source}: {kept}"),
            Self::Terminal(source) => source.fmt(f),
            Self::TooLong(too_long) => too_long.fmt(f),
            Self::UnknownRole(word) => write!(f, "unknown role {}; {}", word.quoted(), word.advice()),
            Self::Roles { what, known } => write!(f, "{what}: {known}"),
            Self::Format { format, advice } => write!(f, "no {} can be made of this: {advice}", format.name()),
            Self::SameOutput { first, second } if first == second => {
                write!(f, "{first} is to be written twice; name each file once")
            }
            Self::SameOutput { first, second } => write!(
                f,
                "{first} and {second} are the same place, which takes one document; name another file for one of them"
            ),
            Self::OwnInput { output, input } if output == input => {
                write!(f, "{output} is what is read, and would be written over; name another file")
            }
            Self::OwnInput { output, input } => {
                write!(
                    f,
                    "{output} is the same file as {input}, which is read, and would be written over; name another file"
                )
            }
            Self::Misplaced => f.write_str(
                "flags go behind the name of their command, as in `pathquiz plan --compare`; `pathquiz --help` lists \
                 the commands",
            ),
            Self::OneStdin => f.write_str("only one thing can come from standard input; name a file for the other"),
            Self::Sheets { name, wrong } => {
                write!(f, "the sheets in {name} cannot be read: ")?;
                f.write_str(&wrong.join("\n  "))
            }
            Self::Several(errors) => write!(f, "{} things are wrong", errors.len()),
            Self::Rejected { lines: 1 } => f.write_str("1 line was rejected"),
            Self::Rejected { lines } => write!(f, "{lines} lines were rejected"),
            Self::CheckFailed { strict: false, .. } => f.write_str("the bank has errors"),
            Self::CheckFailed { strict: true, .. } => f.write_str("the bank has errors or warnings"),
        }
    }
}

impl From<WrongAnswer> for WrongFlag {
    fn from(wrong: WrongAnswer) -> Self {
        Self::Answer(Box::new(wrong))
    }
}

impl fmt::Display for WrongFlag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FORM: &str = "write `-a ID=VALUE`, such as `-a pipelines=5`";
        match self {
            Self::NoId => write!(f, "no id before the `=`; {FORM}"),
            Self::NoValue => write!(f, "no `=` in it; {FORM}"),
            Self::Scored { question } => {
                write!(f, "`{question}` is scored and shapes no plan; leave it out, or take the quiz")
            }
            Self::Answer(wrong) => {
                wrong.fmt(f)?;
                let WrongAnswer::UnknownQuestion(UnknownWord { nearest, .. }) = &**wrong else { return Ok(()) };
                let then = if nearest.is_some() { "" } else { ";" };
                write!(f, "{then} `pathquiz questions` shows all with their values")
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Terminal(source) => source.source(),
            _ => None,
        }
    }
}

impl From<TooLong> for Error {
    fn from(too_long: TooLong) -> Self {
        Self::TooLong(too_long)
    }
}

fn count(problems: usize) -> String {
    if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") }
}
