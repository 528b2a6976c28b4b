//! What the cells of one question mean: bounded hash maps from the text of a cell to its decoded answer.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use rustc_hash::{FxHashMapSeed, FxSeededState};

use crate::bank::{Answer, ProblemKind, Question};

/// Most cells of one question to remember, and most answers of one that gives no points.
const MOST_CELLS: usize = 4_096;

/// Longest cell to remember, in bytes.
const LONGEST_CELL: usize = 512;

/// Most wrong cells of one question to remember: it takes long to say what may have been meant, and a column in another
/// language is wrong in every row.
const MOST_REFUSED: usize = 256;

/// Returns the hash of all maps that foreign text or foreign sums are keys of: fast, and not to be foreseen, so that
/// nobody can write a file whose keys all collide. What is written never depends on it.
pub(crate) fn seeded() -> FxSeededState {
    #[expect(clippy::cast_possible_truncation, reason = "any bits will do")]
    FxSeededState::with_seed(RandomState::new().hash_one(0) as usize)
}

/// What one cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecodedCell {
    /// Neither answered nor skipped.
    Open,
    /// The question is skipped.
    Skipped,
    /// An answer, by its position in the list of its column.
    Answer(u32),
}

impl DecodedCell {
    /// Returns the position of the answer, `None` where there is none.
    pub(super) fn answer(self) -> Option<u32> {
        match self {
            Self::Answer(position) => Some(position),
            Self::Open | Self::Skipped => None,
        }
    }
}

/// Finds out what the text of a cell answers to a question.
pub(super) type Decode = fn(&Question, &[u8]) -> Result<Answer, ProblemKind>;

/// Decodes a cell as tables have it, in UTF-8.
pub(super) fn decode_cell(question: &Question, cell: &[u8]) -> Result<Answer, ProblemKind> {
    question.accept_cell(&String::from_utf8_lossy(cell)).map_err(ProblemKind::Answer)
}

/// One question with the cells that have been met.
#[derive(Clone, Debug)]
pub(super) struct Column<'b> {
    pub(super) question: &'b Question,
    /// Every outcome of a scored question in its order; of any other one the answers that have been met.
    answers: Vec<Answer>,
    /// Where each one stands in that list.
    positions: HashMap<Answer, u32>,
    decoded: CellCache,
    /// Cells that are no answer.
    refused: FxHashMapSeed<Box<[u8]>, ProblemKind>,
}

/// Decoded cells by their text.
#[derive(Clone, Debug)]
struct CellCache {
    /// The first few cells of up to fifteen bytes, packed: most questions have no more, and a glance at each is faster than
    /// any hash.
    few: Vec<(u128, DecodedCell)>,
    short: FxHashMapSeed<u128, DecodedCell>,
    long: FxHashMapSeed<Box<[u8]>, DecodedCell>,
}

/// Most cells to look at one by one.
const FEW: usize = 8;

impl<'b> Column<'b> {
    pub(super) fn new(question: &'b Question) -> Self {
        let answers = if question.is_scored() { question.outcomes() } else { Vec::new() };
        let positions = answers.iter().cloned().zip(0..).collect();
        let refused = FxHashMapSeed::with_hasher(seeded());
        Self { question, answers, positions, decoded: CellCache::new(), refused }
    }

