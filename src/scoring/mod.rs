//! From a sheet to a verdict: fits, contributions, chance, recommendation and flips; from many sheets to their reliability.
//! Pure and deterministic: equal sheets give equal bits.

mod audit;
mod bank_comparison;
mod chance;
mod early_stop;
mod flip;
mod item;
mod judge;
mod model;
mod persona;
mod quick;
mod recommendation;
pub mod reliability;
mod score;

pub use crate::bank::Verdict;
pub use audit::{
    Attainability, Audit, DominatedChoice, MeanImbalance, PatternAudit, PositionPattern, QuestionAudit, QuickShare,
    RoleAudit,
};
pub use bank_comparison::{BankComparison, BankResult, ChangedContribution, ResultChange, WeightChange};
pub use chance::Chance;
pub use early_stop::{LeadBounds, SettledOutcome};
pub use flip::{AnswerChange, Flip};
pub use judge::{Judge, Judgement};
pub use model::{Constants, Model};
pub use persona::{Mismatch, mismatches};
pub use quick::{Forecast, Prediction};
pub use recommendation::{Length, Recommendation};
pub use score::{Contribution, Fit, Score};

/// Differences of z below this are none: sums of whole numbers are divided by square roots, so equal sums can differ in
/// the last bits.
pub(crate) const TOLERANCE: f64 = 1e-9;
