//! Many sheets: read from a table or from lines of JSON, scored on several threads, written in their order.
//!
//! A file of any length passes through in blocks of whole rows, so memory stays constant. What most rows share is looked
//! up and not computed: the outcome that a cell means, by its bytes, and the judgement on a sheet, by its sums.
//!
//! ```text
//! bytes → Block → Row (outcomes, sums) → Judgement → line of the output
//!    \______________ in turn ______________________________/ on every thread, written in order
//! ```

mod block;
mod column;
mod csv;
mod flags;
mod key;
mod ndjson;
mod output;
mod pattern;
mod reader;
mod row;
mod score;
mod sheets;
mod turns;
mod words;

pub use flags::Flags;
pub use score::{Options, Rejected, Totals, score};
pub use sheets::{Sheets, Unreadable};

/// What a file of many sheets is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table with a header, as spreadsheet programs write it.
    Csv,
    /// A JSON object a line.
    Ndjson,
}
