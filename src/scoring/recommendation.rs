//! From scores to a verdict.
//!
//! p is how often random answers to the answered questions lead by at least as much. Coverage is the share of the
//! lead's chance variance that the answered questions carry, of all scored questions; below one half nothing is called.

use crate::bank::{Role, Sheet, Verdict};

use super::TOLERANCE;
use super::chance::Gaps;
use super::early_stop::LeadBounds;
use super::flip::{AnswerChange, Flip};
use super::model::{Item, Model};
use super::score::{Fit, Score};

/// Least coverage at which a verdict is given.
pub(super) const ENOUGH: f64 = 0.5;

/// How much of the quiz a result stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// What has been answered, as it is.
    Full,
    /// The whole quiz, predicted from a part by the quick rule.
    Quick,
}

/// What a sheet says, and how sure that is.
#[derive(Debug)]
pub struct Recommendation<'m> {
    /// The role with the best fit; nothing on an exact tie.
    pub role: Option<&'m Role>,
    /// The roles that share the best fit on an exact tie; empty without one.
    pub tied: Vec<&'m Role>,
    /// The second role; nothing on an exact tie.
    pub runner_up: Option<&'m Role>,
    /// The roles that cannot be told from the best one, itself included: a lead over them as small would be no call.
    pub shortlist: Vec<&'m Role>,
    /// How much the sheet says.
    pub verdict: Verdict,
    /// Fit of the best role less fit of the second.
    pub lead: f64,
    /// p: how often random answers lead by as much, whichever role leads; nothing after a quick stop, which would make
    /// it look rarer than it is.
    pub chance: Option<f64>,
    /// Largest standard error of p where it is sampled and not exact.
    pub standard_error: Option<f64>,
    /// From 0 to 1.
    pub coverage: f64,
    /// Scored questions that were put to the person, skipped ones included.
    pub asked: usize,
    /// Scored questions of the bank.
    pub of: usize,
    /// Whether the open questions could not change who leads or whether it is called.
    pub settled: bool,
    /// Smallest and largest lead over the second role that the open questions leave, in fit points; nothing where none
    /// is open.
    pub range: Option<(f64, f64)>,
    /// The fewest changed answers after which the best role no longer leads alone.
    pub flip: Option<Flip<'m>>,
}

impl<'m> Recommendation<'m> {
    /// The recommendation that a score gives. A quick one that the quick rule does not allow is given in full.
    #[must_use]
    pub fn new(score: &Score<'m>, length: Length) -> Self {
        let model = score.model;
        let predicted = if length == Length::Quick { score.quick_stop() } else { None };
        let items = match predicted {
            Some(_) => score.unskipped(),
            None => score.answered.iter().map(|&(item, _)| item).collect(),
        };
        let chance = model.gaps(&items);
        let p = model.at_least(&items, score.gap()).unwrap_or_else(|| chance.at_least(score.gap()));
        let coverage = coverage(score);
        let verdict = predicted.map_or_else(|| verdict(model, coverage, p), |prediction| prediction.verdict);
        let prospect = (!score.is_complete()).then(|| LeadBounds::new(score));
        let (first, second) = score.front();
        let leader = score.leader().map(|fit| fit.role);
        let tied = if leader.is_some() { Vec::new() } else { roles(score.leaders()) };
        Self {
            role: leader,
            tied,
            runner_up: leader.and_then(|_| score.fits.get(1)).map(|fit| fit.role),
            shortlist: shortlist(score, &chance),
            verdict,
            lead: score.lead(),
            chance: predicted.is_none().then_some(p),
            standard_error: chance.standard_error(),
            coverage,
            asked: model.items.len() - score.open.len(),
            of: model.items.len(),
            settled: prospect.as_ref().is_none_or(LeadBounds::is_settled),
            range: prospect
                .map(|prospect| prospect.range(first, second))
                .map(|(low, high)| (model.points(low), model.points(high))),
            flip: Flip::find(score),
        }
    }
}

impl<'m> Recommendation<'m> {
    /// The answers that would have to change for the best role no longer to lead alone; none where none can.
    #[must_use]
    pub fn changes(&self) -> &[AnswerChange<'m>] {
        self.flip.as_ref().map_or(&[], |flip| &flip.changes)
    }
}

impl<'b> Model<'b> {
    /// Scores a sheet and draws the recommendation from it.
    #[must_use]
    pub fn recommend(&'b self, sheet: &Sheet<'_>) -> Recommendation<'b> {
        Recommendation::new(&self.score(sheet), Length::Full)
    }
}

/// The verdict on what has been answered.
pub(super) fn verdict(model: &Model<'_>, coverage: f64, chance: f64) -> Verdict {
    let thresholds = model.bank.thresholds;
    if coverage < ENOUGH - TOLERANCE {
        Verdict::Insufficient
    } else if chance <= thresholds.clear + TOLERANCE {
        Verdict::Clear
    } else if chance <= thresholds.close + TOLERANCE {
        Verdict::Lean
    } else {
        Verdict::Close
    }
}

fn roles<'m>(fits: &[Fit<'m>]) -> Vec<&'m Role> {
    fits.iter().map(|fit| fit.role).collect()
}

/// Everyone so near to the best role that a lead as small would be no call.
fn shortlist<'m>(score: &Score<'m>, chance: &Gaps) -> Vec<&'m Role> {
    let best = score.fits.first().map_or(0.0, |fit| fit.z);
    let close = score.model.bank.thresholds.close;
    let near = |fit: &&Fit<'m>| chance.at_least(best - fit.z) > close + TOLERANCE;
    score.fits.iter().filter(near).map(|fit| fit.role).collect()
}

/// Share of the lead's chance variance that has been answered. Two roles that always get the same have no such
/// variance; for them it is the share of the questions.
pub(super) fn coverage(score: &Score<'_>) -> f64 {
    let model = score.model;
    if score.answered.len() == model.items.len() {
        return 1.0;
    }
    let (first, second) = score.front();
    let variance = |sum: f64, item: &Item<'_>| sum + item.variance(first, second);
    let total = model.items.iter().fold(0.0, variance);
    if total > 0.0 {
        return score.answered.iter().map(|&(item, _)| item).fold(0.0, variance) / total;
    }
    let count = |length: usize| u32::try_from(length).map_or(0.0, f64::from);
    count(score.answered.len()) / count(model.items.len())
}
