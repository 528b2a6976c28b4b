//! The constants of a bank: centred points, spread and reach of every role.
//!
//! For question q with n outcomes and role r, mu is the mean and v the variance of the points x over the outcomes. With
//! L the least common multiple of all n, `centred` holds the whole numbers L (x − mu), divided for each role by what they
//! all share, so that a bank whose points are all doubled gives the same numbers. Sums stay whole until the one division
//! by L sigma, where sigma² is the sum of v over the questions.

use std::cmp::Reverse;

use crate::bank::{Answer, Bank, Question, gcd, lcm};

use super::num::{TOLERANCE, common_divisor, count_to_f64, narrow, to_f64};

/// The constants of a bank.
#[derive(Debug)]
pub struct Model<'b> {
    pub(super) bank: &'b Bank,
    pub(super) items: Vec<Item<'b>>,
    /// L sigma of each role, in the units of the centred points.
    pub(super) spreads: Vec<f64>,
    /// Z: the farthest that any role can get from chance, in its own spreads.
    reach: f64,
}

/// A scored question with its outcomes.
#[derive(Debug)]
pub(super) struct Item<'b> {
    pub(super) index: usize,
    pub(super) question: &'b Question,
    pub(super) outcomes: Vec<Outcome>,
}

/// One way to answer a question, with one number a role in each list.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// Position among the outcomes of its question.
    pub(super) index: usize,
    pub(super) answer: Answer,
    pub(super) points: Vec<i64>,
    /// Centred points.
    pub(super) centred: Vec<i64>,
    /// The same in spreads: its share of z.
    pub(super) z: Vec<f64>,
}

/// The constants of one role under random answering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// Variance of the raw points, sigma².
    pub variance: f64,
    /// Largest attainable distance from the mean, in sigmas.
    pub highest: f64,
    pub lowest: f64,
}

impl<'b> Model<'b> {
    pub fn new(bank: &'b Bank) -> Self {
        let scored = bank.questions.iter().filter(|question| question.is_scored());
        let mut items: Vec<Item<'b>> =
            scored.enumerate().map(|(index, question)| Item::new(index, question, bank.roles.len())).collect();
        let multiple = items.iter().map(Item::count).fold(1, lcm);
        for item in &mut items {
            item.centre(multiple);
        }
        let spreads: Vec<f64> = (0..bank.roles.len()).map(|role| spread(&mut items, role)).collect();
        for outcome in items.iter_mut().flat_map(|item| &mut item.outcomes) {
            outcome.z =
                outcome.centred.iter().zip(&spreads).map(|(&centred, spread)| to_f64(centred) / spread).collect();
        }
        let mut model = Self { bank, items, spreads, reach: 0.0 };
        let farthest = (0..bank.roles.len()).map(|role| model.extremes(role)).map(|(low, high)| high.max(-low));
        model.reach = farthest.fold(0.0, f64::max);
        model
    }

