//! What a sheet says, and how sure that is.

use crate::bank::{Bank, Role, Sheet, Verdict};

use super::early_stop::LeadBounds;
use super::flip::{AnswerChange, Flip};
use super::lead_error::LeadError;
use super::liking::Liking;
use super::num::TOLERANCE;
use super::score::{Fit, Score};
use super::scorer::Scorer;
use super::verdict::Length;

/// The result of a sheet, and how sure it is.
#[derive(Debug)]
pub struct Recommendation<'m> {
    /// The role with the best fit, `None` on an exact tie and where the activities of every role are disliked.
    pub role: Option<&'m Role>,
    /// The roles that share the best fit on an exact tie; empty without one.
    pub tied: Vec<&'m Role>,
    /// The second role, `None` where there is no first.
    pub runner_up: Option<&'m Role>,
    /// The roles that cannot be told from the best one, itself included: a lead over them as small would be no call.
    pub shortlist: Vec<&'m Role>,
    pub verdict: Verdict,
    /// Fit of the best role less fit of the second.
    pub lead: f64,
    /// p: how often random answers lead by as much, whichever role leads; `None` after a quick stop, which would make it
    /// look rarer than it is.
    pub chance: Option<f64>,
    /// The error of the lead, `None` where too little is answered, on an exact tie and after a quick stop.
    pub lead_error: Option<LeadError>,
    /// The liking for the activities of each role, in bank order; `None` where too few of them are answered.
    pub likings: Vec<Option<Liking>>,
    /// Largest standard error of p where it is sampled, `None` where it is exact.
    pub standard_error: Option<f64>,
    pub coverage: f64,
    /// Scored questions that were put to the person, skipped ones included.
    pub asked: usize,
    pub of: usize,
    /// True if the open questions cannot change the outcome: one role will be called whatever is answered, none can be, or
    /// `neither` is certain.
    pub settled: bool,
    /// Smallest and largest lead over the second role that the open questions leave, in fit points; `None` if none is open.
    pub range: Option<(f64, f64)>,
    /// The fewest changed answers after which the best role no longer leads alone, `None` where none can do it or no role
    /// is recommended.
    pub flip: Option<Flip<'m>>,
}

impl<'m> Recommendation<'m> {
    /// Returns the recommendation that a score gives. A quick one that the quick rule does not allow is given in full.
    pub fn new(score: &Score<'m>, length: Length) -> Self {
        let model = score.model();
        let decision = score.decide(length);
        let stands_for = if decision.chance.is_some() { score.answered_items() } else { score.unskipped() };
        let gaps = score.scorer.gaps(&stands_for);
        let bounds = (!score.open.is_empty()).then(|| LeadBounds::new(score));
        let (first, second) = score.top_two();
        let is_tie = score.leader().is_none();
        let leader = score.leader().map(|fit| fit.role).filter(|_| decision.verdict != Verdict::Neither);
        let best = score.fits[0].z;
        let close = model.bank.thresholds.close + TOLERANCE;
        Self {
            role: leader,
            tied: if is_tie { roles(score.leaders()) } else { Vec::new() },
            runner_up: leader.map(|_| score.fits[1].role),
            shortlist: roles(score.fits.iter().filter(|fit| gaps.at_least(best - fit.z) > close)),
            verdict: decision.verdict,
            lead: score.lead(),
            chance: decision.chance,
            lead_error: decision.chance.and_then(|_| score.lead_error()),
            likings: (0..score.fits.len()).map(|role| score.liking(role)).collect(),
            standard_error: gaps.standard_error(),
            coverage: decision.coverage,
            asked: model.items.len() - score.open.len(),
            of: model.items.len(),
            settled: bounds.as_ref().is_none_or(|bounds| score.is_settled(bounds)),
            range: bounds
                .map(|bounds| bounds.range(first, second))
                .map(|(low, high)| (model.points(low), model.points(high))),
            flip: leader.and_then(|_| Flip::find(score)),
        }
    }

    /// Returns the answers that would have to change for the best role no longer to lead alone; none where none can.
    pub fn changes(&self) -> &[AnswerChange<'m>] {
        self.flip.as_ref().map_or(&[], |flip| &flip.changes)
    }

    /// Returns the other jobs to look at that the bank names; none where a role is called or too little is answered.
    pub fn elsewhere<'b>(&self, bank: &'b Bank) -> &'b [String] {
        match self.verdict {
            Verdict::Close | Verdict::Neither => &bank.elsewhere,
            Verdict::Clear | Verdict::Lean | Verdict::Insufficient => &[],
        }
    }
}

impl<'m> Scorer<'m> {
    /// Scores a sheet and returns the recommendation that follows from it.
    pub fn recommend(&'m self, sheet: &Sheet<'_>) -> Recommendation<'m> {
        Recommendation::new(&self.score(sheet), Length::Full)
    }
}

fn roles<'f, 'm: 'f>(fits: impl IntoIterator<Item = &'f Fit<'m>>) -> Vec<&'m Role> {
    fits.into_iter().map(|fit| fit.role).collect()
}
