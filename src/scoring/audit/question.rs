//! What each question weighs, and whether its choices make sense.

use crate::bank::{Choice, Kind, Question};
use crate::scoring::model::{Item, Model};
use crate::scoring::num::{TOLERANCE, count_to_f64, to_f64};

/// The influence of a question on the leads.
#[derive(Debug)]
pub struct QuestionAudit<'m> {
    pub question: &'m Question,
    /// Largest difference that it can make to the lead of one role over another, in fit points.
    pub swing: f64,
    /// Largest share that it has of the chance variance of a lead.
    pub share: f64,
    /// The largest difference between what it gives two roles on average.
    pub imbalance: Option<MeanImbalance>,
    /// Choices that are worse than another one for every role.
    pub dominated: Vec<DominatedChoice<'m>>,
}

/// A difference between what a question gives two roles, whatever is answered.
#[derive(Clone, Copy, Debug)]
pub struct MeanImbalance {
    pub to: usize,
    pub from: usize,
    /// Mean of the raw points of the one less that of the other.
    pub points: f64,
}

/// A choice that gives every role less than another choice does.
#[derive(Clone, Copy, Debug)]
pub struct DominatedChoice<'m> {
    pub choice: &'m Choice,
    pub by: &'m Choice,
}

impl<'m> QuestionAudit<'m> {
    pub(super) fn new(model: &'m Model<'m>, item: &'m Item<'m>, share: f64) -> Self {
        let ranges = model.pairs().map(|(a, b)| item.range(a, b));
        Self {
            question: item.question,
            swing: ranges.map(|(low, high)| model.points(high - low)).fold(0.0, f64::max),
            share,
            imbalance: MeanImbalance::find(item, model.bank.roles.len()),
            dominated: dominated(item.question),
        }
    }
}

impl MeanImbalance {
    /// Returns the two roles between which the mean of the raw points differs most, the first of equal ones; `None` if all
    /// are equal.
    fn find(item: &Item<'_>, roles: usize) -> Option<Self> {
        let mean = |role: usize| {
            let points: i64 = item.outcomes.iter().map(|outcome| outcome.points[role]).sum();
            to_f64(points) / count_to_f64(item.outcomes.len())
        };
        let (mut to, mut from) = (0, 0);
        for role in 1..roles {
            to = if mean(role) > mean(to) { role } else { to };
            from = if mean(role) < mean(from) { role } else { from };
        }
        let points = mean(to) - mean(from);
        (points > TOLERANCE).then_some(Self { to, from, points })
    }
}

/// Returns the choices that no interest in any role would lead to. The steps of a scale are none: each is needed to say how
/// much.
fn dominated(question: &Question) -> Vec<DominatedChoice<'_>> {
    let mut dominated = Vec::new();
    for choice in question.choices.iter().filter(|_| question.kind != Kind::Scale) {
        let by = question
            .choices
            .iter()
            .find(|other| choice.points.iter().zip(&other.points).all(|(own, other)| own < other));
        dominated.extend(by.map(|by| DominatedChoice { choice, by }));
    }
    dominated
}
