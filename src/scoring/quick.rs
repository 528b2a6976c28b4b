//! Stopping before the end: what the verdict will be if the open questions are answered at random.
//!
//! The quick rule stops as soon as one of the verdicts "a call for this role" and "too close" has a probability of at
//! least 1 − eps. Random clickers are then called at most eps more often than by the whole quiz. The chance of the
//! answered part alone no longer holds, because asking stopped when it looked good.

use std::collections::BTreeSet;

use crate::bank::Verdict;

use super::axis::AxisSum;
use super::chance::each_front;
use super::model::Item;
use super::num::TOLERANCE;
use super::score::{MIN_COVERAGE, Score};

/// Largest probability that the verdict would have been another one.
const MAX_EPS: f64 = 0.01;

/// Fewest answers before a quick stop.
pub(super) const MIN_ANSWERS: usize = 6;

/// The probability of each verdict, every outcome of an open question equally likely.
#[derive(Clone, Debug)]
pub struct Forecast {
    called: Vec<f64>,
    clear: Vec<f64>,
}

/// The verdict that will most probably come out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The role called, by its position in the bank; `None` where it stays too close.
    pub role: Option<usize>,
    /// Never insufficient. A call is only predicted as clear where that alone is probable enough.
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
        let mut forecast = Self { called: vec![0.0; now.len()], clear: vec![0.0; now.len()] };
        let mut total = 0.0;
        each_front(model, &score.open, &AxisSum::all(model), &now, |winner, gap, count| {
            total += count;
            forecast.called[winner] += if gap >= call { count } else { 0.0 };
            forecast.clear[winner] += if gap >= clear { count } else { 0.0 };
        });
        forecast.called.iter_mut().chain(&mut forecast.clear).for_each(|sum| *sum /= total);
        forecast
    }

    /// Returns the probability of a call for a role, by its position in the bank.
    pub fn call(&self, role: usize) -> f64 {
        self.called[role]
    }

    /// Returns the probability that it stays too close to call.
    pub fn close(&self) -> f64 {
        (1.0 - self.called.iter().sum::<f64>()).max(0.0)
    }

    /// Returns the verdict that is probable enough for a bank that calls a lead at this chance probability, `None` if none
    /// is.
    pub fn prediction(&self, close: f64) -> Option<Prediction> {
        let enough = enough(close);
        if self.close() >= enough {
            return Some(Prediction { role: None, verdict: Verdict::Close });
        }
        let role = self.called.iter().position(|&probability| probability >= enough)?;
        let verdict = if self.clear[role] >= enough { Verdict::Clear } else { Verdict::Lean };
        Some(Prediction { role: Some(role), verdict })
    }
}

/// Returns how probable a verdict must be for a bank that calls a lead at this chance probability. The rule is void where
/// eps is not far below that, so eps is a tenth of it at most.
pub(super) fn enough(close: f64) -> f64 {
    1.0 - MAX_EPS.min(close / 10.0)
}

impl Score<'_> {
    /// Returns the verdict to stop with by the quick rule, `None` while it should go on: before six answers, before every
    /// topic has one (or no open question), before half of the evidence is there, and while no verdict is probable enough.
    pub fn quick_stop(&self) -> Option<Prediction> {
        if self.open.is_empty() || self.answered.len() < MIN_ANSWERS || self.coverage() < MIN_COVERAGE {
            return None;
        }
        let answered: BTreeSet<&str> = self.answered.iter().filter_map(|&(item, _)| topic(item)).collect();
        if !self.open.iter().filter_map(|item| topic(item)).all(|topic| answered.contains(topic)) {
            return None;
        }
        let prediction = Forecast::new(self).prediction(self.bank().thresholds.close)?;
        let leader = self.leader().map(|leader| leader.index);
        (prediction.role.is_none() || prediction.role == leader).then_some(prediction)
    }
}

fn topic<'m>(item: &Item<'m>) -> Option<&'m str> {
    item.question.topic.as_deref()
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
        assert_eq!([open.call(0), open.call(1), open.close()], [1.0 / 32.0, 1.0 / 32.0, 15.0 / 16.0]);
        assert_eq!([half.call(0), half.call(1), half.close()], [0.25, 0.0, 0.75]);
        assert_eq!(forecast("01xxx").prediction(0.20).map(|prediction| prediction.verdict), Some(Verdict::Close));
        assert_eq!(open.prediction(0.20), None);
    }

    #[test]
    fn a_verdict_must_be_nearly_certain() {
        assert_eq!((enough(0.20), enough(0.05)), (0.99, 0.995));
    }
}
