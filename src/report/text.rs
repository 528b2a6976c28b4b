//! A report for a terminal, fitted to its width.

use super::bar;
use super::document::{Bar, Block, DivergingBar, Document, Item, Span, Step, Table, Tone, Weight};
use super::document::{most_people, most_points};
use super::page::{Page, Side, Style, width};
use super::rounding::nearest;

/// Narrowest page with bars of fits and answers; below there are only numbers.
const WITH_BARS: usize = 20;

/// Narrowest page on which names stand beside these bars.
const WITH_NAMES: usize = 44;

/// Narrowest and widest half of a diverging bar; where it would be narrower, words get a line of their own.
const HALVES: [usize; 2] = [6, 20];

/// Narrowest and widest bar of weeks and of people.
const WEEKS: [usize; 2] = [10, 40];
const PEOPLE: [usize; 2] = [4, 40];

/// Narrowest of several columns of text, and what is between two of them.
const COLUMN: usize = 30;
const BETWEEN: usize = 3;

/// Margin of what belongs to a step.
const MARGIN: &str = "      ";

/// A page being written, and what of it is told once more at its end.
struct Writer<'d> {
    page: Page,
    /// Addresses that are too long for a column: each has a number there and stands whole at the end.
    sources: Vec<&'d str>,
    verdict: Option<&'d str>,
    /// Whether the last block is one of figures.
    after_figures: bool,
}

impl Document<'_> {
    /// Returns it for a terminal.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        let mut writer = Writer { page: Page::new(style), sources: Vec::new(), verdict: None, after_figures: false };
        writer.blocks(&self.blocks);
        let Writer { mut page, sources, verdict, .. } = writer;
        if !sources.is_empty() {
            page.part("Sources");
        }
        for (number, url) in (1..).zip(sources) {
            page.line(&format!("[{number}] {url}"));
        }
        if let Some(verdict) = verdict {
            // The verdict once more, because the top of a long report has left the screen by now.
            page.gap();
            page.paragraph(&format!("In short: {verdict}"));
        }
        page.finish()
    }
}

impl<'d> Writer<'d> {
    fn blocks(&mut self, blocks: &'d [Block<'_>]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'d Block<'_>) {
        let page = &mut self.page;
        let after_figures =
            std::mem::replace(&mut self.after_figures, matches!(block, Block::Bars(_) | Block::Table(_)));
        match block {
            Block::Verdict { full, .. } => {
                self.verdict = Some(full);
                page.heading(full);
            }
            Block::Heading(_, title) => page.part(title),
            Block::Section(_, title, blocks) => {
                page.part(title);
                self.blocks(blocks);
            }
            Block::Stages(blocks) => self.blocks(blocks),
            Block::Paragraph(tone, text) => {
                // Below figures it would look like a part of them, and not as what is said of those that follow.
                if after_figures || *tone == Tone::Apart {
                    page.gap();
                }
                page.paragraph(text);
            }
            Block::List(_, items) => list(items, page),
            Block::Fits(fits) => self::fits(fits, page),
            Block::Diverging(bars) => diverging(bars, page),
            Block::Sums(sums) => self::sums(sums, page),
            Block::Changes(changes) => self::changes(changes, page),
            Block::Weeks(spans) => weeks(spans, page),
            Block::Steps(steps) => steps.iter().for_each(|step| self::step(mark(step), step, page)),
            Block::Options(options) => options.iter().for_each(|option| step("    - ", option, page)),
            Block::Columns(lists) => self.columns(lists),
            Block::Bars(bars) => self::bars(bars, page),
            Block::Table(table) => self::table(table, page),
        }
    }

    /// A column a list where there is room, else one below the other.
    fn columns(&mut self, lists: &'d [(&str, Vec<Item<'_>>)]) {
        let room = (self.page.style.width + BETWEEN) / lists.len().max(1);
        if room < COLUMN + BETWEEN {
            for (name, items) in lists {
                self.page.paragraph(name);
                list(items, &mut self.page);
            }
            return;
        }
        let columns: Vec<Vec<String>> =
            lists.iter().map(|(name, items)| self.column(name, items, room - BETWEEN)).collect();
        for line in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
            let mut text = String::new();
            for (index, column) in columns.iter().enumerate() {
                text.push_str(&" ".repeat((index * room).saturating_sub(width(&text))));
                text.push_str(column.get(line).map_or("", String::as_str));
            }
            self.page.line(&text);
        }
    }

    /// The lines of one column.
    fn column(&mut self, name: &str, items: &'d [Item<'_>], width: usize) -> Vec<String> {
        let mut column = Page::new(Style { width, unicode: true, color: false, links: false });
        column.paragraph(name);
        for item in items {
            let source = item.url.map_or_else(String::new, |url| format!(" [{}]", self.number(url)));
            column.hanging("- ", "  ", &format!("{}{source}", item.text()));
        }
        column.finish().lines().map(str::to_owned).collect()
    }

    fn number(&mut self, url: &'d str) -> usize {
        let known = self.sources.iter().position(|known| *known == url);
        1 + known.unwrap_or_else(|| {
            self.sources.push(url);
            self.sources.len() - 1
        })
    }
}

