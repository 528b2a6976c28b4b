//! What is wrong with a bank, and where.

use std::error::Error;
use std::fmt;
use std::iter;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::bank::answer::Allowed;
use crate::bank::diagnostic::Diagnostic;
use crate::bank::named::named;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::suggest::{UnknownWord, list};

named! {
    /// The weight of a problem.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Severity {
        /// The bank breaks a rule of the format and cannot be used.
        Error = "error",
        /// The bank can be used, but a part of it has no effect or looks like a mistake.
        Warning = "warning",
        /// It is no mistake, and yet worth a look.
        Note = "note",
    }
}

/// A place in a bank's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Line of the first byte, counted from 1.
    pub line: usize,
    /// Character within that line, counted from 1.
    pub column: usize,
}

/// One thing wrong with a bank.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Its weight.
    pub severity: Severity,
    /// Its place in the file.
    pub place: Place,
    /// Its kind, with its data.
    pub(crate) kind: ProblemKind,
}

impl Problem {
    /// Creates a problem that scoring with the bank has found.
    pub(crate) fn finding(severity: Severity, place: &Place, kind: ProblemKind) -> Self {
        Self { severity, place: place.clone(), kind }
    }

    /// Returns what is wrong, in lower case and without a full stop.
    pub fn what(&self) -> String {
        self.kind.what()
    }

    /// Returns what other programs are told about it in a file of this name.
    pub fn diagnostic(&self, file: &str) -> Diagnostic {
        let (line, column) = (Some(self.place.line as u64), Some(self.place.column as u64));
        Diagnostic { file: Some(file.to_owned()), line, column, ..self.kind.diagnostic() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.place.line, self.place.column, self.kind)
    }
}

/// A bank that breaks rules of the format, with every problem in file order.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidBank {
    /// At least one error, and any warnings beside it.
    pub problems: Vec<Problem>,
}

impl fmt::Display for InvalidBank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.as_slice() {
            [only] => write!(f, "the bank is invalid: {only}"),
            all => write!(f, "the bank is invalid: {} problems", all.len()),
        }
    }
}

impl Error for InvalidBank {}

/// Line starts of a text, to turn byte offsets into lines and columns.
pub(super) struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Characters before every so many bytes: a line can be as long as the file, and have a problem in every word.
    counted: Vec<usize>,
}

/// Bytes from one count of characters to the next.
const STRIDE: usize = 64;

impl<'t> LineIndex<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let counts = text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
            *sum += characters(chunk);
            Some(*sum)
        });
        Self { text, starts: iter::once(0).chain(ends).collect(), counted: iter::once(0).chain(counts).collect() }
    }

    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        let line = self.starts.partition_point(|&start| start <= span.start).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        Place { span: span.clone(), line, column: self.before(span.start) - self.before(start) + 1 }
    }

    /// Returns the number of characters before a byte.
    fn before(&self, byte: usize) -> usize {
        let whole = byte / STRIDE;
        let rest = self.text.as_bytes().get(whole * STRIDE..byte).unwrap_or_default();
        self.counted.get(whole).copied().unwrap_or_default() + characters(rest)
    }
}

/// Returns the number of characters that begin in a part of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Most known words that the unknown words of a file are compared with: each of a hundred thousand words can be unknown,
/// and each be compared with thousands.
const MOST_COMPARED: usize = 50_000;

/// Problems as they are found; the one way to report one.
pub(crate) struct Problems<'t> {
    lines: LineIndex<'t>,
    found: Vec<Problem>,
    /// Number of words that may still be compared.
    comparisons: usize,
}

impl<'t> Problems<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { lines: LineIndex::new(text), found: Vec::new(), comparisons: MOST_COMPARED }
    }

    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        self.lines.place(span)
    }

    /// Returns one problem alone.
    pub(crate) fn only(text: &'t str, span: &Range<usize>, kind: ProblemKind) -> Vec<Problem> {
        let mut problems = Self::new(text);
        problems.error(span, kind);
        problems.finish()
    }

    pub(crate) fn error(&mut self, span: &Range<usize>, kind: ProblemKind) {
        self.found.push(Problem { severity: Severity::Error, place: self.place(span), kind });
    }

    pub(super) fn warn(&mut self, span: &Range<usize>, kind: ProblemKind) {
        self.found.push(Problem { severity: Severity::Warning, place: self.place(span), kind });
    }

    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns a word that is not known with the nearest that is, as long as words may still be compared.
    pub(super) fn unknown<'k>(&mut self, word: &str, known: impl Iterator<Item = &'k str> + Clone) -> UnknownWord {
        match self.comparisons.checked_sub(known.clone().count()) {
            Some(rest) => {
                self.comparisons = rest;
                UnknownWord::new(word, known)
            }
            None => UnknownWord { word: word.to_owned(), nearest: None, known: Allowed::new(list(known), []) },
        }
    }

    /// Returns everything found, in file order.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| problem.place.span.start);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_and_columns_are_counted_in_characters(text in "[aé\u{1F600}\n]{0,300}") {
            let index = LineIndex::new(&text);
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for at in ends {
                let before = &text[..at];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|&character| character != '\n').count() + 1;
                prop_assert_eq!(index.place(&(at..at)), Place { span: at..at, line, column });
            }
        }
    }

    #[test]
    fn problems_come_in_file_order_and_words_are_compared_only_so_often() {
        let mut problems = Problems::new("ab\ncd");
        problems.error(&(3..4), ProblemKind::EmptyText);
        problems.warn(&(1..2), ProblemKind::NoExpectation);
        let places: Vec<_> =
            problems.finish().into_iter().map(|problem| (problem.severity, problem.place.line)).collect();
        assert_eq!(places, [(Severity::Warning, 1), (Severity::Error, 2)]);
        let mut problems = Problems::new("");
        let known = || iter::repeat_n("step", MOST_COMPARED / 2 + 1);
        assert_eq!(problems.unknown("stpe", known()).nearest.as_deref(), Some("step"));
        assert_eq!(problems.unknown("stpe", known()).nearest, None);
    }
}
