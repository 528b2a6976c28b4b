//! Many sheets: read from a table or from lines of JSON and scored on several threads, then written in their order, or
//! summed up.
//!
//! A file of any length passes through in blocks of whole rows, so memory stays constant. What most rows share is looked
//! up and not computed: the outcome that a cell means, by its bytes, and the judgement on a sheet, by its sums.
//!
//! ```text
//! bytes → Block → Row (outcomes, key) → Judgement ┬→ line of the output, in the order of the rows
//!                                                 └→ Summary → Cohort
//! ```

mod careless;
mod csv;
mod judged;
mod line;
mod read;
mod score;
mod summary;
mod turns;

pub use careless::{Careless, Flag, Flags};
pub use read::{Rejected, Sheets, Unreadable};
pub use score::{Options, Totals, score, summarise};
pub use summary::{Cohort, Details, Distribution, Group, Histogram, Item, Reliability, Standing, Summary, Worth};

use crate::scoring::Verdict;

/// Fewest people of a group that more is told about than how many they are: of fewer, each could be recognised.
pub const FEWEST: u64 = 5;

/// One sheet scored, as the summary needs it.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'r> {
    /// Outcome of each scored question in bank order, by its position among the question's outcomes; nothing where it
    /// was skipped.
    pub outcomes: &'r [Option<u16>],
    /// Sum of the centred points of each role.
    pub sums: &'r [i128],
    /// How much the sheet says.
    pub verdict: Verdict,
    /// Position of the role that leads alone.
    pub role: Option<usize>,
    /// Best fit less second, in fit points.
    pub lead: f64,
    /// Signs that it was answered without reading.
    pub flags: Flags,
}

/// What a file of many sheets is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table with a header, as spreadsheet programs write it.
    Csv,
    /// A JSON object a line.
    Ndjson,
}
