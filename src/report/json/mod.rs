//! The JSON documents. Their types are the promise to other programs: a field of the domain can be renamed without
//! renaming it here. The JSON Schema of a result is derived from them, with their comments as its descriptions.

mod audit;
mod cohort;
mod envelope;
mod macros;
mod plan;
mod problem;
mod result;

pub use result::sheet_json;

pub(super) use audit::AuditDocument;
pub(super) use cohort::cohort;
pub(super) use envelope::{BankId, Tool, bounded, document, pretty};
pub(super) use macros::object;
pub(super) use plan::Plan;
pub(super) use problem::ProblemEntry;
pub(super) use result::ResultDocument;
