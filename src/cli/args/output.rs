//! Flags for the targets of a result, their formats, and the pace of a plan.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use jiff::civil::Date;

use crate::bank::{PACE, PartialDate, YEARS};

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaSubject {
    /// The document that `--json` gives; a plan alone is its definition `Plan`
    Result,
    /// A file of answers to the bank in use, as `--answers` takes it
    Answers,
    /// A bank file
    Bank,
}

/// Where the result goes, and as what.
#[derive(Args, Debug, Default, PartialEq)]
pub(crate) struct OutputArgs {
    /// Format: text, json, markdown, html or ics
    ///
    /// A page in `html` needs nothing else, `ics` is the plan as a calendar [default: by the ending of the file, else text]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<Format>,

    /// Short for `--format json`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,

    /// Write to a file; its ending names the format
    ///
    /// It ends in `.txt`, `.json`, `.md`, `.html` or `.ics`, and is replaced only when all is done. Given again, the flag
    /// writes to another file as well [default: standard output]
    #[arg(short = 'o', long = "output", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Markdown,
    /// One page that needs nothing else
    Html,
    /// The plan as a calendar
    Ics,
}

impl Format {
    /// Returns the format that a file's ending names.
    pub(crate) fn of(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "ics" | "ical" => Some(Self::Ics),
            _ => None,
        }
    }

    /// Returns its name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Ics => "ics",
        }
    }
}

/// When the plan begins and how fast it goes.
#[derive(Args, Debug, Default, PartialEq)]
pub(crate) struct PaceArgs {
    /// Hours of study a week [default: as answered, else 6]
    ///
    /// A whole number from 1 to 168
    #[arg(long, value_name = "N", value_parser = hours)]
    pub(crate) hours_per_week: Option<u32>,

    /// First day of the plan [default: next Monday]
    ///
    /// Written as 2027-01-04
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) start: Option<Date>,
}

/// Reads a number of hours that a week has.
fn hours(text: &str) -> Result<u32, String> {
    let hours = text.parse().ok().filter(|hours| PACE.contains(hours));
    hours.ok_or_else(|| format!("write a whole number from {} to {}", PACE.start(), PACE.end()))
}

/// Reads a day of a calendar that plans can be written in.
fn day(text: &str) -> Result<Date, String> {
    let day = PartialDate::parse(text).filter(|when| matches!(when, PartialDate::Day(_))).map(PartialDate::latest);
    day.filter(|day| YEARS.contains(&day.year())).ok_or_else(|| {
        let (first, last) = (YEARS.start(), YEARS.end());
        format!("write a day of the years {first} to {last} as year-month-day, such as 2027-01-04")
    })
}

impl OutputArgs {
    /// Returns true if a flag names the format.
    pub(crate) fn is_given(&self) -> bool {
        self.json || self.format.is_some()
    }

    /// Returns every target, `None` for standard output.
    pub(crate) fn paths(&self) -> Vec<Option<&Path>> {
        self.targets().into_iter().map(|(_, path)| path).collect()
    }

    /// Returns every target with its format; without a file that is standard output.
    pub(crate) fn targets(&self) -> Vec<(Format, Option<&Path>)> {
        let given = if self.json { Some(Format::Json) } else { self.format };
        if self.files.is_empty() {
            return vec![(given.unwrap_or(Format::Text), None)];
        }
        let files = self.files.iter().map(PathBuf::as_path);
        files.map(|file| (given.or(Format::of(file)).unwrap_or(Format::Text), Some(file))).collect()
    }
}
