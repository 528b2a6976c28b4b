//! A group's answers for a terminal, fitted to its width.

use crate::cohort::Cohort;

use super::super::bar;
use super::super::page::{Page, Style, width};
use super::block::{Bar, Block, Line, Table, Weight, most};
use super::content::blocks;

/// Columns of the longest bar, and of the shortest one worth drawing.
const WIDEST: usize = 40;
const NARROWEST: usize = 4;

/// What a group's answers say, for a terminal.
#[must_use]
pub fn cohort_text(cohort: &Cohort<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    page.heading(&cohort.bank.title);
    let mut picture = false;
    for block in blocks(cohort) {
        let after_picture = std::mem::replace(&mut picture, matches!(block, Block::Bars(_) | Block::Table(_)));
        match block {
            Block::Heading(text) => {
                page.gap();
                page.heading(&text);
            }
            Block::Paragraph(text) => {
                // Else it would look like a part of the picture above it, and not as what is said of the one below.
                if after_picture {
                    page.gap();
                }
                page.paragraph(&text);
            }
            Block::List(lines) => list(&lines, &mut page),
            Block::Bars(bars) => self::bars(&bars, &mut page),
            Block::Table(table) => self::table(&table, &mut page),
        }
    }
    page.finish()
}

fn list(lines: &[Line], page: &mut Page) {
    for Line { text, weight } in lines {
        hanging("  - ", text, *weight, page);
    }
}

fn hanging(first: &str, text: &str, weight: Weight, page: &mut Page) {
    match weight {
        Weight::Full => page.hanging(first, "    ", text),
        Weight::Grey => page.grey(first, "    ", text),
    }
}

/// One bar a line; where the page is too narrow for that, only the numbers.
fn bars(bars: &[Bar], page: &mut Page) {
    let label = bars.iter().map(|bar| width(&bar.label)).max().unwrap_or(0);
    let most = most(bars);
    let number = most.to_string().len();
    let columns = page.style.width.saturating_sub(label + number + 6).min(WIDEST);
    for Bar { label: name, people, side } in bars {
        if columns < NARROWEST {
            page.hanging("  ", "    ", &format!("{name}: {people}"));
            continue;
        }
        let pad = " ".repeat(label - width(name));
        let bar = page.tinted(&bar::part(*people, most, columns, page.style), *side);
        page.line(&format!("  {name}{pad}  {people:>number$}  {bar}"));
    }
}

/// Columns as wide as they have to be; where the page is too narrow for that, each row in words.
fn table(table: &Table, page: &mut Page) {
    let Table { head, rows, weight } = table;
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell));
        cells.chain(head.get(column).map(|name| width(name))).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(widest).collect();
    let fits = widths.iter().sum::<usize>() + 2 * widths.len() <= page.style.width;
    let cells = |row: &[&str]| {
        let padded = row.iter().zip(&widths).enumerate().map(|(column, (cell, &columns))| {
            let pad = " ".repeat(columns.saturating_sub(width(cell)));
            if column == 0 { format!("  {cell}{pad}") } else { format!("  {pad}{cell}") }
        });
        padded.collect::<String>()
    };
    if fits {
        page.line(&cells(head));
    }
    for row in rows {
        let row: Vec<&str> = row.iter().map(String::as_str).collect();
        match weight {
            _ if !fits => hanging("  ", &sentence(head, &row), *weight, page),
            Weight::Full => page.line(&cells(&row)),
            Weight::Grey => page.line(&page.faint(&cells(&row))),
        }
    }
}

/// A row with the names of its columns.
fn sentence(head: &[&str], row: &[&str]) -> String {
    let (Some(name), Some(columns)) = (row.first(), head.get(1..)) else { return String::new() };
    let figures: Vec<String> =
        columns.iter().zip(row.iter().skip(1)).map(|(column, cell)| format!("{column} {cell}")).collect();
    format!("{name}: {}", figures.join(", "))
}
