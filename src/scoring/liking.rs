//! Liking and level: how much somebody likes the activities of a role in their own words, and how rare that is at random.
//!
//! An activity of a role is a scale question whose key names it. With the steps s of the answers, turned by the sign of
//! the key, and the largest step S, liking is the mean of s / S: it repeats what the person said, so it is unweighted. Its
//! chance under random answering is a convolution of whole steps, as all activities have the labels of the bank.

use std::sync::OnceLock;

use crate::bank::{Kind, named};

use super::model::{Model, Outcome};
use super::num::{TOLERANCE, count_to_f64, to_f64};

/// Fewest answered activities for a meaningful mean.
const MIN_ACTIVITIES: usize = 3;

/// A level is this part of the way from the middle of the scale to its ends.
const LEVEL_DIVISOR: i64 = 4;

/// Largest probability of a low level, and of a high one, under random answering.
const MAX_LEVEL_CHANCE: f64 = 0.2 + TOLERANCE;

named! {
    /// The level of liking for the activities of a role.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Level {
        /// Disliked, more than random answers often do.
        Low = "low",
        /// Neither of the two.
        Middle = "middle",
        /// Liked, more than random answers often do.
        High = "high",
    }
}

/// A person's liking for the activities of one role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Liking {
    /// From −1 to 1.
    pub mean: f64,
    /// Activities with an answer above the middle of the scale; below it where the key is negative.
    pub liked: usize,
    /// Activities with an answer on the other side of the middle.
    pub disliked: usize,
    /// Activities that are answered.
    pub answered: usize,
    /// Activities of the role.
    pub of: usize,
    /// Probability that random answers to the same activities have a mean as small.
    pub chance_low: f64,
    /// Probability that they have a mean as large.
    pub chance_high: f64,
    /// The level by the mean and its chance.
    pub level: Level,
}

/// The activities of every role, and how their steps add up at random.
#[derive(Debug)]
pub struct Activities {
    /// By role, and then by scored question: the size of its key, 0 if it is no activity of the role.
    keys: Vec<Vec<i64>>,
    /// Labels of the scale.
    labels: usize,
    /// The largest step.
    largest: i64,
    /// The distance between two steps: with an even number of labels there is none in the middle, and steps are odd.
    stride: i64,
    /// The activities of each role by their positions among the scored questions, with the signs of their keys.
    signed: Vec<Vec<(usize, i64)>>,
    /// By number of activities: the probability of each sum of their steps, from the smallest on.
    sums: Vec<OnceLock<Vec<f64>>>,
}

/// The steps of some answered activities of one role, turned by the signs of their keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepSum {
    pub(super) sum: i64,
    pub(super) answered: usize,
}

impl StepSum {
    /// Returns the sum with more steps.
    pub(super) fn with(self, steps: impl Iterator<Item = i64>) -> Self {
        steps.fold(self, |Self { sum, answered }, step| Self { sum: sum + step, answered: answered + 1 })
    }
}

