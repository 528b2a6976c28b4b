//! The figures of a bank.

use crate::bank::{Kind, Question, Role, Sheet};
use crate::scoring::model::Model;
use crate::scoring::neither::NeitherChance;
use crate::scoring::scorer::Scorer;

use super::attainability::Attainability;
use super::duplicate::duplicates;
use super::position_pattern::PatternAudit;
use super::question::QuestionAudit;
use super::quick_share::QuickShare;

#[derive(Debug)]
pub struct Audit<'m> {
    scorer: &'m Scorer<'m>,
    pub roles: Vec<RoleAudit<'m>>,
    /// Probability that random answers end in a tie at the top.
    pub tie: f64,
    /// Probability that random answers dislike the activities of every role.
    pub neither: NeitherChance,
    /// Largest standard error of the probabilities where they are sampled, `None` where they are exact.
    pub standard_error: Option<f64>,
    /// Smallest lead that is no longer too close to call, in fit points, `None` where no lead is.
    pub lean: Option<f64>,
    /// Smallest lead that is clear, in fit points, `None` where no lead is.
    pub clear: Option<f64>,
    pub questions: Vec<QuestionAudit<'m>>,
    /// Sheets that answer by position alone.
    pub patterns: Vec<PatternAudit<'m>>,
}

/// The results of random and extreme answers for one role.
#[derive(Clone, Debug)]
pub struct RoleAudit<'m> {
    pub role: &'m Role,
    /// Probability that random answers let it lead alone.
    pub leads: f64,
    /// Largest fit that answers can give it.
    pub ceiling: f64,
    /// Number of questions that tell anything about it.
    pub questions: usize,
    /// Sum of what the highest step of every scale gives it.
    pub acquiescence: i64,
    /// Attainability of a call for it.
    pub attainability: Attainability,
}

impl<'m> Audit<'m> {
    /// Works the figures of a bank out.
    pub fn new(scorer: &'m Scorer<'m>) -> Self {
        let (model, chance, thresholds) = (scorer.model(), scorer.chance(), scorer.bank().thresholds);
        let roles = (0..model.bank.roles.len()).map(|role| RoleAudit::new(scorer, role)).collect();
        let questions = model.items.iter().zip(model.weights());
        Self {
            scorer,
            roles,
            tie: chance.tie(),
            neither: scorer.score(&Sheet::new(model.bank)).neither_chance(),
            standard_error: chance.standard_error(),
            lean: chance.threshold(thresholds.close).map(|gap| model.points(gap)),
            clear: chance.threshold(thresholds.clear).map(|gap| model.points(gap)),
            questions: questions.map(|(item, share)| QuestionAudit::new(model, item, share)).collect(),
            patterns: PatternAudit::all(scorer),
        }
    }

    /// Returns the probability with which each role should lead under random answering.
    pub fn fair(&self) -> f64 {
        let roles = u32::try_from(self.roles.len().max(1)).map_or(f64::INFINITY, f64::from);
        (1.0 - self.tie) / roles
    }

    /// Returns pairs of questions that are nearly the same.
    pub fn duplicates(&self) -> Vec<(&'m Question, &'m Question)> {
        duplicates(self.scorer.model().questions())
    }

    /// Returns the share of the scored questions that `--quick` asks somebody who answers at random.
    pub fn share(&self) -> QuickShare {
        QuickShare::new(self.scorer)
    }
}

impl<'m> RoleAudit<'m> {
    fn new(scorer: &'m Scorer<'m>, role: usize) -> Self {
        let (model, chance) = (scorer.model(), scorer.chance());
        let call = chance.threshold(model.bank.thresholds.close);
        Self {
            role: &model.bank.roles[role],
            leads: chance.wins()[role],
            ceiling: 50.0 + model.points(model.constants(role).highest),
            questions: model.items.iter().filter(|item| item.concerns(role)).count(),
            acquiescence: acquiescence(model, role),
            attainability: Attainability::new(model, chance, role, call),
        }
    }
}

/// Returns the sum of what the highest step of every scale question gives a role.
fn acquiescence(model: &Model<'_>, role: usize) -> i64 {
    let scales = model.questions().filter(|question| question.kind == Kind::Scale);
    scales.filter_map(|question| question.choices.last()).map(|step| step.points[role]).sum()
}
