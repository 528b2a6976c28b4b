//! The document tree: what a report says, block after block, whatever the format. Builders make it of what they are
//! about; renderers, one file a format, know these blocks and no more.

use std::ops::Range;

use crate::bank::{Bank, Severity};

/// A report with a document for people and one for programs.
pub trait Report {
    /// Returns the document that is shown as text, Markdown or HTML.
    fn document(&self) -> Document<'_>;

    /// Returns the JSON document.
    fn json(&self) -> String;
}

/// A report that can be shown in every format for people.
#[derive(Debug)]
pub struct Document<'r> {
    pub(super) bank: &'r Bank,
    /// The name of its page in a browser.
    pub(super) title: String,
    pub(super) blocks: Vec<Block<'r>>,
}

/// A part of a document.
#[derive(Debug)]
pub(super) enum Block<'r> {
    /// The verdict of a result below the title of its bank: with all figures in it, and as short as it can be where they
    /// stand right below.
    Verdict {
        bank: &'r str,
        full: String,
        short: String,
    },
    /// A title and its level, of what follows as far as the next one.
    Heading(u8, String),
    /// A title and its level, and what belongs to it.
    Section(u8, String, Vec<Self>),
    /// Sections that are one after the other in time.
    Stages(Vec<Self>),
    /// Parts of a long document with their titles, all of which are named before the first.
    Parts(Vec<Part<'r>>),
    Paragraph(Tone, String),
    /// A paragraph in the words of the bank.
    Quote(Tone, &'r str),
    List(Tone, Vec<ListItem<'r>>),
    /// A fit from 0 to 100 for each name, best first.
    Fits(Vec<(&'r str, f64)>),
    /// Bars to both sides of a middle.
    Diverging(Vec<DivergingBar<'r>>),
    /// A sum for each name.
    Sums(Vec<(&'r str, String)>),
    /// Questions with the answer as it is and as it would be.
    Changes(Vec<[String; 3]>),
    /// Parts of a stretch of time.
    Weeks(Vec<WeekBar>),
    /// The task to begin with, and the one thing that it needs.
    Start(Box<Task<'r>>),
    /// Tasks with boxes to tick.
    Steps(Vec<Task<'r>>),
    /// Tasks that could be done instead, or could once.
    Options(Vec<Task<'r>>),
    /// Lists to compare, each with its name.
    Columns(Vec<(&'r str, Vec<ListItem<'r>>)>),
    /// People by something, as a picture with the numbers beside it.
    Bars(Vec<Bar>),
    /// Figures in columns.
    Table(Table),
    /// Places in a file with what is wrong there.
    Snippets(Vec<Snippet>),
}

/// The title of the task to begin with.
pub(super) const START: &str = "Start here";

/// A title, and what stands below it.
pub(super) type Part<'r> = (String, Vec<Block<'r>>);

/// The speaker of a text: the program speaks English, and a bank the language that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    Program,
    Bank,
}

/// The way something is set, where the format can do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// With room above it.
    Apart,
    Strong,
    Small,
}

/// The firmness with which something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Emphasis {
    Full,
    /// In grey: from too few people to rely on. Words say so too.
    Faint,
}

/// The place of a role among the fits, best first. Colour only repeats what words beside it say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RoleRank {
    First,
    Second,
    Other,
}

impl RoleRank {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::First, Self::Second].into_iter().chain(std::iter::repeat(Self::Other))
    }
}

#[derive(Debug)]
pub(super) struct ListItem<'r> {
    /// The program's name for it, perhaps empty.
    pub(super) label: &'static str,
    /// The thing it is about, which is what an address belongs to.
    pub(super) head: String,
    pub(super) voice: Voice,
    /// The bank's words about it.
    pub(super) detail: Option<&'r str>,
    pub(super) rest: String,
    pub(super) url: Option<&'r str>,
    pub(super) emphasis: Emphasis,
}

impl<'r> ListItem<'r> {
    /// Returns an item about what the bank calls so, with words of the program behind it.
    pub(super) fn new(head: impl Into<String>, rest: impl Into<String>, url: Option<&'r str>) -> Self {
        Self { voice: Voice::Bank, url, rest: rest.into(), ..Self::from(head) }
    }

    /// Returns an item in the words of the bank behind a label.
    pub(super) fn labelled(label: &'static str, text: &'r str, url: Option<&'r str>) -> Self {
        Self { label, ..Self::new(text, "", url) }
    }

    pub(super) fn text(&self) -> String {
        format!("{}{}{}{}", self.label, self.head, self.behind(), self.rest)
    }

    /// Returns what the bank says of the thing, to stand behind it.
    pub(super) fn behind(&self) -> String {
        self.detail.map_or_else(String::new, |detail| format!(": {detail}"))
    }
}

impl<T: Into<String>> From<T> for ListItem<'_> {
    fn from(text: T) -> Self {
        let (head, rest) = (text.into(), String::new());
        Self { label: "", head, voice: Voice::Program, detail: None, rest, url: None, emphasis: Emphasis::Full }
    }
}

/// Points that one answer moved, or all that are not shown one by one.
#[derive(Debug)]
pub(super) struct DivergingBar<'r> {
    /// The question, which is the bank's, as its label is then; `None` for several together, which have no bar beside
    /// single ones.
    pub(super) question: Option<&'r str>,
    pub(super) label: String,
    /// Above zero to the right, below to the left.
    pub(super) points: i64,
    pub(super) value: String,
}

