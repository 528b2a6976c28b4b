//! Measures of one sheet: the liking of each role's activities, and the standard error of the lead.

use super::lead_error::LeadError;
use super::liking::{Liking, StepSum};
use super::score::Score;

/// Counts of answers to some activities, by their side of the middle of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivityCounts {
    pub liked: usize,
    pub disliked: usize,
    pub answered: usize,
    pub of: usize,
}

impl ActivityCounts {
    fn new(steps: &[i64], of: usize) -> Self {
        let count = |sign: i64| steps.iter().filter(|step| step.signum() == sign).count();
        Self { liked: count(1), disliked: count(-1), answered: steps.len(), of }
    }
}

impl Score<'_> {
    /// Returns how much the activities of a role are liked, `None` where it has none or too few of them are answered.
    pub fn liking(&self, role: usize) -> Option<Liking> {
        let (activities, step_sum) = (self.scorer.activities(), self.step_sum(role));
        let level = activities.level(role, step_sum)?;
        let ActivityCounts { liked, disliked, answered, of } = self.activity_counts(role);
        let opposite = StepSum { sum: -step_sum.sum, ..step_sum };
        Some(Liking {
            mean: activities.mean(step_sum),
            liked,
            disliked,
            answered,
            of,
            chance_low: activities.chance_low(step_sum),
            chance_high: activities.chance_low(opposite),
            level,
        })
    }

    /// Returns the number of liked and disliked activities of a role, however few are answered.
    pub fn activity_counts(&self, role: usize) -> ActivityCounts {
        ActivityCounts::new(&self.steps(role).collect::<Vec<_>>(), self.scorer.activities().count(role))
    }

    /// Returns the counts for the activities of all roles together, each counted once, ignoring the signs of its keys.
    pub fn all_activity_counts(&self) -> ActivityCounts {
        let (activities, items) = (self.scorer.activities(), &self.model().items);
        let steps = self.answered.iter().filter_map(|(item, outcome)| activities.step(item.index, outcome.index));
        let of = items.iter().filter(|item| activities.step(item.index, 0).is_some()).count();
        ActivityCounts::new(&steps.collect::<Vec<_>>(), of)
    }

    /// Returns the sum of the steps of a role's answered activities.
    pub(super) fn step_sum(&self, role: usize) -> StepSum {
        StepSum::default().with(self.steps(role))
    }

    fn steps(&self, role: usize) -> impl Iterator<Item = i64> {
        let answers = self.answered.iter().map(|&(item, outcome)| (item.index, outcome));
        self.scorer.activities().steps(role, answers)
    }

    /// Returns the error of the lead, `None` on an exact tie or if too little is answered. After a quick stop it has no
    /// meaning, since asking stopped because the lead was large.
    pub fn lead_error(&self) -> Option<LeadError> {
        self.leader()?;
        let mut outcomes = vec![None; self.model().items.len()];
        for (item, outcome) in &self.answered {
            outcomes[item.index] = u16::try_from(outcome.index).ok();
        }
        let variance = self.scorer.error_variance(self.top_two(), |item| outcomes[item])?;
        Some(LeadError::new(self.lead(), variance))
    }
}
