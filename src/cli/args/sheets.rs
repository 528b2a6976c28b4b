//! Flags of the commands that read many sheets.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum, ValueHint};

use crate::answers::Form;
use crate::cli::args::output::{DocumentFormat, OutputArgs};

/// Many sheets, and how to read them.
#[derive(Args, Debug)]
pub(crate) struct SheetsArgs {
    /// Table, workbook or lines of JSON [default: standard input]
    ///
    /// A table (CSV) has ids or texts of questions as its header; a line of JSON is a table of answers or a former result.
    /// Workbooks (.xlsx, .ods) and zip archives with one table in them are read into memory: 100,000 rows are
    /// fine, and 256 MiB once unpacked are the limit. `-` is standard input too
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,

    /// Write bad rows to a file [default: standard error]
    ///
    /// Rows that are no sheets of answers, each with line and reason; standard error names the first 50
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rejects: Option<PathBuf>,

    /// Sheet of a workbook [default: the first that names questions]
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,

    /// Threads to work on, 1 to 256 [default: all there are]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<u16>,

    /// Flag sheets that came before
    ///
    /// Takes up to 40 bytes of memory a sheet
    #[arg(long)]
    pub(crate) duplicates: bool,
}

/// Reads a number of threads that a machine may have.
fn threads(text: &str) -> Result<u16, String> {
    let threads = text.parse().ok().filter(|threads| (1..=256).contains(threads));
    threads.ok_or_else(|| "write a whole number from 1 to 256".to_owned())
}

#[derive(Args, Debug)]
pub(crate) struct ScoreArgs {
    #[command(flatten)]
    pub(crate) sheets: SheetsArgs,

    /// Form of the output, csv or ndjson [default: as the input]
    #[arg(long, value_name = "FORM", hide_possible_values = true)]
    pub(crate) to: Option<Form>,

    /// Keep all digits in CSV, not six
    #[arg(long)]
    pub(crate) exact: bool,

    /// Write to a file, once all is done [default: standard output]
    ///
    /// In CSV a text that a spreadsheet program would take for a formula has an apostrophe in front
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Csv, Self::Ndjson]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(if *self == Self::Csv { "csv" } else { "ndjson" }))
    }
}

#[derive(Args, Debug)]
pub(crate) struct CohortArgs {
    #[command(flatten)]
    pub(crate) sheets: SheetsArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs<DocumentFormat>,
}
