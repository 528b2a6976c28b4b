//! The study plan: knowledge, certification, expertise, with dates. Pure; where it begins is an argument.

mod pace;
mod preferences;
mod schedule;
mod step;
mod study_plan;

pub use pace::{HOURS_PER_WEEK, Pace, TooLong};
pub use preferences::PlanPreferences;
pub use step::{Phase, Step, StepKind};
pub use study_plan::{Plan, shared_topics};
