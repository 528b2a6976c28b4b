//! The audit of a bank as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::answers::SCHEMA_VERSION;
use crate::bank::{Bank, Verdict};
use crate::report::problems::ProblemReport;
use crate::scoring::{self, Attainability, Audit, MeanImbalance, PatternAudit, QuestionAudit, QuickShare};

use super::envelope::{BankId, Tool};
use super::macros::published;
use super::problem::ProblemEntry;

published! {
    /// The figures of a bank before anybody answers it, and its problems. A field can be added at any time.
    #[schemars(title = "Audit of a question bank")]
    pub(crate) AuditDocument(bank: &'r Bank, audit: &'r Audit<'r>, share: QuickShare, problems: ProblemReport<'r>) {
        /// Version of this document; grows when a field changes its meaning or goes.
        #[schemars(extend("const" = SCHEMA_VERSION))]
        schema_version: u32 = SCHEMA_VERSION,
        /// The program that made this document.
        tool: Tool = Tool::SELF,
        /// The bank.
        bank: BankId<'r> = BankId::new(bank),
        /// Probability that random answers end in a tie at the top.
        #[schemars(range(min = 0, max = 1))]
        tie: f64 = audit.tie,
        /// Probability that random answers are `neither`; null where only bounds of it are known.
        #[schemars(range(min = 0, max = 1))]
        neither: Option<f64> = audit.neither.exact(),
        /// Probability with which each role should lead.
        fair: f64 = audit.fair(),
        /// Largest standard error of the probabilities; null where they are exact.
        standard_error: Option<f64> = audit.standard_error,
        /// Smallest lead that is not too close to call, in fit points; null where none is.
        lean: Option<f64> = audit.lean,
        /// Smallest lead that is clear, in fit points; null where none is.
        clear: Option<f64> = audit.clear,
        /// The part of the questions that a quick quiz asks of somebody who answers at random.
        quick: QuickEntry = QuickEntry { share: share.mean, standard_error: share.standard_error },
        /// The roles, in bank order.
        roles: Vec<RoleAudit<'r>> = audit.roles.iter().map(RoleAudit::new).collect(),
        /// The scored questions, in bank order.
        questions: Vec<QuestionEntry<'r>> = audit.questions.iter().map(|question| QuestionEntry::new(question, audit)).collect(),
        /// Sheets with the same position everywhere.
        straight: Vec<Straight<'r>> = audit.patterns.iter().map(Straight::new).collect(),
        /// Pairs of questions that are nearly the same.
        duplicates: Vec<[&'r str; 2]> = audit.duplicates().iter().map(|(one, two)| [&*one.id, &*two.id]).collect(),
        /// Number of errors.
        errors: usize = problems.counts().0,
        /// Number of warnings.
        warnings: usize = problems.counts().1,
        /// The problems, in file order.
        problems: Vec<ProblemEntry> = problems.entries(),
    }
}

#[derive(JsonSchema, Serialize)]
struct QuickEntry {
    /// Mean share of the scored questions.
    #[schemars(range(min = 0, max = 1))]
    share: f64,
    /// Its standard error; null where it is exact.
    standard_error: Option<f64>,
}

published! {
    /// The results of random and extreme answers for one role.
    RoleAudit(audit: &'r scoring::RoleAudit<'_>) {
        /// Identifies the role.
        id: &'r str = &audit.role.id,
        /// Probability that random answers let it lead alone.
        #[schemars(range(min = 0, max = 1))]
        leads: f64 = audit.leads,
        /// Largest fit that answers can give it.
        ceiling: f64 = audit.ceiling,
        /// Number of questions that tell anything about it.
        questions: usize = audit.questions,
        /// Points for liking every activity.
        liking: i64 = audit.acquiescence,
        /// Possibility of a call for it.
        #[schemars(extend("enum" = Attainability::ALL.map(Attainability::name)))]
        call: &'r str = audit.attainability.name(),
    }
}

published! {
    /// The influence of a question on the leads.
    #[schemars(rename = "Question")]
    QuestionEntry(question: &'r QuestionAudit<'_>, audit: &'r Audit<'_>) {
        /// Identifies the question.
        id: &'r str = &question.question.id,
        /// Largest share of the chance variance of a lead.
        #[schemars(range(min = 0, max = 1))]
        share: f64 = question.share,
        /// Largest difference that it can make to a lead, in fit points.
        swing: f64 = question.swing,
        /// The largest difference between what it gives two roles on average; null where there is none.
        tilt: Option<Tilt<'r>> = question.imbalance.map(|imbalance| Tilt::new(imbalance, audit)),
        /// Choices that give every role less than another choice does.
        dominated: Vec<Dominated<'r>> = question.dominated.iter().map(Dominated::new).collect(),
    }
}

published! {
    /// A difference between what a question gives two roles on average.
    Tilt(imbalance: MeanImbalance, audit: &'r Audit<'_>) {
        /// Id of the role that gets more.
        to: &'r str = &audit.roles[imbalance.to].role.id,
        /// Id of the role that gets less.
        from: &'r str = &audit.roles[imbalance.from].role.id,
        /// Mean of the raw points of the one less that of the other.
        points: f64 = imbalance.points,
    }
}

published! {
    /// A choice that gives every role less than another one.
    Dominated(pair: &'r scoring::DominatedChoice<'_>) {
        /// Its id.
        choice: &'r str = &pair.choice.id,
        /// Id of the other one.
        by: &'r str = &pair.by.id,
    }
}

published! {
    /// The result of a sheet with the same position everywhere.
    Straight(audit: &'r PatternAudit<'_>) {
        /// The position, counted from 1; null for the last one.
        position: Option<usize> = audit.pattern.position(),
        /// Id of the role that leads; null where none does.
        role: Option<&'r str> = audit.role.map(|role| &*role.id),
        /// The verdict.
        #[schemars(extend("enum" = Verdict::ALL.map(Verdict::name)))]
        verdict: &'r str = audit.verdict.name(),
        /// Probability that random answers lead by as much.
        #[schemars(range(min = 0, max = 1))]
        chance: f64 = audit.chance,
        /// The lead, in fit points.
        lead: f64 = audit.lead,
    }
}
