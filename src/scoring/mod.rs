//! From a sheet to a verdict: fits, contributions, chance, recommendation and flips; from many sheets to their reliability.
//! Pure and deterministic: equal sheets give equal bits.

mod audit;
mod chance;
mod diff;
mod flip;
mod item;
mod judge;
mod model;
mod persona;
mod quick;
mod recommendation;
pub mod reliability;
mod score;
mod settle;

pub use crate::bank::Verdict;
pub use audit::{Audit, Dominated, Pattern, Reach, Share, Standing, Straight, Tilt, Weight};
pub use chance::Chance;
pub use diff::{Cause, Contrast, Outcome, Shift, Turn};
pub use flip::{Change, Flip};
pub use judge::{Judge, Judgement};
pub use model::{Constants, Model};
pub use persona::{Mismatch, mismatches};
pub use quick::{Forecast, Prediction};
pub use recommendation::{Length, Recommendation};
pub use score::{Contribution, Fit, Score};
pub use settle::{Certainty, Prospect};

/// Differences of z below this are none: sums of whole numbers are divided by square roots, so equal sums can differ in
/// the last bits.
pub(crate) const TOLERANCE: f64 = 1e-9;
