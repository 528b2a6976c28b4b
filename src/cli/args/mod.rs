//! The command line as typed. Types only; what they mean is in the commands.

mod sheets;

pub(super) use sheets::{Cohort, Form, Score, Sheets};

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::bank::When;

const EXAMPLES: &str = "\
Examples:
  pathquiz                                     take the quiz
  pathquiz --quick                             the same in two thirds of the questions
  pathquiz questions                           see every id and value
  pathquiz -a pipelines=5 --no-input --json    score some answers, skip the rest
  pathquiz --answers sheet.json -o result.txt  score a file of answers
  pathquiz -o result.html -o plan.ics          take the quiz, keep result and plan
  pathquiz plan data-engineering               a study plan without the quiz
  pathquiz plan --compare                      the plans of all roles side by side
  pathquiz score people.csv -o results.csv     score a table of people
  pathquiz cohort people.csv -o group.html     see what their answers say together
  pathquiz bank new mine.toml                  begin a bank of your own
  pathquiz bank check mine.toml                find what is wrong with it
  pathquiz bank audit mine.toml                see whom it favours, and what weighs most
  pathquiz bank diff old.toml mine.toml        see what a new version of it changes
  pathquiz schema bank -o bank.schema.json     let an editor check it as you type

Exit status:
  0  done
  1  could not be done: a file or stream failed
  2  the command line or an answer is wrong, or questions are open and nobody can be asked
  3  the question bank is invalid
  4  done, but lines were rejected
  130, or 128 + signal: stopped before the end

Environment:
  NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM, LC_ALL, LC_CTYPE, LANG, COLUMNS shape the text
  ACCESSIBLE (unless 0 or false) or TERM=dumb means --plain
  XDG_STATE_HOME, else ~/.local/state, holds the answers of a quiz that is under way";

/// A quiz that tells whether Data Engineering or Machine Learning Engineering suits your interests, how sure that is and
/// why, with a dated study plan: knowledge, certification, expertise.
#[derive(Debug, Parser)]
#[command(name = "pathquiz", version, after_long_help = EXAMPLES, max_term_width = 100)]
#[command(subcommand_precedence_over_arg = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) common: Common,

    #[command(subcommand)]
    pub(super) command: Option<Command>,

    #[command(flatten)]
    pub(super) take: Take,
}

/// Flags that every command takes.
#[derive(Args, Debug)]
pub(super) struct Common {
    /// Question bank to use instead of the shipped one, `-` for standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) bank: Option<PathBuf>,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorWhen,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Take the quiz: result and plan (the default)
    Take(Take),
    /// Show every question with its id and the values it takes
    Questions(Questions),
    /// Show the study plan of a role without the quiz
    Plan(Plan),
    /// Score many sheets: a table or lines of JSON in, a line for each out
    Score(Score),
    /// Show what the answers of a group say together, and what they are worth
    ///
    /// Groups under five people are not broken down.
    Cohort(Cohort),
    /// Begin, check, audit, compare or show question banks
    #[command(subcommand)]
    Bank(Bank),
    /// Print a JSON Schema, for editors and other programs
    ///
    /// An editor that knows the schema of a file completes, explains and checks it as you type. In the first line of a
    /// bank write `#:schema ./bank.schema.json`, in a JSON file of answers write `"$schema": "./answers.schema.json"`.
    Schema(Schema),
}

/// Flags of the quiz.
#[derive(Args, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "flags as typed, each its own switch")]
pub(super) struct Take {
    /// Answer a question: a number, a choice, several joined by commas, or `skip`
    #[arg(short, long = "answer", value_name = "ID=VALUE")]
    pub(super) answer: Vec<String>,

    /// Answers from a JSON or TOML file or a former result, `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,

    /// Ask nothing: open questions count as skipped
    #[arg(long)]
    pub(super) no_input: bool,

    /// Ask what weighs most first, and stop as soon as it is all but certain whom the result leans to
    #[arg(long)]
    pub(super) quick: bool,

    /// Ask by numbered lines instead of single keys; the answers may come from a pipe
    #[arg(long)]
    pub(super) plain: bool,

    /// Begin anew, whatever was saved of a quiz left before its end
    #[arg(long)]
    pub(super) fresh: bool,

    #[command(flatten)]
    pub(super) output: Output,

    #[command(flatten)]
    pub(super) pace: Pace,
}

#[derive(Args, Debug)]
pub(super) struct Questions {
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Args, Debug)]
pub(super) struct Plan {
    /// Id of the role; with `--compare` several, or none for all [default: that of the former result]
    #[arg(value_name = "ROLE")]
    pub(super) roles: Vec<String>,

