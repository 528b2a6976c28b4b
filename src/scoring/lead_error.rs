//! The standard error of a lead, from one sheet alone: the conditional standard error of measurement for randomly parallel
//! forms (Lord 1957; Brennan 1998), stratified as Feldt and Brennan (1989).
//!
//! With c the share of an answer in the lead of the first role over the second, and n answers in a stratum,
//!
//! ```text
//! SE² = Σ over strata of n / (n − 1) · Σ (c − mean of the stratum)²
//! ```
//!
//! Strata are the scale questions whose key names the first of the two roles alone, those that name the second alone, and
//! all other answers.

use super::liking::Activities;
use super::model::Model;
use super::num::to_f64;

/// Fewest scored answers for a meaningful error.
const MIN_ANSWERS: i64 = 12;

/// Half the width of a 95 % interval of the normal distribution, in standard errors.
const HALF_WIDTH: f64 = 1.96;

/// The error of a lead: its likely change with other questions of the same kinds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeadError {
    /// Standard error, in fit points.
    pub error: f64,
    /// The lead less and plus 1.96 errors.
    pub interval: (f64, f64),
    /// Probability that as many other questions of the same kinds point to the same role: Φ(lead / (error √2)).
    pub same_side: f64,
}

impl LeadError {
    /// Creates the error of a lead from the variance of its error.
    pub(crate) fn new(lead: f64, variance: f64) -> Self {
        let error = variance.sqrt();
        // Φ(x / √2) is erfc(−x / 2) / 2.
        let same_side = if error > 0.0 { libm::erfc(-lead / (2.0 * error)) / 2.0 } else { 1.0 };
        Self { error, interval: (lead - HALF_WIDTH * error, lead + HALF_WIDTH * error), same_side }
    }
}

/// The shares of all answers in the lead of one role over another, in strata.
#[derive(Debug)]
pub(super) struct LeadShares {
    /// The questions of each stratum, by rising positions.
    strata: [Vec<QuestionShares>; 3],
    /// Fit points of a unit.
    unit: f64,
}

/// The shares of the outcomes of a scored question, given by its position. Sums of whole numbers are exact in any order.
#[derive(Debug)]
struct QuestionShares {
    item: usize,
    units: Vec<i64>,
}

/// The stratum of all other answers, after those of the two roles.
const REST: usize = 2;

/// Most units of a share: with 200 questions, products of squares and numbers of answers stay below 2¹²⁰.
const MAX_SHARE: u64 = 1 << 43;

/// Fit points of a unit where the spreads of the roles differ, 2⁻³⁶. No share has more than 100 points.
const SMALL_UNIT: f64 = 1.0 / 68_719_476_736.0;

impl LeadShares {
    pub(super) fn new(model: &Model<'_>, activities: &Activities, first: usize, second: usize) -> Self {
        let (shares, unit) = whole_shares(model, first, second).unwrap_or_else(|| rounded_shares(model, first, second));
        let mut strata: [Vec<QuestionShares>; 3] = Default::default();
        for (item, units) in shares.into_iter().enumerate() {
            let stratum = match [first, second].map(|role| activities.has(role, item)) {
                [true, false] => 0,
                [false, true] => 1,
                _ => REST,
            };
            strata[stratum].push(QuestionShares { item, units });
        }
        Self { strata, unit }
    }

    /// Returns the variance of the error of a lead, given a function from the position of a scored question to its outcome;
    /// `None` if too few are answered. Where strata are joined and both roles have as many answers, the `leading` one of the
    /// two, 0 or 1, takes what is left. A lead of the second role over the first only changes the signs of shares, which no
    /// square shows. Equal variances are equal to the last bit, however the answers are spread over the strata.
    pub(super) fn variance(&self, leading: usize, outcome: impl Fn(usize) -> Option<u16>) -> Option<f64> {
        let found = self.strata.each_ref().map(|items| {
            let answers = items.iter().filter_map(|shares| Some(shares.units[usize::from(outcome(shares.item)?)]));
            answers.fold(Stratum::default(), Stratum::with)
        });
        let counts = found.map(|stratum| stratum.count);
        if counts.iter().sum::<i64>() < MIN_ANSWERS {
            return None;
        }
        let mut joined = [Stratum::default(); 3];
        found.iter().zip(homes(counts, leading)).for_each(|(stratum, home)| joined[home].add(*stratum));
        let joined = joined.iter().filter(|stratum| stratum.count > 1);
        let denominator: i64 = joined.clone().map(|stratum| stratum.count - 1).product();
        let numerator: i128 =
            joined.map(|stratum| i128::from(denominator / (stratum.count - 1)) * stratum.deviations()).sum();
        Some(to_f64(numerator) / to_f64(denominator) * (self.unit * self.unit))
    }

    /// Returns some questions in their strata, as places among those given. The first role takes what is left where both have
    /// as many.
    pub(super) fn strata(&self, questions: &(impl Iterator<Item = usize> + Clone)) -> [Vec<usize>; 3] {
        let found = self.strata.each_ref().map(|items| {
            let places =
                questions.clone().enumerate().filter(|(_, item)| items.iter().any(|shares| shares.item == *item));
            places.map(|(place, _)| place).collect::<Vec<usize>>()
        });
        let counts = found.each_ref().map(|places| i64::try_from(places.len()).unwrap_or(i64::MAX));
        let mut strata: [Vec<usize>; 3] = Default::default();
        found.iter().zip(homes(counts, 0)).for_each(|(places, home)| strata[home].extend(places));
        for places in &mut strata {
            places.sort_unstable();
        }
        strata
    }
}

