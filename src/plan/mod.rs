//! The study plan: knowledge, certification, expertise, with dates. Pure; where it begins is an argument.

mod preferences;
mod schedule;
mod step;
mod study_plan;

pub use preferences::PlanPreferences;
pub use schedule::{HOURS_PER_WEEK, Pace, TooLong};
pub use step::{Phase, Step, StepKind};
pub use study_plan::{Plan, shared_topics};
