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

    /// Answer a question by a column, as in `--column tools=Q5`
    ///
    /// Where neither the id nor the text of the question is in the header. `likes[wood]=Q7_1` names the column of a choice,
    /// `order[1]=Q8_1` that of a place. The flag may be given for each column
    #[arg(long, value_name = "QUESTION=COLUMN", value_parser = column)]
    pub(crate) column: Vec<(String, String)>,

    /// Ignore a column, however it looks
    ///
    /// The flag may be given for each column
    #[arg(long, value_name = "COLUMN")]
    pub(crate) ignore: Vec<String>,

    /// Read a scale in a column as counted from 0
    ///
    /// The flag may be given for each column
    #[arg(long, value_name = "COLUMN")]
    pub(crate) from_zero: Vec<String>,

    /// Skip cells that are not understood
    ///
    /// Their rows are scored without them and get the flag `unknown`; otherwise they are rejected
    #[arg(long)]
    pub(crate) lenient: bool,

    /// Threads to work on, 1 to 256 [default: all there are]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<u16>,

    /// Flag sheets that came before
    ///
    /// Takes up to 40 bytes of memory a sheet
    #[arg(long)]
    pub(crate) duplicates: bool,
}

/// Reads a question and the column that answers it.
fn column(text: &str) -> Result<(String, String), String> {
    let (question, column) = text.split_once('=').ok_or("write `QUESTION=COLUMN`, such as `tools=Q5`")?;
    Ok((question.trim().to_owned(), column.trim().to_owned()))
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
