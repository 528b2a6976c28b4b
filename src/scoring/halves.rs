//! Chance over any part of the questions of a bank with two roles, fast enough to ask anew for every sheet.
//!
//! Random answers lead by a − b, where a comes from one half of the questions and b from the other. For each half the
//! leads are listed once, for each part of it that somebody answered; how often both together lead by a gap is then
//! counted in one walk over the two lists. Counts are whole, so this gives the same bits as [`Chance`](super::Chance)
//! does, which lists all sums together and takes a hundred times as long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::TOLERANCE;
use super::chance::is_of_one_role;
use super::grid::Grid;
use super::model::{Item, Model, real};
use super::random;

/// Most work to list the leads of one half; see [`Grid::new`].
const MOST_WORK: usize = 1 << 18;

/// Most leads to remember, of all halves together: 16 bytes each.
const MOST_LEADS: usize = 1 << 20;

/// Most sheets whose counts are whole numbers as floats.
const MOST_SHEETS: u128 = 1 << 53;

/// The two halves of a bank with the parts of them that have been listed.
#[derive(Debug)]
pub(super) struct Halves<'m> {
    model: &'m Model<'m>,
    listed: Mutex<Listed>,
}

#[derive(Debug, Default)]
struct Listed {
    parts: HashMap<Vec<usize>, Arc<Part>>,
    leads: usize,
}

/// Leads of the first role over the second that one part of the questions can give, falling, each with the number of
/// sheets that lead by at least as much.
#[derive(Debug)]
struct Part(Vec<(f64, u64)>);

impl<'m> Halves<'m> {
    /// Nothing for a bank with other than two roles, or one with too many sheets to count.
    pub(super) fn new(model: &'m Model<'m>) -> Option<Self> {
        let sheets = model.items.iter().try_fold(1_u128, |all, item| all.checked_mul(item.outcomes.len() as u128));
        sheets.filter(|&sheets| sheets < MOST_SHEETS)?;
        let halves = Self { model, listed: Mutex::default() };
        let all: Vec<usize> = (0..model.items.len()).collect();
        let (low, high) = halves.split(&all);
        let counted = model.spreads.len() == 2 && halves.part(low).is_some() && halves.part(high).is_some();
        // Sums that are listed by sorting cost eight times as much: with an eighth of the work for all questions, no part
        // of them is drawn by lot where this counts.
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        (counted && Grid::new(model, &items, &[0, 1], random::MOST_WORK / 8).is_some()).then_some(halves)
    }

    /// Probability that random answers to some questions, given by their positions, lead by at least this gap in z,
    /// whichever role leads; nothing where no two roles share a question, which has a faster way.
    pub(super) fn at_least(&self, answered: &[usize], gap: f64) -> Option<f64> {
        if gap < TOLERANCE {
            return Some(1.0);
        }
        if answered.iter().filter_map(|&position| self.model.items.get(position)).all(is_of_one_role) {
            return None;
        }
        let (low, high) = self.split(answered);
        let (low, high) = (self.part(low)?, self.part(high)?);
        let all = low.sheets() * high.sheets();
        let gap = gap - TOLERANCE;
        let beyond = low.together(&high, gap) + (all - low.together(&high, -gap));
        Some(real(i128::try_from(beyond).ok()?) / real(i128::try_from(all).ok()?))
    }

    /// Positions in the first half of the bank and in the second.
    fn split<'p>(&self, answered: &'p [usize]) -> (&'p [usize], &'p [usize]) {
        let middle = self.model.items.len() / 2;
        answered.split_at(answered.partition_point(|&position| position < middle))
    }

    fn part(&self, positions: &[usize]) -> Option<Arc<Part>> {
        let lock = || self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = lock().parts.get(positions) {
            return Some(Arc::clone(part));
        }
        let items: Vec<&Item<'_>> = positions.iter().filter_map(|&position| self.model.items.get(position)).collect();
        let part = Arc::new(Part::new(self.model, &items)?);
        let mut listed = lock();
        if listed.leads + part.0.len() > MOST_LEADS {
            *listed = Listed::default();
        }
        listed.leads += part.0.len();
        listed.parts.insert(positions.to_vec(), Arc::clone(&part));
        Some(part)
    }
}

impl Part {
    fn new(model: &Model<'_>, items: &[&Item<'_>]) -> Option<Self> {
        let grid = Grid::new(model, items, &[0, 1], MOST_WORK)?;
        let lead = |zs: Vec<f64>| zs.first().unwrap_or(&0.0) - zs.get(1).unwrap_or(&0.0);
        let mut leads: Vec<(f64, u64)> = grid.states().map(|(zs, count)| (lead(zs.collect()), whole(count))).collect();
        leads.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut sum = 0;
        for (_, count) in &mut leads {
            sum += *count;
            *count = sum;
        }
        Some(Self(leads))
    }

    /// How many sheets there are.
    fn sheets(&self) -> u128 {
        self.0.last().map_or(1, |&(_, sum)| u128::from(sum))
    }

    /// How many sheets of the two parts together lead by at least `limit`.
    fn together(&self, other: &Self, limit: f64) -> u128 {
        let mut enough = other.0.iter().rev().peekable();
        let (mut all, mut before) = (0, 0);
        // The less this part leads, the more the other has to: its list is walked once, from its end to its beginning.
        for &(lead, sum) in &self.0 {
            while enough.next_if(|(other, _)| lead + other < limit).is_some() {}
            let Some(&&(_, ways)) = enough.peek() else { break };
            all += u128::from(sum - before) * u128::from(ways);
            before = sum;
        }
        all
    }
}

/// A count that is whole and below 2⁵³.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, positive and small enough")]
fn whole(count: f64) -> u64 {
    count as u64
}
