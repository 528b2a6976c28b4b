//! What moved the result most, as every format shows it, in whole numbers that add up.

use crate::bank::Role;
use crate::scoring::{Contribution, Fit, Score};

use super::document::DivergingBar;
use super::rounding::{nearest, pairs, whole};

/// How many answers are shown one by one; the rest is one sum.
const MOST_SHOWN: usize = 6;

/// The answers that moved the lead most, and how all of them add up to the fits.
pub(super) struct Evidence<'m> {
    /// The role with the best fit; on a tie the first of them.
    first: &'m Role,
    /// The second role.
    second: &'m Role,
    /// The largest first; the last one is the sum of the others, where there are others.
    pub(super) rows: Vec<DivergingBar<'m>>,
    /// One a role, best first.
    pub(super) sums: Vec<Sum<'m>>,
    /// Fit of the first role less fit of the second, as both are shown; the rows add up to it.
    lead: i64,
    /// Whether nobody leads alone.
    tied: bool,
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
        let answers = shown.iter().map(|part| (Some(&*part.question.text), part.question.words(part.answer)));
        let origins = answers.chain((!rest.is_empty()).then(|| (None, together(rest.len()))));
        let row = |(points, (over, label))| {
            let value = toward(points, first.role, second.role);
            DivergingBar { over, label, points, value }
        };
        let rows = points.zip(origins).map(row).collect();
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

    /// What all rows add up to.
    pub(super) fn lead(&self) -> String {
        let (first, second) = (&self.first.name, &self.second.name);
        let lead = match self.lead {
            _ if self.tied => format!("leave {first} and {second} level"),
            0 => format!("put {first} less than 1 point ahead of {second}"),
            1 => format!("put {first} 1 point ahead of {second}"),
            lead => format!("put {first} {lead} points ahead of {second}"),
        };
        format!("Together they {lead}. A fit is 50 and what the same answers gave that role:")
    }
}

/// What moved the lead by some points, and in which direction.
fn toward(points: i64, first: &Role, second: &Role) -> String {
    match points {
        0 => "0".to_owned(),
        1.. => format!("{points} toward {}", first.name),
        _ => format!("{} toward {}", points.unsigned_abs(), second.name),
    }
}

/// What stands for the answers not shown one by one.
fn together(count: usize) -> String {
    if count == 1 { "the other answer".to_owned() } else { format!("the other {count} answers together") }
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
