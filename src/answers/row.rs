//! One row while it is read: who it is about and what was answered.

use sha2::{Digest, Sha256};

use crate::bank::{ProblemKind, WrongAnswer};

use super::cell::Cell;
use super::column::Column;
use super::decode::{begin_columns, decode_columns, push_column};
use super::decoded_cell::{CellCode, DecodedCell};
use super::row_error::RowProblems;
use super::spelling::Slot;

/// How the person of a row is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowId<'r> {
    /// Not at all, in lines of JSON.
    Unnamed,
    /// By the number of its line, in a table without a column for it.
    Line(u64),
    /// By plain text.
    Text(&'r str),
    /// By a string or a number in JSON, as it stands there.
    Json(&'r str),
}

/// The answers of one row, filled anew for every row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// What was answered to each question, in bank order.
    pub(super) cells: Vec<CellCode>,
    /// The sum of what its answers add to the key.
    key: u64,
    /// True if a quick quiz has left open what is neither answered nor skipped.
    pub(super) is_quick: bool,
    /// True if a cell was skipped that is not understood.
    pub(super) is_unknown: bool,
    parts: Parts,
}

/// The question and slot of a cell, its place in the row, and where its text begins and ends.
type PartCell = (usize, Slot, Option<usize>, (usize, usize));

/// Cells that hold parts of answers, until the row ends.
#[derive(Clone, Debug, Default)]
struct Parts {
    text: Vec<u8>,
    cells: Vec<PartCell>,
    /// The text by which those of one question are looked up.
    key: Vec<u8>,
}

impl Row {
    pub(super) fn new(questions: usize) -> Self {
        let (cells, parts) = (vec![CellCode::OPEN; questions], Parts::default());
        Self { cells, key: 0, is_quick: false, is_unknown: false, parts }
    }

    /// Makes ready for the next row.
    pub(super) fn clear(&mut self) {
        self.cells.fill(CellCode::OPEN);
        self.key = 0;
        self.is_quick = false;
        self.is_unknown = false;
        self.parts.text.clear();
        self.parts.cells.clear();
    }

    /// Writes down what was answered to a question, by its position in the bank.
    #[inline]
    pub(super) fn set(&mut self, question: usize, DecodedCell { code, share }: DecodedCell) {
        self.cells[question] = code;
        self.key = self.key.wrapping_add(share);
    }

    /// Writes down what a further cell answers to a question. Returns false if that is something else than before.
    pub(super) fn add(&mut self, question: usize, decoded: DecodedCell) -> bool {
        match (self.cells[question].answer(), decoded.code.answer()) {
            (None, _) => self.set(question, decoded),
            (Some(_), None) => {}
            (Some(before), Some(now)) => return before == now,
        }
        true
    }

    /// Keeps a cell that holds a part of an answer and stands at some place of the row.
    pub(super) fn keep(&mut self, question: usize, slot: Slot, at: Option<usize>, cell: &[u8]) {
        let start = self.parts.text.len();
        self.parts.text.extend_from_slice(cell);
        self.parts.cells.push((question, slot, at, (start, self.parts.text.len())));
    }

