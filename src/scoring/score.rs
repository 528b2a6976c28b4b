//! What a sheet gives each role: fit, contributions and coverage.
//!
//! With z the sum of an answered question's centred points over sigma, fit = 50 + 50 z / Z. Being linear, it is 50 plus
//! the contributions of the answers, each of which is also the answer's Shapley value against random answering.

use crate::bank::{Answer, Bank, Question, Role, Sheet};

use super::model::{Item, Model, Outcome};
use super::num::{TOLERANCE, count_to_f64, to_f64};
use super::scorer::Scorer;

/// Least coverage at which a verdict is given.
pub(super) const MIN_COVERAGE: f64 = 0.5 - TOLERANCE;

/// A sheet scored: fits of all roles and what every answer gave.
#[derive(Debug)]
pub struct Score<'m> {
    pub(super) scorer: &'m Scorer<'m>,
    /// Best first; equal ones in bank order.
    pub fits: Vec<Fit<'m>>,
    /// Answered questions with their outcomes, in bank order.
    pub(super) answered: Vec<(&'m Item<'m>, &'m Outcome)>,
    /// Questions that are neither answered nor skipped, in bank order.
    pub(super) open: Vec<&'m Item<'m>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Fit<'m> {
    /// Position of the role in the bank.
    pub index: usize,
    pub role: &'m Role,
    /// Sum of the raw points.
    pub points: i64,
    /// Distance from what random answers give on average, in their spreads.
    pub z: f64,
    /// The same from 0 to 100, where 50 is that average.
    pub fit: f64,
}

#[derive(Clone, Debug)]
pub struct Contribution<'m> {
    pub question: &'m Question,
    pub answer: &'m Answer,
    /// Fit points for each role, in bank order.
    pub shares: Vec<f64>,
    /// Fit points for the first role less those for the second, by rank.
    pub lead: f64,
}

impl<'m> Scorer<'m> {
    /// Scores a sheet of this scorer's bank. A skipped or open question adds to no sum.
    pub fn score(&'m self, sheet: &Sheet<'_>) -> Score<'m> {
        let mut answered = Vec::with_capacity(self.model().items.len());
        let mut open = Vec::new();
        for item in &self.model().items {
            match sheet.answer(item.question) {
                None => open.push(item),
                Some(Answer::Skip) => {}
                Some(answer) => {
                    let outcome = item.outcomes.iter().find(|outcome| outcome.answer == *answer);
                    debug_assert!(outcome.is_some(), "bug: no outcome of `{}` is this answer", item.question.id);
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
        scorer: &'m Scorer<'m>,
        answered: Vec<(&'m Item<'m>, &'m Outcome)>,
        open: Vec<&'m Item<'m>>,
    ) -> Self {
        let model = scorer.model();
        let mut fits = Vec::with_capacity(model.spreads.len());
        for (index, (role, spread)) in model.bank.roles.iter().zip(&model.spreads).enumerate() {
            let z = to_f64(answered.iter().map(|(_, outcome)| outcome.centred[index]).sum::<i64>()) / spread;
            let points = answered.iter().map(|(_, outcome)| outcome.points[index]).sum();
            fits.push(Fit { index, role, points, z, fit: 50.0 + model.points(z) });
        }
        fits.sort_by(|a, b| b.z.total_cmp(&a.z));
        let mut score = Self { scorer, fits, answered, open };
        let tied = score.leaders().len();
        score.fits[..tied].sort_by_key(|fit| fit.index);
        score
    }

    pub(super) fn model(&self) -> &'m Model<'m> {
        self.scorer.model()
    }

    pub fn bank(&self) -> &'m Bank {
        self.scorer.bank()
    }

    /// Returns the roles that share the best fit: one, unless there is a tie.
    pub fn leaders(&self) -> &[Fit<'m>] {
        let best = self.fits.first().map_or(0.0, |fit| fit.z);
        let tied = self.fits.iter().take_while(|fit| best - fit.z < TOLERANCE).count();
        &self.fits[..tied]
    }

    /// Returns the role that leads alone, `None` on a tie.
    pub fn leader(&self) -> Option<&Fit<'m>> {
        match self.leaders() {
            [leader] => Some(leader),
            _ => None,
        }
    }

    /// Returns z of the best role less z of the second; zero on a tie.
    pub fn gap(&self) -> f64 {
        match (self.leader(), self.fits.as_slice()) {
            (Some(_), [best, second, ..]) => best.z - second.z,
            _ => 0.0,
        }
    }

    pub fn lead(&self) -> f64 {
        self.model().points(self.gap())
    }

    pub(super) fn top_two(&self) -> (usize, usize) {
        (self.fits[0].index, self.fits[1].index)
    }

    /// Returns the answered questions, in bank order.
    pub(super) fn answered_items(&self) -> Vec<&'m Item<'m>> {
        self.answered.iter().map(|&(item, _)| item).collect()
    }

    /// Returns every scored question that is answered or may still be, in bank order.
    pub(super) fn unskipped(&self) -> Vec<&'m Item<'m>> {
        let mut items = self.answered_items();
        items.extend(&self.open);
        items.sort_by_key(|item| item.index);
        items
    }

    /// Returns the share of the lead's chance variance that the answered questions carry, of all scored questions. Two
    /// roles that always get the same have no such variance; for them it is the share of the questions.
    pub(super) fn coverage(&self) -> f64 {
        let items = &self.model().items;
        if self.answered.len() == items.len() {
            return 1.0;
        }
        let (first, second) = self.top_two();
        let total = items.iter().fold(0.0, |sum, item| sum + item.variance(first, second));
        if total > 0.0 {
            self.answered.iter().fold(0.0, |sum, (item, _)| sum + item.variance(first, second)) / total
        } else {
            count_to_f64(self.answered.len()) / count_to_f64(items.len())
        }
    }

    /// Returns what every answer gave, the one that moved the lead most in front; equal ones in bank order.
    pub fn contributions(&self) -> Vec<Contribution<'m>> {
        let (model, (first, second)) = (self.model(), self.top_two());
        let contribution = |&(item, outcome): &(&'m Item<'m>, &'m Outcome)| Contribution {
            question: item.question,
            answer: &outcome.answer,
            shares: outcome.z.iter().map(|&z| model.points(z)).collect(),
            lead: model.points(outcome.lead(first, second)),
        };
        let mut contributions: Vec<_> = self.answered.iter().map(contribution).collect();
        // Rounded before comparing, so that equal shares reached by other sums do not swap places.
        contributions.sort_by_key(|contribution| -rounded(contribution.lead.abs()));
        contributions
    }
}

