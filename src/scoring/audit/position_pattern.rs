//! Sheets that answer by position and not by content.

use crate::bank::{Answer, Bank, Kind, Question, Response, Role, Sheet, Verdict};
use crate::scoring::scorer::Scorer;
use crate::scoring::verdict::Length;

/// The position that is taken everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionPattern {
    /// This one, counted from 1, or the last one where there are fewer.
    Position(usize),
    Last,
}

/// The result of such a sheet.
#[derive(Clone, Debug)]
pub struct PatternAudit<'m> {
    pub pattern: PositionPattern,
    /// The role that leads, `None` on a tie and where the activities of every role are disliked.
    pub role: Option<&'m Role>,
    pub verdict: Verdict,
    /// Probability that random answers lead by as much.
    pub chance: f64,
    pub lead: f64,
}

impl<'m> PatternAudit<'m> {
    /// Returns one result a position, up to the most choices that a question has, and one of last choices.
    pub(super) fn all(scorer: &'m Scorer<'m>) -> Vec<Self> {
        let most = scorer.model().questions().map(|question| question.choices.len()).max().unwrap_or(0);
        let patterns = (1..=most).map(PositionPattern::Position).chain([PositionPattern::Last]);
        patterns.map(|pattern| Self::new(scorer, pattern)).collect()
    }

    fn new(scorer: &'m Scorer<'m>, pattern: PositionPattern) -> Self {
        let score = scorer.score(&pattern.sheet(scorer.bank()));
        let decision = score.decide(Length::Full);
        Self {
            pattern,
            role: score.leader().map(|fit| fit.role).filter(|_| decision.verdict != Verdict::Neither),
            verdict: decision.verdict,
            chance: decision.chance.unwrap_or(1.0),
            lead: score.lead(),
        }
    }
}

impl PositionPattern {
    /// Returns the position, counted from 1; `None` for the last one.
    pub fn position(self) -> Option<usize> {
        match self {
            Self::Position(position) => Some(position),
            Self::Last => None,
        }
    }

    fn sheet(self, bank: &Bank) -> Sheet<'_> {
        let mut sheet = Sheet::new(bank);
        for question in bank.questions.iter().filter(|question| question.is_scored()) {
            sheet.put(Response { question, answer: self.answer(question) });
        }
        sheet
    }

    /// Returns as many neighbouring choices as the question takes at least, one or more, from the position on; a ranking of
    /// last choices is turned around.
    fn answer(self, question: &Question) -> Answer {
        let choices = question.choices.len();
        let picks = match &question.kind {
            Kind::Scale | Kind::Single => 1,
            Kind::Multi { fewest, .. } => (*fewest).max(1),
            Kind::Rank { places } => places.len(),
        };
        let last = choices.saturating_sub(picks);
        Answer::Picks(match (self, &question.kind) {
            (Self::Last, Kind::Rank { .. }) => (0..choices).rev().take(picks).collect(),
            (Self::Last, _) => (last..choices).collect(),
            (Self::Position(position), _) => {
                let first = position.saturating_sub(1).min(last);
                (first..first + picks).collect()
            }
        })
    }
}