    /// Show the plans of several roles side by side
    #[arg(long)]
    pub(super) compare: bool,

    /// Answer a plan question, such as `cloud=aws` or `known=python,sql`
    #[arg(short, long = "answer", value_name = "ID=VALUE")]
    pub(super) answer: Vec<String>,

    /// Go on with the plan of a former result, or take its answers; `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,

    #[command(flatten)]
    pub(super) output: Output,

    #[command(flatten)]
    pub(super) pace: Pace,
}

#[derive(Debug, Subcommand)]
pub(super) enum Bank {
    /// Write a small bank with comments, to make your own
    New {
        /// File to create, never one that is there already; `-` for standard output
        file: PathBuf,
    },
    /// Find everything that is wrong with a bank, and run its personas
    Check {
        /// Bank file, `-` for standard input [default: the shipped bank]
        file: Option<PathBuf>,

        /// As a JSON document
        #[arg(long)]
        json: bool,

        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
    },
    /// Show whom a bank favours under random answering, and what each question weighs
    Audit {
        /// Bank file, `-` for standard input [default: the shipped bank]
        file: Option<PathBuf>,

        /// As a JSON document
        #[arg(long)]
        json: bool,
    },
    /// Print the TOML of a bank
    Show {
        /// Bank file, `-` for standard input [default: the shipped bank]
        file: Option<PathBuf>,
    },
    /// Show what a new version of a bank changes, and whose result
    Diff(Diff),
}

#[derive(Args, Debug)]
pub(super) struct Diff {
    /// Bank file as it was, `-` for standard input
    pub(super) old: PathBuf,

    /// Bank file as it is, `-` for standard input
    pub(super) new: PathBuf,

    /// Tell whose role or verdict changes: a JSON table of answers or a former result a line, or one file of answers;
    /// `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,

    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct Schema {
    /// What the schema is of
    pub(super) document: Document,

    /// Write to a file, replaced only when all is done; given again, to another one as well
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Document {
    /// The document that `--json` gives; a plan alone is its definition `Plan`
    Result,
    /// A file of answers to the bank in use, as `--answers` takes it
    Answers,
    /// A bank file
    Bank,
}

/// Where the result goes, and as what.
#[derive(Args, Debug, Default, PartialEq)]
pub(super) struct Output {
    /// Format of the result [default: by the ending of the file, else text]
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<Format>,

    /// Short for `--format json`
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,

    /// Write to a file, replaced only when all is done; given again, to another one as well
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Markdown,
    /// One page that needs nothing else
    Html,
    /// The plan as a calendar
    Ics,
}

impl Format {
    /// The format that a file's ending names.
    pub(super) fn of(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "ics" | "ical" => Some(Self::Ics),
            _ => None,
        }
    }

    /// Its name on the command line.
    pub(super) fn name(self) -> &'static str {
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
pub(super) struct Pace {
    /// Hours of study a week, 1 to 168 [default: your answer, else 6]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=168))]
    pub(super) hours_per_week: Option<u32>,

    /// First day of the plan, as 2027-01-04 [default: next Monday]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) start: Option<Date>,
}

/// A day of a calendar that plans can be written in.
fn day(text: &str) -> Result<Date, String> {
    let day = When::parse(text).filter(|when| matches!(when, When::Day(_))).map(When::last_day);
    day.filter(|day| (1900..3000).contains(&day.year()))
        .ok_or_else(|| "write a day of the years 1900 to 2999 as year-month-day, such as 2027-01-04".to_owned())
}

impl Cli {
    /// Somebody who wants lines wants no escape sequence anywhere, unless colour is asked for by name.
    pub(super) fn without_escapes(&mut self) {
        let plain = self.take.plain || matches!(&self.command, Some(Command::Take(take)) if take.plain);
        if plain && self.common.color == ColorWhen::Auto {
            self.common.color = ColorWhen::Never;
        }
    }
}

impl Schema {
    /// Where the schema goes; there is one format, whatever the file is called.
    pub(super) fn output(&self) -> Output {
        Output { format: Some(Format::Json), json: false, files: self.files.clone() }
    }
}

impl Output {
    /// Every target with its format; without a file that is standard output.
    pub(super) fn targets(&self) -> Vec<(Format, Option<&Path>)> {
        let given = if self.json { Some(Format::Json) } else { self.format };
        let target = |file| (given.or_else(|| Format::of(file)).unwrap_or(Format::Text), Some(file));
        if self.files.is_empty() {
            return vec![(given.unwrap_or(Format::Text), None)];
        }
        self.files.iter().map(PathBuf::as_path).map(target).collect()
    }
}
