//! The exact distribution of the roles' point sums under random answering.
//!
//! A state is one combination of sums, packed into one number as [`Axis`] says, so that answering one more question adds a
//! fixed offset to every state.

use crate::scoring::axis::{Axis, AxisSum};
use crate::scoring::model::{Item, Model};

/// Sorting a moved state costs about as much as putting this many into an array.
const SORTING: usize = 8;

/// So does whatever is done with each state in the end.
const TALLYING: usize = 16;

/// Most sheets; more are scaled down, by a power of two and so without rounding.
const SCALE: f64 = 1.340_780_792_994_259_7e154; // 2⁵¹²

/// The number of sheets with each combination of sums.
#[derive(Debug)]
pub(super) struct Grid {
    axes: Vec<Axis>,
    states: States,
    /// Number of states.
    count: usize,
    /// Number of sheets on the same scale.
    sheets: f64,
    /// Work that may still be done.
    work: usize,
}

/// Packed sums with the number of sheets that have them, which is scaled down where it would be too large.
#[derive(Debug)]
enum States {
    /// Those that come up, rising.
    Listed(Vec<(u64, f64)>),
    /// The numbers of sheets for all sums from zero on, where most of them come up.
    Counted(Vec<f64>),
}

impl Grid {
    /// Returns the joint distribution of some sums over some questions, `None` where listing it would take more work than
    /// given; one unit moves one state by one outcome.
    pub(super) fn new(model: &Model<'_>, items: &[&Item<'_>], sums: &[AxisSum], work: usize) -> Option<Self> {
        let mut stride: u64 = 1;
        let mut axes = Vec::with_capacity(sums.len());
        for &sum in sums {
            axes.push(Axis::new(model, items, sum, stride));
            stride = axes.last().and_then(|last: &Axis| stride.checked_mul(last.size))?;
        }
        let mut grid = Self { axes, states: States::Listed(vec![(0, 1.0)]), count: 1, sheets: 1.0, work };
        let questions: Vec<Vec<(u64, f64)>> = items.iter().map(|item| grid.offsets(item)).collect();
        let mut open: usize = questions.iter().map(Vec::len).sum();
        for offsets in questions {
            open -= offsets.len();
            grid.answer(&offsets)?;
            // No question makes states fewer, so what is left takes at least this much.
            if grid.count * (open + TALLYING) > grid.work {
                return None;
            }
        }
        Some(grid)
    }

    /// Hands over every combination of sums, in spreads, with the number of sheets that have it.
    pub(super) fn each(&self, mut each: impl FnMut(&[f64], f64)) {
        let Some((first, others)) = self.axes.split_first() else { return };
        let mut zs = vec![0.0; self.axes.len()];
        let (mut row, mut end) = (0, 0);
        for (key, count) in self.counts() {
            // Neighbours mostly differ by a sum of the first role alone.
            if key >= end {
                row = key - key % first.size;
                end = row + first.size;
                zs.iter_mut().skip(1).zip(others).for_each(|(z, axis)| *z = axis.z(key / axis.stride % axis.size));
            }
            zs[0] = first.z(key - row);
            each(&zs, count);
        }
    }

    /// Returns the axes of two sums, `None` where there are more or fewer.
    pub(super) fn axes(&self) -> Option<[Axis; 2]> {
        self.axes.as_slice().try_into().ok()
    }

    /// Returns packed sums, rising, with the number of sheets that have them.
    pub(super) fn counts(&self) -> impl Iterator<Item = (u64, f64)> {
        self.states.iter()
    }

    /// Returns by how much the outcomes of a question move a state, rising, and how many do so.
    pub(super) fn offsets(&self, item: &Item<'_>) -> Vec<(u64, f64)> {
        let mut offsets = vec![(0, 1.0); item.outcomes.len()];
        for axis in &self.axes {
            offsets.iter_mut().zip(axis.offsets(item)).for_each(|((sum, _), offset)| *sum += offset);
        }
        merge(offsets)
    }

    /// Adds the sums of one more question, `None` if that takes too much work.
    fn answer(&mut self, offsets: &[(u64, f64)]) -> Option<()> {
        let steps = self.count * offsets.len();
        let last = self.states.last() + offsets.last().map_or(0, |&(offset, _)| offset);
        // Where the keys lie close, an array that holds them all is faster than sorting.
        let size = usize::try_from(last).ok().filter(|&last| last < 4 * steps).map(|last| last + 1);
        self.work = self.work.checked_sub(if size.is_some() { steps } else { SORTING * steps })?;
        self.states = match size {
            Some(size) => self.states.counted(offsets, size),
            None => self.states.listed(offsets),
        };
        self.count = self.states.len();
        self.sheets *= offsets.iter().map(|&(_, ways)| ways).sum::<f64>();
        if self.sheets > SCALE {
            self.states.scale();
            self.sheets /= SCALE;
        }
        Some(())
    }
}

