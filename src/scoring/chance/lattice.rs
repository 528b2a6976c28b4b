//! Chance over most of the questions of a bank with two roles, fast enough to ask anew for every sheet.
//!
//! The sums of two roles are the points of a lattice, each with the number of sheets that come to it. Leaving a question
//! out is a division: the numbers for all questions are those for the others, moved by each outcome of that question and
//! added up, which can be undone from the lowest sum on. Numbers are whole and small enough to stay exact, so this gives
//! the same bits as [`Chance`](super::Chance), which begins anew for each part and takes many times as long where few are
//! left out.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::TOLERANCE;
use super::super::model::{Item, Model};
use super::grid::{Axis, Grid, lowest};
use super::is_of_one_role;
use super::random::MOST_WORK;

/// Most sheets whose numbers are whole as floats.
const MOST_SHEETS: u128 = 1 << 53;

/// Most points of a lattice.
const MOST_POINTS: usize = 1 << 16;

/// Most numbers to remember, of all parts together: 8 bytes each.
const MOST_NUMBERS: usize = 3 << 20;

/// Most parts that are remembered to have come once.
const MOST_MET: usize = 1 << 12;

/// How many parts go by before what is remembered gives way to others.
const MOST_PASSED: usize = 1 << 14;

/// A bank's lattice with the parts of the bank that have been asked for.
#[derive(Debug)]
pub(in crate::scoring) struct Lattice<'m> {
    model: &'m Model<'m>,
    axes: [Axis; 2],
    /// Numbers of sheets over all questions, sum of the first role by sum of the second.
    counts: Vec<f64>,
    /// By how many points the outcomes of each question move a sum, rising, and how many do.
    moves: Vec<Vec<(usize, f64)>>,
    parts: Mutex<Parts>,
}

/// Parts that are remembered: those that come a second time, as long as there is room. Others are worked out for the
/// moment only, until there have been so many of them that the file seems to have changed.
#[derive(Debug, Default)]
struct Parts {
    known: HashMap<Vec<usize>, Arc<Part>>,
    /// Those that came once.
    met: HashSet<Vec<usize>>,
    passed: usize,
}

/// The sums over some of the questions.
#[derive(Debug)]
struct Part {
    /// z of the roles at each place of their axes, rising.
    zs: [Vec<f64>; 2],
    /// For each sum of the second role, how many sheets come to it with a sum of the first that is lower than each place,
    /// and with any.
    below: Vec<f64>,
    /// How many there are.
    sheets: f64,
}

impl<'m> Lattice<'m> {
    /// Nothing for a bank with other than two roles, or one with too many sheets or sums.
    pub(in crate::scoring) fn new(model: &'m Model<'m>) -> Option<Self> {
        let sheets = model.items.iter().try_fold(1_u128, |all, item| all.checked_mul(item.outcomes.len() as u128));
        sheets.filter(|&sheets| sheets < MOST_SHEETS && model.spreads.len() == 2)?;
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        // Sums that are listed by sorting cost eight times as much: with an eighth of the work for all questions, no part
        // of them is drawn by lot where this counts.
        let grid = Grid::new(model, &items, &[0, 1], MOST_WORK / 8)?;
        let axes = grid.axes()?;
        let points = axes.iter().try_fold(1_usize, |all, axis| all.checked_mul(axis.places()?))?;
        if points > MOST_POINTS {
            return None;
        }
        let mut counts = vec![0.0; points];
        for (key, count) in grid.counts() {
            *counts.get_mut(usize::try_from(key).ok()?)? = count;
        }
        let index = |(offset, ways): (u64, f64)| Some((usize::try_from(offset).ok()?, ways));
        let moves = |item: &&Item<'_>| grid.offsets(item)?.into_iter().map(index).collect::<Option<Vec<_>>>();
        let moves = items.iter().map(moves).collect::<Option<Vec<_>>>()?;
        Some(Self { model, axes, counts, moves, parts: Mutex::default() })
    }

    /// Probability that random answers to some questions, given by their positions, lead by at least this gap in z,
    /// whichever role leads; nothing where so many are left out that beginning anew is faster, or where no two roles share
    /// a question, which has a way of its own.
    pub(in crate::scoring) fn at_least(&self, answered: &[usize], gap: f64) -> Option<f64> {
        if gap < TOLERANCE {
            return Some(1.0);
        }
        let part = self.part(answered)?;
        Some(part.beyond(gap - TOLERANCE) / part.sheets)
    }