    /// Writes down what the parts say that have been kept.
    pub(super) fn join_parts(&mut self, columns: &mut [Column<'_>], rule: CellRule, problems: &mut RowProblems) {
        let mut parts = std::mem::take(&mut self.parts);
        // Those of one question may stand in any order, and equal ones are looked up by equal texts.
        parts.cells.sort_by_key(|&(question, slot, at, _)| (question, slot, at));
        for cells in parts.cells.chunk_by(|one, other| one.0 == other.0) {
            let (question, _, at, _) = cells[0];
            begin_columns(&mut parts.key);
            for &(_, slot, _, (start, end)) in cells {
                push_column(slot, &parts.text[start..end], &mut parts.key);
            }
            let column = &mut columns[question];
            let known = column.known(Cell::new(&parts.key));
            match known.map_or_else(|| column.decode(&parts.key, decode_columns), Ok) {
                Ok(decoded) if self.add(question, decoded) => {}
                Ok(_) => {
                    let question = column.question.id.clone();
                    problems.add(at, || ProblemKind::Answer(WrongAnswer::Different { question }));
                }
                Err(wrong) => self.refuse(column, at, wrong, rule, problems),
            }
        }
        self.parts = parts;
    }

    /// Skips a cell that is not understood, or adds what is wrong with it to the problems of the row. A question that gives no
    /// points never costs the others.
    pub(super) fn refuse(
        &mut self,
        column: &Column<'_>,
        at: Option<usize>,
        wrong: ProblemKind,
        rule: CellRule,
        problems: &mut RowProblems,
    ) {
        let is_from_zero = matches!(wrong, ProblemKind::Answer(WrongAnswer::FromZero { .. }));
        if is_from_zero || rule == CellRule::Refuse && column.question.is_scored() {
            problems.add(at, || wrong);
        } else {
            self.is_unknown |= rule == CellRule::Skip;
        }
    }
}

/// The way to deal with a cell that is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellRule {
    /// Its row is rejected.
    Refuse,
    /// It is skipped, and the row flagged.
    Skip,
}

/// A person as a row tells of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Respondent<'r> {
    pub(crate) id: RowId<'r>,
    pub(super) row: &'r Row,
    pub(super) columns: &'r [Column<'r>],
    /// Positions of the scored questions in the bank.
    pub(super) scored: &'r [usize],
}

impl Respondent<'_> {
    /// Returns the outcome of each scored question in bank order, by its position among the question's outcomes; `None`
    /// where it was skipped or left open.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = Option<u16>> {
        self.scored().map(outcome)
    }

    /// Returns the same of one scored question, by its position among them.
    #[inline]
    pub(crate) fn outcome(&self, item: usize) -> Option<u16> {
        outcome(self.row.cells[self.scored[item]])
    }

    /// Returns the same of some scored questions, by their positions among them.
    pub(crate) fn outcomes_of(&self, items: &[usize]) -> impl Iterator<Item = Option<u16>> {
        items.iter().map(|&item| self.outcome(item))
    }

    /// Returns the key of its answers.
    pub(crate) fn key(&self) -> u64 {
        self.row.key
    }

    /// Returns the scored questions that a quick quiz has left open, by their positions among the scored ones.
    pub(crate) fn open(&self) -> Vec<usize> {
        let open = self.scored().enumerate().filter(|(_, cell)| self.row.is_quick && *cell == CellCode::OPEN);
        open.map(|(item, _)| item).collect()
    }

    /// Returns true if a quick quiz has left questions open.
    pub(crate) fn is_quick(&self) -> bool {
        self.row.is_quick
    }

    /// Returns true if a cell was skipped that is not understood.
    pub(crate) fn is_unknown(&self) -> bool {
        self.row.is_unknown
    }

    /// Returns 128 bits that tell these answers from any others; what is skipped and what is left out are the same.
    pub(crate) fn digest(&self) -> u128 {
        let mut hasher = Sha256::new();
        for (column, cell) in self.columns.iter().zip(&self.row.cells) {
            let Some(answer) = cell.answer() else {
                hasher.update([u8::MAX]);
                continue;
            };
            // No question has more than sixty choices, so the count and each position fit into a byte.
            let picks = column.picks(answer);
            let numbers = std::iter::once(picks.len()).chain(picks.iter().copied());
            hasher.update(numbers.map(|number| u8::try_from(number).unwrap_or(u8::MAX)).collect::<Vec<u8>>());
        }
        hasher.finalize().iter().take(16).fold(0, |digest, byte| digest << 8 | u128::from(*byte))
    }

    fn scored(&self) -> impl Iterator<Item = CellCode> {
        self.scored.iter().map(|&question| self.row.cells[question])
    }
}

/// Returns the outcome that a cell of a scored question says.
fn outcome(cell: CellCode) -> Option<u16> {
    #[expect(clippy::cast_possible_truncation, reason = "no scored question has more than 5,040 outcomes")]
    cell.answer().map(|position| position as u16)
}
