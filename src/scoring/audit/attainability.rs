//! Whether answers can lead to a call for a role.
//!
//! Where every sheet is looked at for chance anyway, the largest lead of the role is known. Else the lead over the nearest
//! rival has to be made large, which is a problem of many rivals at once: for any weights w over the rivals, the sum of
//! each question's best w-weighted lead bounds it from above, and the sheet that reaches this sum bounds it from below.
//! The weights are moved toward the rivals that the sheet leaves nearest (multiplicative weights), until one bound decides.

use crate::bank::named;
use crate::scoring::chance::Chance;
use crate::scoring::model::{Model, Outcome};
use crate::scoring::num::TOLERANCE;

/// Most times that the weights of a role are moved, and most outcomes that are looked at for that with all roles together:
/// a large bank gets fewer steps.
const MAX_STEPS: usize = 400;
const MAX_WORK: usize = 1 << 23;

named! {
    /// The possibility of a call for a role.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Attainability {
        /// A sheet was found that leads to it.
        Reached = "reached",
        /// No sheet does.
        Impossible = "impossible",
        /// Neither was found.
        Unknown = "unknown",
    }
}

impl Attainability {
    /// Returns the possibility to lead by a gap; by none where no gap is a call.
    pub(super) fn new(model: &Model<'_>, chance: &Chance, role: usize, gap: Option<f64>) -> Self {
        match gap {
            None => Self::Impossible,
            Some(gap) if chance.max_lead()[role] >= gap - TOLERANCE => Self::Reached,
            Some(_) if chance.standard_error().is_none() => Self::Impossible,
            Some(gap) => Self::search(model, role, gap),
        }
    }

    /// Moves the weights until one bound decides, or long enough.
    fn search(model: &Model<'_>, role: usize, gap: f64) -> Self {
        let rivals: Vec<usize> = (0..model.bank.roles.len()).filter(|&rival| rival != role).collect();
        let mut weights = vec![1.0; rivals.len()];
        let outcomes: usize = model.items.iter().map(|item| item.outcomes.len()).sum();
        let steps = (MAX_WORK / (outcomes * rivals.len() * model.bank.roles.len()).max(1)).clamp(8, MAX_STEPS);
        for step in (1_u32..).take(steps) {
            let total: f64 = weights.iter().sum();
            weights = weights.iter().map(|weight| weight / total).collect();
            let leads = best_leads(model, role, &rivals, &weights);
            let least = leads.iter().copied().fold(f64::INFINITY, f64::min);
            let bound: f64 = weights.iter().zip(&leads).map(|(weight, lead)| weight * lead).sum();
            if least >= gap - TOLERANCE {
                return Self::Reached;
            }
            if bound < gap - TOLERANCE {
                return Self::Impossible;
            }
            let spread = leads.iter().map(|lead| lead - least).fold(TOLERANCE, f64::max);
            let pace = 1.0 / f64::from(step).sqrt();
            weights.iter_mut().zip(&leads).for_each(|(weight, lead)| *weight *= (pace * (least - lead) / spread).exp());
        }
        Self::Unknown
    }
}

/// Returns the leads of a role over its rivals on the sheet that makes their weighted sum largest.
fn best_leads(model: &Model<'_>, role: usize, rivals: &[usize], weights: &[f64]) -> Vec<f64> {
    let mut leads = vec![0.0; rivals.len()];
    for item in &model.items {
        let weighted = |outcome: &Outcome| -> f64 {
            rivals.iter().zip(weights).map(|(&rival, weight)| weight * outcome.lead(role, rival)).sum()
        };
        let best = item.outcomes.iter().max_by(|one, two| weighted(one).total_cmp(&weighted(two)));
        for (lead, &rival) in leads.iter_mut().zip(rivals) {
            *lead += best.map_or(0.0, |outcome| outcome.lead(role, rival));
        }
    }
    leads
}
