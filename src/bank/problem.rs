//! What is wrong with a bank, and where.

use std::error::Error;
use std::fmt;
use std::iter;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::nearest::{list, suggest};

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The bank breaks a rule of the format; nothing is scored with it.
    Error,
    /// The bank can be used, but a part of it has no effect or looks like a mistake.
    Warning,
    /// Nothing is wrong, and yet it is worth a look.
    Note,
}

impl Severity {
    /// Its name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where something stands in a bank's text.
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Whether the bank can be used all the same.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// What is wrong, in lower case and without a full stop.
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, what, advice, .. } = self;
        write!(f, "line {}, column {}: {what}; {advice}", place.line, place.column)
    }
}

/// A bank that breaks rules of the format, with every problem in file order.
#[derive(Clone, Debug, PartialEq, Eq)]
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
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Characters before every so many bytes: a line can be as long as the file, and have a problem in every word.
    counted: Vec<usize>,
}

/// Bytes from one count of characters to the next.
const STRIDE: usize = 64;

impl<'t> Lines<'t> {
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

    /// Characters before a byte.
    fn before(&self, byte: usize) -> usize {
        let whole = byte / STRIDE;
        let rest = self.text.as_bytes().get(whole * STRIDE..byte).unwrap_or_default();
        self.counted.get(whole).copied().unwrap_or_default() + characters(rest)
    }
}

/// Characters that begin in a part of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Most known words that the unknown words of a file are compared with: each of a hundred thousand words can be unknown,
/// and each be compared with thousands.
const MOST_COMPARED: usize = 50_000;

/// Problems as they are found; the one way to report one.
pub(super) struct Problems<'t> {
    lines: Lines<'t>,
    found: Vec<Problem>,
    /// How many words may still be compared.
    comparisons: usize,
}

impl<'t> Problems<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { lines: Lines::new(text), found: Vec::new(), comparisons: MOST_COMPARED }
    }

    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        self.lines.place(span)
    }

    pub(super) fn error(&mut self, span: &Range<usize>, what: impl Into<String>, advice: impl Into<String>) {
        self.add(Severity::Error, span, what.into(), advice.into());
    }

    pub(super) fn warn(&mut self, span: &Range<usize>, what: impl Into<String>, advice: impl Into<String>) {
        self.add(Severity::Warning, span, what.into(), advice.into());
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    fn add(&mut self, severity: Severity, span: &Range<usize>, what: String, advice: String) {
        self.found.push(Problem { severity, place: self.place(span), what, advice });
    }

    /// Advice for an unknown word: the nearest known one, else all of them.
    pub(super) fn suggest<'k>(&mut self, given: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
        match self.comparisons.checked_sub(known.clone().count()) {
            Some(rest) => {
                self.comparisons = rest;
                suggest(given, known)
            }
            None => format!("known here: {}", list(known)),
        }
    }

    /// Everything found, in file order.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| problem.place.span.start);
        self.found
    }
}
