//! What the cells of one question mean: bounded hash maps from the text of a cell to its decoded answer.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use rustc_hash::{FxHashMapSeed, FxSeededState};

use crate::bank::{Answer, ProblemKind, Question};

use super::cell::Cell;
use super::decode::Decode;
use super::decoded_cell::{CellCode, DecodedCell};
use super::short_cells::ShortCells;
use super::spelling::{ChoiceNames, FirstStep};

/// Most cells of one question to remember, and most answers of one that gives no points.
const MOST_CELLS: usize = 4_096;

/// Longest cell to remember, in bytes.
const LONGEST_CELL: usize = 512;

/// Most wrong cells of one question to remember: it takes long to say what may have been meant, and a column in another
/// language is wrong in every row.
const MOST_REFUSED: usize = 256;

/// Returns a randomly seeded hasher for maps keyed by foreign text: fast, and nobody can write a file whose keys all
/// collide.
pub(super) fn seeded() -> FxSeededState {
    #[expect(clippy::cast_possible_truncation, reason = "any bits will do")]
    FxSeededState::with_seed(RandomState::new().hash_one(0) as usize)
}

/// One question with the cells that have been met.
#[derive(Clone, Debug)]
pub(super) struct Column<'b> {
    pub(super) question: &'b Question,
    names: ChoiceNames<'b>,
    /// Every outcome of a scored question in its order; of any other one the answers that have been met.
    answers: Vec<Answer>,
    /// Where each one stands in that list.
    positions: HashMap<Answer, usize>,
    shares: Vec<u64>,
    decoded: CellCache,
    /// Cells that are no answer.
    refused: FxHashMapSeed<Box<[u8]>, ProblemKind>,
}

/// Decoded cells by their text.
#[derive(Clone, Debug)]
struct CellCache {
    short: ShortCells,
    more: FxHashMapSeed<Box<[u8]>, DecodedCell>,
}

impl<'b> Column<'b> {
    /// Creates a column of a question, with the number of its lowest step and what each of its outcomes adds to the key of a row; no shares where it gives no
    /// points.
    pub(super) fn new(question: &'b Question, first: FirstStep, shares: Vec<u64>) -> Self {
        let answers = if question.is_scored() { question.outcomes() } else { Vec::new() };
        let positions = answers.iter().cloned().zip(0..).collect();
        let refused = FxHashMapSeed::with_hasher(seeded());
        let names = ChoiceNames::new(question, first);
        Self { question, names, answers, positions, shares, decoded: CellCache::new(), refused }
    }

    /// Returns what a cell says, `None` where it has not been met yet.
    #[inline]
    pub(super) fn known(&self, cell: Cell<'_>) -> Option<DecodedCell> {
        self.decoded.get(cell)
    }

    /// Returns what a cell says that is not known yet, and remembers it.
    ///
    /// # Errors
    ///
    /// What is wrong with a cell that is no answer.
    #[cold]
    pub(super) fn decode(&mut self, cell: &[u8], decode: Decode) -> Result<DecodedCell, ProblemKind> {
        if let Some(wrong) = self.refused.get(cell) {
            return Err(wrong.clone());
        }
        match decode(&self.names, cell) {
            Ok(answer) => {
                let decoded = self.cell(answer);
                self.decoded.insert(cell, decoded);
                Ok(decoded)
            }
            Err(wrong) => {
                if self.refused.len() >= MOST_REFUSED {
                    self.refused.clear();
                }
                if cell.len() <= LONGEST_CELL {
                    self.refused.insert(cell.into(), wrong.clone());
                }
                Err(wrong)
            }
        }
    }

    /// Returns the cell of an answer, which is added to the list if it is new.
    fn cell(&mut self, answer: Answer) -> DecodedCell {
        if answer == Answer::Skip {
            return DecodedCell::SKIPPED;
        }
        let next = self.answers.len();
        let position = *self.positions.entry(answer).or_insert_with_key(|answer| {
            self.answers.push(answer.clone());
            next
        });
        let share = if self.question.is_scored() { self.shares[position] } else { 0 };
        DecodedCell { code: CellCode::at(position), share }
    }

    /// Returns the positions of the choices that an answer of the list picks.
    pub(super) fn picks(&self, answer: u32) -> &[usize] {
        self.answers[answer as usize].picks()
    }

