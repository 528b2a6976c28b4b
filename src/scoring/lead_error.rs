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
use super::model::{Item, Model};

/// Fewest scored answers for a meaningful error.
const MIN_ANSWERS: f64 = 12.0;

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
    fn new(lead: f64, error: f64) -> Self {
        // Φ(x / √2) is erfc(−x / 2) / 2.
        let same_side = if error > 0.0 { libm::erfc(-lead / (2.0 * error)) / 2.0 } else { 1.0 };
        Self { error, interval: (lead - HALF_WIDTH * error, lead + HALF_WIDTH * error), same_side }
    }
}

/// The shares of all answers in the lead of one role over another, and the stratum of each question.
#[derive(Debug)]
pub(super) struct LeadShares {
    /// By scored question and outcome, in fit points.
    shares: Vec<Vec<f64>>,
    strata: Vec<usize>,
}

/// The stratum of all other answers, after those of the two roles.
const REST: usize = 2;

impl LeadShares {
    pub(super) fn new(model: &Model<'_>, activities: &Activities, first: usize, second: usize) -> Self {
        let shares = |item: &Item<'_>| {
            let leads = item.outcomes.iter().map(|outcome| model.points(outcome.lead(first, second)));
            leads.collect()
        };
        let stratum = |item: &Item<'_>| match [first, second].map(|role| activities.has(role, item.index)) {
            [true, false] => 0,
            [false, true] => 1,
            _ => REST,
        };
        Self { shares: model.items.iter().map(shares).collect(), strata: model.items.iter().map(stratum).collect() }
    }

    /// Returns the standard error of the lead of some answers with what follows from it, given the positions of questions
    /// and outcomes; `None` if there are too few. Where strata are joined and both roles have as many answers, the `leading`
    /// one of the two, 0 or 1, takes what is left. A lead of the second role over the first only changes the signs of
    /// shares, which no square shows.
    pub(super) fn lead_error(
        &self,
        lead: f64,
        leading: usize,
        answers: impl Iterator<Item = (usize, usize)> + Clone,
    ) -> Option<LeadError> {
        self.error(leading, answers).map(|error| LeadError::new(lead, error))
    }

    /// Returns some questions in their strata, as places among those given. The first role takes what is left where both have
    /// as many.
    pub(super) fn strata(&self, questions: impl Iterator<Item = usize> + Clone) -> [Vec<usize>; 3] {
        let mut counts = [Stratum::default(); 3];
        questions.clone().for_each(|item| counts[self.strata[item]].add(0.0));
        let home = join(&mut counts, 0);
        let mut strata: [Vec<usize>; 3] = Default::default();
        questions.enumerate().for_each(|(place, item)| strata[home[self.strata[item]]].push(place));
        strata
    }

    fn error(&self, leading: usize, answers: impl Iterator<Item = (usize, usize)> + Clone) -> Option<f64> {
        let mut strata = [Stratum::default(); 3];
        for (item, outcome) in answers.clone() {
            strata[self.strata[item]].add(self.shares[item][outcome]);
        }
        if strata.iter().map(|stratum| stratum.count).sum::<f64>() < MIN_ANSWERS {
            return None;
        }
        let home = join(&mut strata, leading);
        let mut squares = [0.0; 3];
        for (item, outcome) in answers {
            let stratum = home[self.strata[item]];
            squares[stratum] += (self.shares[item][outcome] - strata[stratum].mean()).powi(2);
        }
        let variances = strata.iter().zip(squares).filter(|(stratum, _)| stratum.count > 1.0);
        Some(variances.map(|(stratum, squares)| stratum.count / (stratum.count - 1.0) * squares).sum::<f64>().sqrt())
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Stratum {
    count: f64,
    sum: f64,
}

impl Stratum {
    fn add(&mut self, share: f64) {
        self.count += 1.0;
        self.sum += share;
    }

    fn mean(self) -> f64 {
        self.sum / self.count
    }

    /// Returns true if it has one answer and therefore no variance.
    fn is_single(self) -> bool {
        (0.5..1.5).contains(&self.count)
    }
}

/// Joins strata of one answer to others: one of a role to the rest, and a rest of one to the larger stratum of a role, the
/// leading one where both are as large. Returns the stratum that each has gone to.
fn join(strata: &mut [Stratum; 3], leading: usize) -> [usize; 3] {
    let mut home = [0, 1, REST];
    let mut move_to = |strata: &mut [Stratum; 3], from: usize, to: usize| {
        let Stratum { count, sum } = std::mem::take(&mut strata[from]);
        strata[to] = Stratum { count: strata[to].count + count, sum: strata[to].sum + sum };
        home.iter_mut().filter(|home| **home == from).for_each(|home| *home = to);
    };
    for role in [0, 1] {
        if strata[role].is_single() {
            move_to(strata, role, REST);
        }
    }
    if strata[REST].is_single() {
        let other = 1 - leading;
        move_to(strata, REST, if strata[other].count > strata[leading].count { other } else { leading });
    }
    home
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
        let home = |counts: [f64; 3], leading| join(&mut counts.map(|count| Stratum { count, sum: 0.0 }), leading);
        assert_eq!(home([3.0, 3.0, 3.0], 0), [0, 1, REST]);
        assert_eq!(home([1.0, 4.0, 3.0], 0), [REST, 1, REST]);
        assert_eq!(home([1.0, 1.0, 0.0], 0), [REST; 3]);
        assert_eq!(home([4.0, 2.0, 1.0], 1), [0, 1, 0], "the larger one");
        assert_eq!([0, 1].map(|leading| home([3.0, 3.0, 1.0], leading)), [[0, 1, 0], [0, 1, 1]], "the leading one");
        assert_eq!(home([1.0, 3.0, 0.0], 0), [1; 3], "two joins");
    }
}
