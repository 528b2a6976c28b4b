//! A quiz that weighs interests in jobs, says how sure that is and why, and plans the way there.

pub mod bank;
pub mod cli;
pub mod plan;
pub mod report;
pub mod scoring;
pub mod terminal;