/// Some days of all.
#[derive(Debug)]
pub(super) struct WeekBar {
    pub(super) label: &'static str,
    /// First and last day, counted from 1.
    pub(super) days: (u32, u32),
    pub(super) value: String,
}

/// Something to do, and all there is to know about it.
#[derive(Debug, Default)]
pub(super) struct Task<'r> {
    pub(super) title: &'r str,
    pub(super) done: bool,
    /// Its days and hours of work; empty where it is not scheduled.
    pub(super) dates: String,
    pub(super) why: Option<ListItem<'r>>,
    pub(super) resources: Vec<ListItem<'r>>,
    /// Facts in one line, perhaps an empty one, with the address of the whole.
    pub(super) facts: Option<ListItem<'r>>,
    pub(super) note: Option<ListItem<'r>>,
    pub(super) data: Option<ListItem<'r>>,
    pub(super) done_when: Option<ListItem<'r>>,
    pub(super) instead: Option<ListItem<'r>>,
}

impl<'r> Task<'r> {
    /// Returns what stands below the resources, in order.
    pub(super) fn details(&self) -> impl Iterator<Item = &ListItem<'r>> {
        [&self.facts, &self.note, &self.data, &self.done_when, &self.instead].into_iter().flatten()
    }
}

/// A number of people.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) people: u64,
    pub(super) rank: RoleRank,
}

#[derive(Debug)]
pub(super) struct Table {
    /// Names what stands in it to who cannot see it.
    pub(super) about: &'static str,
    /// The name of the rows, then that of each column.
    pub(super) head: Vec<&'static str>,
    /// The name of each row, then its figures.
    pub(super) rows: Vec<Vec<String>>,
    pub(super) emphasis: Emphasis,
}

/// A place in a file, with what is wrong there and what to do about it.
#[derive(Debug)]
pub(super) struct Snippet {
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) advice: String,
    pub(super) file: String,
    /// Line and character within it, from 1.
    pub(super) position: [usize; 2],
    /// `None` where the line is too long to be shown.
    pub(super) line: Option<SourceLine>,
}

/// A line of a file, and the part of it that is wrong.
#[derive(Debug)]
pub(super) struct SourceLine {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

impl Snippet {
    /// Returns the place as compilers write it.
    pub(super) fn place(&self) -> String {
        let [line, column] = self.position;
        format!("{}:{line}:{column}", self.file)
    }
}

/// Returns the most people of any bar, at least one.
pub(super) fn most_people(bars: &[Bar]) -> u64 {
    bars.iter().map(|bar| bar.people).max().unwrap_or(0).max(1)
}

/// Returns the most points that a single answer moved, at least one: all bars are drawn on this scale.
pub(super) fn most_points(bars: &[DivergingBar<'_>]) -> u64 {
    bars.iter().filter(|bar| bar.question.is_some()).map(|bar| bar.points.unsigned_abs()).max().unwrap_or(0).max(1)
}

pub(super) fn heading(level: u8, title: impl Into<String>) -> Block<'static> {
    Block::Heading(level, title.into())
}

pub(super) fn section(level: u8, title: impl Into<String>, blocks: Vec<Block<'_>>) -> Block<'_> {
    Block::Section(level, title.into(), blocks)
}

pub(super) fn paragraph<'r>(text: impl Into<String>) -> Block<'r> {
    Block::Paragraph(Tone::Plain, text.into())
}

pub(super) fn apart<'r>(text: impl Into<String>) -> Block<'r> {
    Block::Paragraph(Tone::Apart, text.into())
}

pub(super) fn list<'r>(tone: Tone, items: impl IntoIterator<Item = impl Into<ListItem<'r>>>) -> Block<'r> {
    Block::List(tone, items.into_iter().map(Into::into).collect())
}