    pub fn bank(&self) -> &'b Bank {
        self.bank
    }

    /// Returns Z, the reach of the role that can get farthest from chance, in spreads: its fit can be 100 (or 0).
    pub fn reach(&self) -> f64 {
        self.reach
    }

    /// Returns the fit points of a distance in spreads, 50 z / Z: of a z how far its fit is from 50, of two the lead
    /// between them.
    pub(super) fn points(&self, z: f64) -> f64 {
        50.0 * z / self.reach
    }

    /// Returns what random answering does to one role, by its position in the bank.
    pub fn constants(&self, role: usize) -> Constants {
        let variance = self.items.iter().map(|item| {
            let points = || item.outcomes.iter().map(|outcome| i128::from(outcome.points[role]));
            let (count, sum, squares) = (item.count(), points().sum::<i128>(), points().map(|x| x * x).sum::<i128>());
            to_f64(count * squares - sum * sum) / (to_f64(count) * to_f64(count))
        });
        let (lowest, highest) = self.extremes(role);
        Constants { variance: variance.sum(), highest, lowest }
    }

    /// Returns the share of the chance variance of the lead of role `a` over role `b` that each scored question carries,
    /// in bank order; all zero where the two always get the same.
    pub fn shares(&self, a: usize, b: usize) -> Vec<f64> {
        let variances: Vec<f64> = self.items.iter().map(|item| item.variance(a, b)).collect();
        let total: f64 = variances.iter().sum();
        variances.into_iter().map(|variance| if total > 0.0 { variance / total } else { 0.0 }).collect()
    }

    /// Returns the largest share that each scored question has of the chance variance of any lead, in bank order.
    pub(super) fn weights(&self) -> Vec<f64> {
        let mut weights = vec![0.0; self.items.len()];
        for (a, b) in self.pairs() {
            weights.iter_mut().zip(self.shares(a, b)).for_each(|(weight, share)| *weight = f64::max(*weight, share));
        }
        weights
    }

    /// Returns the scored questions, those in front that carry most of the chance variance of all leads together; equal
    /// ones in bank order. In this order the end is known earliest.
    pub fn by_weight(&self) -> Vec<&'b Question> {
        self.items_by_weight().into_iter().map(|item| item.question).collect()
    }

    /// Returns the same with their outcomes.
    pub(super) fn items_by_weight(&self) -> Vec<&Item<'b>> {
        let mut items: Vec<&Item<'b>> = self.items.iter().collect();
        items.sort_by_cached_key(|item| {
            let weight: f64 = self.pairs().map(|(a, b)| item.variance(a, b)).sum();
            // Equal weights can differ in their last bits; differences that small must not decide the order.
            Reverse((weight / TOLERANCE).round().to_bits())
        });
        items
    }

    pub fn questions(&self) -> impl ExactSizeIterator<Item = &'b Question> {
        self.items.iter().map(|item| item.question)
    }

    /// Returns the fit points that each outcome of each scored question gives each role.
    pub(crate) fn contributions(&self) -> impl Iterator<Item = Vec<Vec<f64>>> {
        let points = |outcome: &Outcome| outcome.z.iter().map(|&z| self.points(z)).collect();
        self.items.iter().map(move |item| item.outcomes.iter().map(points).collect())
    }

    /// Returns every two roles, the one that comes first in the bank in front.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let roles = self.spreads.len();
        (0..roles).flat_map(move |a| (a + 1..roles).map(move |b| (a, b)))
    }

    /// Returns the smallest and largest attainable z of a role.
    fn extremes(&self, role: usize) -> (f64, f64) {
        let (mut lowest, mut highest) = (0, 0);
        for item in &self.items {
            lowest += item.outcomes.iter().map(|outcome| outcome.centred[role]).min().unwrap_or(0);
            highest += item.outcomes.iter().map(|outcome| outcome.centred[role]).max().unwrap_or(0);
        }
        (to_f64(lowest) / self.spreads[role], to_f64(highest) / self.spreads[role])
    }
}

impl<'b> Item<'b> {
    fn new(index: usize, question: &'b Question, roles: usize) -> Self {
        let outcome = |(index, answer): (usize, Answer)| {
            let points: Vec<i64> = (0..roles).map(|role| question.points(&answer, role)).collect();
            Outcome { index, answer, points, centred: Vec::new(), z: Vec::new() }
        };
        Self { index, question, outcomes: question.outcomes().into_iter().enumerate().map(outcome).collect() }
    }

