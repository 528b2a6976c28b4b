//! What a bank does before anybody answers it: whom random answers favour, what each question weighs, and which patterns of
//! clicking earn a call. The same tables that score a sheet are looked at here, so the figures are exact wherever a
//! result's chance is.

mod attainability;
mod duplicate;
mod figures;
mod finding;
mod position_pattern;
mod question;
mod quick_share;

pub use attainability::Attainability;
pub use figures::{Audit, RoleAudit};
pub use position_pattern::{PatternAudit, PositionPattern};
pub use question::{DominatedChoice, MeanImbalance, QuestionAudit};
pub use quick_share::QuickShare;
