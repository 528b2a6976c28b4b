//! The questions that measure one thing: a role, or which of two roles somebody leans to.

use crate::scoring::Model;
use crate::scoring::reliability::{Covariances, Moments, upper_lower};

use super::group::MIN_GROUP;

/// Parts of a fit point. What an answer adds is irrational, so it is rounded to 2⁻⁴⁰ points to be whole. The alternative,
/// whole raw points, would not do for the lean, and centred ones can be too large to be multiplied and added up.
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
    pub(super) fn of_roles(model: &Model<'_>) -> Vec<Self> {
        (0..model.bank().roles.len()).map(|role| Self::new(model, |shares| shares[role])).collect()
    }

    /// Returns the lean to the first of two roles, `None` where there are more.
    pub(super) fn lean(model: &Model<'_>) -> Option<Self> {
        (model.bank().roles.len() == 2).then(|| Self::new(model, |shares| shares[0] - shares[1]))
    }

    fn new(model: &Model<'_>, value: impl Fn(&[f64]) -> f64) -> Self {
        let mut items = Vec::new();
        for (question, outcomes) in model.contributions().enumerate() {
            let values: Vec<i64> = outcomes.iter().map(|shares| to_parts(value(shares))).collect();
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

    /// Returns the covariances of its questions, with where each stands in the subscale: those that enough people answered,
    /// where enough have answered any two of them. One that nearly nobody answered would leave nothing to be worked out of
    /// all.
    pub(super) fn covariances(&self, answered: &[u64]) -> Option<(Vec<usize>, Covariances)> {
        let mut kept: Vec<usize> = (0..self.items.len()).collect();
        kept.retain(|&place| answered[self.items[place].question] >= MIN_GROUP);
        let found = self.moments.only(&kept).pairwise().filter(|found| found.people() >= MIN_GROUP)?;
        Some((kept, found))
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns where a scored question stands among those of the subscale.
    pub(super) fn position(&self, question: usize) -> Option<usize> {
        self.items.iter().position(|item| item.question == question)
    }

    /// Returns the upper-lower index of each of its questions, from everybody's outcomes.
    pub(super) fn upper_lower(&self, people: &[&[Option<u16>]]) -> Vec<Option<f64>> {
        let rows: Vec<Vec<Option<i64>>> =
            people.iter().map(|outcomes| self.items.iter().map(|item| item.value(outcomes)).collect()).collect();
        let ranges: Vec<i64> = self.items.iter().map(|item| item.range).collect();
        upper_lower(&rows, &ranges)
    }
}
