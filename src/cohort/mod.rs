//! Many sheets: what the answers of a group say together, and what they are worth.
//!
//! A [`Summary`] takes one scored sheet after the other and forgets it. All that it keeps are whole numbers, so neither the
//! order of the sheets nor the number of threads shows in a [`Cohort`], which is worked out from it at the end.

mod careless;
mod figures;
mod histogram;
mod measure;
mod respondent;
mod seen;
mod summary;

pub use careless::{Careless, Flag, Flags};
pub use figures::{Cohort, Details, Distribution, Group, Item, Reliability, Standing, Worth};
pub use histogram::Histogram;
pub use respondent::Respondent;
pub use seen::Seen;
pub use summary::Summary;

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
