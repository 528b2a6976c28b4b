//! The report on what a change of a bank changes: in the bank, and in the results of people who answered it.

mod changes;
mod people;

pub use changes::DiffReport;
pub use people::{PeopleChanges, PersonChange};
