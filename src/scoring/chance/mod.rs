//! How far random answers lead: every outcome of an answered question equally likely, questions independent.
//!
//! Exact wherever the distribution can be listed (`grid`), or where no two roles share a question (`marginals`); for the
//! rest fixed sets of random sheets stand in, for all questions of a bank `fronts` and for some of them `monte_carlo`, and
//! the standard error is told. Over some of the questions of a bank with two roles, or three with one spread,
//! `convolution` says the same sooner.

mod convolution;
mod distribution;
mod fronts;
mod generator;
mod grid;
mod marginals;
mod monte_carlo;
mod subset_method;

pub use distribution::Chance;
pub(super) use distribution::GapDistribution;
pub(super) use fronts::{each_front, top_two};
pub(super) use generator::Generator;
pub(super) use subset_method::SubsetMethod;
