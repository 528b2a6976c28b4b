//! The answers that moved a result most, in whole numbers that add up.

use crate::bank::{Count, Role};
use crate::scoring::{Contribution, Fit, Score};

use super::document::{Block, DivergingBar, Part, apart};
use super::rounding::{nearest, pairs, whole};

/// Most answers that are shown one by one; the rest is one sum.
const MAX_ANSWERS: usize = 6;

/// Returns the answers that moved the lead most, and how all of them add up to the fits; `None` where none is given.
pub(super) fn evidence<'r>(score: &Score<'r>) -> Option<Part<'r>> {
    let contributions = score.contributions();
    let [first, second, others @ ..] = score.fits.as_slice() else { return None };
    if contributions.is_empty() {
        return None;
    }
    let (shown, rest) = contributions.split_at(contributions.len().min(MAX_ANSWERS));
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
    Some(("The answers that mattered most, in points of the lead".to_owned(), blocks))
}

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
    format!("Together they {lead}. Every fit starts at 50, and the same answers move it up or down:")
}

/// Returns some points of the lead with the role that they speak for.
fn toward(points: i64, first: &Role, second: &Role) -> String {
    match points {
        0 => "0".to_owned(),
        1.. => format!("{points} toward {}", first.name),
        _ => format!("{} toward {}", points.unsigned_abs(), second.name),
    }
}

fn together(count: usize) -> String {
    if count == 1 { "the other answer".to_owned() } else { format!("the other {count} answers together") }
}

/// Returns a fit as the sum of 50 and what each row gave.
fn sum(parts: &[i64], fit: i64) -> String {
    let sign = |part: i64| if part < 0 { '−' } else { '+' };
    let parts: Vec<String> = parts.iter().map(|&part| format!(" {} {}", sign(part), part.unsigned_abs())).collect();
    format!("50{} = {fit}", parts.concat())
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, Question, SHIPPED, Sheet, Value};
    use crate::scoring::Scorer;

    use super::*;

    /// Returns what is shown of a sheet with the first so many scale questions answered alike.
    fn shown(count: usize) -> Option<(Vec<DivergingBar<'static>>, Vec<String>)> {
        let bank = Box::leak(Box::new(Bank::parse(SHIPPED.as_bytes()).unwrap()));
        let mut sheet = Sheet::new(bank);
        let like = |question: &Question| bank.respond(&question.id, &Value::Integer(5)).ok();
        bank.questions.iter().filter_map(like).take(count).for_each(|response| sheet.put(response));
        sheet.skip_open();
        let scorer = Box::leak(Box::new(Scorer::new(bank)));
        let (_, blocks) = evidence(&scorer.score(&sheet))?;
        let mut blocks = blocks.into_iter();
        let (Some(Block::Diverging(bars)), _, Some(Block::Sums(sums))) = (blocks.next(), blocks.next(), blocks.next())
        else {
            panic!("evidence is bars, a sentence and sums")
        };
        Some((bars, sums.into_iter().map(|(_, sum)| sum).collect()))
    }

    #[test]
    fn no_answer_is_no_evidence() {
        assert!(shown(0).is_none());
    }

    #[test]
    fn answers_that_are_not_shown_are_one_row_without_a_question() {
        let (few, _) = shown(MAX_ANSWERS).unwrap();
        assert_eq!((few.len(), few.iter().all(|bar| bar.question.is_some())), (MAX_ANSWERS, true));
        let (bars, sums) = shown(MAX_ANSWERS + 2).unwrap();
        let last = bars.last().unwrap();
        assert_eq!((bars.len(), last.question, &*last.label), (MAX_ANSWERS + 1, None, "the other 2 answers together"));
        assert!(sums.iter().all(|sum| sum.matches(['+', '−']).count() == MAX_ANSWERS + 1), "{sums:?}");
    }

    #[test]
    fn a_sum_is_fifty_and_what_each_row_gave() {
        assert_eq!(sum(&[7, -2, 0], 55), "50 + 7 − 2 + 0 = 55");
        assert_eq!(
            (together(1), together(3)),
            ("the other answer".to_owned(), "the other 3 answers together".to_owned())
        );
    }
}
