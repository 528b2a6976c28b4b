//! What is told: builders make a document of it, one file a report, and renderers show that, one file a format; JSON and
//! the calendar stand beside them. All make text; they read no file, clock or environment.

mod audit;
mod bar;
mod calendar;
mod cohort;
mod comparison;
mod diff;
mod document;
mod error;
mod evidence;
mod html;
mod json;
mod markdown;
mod page;
mod plan;
mod problems;
mod questions;
mod result;
mod rounding;
mod schema;
mod text;
mod words;

pub use audit::{audit_json, audit_text, audit_verdict};
pub use calendar::plan_calendar;
pub use cohort::{cohort, cohort_json};
pub use comparison::comparison;
pub use diff::{Person, Tally, diff_json, diff_text, people_text, person_text, tally_text};
pub use document::Document;
pub use error::error_json;
pub use json::{comparison_json, plan_json, sheet_json};
pub use page::Style;
pub use plan::plan;
pub use problems::{problems_json, problems_text};
pub use questions::{questions_json, questions_text};
pub use result::Report;
pub use schema::{answers_schema, bank_schema, result_schema};
