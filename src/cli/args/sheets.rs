//! Flags of the commands that read many sheets.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Output;

/// Many sheets, and how to read them.
#[derive(Args, Debug)]
pub(in crate::cli) struct Sheets {
    /// CSV with a header of ids or texts of questions, or JSON tables of answers a line; `-` or nothing for standard input
    pub(in crate::cli) file: Option<PathBuf>,

    /// Write rows that are no sheets to a file, with line and reason [default: standard error]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rejects: Option<PathBuf>,

    /// Threads to work on [default: as many as the machine has]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(in crate::cli) threads: Option<u16>,

    /// Flag sheets that have come before, which takes 16 bytes a sheet
    #[arg(long)]
    pub(in crate::cli) duplicates: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Score {
    #[command(flatten)]
    pub(in crate::cli) sheets: Sheets,

    /// Form of the output [default: that of the input]
    #[arg(long, value_name = "FORM")]
    pub(in crate::cli) to: Option<Form>,

    /// Write to a file, replaced only when all is done
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Form {
    Csv,
    Ndjson,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Cohort {
    #[command(flatten)]
    pub(in crate::cli) sheets: Sheets,

    #[command(flatten)]
    pub(in crate::cli) output: Output,
}
