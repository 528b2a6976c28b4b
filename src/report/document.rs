//! What a report says, block after block, whatever the format. Builders make it of what it is about; renderers, one file a
//! format, know these blocks and no more.

use crate::bank::Bank;

use super::page::Side;

/// A report that can be shown in every format.
#[derive(Debug)]
pub struct Document<'r> {
    pub(super) bank: &'r Bank,
    /// What a browser calls its page.
    pub(super) title: String,
    pub(super) blocks: Vec<Block<'r>>,
}

/// A part of a report.
#[derive(Debug)]
pub(super) enum Block<'r> {
    /// The title of a result below that of its bank: with all figures in it, and as short as it can be where they stand
    /// right below.
    Verdict { bank: &'r str, full: String, short: String },
    /// A title and its level, of what follows as far as the next one.
    Heading(u8, String),
    /// A title and its level, and what belongs to it.
    Section(u8, String, Vec<Self>),
    /// Sections that are one after the other in time.
    Stages(Vec<Self>),
    /// A sentence or a few.
    Paragraph(Tone, String),
    /// Sentences that stand for themselves.
    List(Tone, Vec<Item<'r>>),
    /// A fit from 0 to 100 for each name, best first.
    Fits(Vec<(&'r str, f64)>),
    /// Bars to both sides of a middle.
    Diverging(Vec<DivergingBar<'r>>),
    /// A sum for each name.
    Sums(Vec<(&'r str, String)>),
    /// Questions with the answer as it is and as it would be.
    Changes(Vec<[String; 3]>),
    /// Parts of a stretch of time.
    Weeks(Vec<Span>),
    /// Things to do, with boxes to tick.
    Steps(Vec<Step<'r>>),
    /// Things that could be done, or could once.
    Options(Vec<Step<'r>>),
    /// Lists to compare, each with its name.
    Columns(Vec<(&'r str, Vec<Item<'r>>)>),
    /// People by something, as a picture with the numbers beside it.
    Bars(Vec<Bar>),
    /// Figures in columns.
    Table(Table),
}

/// How something is set, where the format can do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// With room above it.
    Apart,
    Strong,
    Small,
}

/// How firmly something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Full,
    /// In grey: from too few people to rely on. Words say so too.
    Grey,
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct Item<'r> {
    /// What it is about, which is what an address belongs to.
    pub(super) head: String,
    /// What is said about that.
    pub(super) rest: String,
    pub(super) url: Option<&'r str>,
    pub(super) weight: Weight,
}

impl<'r> Item<'r> {
    pub(super) fn new(head: impl Into<String>, rest: impl Into<String>, url: Option<&'r str>) -> Self {
        Self { head: head.into(), rest: rest.into(), url, weight: Weight::Full }
    }

    pub(super) fn text(&self) -> String {
        format!("{}{}", self.head, self.rest)
    }
}

impl<T: Into<String>> From<T> for Item<'_> {
    fn from(text: T) -> Self {
        Self::new(text, "", None)
    }
}

/// What one answer moved, or all that are not shown one by one.
#[derive(Debug)]
pub(super) struct DivergingBar<'r> {
    /// The question; `None` for several together, which have no bar beside single ones.
    pub(super) over: Option<&'r str>,
    pub(super) label: String,
    /// Above zero to the right, below to the left.
    pub(super) points: i64,
    /// The points in words.
    pub(super) value: String,
}

/// Some days of all.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) label: &'static str,
    /// First and last day, counted from 1.
    pub(super) days: (u32, u32),
    /// The days in words.
    pub(super) value: String,
}

/// Something to do, and all there is to know about it.
#[derive(Debug, Default)]
pub(super) struct Step<'r> {
    pub(super) title: &'r str,
    pub(super) done: bool,
    /// When it is done and how much work it is; empty where it is not scheduled.
    pub(super) dates: String,
    pub(super) why: Option<Item<'r>>,
    pub(super) resources: Vec<Item<'r>>,
    /// Facts in one line, perhaps an empty one, with the address of the whole.
    pub(super) facts: Option<Item<'r>>,
    pub(super) note: Option<Item<'r>>,
    pub(super) data: Option<Item<'r>>,
    pub(super) done_when: Option<Item<'r>>,
    pub(super) instead: Option<Item<'r>>,
}

impl<'r> Step<'r> {
    /// Returns what stands below the resources, in order.
    pub(super) fn details(&self) -> impl Iterator<Item = &Item<'r>> {
        [&self.facts, &self.note, &self.data, &self.done_when, &self.instead].into_iter().flatten()
    }
}

/// How many people something is true of.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) people: u64,
    pub(super) side: Side,
}

/// Figures, a row for each thing.
#[derive(Debug)]
pub(super) struct Table {
    /// What the rows are, then what stands in each column.
    pub(super) head: Vec<&'static str>,
    /// The name of each row, then its figures.
    pub(super) rows: Vec<Vec<String>>,
    pub(super) weight: Weight,
}

/// Returns the most people of any bar, at least one.
pub(super) fn most_people(bars: &[Bar]) -> u64 {
    bars.iter().map(|bar| bar.people).max().unwrap_or(0).max(1)
}

/// Returns the most points that a single answer moved, at least one: all bars are drawn on this scale.
pub(super) fn most_points(bars: &[DivergingBar<'_>]) -> u64 {
    bars.iter().filter(|bar| bar.over.is_some()).map(|bar| bar.points.unsigned_abs()).max().unwrap_or(0).max(1)
}

pub(super) fn paragraph<'r>(text: impl Into<String>) -> Block<'r> {
    Block::Paragraph(Tone::Plain, text.into())
}

/// A paragraph with room above it.
pub(super) fn apart<'r>(text: impl Into<String>) -> Block<'r> {
    Block::Paragraph(Tone::Apart, text.into())
}
