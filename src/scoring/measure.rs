//! What one sheet says by itself: how much it likes each role's activities, and how far its lead would move.

use super::lead_error::LeadError;
use super::liking::{Liking, StepSum};
use super::score::Score;

impl Score<'_> {
    /// Returns how much the activities of a role are liked, `None` where it has none or too few of them are answered.
    pub fn liking(&self, role: usize) -> Option<Liking> {
        let activities = self.scorer.activities();
        let steps: Vec<i64> = self.steps(role).collect();
        let step_sum = StepSum { sum: steps.iter().sum(), answered: steps.len() };
        let level = activities.level(role, step_sum)?;
        let opposite = StepSum { sum: -step_sum.sum, ..step_sum };
        Some(Liking {
            mean: activities.mean(step_sum),
            liked: steps.iter().filter(|step| **step > 0).count(),
            disliked: steps.iter().filter(|step| **step < 0).count(),
            answered: steps.len(),
            of: activities.count(role),
            chance_low: activities.chance_low(step_sum),
            chance_high: activities.chance_low(opposite),
            level,
        })
    }

    /// Returns the sum of the steps of a role's answered activities.
    pub(super) fn step_sum(&self, role: usize) -> StepSum {
        StepSum::default().with(self.steps(role))
    }

    fn steps(&self, role: usize) -> impl Iterator<Item = i64> {
        let answers = self.answered.iter().map(|&(item, outcome)| (item.index, outcome));
        self.scorer.activities().steps(role, answers)
    }

    /// Returns the standard error of the lead with what follows from it, `None` on an exact tie and where too little is
    /// answered. After a quick stop it means nothing, since asking stopped when the lead was large.
    pub fn lead_error(&self) -> Option<LeadError> {
        self.leader()?;
        let answers = self.answered.iter().map(|(item, outcome)| (item.index, outcome.index));
        self.scorer.lead_error(self.top_two(), self.lead(), answers)
    }
}
