//! Deconvolution: the exact distribution over most of the questions of a bank, from that over all of them.
//!
//! Two sums say who leads: those of two roles, or of two or three roles with one spread the two that are left when the last
//! role's points are taken off. The points of their lattice hold how many sheets come to them. These numbers are the
//! convolution of those for all questions but one with that one's outcomes, which can be undone from the lowest sum on.
//! Numbers are whole and small enough to stay exact, so this gives the same bits as [`Chance`](super::Chance), which
//! begins anew for every subset and takes many times as long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::scoring::axis::{Axis, AxisSum};
use crate::scoring::model::{Item, Model};
use crate::scoring::num::TOLERANCE;
use crate::scoring::threads::lock;

use super::fronts::MAX_WORK;
use super::grid::Grid;
use super::marginals::concerns_one_role;

/// Most sheets whose numbers are whole as floats.
const MAX_SHEETS: u128 = 1 << 53;

/// Most points of a lattice.
const MAX_POINTS: usize = 1 << 16;

/// Most numbers to remember, of all subsets together: 8 bytes each.
const MAX_NUMBERS: usize = 4 << 20;

/// Most questions that a remembered subset leaves out. All others have one of these to begin with.
const MAX_LEFT_OUT: usize = 2;

/// Steps that are worth a walk of their own.
const FAR_STEP: usize = 16;

/// By how many points the outcomes of a question move a sum, rising, and how many do.
type Moves = Vec<(usize, f64)>;

/// A bank's lattice with the subsets of its questions that others begin with.
#[derive(Debug)]
pub(in crate::scoring) struct Lattice {
    axes: [Axis; 2],
    /// Numbers of sheets over all questions, first sum by second sum.
    counts: Arc<[f64]>,
    /// The moves of each question.
    moves: Vec<Moves>,
    /// Numbers of sheets by the questions that are left out.
    remembered: Mutex<HashMap<Vec<usize>, Arc<[f64]>>>,
}

/// The sums over some of the questions.
struct Subset<'a> {
    /// The sums at each place of their axes, in spreads, rising.
    sums: [Vec<f64>; 2],
    /// Numbers of sheets, first sum by second sum.
    counts: &'a [f64],
    /// The z of a third role, which is zero where sums are leads over it; `None` where they are those of two roles.
    third: Option<f64>,
}

impl Lattice {
    /// Returns the lattice of a bank, `None` where more than two sums are needed, or where sheets or sums are too many.
    pub(super) fn new(model: &Model<'_>) -> Option<Self> {
        let sheets = model.items.iter().try_fold(1_u128, |all, item| all.checked_mul(item.outcomes.len() as u128));
        sheets.filter(|&sheets| sheets < MAX_SHEETS)?;
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        let sums = AxisSum::fewest(model);
        if sums.len() != 2 {
            return None;
        }
        // Sums that are listed by sorting cost eight times as much: with an eighth of the work for all questions, no
        // subset of them is drawn by lot where this counts.
        let grid = Grid::new(model, &items, &sums, MAX_WORK / 8)?;
        let axes = grid.axes()?;
        let points = axes[0].size.checked_mul(axes[1].size).and_then(|points| usize::try_from(points).ok())?;
        if points > MAX_POINTS {
            return None;
        }
        let mut counts = vec![0.0; points];
        grid.counts().for_each(|(key, count)| counts[place(key)] = count);
        let moves = items.iter().map(|item| grid.offsets(item).into_iter().map(|(offset, ways)| (place(offset), ways)));
        let moves = moves.map(Iterator::collect).collect();
        Some(Self { axes, counts: counts.into(), moves, remembered: Mutex::default() })
    }

    /// Returns how many points the lattice has.
    pub(super) fn points(&self) -> usize {
        self.counts.len()
    }

    /// Returns the probability that random answers to some questions, given by their rising positions, lead by at least
    /// this gap in z, whichever role leads; `None` where no two roles share a question, which has a way of its own.
    pub(super) fn at_least(&self, model: &Model<'_>, answered: &[usize], gap: f64) -> Option<f64> {
        let items = || answered.iter().map(|&position| &model.items[position]);
        if items().all(concerns_one_role) {
            return None;
        }
        let left_out: Vec<usize> = (0..self.moves.len()).filter(|item| answered.binary_search(item).is_err()).collect();
        let (near, rest) = left_out.split_at(left_out.len().min(MAX_LEFT_OUT));
        let mut counts = self.remembered(near);
        if !rest.is_empty() {
            self.leave_out(near, rest, Arc::make_mut(&mut counts));
        }
        let third = (model.spreads.len() == 3).then_some(0.0);
        let subset = Subset { sums: self.axes.map(|axis| axis.sums_over(items())), counts: &counts, third };
        // A product of whole numbers below 2⁵³ is exact.
        let sheets: f64 = answered.iter().map(|&position| ways(&self.moves[position])).product();
        Some(subset.beyond(gap - TOLERANCE) / sheets)
    }

