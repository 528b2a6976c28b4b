//! The exact distribution of the roles' point sums under random answering.
//!
//! A state is one combination of sums. Sums are shifted to begin at zero, divided by what they share and packed into one
//! number like the digits of a counter, so that answering one more question adds a fixed offset to every state.

use super::model::{Item, Model, gcd, real};

/// Sorting a moved state costs about as much as putting this many into an array.
const SORTING: usize = 8;

/// So does whatever is done with each state in the end.
const TALLYING: usize = 16;

/// Counts above this are scaled down, by a power of two and so without rounding.
const SCALE: f64 = 1.340_780_792_994_259_7e154; // 2⁵¹²

/// How often each combination of sums comes up.
#[derive(Debug)]
pub(super) struct Grid {
    axes: Vec<Axis>,
    /// Packed sums, rising, with the number of sheets that have them; scaled down where it would be too large.
    states: Vec<(u64, f64)>,
    /// Work that may still be done.
    work: usize,
}

/// One role's sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub(super) role: usize,
    /// The smallest sum.
    base: i128,
    /// What all sums share.
    step: i128,
    /// Number of places on the axis.
    size: u64,
    /// Packed distance of two neighbours.
    stride: u64,
    spread: f64,
}

impl Grid {
    /// The joint distribution of some roles over some questions, or nothing where listing it would take more work than
    /// given; one unit moves one state by one outcome.
    pub(super) fn new(model: &Model<'_>, items: &[&Item<'_>], roles: &[usize], work: usize) -> Option<Self> {
        let mut stride: u64 = 1;
        let mut axes = Vec::with_capacity(roles.len());
        for &role in roles {
            axes.push(Axis::new(model, items, role, stride)?);
            stride = axes.last().and_then(|last: &Axis| stride.checked_mul(last.size))?;
        }
        let mut grid = Self { axes, states: vec![(0, 1.0)], work };
        let questions = items.iter().map(|item| grid.offsets(item)).collect::<Option<Vec<_>>>()?;
        let mut open: usize = questions.iter().map(Vec::len).sum();
        for offsets in questions {
            open -= offsets.len();
            grid.answer(&offsets)?;
            // No question makes states fewer, so what is left takes at least this much.
            if grid.states.len() * (open + TALLYING) > grid.work {
                return None;
            }
        }
        Some(grid)
    }

    /// Every combination of sums, as z of the roles, with the number of sheets that have it.
    pub(super) fn states(&self) -> impl Iterator<Item = (impl Iterator<Item = f64>, f64)> {
        self.states.iter().map(|&(key, count)| (self.axes.iter().map(move |axis| axis.z(key)), count))
    }

    /// The axes of two roles.
    pub(super) fn axes(&self) -> Option<[Axis; 2]> {
        self.axes.as_slice().try_into().ok()
    }

    /// Packed sums, rising, with the number of sheets that have them.
    pub(super) fn counts(&self) -> impl Iterator<Item = (u64, f64)> {
        self.states.iter().copied()
    }

    /// By how much the outcomes of a question move a state, rising, and how many do so.
    pub(super) fn offsets(&self, item: &Item<'_>) -> Option<Vec<(u64, f64)>> {
        let lowest: Vec<i128> = self.axes.iter().map(|axis| lowest(item, axis.role)).collect();
        let offset = |centred: &[i128]| {
            let place = |(axis, low): (&Axis, &i128)| u64::try_from((centred[axis.role] - low) / axis.step).ok();
            self.axes
                .iter()
                .zip(&lowest)
                .map(|pair| place(pair).map(|place| place * pair.0.stride))
                .sum::<Option<u64>>()
        };
        let offsets = item.outcomes.iter().map(|outcome| offset(&outcome.centred).map(|offset| (offset, 1.0)));
        offsets.collect::<Option<_>>().map(merge)
    }

    /// Adds the sums of one more question.
    fn answer(&mut self, offsets: &[(u64, f64)]) -> Option<()> {
        let steps = self.states.len() * offsets.len();
        let last = |list: &[(u64, f64)]| list.last().map_or(0, |&(key, _)| key);
        // Where the keys lie close, an array that holds them all is faster than sorting.
        let width = usize::try_from(last(&self.states) + last(offsets)).ok().filter(|&width| width < 4 * steps);
        self.work = self.work.checked_sub(if width.is_some() { steps } else { SORTING * steps })?;
        let states = &self.states;
        let moved = offsets
            .iter()
            .flat_map(|&(offset, ways)| states.iter().map(move |&(key, count)| (key + offset, count * ways)));
        self.states = if let Some(width) = width { add_up(moved, width) } else { merge(moved.collect()) };
        let largest = self.states.iter().map(|&(_, count)| count).fold(0.0, f64::max);
        if largest > SCALE {
            self.states.iter_mut().for_each(|(_, count)| *count /= SCALE);
        }
        Some(())
    }
}

impl Axis {
    fn new(model: &Model<'_>, items: &[&Item<'_>], role: usize, stride: u64) -> Option<Self> {
        let base = items.iter().map(|item| lowest(item, role)).sum();
        let above = |item: &&Item<'_>| {
            let low = lowest(item, role);
            item.outcomes.iter().map(move |outcome| outcome.centred[role] - low).collect::<Vec<_>>()
        };
        let step = items.iter().flat_map(above).fold(0, gcd).max(1);
        let width: i128 = items.iter().map(|item| above(item).into_iter().max().unwrap_or(0) / step).sum();
        let size = u64::try_from(width).ok()?.checked_add(1)?;
        Some(Self { role, base, step, size, stride, spread: model.spreads[role] })
    }

    /// How many places there are.
    pub(super) fn places(&self) -> Option<usize> {
        usize::try_from(self.size).ok()
    }

    /// z at each place where the lowest sum is another one, as over some of the questions.
    pub(super) fn zs(self, base: i128) -> impl Iterator<Item = f64> {
        (0..i128::from(self.size)).map(move |place| real(base + self.step * place) / self.spread)
    }

    fn z(&self, key: u64) -> f64 {
        let place = i128::from(key / self.stride % self.size);
        real(self.base + self.step * place) / self.spread
    }
}

/// The fewest centred points that an outcome of a question gives a role.
pub(super) fn lowest(item: &Item<'_>, role: usize) -> i128 {
    item.outcomes.iter().map(|outcome| outcome.centred[role]).min().unwrap_or(0)
}

/// Adds up states by their keys, the largest of which is `last`.
fn add_up(states: impl Iterator<Item = (u64, f64)>, last: usize) -> Vec<(u64, f64)> {
    let mut counts = vec![0.0; last + 1];
    for (key, count) in states {
        if let Some(slot) = usize::try_from(key).ok().and_then(|key| counts.get_mut(key)) {
            *slot += count;
        }
    }
    (0..).zip(counts).filter(|&(_, count)| count > 0.0).collect()
}

/// Sorts by key and adds up what has the same key.
fn merge(mut states: Vec<(u64, f64)>) -> Vec<(u64, f64)> {
    states.sort_by_key(|&(key, _)| key);
    states.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    states
}
