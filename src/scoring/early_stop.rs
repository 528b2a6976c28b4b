//! What the open questions can still change.

use std::fmt;

use crate::bank::{Role, Verdict};

use super::TOLERANCE;
use super::recommendation::{Length, Recommendation};
use super::score::Score;

/// How far every lead can still move. A skip adds nothing, which always lies between the extremes.
#[derive(Debug)]
pub struct LeadBounds {
    /// Smallest final z of the row's role less z of the column's role.
    lowest: Vec<Vec<f64>>,
    /// The smallest gap that will be a call once everything is answered; nothing if no gap is one.
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
    /// What the result will do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(role) => write!(f, "lean to {}", role.name),
            Self::Close => f.write_str("be too close to call"),
        }
    }
}

impl<'m> Score<'m> {
    /// What is certain although scored questions are open, if the answers so far already say the same: then asking can
    /// end with the result that all of the quiz would give.
    #[must_use]
    pub fn early_stop(&self) -> Option<SettledOutcome<'m>> {
        if self.is_complete() {
            return None;
        }
        let prospect = LeadBounds::new(self);
        let role = prospect.called().and_then(|index| self.model.bank.roles.get(index));
        if role.is_none() && !prospect.is_close() {
            return None;
        }
        let now = Recommendation::new(self, Length::Full);
        match (role, now.verdict) {
            (Some(role), Verdict::Clear | Verdict::Lean) if now.role.is_some_and(|now| now.id == role.id) => {
                Some(SettledOutcome::Call(role))
            }
            (None, Verdict::Close) => Some(SettledOutcome::Close),
            _ => None,
        }
    }
}

impl LeadBounds {
    /// The prospect of a score with open questions.
    #[must_use]
    pub fn new(score: &Score<'_>) -> Self {
        let model = score.model;
        let roles = model.spreads.len();
        let lowest = |a: usize, b: usize| {
            let now: f64 = score.answered.iter().map(|(_, outcome)| outcome.lead(a, b)).sum();
            now + score.open.iter().map(|item| item.range(a, b).0).sum::<f64>()
        };
        let lowest = (0..roles).map(|a| (0..roles).map(|b| lowest(a, b)).collect()).collect();
        let call = model.gaps(&score.unskipped()).threshold(model.bank.thresholds.close);
        Self { lowest, call }
    }

    /// Smallest and largest final z of role `a` less z of role `b`, by their positions in the bank.
    ///
    /// # Panics
    ///
    /// When the bank has no such roles.
    #[must_use]
    pub fn range(&self, a: usize, b: usize) -> (f64, f64) {
        (self.lowest[a][b], -self.lowest[b][a])
    }

    /// The role that will lead whatever is answered, by its position: the one that no rival can reach.
    #[must_use]
    pub fn leader(&self) -> Option<usize> {
        (0..self.lowest.len()).find(|&role| self.least_gap(role) > TOLERANCE)
    }

    /// Whether the verdict is certain: a role will lead by enough for a call, or nobody can any more.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.called().is_some() || self.is_close()
    }

    /// The role that will be called whatever is answered, by its position.
    #[must_use]
    pub fn called(&self) -> Option<usize> {
        let call = self.call?;
        (0..self.lowest.len()).find(|&role| self.least_gap(role) >= call - TOLERANCE)
    }

    /// Whether nobody can be called any more.
    #[must_use]
    pub(crate) fn is_close(&self) -> bool {
        self.call.is_none_or(|call| (0..self.lowest.len()).all(|role| self.largest_gap(role) < call - TOLERANCE))
    }

    /// Smallest final lead over the nearest rival.
    fn least_gap(&self, role: usize) -> f64 {
        self.rivals(role).map(|rival| self.lowest[role][rival]).fold(f64::INFINITY, f64::min)
    }

    /// A bound that the final lead over the nearest rival cannot exceed.
    fn largest_gap(&self, role: usize) -> f64 {
        self.rivals(role).map(|rival| -self.lowest[rival][role]).fold(f64::INFINITY, f64::min)
    }

    fn rivals(&self, role: usize) -> impl Iterator<Item = usize> {
        (0..self.lowest.len()).filter(move |&rival| rival != role)
    }
}
