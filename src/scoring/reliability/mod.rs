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

pub(crate) use covariances::Covariances;
pub(crate) use discrimination::upper_lower;
pub(crate) use interval::{feldt, fisher, student};
pub(crate) use moments::Moments;
pub(crate) use run::{longest_run, run_chance};
