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

use super::num::count_to_f64;
use super::score::Score;

/// Fewest scored answers for an error to say anything.
const MIN_ANSWERS: usize = 12;

/// Half the width of a 95 % interval of the normal distribution, in standard errors.
const HALF_WIDTH: f64 = 1.96;

/// How far a lead would move with other questions of the same kinds.
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

impl Score<'_> {
    /// Returns the standard error of the lead with what follows from it, `None` on an exact tie and where too little is
    /// answered. After a quick stop it means nothing, since asking stopped when the lead was large.
    pub fn lead_error(&self) -> Option<LeadError> {
        self.leader()?;
        if self.answered.len() < MIN_ANSWERS {
            return None;
        }
        let (first, second) = self.top_two();
        let activities = self.scorer.activities();
        let mut strata: [Vec<f64>; 3] = Default::default();
        for (item, outcome) in &self.answered {
            let stratum = match (activities.has(first, item.index), activities.has(second, item.index)) {
                (true, false) => 0,
                (false, true) => 1,
                _ => 2,
            };
            strata[stratum].push(self.model().points(outcome.lead(first, second)));
        }
        let variance: f64 = joined(strata).iter().map(|shares| stratum_variance(shares)).sum();
        Some(LeadError::new(self.lead(), variance.sqrt()))
    }
}

/// Joins strata of one answer, which have no variance, to others: one of a role to the rest, and a rest of one to the
/// larger stratum of a role, the first where both are as large.
fn joined([mut first, mut second, mut rest]: [Vec<f64>; 3]) -> [Vec<f64>; 3] {
    for stratum in [&mut first, &mut second].into_iter().filter(|stratum| stratum.len() == 1) {
        rest.append(stratum);
    }
    if rest.len() == 1 {
        let larger = if second.len() > first.len() { &mut second } else { &mut first };
        larger.append(&mut rest);
    }
    [first, second, rest]
}

/// Returns n / (n − 1) times the sum of the squared distances from the mean, 0 of nothing.
fn stratum_variance(shares: &[f64]) -> f64 {
    if shares.len() < 2 {
        return 0.0;
    }
    let count = count_to_f64(shares.len());
    let mean = shares.iter().sum::<f64>() / count;
    count / (count - 1.0) * shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>()
}