    /// Forgets the answers of a question that gives no points where there are too many of them. Only ever between rows,
    /// which name answers by their positions.
    pub(super) fn forget(&mut self) {
        if !self.question.is_scored() && self.answers.len() > MOST_CELLS {
            self.answers.clear();
            self.positions.clear();
            self.decoded.clear();
        }
    }
}

impl CellCache {
    fn new() -> Self {
        Self { short: ShortCells::new(), more: FxHashMapSeed::with_hasher(seeded()) }
    }

    #[inline]
    fn get(&self, cell: Cell<'_>) -> Option<DecodedCell> {
        self.short.get(cell).or_else(|| self.get_more(cell.text))
    }

    #[inline(never)]
    fn get_more(&self, cell: &[u8]) -> Option<DecodedCell> {
        self.more.get(cell).copied()
    }

    /// Remembers a cell. All that came before is forgotten where there would be too many, so that what comes often is
    /// known again however a file begins.
    fn insert(&mut self, cell: &[u8], decoded: DecodedCell) {
        if self.more.len() >= MOST_CELLS {
            self.clear();
        }
        if !self.short.insert(cell, decoded) && cell.len() <= LONGEST_CELL {
            self.more.insert(cell.into(), decoded);
        }
    }

    fn clear(&mut self) {
        self.short = ShortCells::new();
        self.more.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::cell;

    use super::*;
    use crate::answers::decode::decode_cell;
    use crate::bank::Bank;

    fn kinds() -> Bank {
        Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap()
    }

    thread_local!(static CALLS: cell::Cell<usize> = const { cell::Cell::new(0) });

    fn counted(names: &ChoiceNames<'_>, cell: &[u8]) -> Result<Answer, ProblemKind> {
        CALLS.set(CALLS.get() + 1);
        decode_cell(names, cell)
    }

    fn decode(column: &mut Column<'_>, cell: &[u8]) -> Result<DecodedCell, ProblemKind> {
        column.known(Cell::new(cell)).map_or_else(|| column.decode(cell, counted), Ok)
    }

    #[test]
    fn a_cell_is_decoded_once_whether_it_is_an_answer_or_not() {
        let bank = kinds();
        let mut column = Column::new(&bank.questions[1], FirstStep::One, vec![1, 10, 100]);
        CALLS.set(0);
        for _ in 0..3 {
            assert_eq!(decode(&mut column, b"3"), Ok(DecodedCell { code: CellCode::at(2), share: 100 }));
            assert_eq!(decode(&mut column, b""), Ok(DecodedCell::SKIPPED));
            assert!(decode(&mut column, b"a cell that is no answer").is_err());
        }
        assert_eq!(CALLS.get(), 3);
        let long = [b' '; LONGEST_CELL + 1];
        assert!(decode(&mut column, &long).is_ok() && decode(&mut column, &long).is_ok());
        assert_eq!(CALLS.get(), 5);
    }

    #[test]
    fn however_many_cells_there_are_few_are_remembered_and_all_are_right() {
        let bank = kinds();
        let mut column = Column::new(&bank.questions[2], FirstStep::One, vec![0; 9]);
        for number in 0..3 * MOST_CELLS {
            let blanks = " ".repeat(number % 400);
            let cell = format!("{blanks}z, x{}", " ".repeat(number / 400));
            let decoded = decode(&mut column, cell.as_bytes()).unwrap();
            assert_eq!(column.picks(decoded.code.answer().unwrap()), [0, 2]);
            assert!(decode(&mut column, format!("wrong {number}").as_bytes()).is_err());
            assert!(column.decoded.more.len() <= MOST_CELLS);
            assert!(column.refused.len() <= MOST_REFUSED);
        }
    }

    #[test]
    fn answers_without_points_are_forgotten_between_rows_and_outcomes_never() {
        let bank = kinds();
        let mut plan = Column::new(&bank.questions[0], FirstStep::One, Vec::new());
        assert_eq!(plan.cell(Answer::Picks(vec![1])).code.answer(), Some(0));
        assert_eq!((plan.cell(Answer::Skip).code.answer(), CellCode::OPEN.answer()), (None, None));
        for number in 0..MOST_CELLS {
            plan.cell(Answer::Picks(vec![number + 9]));
        }
        plan.forget();
        assert_eq!(plan.cell(Answer::Picks(vec![0])).code.answer(), Some(0));
        let mut scored = Column::new(&bank.questions[3], FirstStep::One, vec![0; 6]);
        scored.forget();
        assert_eq!(scored.picks(5), [2, 1]);
    }
}
