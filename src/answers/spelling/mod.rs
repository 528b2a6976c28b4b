//! Spelling: what the names in a file mean, whichever program or person has written them. Headers and keys, cells and values
//! of every format and of the command line pass through here, and `words` is the one table of what is understood.
//!
//! ```text
//! header, key → BankNames   → question, choice or place ┐
//! cell, value → ChoiceNames → choices                    ┴→ Answer
//! ```

mod bank_names;
mod choices;
mod columns;
mod fold;
mod names;
mod question_words;
mod scale;
mod second_row;
mod slot;
mod words;

pub(super) use bank_names::{BankNames, ColumnMatch, is_same_header};
pub(crate) use bank_names::{ColumnRole, MatchReason};
pub(super) use choices::{ChoiceNames, FirstStep};
pub(super) use fold::fold;
pub(super) use second_row::{is_open_ended, is_response};
pub(crate) use slot::Slot;
