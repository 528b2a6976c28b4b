//! `neither`: whoever dislikes the activities of every role gets no recommendation, whatever the choices say.

use std::collections::BTreeMap;

use super::liking::{Activities, Level, StepSum};
use super::model::Item;
use super::score::Score;

/// Most sums of roles with shared activities to follow at once.
const MAX_SUMS: usize = 1 << 14;

/// The chances that open activities leave for `neither`.
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
    /// A lower bound.
    pub lower: f64,
    /// An upper bound, equal to the lower one if the probability is exact.
    pub upper: f64,
}

impl NeitherChance {
    /// Returns the exact probability, `None` if only bounds are known.
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

    /// Returns two flags: true if a role's level can still end up low, and true if it can end up as anything else. For each
    /// number of further answers, checking the lowest and the highest sum is enough.
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

    /// Returns the probability of `neither` if every open question is answered at random.
    pub(super) fn neither_chance(&self) -> NeitherChance {
        let sums: Vec<StepSum> = (0..self.fits.len()).map(|role| self.step_sum(role)).collect();
        self.scorer.activities().neither_chance(&sums, &self.open)
    }
}

impl Activities {
    /// Returns the probability that all levels end up low, given the sums of steps so far and random answers to the open
    /// questions. It is exact if few roles share activities, since roles that share none are independent.
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

    /// Returns the probability that the levels of a group are all low by following every combination of sums, `None` if
    /// there are too many.
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

#[cfg(test)]
mod tests {
    use std::array;

    use super::*;
    use crate::bank::{Bank, Sheet};
    use crate::scoring::scorer::Scorer;
    use crate::scoring::tests::{scales, sheet};

    fn chance(bank: &Bank) -> NeitherChance {
        Scorer::new(bank).score(&Sheet::new(bank)).neither_chance()
    }

    #[track_caller]
    fn is_exactly(bank: &Bank, expected: f64) {
        assert!(chance(bank).exact().is_some_and(|chance| (chance - expected).abs() < 1e-12), "{:?}", chance(bank));
    }

    /// Six activities of five steps are low in 2,499 of 15,625 sheets, and three in 20 of 125.
    #[test]
    fn roles_are_low_independently_unless_they_share_activities() {
        is_exactly(&scales(&[[[1, 0]; 6], [[0, 2]; 6]].concat()), (2_499.0_f64 / 15_625.0).powi(2));
        is_exactly(&scales(&[[1, 2]; 3]), 0.16);
        is_exactly(&scales(&[[1, -1]; 3]), 0.0);
        is_exactly(&scales(&[[[1, 1, 0]; 3], [[0, 0, 1]; 3]].concat()), 0.16 * 0.16);
        is_exactly(&scales(&[[1, 0], [1, 0], [0, 1], [0, 1]]), 0.0);
    }

    #[test]
    fn groups_are_of_roles_that_share_open_activities() {
        let bank = scales(&[[1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 1]]);
        let scorer = Scorer::new(&bank);
        let groups = |picks: &str| scorer.activities().groups(4, &scorer.score(&sheet(&bank, picks)).open);
        assert_eq!(groups("xxx"), [vec![1], vec![0, 2, 3]]);
        assert_eq!(groups("0xx"), [vec![0], vec![1], vec![2, 3]]);
        assert_eq!(groups("000"), [[0], [1], [2], [3]]);
    }

    /// Six roles in a ring, each with an activity in common with the next and two of its own.
    #[test]
    fn too_many_sums_leave_bounds() {
        let key = |role, next| array::from_fn(|other| i64::from(other == role || other == next));
        let keys = (0..6).flat_map(|role| [key(role, (role + 1) % 6), key(role, role), key(role, role)]);
        let keys: Vec<[i64; 6]> = keys.collect();
        let chance = chance(&scales(&keys));
        // Four activities of five steps are low in 122 of 625 sheets.
        assert!(chance.lower.abs() < 1e-12 && (chance.upper - 122.0 / 625.0).abs() < 1e-12, "{chance:?}");
        assert_eq!(chance.exact(), None);
    }

    /// Of four activities the last is open: −5 becomes −3 at the most, which is low, and −4 can become −2, which is not.
    #[test]
    fn open_activities_can_settle_it() {
        let bank = scales(&[[1, 1]; 4]);
        let scorer = Scorer::new(&bank);
        let outlook = |picks: &str| scorer.score(&sheet(&bank, picks)).neither_outlook();
        assert_eq!(outlook("001x"), NeitherOutlook::Certain);
        assert_eq!(outlook("002x"), NeitherOutlook::Open);
        assert_eq!(outlook("00xx"), NeitherOutlook::Open);
        assert_eq!(outlook("034x"), NeitherOutlook::Impossible);
        assert!(scorer.score(&sheet(&bank, "001x")).is_neither() && !scorer.score(&sheet(&bank, "00xx")).is_neither());
    }
}
