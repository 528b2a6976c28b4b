//! Why a row is no sheet.

use std::error::Error;
use std::fmt;

use crate::bank::{Diagnostic, ProblemKind};

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

/// What is wrong with a row: the first problem, and how many there are.
#[derive(Clone, Debug, PartialEq)]
pub struct RowError {
    /// The character where it stands in a line of JSON, from 1; `None` in a table.
    column: Option<usize>,
    problem: ProblemKind,
    more: usize,
}

impl RowError {
    /// Returns the name of the first problem for programs, which never changes.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// Returns what other programs are told of the first problem.
    pub(crate) fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            message: self.to_string(),
            column: self.column.map(|column| column as u64),
            ..self.problem.diagnostic()
        }
    }

    /// The only problem of a line of JSON, so many bytes on in it.
    pub(super) fn at(line: &str, bytes: usize, problem: ProblemKind) -> Self {
        let before = line.get(..bytes).unwrap_or(line);
        Self { column: Some(before.chars().count() + 1), problem, more: 0 }
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

impl From<ProblemKind> for RowError {
    /// The only problem, which concerns the row as a whole.
    fn from(problem: ProblemKind) -> Self {
        Self { column: None, problem, more: 0 }
    }
}

/// What is wrong with a row, as it is found.
#[derive(Debug, Default)]
pub(super) struct RowProblems {
    /// The first one with its place, `None` where that is not known.
    first: Option<(Option<usize>, ProblemKind)>,
    count: usize,
}

impl RowProblems {
    /// Adds a problem that stands so many bytes on in the row, `None` where that is not known.
    pub(super) fn add(&mut self, at: Option<usize>, problem: impl FnOnce() -> ProblemKind) {
        self.count += 1;
        // What has no place comes last.
        if self.first.as_ref().is_none_or(|(first, _)| at.is_some_and(|at| first.is_none_or(|first| at < first))) {
            self.first = Some((at, problem()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the error that they make, with the place in a line of JSON; `None` without a problem.
    pub(super) fn error(self, line: Option<&str>) -> Option<RowError> {
        let (at, problem) = self.first?;
        let error = match line.zip(at) {
            Some((line, at)) => RowError::at(line, at, problem),
            None => problem.into(),
        };
        Some(RowError { more: self.count - 1, ..error })
    }
}
