//! The answers that moved a result most, in whole numbers that add up.

use crate::bank::{Count, Role};
use crate::scoring::{Contribution, Fit, Score};

use super::document::{Block, DivergingBar, apart, section};
use super::rounding::{nearest, pairs, whole};

/// Most answers that are shown one by one; the rest is one sum.
const MOST_SHOWN: usize = 6;

/// Returns the answers that moved the lead most, and how all of them add up to the fits; `None` where none is given.
pub(super) fn evidence<'r>(score: &Score<'r>) -> Option<Block<'r>> {
    let contributions = score.contributions();
    let [first, second, others @ ..] = score.fits.as_slice() else { return None };
    if contributions.is_empty() {
        return None;
    }
    let (shown, rest) = contributions.split_at(contributions.len().min(MOST_SHOWN));
    let totals = (gained(first), gained(second));
    let (ours, theirs) = pairs(&parts(first, shown, rest), &parts(second, shown, rest), totals, shown.len());
    let mut labels: Vec<_> =
        shown.iter().map(|part| (Some(&*part.question.text), part.question.words(part.answer))).collect();
    if !rest.is_empty() {
        labels.push((None, together(rest.len())));
    }
    let points = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs);
    let bars = points.zip(labels).map(|(points, (question, label))| {
        let value = toward(points, first.role, second.role);
        DivergingBar { question, label, points, value }
    });
    let bars = Block::Diverging(bars.collect());
    let others = others.iter().map(|fit| whole(&parts(fit, shown, rest), gained(fit)));
    let sums = score.fits.iter().zip([ours, theirs].into_iter().chain(others));
    let sums = sums.map(|(fit, parts)| (&*fit.role.name, sum(&parts, nearest(fit.fit)))).collect();
    let blocks = vec![bars, apart(lead(score, first, second)), Block::Sums(sums)];
    Some(section(2, "What moved it most, in points of the lead", blocks))
}

/// Returns the points that all answers gave a role.
fn gained(fit: &Fit<'_>) -> i64 {
    nearest(fit.fit) - 50
}

/// Returns what each answer that is shown gave a role, then all others together.
fn parts(fit: &Fit<'_>, shown: &[Contribution<'_>], rest: &[Contribution<'_>]) -> Vec<f64> {
    let share = |part: &Contribution<'_>| part.shares.get(fit.index).copied().unwrap_or(0.0);
    let others = (!rest.is_empty()).then(|| rest.iter().map(share).sum());
    shown.iter().map(share).chain(others).collect()
}

/// Returns what all rows add up to: points of the lead as it is shown.
fn lead(score: &Score<'_>, first: &Fit<'_>, second: &Fit<'_>) -> String {
    let (ours, theirs) = (&first.role.name, &second.role.name);
    let lead = match nearest(first.fit) - nearest(second.fit) {
        _ if score.leader().is_none() => format!("leave {ours} and {theirs} level"),
        0 => format!("put {ours} less than 1 point ahead of {theirs}"),
        lead => format!("put {ours} {} ahead of {theirs}", Count(lead, "point", "points")),
    };
    format!("Together they {lead}. A fit is 50 and what the same answers gave that role:")
}

/// Returns some points of the lead with the role that they speak for.
fn toward(points: i64, first: &Role, second: &Role) -> String {
    match points {
        0 => "0".to_owned(),
        1.. => format!("{points} toward {}", first.name),
        _ => format!("{} toward {}", points.unsigned_abs(), second.name),
    }
}

/// Returns the label of the answers not shown one by one.
fn together(count: usize) -> String {
    if count == 1 { "the other answer".to_owned() } else { format!("the other {count} answers together") }
}

/// Returns a fit as the sum of 50 and what each row gave.
fn sum(parts: &[i64], fit: i64) -> String {
    let sign = |part: i64| if part < 0 { '−' } else { '+' };
    let parts: Vec<String> = parts.iter().map(|&part| format!(" {} {}", sign(part), part.unsigned_abs())).collect();
    format!("50{} = {fit}", parts.concat())
}
