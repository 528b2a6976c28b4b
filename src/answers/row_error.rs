//! Why a row is no sheet: what is wrong as data, and in words.

use std::error::Error;
use std::fmt;

use crate::bank::{PERSON, WrongAnswer, quoted};

use super::block::LONGEST_ROW;

/// A row that is no sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRow {
    /// Number of its first line, from 1.
    pub line: u64,
    /// What is wrong and what to do.
    pub error: RowError,
    /// The row as it stands there, or its beginning where it is too long.
    pub row: String,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The character where it stands in a line of JSON, from 1; `None` in a table.
    pub column: Option<usize>,
    /// The first problem.
    pub problem: RowProblem,
    /// How many more there are.
    pub more: usize,
}

/// One thing wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowProblem {
    /// An answer that its question does not take.
    Answer(WrongAnswer),
    /// A row of a table that has not as many cells as the header.
    CellCount {
        /// Cells of the row.
        cells: usize,
        /// Cells of the header.
        columns: usize,
    },
    /// Text that breaks the syntax of JSON, and how.
    Json(String),
    /// A name that is neither text nor a number.
    Nameless,
    /// A value that is neither a number nor text nor a list of texts.
    NoAnswer {
        /// Id of the question.
        question: String,
        /// What it takes, as one phrase.
        allowed: String,
    },
    /// Something else than a JSON object.
    NoObject,
    /// A result of another bank.
    OtherBank {
        /// Id of that bank.
        other: String,
        /// Id of the bank in use.
        bank: String,
    },
    /// A result of a version that is not known.
    OtherVersion(String),
    /// A quote that is not closed, or something behind one that is.
    Quotes,
    /// A key of a result that stands there twice.
    Repeated(&'static str),
    /// A line that `score` has written.
    Scored,
    /// `skipped` is something else than a list of ids.
    Skipped,
    /// More bytes than a row may have.
    TooLong,
    /// Bytes that are no UTF-8.
    Utf8,
}

impl RowProblem {
    /// Returns its name for programs, which never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Answer(_) => "wrong-answer",
            Self::CellCount { .. } => "cell-count",
            Self::Json(_) => "not-json",
            Self::Nameless => "no-name",
            Self::NoAnswer { .. } => "no-answer",
            Self::NoObject => "no-object",
            Self::OtherBank { .. } => "other-bank",
            Self::OtherVersion(_) => "other-version",
            Self::Quotes => "quotes",
            Self::Repeated(_) => "repeated-key",
            Self::Scored => "scored-line",
            Self::Skipped => "skipped-list",
            Self::TooLong => "too-long",
            Self::Utf8 => "not-utf-8",
        }
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(wrong) => wrong.fmt(f),
            Self::CellCount { cells, columns } => {
                let has = if *cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
                let advice = if cells < columns {
                    "add those that are missing, empty ones too"
                } else {
                    "quote a cell that has a separator or a line break in it"
                };
                write!(f, "the row has {has} and the header {columns}; {advice}")
            }
            Self::Json(what) => {
                write!(f, "this is not JSON: {what}; mend it; it has to be one object, as in {{\"pipelines\": 5}}")
            }
            Self::Nameless => write!(f, "`{PERSON}` names nobody; write a text or a number"),
            Self::NoAnswer { question, allowed } => {
                write!(f, "{} has something that is no answer; allowed: {allowed}", quoted(question))
            }
            Self::NoObject => {
                f.write_str("this is no JSON object; write the answers of one person, as in {\"pipelines\": 5}")
            }
            Self::OtherBank { other, bank } => write!(
                f,
                "this is a result of the bank {}, and the bank in use is `{bank}`; name that bank with `--bank`, or \
                 answer this one",
                quoted(other)
            ),
            Self::OtherVersion(version) => write!(
                f,
                "the result is of version {}, which this program does not know; update pathquiz, or take the `answers` \
                 out of it alone",
                quoted(version)
            ),
            Self::Quotes => {
                f.write_str("the quotes of this row do not match; close each one, and double a quote inside a cell")
            }
            Self::Repeated(key) => write!(f, "`{key}` stands here twice; keep one of them"),
            Self::Scored => {
                f.write_str("this is what `pathquiz score` gives, and no answers; give the sheet that it was made of")
            }
            Self::Skipped => {
                f.write_str("`skipped` is no list of ids; write a list of question ids, as in [\"cloud\"]")
            }
            Self::TooLong => {
                write!(f, "the row has more than {LONGEST_ROW} bytes; leave out what is no answer")
            }
            Self::Utf8 => f.write_str("the row is not UTF-8 text; save the file as UTF-8"),
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(column) = self.column {
            write!(f, "column {column}: ")?;
        }
        self.problem.fmt(f)?;
        if self.more > 0 { write!(f, "; {} more", self.more) } else { Ok(()) }
    }
}

impl Error for RowError {}

impl RowError {
    /// The only problem of a line of JSON, so many bytes on in it.
    pub(super) fn at(line: &str, bytes: usize, problem: RowProblem) -> Self {
        let before = line.get(..bytes).unwrap_or(line);
        Self { column: Some(before.chars().count() + 1), problem, more: 0 }
    }
}

impl From<RowProblem> for RowError {
    /// The only problem, which concerns the row as a whole.
    fn from(problem: RowProblem) -> Self {
        Self { column: None, problem, more: 0 }
    }
}

/// What is wrong with a row, as it is found: the first problem and how many there are.
#[derive(Debug, Default)]
pub(super) struct RowProblems {
    first: Option<(usize, RowProblem)>,
    count: usize,
}

impl RowProblems {
    /// Adds a problem that stands so many bytes on in the row.
    pub(super) fn add(&mut self, at: usize, problem: impl FnOnce() -> RowProblem) {
        self.count += 1;
        if self.first.as_ref().is_none_or(|(first, _)| at < *first) {
            self.first = Some((at, problem()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the error that they make, with the place in a line of JSON; `None` where nothing is wrong.
    pub(super) fn error(self, line: Option<&str>) -> Option<RowError> {
        let (at, problem) = self.first?;
        let error = match line {
            Some(line) => RowError::at(line, at, problem),
            None => problem.into(),
        };
        Some(RowError { more: self.count - 1, ..error })
    }
}
