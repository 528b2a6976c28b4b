//! Sheets that answer by position and not by content.

use crate::bank::{Answer, Kind, Question, Response, Role, Sheet, Verdict};

use super::super::chance::Chance;
use super::super::model::Model;

/// Which position is taken everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionPattern {
    /// This one, counted from 1, or the last one where there are fewer.
    Position(usize),
    /// The last one.
    Last,
}

/// What such a sheet comes to.
#[derive(Clone, Debug)]
pub struct PatternAudit<'m> {
    /// The position.
    pub pattern: PositionPattern,
    /// The role that leads; nothing on a tie.
    pub role: Option<&'m Role>,
    /// The verdict.
    pub verdict: Verdict,
    /// How often random answers lead by as much.
    pub chance: f64,
    /// The lead, in fit points.
    pub lead: f64,
}

/// One sheet a position, up to the most choices that a question has, and one of last choices.
pub(super) fn sheets<'m>(model: &'m Model<'m>, chance: &Chance) -> Vec<PatternAudit<'m>> {
    let most = model.questions().map(|question| question.choices.len()).max().unwrap_or(0);
    let straight = |pattern| {
        let score = model.score(&sheet(model, pattern));
        let p = chance.at_least(score.gap());
        let verdict = super::super::recommendation::verdict(model, 1.0, p);
        PatternAudit { pattern, role: score.leader().map(|fit| fit.role), verdict, chance: p, lead: score.lead() }
    };
    (1..=most).map(PositionPattern::Position).chain([PositionPattern::Last]).map(straight).collect()
}

fn sheet<'m>(model: &'m Model<'m>, pattern: PositionPattern) -> Sheet<'m> {
    let mut sheet = Sheet::new(model.bank);
    for question in model.questions() {
        sheet.put(Response { question, answer: answer(question, pattern) });
    }
    sheet
}

/// As many neighbouring choices as the question takes at least, one or more, from the position on; a ranking of last
/// choices is turned around.
fn answer(question: &Question, pattern: PositionPattern) -> Answer {
    let choices = question.choices.len();
    let picks = match &question.kind {
        Kind::Scale | Kind::Single => 1,
        Kind::Multi { fewest, .. } => (*fewest).max(1),
        Kind::Rank { places } => places.len(),
    };
    let last = choices.saturating_sub(picks);
    match (pattern, &question.kind) {
        (PositionPattern::Last, Kind::Rank { .. }) => Answer::Picks((0..choices).rev().take(picks).collect()),
        (PositionPattern::Last, _) => Answer::Picks((last..choices).collect()),
        (PositionPattern::Position(position), _) => {
            let first = position.saturating_sub(1).min(last);
            Answer::Picks((first..first + picks).collect())
        }
    }
}

/// Sum of what the highest step of every scale question gives a role.
pub(super) fn acquiescence(model: &Model<'_>, role: usize) -> i64 {
    let scales = model.questions().filter(|question| question.kind == Kind::Scale);
    let top = |question: &Question| question.choices.last().and_then(|step| step.points.get(role).copied());
    scales.filter_map(top).sum()
}