    /// Returns the numbers of sheets where a few questions are left out, which are remembered as long as there is room.
    fn remembered(&self, left_out: &[usize]) -> Arc<[f64]> {
        let Some((&last, others)) = left_out.split_last() else { return Arc::clone(&self.counts) };
        if let Some(counts) = lock(&self.remembered).get(left_out) {
            return Arc::clone(counts);
        }
        let mut counts = self.remembered(others);
        self.leave_out(others, &[last], Arc::make_mut(&mut counts));
        let mut remembered = lock(&self.remembered);
        if (remembered.len() + 1) * counts.len() <= MAX_NUMBERS {
            remembered.insert(left_out.to_vec(), Arc::clone(&counts));
        }
        counts
    }

    /// Takes more questions out of the numbers of sheets where some are left out.
    fn leave_out(&self, left_out: &[usize], more: &[usize], counts: &mut [f64]) {
        let lost: usize = left_out.iter().map(|&position| reach(&self.moves[position])).sum();
        // Sums beyond the largest that is left come up no more.
        let mut places = 1 + self.moves.iter().map(reach).sum::<usize>() - lost;
        for moves in more.iter().map(|&position| &self.moves[position]) {
            deconvolve(&mut counts[..places], moves);
            places -= reach(moves);
        }
    }
}

/// Returns a packed sum as a place in a lattice, which is far below the limit.
fn place(key: u64) -> usize {
    usize::try_from(key).unwrap_or(usize::MAX)
}

/// Returns how far a question moves a sum at most.
fn reach(moves: &Moves) -> usize {
    moves.last().map_or(0, |&(offset, _)| offset)
}

fn ways(moves: &[(usize, f64)]) -> f64 {
    moves.iter().map(|&(_, ways)| ways).sum()
}

/// Takes one question out of the numbers of sheets, from the lowest sum on: of those who come to a sum together with the
/// question's first outcome, all whom its other outcomes bring there from lower sums are taken away.
fn deconvolve(counts: &mut [f64], moves: &[(usize, f64)]) {
    let Some((&(first, ways), others)) = moves.split_first() else { return };
    let places = counts.len().saturating_sub(first);
    counts.copy_within(first.., 0);
    counts[places..].fill(0.0);
    let counts = &mut counts[..places];
    let steps: Vec<(usize, f64)> = others.iter().map(|&(offset, ways)| (offset - first, ways)).collect();
    let Some(&(step, _)) = steps.first() else { return counts.iter_mut().for_each(|count| *count /= ways) };
    let is_single = moves.iter().all(|&(_, ways)| ways <= 1.0);
    if is_single && (1..).zip(&steps).all(|(number, &(other, _))| other == number * step) {
        // A geometric series: 1 + x + … + xⁿ⁻¹ is (1 − xⁿ) / (1 − x), which is two steps instead of n − 1.
        let before = counts.to_vec();
        counts.iter_mut().skip(step).zip(&before).for_each(|(count, earlier)| *count -= earlier);
        divide(counts, &[(step * (steps.len() + 1), -1.0)], 1.0);
    } else {
        divide(counts, &steps, ways);
    }
}

/// Takes from each number, in rising order, those that stand given steps before it, as many times as said, and divides
/// the rest. Numbers closer than a far step do not depend on each other by it.
fn divide(counts: &mut [f64], steps: &[(usize, f64)], ways: f64) {
    let (near, far) = steps.split_at(steps.partition_point(|&(step, _)| step < FAR_STEP));
    let length = far.first().map_or(counts.len(), |&(step, _)| step);
    for start in (0..counts.len()).step_by(length.max(1)) {
        let (done, open) = counts.split_at_mut(start);
        let length = length.min(open.len());
        for &(step, times) in far {
            // What stands a step before may begin with the first number.
            let missing = step.saturating_sub(start).min(length);
            let earlier = &done[(start + missing).saturating_sub(step)..];
            open[missing..length].iter_mut().zip(earlier).for_each(|(count, earlier)| *count -= earlier * times);
        }
        if near.is_empty() && ways <= 1.0 {
            continue;
        }
        for place in start..start + length {
            let brought = near.iter().take_while(|&&(step, _)| step <= place);
            let count = brought.fold(counts[place], |count, &(step, times)| count - counts[place - step] * times);
            // A division takes longer than all the rest, and one way is the rule.
            counts[place] = if ways > 1.0 { count / ways } else { count };
        }
    }
}

