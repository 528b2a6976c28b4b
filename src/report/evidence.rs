//! What moved the result most, as every format shows it, in whole numbers that add up.

use crate::bank::{Answer, Question, Role};
use crate::scoring::{Contribution, Fit, Score};

use super::rounding::{nearest, pairs, whole};

/// How many answers are shown one by one; the rest is one sum.
const MOST_SHOWN: usize = 6;

/// The answers that moved the lead most, and how all of them add up to the fits.
pub(super) struct Evidence<'m> {
    /// The role with the best fit; on a tie the first of them.
    pub(super) first: &'m Role,
    /// The second role.
    pub(super) second: &'m Role,
    /// The largest first; the last one is the sum of the others, where there are others.
    pub(super) rows: Vec<Row<'m>>,
    /// One a role, best first.
    pub(super) sums: Vec<Sum<'m>>,
    /// Fit of the first role less fit of the second, as both are shown; the rows add up to it.
    pub(super) lead: i64,
    /// Whether nobody leads alone.
    pub(super) tied: bool,
}

/// What one answer, or all others together, did to the lead.
pub(super) struct Row<'m> {
    /// Fit points toward the first role, or below zero toward the second.
    pub(super) points: i64,
    /// Whose points these are.
    pub(super) origin: Origin<'m>,
}

/// Whose points stand in a row.
pub(super) enum Origin<'m> {
    /// One answer.
    Answer(&'m Question, &'m Answer),
    /// This many answers together.
    Others(usize),
}

/// How the fit of a role comes about: 50 and what each row gave the role.
pub(super) struct Sum<'m> {
    pub(super) role: &'m Role,
    pub(super) parts: Vec<i64>,
    pub(super) fit: i64,
}

impl<'m> Evidence<'m> {
    /// Nothing where nothing is answered.
    pub(super) fn new(score: &Score<'m>) -> Option<Self> {
        let contributions = score.contributions();
        let [first, second, ..] = score.fits.as_slice() else { return None };
        if contributions.is_empty() {
            return None;
        }
        let (shown, rest) = contributions.split_at(contributions.len().min(MOST_SHOWN));
        let parts = |value: &dyn Fn(&Contribution<'_>) -> f64| -> Vec<f64> {
            let others = (!rest.is_empty()).then(|| rest.iter().map(value).sum());
            shown.iter().map(value).chain(others).collect()
        };
        let of = |fit: &Fit<'_>| {
            parts(&|contribution: &Contribution<'_>| contribution.shares.get(fit.index).copied().unwrap_or(0.0))
        };
        let total = |fit: &Fit<'_>| nearest(fit.fit) - 50;
        let (ours, theirs) = pairs(&of(first), &of(second), (total(first), total(second)), shown.len());
        let points = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs);
        let answers = shown.iter().map(|part| Origin::Answer(part.question, part.answer));
        let origins = answers.chain((!rest.is_empty()).then_some(Origin::Others(rest.len())));
        let rows = points.zip(origins).map(|(points, origin)| Row { points, origin }).collect();
        let others = score.fits.iter().skip(2).map(|fit| whole(&of(fit), total(fit)));
        let sums = score.fits.iter().zip([ours, theirs].into_iter().chain(others));
        Some(Self {
            first: first.role,
            second: second.role,
            rows,
            sums: sums.map(|(fit, parts)| Sum { role: fit.role, parts, fit: nearest(fit.fit) }).collect(),
            lead: nearest(first.fit) - nearest(second.fit),
            tied: score.leader().is_none(),
        })
    }

    /// The largest number of points that one answer moved: all bars are drawn on its scale.
    pub(super) fn most(&self) -> u64 {
        self.rows.iter().filter(|row| row.is_drawn()).map(|row| row.points.unsigned_abs()).max().unwrap_or(0).max(1)
    }
}

impl Row<'_> {
    /// Whether it has a bar: what many answers gave together is none beside single answers.
    pub(super) fn is_drawn(&self) -> bool {
        matches!(self.origin, Origin::Answer(..))
    }
}

impl Sum<'_> {
    /// The sum as it is written.
    pub(super) fn written(&self) -> String {
        let sign = |part: i64| if part < 0 { '−' } else { '+' };
        let parts = self.parts.iter().map(|&part| format!("{} {}", sign(part), part.unsigned_abs()));
        let parts: Vec<String> = std::iter::once("50".to_owned()).chain(parts).collect();
        format!("{} = {}", parts.join(" "), self.fit)
    }
}
