//! Scoring many sheets of one bank: what [`Recommendation`](super::Recommendation) says of a sheet, but for what explains
//! it, with chance remembered from sheet to sheet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::bank::Verdict;

use super::TOLERANCE;
use super::chance::Gaps;
use super::model::{Item, Model};
use super::recommendation::{ENOUGH, coverage, verdict};
use super::score::Score;

/// Most gaps to remember, of all distributions together: 16 bytes each.
const MOST_GAPS: usize = 1 << 20;

/// Judges sheets that are given by the outcomes of the scored questions.
#[derive(Debug)]
pub struct Judge<'m> {
    model: &'m Model<'m>,
    chances: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    /// By the positions of the questions that are answered.
    chances: HashMap<Vec<usize>, Arc<Gaps>>,
    gaps: usize,
}

/// What a sheet says.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Position of the role with the best fit; nothing on an exact tie.
    pub role: Option<usize>,
    /// How much the sheet says.
    pub verdict: Verdict,
    /// Fit of the best role less fit of the second.
    pub lead: f64,
    /// How often random answers lead by as much, whichever role leads; nothing after a quick stop.
    pub chance: Option<f64>,
    /// From 0 to 1.
    pub coverage: f64,
    /// Fit of each role, in bank order.
    pub fits: Vec<f64>,
}

impl<'m> Judge<'m> {
    /// A judge who remembers nothing yet.
    #[must_use]
    pub fn new(model: &'m Model<'m>) -> Self {
        Self { model, chances: Mutex::default() }
    }

    /// The model of the bank.
    #[must_use]
    pub fn model(&self) -> &'m Model<'m> {
        self.model
    }

    /// Judges a sheet by the outcome of each scored question, in bank order; nothing where it is skipped, or left open by
    /// the quick rule, which `open` tells of in positions.
    #[must_use]
    pub fn judge(&self, outcomes: &[Option<u16>], open: &[usize]) -> Judgement {
        let model = self.model;
        let outcome = |(item, outcome): (&'m Item<'m>, &Option<u16>)| {
            outcome.and_then(|outcome| item.outcomes.get(usize::from(outcome))).map(|outcome| (item, outcome))
        };
        let answered = model.items.iter().zip(outcomes).filter_map(outcome).collect();
        let open = open.iter().filter_map(|&item| model.items.get(item)).collect();
        let score = Score::new(model, answered, open);
        let coverage = coverage(&score);
        let (verdict, chance) = if let Some(prediction) = score.quick_stop() {
            (prediction.verdict, None)
        } else {
            let chance = self.chance(&score);
            (verdict(model, coverage, chance), Some(chance))
        };
        let mut fits = vec![0.0; score.fits.len()];
        for fit in &score.fits {
            if let Some(place) = fits.get_mut(fit.index) {
                *place = fit.fit;
            }
        }
        Judgement { role: score.leader().map(|fit| fit.index), verdict, lead: score.lead(), chance, coverage, fits }
    }

    /// The verdict on a score, without what else belongs to a judgement.
    pub(super) fn verdict(&self, score: &Score<'_>) -> Verdict {
        if let Some(prediction) = score.quick_stop() {
            return prediction.verdict;
        }
        let coverage = coverage(score);
        // Too little is answered whatever chance says, and chance is what takes time.
        let chance = if coverage < ENOUGH - TOLERANCE { 1.0 } else { self.chance(score) };
        verdict(self.model, coverage, chance)
    }

    /// How often random answers to the same questions lead by as much.
    fn chance(&self, score: &Score<'_>) -> f64 {
        let gap = score.gap();
        let items: Vec<&Item<'_>> = score.answered.iter().map(|&(item, _)| item).collect();
        if items.len() == self.model.items.len() {
            return self.model.chance().at_least(gap);
        }
        if let Some(chance) = self.model.at_least(&items, gap) {
            return chance;
        }
        let answered: Vec<usize> = items.iter().map(|item| item.index).collect();
        let lock = || self.chances.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().chances.get(&answered).cloned();
        let chance = known.unwrap_or_else(|| {
            let chance = Arc::new(Gaps::new(self.model, &items));
            lock().add(answered, Arc::clone(&chance));
            chance
        });
        chance.at_least(gap)
    }
}

impl Remembered {
    fn add(&mut self, answered: Vec<usize>, chance: Arc<Gaps>) {
        // The questions themselves take some room, too.
        let gaps = answered.len() + chance.len();
        if self.gaps + gaps > MOST_GAPS {
            *self = Self::default();
        }
        self.gaps += gaps;
        self.chances.insert(answered, chance);
    }
}
