//! A sheet scored in brief: what a [`Recommendation`](super::Recommendation) says, but for what explains it.

use crate::bank::Verdict;

use super::score::Score;
use super::scorer::Scorer;
use super::verdict::Length;

#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Position of the role with the best fit, `None` on an exact tie.
    pub role: Option<usize>,
    pub verdict: Verdict,
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
        let decision = score.decide(Length::Quick);
        let mut fits = vec![0.0; score.fits.len()];
        score.fits.iter().for_each(|fit| fits[fit.index] = fit.fit);
        Scored {
            role: score.leader().map(|fit| fit.index),
            verdict: decision.verdict,
            lead: score.lead(),
            chance: decision.chance,
            coverage: decision.coverage,
            fits,
        }
    }
}
