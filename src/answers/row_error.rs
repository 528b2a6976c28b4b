//! Why a row is no sheet.

use std::error::Error;
use std::fmt;

use crate::bank::{Diagnostic, ProblemKind, WrongAnswer};

/// A row that is no sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedRow {
    /// Number of its first line, from 1.
    pub line: u64,
    /// What is wrong and what to do.
    pub error: RowError,
    /// The row as it stands there but for bytes that are no UTF-8, or its beginning where it is too long.
    pub row: String,
}

/// Most problems of a row to name.
const MOST_PROBLEMS: usize = 20;

/// The problems of a row in their order, at least one, and the number of those that are not named.
#[derive(Clone, Debug, PartialEq)]
pub struct RowError {
    /// Each with the character where it stands in a line of JSON, from 1; `None` in a table.
    problems: Vec<(Option<usize>, ProblemKind)>,
    more: usize,
}

impl RowError {
    /// Returns the name of the first problem for programs, which never changes.
    pub fn code(&self) -> &'static str {
        self.problems.first().map_or("", |(_, problem)| problem.code())
    }

    /// Returns the id of a question that seems to be counted from 0, `None` if none is: then the whole file is.
    pub(crate) fn zero_question(&self) -> Option<&str> {
        self.problems.iter().find_map(|(_, problem)| match problem {
            ProblemKind::Answer(WrongAnswer::FromZero { question, .. }) => Some(question.as_str()),
            _ => None,
        })
    }

    /// Returns what other programs are told of each problem.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let told = self.problems.iter().map(|(column, problem)| Diagnostic {
            message: message(*column, problem),
            column: column.map(|column| column as u64),
            ..problem.diagnostic()
        });
        told.collect()
    }

    /// The only problem of a line of JSON, so many bytes on in it.
    pub(super) fn at(line: &str, bytes: usize, problem: ProblemKind) -> Self {
        Self { problems: vec![(Some(character(line, bytes)), problem)], more: 0 }
    }
}

/// Returns the number of the character so many bytes on in a line, from 1.
fn character(line: &str, bytes: usize) -> usize {
    line.get(..bytes).unwrap_or(line).chars().count() + 1
}

fn message(column: Option<usize>, problem: &ProblemKind) -> String {
    match column {
        Some(column) => format!("column {column}: {problem}"),
        None => problem.to_string(),
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (column, problem)) in self.problems.iter().enumerate() {
            write!(f, "{}{}", if index > 0 { "; " } else { "" }, message(*column, problem))?;
        }
        if self.more > 0 { write!(f, "; {} more", self.more) } else { Ok(()) }
    }
}

impl Error for RowError {}

impl From<ProblemKind> for RowError {
    /// The only problem, which concerns the row as a whole.
    fn from(problem: ProblemKind) -> Self {
        Self { problems: vec![(None, problem)], more: 0 }
    }
}

/// The problems of a row, as they are found.
#[derive(Debug, Default)]
pub(super) struct RowProblems(Vec<(Option<usize>, ProblemKind)>);

impl RowProblems {
    /// Adds a problem that stands so many bytes or cells on in the row, `None` where that is not known.
    pub(super) fn add(&mut self, at: Option<usize>, problem: impl FnOnce() -> ProblemKind) {
        self.0.push((at, problem()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the error that they make, with their places in a line of JSON; `None` without a problem.
    pub(super) fn error(mut self, line: Option<&str>) -> Option<RowError> {
        if self.0.is_empty() {
            return None;
        }
        // What has no place comes last.
        self.0.sort_by_key(|(at, _)| (at.is_none(), *at));
        let more = self.0.len().saturating_sub(MOST_PROBLEMS);
        self.0.truncate(MOST_PROBLEMS);
        let problems =
            self.0.into_iter().map(|(at, problem)| (line.zip(at).map(|(line, at)| character(line, at)), problem));
        Some(RowError { problems: problems.collect(), more })
    }
}
