//! What the cells of one question mean: looked up by their bytes once they have been understood.

use std::collections::HashMap;

use crate::bank::{Answer, Question, WrongAnswer};
use crate::scoring::Model;

use super::key::Keys;
use super::ndjson::Wrap;
use super::piece::Pieces;
use super::words::Words;

/// Most answers to count of a question that gives no points.
const MOST_ANSWERS: usize = 4_096;

/// Most cells of one question that are remembered as wrong: saying what may have been meant takes long, and a column in
/// another language is wrong in every row.
const MOST_REFUSED: usize = 256;

/// Longest of these cells, in bytes.
const LONGEST_REFUSED: usize = 128;

/// What a cell means, in two bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell(u16);

impl Cell {
    /// Not met yet.
    pub(super) const UNKNOWN: Self = Self(0);

    /// The question is skipped.
    pub(super) const SKIPPED: Self = Self(1);

    /// An answer, by its position in the column's list; not met where there are too many.
    fn answer(position: usize) -> Self {
        u16::try_from(position).ok().and_then(|position| position.checked_add(2)).map_or(Self::UNKNOWN, Self)
    }

    /// The position of an answer.
    #[inline]
    pub(super) fn position(self) -> Option<u16> {
        self.0.checked_sub(2)
    }
}

/// All that a row needs of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meaning {
    pub(super) cell: Cell,
    /// What it adds to the key of the row; nothing where the question gives no points.
    pub(super) share: u64,
}

/// An answer in a line of JSON, with its key.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    pub(super) meaning: Meaning,
    pub(super) wrap: Wrap,
}

/// One question with the cells that have been met.
#[derive(Clone, Debug)]
pub(in crate::cohort) struct Column<'b> {
    pub(super) question: &'b Question,
    /// Position in the bank.
    pub(super) index: usize,
    /// Where its answers stand in a row.
    pub(super) place: usize,
    /// Position among the scored questions.
    pub(super) item: Option<usize>,
    /// Every outcome of a scored question; of any other one the answers that have been met.
    answers: Vec<Answer>,
    /// Where each one stands in that list.
    positions: HashMap<Answer, usize>,
    /// What each outcome adds to the key of a row.
    shares: Vec<u64>,
    /// Cells that have been understood.
    words: Words<Meaning>,
    /// Cells that are no answer, and why.
    refused: HashMap<Box<[u8]>, WrongAnswer>,
    /// The first of them that are short, in a table.
    pub(super) cells: Pieces<1, Meaning>,
    /// The same in lines of JSON, with their keys and the braces around them.
    pub(super) pieces: Pieces<2, Known>,
}

impl<'b> Column<'b> {
    /// The columns of all questions of a bank.
    pub(super) fn all(model: &Model<'b>) -> Vec<Self> {
        let keys = Keys::new(model);
        model.bank().questions.iter().map(|question| Self::new(model, question, &keys)).collect()
    }

    fn new(model: &Model<'b>, question: &'b Question, keys: &Keys) -> Self {
        let answers = if question.is_scored() { question.outcomes() } else { Vec::new() };
        let item = model.questions().position(|other| other.index == question.index);
        let shares = item.and_then(|item| keys.shares.get(item)).cloned().unwrap_or_default();
        let positions = answers.iter().cloned().zip(0..).collect();
        let (words, refused, cells, pieces) = Default::default();
        Self {
            question,
            index: question.index,
            place: question.index,
            item,
            answers,
            positions,
            shares,
            words,
            refused,
            cells,
            pieces,
        }
    }

    /// What a cell means, if it has been met.
    #[inline]
    pub(super) fn known(&self, cell: &[u8]) -> Option<Meaning> {
        self.words.get(cell)
    }

    /// What a cell of a table means, remembered as long as there is room.
    #[inline]
    pub(super) fn understand(&mut self, cell: &[u8]) -> Result<Meaning, WrongAnswer> {
        if let Some(meaning) = self.known(cell) {
            return Ok(meaning);
        }
        if let Some(wrong) = self.refused.get(cell) {
            return Err(wrong.clone());
        }
        match self.question.accept_cell(&String::from_utf8_lossy(cell)) {
            Ok(answer) => Ok(self.learn(cell, answer)),
            Err(wrong) => {
                if self.refused.len() >= MOST_REFUSED {
                    self.refused.clear();
                }
                if cell.len() <= LONGEST_REFUSED {
                    self.refused.insert(cell.into(), wrong.clone());
                }
                Err(wrong)
            }
        }
    }

    /// Remembers what a cell means, as long as there is room.
    pub(super) fn learn(&mut self, cell: &[u8], answer: Answer) -> Meaning {
        let meaning = self.meaning(answer);
        self.words.insert(cell, meaning);
        meaning
    }

    /// What an answer comes to, which is added to the list where it is new.
    pub(super) fn meaning(&mut self, answer: Answer) -> Meaning {
        if answer == Answer::Skip {
            return Meaning { cell: Cell::SKIPPED, share: 0 };
        }
        let next = self.answers.len();
        let position = *self.positions.entry(answer).or_insert_with_key(|answer| {
            self.answers.push(answer.clone());
            next
        });
        Meaning { cell: Cell::answer(position), share: self.shares.get(position).copied().unwrap_or_default() }
    }

    /// Positions picked by an answer of the list.
    pub(super) fn picks(&self, answer: u16) -> &[usize] {
        self.answers.get(usize::from(answer)).map_or(&[], Answer::picks)
    }

    /// Forgets the answers of a question that gives no points where there are too many to count; only ever between
    /// rows. Whether it has done so.
    pub(super) fn forget(&mut self) -> bool {
        let is_full = self.item.is_none() && self.answers.len() > MOST_ANSWERS;
        if is_full {
            self.answers.clear();
            self.positions.clear();
            self.words = Words::default();
            self.cells = Pieces::default();
            self.pieces = Pieces::default();
        }
        is_full
    }
}
