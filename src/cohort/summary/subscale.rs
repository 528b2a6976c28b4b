//! The questions that measure one thing: a role, or which of two roles somebody leans to.

use crate::scoring::Model;
use crate::scoring::reliability::{Covariances, Moments, upper_lower};

use super::super::MIN_GROUP;

/// Parts of a fit point. What an answer adds is irrational, so it is rounded to 2⁻⁴⁰ points to be whole. The alternative,
/// whole raw points, would not do for the lean, and centred ones can be too large to be multiplied and added up.
const UNIT: f64 = 1_099_511_627_776.0;

/// Points in whole parts.
#[expect(clippy::cast_possible_truncation, reason = "points are between -100 and 100")]
pub(super) fn whole(points: f64) -> i64 {
    (UNIT * points).round() as i64
}

/// Whole parts in points.
pub(super) fn points(parts: f64) -> f64 {
    parts / UNIT
}

/// Questions whose values are added up to one total.
#[derive(Clone, Debug)]
pub(super) struct Subscale {
    items: Vec<Item>,
    moments: Moments,
}

/// One of them.
#[derive(Clone, Debug)]
struct Item {
    /// Position among the scored questions.
    question: usize,
    /// What each outcome adds.
    values: Vec<i64>,
    /// Largest of the values less the smallest.
    range: i64,
}

impl Item {
    fn value(&self, outcomes: &[Option<u16>]) -> Option<i64> {
        outcomes.get(self.question).copied().flatten().and_then(|way| self.values.get(usize::from(way)).copied())
    }
}

impl Subscale {
    /// What the bank measures: each role and, between two roles, the lean to the first one.
    pub(super) fn all(model: &Model<'_>) -> (Vec<Self>, Option<Self>) {
        let roles = model.bank().roles.len();
        let of_roles = (0..roles).map(|role| Self::new(model, |item, way| model.share(item, way, role))).collect();
        let lean = |item, way| model.share(item, way, 0) - model.share(item, way, 1);
        (of_roles, (roles == 2).then(|| Self::new(model, lean)))
    }

    fn new(model: &Model<'_>, share: impl Fn(usize, usize) -> f64) -> Self {
        let item = |question: usize| {
            let values: Vec<i64> = (0..model.outcomes(question)).map(|way| whole(share(question, way))).collect();
            let range = values.iter().max().zip(values.iter().min()).map_or(0, |(high, low)| high - low);
            Item { question, values, range }
        };
        let items: Vec<Item> = (0..model.questions().len()).map(item).filter(|item| item.range > 0).collect();
        let moments = Moments::new(items.len());
        Self { items, moments }
    }

    pub(super) fn add(&mut self, outcomes: &[Option<u16>]) {
        self.moments.add(self.items.iter().map(|item| item.value(outcomes)));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
    }

    /// Covariances of its questions, with where each stands in the measure: those that enough people answered, where
    /// enough have answered any two of them. One that nearly nobody answered would leave nothing to be worked out of all.
    pub(super) fn covariances(&self, answered: &[u64]) -> Option<(Vec<usize>, Covariances)> {
        let enough = |item: &Item| answered.get(item.question).is_some_and(|&people| people >= MIN_GROUP);
        let kept: Vec<usize> = (0..).zip(&self.items).filter(|(_, item)| enough(item)).map(|(at, _)| at).collect();
        let found = self.moments.only(&kept).pairwise().filter(|found| found.people() >= MIN_GROUP)?;
        Some((kept, found))
    }

    /// How many questions it has.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Where a scored question stands among those of the measure.
    pub(super) fn position(&self, question: usize) -> Option<usize> {
        self.items.iter().position(|item| item.question == question)
    }

    /// The upper-lower index of each of its questions, from everybody's outcomes.
    pub(super) fn upper_lower(&self, people: &[Vec<Option<u16>>]) -> Vec<Option<f64>> {
        let row = |outcomes: &Vec<Option<u16>>| self.items.iter().map(|item| item.value(outcomes)).collect();
        let rows: Vec<Vec<Option<i64>>> = people.iter().map(row).collect();
        let ranges: Vec<i64> = self.items.iter().map(|item| item.range).collect();
        upper_lower(&rows, &ranges)
    }
}
