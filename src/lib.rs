//! A quiz that weighs interests in jobs, says how sure that is and why, and plans the way there.
//!
//! One straight line leads from an answer to a report:
//!
//! ```text
//! flags ─┐
//! file  ─┼→ Response → Sheet → Fit → Verdict → Plan → Report → text | json | markdown | html | ics
//! prompt ┘      ↑
//!             Bank ← questions.toml
//! ```
//!
//! The layers, each of which uses only those before it: `bank` reads question banks, `answers` what people answered,
//! `scoring` turns a sheet into a verdict, `plan` lays steps out in time, `cohort` scores many sheets and sums them up,
//! `report` renders, `terminal` asks a person, and `cli` alone touches files, streams, environment and clock. The shipped
//! bank is read when the program is built, by `src/build.rs`.
//!
//! ```
//! use pathquiz::{Bank, SHIPPED, Scorer, Sheet, Value};
//!
//! let bank = Bank::parse(SHIPPED.as_bytes())?;
//! let mut sheet = Sheet::new(&bank);
//! sheet.put(bank.respond("stores", &Value::Integer(5))?);
//! sheet.skip_open();
//! let scorer = Scorer::new(&bank);
//! let recommendation = scorer.recommend(&sheet);
//! assert_eq!(recommendation.role.map(|role| role.id.as_str()), Some("data-engineering"));
//! assert_eq!(recommendation.verdict.name(), "insufficient");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answers;
mod bank;
mod cli;
mod cohort;
mod plan;
mod report;
mod scoring;
mod terminal;

pub use bank::{Bank, InvalidBank, Question, Role, SHIPPED, Sheet, Value, Verdict, WrongAnswer};
pub use plan::{Pace, Plan, PlanPreferences, TooLong};
pub use report::{Document, Report, ResultReport, Style};
pub use scoring::{Length, Recommendation, Score, Scorer};

/// The layers, for the program, its tests and its benchmarks: all of it may change at any time.
#[doc(hidden)]
pub mod internals {
    pub mod answers {
        pub use crate::answers::*;
    }
    pub mod bank {
        pub use crate::bank::*;
    }
    pub mod cli {
        pub use crate::cli::*;
    }
    pub mod cohort {
        pub use crate::cohort::*;
    }
    pub mod plan {
        pub use crate::plan::*;
    }
    pub mod report {
        pub use crate::report::*;
    }
    pub mod scoring {
        pub use crate::scoring::*;
    }
    pub mod terminal {
        pub use crate::terminal::*;
    }
}
