//! The question bank: TOML as written on one side, a [`Bank`] that holds on the other, and one road between them.
//!
//! ```text
//! bytes → toml → source::File → validate → Bank
//! ```
//!
//! A bank that has been parsed needs no further check: every id it mentions exists, every number is within its limits,
//! and every role can be scored. Everything that is wrong with a file is reported at once, in file order.

mod answer;
mod date;
mod diagnostic;
mod diff;
mod field;
mod from_toml;
mod kinds;
mod limits;
mod named;
mod num;
mod parse;
mod parse_answer;
mod persona;
mod problem;
mod problem_kind;
mod question;
mod question_bank;
mod role;
mod schema;
mod sheet;
mod source;
mod suggest;
mod table_reader;
mod text;
mod validate;
mod wrong_answer;

pub use answer::{Allowed, Answer, SKIP, Value};
pub use date::PartialDate;
pub use diagnostic::Diagnostic;
pub use diff::{Change, ChangeKind, EntryKind, Group};
pub(crate) use field::List;
pub use limits::LARGEST_FILE;
pub(crate) use limits::{MOST_ROLES, PACE, YEARS};
pub(crate) use named::named;
pub(crate) use num::{gcd, lcm};
pub(crate) use parse::utf8;
pub use parse::{SHIPPED, STARTER};
pub use persona::{Expectation, Persona, Verdict};
pub(crate) use problem::Problems;
pub use problem::{InvalidBank, Place, Problem, Severity};
pub(crate) use problem_kind::ProblemKind;
pub use question::{Choice, Kind, MOST_OUTCOMES, PlanEffect, Question, QuestionUse};
pub use question_bank::{Bank, Thresholds};
pub use role::{Certification, Cost, Dataset, Hours, Outlook, Project, Resource, ResourceKind, Role, Topic};
pub use sheet::{Response, Sheet};
pub use source::file_schema;
pub use suggest::UnknownWord;
pub(crate) use suggest::nearest_by;
pub(crate) use text::Count;
pub use text::{clean, quoted};
pub use wrong_answer::WrongAnswer;
