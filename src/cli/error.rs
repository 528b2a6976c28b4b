//! Everything that can end a run before its result, and the exit status that goes with it.

use std::error;
use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::bank::{InvalidBank, Problem, WrongAnswer, quoted};
use crate::plan::TooLong;
use crate::terminal::Stopped;

/// Why there is no result.
#[derive(Debug)]
pub(super) enum Error {
    /// A file of answers with problems.
    Answers { name: String, text: String, problems: Vec<Problem> },
    /// A file or stream failed.
    File { action: &'static str, name: String, source: io::Error },
    /// Wrong answers on the command line.
    Flags(Vec<WrongFlag>),
    /// A bank that breaks rules.
    InvalidBank { name: String, text: String, source: InvalidBank },
    /// Questions are open and nobody can be asked.
    Open { ids: Vec<String> },
    /// The program was stopped by a signal, or left by the person.
    Stopped { signal: u8, source: Stopped },
    /// The terminal failed.
    Terminal(Stopped),
    /// The plan does not end.
    TooLong(TooLong),
    /// No such role.
    UnknownRole { id: String, advice: String },
    /// Flags of one command given before another.
    Misplaced,
    /// `bank check` found errors, and has shown them.
    CheckFailed,
}

/// One wrong `-a`.
#[derive(Debug)]
pub(super) struct WrongFlag {
    pub(super) flag: String,
    pub(super) what: String,
    pub(super) advice: String,
}

impl WrongFlag {
    pub(super) fn new(flag: &str, wrong: &WrongAnswer) -> Self {
        Self { flag: flag.to_owned(), what: wrong.what(), advice: wrong.advice() }
    }
}

impl Error {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::File { .. } | Self::Terminal(_) => 1,
            Self::Answers { .. }
            | Self::Flags(_)
            | Self::Open { .. }
            | Self::TooLong(_)
            | Self::UnknownRole { .. }
            | Self::Misplaced => 2,
            Self::InvalidBank { .. } | Self::CheckFailed => 3,
            Self::Stopped { signal, .. } => 128 + signal,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answers { name, problems, .. } => {
                write!(f, "{} wrong in the answers of {name}", things(problems.len()))
            }
            Self::File { action, name, .. } => write!(f, "cannot {action} {name}"),
            Self::Flags(wrong) => {
                let lines = wrong
                    .iter()
                    .map(|WrongFlag { flag, what, advice }| format!("-a {}: {what}; {advice}", quoted(flag)));
                f.write_str(&lines.collect::<Vec<_>>().join("\nerror: "))
            }
            Self::InvalidBank { name, source, .. } => {
                write!(f, "the bank {name} cannot be used: {} to mend", things(source.problems.len()))
            }
            Self::Open { ids } => {
                write!(
                    f,
                    "{} not answered, and there is no terminal to ask on\n  {}\n\
                     answer with `-a ID=VALUE` or `--answers FILE`, or add `--no-input` to skip what is open; \
                     `pathquiz questions` shows ids and values",
                    if ids.len() == 1 { "1 question is".to_owned() } else { format!("{} questions are", ids.len()) },
                    textwrap::fill(&ids.join(" "), 76).replace('\n', "\n  ")
                )
            }
            Self::Stopped { source, .. } | Self::Terminal(source) => source.fmt(f),
            Self::TooLong(too_long) => too_long.fmt(f),
            Self::UnknownRole { id, advice } => write!(f, "unknown role {}; {advice}", quoted(id)),
            Self::Misplaced => f.write_str("flags of a command go behind its name; try `pathquiz --help`"),
            Self::CheckFailed => f.write_str("the bank has errors"),
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

fn things(count: usize) -> String {
    if count == 1 { "1 thing is".to_owned() } else { format!("{count} things are") }
}