    /// Returns what a cell says, `None` where it has not been met yet.
    #[inline]
    pub(super) fn known(&self, cell: &[u8]) -> Option<DecodedCell> {
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
        match decode(self.question, cell) {
            Ok(answer) => {
                let decoded = self.position(answer).map_or(DecodedCell::Skipped, DecodedCell::Answer);
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

    /// Returns where an answer stands in the list, to which it is added if it is new; `None` for a skip.
    pub(super) fn position(&mut self, answer: Answer) -> Option<u32> {
        if answer == Answer::Skip {
            return None;
        }
        let next = u32::try_from(self.answers.len()).ok();
        if let Some(&position) = self.positions.get(&answer) {
            return Some(position);
        }
        self.answers.push(answer.clone());
        next.inspect(|&next| {
            self.positions.insert(answer, next);
        })
    }

    /// Returns the positions of the choices that an answer of the list picks.
    pub(super) fn picks(&self, answer: u32) -> &[usize] {
        usize::try_from(answer).ok().and_then(|answer| self.answers.get(answer)).map_or(&[], Answer::picks)
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
        let hash = seeded();
        let (short, long) = (FxHashMapSeed::with_hasher(hash.clone()), FxHashMapSeed::with_hasher(hash));
        Self { few: Vec::new(), short, long }
    }

    #[inline]
    fn get(&self, cell: &[u8]) -> Option<DecodedCell> {
        let Some(cell) = packed(cell) else { return self.long.get(cell).copied() };
        let seen = self.few.iter().find(|(other, _)| *other == cell).map(|(_, decoded)| *decoded);
        seen.or_else(|| self.short.get(&cell).copied())
    }

    /// Remembers a cell. All that came before is forgotten where there would be too many, so that what comes often is
    /// known again however a file begins.
    fn insert(&mut self, cell: &[u8], decoded: DecodedCell) {
        if self.len() >= MOST_CELLS {
            self.clear();
        }
        match packed(cell) {
            Some(cell) if self.few.len() < FEW => self.few.push((cell, decoded)),
            Some(cell) => drop(self.short.insert(cell, decoded)),
            None if cell.len() <= LONGEST_CELL => drop(self.long.insert(cell.into(), decoded)),
            None => {}
        }
    }

    fn len(&self) -> usize {
        self.few.len() + self.short.len() + self.long.len()
    }

    fn clear(&mut self) {
        self.few.clear();
        self.short.clear();
        self.long.clear();
    }
}

/// Returns a cell as a number: its bytes, the first one lowest, and its length on top; `None` for more than fifteen bytes.
#[inline]
fn packed(cell: &[u8]) -> Option<u128> {
    let length = cell.len();
    // Where the first and the last bytes overlap they are the same, so that it does no harm to join them.
    let bytes = if let (Some(first), Some(last)) = (cell.first_chunk::<8>(), cell.last_chunk::<8>()) {
        if length > 15 {
            return None;
        }
        u128::from(u64::from_le_bytes(*first)) | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8))
    } else if let (Some(first), Some(last)) = (cell.first_chunk::<4>(), cell.last_chunk::<4>()) {
        (u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4))).into()
    } else if let (Some(first), Some(last)) = (cell.first_chunk::<2>(), cell.last_chunk::<2>()) {
        (u32::from(u16::from_le_bytes(*first)) | u32::from(u16::from_le_bytes(*last)) << (8 * (length - 2))).into()
    } else {
        cell.first().copied().unwrap_or(0).into()
    };
    Some(bytes | (length as u128) << 120)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;
    use crate::bank::Bank;

    fn kinds() -> Bank {
        Bank::parse(include_bytes!("../../tests/banks/kinds.toml")).unwrap()
    }

    thread_local!(static CALLS: Cell<usize> = const { Cell::new(0) });

    fn counted(question: &Question, cell: &[u8]) -> Result<Answer, ProblemKind> {
        CALLS.set(CALLS.get() + 1);
        decode_cell(question, cell)
    }

    fn decode(column: &mut Column<'_>, cell: &[u8]) -> Result<DecodedCell, ProblemKind> {
        column.known(cell).map_or_else(|| column.decode(cell, counted), Ok)
    }

    #[test]
    fn a_cell_is_decoded_once_whether_it_is_an_answer_or_not() {
        let bank = kinds();
        let mut column = Column::new(&bank.questions[1]);
        CALLS.set(0);
        for _ in 0..3 {
            assert_eq!(decode(&mut column, b"3"), Ok(DecodedCell::Answer(2)));
            assert_eq!(decode(&mut column, b""), Ok(DecodedCell::Skipped));
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
        let mut column = Column::new(&bank.questions[2]);
        for number in 0..3 * MOST_CELLS {
            let blanks = " ".repeat(number % 400);
            let cell = format!("{blanks}z, x{}", " ".repeat(number / 400));
            let decoded = decode(&mut column, cell.as_bytes()).unwrap();
            assert_eq!(column.picks(decoded.answer().unwrap()), [0, 2]);
            assert!(decode(&mut column, format!("wrong {number}").as_bytes()).is_err());
            assert!(column.decoded.len() <= MOST_CELLS);
            assert!(column.refused.len() <= MOST_REFUSED);
        }
    }

    #[test]
    fn answers_without_points_are_forgotten_between_rows_and_outcomes_never() {
        let bank = kinds();
        let mut plan = Column::new(&bank.questions[0]);
        let place = plan.position(Answer::Picks(vec![1]));
        assert_eq!((place, plan.position(Answer::Skip)), (Some(0), None));
        for number in 0..MOST_CELLS {
            plan.position(Answer::Picks(vec![number + 9]));
        }
        plan.forget();
        assert_eq!(plan.position(Answer::Picks(vec![0])), Some(0));
        let mut scored = Column::new(&bank.questions[3]);
        scored.forget();
        assert_eq!(scored.picks(5), [2, 1]);
    }

    proptest! {
        #[test]
        fn packed_cells_are_equal_only_if_the_cells_are(a in "[ab\\x00]{0,17}", b in "[ab\\x00]{0,17}") {
            let (one, other) = (packed(a.as_bytes()), packed(b.as_bytes()));
            prop_assert_eq!(one.is_none(), a.len() > 15);
            prop_assert!(one.is_none() || (one == other) == (a == b));
        }
    }
}