impl States {
    fn len(&self) -> usize {
        match self {
            Self::Listed(states) => states.len(),
            Self::Counted(counts) => counts.iter().map(|&count| usize::from(count > 0.0)).sum(),
        }
    }

    fn last(&self) -> u64 {
        match self {
            Self::Listed(states) => states.last().map_or(0, |&(key, _)| key),
            Self::Counted(counts) => counts.len().saturating_sub(1) as u64,
        }
    }

    fn iter(&self) -> impl Iterator<Item = (u64, f64)> {
        let (listed, counted) = match self {
            Self::Listed(states) => (states.as_slice(), &[][..]),
            Self::Counted(counts) => (&[][..], counts.as_slice()),
        };
        listed.iter().copied().chain((0..).zip(counted.iter().copied()).filter(|&(_, count)| count > 0.0))
    }

    /// Returns all of them moved by each offset, in an array of this size.
    fn counted(&self, offsets: &[(u64, f64)], size: usize) -> Self {
        let mut sums = vec![0.0; size];
        let mut add = |from: u64, counts: &[f64], ways: f64| {
            let places = usize::try_from(from).ok().and_then(|from| sums.get_mut(from..)).unwrap_or_default();
            places.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count * ways);
        };
        for &(offset, ways) in offsets {
            match self {
                Self::Counted(counts) => add(offset, counts, ways),
                Self::Listed(states) => states.iter().for_each(|&(key, count)| add(key + offset, &[count], ways)),
            }
        }
        Self::Counted(sums)
    }

    /// Returns all of them moved by each offset, in a list.
    fn listed(&self, offsets: &[(u64, f64)]) -> Self {
        let moved = offsets
            .iter()
            .flat_map(|&(offset, ways)| self.iter().map(move |(key, count)| (key + offset, count * ways)));
        Self::Listed(merge(moved.collect()))
    }

    fn scale(&mut self) {
        match self {
            Self::Listed(states) => states.iter_mut().for_each(|(_, count)| *count /= SCALE),
            Self::Counted(counts) => counts.iter_mut().for_each(|count| *count /= SCALE),
        }
    }
}

/// Sorts by key and adds up what has the same key.
fn merge(mut states: Vec<(u64, f64)>) -> Vec<(u64, f64)> {
    states.sort_by_key(|&(key, _)| key);
    states.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    states
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::scoring::tests::{bank, coins};

    fn all<'m>(model: &'m Model<'m>) -> Vec<&'m Item<'m>> {
        model.items.iter().collect()
    }

    /// The points of one role over n coins are binomial, however they are held.
    #[test]
    fn equal_coins_count_binomially() {
        let bank = coins(&[1; 6]);
        let model = Model::new(&bank);
        let grid = Grid::new(&model, &all(&model), &[AxisSum::of_role(0)], 1 << 20).unwrap();
        assert_eq!(grid.counts().map(|(_, count)| count).collect::<Vec<_>>(), [1.0, 6.0, 15.0, 20.0, 15.0, 6.0, 1.0]);
        let mut zs = Vec::new();
        grid.each(|z, _| zs.push(z[0]));
        assert!(
            zs.iter()
                .zip([-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
                .all(|(z, due)| (z - due / 1.5_f64.sqrt()).abs() < 1e-12)
        );
    }

    /// Far apart sums are listed, close ones counted; the states are the same.
    #[test]
    fn listed_and_counted_states_are_the_same() {
        let offsets = [vec![(0, 1.0), (3, 2.0)], vec![(1, 1.0), (2, 1.0)], vec![(0, 1.0), (7, 1.0)]];
        let (mut listed, mut counted) = (States::Listed(vec![(0, 1.0)]), States::Listed(vec![(0, 1.0)]));
        for (offsets, size) in offsets.iter().zip([4, 6, 13]) {
            listed = listed.listed(offsets);
            counted = counted.counted(offsets, size);
        }
        assert_eq!(listed.iter().collect::<Vec<_>>(), counted.iter().collect::<Vec<_>>());
        assert_eq!((listed.len(), listed.last()), (counted.len(), counted.last()));
    }

    #[test]
    fn too_much_work_is_not_begun() {
        let bank =
            bank(&[&[&[1, 7], &[20, 3], &[5, 50]], &[&[9, 2], &[1, 1], &[3, 17]], &[&[11, 5], &[2, 8], &[0, 0]]]);
        let model = Model::new(&bank);
        let sums = AxisSum::all(&model);
        assert!(Grid::new(&model, &all(&model), &sums, 100).is_none());
        let grid = Grid::new(&model, &all(&model), &sums, 10_000).unwrap();
        assert_eq!(grid.counts().map(|(_, count)| count).sum::<f64>(), 27.0);
    }
}
