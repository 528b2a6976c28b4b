//! The constants of a bank: centred points, spread and reach of every role.
//!
//! For question q with n outcomes and role r, mu is the mean and v the variance of the points x over the outcomes. With
//! L the least common multiple of all n, `centred` holds the whole numbers L (x − mu), divided for each role by what they
//! all share, so that a bank whose points are all doubled gives the same numbers. Sums stay whole until the one division
//! by L sigma, where sigma² is the sum of v over the questions.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::OnceLock;

use crate::bank::{Answer, Bank, Question, gcd, lcm};

use super::TOLERANCE;
use super::chance::{Chance, Gaps, Subsets};

/// What a bank means for scoring, computed once.
#[derive(Debug)]
pub struct Model<'b> {
    pub(super) bank: &'b Bank,
    pub(super) items: Vec<Item<'b>>,
    /// L sigma of each role, in the units of the centred points.
    pub(super) spreads: Vec<f64>,
    /// Z: the farthest that any role can get from chance, in its own spreads.
    pub(super) reach: f64,
    /// The distribution of chance over all questions, once somebody has asked for it.
    chance: OnceLock<Chance>,
    /// How chance is worked out over some of the questions, once somebody has skipped one.
    subsets: OnceLock<Subsets>,
}

/// A scored question with its outcomes.
#[derive(Debug)]
pub(super) struct Item<'b> {
    /// Position among the scored questions.
    pub(super) index: usize,
    pub(super) question: &'b Question,
    pub(super) outcomes: Vec<Outcome>,
}

/// One way to answer a question.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) answer: Answer,
    /// Centred points of each role.
    pub(super) centred: Vec<i128>,
    /// The same in spreads: its share of z of each role.
    pub(super) z: Vec<f64>,
}

/// What the bank says about one role under random answering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// Variance of the raw points, sigma².
    pub variance: f64,
    /// Largest attainable distance from the mean, in sigmas.
    pub highest: f64,
    /// Smallest one.
    pub lowest: f64,
}

impl<'b> Model<'b> {
    /// Works out the constants of a bank.
    #[must_use]
    pub fn new(bank: &'b Bank) -> Self {
        let scored = bank.questions.iter().filter(|question| question.is_scored());
        let item = |(index, question)| Item { index, question, outcomes: raw(question, bank) };
        let mut items: Vec<Item<'b>> = scored.enumerate().map(item).collect();
        let multiple = items.iter().map(count).fold(1, lcm);
        for item in &mut items {
            centre(item, multiple);
        }
        let spreads: Vec<f64> = (0..bank.roles.len()).map(|role| spread(&mut items, role)).collect();
        for outcome in items.iter_mut().flat_map(|item| &mut item.outcomes) {
            outcome.z =
                outcome.centred.iter().zip(&spreads).map(|(&centred, spread)| to_f64(centred) / spread).collect();
        }
        let mut model = Self { bank, items, spreads, reach: 0.0, chance: OnceLock::new(), subsets: OnceLock::new() };
        let farthest = (0..bank.roles.len()).map(|role| model.extremes(role)).map(|(low, high)| high.max(-low));
        model.reach = farthest.fold(0.0, f64::max);
        model
    }

    /// The bank.
    #[must_use]
    pub fn bank(&self) -> &'b Bank {
        self.bank
    }

    /// Returns the distribution of chance over all of the questions, which is worked out once.
    pub(super) fn chance(&self) -> &Chance {
        self.chance.get_or_init(|| Chance::of_bank(self))
    }

    /// Returns how far random answers to some of the questions lead.
    pub(super) fn gaps(&self, items: &[&Item<'_>]) -> Cow<'_, Gaps> {
        if items.len() < self.items.len() {
            return Cow::Owned(Gaps::new(self, items));
        }
        Cow::Borrowed(self.chance().gaps())
    }

    /// Returns how chance is worked out over some of the questions.
    pub(super) fn subsets(&self) -> &Subsets {
        self.subsets.get_or_init(|| Subsets::new(self))
    }

    /// Returns the probability that random answers to the same questions lead by as much as a score, whichever role leads,
    /// where [`Gaps`] do not say it sooner.
    pub(super) fn at_least(&self, items: &[&Item<'_>], gap: f64) -> Option<f64> {
        if items.len() == self.items.len() {
            return None;
        }
        self.subsets().at_least(self, &items.iter().map(|item| item.index).collect::<Vec<_>>(), gap)
    }

    /// Z, the reach of the role that can get farthest from chance, in spreads: its fit can be 100 (or 0).
    #[must_use]
    pub fn reach(&self) -> f64 {
        self.reach
    }

    /// Fit points of a distance in spreads, 50 z / Z: of a z how far its fit is from 50, of two the lead between them.
    pub(super) fn points(&self, z: f64) -> f64 {
        50.0 * z / self.reach
    }

    /// What random answering does to one role, by its position in the bank.
    ///
    /// # Panics
    ///
    /// When the bank has no such role.
    #[must_use]
    pub fn constants(&self, role: usize) -> Constants {
        let variance = self.items.iter().map(|item| {
            let points: Vec<i64> =
                item.outcomes.iter().map(|outcome| item.question.points(&outcome.answer, role)).collect();
            let (sum, squares) =
                points.iter().fold((0, 0), |(sum, squares), &x| (sum + i128::from(x), squares + i128::from(x).pow(2)));
            to_f64(count(item) * squares - sum * sum) / (to_f64(count(item)) * to_f64(count(item)))
        });
        let (lowest, highest) = self.extremes(role);
        Constants { variance: variance.sum(), highest, lowest }
    }

    /// Share of the chance variance of the lead of role `a` over role `b` that each scored question carries, in bank
    /// order; all zero where the two always get the same.
    ///
    /// # Panics
    ///
    /// When the bank has no such roles.
    #[must_use]
    pub fn shares(&self, a: usize, b: usize) -> Vec<f64> {
        let variances: Vec<f64> = self.items.iter().map(|item| item.variance(a, b)).collect();
        let total: f64 = variances.iter().sum();
        variances.into_iter().map(|variance| if total > 0.0 { variance / total } else { 0.0 }).collect()
    }

    /// The largest share that each scored question has of the chance variance of any lead, in bank order.
    pub(super) fn weights(&self) -> Vec<f64> {
        let mut weights = vec![0.0; self.items.len()];
        for (a, b) in self.pairs() {
            let larger = weights.iter().zip(self.shares(a, b)).map(|(weight, share)| f64::max(*weight, share));
            weights = larger.collect();
        }
        weights
    }

    /// The scored questions, those in front that carry most of the chance variance of all leads together; equal ones in
    /// bank order. In this order the end is known earliest.
    #[must_use]
    pub fn by_weight(&self) -> Vec<&'b Question> {
        let weight = |item: &Item<'_>| self.pairs().map(|(a, b)| item.variance(a, b)).sum::<f64>();
        let mut weighed: Vec<(f64, &'b Question)> =
            self.items.iter().map(|item| (weight(item), item.question)).collect();
        // Equal weights can differ in their last bits; differences that small must not decide the order.
        weighed.sort_by_cached_key(|&(weight, _)| Reverse((weight / TOLERANCE).round().to_bits()));
        weighed.into_iter().map(|(_, question)| question).collect()
    }

    /// The scored questions, in bank order.
    #[must_use]
    pub fn questions(&self) -> impl ExactSizeIterator<Item = &'b Question> {
        self.items.iter().map(|item| item.question)
    }

    /// Every two roles, the one that comes first in the bank in front.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let roles = self.spreads.len();
        (0..roles).flat_map(move |a| (a + 1..roles).map(move |b| (a, b)))
    }

    /// Smallest and largest attainable z of a role.
    fn extremes(&self, role: usize) -> (f64, f64) {
        let end = |pick: fn(i128, i128) -> i128| {
            let ends = self.items.iter().filter_map(|item| item.outcomes.iter().map(|o| o.centred[role]).reduce(pick));
            to_f64(ends.sum()) / self.spreads[role]
        };
        (end(i128::min), end(i128::max))
    }
}

