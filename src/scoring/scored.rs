//! A sheet scored in brief: what a [`Recommendation`](super::Recommendation) says, but for what explains it.

use crate::bank::Verdict;

use super::score::Score;
use super::scorer::Scorer;
use super::verdict::Length;

#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Positions of the first and the second role.
    pub top_two: (usize, usize),
    /// Position of the role with the best fit, `None` on an exact tie.
    pub role: Option<usize>,
    /// The verdict by the lead alone.
    pub verdict: Verdict,
    /// The verdict if the activities of every role are disliked, which equal sums do not tell.
    pub verdict_if_disliked: Verdict,
    /// Fit of the best role less fit of the second.
    pub lead: f64,
    /// Probability that random answers lead by as much, whichever role leads; `None` after a quick stop.
    pub chance: Option<f64>,
    pub coverage: f64,
    pub fits: Vec<f64>,
}

impl Scorer<'_> {
    /// Scores a sheet by the outcome of each scored question, in bank order; `None` where it is skipped, or left open by
    /// the quick rule, which `open` tells of in positions.
    pub fn score_outcomes(&self, outcomes: &[Option<u16>], open: &[usize]) -> Scored {
        let items = &self.model().items;
        let answered = items.iter().zip(outcomes).filter_map(|(item, outcome)| Some((item, usize::from((*outcome)?))));
        let answered = answered.map(|(item, outcome)| (item, &item.outcomes[outcome])).collect();
        let score = Score::new(self, answered, open.iter().map(|&item| &items[item]).collect());
        let decision = score.decide_by_lead(Length::Quick);
        let mut fits = vec![0.0; score.fits.len()];
        score.fits.iter().for_each(|fit| fits[fit.index] = fit.fit);
        Scored {
            top_two: score.top_two(),
            role: score.leader().map(|fit| fit.index),
            verdict: decision.verdict,
            verdict_if_disliked: decision.or_neither(),
            lead: score.lead(),
            chance: decision.chance,
            coverage: decision.coverage,
            fits,
        }
    }
}