impl Activities {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let labels = model.bank.scale.len();
        let (stride, steps) = if labels.is_multiple_of(2) { (2, labels - 1) } else { (1, labels / 2) };
        let largest = i64::try_from(steps).unwrap_or(i64::MAX);
        let mut keys = vec![vec![0; model.items.len()]; model.spreads.len()];
        let mut signed = vec![Vec::new(); model.spreads.len()];
        for item in model.items.iter().filter(|item| item.question.kind == Kind::Scale) {
            let Some(top) = item.outcomes.last() else { continue };
            for (role, points) in top.points.iter().enumerate().filter(|(_, points)| **points != 0) {
                keys[role][item.index] = points.abs() / largest;
                signed[role].push((item.index, points.signum()));
            }
        }
        let sums = vec![OnceLock::new(); signed.iter().map(|activities| activities.len() + 1).max().unwrap_or(0)];
        Self { keys, labels, largest, stride, signed, sums }
    }

    /// Returns the sum of the steps of a role's activities, given a function from the position of a scored question to its
    /// outcome, `None` if it is not answered.
    pub fn step_sum(&self, role: usize, outcome: impl Fn(usize) -> Option<u16>) -> StepSum {
        let answers = self.signed[role].iter().filter_map(|&(item, sign)| Some((sign, i64::from(outcome(item)?))));
        StepSum::default().with(answers.map(|(sign, outcome)| sign * (self.stride * outcome - self.largest)))
    }

    /// Returns true if the level of every role is low, given outcomes as in [`step_sum`](Self::step_sum).
    pub fn are_disliked(&self, outcome: impl Fn(usize) -> Option<u16>) -> bool {
        (0..self.signed.len()).all(|role| self.level(role, self.step_sum(role, &outcome)) == Some(Level::Low))
    }

    /// Returns the activities of a role by their positions among the scored questions, each with the step of every outcome,
    /// turned by the sign of its key.
    pub(crate) fn turned_steps(&self, role: usize) -> impl Iterator<Item = (usize, Vec<i64>)> {
        let steps = || (-self.largest..=self.largest).step_by(usize::try_from(self.stride).unwrap_or(1));
        self.signed[role].iter().map(move |&(item, sign)| (item, steps().map(|step| sign * step).collect()))
    }

    /// Returns true if a scored question is an activity of a role, by their positions.
    pub(super) fn has(&self, role: usize, item: usize) -> bool {
        self.keys[role][item] > 0
    }

    /// Returns the step of an answer by the positions of question and outcome, whatever the signs of the keys; `None` where
    /// the question is no activity of any role.
    pub(super) fn step(&self, item: usize, outcome: usize) -> Option<i64> {
        let is_activity = (0..self.signed.len()).any(|role| self.has(role, item));
        is_activity.then(|| self.stride * i64::try_from(outcome).unwrap_or(i64::MAX) - self.largest)
    }

    /// Returns how many activities a role has.
    pub(crate) fn count(&self, role: usize) -> usize {
        self.signed[role].len()
    }

    /// Returns the steps of the activities of a role among some answers.
    pub(super) fn steps<'a>(
        &self,
        role: usize,
        answers: impl Iterator<Item = (usize, &'a Outcome)>,
    ) -> impl Iterator<Item = i64> {
        let keys = &self.keys[role];
        answers.filter(|&(item, _)| keys[item] > 0).map(move |(item, outcome)| outcome.points[role] / keys[item])
    }

    /// Returns the largest sum of the steps of so many activities.
    pub(super) fn end(&self, activities: usize) -> i64 {
        self.largest * i64::try_from(activities).unwrap_or(i64::MAX)
    }

    /// Returns how many labels the scale has.
    pub(super) fn labels(&self) -> f64 {
        count_to_f64(self.labels)
    }

    /// Returns the level of a role, `None` where too few of its activities are answered.
    pub fn level(&self, role: usize, StepSum { sum, answered }: StepSum) -> Option<Level> {
        if answered < MIN_ACTIVITIES || 2 * answered < self.signed[role].len() {
            return None;
        }
        let end = self.end(answered);
        let at_most = |sum: i64| self.chance_low(StepSum { sum, answered }) <= MAX_LEVEL_CHANCE;
        Some(match sum.signum() {
            -1 if -LEVEL_DIVISOR * sum >= end && at_most(sum) => Level::Low,
            // The steps of a scale lie evenly around its middle.
            1 if LEVEL_DIVISOR * sum >= end && at_most(-sum) => Level::High,
            _ => Level::Middle,
        })
    }

    /// Returns the largest sum of the steps of all activities of a role at which its level is low, `None` if there is none.
    pub(super) fn low_end(&self, role: usize) -> Option<i64> {
        let answered = self.count(role);
        (-self.end(answered)..0).rev().find(|&sum| self.level(role, StepSum { sum, answered }) == Some(Level::Low))
    }

    /// Returns the mean liking of some answered activities, from −1 to 1.
    pub fn mean(&self, StepSum { sum, answered }: StepSum) -> f64 {
        to_f64(sum) / to_f64(self.end(answered))
    }

    /// Returns the probability that random answers to as many activities have a sum at most as large.
    pub(super) fn chance_low(&self, StepSum { sum, answered }: StepSum) -> f64 {
        let places = usize::try_from(sum + self.end(answered) + 1).unwrap_or(0);
        self.sums(answered).iter().take(places).sum()
    }

    /// Returns the probability of each sum of the steps of so many activities, from the smallest sum on.
    pub(super) fn sums(&self, activities: usize) -> &[f64] {
        self.sums[activities].get_or_init(|| {
            let Some(fewer) = activities.checked_sub(1) else { return vec![1.0] };
            let (fewer, stride) = (self.sums(fewer), usize::try_from(self.stride).unwrap_or(1));
            let reach = stride * (self.labels - 1);
            let mut sums = vec![0.0; fewer.len() + reach];
            for (place, probability) in fewer.iter().enumerate() {
                for sum in sums[place..=place + reach].iter_mut().step_by(stride) {
                    *sum += probability / self.labels();
                }
            }
            sums
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::bank::Bank;
    use crate::scoring::tests::{parse, scales, text};

    fn activities(bank: &Bank) -> Activities {
        Activities::new(&Model::new(bank))
    }

    /// Of the 15,625 sheets of six activities with five steps 2,499 add up to −4 or less, and 3,745 to −3 or less.
    #[test]
    fn six_activities_are_low_from_minus_four_on() {
        let bank = scales(&[[[1, 0]; 6], [[0, 1]; 6]].concat());
        let activities = activities(&bank);
        let sum = |sum| StepSum { sum, answered: 6 };
        let levels = [-12, -4, -3, 3, 4, 12].map(|steps| activities.level(0, sum(steps)));
        let [low, middle, high] = [Level::Low, Level::Middle, Level::High].map(Some);
        assert_eq!(levels, [low, low, middle, middle, high, high]);
        let chance = |steps| activities.chance_low(sum(steps));
        assert!((chance(-4) - 2_499.0 / 15_625.0).abs() < 1e-12 && (chance(12) - 1.0).abs() < 1e-12);
        assert_eq!((activities.mean(sum(-4)), activities.low_end(0)), (-1.0 / 3.0, Some(-4)));
    }

    #[test]
    fn a_level_needs_three_activities_and_half_of_them() {
        let bank = scales(&[[[1, 0]; 8], [[0, 1]; 8]].concat());
        let level = |answered| activities(&bank).level(0, StepSum { sum: -6, answered });
        assert_eq!([2, 3, 4].map(level), [None, None, Some(Level::Low)]);
        let few = scales(&[[1, 0], [1, 0], [0, 1], [0, 1]]);
        assert_eq!(activities(&few).low_end(0), None);
    }

    /// Steps of four labels are −3, −1, 1 and 3; three of them add up to −9 in one of 64 sheets and to −7 in three.
    #[test]
    fn an_even_number_of_labels_has_odd_steps() {
        let labels = "scale = [\"a\", \"b\", \"c\", \"d\"]\n[[role]]";
        let bank = parse(&text(&[&[2, 0], &[-1, 1], &[3, -1], &[0, 2]], &[]).replacen("[[role]]", labels, 1));
        let activities = activities(&bank);
        let chance = |sum| activities.chance_low(StepSum { sum, answered: 3 });
        assert_eq!([-9, -8, -7].map(chance), [1.0 / 64.0, 1.0 / 64.0, 4.0 / 64.0]);
        let places = [Some(0), Some(3), Some(1), None];
        let sums = [0, 1].map(|role| activities.step_sum(role, |item| places[item]));
        assert_eq!(sums, [StepSum { sum: -3 - 3 - 1, answered: 3 }, StepSum { sum: 3 + 1, answered: 2 }]);
    }
}
