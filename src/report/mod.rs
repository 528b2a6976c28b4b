//! Reports. A report for people is a document: builders make it, one file a report, and renderers show it, one file a
//! format; JSON and the calendar stand beside them. All make text; they read no file, clock or environment.

mod audit;
mod bar;
mod calendar;
mod cohort;
mod diff;
mod document;
mod evidence;
mod html;
mod json;
mod markdown;
mod page;
mod phrases;
mod plan;
mod plan_comparison;
mod problems;
mod questions;
mod result;
mod result_comparison;
mod result_list;
mod rounding;
mod schema;
mod sessions;
mod snippet;
mod tasks;
mod text;
mod window;

pub use audit::AuditReport;
pub use diff::{DiffReport, PeopleChanges, PersonChange};
pub use document::{Document, Report};
pub use json::sheet_json;
pub use page::Style;
pub(crate) use phrases::careless_remark;
pub use plan::PlanReport;
pub use plan_comparison::PlanComparison;
pub use problems::{ProblemReport, error_json};
pub use questions::QuestionsReport;
pub use result::ResultReport;
pub use result_comparison::{NumberedResult, ResultComparison};
pub use result_list::{ListedResult, list_json, list_text};
pub use schema::{answers_schema, audit_schema, bank_schema, result_schema};
pub use sessions::StudySessions;
pub use window::{NextSteps, WindowFrame};
