//! Stopping before the end: what the verdict will be if the open questions are answered at random.
//!
//! The quick rule stops as soon as one of the outcomes that a full sheet can have has a probability of at least 1 − eps:
//! `neither`, a role called clearly or by a lean, or `close`. Random clickers are then called at most eps more often than
//! by the whole quiz. The chance of the answered part alone no longer holds, because asking stopped when it looked good.

use std::collections::BTreeSet;

use crate::bank::Verdict;

use super::axis::AxisSum;
use super::chance::each_front;
use super::neither::NeitherChance;
use super::num::TOLERANCE;
use super::score::{MIN_COVERAGE, Score};

/// Largest probability that the verdict would have been another one.
const MAX_EPS: f64 = 0.01;

/// Fewest answers before a quick stop.
pub(super) const MIN_ANSWERS: usize = 6;

/// The probability of each verdict, every outcome of an open question equally likely.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// That of a call by role, whatever becomes of `neither`.
    pub called: Vec<f64>,
    /// The same for a clear call.
    clear: Vec<f64>,
    neither: NeitherChance,
}

/// The verdict that will most probably come out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The role called, by its position in the bank; `None` where none is.
    pub role: Option<usize>,
    /// Never insufficient.
    pub verdict: Verdict,
}

impl Forecast {
    /// Returns the forecast of a score with open questions; skipped ones stay skipped.
    pub fn new(score: &Score<'_>) -> Self {
        let (model, thresholds) = (score.model(), score.bank().thresholds);
        let chance = score.scorer.gaps(&score.unskipped());
        let [call, clear] = [thresholds.close, thresholds.clear]
            .map(|probability| chance.threshold(probability).map_or(f64::INFINITY, |gap| gap - TOLERANCE));
        let mut now = vec![0.0; model.spreads.len()];
        score.fits.iter().for_each(|fit| now[fit.index] = fit.z);
        let neither = score.neither_chance();
        let mut forecast = Self { called: vec![0.0; now.len()], clear: vec![0.0; now.len()], neither };
        let mut total = 0.0;
        each_front(model, &score.open, &AxisSum::all(model), &now, |winner, gap, count| {
            total += count;
            forecast.called[winner] += if gap >= call { count } else { 0.0 };
            forecast.clear[winner] += if gap >= clear { count } else { 0.0 };
        });
        forecast.called.iter_mut().chain(&mut forecast.clear).for_each(|sum| *sum /= total);
        forecast
    }

    /// Returns the probability that it stays too close to call.
    pub fn close(&self) -> f64 {
        (1.0 - self.called.iter().sum::<f64>()).max(0.0)
    }

    /// Returns the verdict that is probable enough for a bank that calls a lead at this chance probability, `None` if none
    /// is. All of `neither` is taken off the others, as if it shared no sheet with what they leave: it may be a little too
    /// much, which costs one question in a thousand, where sums of leads and steps together would take far more states.
    pub fn prediction(&self, close: f64) -> Option<Prediction> {
        let enough = enough(close);
        if self.neither.lower >= enough {
            return Some(Prediction { role: None, verdict: Verdict::Neither });
        }
        let is_enough = |probability: f64| probability - self.neither.upper >= enough;
        if is_enough(self.close()) {
            return Some(Prediction { role: None, verdict: Verdict::Close });
        }
        let mut calls = self.called.iter().zip(&self.clear).enumerate();
        calls.find_map(|(role, (&called, &clear))| {
            let verdict = match (is_enough(clear), is_enough(called - clear)) {
                (true, _) => Verdict::Clear,
                (_, true) => Verdict::Lean,
                _ => return None,
            };
            Some(Prediction { role: Some(role), verdict })
        })
    }
}

/// Returns how probable a verdict must be for a bank that calls a lead at this chance probability. The rule is void where
/// eps is not far below that, so eps is a tenth of it at most.
pub(super) fn enough(close: f64) -> f64 {
    1.0 - MAX_EPS.min(close / 10.0)
}

impl Score<'_> {
    /// Returns the verdict to stop with by the quick rule, `None` while it should go on: before six answers, before every
    /// topic has one (or no open question), before half of the evidence and half of each role's activities are there, and
    /// while no verdict is probable enough.
    pub fn quick_stop(&self) -> Option<Prediction> {
        if self.open.is_empty() || self.answered.len() < MIN_ANSWERS || self.coverage() < MIN_COVERAGE {
            return None;
        }
        let answered: BTreeSet<&str> = self.answered.iter().filter_map(|&(item, _)| item.topic()).collect();
        if !self.open.iter().filter_map(|item| item.topic()).all(|topic| answered.contains(topic)) {
            return None;
        }
        let activities = self.scorer.activities();
        if (0..self.fits.len()).any(|role| 2 * self.step_sum(role).answered < activities.count(role)) {
            return None;
        }
        let prediction = Forecast::new(self).prediction(self.bank().thresholds.close)?;
        let leader = self.leader().map(|leader| leader.index);
        (prediction.role.is_none() || prediction.role == leader).then_some(prediction)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::scoring::scorer::Scorer;
    use crate::scoring::tests::{coins, sheet};

    /// Five coins lead by 5 in 2 of 32 sheets and by 3 or more in 12: only all of them for one role is a call at 0.20.
    #[test]
    fn a_forecast_counts_what_is_open() {
        let bank = coins(&[1, 1, 1, 1, 1]);
        let scorer = Scorer::new(&bank);
        let forecast = |picks: &str| Forecast::new(&scorer.score(&sheet(&bank, picks)));
        let (open, half) = (forecast("xxxxx"), forecast("000xx"));
        assert_eq!([open.called[0], open.called[1], open.close()], [1.0 / 32.0, 1.0 / 32.0, 15.0 / 16.0]);
        assert_eq!([half.called[0], half.called[1], half.close()], [0.25, 0.0, 0.75]);
        assert_eq!(forecast("01xxx").prediction(0.20).map(|prediction| prediction.verdict), Some(Verdict::Close));
        assert_eq!(open.prediction(0.20), None);
    }

    #[test]
    fn a_verdict_must_be_nearly_certain() {
        assert_eq!((enough(0.20), enough(0.05)), (0.99, 0.995));
    }
}
