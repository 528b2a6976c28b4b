//! Signs of careless answering, after Meade and Craig (2012). They flag a sheet and change nothing in its score.

use crate::bank::{Bank, Kind, Question};

/// Fewest answers that can all be the same by carelessness.
const FEWEST: usize = 5;

/// Shortest run that counts as a line, however few questions there are.
const SHORTEST: usize = 3;

/// What is peculiar about a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// At least half of the scale questions have the same answer one after another; skipped ones are passed over.
    pub straight_line: bool,
    /// All scale questions that are answered, at least five, have the same answer; where a bank has none, all single
    /// choices the same position.
    pub constant: bool,
    /// The same answers have come before.
    pub duplicate: bool,
}

impl Flags {
    /// Names of all flags, in the order of [`Flags::set`].
    pub const NAMES: [&'static str; 3] = ["straight-line", "constant", "duplicate"];

    /// Whether each flag is set.
    #[must_use]
    pub fn set(self) -> [bool; 3] {
        [self.straight_line, self.constant, self.duplicate]
    }
}

/// The questions whose positions are looked at.
#[derive(Clone, Debug)]
pub(super) struct Careful {
    /// Positions in the bank of the scale questions, else of the single choices.
    pub(super) questions: Vec<usize>,
    /// Shortest run that is flagged; nothing in a bank without a scale.
    line: Option<usize>,
}

impl Careful {
    pub(super) fn new(bank: &Bank) -> Self {
        let of = |kind: &Kind| {
            let scored = bank.questions.iter().filter(|question: &&Question| question.is_scored());
            scored.filter(|question| question.kind == *kind).map(|question| question.index).collect::<Vec<_>>()
        };
        let scales = of(&Kind::Scale);
        if scales.is_empty() {
            return Self { questions: of(&Kind::Single), line: None };
        }
        let line = scales.len().div_ceil(2).max(SHORTEST);
        Self { questions: scales, line: Some(line) }
    }

    /// The flags of the positions answered, in bank order, without those skipped.
    pub(super) fn flags(&self, positions: impl Iterator<Item = u16>) -> Flags {
        let (mut run, mut longest, mut count, mut last) = (0, 0, 0, None);
        for position in positions {
            run = if last == Some(position) { run + 1 } else { 1 };
            longest = longest.max(run);
            last = Some(position);
            count += 1;
        }
        Flags {
            straight_line: self.line.is_some_and(|line| longest >= line),
            constant: count >= FEWEST && longest == count,
            duplicate: false,
        }
    }
}
