//! Flags of the `bank` commands.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use crate::cli::args::output::{DocumentFormat, OutputArgs};
use crate::cli::args::texts::{self, TEMPLATE};

#[derive(Debug, Subcommand)]
pub(crate) enum BankCommand {
    /// Write a small bank with comments, to make your own
    ///
    /// To begin with a larger one, copy the shipped bank: `pathquiz bank show > mine.toml`.
    New {
        /// File to create, never one that is there already; `-` for standard output
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Find everything that is wrong with a bank, and run its personas
    #[command(help_template = TEMPLATE, before_long_help = texts::examples(texts::CHECK))]
    Check(CheckArgs),
    /// Show whom a bank favours under random answering, and what each question weighs
    Audit(AuditArgs),
    /// Print the TOML of a bank
    Show(BankFileArgs),
    /// Show what a new version of a bank changes, and whose result
    #[command(help_template = TEMPLATE, before_long_help = texts::examples(texts::DIFF))]
    Diff(DiffArgs),
}

#[derive(Args, Debug)]
pub(crate) struct BankFileArgs {
    /// Bank file, `-` for standard input [default: the shipped bank]
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) bank: BankFileArgs,

    /// Print a JSON document instead of text
    #[arg(long)]
    pub(crate) json: bool,

    /// Fail on warnings too, not on errors alone
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Args, Debug)]
pub(crate) struct AuditArgs {
    #[command(flatten)]
    pub(crate) bank: BankFileArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs<DocumentFormat>,
}

#[derive(Args, Debug)]
pub(crate) struct DiffArgs {
    /// Bank file as it was, `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) old: PathBuf,

    /// Bank file as it is, `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) new: PathBuf,

    /// Tell whose role or verdict changes
    ///
    /// The file has a JSON table of answers or a former result a line, or is one file of answers; `-` for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) answers: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) output: OutputArgs<DocumentFormat>,
}
