//! What moved a result most, in whole numbers that add up.

use crate::bank::{Count, Role};
use crate::scoring::{Contribution, Fit, Score};

use super::document::{Block, DivergingBar, apart};
use super::rounding::{nearest, pairs, whole};
use super::words;

/// How many answers are shown one by one; the rest is one sum.
const MOST_SHOWN: usize = 6;

/// Returns the answers that moved the lead most, and how all of them add up to the fits; `None` where none is given.
pub(super) fn evidence<'r>(score: &Score<'r>) -> Option<Block<'r>> {
    let contributions = score.contributions();
    let [first, second, ..] = score.fits.as_slice() else { return None };
    if contributions.is_empty() {
        return None;
    }
    let (shown, rest) = contributions.split_at(contributions.len().min(MOST_SHOWN));
    let parts = |fit: &Fit<'_>| -> Vec<f64> {
        let share = |part: &Contribution<'_>| part.shares.get(fit.index).copied().unwrap_or(0.0);
        let others = (!rest.is_empty()).then(|| rest.iter().map(share).sum());
        shown.iter().map(share).chain(others).collect()
    };
    let total = |fit: &Fit<'_>| nearest(fit.fit) - 50;
    let (ours, theirs) = pairs(&parts(first), &parts(second), (total(first), total(second)), shown.len());
    let points = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs);
    let answers = shown.iter().map(|part| (Some(&*part.question.text), part.question.words(part.answer)));
    let labels = answers.chain((!rest.is_empty()).then(|| (None, together(rest.len()))));
    let bar = |(points, (over, label))| {
        let value = toward(points, first.role, second.role);
        DivergingBar { over, label, points, value }
    };
    let bars = points.zip(labels).map(bar).collect();
    let others = score.fits.iter().skip(2).map(|fit| whole(&parts(fit), total(fit)));
    let sums = score.fits.iter().zip([ours, theirs].into_iter().chain(others));
    let sums = sums.map(|(fit, parts)| (&*fit.role.name, sum(&parts, nearest(fit.fit)))).collect();
    let blocks = vec![Block::Diverging(bars), apart(lead(score, first, second)), Block::Sums(sums)];
    Some(Block::Section(2, words::EVIDENCE.to_owned(), blocks))
}

/// What all rows add up to: points of the lead as it is shown.
fn lead(score: &Score<'_>, first: &Fit<'_>, second: &Fit<'_>) -> String {
    let lead = match nearest(first.fit) - nearest(second.fit) {
        _ if score.leader().is_none() => format!("leave {} and {} level", first.role.name, second.role.name),
        0 => format!("put {} less than 1 point ahead of {}", first.role.name, second.role.name),
        lead => format!("put {} {} ahead of {}", first.role.name, Count(lead, "point", "points"), second.role.name),
    };
    format!("Together they {lead}. A fit is 50 and what the same answers gave that role:")
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

/// How a fit comes about: 50 and what each row gave.
fn sum(parts: &[i64], fit: i64) -> String {
    let sign = |part: i64| if part < 0 { '−' } else { '+' };
    let parts: Vec<String> = parts.iter().map(|&part| format!(" {} {}", sign(part), part.unsigned_abs())).collect();
    format!("50{} = {fit}", parts.concat())
}
