//! From the bytes of a file to rows that are understood.
//!
//! A file passes through in blocks of whole rows (`block`). The reader of a block knows the usual rows by sight
//! (`glance`) and takes the others apart (`reader`); what a cell means is remembered by its question (`column`).

mod block;
mod column;
mod glance;
mod key;
mod ndjson;
mod piece;
mod reader;
mod row;
mod sheets;
mod words;

pub(super) use block::Block;
pub(super) use column::Column;
pub(super) use key::Keys;
pub(super) use reader::Reader;
pub(super) use row::{Id, Row};
pub use sheets::{Sheets, Unreadable};

/// A row that is no sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Number of its first line, from 1.
    pub line: u64,
    /// What is wrong and what to do.
    pub reason: String,
    /// The row as it stands there.
    pub row: String,
}