    fn part(&self, answered: &[usize]) -> Option<Arc<Part>> {
        let lock = || self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = lock().known.get(answered) {
            return Some(Arc::clone(part));
        }
        let others: Vec<usize> = (0..self.moves.len()).filter(|item| answered.binary_search(item).is_err()).collect();
        let items = || answered.iter().filter_map(|&position| self.model.items.get(position));
        // Each of the others takes a walk over all points. With a third of the shipped bank that takes as long as beginning
        // anew, and with more of it several times as long.
        if 3 * others.len() > self.moves.len() || items().all(is_of_one_role) {
            return None;
        }
        let larger = lock().with_one_more(answered, &others);
        let (mut counts, rest) = match larger {
            Some((part, position)) => (part.counts(), vec![position]),
            None => (self.counts.clone(), others),
        };
        rest.iter().filter_map(|&position| self.moves.get(position)).for_each(|moves| leave_out(&mut counts, moves));
        let zs = self.axes.map(|axis| axis.zs(items().map(|item| lowest(item, axis.role)).sum()).collect::<Vec<f64>>());
        let part = Arc::new(Part::new(zs, &counts));
        lock().add(answered, &part);
        Some(part)
    }
}

impl Parts {
    /// A part that has one question more, and which.
    fn with_one_more(&self, answered: &[usize], others: &[usize]) -> Option<(Arc<Part>, usize)> {
        others.iter().find_map(|&position| {
            let (before, behind) = answered.split_at(answered.partition_point(|&other| other < position));
            let part = self.known.get(&[before, &[position], behind].concat())?;
            Some((Arc::clone(part), position))
        })
    }

    fn add(&mut self, answered: &[usize], part: &Arc<Part>) {
        if self.met.len() >= MOST_MET {
            self.met.clear();
        }
        if self.met.insert(answered.to_vec()) {
            return;
        }
        if (self.known.len() + 1) * part.below.len() > MOST_NUMBERS {
            self.passed += 1;
            if self.passed < MOST_PASSED {
                return;
            }
            *self = Self::default();
        }
        self.known.insert(answered.to_vec(), Arc::clone(part));
    }
}

/// Takes one question out of the numbers of sheets, from the lowest sum on: of those who come to a sum together with the
/// question's first outcome, all whom its other outcomes bring there from lower sums are taken away.
fn leave_out(counts: &mut [f64], moves: &[(usize, f64)]) {
    let Some((&(first, ways), others)) = moves.split_first() else { return };
    // The nearest sum has only just been written, so it comes last.
    let steps: Vec<(usize, f64)> = others.iter().rev().map(|&(offset, ways)| (offset - first, ways)).collect();
    let places = counts.len().saturating_sub(first);
    let farthest = steps.first().map_or(0, |&(step, _)| step).min(places);
    for place in 0..places {
        let near = if place < farthest { steps.partition_point(|&(step, _)| step > place) } else { 0 };
        let brought = steps[near..].iter().map(|&(step, ways)| counts[place - step] * ways);
        let count = brought.fold(counts[place + first], |count, brought| count - brought);
        // A division takes longer than all the rest, and one way is the rule.
        counts[place] = if ways > 1.0 { count / ways } else { count };
    }
    counts[places..].fill(0.0);
}

impl Part {
    fn new(zs: [Vec<f64>; 2], counts: &[f64]) -> Self {
        let places = zs[0].len().max(1);
        let mut below = Vec::with_capacity(counts.len() + counts.len() / places);
        for row in counts.chunks(places) {
            let mut sum = 0.0;
            below.push(sum);
            below.extend(row.iter().map(|count| {
                sum += count;
                sum
            }));
        }
        let sheets = below.chunks(places + 1).filter_map(<[f64]>::last).sum();
        Self { zs, below, sheets }
    }

    /// Numbers of sheets, sum of the first role by sum of the second.
    fn counts(&self) -> Vec<f64> {
        let mut counts = Vec::with_capacity(self.below.len());
        for row in self.rows() {
            counts.extend(row.iter().zip(row.iter().skip(1)).map(|(below, up_to)| up_to - below));
        }
        counts
    }

    /// One row for each sum of the second role.
    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.below.chunks(self.zs[0].len() + 1)
    }

    /// How many sheets lead by at least a gap, either way.
    fn beyond(&self, gap: f64) -> f64 {
        let [first, second] = &self.zs;
        let (mut behind, mut ahead, mut sheets) = (0, 0, 0.0);
        // The higher the second role stands, the higher the first has to stand to lead, and may stand to be led.
        for (z, row) in second.iter().zip(self.rows()) {
            behind += first.iter().skip(behind).take_while(|&&other| z - other >= gap).count();
            ahead += first.iter().skip(ahead).take_while(|&&other| other - z < gap).count();
            let at = |place: usize| row.get(place).copied().unwrap_or(0.0);
            sheets += at(behind) + (at(first.len()) - at(ahead));
        }
        sheets
    }
}
