//! What moved the lead most, as every format lists it.

use crate::scoring::Score;

use super::rounding::whole;
use super::words;

/// How many answers are shown one by one; the rest is one sum.
const MOST_SHOWN: usize = 6;

/// Lines of whole points of fit with what gave them: the largest contributions, the rest in one, and the lead, which is
/// their sum. Nothing where nothing is answered.
pub(super) fn lines(score: &Score<'_>) -> Vec<(i64, String)> {
    let contributions = score.contributions();
    if contributions.is_empty() {
        return Vec::new();
    }
    let (shown, rest) = contributions.split_at(contributions.len().min(MOST_SHOWN));
    let mut leads: Vec<f64> = shown.iter().map(|contribution| contribution.lead).collect();
    let mut texts: Vec<String> = shown.iter().map(words::answer).collect();
    if !rest.is_empty() {
        leads.push(rest.iter().map(|contribution| contribution.lead).sum());
        texts.push(words::others(rest.len()));
    }
    let points = whole(&leads);
    let lead = points.iter().sum();
    let mut lines: Vec<(i64, String)> = points.into_iter().zip(texts).collect();
    lines.push((lead, "the lead in points of fit".to_owned()));
    lines
}
