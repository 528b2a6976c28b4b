//! Many sheets: scored on several threads, then written in the order of their rows, or summed up.
//!
//! ```text
//! Block → Respondent (outcomes) → CachedResult ┬→ line of the output, in the order of the rows
//!                                              └→ Summary → Cohort
//! ```

mod careless;
mod key_table;
mod line;
mod ordered_pool;
mod result_cache;
mod score;
mod summary;

pub use careless::{Careless, Flag, Flags};
pub use score::{Options, Totals, score, summarise};
pub use summary::{
    Cohort, Details, Distribution, GroupSize, Histogram, QuestionStats, QuestionSummary, Reliability, RoleSummary,
    Summary,
};

use crate::scoring::Verdict;

/// Fewest people of a group that more is told about than how many they are: of fewer, each could be recognised.
pub const MIN_GROUP: u64 = 5;

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
