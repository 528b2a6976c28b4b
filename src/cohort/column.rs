//! What the cells of one question mean: looked up by their bytes once they have been understood.

use crate::bank::{Answer, Question, WrongAnswer};
use crate::scoring::Model;

use super::key::Keys;
use super::pattern::Patterns;
use super::words::Words;

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

/// All that a row needs of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub(super) cell: Cell,
    /// What it adds to the key of the row; nothing where the question gives no points.
    pub(super) share: u128,
}

impl Meaning {
    const UNKNOWN: Self = Self { cell: Cell::Unknown, share: 0 };
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
    bytes: Box<[Meaning; 256]>,
    /// Longer cells.
    words: Words<Meaning>,
    /// The first of the longer cells, each with what ends it.
    patterns: Patterns<Meaning>,
    /// What cells of a table end with; those of JSON show their end themselves.
    delimiter: Option<u8>,
    /// What a cell of one byte ends with.
    ends: [u8; 2],
    /// Length of such a cell with what ends it where that is passed over.
    single: usize,
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
        let bytes = Box::new([Meaning::UNKNOWN; 256]);
        Self {
            question,
            index: question.index,
            item,
            answers,
            shares,
            bytes,
            words: Words::default(),
            patterns: Patterns::default(),
            ends: delimiter.map_or([b',', b'}'], |delimiter| [delimiter; 2]),
            single: 1 + usize::from(delimiter.is_some()),
            delimiter,
        }
    }

    /// What a cell means, if it has been met.
    #[inline]
    pub(super) fn known(&self, cell: &[u8]) -> Option<Meaning> {
        match cell {
            [byte] => Some(self.bytes[usize::from(*byte)]).filter(|meaning| meaning.cell != Cell::Unknown),
            _ => self.words.get(cell),
        }
    }

    /// What the cell means that a text begins with, and its length with what ends it, for the cells that are met most.
    #[inline]
    pub(super) fn quick(&self, text: &[u8]) -> Option<(Meaning, usize)> {
        let window = text.first_chunk()?;
        if self.ends.contains(&window[1]) {
            let meaning = self.bytes[usize::from(window[0])];
            if meaning.cell != Cell::Unknown {
                return Some((meaning, self.single));
            }
        }
        self.patterns.find(window)
    }

    /// Remembers what a cell means, as long as there is room.
    pub(super) fn learn(&mut self, cell: &[u8], answer: Result<Answer, WrongAnswer>) -> Result<Meaning, WrongAnswer> {
        let meaning = self.meaning(answer?);
        match cell {
            [byte] if self.is_plain(cell) || self.delimiter.is_none() => self.bytes[usize::from(*byte)] = meaning,
            _ => self.words.insert(cell, meaning),
        }
        if cell.len() != 1 && self.is_plain(cell) {
            self.patterns.add(&[cell, self.delimiter.as_slice()].concat(), meaning);
        }
        Ok(meaning)
    }

    /// Whether a cell is found by looking at the beginning of a text: it is not quoted in a table, where it would seem to be
    /// several, and no number in JSON, which may go on.
    fn is_plain(&self, cell: &[u8]) -> bool {
        match self.delimiter {
            Some(delimiter) => !cell.iter().any(|byte| *byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r')),
            None => !cell.iter().all(u8::is_ascii_digit),
        }
    }

    /// What an answer comes to, which is added to the list where it is new.
    pub(super) fn meaning(&mut self, answer: Answer) -> Meaning {
        if answer == Answer::Skip {
            return Meaning { cell: Cell::Skipped, share: 0 };
        }
        let found = self.answers.iter().position(|other| *other == answer);
        let position = found.unwrap_or_else(|| {
            self.answers.push(answer);
            self.answers.len() - 1
        });
        let cell = u16::try_from(position).map_or(Cell::Unknown, Cell::Answer);
        Meaning { cell, share: self.shares.get(position).copied().unwrap_or_default() }
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
            self.patterns = Patterns::default();
            self.bytes.fill(Meaning::UNKNOWN);
        }
    }
}
