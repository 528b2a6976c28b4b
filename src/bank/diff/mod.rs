//! The changes between two banks, one at a time. Comments, spacing and the order of keys are no content, and a default
//! counts as if it were written.

mod change;
mod content;
mod node;
mod plan;

pub use change::{Change, ChangeKind, EntryKind, Group};

use crate::bank::question_bank::Bank;

impl Bank {
    /// Returns what a newer bank says otherwise than this one: by groups, each in the newer bank's order with what it no
    /// longer has behind it.
    pub fn changes(&self, newer: &Self) -> Vec<Change> {
        let mut changes = content::bank(self).changes(&content::bank(newer));
        changes.sort_by_key(|change| change.entry.group());
        changes
    }
}
