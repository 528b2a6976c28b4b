//! Sums of points as digits of a mixed-radix number: shifted to begin at zero, divided by what they share and multiplied
//! by the place value of the digit, so that one more answer adds a fixed offset.

use super::model::{Item, Model, Outcome};
use super::num::{common_divisor, to_f64};

/// A sum of an axis: the points of one role, or how far they are ahead of those of another.
#[derive(Clone, Copy, Debug)]
pub(super) struct AxisSum {
    role: usize,
    less: Option<usize>,
}

/// One sum and the values that it takes over some questions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    sum: AxisSum,
    /// The smallest sum.
    base: i64,
    /// The common divisor of all sums.
    step: i64,
    pub(super) size: u64,
    /// Packed distance of two neighbours.
    pub(super) stride: u64,
    spread: f64,
}

impl AxisSum {
    pub(super) fn of_role(role: usize) -> Self {
        Self { role, less: None }
    }

    pub(super) fn all(model: &Model<'_>) -> Vec<Self> {
        (0..model.spreads.len()).map(Self::of_role).collect()
    }

    /// Returns the fewest sums that say who leads and how far: of two or three roles with the same spread the leads of the
    /// first two over the last, which are far fewer than the sums of all (of two roles the second lead is always zero);
    /// else the points of every role.
    pub(super) fn fewest(model: &Model<'_>) -> Vec<Self> {
        let (last, spreads) = (model.spreads.len() - 1, &model.spreads);
        if last <= 2 && spreads.iter().all(|spread| spread.to_bits() == spreads[last].to_bits()) {
            return (0..2).map(|role| Self { role, less: Some(last) }).collect();
        }
        Self::all(model)
    }

    fn of(self, outcome: &Outcome) -> i64 {
        outcome.centred[self.role] - self.less.map_or(0, |less| outcome.centred[less])
    }

    /// Returns the least that an outcome of a question adds.
    pub(super) fn lowest(self, item: &Item<'_>) -> i64 {
        item.outcomes.iter().map(|outcome| self.of(outcome)).min().unwrap_or(0)
    }

    /// Returns how much more than the least each outcome of a question adds.
    fn above(self, item: &Item<'_>) -> impl Iterator<Item = i64> {
        let lowest = self.lowest(item);
        item.outcomes.iter().map(move |outcome| self.of(outcome) - lowest)
    }
}

impl Axis {
    /// Returns the axis of a sum over some questions, with the place value of its digit.
    pub(super) fn new(model: &Model<'_>, items: &[&Item<'_>], sum: AxisSum, stride: u64) -> Self {
        let base = items.iter().map(|item| sum.lowest(item)).sum();
        let step = common_divisor(items.iter().flat_map(|item| sum.above(item)));
        let width: i64 = items.iter().filter_map(|item| sum.above(item).max()).sum();
        Self { sum, base, step, size: (width / step).unsigned_abs() + 1, stride, spread: model.spreads[sum.role] }
    }

    /// Returns by how much each outcome of a question moves the packed sum.
    pub(super) fn offsets(&self, item: &Item<'_>) -> impl Iterator<Item = u64> {
        self.sum.above(item).map(|above| (above / self.step).unsigned_abs() * self.stride)
    }

    /// Returns the sums at all places over some of the questions, in spreads.
    pub(super) fn sums_over<'i>(&self, items: impl Iterator<Item = &'i Item<'i>>) -> Vec<f64> {
        let axis = Self { base: items.map(|item| self.sum.lowest(item)).sum(), ..*self };
        (0..self.size).map(|place| axis.z(place)).collect()
    }

    /// Returns the sum at a place, in spreads.
    pub(super) fn z(&self, place: u64) -> f64 {
        to_f64(self.base + self.step * place.cast_signed()) / self.spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::tests::bank;

    /// Points 0, 2 and 4, and 0 and 6, are 0 to 5 places of two points each, from 5 below the mean.
    #[test]
    fn an_axis_holds_every_sum_once() {
        let bank = bank(&[&[&[0, 1], &[2, 0], &[4, 0]], &[&[0, 1], &[6, 0]]]);
        let model = Model::new(&bank);
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        let axis = Axis::new(&model, &items, AxisSum::of_role(0), 7);
        assert_eq!((axis.size, axis.stride), (6, 7));
        assert_eq!(axis.offsets(items[0]).collect::<Vec<_>>(), [0, 7, 14]);
        assert_eq!(axis.offsets(items[1]).collect::<Vec<_>>(), [0, 21]);
        let sigma = model.constants(0).variance.sqrt();
        for place in 0..6 {
            assert!((axis.z(place) - (2.0 * to_f64(place) - 5.0) / sigma).abs() < 1e-12);
        }
        let first = axis.sums_over(items[..1].iter().copied());
        assert!((first[0] + 2.0 / sigma).abs() < 1e-12 && first.len() == 6);
    }

    #[test]
    fn roles_with_one_spread_need_a_sum_less() {
        let bank = bank(&[&[&[1, 0], &[0, 1]], &[&[3, 0], &[0, 3]]]);
        let model = Model::new(&bank);
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        let sizes = AxisSum::fewest(&model).into_iter().map(|sum| Axis::new(&model, &items, sum, 1).size);
        assert_eq!(sizes.collect::<Vec<_>>(), [5, 1]);
    }

    #[test]
    fn three_roles_with_one_spread_need_two_sums() {
        let even: &[&[i64]] = &[&[1, 0, 0], &[0, 1, 0], &[0, 0, 1]];
        let odd: &[&[i64]] = &[&[2, 0, 0], &[0, 1, 0], &[0, 0, 1]];
        assert_eq!(AxisSum::fewest(&Model::new(&bank(&[even, even]))).len(), 2);
        assert_eq!(AxisSum::fewest(&Model::new(&bank(&[even, odd]))).len(), 3);
    }
}
