//! `neither`: nobody is recommended who dislikes the activities of every role, whatever the choices say.

use std::collections::BTreeMap;

use super::liking::{Activities, Level, StepSum};
use super::model::Item;
use super::score::Score;

/// Most sums of roles with shared activities to follow at once.
const MAX_SUMS: usize = 1 << 14;

/// What open activities can still do to `neither`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NeitherOutlook {
    /// They make it certain.
    Certain,
    /// They leave it open.
    Open,
    /// They rule it out.
    Impossible,
}

/// The probability of `neither`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeitherChance {
    /// No more than it is.
    pub lower: f64,
    /// No less than it is, and the same where it is exact.
    pub upper: f64,
}

impl NeitherChance {
    /// Returns the probability, `None` where only its bounds are known.
    pub fn exact(self) -> Option<f64> {
        (self.lower.to_bits() == self.upper.to_bits()).then_some(self.lower)
    }
}

impl Score<'_> {
    /// Returns true if every role has a level and all are low.
    pub(super) fn is_neither(&self) -> bool {
        let activities = self.scorer.activities();
        (0..self.fits.len()).all(|role| activities.level(role, self.step_sum(role)) == Some(Level::Low))
    }

    /// Returns what the open questions can still do to `neither`, each of them answered or skipped.
    pub(super) fn neither_outlook(&self) -> NeitherOutlook {
        let (mut all_can_be_low, mut all_stay_low) = (true, true);
        for role in 0..self.fits.len() {
            let (can_be_low, can_be_other) = self.low_outlook(role);
            all_can_be_low &= can_be_low;
            all_stay_low &= !can_be_other;
        }
        match (all_can_be_low, all_stay_low) {
            (false, _) => NeitherOutlook::Impossible,
            (true, true) => NeitherOutlook::Certain,
            (true, false) => NeitherOutlook::Open,
        }
    }

    /// Returns whether a role's level can be low in the end, and whether it can be anything else: with so many more answers
    /// the lowest sum is the most likely to be low, and the highest the least.
    fn low_outlook(&self, role: usize) -> (bool, bool) {
        let (activities, now) = (self.scorer.activities(), self.step_sum(role));
        let open = self.open.iter().filter(|item| activities.has(role, item.index)).count();
        let is_low = |steps: i64, more: usize| {
            let step_sum = StepSum { sum: now.sum + steps, answered: now.answered + more };
            activities.level(role, step_sum) == Some(Level::Low)
        };
        let ends = (0..=open).map(|more| (more, activities.end(more)));
        ends.fold((false, false), |(low, other), (more, end)| (low || is_low(-end, more), other || !is_low(end, more)))
    }

    /// Returns the probability of `neither` where every open question is answered at random.
    pub(super) fn neither_chance(&self) -> NeitherChance {
        let sums: Vec<StepSum> = (0..self.fits.len()).map(|role| self.step_sum(role)).collect();
        self.scorer.activities().neither_chance(&sums, &self.open)
    }
}

impl Activities {
    /// Returns the probability that all levels are low with some sums of steps so far and random answers to more questions:
    /// exact where few roles share activities, since those that share none are independent of each other.
    pub(super) fn neither_chance(&self, sums: &[StepSum], open: &[&Item<'_>]) -> NeitherChance {
        let groups = self.groups(sums.len(), open).into_iter().map(|group| self.all_low(&group, sums, open));
        groups.fold(NeitherChance { lower: 1.0, upper: 1.0 }, |all, group| NeitherChance {
            lower: all.lower * group.lower,
            upper: all.upper * group.upper,
        })
    }

    /// Returns the roles in groups that share no open activities with each other.
    fn groups(&self, roles: usize, open: &[&Item<'_>]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for role in 0..roles {
            let is_related = |other: &usize| open.iter().any(|i| self.has(role, i.index) && self.has(*other, i.index));
            let (related, others): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group: &Vec<usize>| group.iter().any(is_related));
            groups = others;
            groups.push(related.into_iter().flatten().chain([role]).collect());
        }
        groups
    }

    /// Returns the probability that the levels of a group of roles are all low.
    fn all_low(&self, group: &[usize], sums: &[StepSum], open: &[&Item<'_>]) -> NeitherChance {
        let alone: Vec<f64> = group.iter().map(|&role| self.low_chance(role, sums[role], open)).collect();
        let joint = match alone[..] {
            [chance] => Some(chance),
            _ => self.joint_low_chance(group, sums, open),
        };
        if let Some(chance) = joint {
            return NeitherChance { lower: chance, upper: chance };
        }
        // Bonferroni's bounds.
        alone.iter().fold(NeitherChance { lower: 1.0, upper: 1.0 }, |all, chance| NeitherChance {
            lower: (all.lower - (1.0 - chance)).max(0.0),
            upper: all.upper.min(*chance),
        })
    }

    /// Returns the probability that the level of a role is low.
    fn low_chance(&self, role: usize, now: StepSum, open: &[&Item<'_>]) -> f64 {
        let more = open.iter().filter(|item| self.has(role, item.index)).count();
        let ends = (now.sum - self.end(more)..).zip(self.sums(more));
        let is_low = |sum| self.level(role, StepSum { sum, answered: now.answered + more }) == Some(Level::Low);
        ends.filter(|&(sum, _)| is_low(sum)).map(|(_, chance)| chance).sum()
    }

    /// Returns the same by way of all sums that can come up together, `None` if those are too many.
    fn joint_low_chance(&self, group: &[usize], sums: &[StepSum], open: &[&Item<'_>]) -> Option<f64> {
        let start: Vec<StepSum> = group.iter().map(|&role| sums[role]).collect();
        let mut chances = BTreeMap::from([(start, 1.0)]);
        for item in open.iter().filter(|item| group.iter().any(|&role| self.has(role, item.index))) {
            let mut next = BTreeMap::new();
            for (sums, chance) in chances {
                for outcome in &item.outcomes {
                    let answer = || std::iter::once((item.index, outcome));
                    let after = group.iter().zip(&sums).map(|(&role, sum)| sum.with(self.steps(role, answer())));
                    *next.entry(after.collect()).or_insert(0.0) += chance / self.labels();
                }
            }
            chances = next;
            if chances.len() > MAX_SUMS {
                return None;
            }
        }
        let is_low =
            |sums: &[StepSum]| group.iter().zip(sums).all(|(&role, &sum)| self.level(role, sum) == Some(Level::Low));
        Some(chances.iter().filter(|(sums, _)| is_low(sums)).fold(0.0, |all, (_, chance)| all + chance))
    }
}
