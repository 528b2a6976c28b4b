//! What answers of many people are worth: how well the questions that measure one thing go together.
//!
//! An item is one question of those that are added up to a total, and its value what an answer adds. [`Moments`] gathers
//! whole numbers from any number of people in constant memory, in any order and on any number of threads; everything else
//! is worked out from their [`Covariances`] at the end. None of it tells whether the questions measure one thing only, or
//! the right one.

mod alpha;
mod beta;
mod covariances;
mod discrimination;
mod interval;
mod moments;
mod omega;
mod run;

pub use alpha::lengthened;
pub use covariances::Covariances;
pub use discrimination::upper_lower;
pub use interval::{f_quantile, feldt};
pub use moments::Moments;
pub use run::{longest_run, run_chance};

/// How far rounding can carry a correlation beyond 1.
const ROUNDING: f64 = 1e-9;

/// A count as a float: exact below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "people and questions are counted, not the grains of sand")]
fn count(number: usize) -> f64 {
    number as f64
}