/// Returns the exact shares and their unit, `None` where the roles have different spreads or the shares are too large.
fn whole_shares(model: &Model<'_>, first: usize, second: usize) -> Option<(Vec<Vec<i64>>, f64)> {
    let spread = model.spreads[first];
    if spread.to_bits() != model.spreads[second].to_bits() {
        return None;
    }
    let shares = model.items.iter().map(|item| {
        let leads = item.outcomes.iter().map(|outcome| outcome.centred[first].checked_sub(outcome.centred[second]));
        leads.map(|lead| lead.filter(|lead| lead.unsigned_abs() < MAX_SHARE)).collect()
    });
    Some((shares.collect::<Option<_>>()?, model.points(1.0 / spread)))
}

/// Returns shares rounded to small units.
fn rounded_shares(model: &Model<'_>, first: usize, second: usize) -> (Vec<Vec<i64>>, f64) {
    let shares = model.items.iter().map(|item| {
        let points = item.outcomes.iter().map(|outcome| model.points(outcome.lead(first, second)));
        points.map(small_units).collect()
    });
    (shares.collect(), SMALL_UNIT)
}

#[expect(clippy::cast_possible_truncation, reason = "far fewer than 2⁶³ units make 100 points")]
fn small_units(points: f64) -> i64 {
    (points / SMALL_UNIT).round() as i64
}

/// The number of answers of a stratum, the sum of their shares and that of the squares.
#[derive(Clone, Copy, Debug, Default)]
struct Stratum {
    count: i64,
    sum: i64,
    squares: i128,
}

impl Stratum {
    fn with(self, share: i64) -> Self {
        let square = i128::from(share) * i128::from(share);
        Self { count: self.count + 1, sum: self.sum + share, squares: self.squares + square }
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Returns n Σ (c − mean)².
    fn deviations(self) -> i128 {
        i128::from(self.count) * self.squares - i128::from(self.sum) * i128::from(self.sum)
    }
}

/// Returns the stratum that each stratum of so many answers goes to. One answer has no variance: that of a role joins the
/// rest, and a rest of one the larger stratum of a role, the leading one where both are as large.
fn homes(mut counts: [i64; 3], leading: usize) -> [usize; 3] {
    let mut homes = [0, 1, REST];
    for role in [0, 1] {
        if counts[role] == 1 {
            homes[role] = REST;
            counts[REST] += 1;
            counts[role] = 0;
        }
    }
    if counts[REST] == 1 {
        let other = 1 - leading;
        let larger = if counts[other] > counts[leading] { other } else { leading };
        homes.iter_mut().filter(|home| **home == REST).for_each(|home| *home = larger);
    }
    homes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::scorer::Scorer;
    use crate::scoring::tests::{coins, scales, sheet};

    fn lead_error(scorer: &Scorer<'_>, picks: &str) -> Option<LeadError> {
        scorer.score(&sheet(scorer.bank(), picks)).lead_error()
    }

    /// Twelve coins of 100 / 12 fit points, nine of them for one role: Σ (c − mean)² is 625, times 12 / 11.
    #[test]
    fn coins_have_a_known_error() {
        let bank = coins(&[1; 12]);
        let scorer = Scorer::new(&bank);
        let error = lead_error(&scorer, "000000000111").unwrap();
        assert!((error.error - (625.0_f64 * 12.0 / 11.0).sqrt()).abs() < 1e-9);
        assert!((error.interval.0 + 1.178_831).abs() < 1e-6 && (error.interval.1 - 101.178_831).abs() < 1e-6);
        assert!((error.same_side - 0.912_133).abs() < 1e-6, "{error:?}");
        let same = lead_error(&scorer, "111111111111").unwrap();
        assert!(same.error.abs() < 1e-9 && (same.same_side - 1.0).abs() < 1e-12, "{same:?}");
        assert_eq!(lead_error(&scorer, "00000000000-"), None, "eleven answers");
        assert_eq!(lead_error(&scorer, "000000111111"), None, "a tie");
    }

    /// Within each stratum all answers are the same, so nothing would move.
    #[test]
    fn activities_vary_within_their_role_alone() {
        let keys = [[[1, 0]; 6], [[0, 1]; 6]].concat();
        let bank = scales(&keys);
        let scorer = Scorer::new(&bank);
        assert!(lead_error(&scorer, "444444000000").is_some_and(|error| error.error.abs() < 1e-9));
        assert!(lead_error(&scorer, "444443000001").is_some_and(|error| error.error > 1.0));
    }

    #[test]
    fn a_stratum_of_one_answer_joins_another() {
        assert_eq!(homes([3, 3, 3], 0), [0, 1, REST]);
        assert_eq!(homes([1, 4, 3], 0), [REST, 1, REST]);
        assert_eq!(homes([1, 1, 0], 0), [REST; 3]);
        assert_eq!(homes([4, 2, 1], 1), [0, 1, 0], "the larger one");
        assert_eq!([0, 1].map(|leading| homes([3, 3, 1], leading)), [[0, 1, 0], [0, 1, 1]], "the leading one");
        assert_eq!(homes([1, 3, 0], 0), [1; 3], "two joins");
    }
}
