//! Flags for the targets of a result, their formats, and the pace of a plan.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum, ValueHint};
use jiff::civil::{Date, Time, Weekday};

use crate::bank::{PACE, PartialDate, YEARS};
use crate::report::StudySessions;

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaSubject {
    /// The document that `--json` gives; a plan alone is its definition `Plan`
    Result,
    /// A file of answers to the bank in use, as `--answers` takes it
    Answers,
    /// A bank file
    Bank,
    /// The document that `bank audit --json` gives
    Audit,
}

/// Where the result goes, and as what.
#[derive(Args, Debug, Default, PartialEq)]
pub(crate) struct OutputArgs<F: Format> {
    #[arg(long, value_name = "FORMAT", hide_possible_values = true, help = F::HELP, long_help = F::LONG_HELP)]
    pub(crate) format: Option<F>,

    /// Short for `--format json`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,

    /// Write to a file; its ending names the format
    #[arg(short = 'o', long = "output", value_name = "FILE", value_hint = ValueHint::FilePath, long_help = F::FILE_HELP)]
    pub(crate) files: Vec<PathBuf>,
}

/// How much of a result a terminal shows.
#[derive(Args, Debug, Default, PartialEq)]
pub(crate) struct WindowArgs {
    /// Print the whole result, not just one window of it
    ///
    /// A terminal shows one window; files and pipes always get everything
    #[arg(long, hide_short_help = true)]
    pub(crate) full: bool,
}

/// The formats of one kind of document.
pub(crate) trait Format:
    ValueEnum + Copy + Default + From<DocumentFormat> + PartialEq + Send + Sync + 'static
{
    const HELP: &str;
    const LONG_HELP: &str;
    const FILE_HELP: &str;
}

/// The formats of every document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentFormat {
    #[default]
    Text,
    Json,
    Markdown,
    /// One page that needs nothing else
    Html,
}

impl Format for DocumentFormat {
    const HELP: &str = "Format: text, json, markdown or html";
    const LONG_HELP: &str = "Format: text, json, markdown or html\n\nA page in `html` needs nothing else [default: by the \
         ending of the file, else text]";
    const FILE_HELP: &str = "Write to a file; its ending names the format\n\nIt ends in `.txt`, `.json`, `.md` or `.html`, \
         and is replaced only when all is done. Given again, the flag writes to another file as well [default: standard \
         output]";
}

/// The formats of a document that can have a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlanFormat {
    Document(DocumentFormat),
    Calendar,
}

impl Format for PlanFormat {
    const HELP: &str = "Format: text, json, markdown, html or ics";
    const LONG_HELP: &str = "Format: text, json, markdown, html or ics\n\nA page in `html` needs nothing else, `ics` is the \
         plan as a calendar [default: by the ending of the file, else text]";
    const FILE_HELP: &str = "Write to a file; its ending names the format\n\nIt ends in `.txt`, `.json`, `.md`, `.html` or \
         `.ics`, and is replaced only when all is done. Given again, the flag writes to another file as well [default: \
         standard output]";
}

impl Default for PlanFormat {
    fn default() -> Self {
        DocumentFormat::default().into()
    }
}

impl From<DocumentFormat> for PlanFormat {
    fn from(format: DocumentFormat) -> Self {
        Self::Document(format)
    }
}

impl ValueEnum for PlanFormat {
    fn value_variants<'a>() -> &'a [Self] {
        use DocumentFormat::{Html, Json, Markdown, Text};
        &[Self::Document(Text), Self::Document(Json), Self::Document(Markdown), Self::Document(Html), Self::Calendar]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Document(format) => format.to_possible_value(),
            Self::Calendar => Some(PossibleValue::new(CALENDAR).help("The plan as a calendar")),
        }
    }
}

/// Returns the format that a file's ending names, if this kind of document has it.
fn named<F: Format>(file: &Path) -> Option<F> {
    F::from_str(ending_format(file)?, false).ok()
}

/// The name of the format that only a plan has.
pub(crate) const CALENDAR: &str = "ics";

/// Returns the name of the format that a file's ending names.
pub(crate) fn ending_format(file: &Path) -> Option<&'static str> {
    match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" | "text" => Some("text"),
        "json" => Some("json"),
        "md" | "markdown" => Some("markdown"),
        "html" | "htm" => Some("html"),
        "ics" | "ical" => Some(CALENDAR),
        _ => None,
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

    /// Put study sessions on these days into the calendar, as in `--sessions mon,wed,sat`
    ///
    /// As many a week as the hours need, of two hours at most; without it the calendar has one event a step
    #[arg(long, value_name = "DAYS", value_delimiter = ',', hide_short_help = true, hide_possible_values = true)]
    pub(crate) sessions: Vec<StudyDay>,

    /// Time at which a study session begins [default: 19:00]
    #[arg(long, value_name = "TIME", requires = "sessions", hide_short_help = true, value_parser = time)]
    pub(crate) sessions_from: Option<Time>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StudyDay {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl StudyDay {
    fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Monday,
            Self::Tue => Weekday::Tuesday,
            Self::Wed => Weekday::Wednesday,
            Self::Thu => Weekday::Thursday,
            Self::Fri => Weekday::Friday,
            Self::Sat => Weekday::Saturday,
            Self::Sun => Weekday::Sunday,
        }
    }
}

impl PaceArgs {
    /// Returns when somebody wants to study, `None` if no flag says so.
    pub(crate) fn sessions(&self) -> Option<StudySessions> {
        let days: Vec<Weekday> = self.sessions.iter().map(|day| day.weekday()).collect();
        (!days.is_empty()).then(|| StudySessions { days, from: self.sessions_from.unwrap_or(EVENING) })
    }
}

const EVENING: Time = jiff::civil::time(19, 0, 0, 0);

/// Latest time at which two hours still end on the same day.
const LATEST: Time = jiff::civil::time(22, 0, 0, 0);

/// Reads a time of the day such as `19:30`.
fn time(text: &str) -> Result<Time, String> {
    let time = Time::strptime("%H:%M", text).ok().filter(|time| *time <= LATEST);
    time.ok_or_else(|| "write a time from 0:00 to 22:00, such as 19:30".to_owned())
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

impl<F: Format> OutputArgs<F> {
    /// Returns true if a flag names the format.
    pub(crate) fn is_given(&self) -> bool {
        self.json || self.format.is_some()
    }

    /// Returns every target, `None` for standard output.
    pub(crate) fn paths(&self) -> Vec<Option<&Path>> {
        self.targets().into_iter().map(|(_, path)| path).collect()
    }

    /// Returns every target with its format; without a file that is standard output.
    pub(crate) fn targets(&self) -> Vec<(F, Option<&Path>)> {
        let given = if self.json { Some(DocumentFormat::Json.into()) } else { self.format };
        if self.files.is_empty() {
            return vec![(given.unwrap_or_default(), None)];
        }
        let files = self.files.iter().map(PathBuf::as_path);
        files.map(|file| (given.or_else(|| named(file)).unwrap_or_default(), Some(file))).collect()
    }
}
