//! A group's answers as Markdown.

use crate::cohort::Cohort;

use super::super::bar;
use super::super::markdown::{BAR, Document, escaped};
use super::block::{Bar, Block, Line, Table, most};
use super::content::blocks;

/// Columns of the longest bar.
const WIDEST: usize = 21;

/// What a group's answers say, as Markdown.
#[must_use]
pub fn cohort_markdown(cohort: &Cohort<'_>) -> String {
    let mut document = Document::default();
    document.heading(1, &cohort.bank.title);
    for block in blocks(cohort) {
        match block {
            Block::Heading(text) => document.heading(2, &text),
            Block::Paragraph(text) => document.paragraph(&text),
            Block::List(lines) => document.list(&lines.iter().map(item).collect::<Vec<_>>()),
            Block::Bars(bars) => self::bars(&bars, &mut document),
            Block::Table(table) => self::table(&table, &mut document),
        }
    }
    document.finish()
}

/// There is no grey; words say what rests on few people.
fn item(line: &Line) -> String {
    format!("- {}", escaped(&line.text))
}

fn bars(bars: &[Bar], document: &mut Document) {
    let most = most(bars);
    let row = |Bar { label, people, .. }: &Bar| {
        let bar = bar::part(*people, most, WIDEST, BAR);
        // Spaces in code are not kept by all readers, and nothing at all is no code.
        let bar = if *people == 0 { String::new() } else { format!(" `{}`", bar.trim_end()) };
        format!("| {} | {people} |{bar} |", escaped(label))
    };
    document.table("| | People | |", "| --- | ---: | --- |", &bars.iter().map(row).collect::<Vec<_>>());
}

fn table(table: &Table, document: &mut Document) {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let head: Vec<String> = table.head.iter().map(|&name| name.to_owned()).collect();
    let rule: Vec<&str> = (0..head.len()).map(|column| if column == 0 { "---" } else { "---:" }).collect();
    let rule = format!("| {} |", rule.join(" | "));
    document.table(&row(&head), &rule, &table.rows.iter().map(|cells| row(cells)).collect::<Vec<_>>());
}
