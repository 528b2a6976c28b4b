//! What the open questions can still change, and whether asking can end with the result that all of the quiz would give.

use std::fmt;

use crate::bank::{Role, Verdict};

use super::num::TOLERANCE;
use super::score::Score;
use super::verdict::Length;

/// How far every lead can still move. A skip adds nothing, which always lies between the extremes.
#[derive(Debug)]
pub struct LeadBounds {
    /// Smallest final z of the row's role less z of the column's role.
    lowest: Vec<Vec<f64>>,
    /// The smallest gap that will be a call once everything is answered, `None` if no gap is one.
    call: Option<f64>,
}

/// What the open questions cannot change any more.
#[derive(Clone, Copy, Debug)]
pub enum SettledOutcome<'m> {
    /// This role will be called.
    Call(&'m Role),
    /// It will be too close to call.
    Close,
}

impl fmt::Display for SettledOutcome<'_> {
    /// Says what the result will do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(role) => write!(f, "lean to {}", role.name),
            Self::Close => f.write_str("be too close to call"),
        }
    }
}

impl<'m> Score<'m> {
    /// Returns what is certain although scored questions are open, if the answers so far already say the same: then asking
    /// can end with the result that all of the quiz would give.
    pub fn early_stop(&self) -> Option<SettledOutcome<'m>> {
        if self.open.is_empty() {
            return None;
        }
        let bounds = LeadBounds::new(self);
        let called = bounds.called();
        if !bounds.is_settled() {
            return None;
        }
        match (called, self.decide_verdict(Length::Full)) {
            (Some(called), Verdict::Clear | Verdict::Lean) => {
                let leader = self.leader().filter(|leader| leader.index == called)?;
                Some(SettledOutcome::Call(leader.role))
            }
            (None, Verdict::Close) => Some(SettledOutcome::Close),
            _ => None,
        }
    }
}

impl LeadBounds {
    /// Returns the bounds of a score with open questions.
    pub fn new(score: &Score<'_>) -> Self {
        let roles = score.fits.len();
        let mut lowest = vec![vec![0.0; roles]; roles];
        for (a, row) in lowest.iter_mut().enumerate() {
            for (b, lowest) in row.iter_mut().enumerate() {
                let now: f64 = score.answered.iter().map(|(_, outcome)| outcome.lead(a, b)).sum();
                *lowest = now + score.open.iter().map(|item| item.range(a, b).0).sum::<f64>();
            }
        }
        let call = score.scorer.gaps(&score.unskipped()).threshold(score.bank().thresholds.close);
        Self { lowest, call }
    }

    /// Returns the smallest and largest final z of role `a` less z of role `b`, by their positions in the bank.
    pub fn range(&self, a: usize, b: usize) -> (f64, f64) {
        (self.lowest[a][b], -self.lowest[b][a])
    }

    /// Returns the role that will lead whatever is answered, by its position: the one that no rival can reach.
    pub fn leader(&self) -> Option<usize> {
        (0..self.lowest.len()).find(|&role| self.min_gap(role) > TOLERANCE)
    }

    /// Returns true if the verdict is certain: a role will lead by enough for a call, or nobody can any more.
    pub fn is_settled(&self) -> bool {
        self.called().is_some() || self.is_close()
    }

    /// Returns the role that will be called whatever is answered, by its position.
    pub fn called(&self) -> Option<usize> {
        let call = self.call?;
        (0..self.lowest.len()).find(|&role| self.min_gap(role) >= call - TOLERANCE)
    }

    /// Returns true if nobody can be called any more.
    fn is_close(&self) -> bool {
        self.call.is_none_or(|call| (0..self.lowest.len()).all(|role| self.max_gap(role) < call - TOLERANCE))
    }

    /// Returns the smallest final lead over the nearest rival.
    fn min_gap(&self, role: usize) -> f64 {
        self.rivals(role).map(|rival| self.lowest[role][rival]).fold(f64::INFINITY, f64::min)
    }

    /// Returns a bound that the final lead over the nearest rival cannot exceed.
    fn max_gap(&self, role: usize) -> f64 {
        self.rivals(role).map(|rival| -self.lowest[rival][role]).fold(f64::INFINITY, f64::min)
    }

    fn rivals(&self, role: usize) -> impl Iterator<Item = usize> {
        (0..self.lowest.len()).filter(move |&rival| rival != role)
    }
}