    pub(super) fn topic(&self) -> Option<&'b str> {
        self.question.topic.as_deref()
    }

    fn count(&self) -> i128 {
        self.outcomes.len() as i128
    }

    /// Turns raw points x into L x − L / n times their sum, which is L (x − mu).
    fn centre(&mut self, multiple: i128) {
        let mut sums = vec![0; self.outcomes.first().map_or(0, |outcome| outcome.points.len())];
        for outcome in &self.outcomes {
            sums.iter_mut().zip(&outcome.points).for_each(|(sum, points)| *sum += i128::from(*points));
        }
        let weight = multiple / self.count();
        for outcome in &mut self.outcomes {
            let points = outcome.points.iter().zip(&sums);
            outcome.centred = points.map(|(&x, sum)| narrow(multiple * i128::from(x) - weight * sum)).collect();
        }
    }

    /// Returns true if the question says anything about a role.
    pub(super) fn concerns(&self, role: usize) -> bool {
        self.outcomes.iter().any(|outcome| outcome.centred[role] != 0)
    }

    /// Returns the smallest and largest share that its outcomes have of z of role `a` less z of role `b`.
    pub(super) fn range(&self, a: usize, b: usize) -> (f64, f64) {
        let leads = self.outcomes.iter().map(|outcome| outcome.lead(a, b));
        leads.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), lead| (low.min(lead), high.max(lead)))
    }

    /// Returns the chance variance of that share; its mean is zero because the points are centred.
    pub(super) fn variance(&self, a: usize, b: usize) -> f64 {
        let squares = self.outcomes.iter().map(|outcome| outcome.lead(a, b)).map(|lead| lead * lead);
        squares.sum::<f64>() / count_to_f64(self.outcomes.len())
    }
}

impl Outcome {
    /// Returns its share of z of role `a` less that of role `b`.
    pub(super) fn lead(&self, a: usize, b: usize) -> f64 {
        self.z[a] - self.z[b]
    }
}

/// Takes the common divisor g out of a role's centred points y and returns L sigma / g, which is what they are measured in
/// from then on. (L sigma)² is the sum of Σ y² / n over the questions, whole numbers all; reducing it by g² leaves the
/// same fraction whatever the points were multiplied by. Squares need 128 bits, which the bank's limit on L keeps them in.
fn spread(items: &mut [Item<'_>], role: usize) -> f64 {
    let divisor = common_divisor(items.iter().flat_map(|item| &item.outcomes).map(|outcome| outcome.centred[role]));
    let mut squares = 0;
    for item in items {
        squares +=
            item.outcomes.iter().map(|outcome| i128::from(outcome.centred[role]).pow(2)).sum::<i128>() / item.count();
        item.outcomes.iter_mut().for_each(|outcome| outcome.centred[role] /= divisor);
    }
    let unit = i128::from(divisor).pow(2);
    let shared = gcd(squares, unit).max(1);
    (to_f64(squares / shared) / to_f64(unit / shared)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::tests::{bank, coins};

    /// Two outcomes of 3 and 0 points have mean 1.5, variance 2.25; three of 0, 0 and 3 have mean 1, variance 2.
    #[test]
    fn constants_are_those_of_the_points() {
        let bank = bank(&[&[&[3, 0], &[0, 1]], &[&[0, 0], &[0, 1], &[3, 0]]]);
        let constants = Model::new(&bank).constants(0);
        assert!((constants.variance - 4.25).abs() < 1e-12);
        assert!((constants.highest - 3.5 / 4.25_f64.sqrt()).abs() < 1e-12);
        assert!((constants.lowest + 2.5 / 4.25_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn doubled_points_change_no_bit() {
        let (one, two) = (coins(&[1, 2, 5]), coins(&[2, 4, 10]));
        let (one, two) = (Model::new(&one), Model::new(&two));
        let z = |model: &Model<'_>| model.items.iter().map(|item| item.outcomes[0].z[0].to_bits()).collect::<Vec<_>>();
        assert_eq!(z(&one), z(&two));
        assert_eq!(one.reach().to_bits(), two.reach().to_bits());
    }

    #[test]
    fn weights_are_shares_of_variance_and_make_the_order() {
        let bank = coins(&[1, 3, 1]);
        let model = Model::new(&bank);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(model.shares(0, 1).into_iter().zip([1.0, 9.0, 1.0]).all(|(share, square)| near(share, square / 11.0)));
        assert_eq!(model.by_weight().iter().map(|question| question.index).collect::<Vec<_>>(), [1, 0, 2]);
    }
}
