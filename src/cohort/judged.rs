//! What the answers of rows say, remembered: rows with equal keys are judged once.

use crate::bank::Verdict;
use crate::scoring::{Judge, Judgement, Model};

use super::line::Line;
use super::read::{Keys, Row};

/// Judgements to remember on all threads together.
const REMEMBERED: usize = 1 << 16;

/// How many judgements can stand in one place.
const NEIGHBOURS: usize = 8;

/// What is said of all sheets with the same key, in one line of a processor's cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
struct Slot {
    key: u64,
    /// The answers, where the key does not tell all about them.
    outcomes: Option<Box<[Option<u16>]>>,
    judged: Judged,
}

/// A judgement, with the part of a line that says it.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) role: Option<u8>,
    pub(super) verdict: Verdict,
    pub(super) lead: f64,
    /// See [`Line::text`]; empty where no lines are written.
    pub(super) text: Box<[u8]>,
}

/// Judgements by keys. Those that fall into one place drive each other out, so the memory is bounded and nothing has to
/// be counted.
#[derive(Clone, Debug)]
pub(super) struct Judgements<'b, 'j> {
    judge: &'j Judge<'b>,
    line: Option<Line>,
    slots: Vec<Option<Slot>>,
    /// What is said of the last row of a quick quiz, which depends on more than its key.
    quick: Option<Judged>,
    is_exact: bool,
}

impl<'b, 'j> Judgements<'b, 'j> {
    /// Nothing remembered yet, on one of so many threads.
    pub(super) fn new(judge: &'j Judge<'b>, line: Option<Line>, threads: usize) -> Self {
        let model = judge.model();
        let share = REMEMBERED / threads.max(1) / model.bank().roles.len().div_ceil(2).max(1);
        let slots = share.clamp(1 << 8, 1 << 15).next_power_of_two();
        Self {
            judge,
            line,
            slots: (1..slots + NEIGHBOURS).map(|_| None).collect(),
            quick: None,
            is_exact: Keys::new(model).is_exact,
        }
    }

    /// The model of the bank.
    pub(super) fn model(&self) -> &'b Model<'b> {
        self.judge.model()
    }

    /// What a row's answers say.
    #[inline]
    pub(super) fn of(&mut self, row: &Row) -> &Judged {
        let judge = |judge: &Judge<'_>, line: &Option<Line>| {
            let outcomes: Box<[Option<u16>]> = row.outcomes().collect();
            let judgement = judge.judge(&outcomes, &row.open);
            let text = line.as_ref().map_or_else(Vec::new, |line| line.text(&judgement)).into();
            let Judgement { role, verdict, lead, .. } = judgement;
            let role = role.and_then(|role| u8::try_from(role).ok());
            (outcomes, Judged { role, verdict, lead, text })
        };
        if !row.open.is_empty() {
            return self.quick.insert(judge(self.judge, &self.line).1);
        }
        let place = self.place(row);
        let slot = self.slots[place].get_or_insert_with(|| {
            let (outcomes, judged) = judge(self.judge, &self.line);
            Slot { key: row.key, outcomes: (!self.is_exact).then_some(outcomes), judged }
        });
        &slot.judged
    }

    /// Where the judgement on a row stands or is to stand: one of a few neighbours, which all move on by one where none
    /// is free.
    #[inline]
    fn place(&mut self, row: &Row) -> usize {
        let first = hash(row.key) & (self.slots.len() - NEIGHBOURS);
        for place in first..first + NEIGHBOURS {
            match &self.slots[place] {
                Some(slot) if !slot.is_of(row) => {}
                _ => return place,
            }
        }
        self.slots[first..first + NEIGHBOURS].rotate_right(1);
        self.slots[first] = None;
        first
    }
}

impl Slot {
    #[inline]
    fn is_of(&self, row: &Row) -> bool {
        self.key == row.key && self.outcomes.as_ref().is_none_or(|outcomes| row.outcomes().eq(outcomes.iter().copied()))
    }
}

/// Spreads keys over the slots.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "all bits are mixed into the lower half")]
fn hash(key: u64) -> usize {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 32) as usize
}
