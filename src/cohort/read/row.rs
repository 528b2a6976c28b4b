//! One row while it is read: who it is, what was answered, and the sums.

use sha2::{Digest, Sha256};

use crate::scoring::Model;

use super::super::{Careless, Flags};
use super::column::{Cell, Column, Meaning};

/// How the person of a row is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cohort) enum Id<'r> {
    /// By nothing, in lines of JSON.
    None,
    /// By the number of its line, in a table without a column for it.
    Line(u64),
    /// By plain text.
    Text(&'r str),
    /// By text or a number in JSON, as it stands there.
    Json(&'r str),
}

/// The answers of one row. It is filled anew for every row and asks for no memory then.
#[derive(Clone, Debug)]
pub(in crate::cohort) struct Row {
    /// The answer to each question, in the places that the columns name.
    pub(super) cells: Vec<[Cell; 2]>,
    /// What the judgement depends on; see [`Keys`](super::key::Keys).
    pub(in crate::cohort) key: u64,
    /// The scored questions that a quick quiz has left open, which are not skipped then.
    pub(in crate::cohort) open: Vec<usize>,
    /// Places of the scored questions.
    scored: Vec<usize>,
    careless: Careless,
    /// Places of what shows careless answers.
    watched: Vec<usize>,
}

impl Row {
    /// A row of columns that know where their answers stand in it.
    pub(super) fn new(model: &Model<'_>, columns: &[Column<'_>]) -> Self {
        let mut scored: Vec<_> = columns.iter().filter_map(|column| Some((column.item?, column.place))).collect();
        scored.sort_unstable();
        let scored: Vec<usize> = scored.into_iter().map(|(_, place)| place).collect();
        let careless = Careless::new(model);
        let watched = careless.items().iter().filter_map(|&item| scored.get(item).copied()).collect();
        let places = columns.iter().map(|column| column.place + 1).max().unwrap_or_default();
        Self {
            cells: vec![<[Cell; 2]>::default(); places.div_ceil(2)],
            key: 0,
            open: Vec::new(),
            scored,
            careless,
            watched,
        }
    }

    /// Makes ready for the next row.
    #[inline]
    pub(super) fn clear(&mut self) {
        self.cells.fill([Cell::UNKNOWN; 2]);
        self.key = 0;
        self.open.clear();
    }

    /// Whether a question has an answer or is skipped.
    #[inline]
    pub(super) fn has(&self, column: &Column<'_>) -> bool {
        self.cells.as_flattened().get(column.place).is_some_and(|cell| *cell != Cell::UNKNOWN)
    }

    /// Writes one answer down.
    #[inline]
    pub(super) fn answer(&mut self, column: &Column<'_>, meaning: Meaning) {
        if let Some(cell) = self.cells.as_flattened_mut().get_mut(column.place) {
            *cell = meaning.cell;
        }
        self.key = self.key.wrapping_add(meaning.share);
    }

    /// Tells that a quick quiz has asked no more than what is answered or skipped.
    pub(super) fn leave_open(&mut self) {
        let cells = self.cells.as_flattened();
        let is_open = |place: &usize| cells.get(*place) == Some(&Cell::UNKNOWN);
        self.open = self.scored.iter().zip(0..).filter(|(place, _)| is_open(place)).map(|(_, item)| item).collect();
    }

    /// The outcome of each scored question; nothing where it is skipped.
    pub(in crate::cohort) fn outcomes(&self) -> impl Iterator<Item = Option<u16>> {
        self.scored.iter().map(|&place| self.position(place))
    }

    /// Sums the centred points of each role up.
    pub(in crate::cohort) fn sums(&self, model: &Model<'_>, sums: &mut Vec<i128>) {
        sums.clear();
        sums.resize(model.bank().roles.len(), 0);
        for (item, outcome) in self.outcomes().enumerate() {
            let centred = outcome.map_or(&[][..], |outcome| model.centred(item, usize::from(outcome)));
            sums.iter_mut().zip(centred).for_each(|(sum, points)| *sum += points);
        }
    }

    #[inline]
    fn position(&self, place: usize) -> Option<u16> {
        self.cells.as_flattened().get(place).and_then(|cell| cell.position())
    }

    /// What is peculiar about the answers.
    #[inline]
    pub(in crate::cohort) fn flags(&self) -> Flags {
        self.careless.flags(self.watched.iter().map(|&place| self.position(place)))
    }

    /// 128 bits that tell these answers from any others; what is skipped and what is left out are the same.
    pub(in crate::cohort) fn digest(&self, columns: &[Column<'_>]) -> u128 {
        let mut hasher = Sha256::new();
        for column in columns {
            let Some(answer) = self.position(column.place) else {
                hasher.update([u8::MAX]);
                continue;
            };
            let picks = column.picks(answer).iter().map(|&pick| u8::try_from(pick).unwrap_or(u8::MAX));
            let mut bytes = vec![u8::try_from(column.picks(answer).len()).unwrap_or(u8::MAX)];
            bytes.extend(picks);
            hasher.update(&bytes);
        }
        hasher.finalize().iter().take(16).fold(0, |digest, byte| digest << 8 | u128::from(*byte))
    }
}
