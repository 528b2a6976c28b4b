//! Questions that are added up to one total: how much a role is liked, or the lead of a role.

use crate::bank::Kind;
use crate::scoring::reliability::{Covariances, Moments, upper_lower};
use crate::scoring::{Model, Scorer};

use super::group::MIN_GROUP;

/// Parts of a fit point. What an answer adds is irrational, so it is rounded to 2⁻⁴⁰ points to be whole. The alternative,
/// whole raw points, would not do for a lead, and centred ones can be too large to be multiplied and added up.
const UNIT: f64 = 1_099_511_627_776.0;

#[expect(clippy::cast_possible_truncation, reason = "points are between -100 and 100")]
pub(super) fn to_parts(points: f64) -> i64 {
    (UNIT * points).round() as i64
}

pub(super) fn from_parts(parts: f64) -> f64 {
    parts / UNIT
}

/// Questions whose values are added up to one total.
#[derive(Clone, Debug)]
pub(super) struct Subscale {
    items: Vec<SubscaleItem>,
    moments: Moments,
}

#[derive(Clone, Debug)]
struct SubscaleItem {
    question: usize,
    values: Vec<i64>,
    range: i64,
}

impl SubscaleItem {
    fn value(&self, outcomes: &[Option<u16>]) -> Option<i64> {
        outcomes[self.question].map(|outcome| self.values[usize::from(outcome)])
    }
}

impl Subscale {
    /// Returns how much each role is liked: the steps of its activities, turned by the signs of their keys. All scored
    /// questions stand in where a role has none, by the fit points that they give it.
    pub(super) fn of_roles(scorer: &Scorer<'_>) -> Vec<Self> {
        let activities = scorer.activities();
        let of_role = |role| match activities.count(role) {
            0 => Self::new(points(scorer.model(), |shares| shares[role])),
            _ => Self::new(activities.turned_steps(role)),
        };
        (0..scorer.bank().roles.len()).map(of_role).collect()
    }

    /// Returns the lead of the first of two roles over the second. With more the lead is between other roles for each
    /// person, so choices alone are added up there: the lead of each role over the mean of the others.
    pub(super) fn leads(model: &Model<'_>) -> Vec<Self> {
        let roles = model.bank().roles.len();
        if roles == 2 {
            return vec![Self::new(points(model, |shares| shares[0] - shares[1]))];
        }
        let others = f64::from(u32::try_from(roles - 1).unwrap_or(u32::MAX));
        let over_others =
            move |shares: &[f64], role: usize| shares[role] - (shares.iter().sum::<f64>() - shares[role]) / others;
        let choices: Vec<bool> = model.questions().map(|question| question.kind != Kind::Scale).collect();
        let lead =
            |role| points(model, move |shares| over_others(shares, role)).filter(|(question, _)| choices[*question]);
        (0..roles).map(|role| Self::new(lead(role))).collect()
    }

    /// Adds questions up by the value of each of their outcomes, but for those whose answers are all worth the same.
    fn new(questions: impl Iterator<Item = (usize, Vec<i64>)>) -> Self {
        let mut items = Vec::new();
        for (question, values) in questions {
            let range = values.iter().max().zip(values.iter().min()).map_or(0, |(high, low)| high - low);
            if range > 0 {
                items.push(SubscaleItem { question, values, range });
            }
        }
        let moments = Moments::new(items.len());
        Self { items, moments }
    }

    pub(super) fn add(&mut self, outcomes: &[Option<u16>]) {
        self.moments.add(self.items.iter().map(|item| item.value(outcomes)));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
    }

    /// Returns the same of some of its questions.
    pub(super) fn only(&self, is_kept: impl Fn(usize) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.items.len()).filter(|&place| is_kept(self.items[place].question)).collect();
        let items = kept.iter().map(|&place| self.items[place].clone()).collect();
        Self { items, moments: self.moments.only(&kept) }
    }

    /// Returns the same of the questions that enough people answered: one that nearly nobody answered would leave nothing to
    /// be worked out of all.
    pub(super) fn well_answered(&self, answered: &[u64]) -> Self {
        self.only(|question| answered[question] >= MIN_GROUP)
    }

    /// Returns the covariances of its questions, `None` where not enough people have answered any two of them.
    pub(super) fn covariances(&self) -> Option<Covariances> {
        self.moments.pairwise().filter(|found| found.people() >= MIN_GROUP)
    }

    /// Returns its questions by their positions among the scored ones.
    pub(super) fn questions(&self) -> impl ExactSizeIterator<Item = usize> + Clone {
        self.items.iter().map(|item| item.question)
    }

    /// Returns the upper-lower index of each of its questions, from everybody's outcomes.
    pub(super) fn upper_lower(&self, people: &[&[Option<u16>]]) -> Vec<Option<f64>> {
        let rows: Vec<Vec<Option<i64>>> =
            people.iter().map(|outcomes| self.items.iter().map(|item| item.value(outcomes)).collect()).collect();
        let ranges: Vec<i64> = self.items.iter().map(|item| item.range).collect();
        upper_lower(&rows, &ranges)
    }
}

/// Returns the parts of a fit point that every outcome of each scored question is worth.
fn points(model: &Model<'_>, value: impl Fn(&[f64]) -> f64) -> impl Iterator<Item = (usize, Vec<i64>)> {
    let values = move |outcomes: Vec<Vec<f64>>| outcomes.iter().map(|shares| to_parts(value(shares))).collect();
    model.contributions().map(values).enumerate()
}