fn list(items: &[Item<'_>], page: &mut Page) {
    for item in items {
        self::item("  - ", "    ", item, page);
    }
}

fn item(first: &str, rest: &str, item: &Item<'_>, page: &mut Page) {
    match item.weight {
        Weight::Full => page.linked(first, rest, &item.text(), item.url),
        Weight::Grey => page.grey(first, rest, &item.text()),
    }
}

/// One bar a name; where the page is too narrow for a name beside a bar, the name gets its own line.
fn fits(fits: &[(&str, f64)], page: &mut Page) {
    page.gap();
    let longest = fits.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let columns = page.style.width;
    let beside = longest + 30 <= columns && columns >= WITH_NAMES;
    let room = if beside { columns - longest - 8 } else { columns.saturating_sub(6) };
    // An odd number of columns has a middle one, where 50 is; half a screen of bar is easier to compare than a whole one.
    let room = room.min(51) | 1;
    for ((name, fit), side) in fits.iter().zip(Side::ranks()) {
        let bar = page.tinted(&bar::fit(*fit, room.saturating_sub(2), page.style), side);
        let number = nearest(*fit);
        if beside {
            let pad = " ".repeat(longest - width(name));
            page.line(&format!("{name}{pad}  {number:>3}  {bar}"));
        } else {
            page.paragraph(name);
            page.line(
                if columns < WITH_BARS { format!("{number:>3}") } else { format!("{number:>3}  {bar}") }.as_str(),
            );
        }
    }
}

fn diverging(bars: &[DivergingBar<'_>], page: &mut Page) {
    let [narrowest, widest] = HALVES;
    let digits = |bar: &DivergingBar<'_>| bar.points.unsigned_abs().to_string().len();
    let most_digits = bars.iter().map(digits).max().unwrap_or(0);
    let longest = bars.iter().map(|bar| width(&bar.value)).max().unwrap_or(0);
    let columns = page.style.width;
    let beside = columns.saturating_sub(longest + 6) / 2;
    let most = most_points(bars);
    for bar in bars {
        if beside >= narrowest && columns >= WITH_NAMES {
            let picture = halves(bar, most, beside.min(widest), page);
            let pad = " ".repeat(most_digits - digits(bar));
            page.line(&format!("{picture}  {pad}{}", bar.value));
        } else {
            let picture = halves(bar, most, (columns / 2).saturating_sub(2).min(widest), page);
            if columns >= WITH_BARS && !picture.trim().is_empty() {
                page.line(&picture);
            }
            page.paragraph(&bar.value);
        }
        let over = bar.over.map_or_else(String::new, |over| format!("{over} – "));
        page.hanging("  ", "  ", &format!("{over}{}", bar.label));
    }
}

/// The picture of one bar, `half` columns to each side.
fn halves(bar: &DivergingBar<'_>, most: u64, half: usize, page: &Page) -> String {
    if bar.over.is_none() {
        return " ".repeat(2 * half + 1);
    }
    let (left, line, right) = bar::diverging(bar.points, most, half, page.style);
    format!("{}{line}{}", page.tinted(&left, Side::Second), page.tinted(&right, Side::First))
}

fn sums(sums: &[(&str, String)], page: &mut Page) {
    let longest = sums.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, sum) in sums {
        if longest + 2 + width(sum) <= page.style.width {
            let pad = " ".repeat(longest - width(name));
            page.line(&format!("{name}{pad}  {sum}"));
        } else {
            page.paragraph(name);
            page.hanging("  ", "  ", sum);
        }
    }
}

fn changes(changes: &[[String; 3]], page: &mut Page) {
    let arrow = page.style.arrow();
    for [question, from, to] in changes {
        page.hanging("  - ", "    ", question);
        page.hanging("    ", "    ", &format!("{from} {arrow} {to}"));
    }
}

/// The spans as a picture, where there is anything to see and room for it.
fn weeks(spans: &[Span], page: &mut Page) {
    let [narrowest, widest] = WEEKS;
    let label = spans.iter().map(|span| width(span.label)).max().unwrap_or(0);
    let value = spans.iter().map(|span| width(&span.value)).max().unwrap_or(0);
    let end = spans.last().map_or(0, |span| span.days.1);
    let columns = page.style.width.saturating_sub(label + value + 6).min(widest);
    if spans.len() < 2 || end.div_ceil(7) < 3 || columns < narrowest {
        return;
    }
    page.gap();
    for Span { label: name, days: (first, last), value } in spans {
        let part = |day: u32| f64::from(day) / f64::from(end.max(1));
        let bar = bar::stretch(part(first - 1), part(*last), columns, page.style);
        let pad = " ".repeat(label - width(name));
        page.line(&format!("  {name}{pad}  {}  {value}", page.tinted(&bar, Side::First)));
    }
}

/// The box of a step.
fn mark(step: &Step<'_>) -> &'static str {
    if step.done { "  [x] " } else { "  [ ] " }
}

fn step(mark: &str, step: &Step<'_>, page: &mut Page) {
    page.hanging(mark, MARGIN, step.title);
    if !step.dates.is_empty() {
        page.hanging(MARGIN, MARGIN, &step.dates);
    }
    step.why.iter().for_each(|why| item(MARGIN, MARGIN, why, page));
    step.resources.iter().for_each(|resource| item(&format!("{MARGIN}- "), &format!("{MARGIN}  "), resource, page));
    step.details().for_each(|detail| item(MARGIN, MARGIN, detail, page));
}

/// One bar a line; where the page is too narrow for that, only the numbers.
fn bars(bars: &[Bar], page: &mut Page) {
    let [narrowest, widest] = PEOPLE;
    let label = bars.iter().map(|bar| width(&bar.label)).max().unwrap_or(0);
    let most = most_people(bars);
    let number = most.to_string().len();
    let columns = page.style.width.saturating_sub(label + number + 6).min(widest);
    for Bar { label: name, people, side } in bars {
        if columns < narrowest {
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
            _ if !fits => {
                let row = Item { weight: *weight, ..sentence(head, &row).into() };
                item("  ", "    ", &row, page);
            }
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
