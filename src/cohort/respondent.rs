//! One sheet scored the plain way, by way of its answers; for few people, and to hold faster ways against.

use crate::bank::{Answer, Sheet};
use crate::scoring::{Length, Model, Recommendation, Verdict};

use super::{Careless, Flags, Scored};

/// A sheet with what a [`Summary`](super::Summary) needs of it.
#[derive(Clone, Debug)]
pub struct Respondent {
    outcomes: Vec<Option<u16>>,
    sums: Vec<i128>,
    verdict: Verdict,
    role: Option<usize>,
    lead: f64,
    flags: Flags,
}

impl Respondent {
    /// Scores a sheet of the model's bank; what is open counts as skipped.
    #[must_use]
    pub fn new(model: &Model<'_>, sheet: &Sheet<'_>) -> Self {
        let outcome = |(item, question)| {
            let answer: Option<&Answer> = sheet.answer(question);
            answer.and_then(|answer| model.outcome(item, answer)).and_then(|way| u16::try_from(way).ok())
        };
        let outcomes: Vec<Option<u16>> = model.questions().enumerate().map(outcome).collect();
        let mut sums = vec![0; model.bank().roles.len()];
        for (item, way) in outcomes.iter().enumerate().filter_map(|(item, way)| way.map(|way| (item, way))) {
            let centred = model.centred(item, usize::from(way));
            sums.iter_mut().zip(centred).for_each(|(sum, points)| *sum += points);
        }
        let careless = Careless::new(model);
        let score = model.score(sheet);
        let recommendation = Recommendation::new(&score, Length::Full);
        Self {
            flags: careless.flags(careless.items().iter().map(|&item| outcomes.get(item).copied().flatten())),
            verdict: recommendation.verdict,
            role: score.leader().map(|fit| fit.index),
            lead: recommendation.lead,
            outcomes,
            sums,
        }
    }

    /// What the summary takes.
    #[must_use]
    pub fn scored(&self) -> Scored<'_> {
        Scored {
            outcomes: &self.outcomes,
            sums: &self.sums,
            verdict: self.verdict,
            role: self.role,
            lead: self.lead,
            flags: self.flags,
        }
    }
}
