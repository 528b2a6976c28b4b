//! What a sheet gives each role: fit and contributions.
//!
//! With z the sum of an answered question's centred points over sigma, fit = 50 + 50 z / Z. Being linear, it is 50 plus
//! the contributions of the answers, each of which is also the answer's Shapley value against random answering.

use crate::bank::{Answer, Bank, Question, Role, Sheet};

use super::TOLERANCE;
use super::model::{Item, Model, Outcome, to_f64};

/// A sheet scored: fits of all roles and what every answer gave.
#[derive(Debug)]
pub struct Score<'m> {
    pub(super) model: &'m Model<'m>,
    /// Best first; equal ones in bank order.
    pub fits: Vec<Fit<'m>>,
    pub(super) answered: Vec<(&'m Item<'m>, &'m Outcome)>,
    pub(super) open: Vec<&'m Item<'m>>,
}

/// How well one role fits.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'m> {
    /// Position of the role in the bank.
    pub index: usize,
    /// The role.
    pub role: &'m Role,
    /// Sum of the raw points.
    pub points: i64,
    /// Distance from what random answers give on average, in their spreads.
    pub z: f64,
    /// The same from 0 to 100, where 50 is that average.
    pub fit: f64,
}

/// What one answer gave.
#[derive(Clone, Debug)]
pub struct Contribution<'m> {
    /// The question.
    pub question: &'m Question,
    /// The answer.
    pub answer: &'m Answer,
    /// Fit points for each role, in bank order.
    pub shares: Vec<f64>,
    /// Fit points for the first role less those for the second, by rank.
    pub lead: f64,
}

impl<'m> Model<'m> {
    /// Scores a sheet of this model's bank. A skipped or open question adds nothing.
    #[must_use]
    pub fn score(&'m self, sheet: &Sheet<'_>) -> Score<'m> {
        let mut answered = Vec::with_capacity(self.items.len());
        let mut open = Vec::new();
        for item in &self.items {
            match sheet.answer(item.question) {
                None => open.push(item),
                Some(Answer::Skip) => {}
                Some(answer) => {
                    let outcome = item.outcomes.iter().find(|outcome| outcome.answer == *answer);
                    answered.extend(outcome.map(|outcome| (item, outcome)));
                }
            }
        }
        Score::new(self, answered, open)
    }
}

impl<'m> Score<'m> {
    /// Scores some answers. What differs by less than the tolerance at the top is a tie, which keeps bank order.
    pub(super) fn new(
        model: &'m Model<'m>,
        answered: Vec<(&'m Item<'m>, &'m Outcome)>,
        open: Vec<&'m Item<'m>>,
    ) -> Self {
        let fit = |(index, role): (usize, &'m Role)| {
            let sum: i128 = answered.iter().map(|(_, outcome)| outcome.centred[index]).sum();
            let z = to_f64(sum) / model.spreads[index];
            let points = answered.iter().map(|(item, outcome)| item.question.points(&outcome.answer, index)).sum();
            Fit { index, role, points, z, fit: 50.0 + model.points(z) }
        };
        let mut fits: Vec<Fit<'m>> = model.bank.roles.iter().enumerate().map(fit).collect();
        fits.sort_by(|a, b| b.z.total_cmp(&a.z));
        let mut score = Self { model, fits, answered, open };
        let tied = score.leaders().len();
        score.fits[..tied].sort_by_key(|fit| fit.index);
        score
    }

    /// The bank.
    #[must_use]
    pub fn bank(&self) -> &'m Bank {
        self.model.bank
    }

    /// The roles that share the best fit: one, unless there is a tie.
    #[must_use]
    pub fn leaders(&self) -> &[Fit<'m>] {
        let best = self.fits.first().map_or(0.0, |fit| fit.z);
        let tied = self.fits.iter().take_while(|fit| best - fit.z < TOLERANCE).count();
        self.fits.get(..tied).unwrap_or_default()
    }

    /// The role that leads alone.
    #[must_use]
    pub fn leader(&self) -> Option<&Fit<'m>> {
        match self.leaders() {
            [leader] => Some(leader),
            _ => None,
        }
    }

    /// z of the best role less z of the second; zero on a tie.
    #[must_use]
    pub fn gap(&self) -> f64 {
        match (self.leader(), self.fits.as_slice()) {
            (Some(_), [best, second, ..]) => best.z - second.z,
            _ => 0.0,
        }
    }

    /// The gap in fit points.
    #[must_use]
    pub fn lead(&self) -> f64 {
        self.model.points(self.gap())
    }

    /// Whether every scored question has been answered or skipped.
    #[must_use]
    pub(crate) fn is_complete(&self) -> bool {
        self.open.is_empty()
    }

    /// Every scored question that is answered or may still be.
    pub(super) fn unskipped(&self) -> Vec<&'m Item<'m>> {
        self.answered.iter().map(|&(item, _)| item).chain(self.open.iter().copied()).collect()
    }

    /// Positions of the first and second role.
    pub(super) fn front(&self) -> (usize, usize) {
        match self.fits.as_slice() {
            [best, second, ..] => (best.index, second.index),
            _ => (0, 0),
        }
    }

    /// What every answer gave, the one that moved the lead most in front; equal ones in bank order.
    #[must_use]
    pub fn contributions(&self) -> Vec<Contribution<'m>> {
        let (first, second) = self.front();
        let contribution = |&(item, outcome): &(&'m Item<'m>, &'m Outcome)| Contribution {
            question: item.question,
            answer: &outcome.answer,
            shares: outcome.z.iter().map(|&z| self.model.points(z)).collect(),
            lead: self.model.points(outcome.lead(first, second)),
        };
        let mut contributions: Vec<_> = self.answered.iter().map(contribution).collect();
        // Rounded before comparing, so that equal shares reached by other sums do not swap places.
        contributions.sort_by_key(|contribution| -rounded(contribution.lead.abs()));
        contributions
    }
}

/// A size in billionths of a fit point.
#[expect(clippy::cast_possible_truncation, reason = "fit points are between -100 and 100")]
fn rounded(size: f64) -> i64 {
    (size * 1e9).round() as i64
}
