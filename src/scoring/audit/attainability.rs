//! Whether answers can lead to a call for a role.
//!
//! Where every sheet is looked at for chance anyway, the largest lead of the role is known. Else the lead over the nearest
//! rival has to be made large, which is a problem of many rivals at once: for any weights w over the rivals, the sum of
//! each question's best w-weighted lead bounds it from above, and the sheet that reaches this sum bounds it from below.
//! The weights are moved toward the rivals that the sheet leaves nearest (multiplicative weights), until one bound decides.

use crate::bank::named;
use crate::scoring::TOLERANCE;
use crate::scoring::chance::Chance;
use crate::scoring::model::{Model, Outcome};

/// Most times that the weights of a role are moved, and most outcomes that are looked at for that with all roles together:
/// a large bank gets fewer steps.
const MOST_STEPS: usize = 400;
const MOST_WORK: usize = 1 << 23;

named! {
    /// Whether answers can lead to a call for a role.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Attainability {
        /// A sheet was found that does.
        Reached = "reached",
        /// No sheet does.
        Impossible = "impossible",
        /// Neither was found.
        Unknown = "unknown",
    }
}

impl Attainability {
    /// Whether the role can lead by a gap; by none where no gap is a call.
    pub(super) fn new(model: &Model<'_>, chance: &Chance, role: usize, gap: Option<f64>) -> Self {
        let Some(gap) = gap else { return Self::Impossible };
        match chance.max_lead().get(role) {
            Some(&lead) if lead >= gap - TOLERANCE => Self::Reached,
            _ if chance.standard_error().is_none() => Self::Impossible,
            _ => Self::search(model, role, gap),
        }
    }

    /// Moves the weights until one bound decides, or long enough.
    fn search(model: &Model<'_>, role: usize, gap: f64) -> Self {
        let rivals: Vec<usize> = (0..model.bank.roles.len()).filter(|&rival| rival != role).collect();
        let mut weights = vec![1.0; rivals.len()];
        let outcomes: usize = model.items.iter().map(|item| item.outcomes.len()).sum();
        let steps = (MOST_WORK / (outcomes * rivals.len() * model.bank.roles.len()).max(1)).clamp(8, MOST_STEPS);
        for step in (1_u32..).take(steps) {
            let total: f64 = weights.iter().sum();
            weights = weights.iter().map(|weight| weight / total).collect();
            let leads = best(model, role, &rivals, &weights);
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

/// The leads of a role over its rivals on the sheet that makes their weighted sum largest.
fn best(model: &Model<'_>, role: usize, rivals: &[usize], weights: &[f64]) -> Vec<f64> {
    let mut leads = vec![0.0; rivals.len()];
    for item in &model.items {
        let weighted = |way: &Outcome| -> f64 {
            rivals.iter().zip(weights).map(|(&rival, weight)| weight * way.lead(role, rival)).sum()
        };
        let ways = item.outcomes.iter().map(|way| (way, weighted(way)));
        let best = ways.max_by(|(_, one), (_, two)| one.total_cmp(two));
        for (lead, &rival) in leads.iter_mut().zip(rivals) {
            *lead += best.map_or(0.0, |(way, _)| way.lead(role, rival));
        }
    }
    leads
}
