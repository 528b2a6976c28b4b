//! What the report of a group is made of, whatever the format.

use crate::cohort::Histogram;

use super::super::page::Side;

/// One part of the report, after the other.
pub(super) enum Block {
    /// What the next parts are about.
    Heading(String),
    /// A sentence or a few.
    Paragraph(String),
    /// Sentences that stand for themselves.
    List(Vec<Line>),
    /// People by something, as a picture with the numbers beside it.
    Bars(Vec<Bar>),
    /// Figures in columns.
    Table(Table),
}

/// How firmly something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Full,
    /// In grey: from too few people to rely on. Words say so too.
    Grey,
}

/// One sentence of a list.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) weight: Weight,
}

/// How many people something is true of.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) people: u64,
    pub(super) side: Side,
}

/// Figures, a row for each thing.
pub(super) struct Table {
    /// What the rows are, then what stands in each column.
    pub(super) head: Vec<&'static str>,
    /// The name of each row, then its figures.
    pub(super) rows: Vec<Vec<String>>,
    pub(super) weight: Weight,
}

impl Line {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Full }
    }
}

/// The bars of a histogram, without the empty ones at its ends.
pub(super) fn histogram(histogram: &Histogram, side: Side) -> Block {
    let bins: Vec<(u32, u32, u64)> = histogram.bins().collect();
    let filled = |&(_, _, people): &(u32, u32, u64)| people > 0;
    let first = bins.iter().position(filled).unwrap_or(0);
    let end = bins.iter().rposition(filled).map_or(0, |last| last + 1);
    let bar = |&(from, to, people): &(u32, u32, u64)| Bar { label: format!("{from}–{to}"), people, side };
    Block::Bars(bins.get(first..end).unwrap_or_default().iter().map(bar).collect())
}

/// The most people of any bar, at least one.
pub(super) fn most(bars: &[Bar]) -> u64 {
    bars.iter().map(|bar| bar.people).max().unwrap_or(0).max(1)
}
