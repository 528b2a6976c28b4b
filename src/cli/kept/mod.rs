//! Results that are kept on this machine, one file each, with the banks and pages that belong to them.

mod store;

pub(crate) use store::{KeptResult, ResultStore};
