//! From a sheet to a verdict: fits, contributions, chance, recommendation and flips; from many sheets to their reliability.
//! Pure and deterministic: equal sheets give equal bits.
//!
//! ```text
//! Bank → Model (constants) → Scorer (chance, remembered) → Score (fits) → verdict → Recommendation | Scored
//! ```

#![allow(missing_docs, reason = "names that say it all need no more")]

mod audit;
mod axis;
mod bank_comparison;
mod chance;
mod early_stop;
mod flip;
mod key_table;
mod model;
mod num;
mod persona;
mod quick;
mod recommendation;
pub(crate) mod reliability;
mod score;
mod scored;
mod scorer;
mod threads;
mod verdict;

pub use crate::bank::Verdict;
pub use audit::{
    Attainability, Audit, DominatedChoice, MeanImbalance, PatternAudit, PositionPattern, QuestionAudit, QuickShare,
    RoleAudit,
};
pub use bank_comparison::{BankComparison, BankResult, ChangedContribution, ResultChange, WeightChange};
pub use chance::Chance;
pub use early_stop::{LeadBounds, SettledOutcome};
pub use flip::{AnswerChange, Flip};
pub(crate) use key_table::KeyTable;
pub use model::{Constants, Model};
pub use persona::{Mismatch, mismatches};
pub use quick::{Forecast, Prediction};
pub use recommendation::Recommendation;
pub use score::{Contribution, Fit, Score};
pub use scored::Scored;
pub use scorer::Scorer;
pub(crate) use threads::lock;
pub use verdict::Length;
