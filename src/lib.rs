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
//! [`bank`] reads question banks and the answers of one person, [`answers`] those of many, [`scoring`] turns a sheet into a
//! verdict, [`plan`] lays steps out in time, [`cohort`] scores many sheets and sums them up, [`report`] renders,
//! [`terminal`] asks a person, and [`cli`] alone touches files, streams, environment and clock. The shipped bank is read
//! when the program is built, by `src/build.rs`.
//!
//! ```
//! use pathquiz::bank::{Bank, SHIPPED, Sheet, Value};
//! use pathquiz::scoring::Scorer;
//!
//! let bank = Bank::parse(SHIPPED.as_bytes())?;
//! let mut sheet = Sheet::new(&bank);
//! sheet.put(bank.respond("pipelines", &Value::Integer(5))?);
//! sheet.skip_open();
//! let scorer = Scorer::new(&bank);
//! let recommendation = scorer.recommend(&sheet);
//! assert_eq!(recommendation.role.map(|role| role.id.as_str()), Some("data-engineering"));
//! assert_eq!(recommendation.verdict.name(), "insufficient");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod answers;
pub mod bank;
pub mod cli;
pub mod cohort;
pub mod plan;
pub mod report;
pub mod scoring;
pub mod terminal;
