//! What a bank does before anybody answers it: whom random answers favour, what each question weighs, and which patterns of
//! clicking earn a call. The same tables that score a sheet are looked at here, so the figures are exact wherever a
//! result's chance is.

mod attainability;
mod finding;
mod position_pattern;
mod question;
mod quick_share;

use crate::bank::{Question, Role};

use super::model::Model;

pub use attainability::Attainability;
pub use position_pattern::{PatternAudit, PositionPattern};
pub use question::{DominatedChoice, MeanImbalance, QuestionAudit};
pub use quick_share::QuickShare;

/// The figures of a bank.
#[derive(Debug)]
pub struct Audit<'m> {
    model: &'m Model<'m>,
    /// Every role, in bank order.
    pub roles: Vec<RoleAudit<'m>>,
    /// Probability that random answers end in a tie at the top.
    pub tie: f64,
    /// Largest standard error of the probabilities where they are sampled; nothing where they are exact.
    pub standard_error: Option<f64>,
    /// Smallest lead that is no longer too close to call, in fit points; nothing where no lead is.
    pub lean: Option<f64>,
    /// Smallest lead that is clear, in fit points; nothing where no lead is.
    pub clear: Option<f64>,
    /// Every scored question, in bank order.
    pub questions: Vec<QuestionAudit<'m>>,
    /// Sheets that answer by position alone.
    pub straight: Vec<PatternAudit<'m>>,
}

/// What random and extreme answers give one role.
#[derive(Clone, Debug)]
pub struct RoleAudit<'m> {
    /// The role.
    pub role: &'m Role,
    /// Probability that random answers let it lead alone.
    pub leads: f64,
    /// Largest fit that answers can give it.
    pub ceiling: f64,
    /// How many questions tell anything about it.
    pub questions: usize,
    /// Sum of what the highest step of every scale gives it.
    pub acquiescence: i64,
    /// Whether answers can lead to a call for it.
    pub attainability: Attainability,
}

impl<'m> Audit<'m> {
    /// Works the figures of a bank out.
    #[must_use]
    pub fn new(model: &'m Model<'m>) -> Self {
        let chance = model.chance();
        let thresholds = model.bank.thresholds;
        let call = chance.threshold(thresholds.close);
        let standing = |(index, role): (usize, &'m Role)| RoleAudit {
            role,
            leads: chance.wins().get(index).copied().unwrap_or_default(),
            ceiling: 50.0 + model.points(model.constants(index).highest),
            questions: model
                .items
                .iter()
                .filter(|item| item.outcomes.iter().any(|way| way.centred[index] != 0))
                .count(),
            acquiescence: position_pattern::acquiescence(model, index),
            attainability: Attainability::new(model, chance, index, call),
        };
        Self {
            model,
            roles: model.bank.roles.iter().enumerate().map(standing).collect(),
            tie: chance.tie(),
            standard_error: chance.standard_error(),
            lean: call.map(|gap| model.points(gap)),
            clear: chance.threshold(thresholds.clear).map(|gap| model.points(gap)),
            questions: model
                .items
                .iter()
                .zip(model.weights())
                .map(|(item, share)| QuestionAudit::new(model, item, share))
                .collect(),
            straight: position_pattern::sheets(model, chance),
        }
    }

    /// The probability with which each role should lead under random answering.
    #[must_use]
    pub fn fair(&self) -> f64 {
        let roles = u32::try_from(self.roles.len().max(1)).map_or(f64::INFINITY, f64::from);
        (1.0 - self.tie) / roles
    }

    /// Pairs of questions that are nearly the same.
    #[must_use]
    pub fn duplicates(&self) -> Vec<(&'m Question, &'m Question)> {
        question::duplicates(self.model)
    }

    /// Share of the scored questions that `--quick` asks somebody who answers at random.
    #[must_use]
    pub fn share(&self) -> QuickShare {
        QuickShare::new(self.model)
    }
}
