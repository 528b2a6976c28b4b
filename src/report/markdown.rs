//! A report as Markdown, for a repository, a wiki or a mentor: headings, tables, boxes to tick, links.
//!
//! Everything that a bank or a person wrote is escaped, so that it reads as it was written and is no markup.

use std::fmt::Write as _;

use super::bar;
use super::document::{Bar, Block, DivergingBar, Document, Item, Step, Table, most_people, most_points};
use super::page::Style;
use super::rounding::nearest;

/// Bars in tables look alike everywhere.
const BAR: Style = Style { width: 80, unicode: true, color: false, links: false };

/// Columns of the longest bar, and of half a diverging one.
const WIDEST: usize = 21;
const HALF: usize = 8;

impl Document<'_> {
    /// Returns it as Markdown; blank lines go between blocks and nowhere else.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = Vec::new();
        self.blocks.iter().for_each(|block| write(block, &mut out));
        out.join("\n")
    }
}

/// Adds what a block says, a line break at its end.
fn write(block: &Block<'_>, out: &mut Vec<String>) {
    let lines = match block {
        Block::Verdict { bank, full, .. } => vec![format!("# {}\n\n**{}**", escaped(bank), escaped(full))],
        Block::Heading(level, title) | Block::Section(level, title, _) => {
            vec![format!("{} {}", "#".repeat(usize::from(*level)), escaped(title))]
        }
        Block::Paragraph(_, text) => vec![escaped(text)],
        Block::List(_, items) => items.iter().map(|item| linked("- ", item)).collect(),
        Block::Fits(fits) => self::fits(fits),
        Block::Diverging(bars) => diverging(bars),
        Block::Sums(sums) => sums.iter().map(|(name, sum)| format!("- {}: {}", escaped(name), escaped(sum))).collect(),
        Block::Changes(changes) => changes.iter().map(change).collect(),
        Block::Steps(steps) => steps.iter().flat_map(step).collect(),
        Block::Options(options) => options.iter().flat_map(option).collect(),
        Block::Columns(lists) => lists.iter().flat_map(column).collect(),
        Block::Bars(bars) => self::bars(bars),
        Block::Table(table) => self::table(table),
        Block::Stages(_) | Block::Weeks(_) => Vec::new(),
    };
    if !lines.is_empty() {
        out.push(lines.join("\n") + "\n");
    }
    if let Block::Section(_, _, blocks) | Block::Stages(blocks) = block {
        for block in blocks {
            write(block, out);
        }
    }
}

fn fits(fits: &[(&str, f64)]) -> Vec<String> {
    let row = |(name, fit): &(&str, f64)| {
        format!("| {} | {} | `{}` |", escaped(name), nearest(*fit), bar::fit(*fit, WIDEST, BAR))
    };
    rows(["| Role | Fit | 50 is the middle |", "| --- | ---: | --- |"], fits.iter().map(row))
}

fn rows<'h>(head: [impl Into<String>; 2], rows: impl Iterator<Item = String> + 'h) -> Vec<String> {
    head.map(Into::into).into_iter().chain(rows).collect()
}

fn diverging(bars: &[DivergingBar<'_>]) -> Vec<String> {
    let most = most_points(bars);
    let row = |DivergingBar { over, label, points, value }: &DivergingBar<'_>| {
        let value = escaped(value);
        let Some(over) = over else { return format!("| {} | | {value} |", escaped(label)) };
        let (left, line, right) = bar::diverging(*points, most, HALF, BAR);
        // Many readers of Markdown squeeze spaces, even in code.
        let bar = format!("{left}{line}{right}").replace(' ', "░");
        format!("| {} | `{bar}` | {value} |", escaped(&format!("{over} – {label}")))
    };
    rows(["| Answer | | Points |", "| --- | --- | --- |"], bars.iter().map(row))
}

fn change([question, from, to]: &[String; 3]) -> String {
    format!("- {}\n  - {}", escaped(question), escaped(&format!("{from} → {to}")))
}

fn step(step: &Step<'_>) -> Vec<String> {
    let mark = if step.done { "x" } else { " " };
    below(format!("- [{mark}] **{}** ({})", escaped(step.title), step.dates), step)
}

fn option(option: &Step<'_>) -> Vec<String> {
    below(format!("- **{}**", escaped(option.title)), option)
}

/// A line and what belongs to its step.
fn below(line: String, step: &Step<'_>) -> Vec<String> {
    let details = step.why.iter().chain(&step.resources).chain(step.details());
    let said = details.filter(|item| !item.head.is_empty() || item.url.is_some());
    std::iter::once(line).chain(said.map(|item| linked("  - ", item))).collect()
}

fn column((name, items): &(&str, Vec<Item<'_>>)) -> Vec<String> {
    let name = format!("- **{}**", escaped(name));
    std::iter::once(name).chain(items.iter().map(|item| linked("  - ", item))).collect()
}

fn bars(bars: &[Bar]) -> Vec<String> {
    let most = most_people(bars);
    let row = |Bar { label, people, .. }: &Bar| {
        let bar = bar::part(*people, most, WIDEST, BAR);
        // Spaces in code are not kept by all readers, and nothing at all is no code.
        let bar = if *people == 0 { String::new() } else { format!(" `{}`", bar.trim_end()) };
        format!("| {} | {people} |{bar} |", escaped(label))
    };
    rows(["| | People | |", "| --- | ---: | --- |"], bars.iter().map(row))
}

/// There is no grey; words say what rests on few people.
fn table(Table { head, rows, .. }: &Table) -> Vec<String> {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let names: Vec<String> = head.iter().map(|&name| name.to_owned()).collect();
    let rule = ["| ---".to_owned(), " | ---:".repeat(head.len().saturating_sub(1)), " |".to_owned()].concat();
    self::rows([row(&names), rule], rows.iter().map(|cells| row(cells)))
}

/// An item behind a prefix with its address as a link; banks hold only addresses of the web without spaces or brackets.
fn linked(prefix: &str, item: &Item<'_>) -> String {
    let text = escaped(&item.text());
    match item.url {
        Some(url) if text.is_empty() => format!("{prefix}<{url}>"),
        Some(url) => format!("{prefix}{text} <{url}>"),
        None => format!("{prefix}{text}"),
    }
}

/// Text that means itself: whatever could be markup, also at the beginning of a line, has a backslash before it. An
/// address of the web in it is made a link, which most readers of Markdown would do anyway, each in its own way.
fn escaped(text: &str) -> String {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let mut escaped = String::with_capacity(text.len());
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        if is_address(word.trim_end()) {
            let _ = write!(escaped, "<{}>{}", word.trim_end(), &word[word.trim_end().len()..]);
        } else {
            for (index, character) in word.char_indices() {
                let first = at + index == 0 && matches!(character, '-' | '+' | '=' | ':');
                let in_number = at + index == digits && digits > 0 && matches!(character, '.' | ')');
                if first || in_number || is_markup(character) {
                    escaped.push('\\');
                }
                escaped.push(character);
            }
        }
        at += word.len();
    }
    escaped
}

/// Whether a character can be markup wherever it stands.
fn is_markup(character: char) -> bool {
    matches!(
        character,
        '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '#' | '|' | '~' | '^' | '&' | '$' | '!'
    )
}

/// Whether a word is an address of the web that can stand between angle brackets.
fn is_address(word: &str) -> bool {
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/?#@!$&'+,;=%:".contains(&byte);
        rest.bytes().all(safe) && rest.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '/')
    })
}
