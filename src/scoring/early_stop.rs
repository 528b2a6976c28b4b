//! What the open questions can still change, and whether asking can end with the result that all of the quiz would give.

use std::fmt;

use crate::bank::{Role, Verdict};

use super::neither::NeitherOutlook;
use super::num::TOLERANCE;
use super::score::Score;
use super::verdict::Length;

/// The bounds of every lead. A skip adds zero, which always lies between the extremes.
#[derive(Debug)]
pub struct LeadBounds {
    /// Smallest final z of the row's role less z of the column's role.
    lowest: Vec<Vec<f64>>,
    /// The smallest gap that will be a call once everything is answered, `None` if no gap is one.
    call: Option<f64>,
}

/// An outcome that the open questions cannot change any more.
#[derive(Clone, Copy, Debug)]
pub enum SettledOutcome<'m> {
    /// This role will be called.
    Call(&'m Role),
    /// It will be too close to call.
    Close,
    /// Nobody will be recommended, as the activities of every role are disliked.
    Neither,
}

impl fmt::Display for SettledOutcome<'_> {
    /// Says what the result will do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(role) => write!(f, "lean to {}", role.name),
            Self::Close => f.write_str("be too close to call"),
            Self::Neither => f.write_str("recommend no role"),
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
        if !self.is_settled(&bounds) {
            return None;
        }
        match (bounds.called(), self.decide_verdict(Length::Full)) {
            (_, Verdict::Neither) => Some(SettledOutcome::Neither),
            (Some(called), Verdict::Clear | Verdict::Lean) => {
                let leader = self.leader().filter(|leader| leader.index == called)?;
                Some(SettledOutcome::Call(leader.role))
            }
            (None, Verdict::Close) => Some(SettledOutcome::Close),
            _ => None,
        }
    }

    /// Returns true if the open questions, within these bounds, cannot change the verdict any more.
    pub(super) fn is_settled(&self, bounds: &LeadBounds) -> bool {
        match self.neither_outlook() {
            NeitherOutlook::Certain => true,
            NeitherOutlook::Open => false,
            NeitherOutlook::Impossible => bounds.is_settled(),
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

    /// Returns true if the lead is certain: a role will lead by enough for a call, or nobody can any more.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::scorer::Scorer;
    use crate::scoring::tests::{coins, scales, sheet};

    /// A coin moves the lead by its weight either way; sigma of a role is half the root of the sum of their squares.
    #[test]
    fn a_lead_can_move_by_what_is_open() {
        let bank = coins(&[1, 2, 3]);
        let scorer = Scorer::new(&bank);
        let unit = 2.0 / 14.0_f64.sqrt();
        for (picks, low, high) in [("00x", 0.0, 6.0), ("0x0", 2.0, 6.0), ("0-x", -2.0, 4.0), ("xxx", -6.0, 6.0)] {
            let bounds = LeadBounds::new(&scorer.score(&sheet(&bank, picks)));
            let (lowest, highest) = bounds.range(0, 1);
            assert!((lowest - low * unit).abs() < 1e-12 && (highest - high * unit).abs() < 1e-12, "{picks}");
        }
    }

    /// Of the 32 sheets of these coins four lead by 15 or 17, and no other by more than 9: these are the calls at 0.20.
    #[test]
    fn it_stops_when_nothing_open_can_matter() {
        let bank = coins(&[4, 4, 4, 4, 1]);
        let scorer = Scorer::new(&bank);
        let stop = |picks: &str| scorer.score(&sheet(&bank, picks)).early_stop().map(|settled| settled.to_string());
        assert_eq!(stop("0000x").as_deref(), Some("lean to Role 0"));
        assert_eq!(stop("000x0"), None, "a heavy question is open");
        assert_eq!(stop("01xx0").as_deref(), Some("be too close to call"));
        assert_eq!(stop("01-xx"), None, "too little is answered to say the same now");
        assert_eq!(stop("01100"), None, "nothing is open");
    }

    /// Of four activities of both roles the last is open: −5 becomes −3 at the most, which is low, and −4 can become −2,
    /// which is not, though nobody can be called however it is answered.
    #[test]
    fn nothing_is_settled_while_it_could_be_neither() {
        let bank = scales(&[[2, 1], [1, 2], [1, 2], [2, 1]]);
        let scorer = Scorer::new(&bank);
        let settled = |picks: &str| {
            let recommendation = scorer.recommend(&sheet(&bank, picks));
            (recommendation.settled, scorer.score(&sheet(&bank, picks)).early_stop().map(|settled| settled.to_string()))
        };
        assert_eq!(settled("001x"), (true, Some("recommend no role".to_owned())));
        assert_eq!(settled("002x"), (false, None));
        assert_eq!(settled("222x"), (true, Some("be too close to call".to_owned())));
    }
}