/// Returns a size in billionths of a fit point.
#[expect(clippy::cast_possible_truncation, reason = "fit points are between -100 and 100")]
pub(super) fn rounded(size: f64) -> i64 {
    (size * 1e9).round() as i64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::scoring::tests::{coins, sheet};

    #[test]
    fn all_for_one_role_is_a_hundred_and_nothing_for_the_other() {
        let bank = coins(&[1, 2, 3]);
        let scorer = Scorer::new(&bank);
        let score = scorer.score(&sheet(&bank, "000"));
        let fits: Vec<(usize, i64, f64)> = score.fits.iter().map(|fit| (fit.index, fit.points, fit.fit)).collect();
        assert_eq!(fits, [(0, 6, 100.0), (1, 0, 0.0)]);
        assert_eq!((score.lead(), score.coverage()), (100.0, 1.0));
        let leads: Vec<f64> = score.contributions().iter().map(|part| part.lead).collect();
        assert!(leads.iter().zip([50.0, 100.0 / 3.0, 50.0 / 3.0]).all(|(lead, due)| (lead - due).abs() < 1e-9));
    }

    #[test]
    fn a_tie_has_two_leaders_in_bank_order_and_no_gap() {
        let bank = coins(&[1, 2, 3]);
        let scorer = Scorer::new(&bank);
        let score = scorer.score(&sheet(&bank, "110"));
        assert_eq!(score.leaders().iter().map(|fit| fit.index).collect::<Vec<_>>(), [0, 1]);
        assert!(score.leader().is_none() && score.gap() == 0.0);
    }

    #[test]
    fn coverage_is_the_share_of_variance_that_is_answered() {
        let bank = coins(&[1, 2, 3]);
        let scorer = Scorer::new(&bank);
        let score = scorer.score(&sheet(&bank, "0-x"));
        assert!((score.coverage() - 1.0 / 14.0).abs() < 1e-12);
        assert_eq!(score.unskipped().iter().map(|item| item.index).collect::<Vec<_>>(), [0, 2]);
    }
}