impl Subset<'_> {
    /// Returns how many sheets lead by at least a gap, whichever role leads.
    fn beyond(&self, gap: f64) -> f64 {
        let [first, second] = &self.sums;
        let (mut behind, mut ahead, mut sheets) = (0, 0, 0.0);
        // The higher the best of the others stands, the higher the first role has to stand to lead, and may stand to be led.
        for (&sum, row) in second.iter().zip(self.counts.chunks(first.len().max(1))) {
            let (best, is_led) = match self.third {
                None => (sum, true),
                Some(third) => (sum.max(third), (sum - third).abs() >= gap),
            };
            behind += first[behind..].iter().take_while(|&&other| best - other >= gap).count();
            ahead += first[ahead..].iter().take_while(|&&other| other - best < gap).count();
            sheets += total(&row[ahead..]) + if is_led { total(&row[..behind]) } else { 0.0 };
        }
        sheets
    }
}

/// Adds whole numbers up, several at a time as their order does not matter.
fn total(counts: &[f64]) -> f64 {
    let (chunks, rest) = counts.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, count)| *sum += count);
    }
    sums.iter().chain(rest).sum()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use crate::bank::{Bank, SHIPPED};
    use crate::scoring::axis::AxisSum;
    use crate::scoring::chance::Chance;
    use crate::scoring::model::{Item, Model};

    use super::{Lattice, deconvolve};

    fn convolve(counts: &[f64], moves: &[(usize, f64)], length: usize) -> Vec<f64> {
        let mut sums = vec![0.0; length];
        for &(offset, ways) in moves {
            sums[offset..].iter_mut().zip(counts).for_each(|(sum, count)| *sum += count * ways);
        }
        sums
    }

    /// Two roles, and three with one spread, whether a subset is remembered or not.
    #[test]
    fn a_lattice_says_what_the_distribution_does() {
        for text in [SHIPPED.as_bytes(), include_bytes!("../../../tests/data/banks/three.toml")] {
            let bank = Bank::parse(text).unwrap_or_else(|error| panic!("{error}"));
            let model = Model::new(&bank);
            let lattice = Lattice::new(&model).unwrap_or_else(|| panic!("the bank has a lattice"));
            for left_out in [&[3][..], &[2, 9], &[2, 9, 17], &[1, 2, 5, 8, 13, 21, 22], &[2, 9]] {
                let items: Vec<&Item<'_>> = model.items.iter().filter(|item| !left_out.contains(&item.index)).collect();
                let answered: Vec<usize> = items.iter().map(|item| item.index).collect();
                let gaps = Chance::over(&model, &items, &AxisSum::fewest(&model));
                for probability in [0.9, 0.5, 0.2, 0.05, 0.001, 1e-9, 1e-15] {
                    let Some(gap) = gaps.threshold(probability) else { continue };
                    for gap in [gap - 1e-4, gap, gap + 1e-4] {
                        let shares = (Some(gaps.at_least(gap)), lattice.at_least(&model, &answered, gap));
                        assert_eq!(shares.0, shares.1, "{left_out:?}, {gap}");
                    }
                }
            }
        }
    }

    proptest! {
        /// Series of equal steps and outcomes that share a sum are among them.
        #[test]
        fn deconvolution_undoes_convolution(
            counts in vec(0_u32..1_000, 1..80),
            offsets in prop_oneof![
                vec((0_usize..40, 1_u32..3), 1..6),
                (0_usize..5, 1_usize..9, 1_usize..6).prop_map(|(first, step, count)| {
                    (0..count).map(|number| (first + number * step, 1)).collect()
                }),
            ],
        ) {
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            let moves: std::collections::BTreeMap<usize, f64> =
                offsets.into_iter().map(|(offset, ways)| (offset, f64::from(ways))).collect();
            let moves: Vec<(usize, f64)> = moves.into_iter().collect();
            let mut sums = convolve(&counts, &moves, counts.len() + 45);
            deconvolve(&mut sums, &moves);
            prop_assert_eq!(&sums[..counts.len()], &counts[..]);
            prop_assert!(sums[counts.len()..].iter().all(|&count| count == 0.0));
        }
    }
}