impl Item<'_> {
    /// Smallest and largest share that its outcomes have of z of role `a` less z of role `b`.
    pub(super) fn range(&self, a: usize, b: usize) -> (f64, f64) {
        let leads = self.outcomes.iter().map(|outcome| outcome.lead(a, b));
        leads.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), lead| (low.min(lead), high.max(lead)))
    }

    /// Chance variance of that share; its mean is zero because the points are centred.
    pub(super) fn variance(&self, a: usize, b: usize) -> f64 {
        let squares = self.outcomes.iter().map(|outcome| outcome.lead(a, b)).map(|lead| lead * lead);
        squares.sum::<f64>() / to_f64(count(self))
    }
}

impl Outcome {
    /// Its share of z of role `a` less that of role `b`.
    pub(super) fn lead(&self, a: usize, b: usize) -> f64 {
        self.z[a] - self.z[b]
    }
}

/// Every outcome of a question with its raw points.
fn raw(question: &Question, bank: &Bank) -> Vec<Outcome> {
    let points =
        |answer: &Answer| (0..bank.roles.len()).map(|role| i128::from(question.points(answer, role))).collect();
    question.outcomes().into_iter().map(|answer| Outcome { centred: points(&answer), z: Vec::new(), answer }).collect()
}

/// Turns raw points x into L x − L / n times their sum, which is L (x − mu).
fn centre(item: &mut Item<'_>, multiple: i128) {
    let count = count(item);
    let roles = item.outcomes.first().map_or(0, |outcome| outcome.centred.len());
    for role in 0..roles {
        let sum: i128 = item.outcomes.iter().map(|outcome| outcome.centred[role]).sum();
        for outcome in &mut item.outcomes {
            outcome.centred[role] = multiple * outcome.centred[role] - multiple / count * sum;
        }
    }
}

/// Takes the common divisor g out of a role's centred points y and gives L sigma / g, which is what they are measured in
/// from then on. (L sigma)² is the sum of Σ y² / n over the questions, whole numbers all; reducing it by g² leaves the
/// same fraction whatever the points were multiplied by. The bank's limit on L keeps Σ y² inside 128 bits.
fn spread(items: &mut [Item<'_>], role: usize) -> f64 {
    let of_role = |item: &Item<'_>| item.outcomes.iter().map(|outcome| outcome.centred[role]).collect::<Vec<_>>();
    let divisor = items.iter().flat_map(of_role).fold(0, gcd).max(1);
    let squares: i128 = items.iter().map(|item| of_role(item).iter().map(|y| y * y).sum::<i128>() / count(item)).sum();
    for outcome in items.iter_mut().flat_map(|item| &mut item.outcomes) {
        outcome.centred[role] /= divisor;
    }
    let shared = gcd(squares, divisor * divisor).max(1);
    (to_f64(squares / shared) / to_f64(divisor * divisor / shared)).sqrt()
}

/// Number of outcomes, at least one.
fn count(item: &Item<'_>) -> i128 {
    i128::try_from(item.outcomes.len()).unwrap_or(1).max(1)
}

/// A whole number as a float: exact below 2⁵³, correctly rounded above.
#[expect(clippy::cast_precision_loss, reason = "the one place where sums stop being whole; the rounding is stated")]
pub(super) fn to_f64(number: i128) -> f64 {
    // The same for both, and much faster for what fits.
    i64::try_from(number).map_or_else(|_| number as f64, |number| number as f64)
}
