//! What the cells of one question mean: looked up by their bytes once they have been understood.

use crate::bank::{Answer, Question, WrongAnswer};
use crate::scoring::Model;

use super::key::Keys;
use super::pattern::{Pattern, window};
use super::words::Words;

/// Most cells to compare one after the other; more are looked up.
const MOST_PATTERNS: usize = 8;

/// Most answers to count of a question that gives no points.
const MOST_ANSWERS: usize = 4_096;

/// What a cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Not met yet.
    Unknown,
    /// The question is skipped.
    Skipped,
    /// An answer, by its position in the column's list.
    Answer(u16),
}

/// One question with the cells that have been met.
#[derive(Clone, Debug)]
pub(super) struct Column<'b> {
    pub(super) question: &'b Question,
    /// Position in the bank.
    pub(super) index: usize,
    /// Position among the scored questions.
    pub(super) item: Option<usize>,
    /// Every outcome of a scored question; of any other one the answers that have been met.
    answers: Vec<Answer>,
    /// What each outcome adds to the key of a row.
    shares: Vec<u128>,
    /// Cells of one byte.
    bytes: Box<[Cell; 256]>,
    /// Longer cells.
    words: Words<Cell>,
    /// The first of the longer cells, each with what ends it.
    patterns: Vec<(Pattern, Cell)>,
    /// What cells end with; nothing where they show their end themselves.
    delimiter: Option<u8>,
}

impl<'b> Column<'b> {
    /// The columns of all questions of a bank.
    pub(super) fn all(model: &Model<'b>, delimiter: Option<u8>) -> Vec<Self> {
        let keys = Keys::new(model);
        model.bank().questions.iter().map(|question| Self::new(model, question, &keys, delimiter)).collect()
    }

    fn new(model: &Model<'b>, question: &'b Question, keys: &Keys, delimiter: Option<u8>) -> Self {
        let answers = if question.is_scored() { question.outcomes() } else { Vec::new() };
        let item = model.questions().position(|other| other.index == question.index);
        let shares = item.and_then(|item| keys.shares.get(item)).cloned().unwrap_or_default();
        let bytes = Box::new([Cell::Unknown; 256]);
        Self { question, index: question.index, item, answers, shares, bytes, words: Words::default(), patterns: Vec::new(), delimiter }
    }

    /// What a cell means, if it has been met.
    #[inline]
    pub(super) fn known(&self, cell: &[u8]) -> Cell {
        match cell {
            [byte] => self.bytes[usize::from(*byte)],
            _ => self.words.get(cell).unwrap_or(Cell::Unknown),
        }
    }

    /// What the cell means that a text begins with, and its length with what ends it, for the cells that are met most.
    #[inline]
    pub(super) fn quick(&self, text: &[u8]) -> Option<(Cell, usize)> {
        if let (Some(delimiter), [byte, next, ..]) = (self.delimiter, text)
            && *next == delimiter
            && *byte != b'"'
        {
            let cell = self.bytes[usize::from(*byte)];
            if cell != Cell::Unknown {
                return Some((cell, 2));
            }
        }
        let window = window(text)?;
        let found = self.patterns.iter().find(|(pattern, _)| pattern.begins(window));
        found.map(|(pattern, cell)| (*cell, pattern.length))
    }

    /// Remembers what a cell means, as long as there is room.
    pub(super) fn learn(&mut self, cell: &[u8], answer: Result<Answer, WrongAnswer>) -> Result<Cell, WrongAnswer> {
        let meaning = self.position(answer?);
        match cell {
            [byte] => self.bytes[usize::from(*byte)] = meaning,
            _ => self.words.insert(cell, meaning),
        }
        let piece = [cell, self.delimiter.as_slice()].concat();
        if let Some(pattern) = Pattern::new(&piece).filter(|_| self.is_plain(cell)) {
            self.patterns.push((pattern, meaning));
        }
        Ok(meaning)
    }

    /// Whether a cell is found by looking at the beginning of a text: it is not quoted in a table, where it would seem to be
    /// several, and no number in JSON, which may go on.
    fn is_plain(&self, cell: &[u8]) -> bool {
        let is_plain = match self.delimiter {
            Some(delimiter) => !cell.iter().any(|byte| *byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r')),
            None => !cell.iter().all(u8::is_ascii_digit),
        };
        is_plain && self.patterns.len() < MOST_PATTERNS
    }

    /// The position of an answer in the list.
    pub(super) fn position(&mut self, answer: Answer) -> Cell {
        if answer == Answer::Skip {
            return Cell::Skipped;
        }
        let found = self.answers.iter().position(|other| *other == answer);
        let position = found.unwrap_or_else(|| {
            self.answers.push(answer);
            self.answers.len() - 1
        });
        u16::try_from(position).map_or(Cell::Unknown, Cell::Answer)
    }

    /// What an answer adds to the key of a row; nothing where the question gives no points.
    #[inline]
    pub(super) fn share(&self, answer: u16) -> u128 {
        self.shares.get(usize::from(answer)).copied().unwrap_or_default()
    }

    /// Positions picked by an answer of the list.
    pub(super) fn picks(&self, answer: u16) -> &[usize] {
        self.answers.get(usize::from(answer)).map_or(&[], Answer::picks)
    }

    /// Forgets the answers of a question that gives no points where there are too many to count; only ever between
    /// rows.
    pub(super) fn forget(&mut self) {
        if self.item.is_none() && self.answers.len() > MOST_ANSWERS {
            self.answers.clear();
            self.words = Words::default();
            self.patterns.clear();
            self.bytes.fill(Cell::Unknown);
        }
    }
}
