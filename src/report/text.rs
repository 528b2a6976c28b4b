//! The text renderer: a document for a terminal, fitted to its width.

use super::bar;
use super::document::{
    Bar, Block, DivergingBar, Document, Emphasis, ListItem, RoleRank, START, Snippet, Table, Task, Tone, WeekBar,
};
use super::document::{most_people, most_points};
use super::page::{Style, TextPage, padded, widest, width};
use super::rounding::nearest;
use super::snippet;

/// Narrowest page with bars of fits and answers; below there are only numbers.
const WITH_BARS: usize = 20;

/// Narrowest page on which names stand beside these bars.
const WITH_NAMES: usize = 44;

/// Narrowest and widest half of a diverging bar; where it would be narrower, words get a line of their own.
const MIN_HALF: usize = 6;
const MAX_HALF: usize = 20;

/// Narrowest bar of weeks and of people, and the widest of both.
const MIN_WEEKS: usize = 10;
const MIN_PEOPLE: usize = 4;
const MAX_BAR: usize = 40;

/// Narrowest of several columns of text, and the room between two of them.
const MIN_COLUMN: usize = 30;
const BETWEEN: usize = 3;

/// Margin of what belongs to a step.
const MARGIN: &str = "      ";

/// A page being written, and what of it is told once more at its end.
struct TextRenderer<'d> {
    page: TextPage,
    /// Addresses that are too long for a column: each has a number there and stands whole at the end.
    sources: Vec<&'d str>,
    verdict: Option<&'d str>,
    /// True if the last block is one of figures.
    after_figures: bool,
}

impl Document<'_> {
    /// Returns the document for a terminal.
    pub fn text(&self, style: Style) -> String {
        render(&self.blocks, style)
    }
}

/// Returns blocks for a terminal.
pub(super) fn render(blocks: &[Block<'_>], style: Style) -> String {
    let page = TextPage::new(style);
    let mut renderer = TextRenderer { page, sources: Vec::new(), verdict: None, after_figures: false };
    renderer.blocks(blocks);
    let TextRenderer { mut page, sources, verdict, .. } = renderer;
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

impl<'d> TextRenderer<'d> {
    fn blocks(&mut self, blocks: &'d [Block<'_>]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'d Block<'_>) {
        let page = &mut self.page;
        let is_figure = matches!(block, Block::Bars(_) | Block::Table(_));
        let after_figures = std::mem::replace(&mut self.after_figures, is_figure);
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
            Block::Parts(parts) => parts.iter().for_each(|(title, blocks)| {
                self.page.part(title);
                self.blocks(blocks);
            }),
            Block::Paragraph(tone, text) => paragraph(*tone, text, after_figures, page),
            Block::Quote(tone, text) => paragraph(*tone, text, after_figures, page),
            Block::Start(task) => start(task, page),
            Block::List(_, items) => list(items, page),
            Block::Fits(fits) => self::fits(fits, page),
            Block::Diverging(bars) => diverging(bars, page),
            Block::Sums(sums) => self::sums(sums, page),
            Block::Changes(changes) => self::changes(changes, page),
            Block::Weeks(bars) => weeks(bars, page),
            Block::Steps(steps) => steps.iter().for_each(|step| task(mark(step), step, page)),
            Block::Options(options) => options.iter().for_each(|option| task("    - ", option, page)),
            Block::Columns(lists) => self.columns(lists),
            Block::Bars(bars) => self::bars(bars, page),
            Block::Table(table) => self::table(table, page),
            Block::Snippets(snippets) => {
                if after_figures {
                    page.gap();
                }
                self::snippets(snippets, page);
            }
        }
    }

    /// Adds a column a list where there is room, else one below the other.
    fn columns(&mut self, lists: &'d [(&str, Vec<ListItem<'_>>)]) {
        let room = (self.page.style.width + BETWEEN) / lists.len().max(1);
        if room < MIN_COLUMN + BETWEEN {
            for (name, items) in lists {
                self.page.paragraph(name);
                list(items, &mut self.page);
            }
            return;
        }
        let columns: Vec<Vec<String>> =
            lists.iter().map(|(name, items)| self.column(name, items, room - BETWEEN)).collect();
        for line in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
            let cells = columns.iter().map(|column| column.get(line).map_or("", String::as_str));
            let text: String = cells.map(|cell| padded(cell, room)).collect();
            self.page.line(&text);
        }
    }

    fn column(&mut self, name: &str, items: &'d [ListItem<'_>], width: usize) -> Vec<String> {
        let mut column = TextPage::new(Style { width, unicode: true, color: false, links: false });
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

/// Adds a paragraph. Below figures it would look like a part of them, and not as what is said of those that follow.
fn paragraph(tone: Tone, text: &str, after_figures: bool, page: &mut TextPage) {
    if after_figures || tone == Tone::Apart {
        page.gap();
    }
    page.paragraph(text);
}

fn list(items: &[ListItem<'_>], page: &mut TextPage) {
    for item in items {
        self::item("  - ", "    ", item, page);
    }
}

fn item(first: &str, rest: &str, item: &ListItem<'_>, page: &mut TextPage) {
    match item.emphasis {
        Emphasis::Full => page.linked(first, rest, &item.text(), item.url),
        Emphasis::Faint => page.grey(first, rest, &item.text()),
    }
}

/// Adds one bar a name; where the page is too narrow for a name beside a bar, the name gets its own line.
fn fits(fits: &[(&str, f64)], page: &mut TextPage) {
    page.gap();
    let longest = widest(fits.iter().map(|(name, _)| *name));
    let columns = page.style.width;
    let is_beside = longest + 30 <= columns && columns >= WITH_NAMES;
    let room = if is_beside { columns - longest - 8 } else { columns.saturating_sub(6) };
    // An odd number of columns has a middle one, where 50 is; half a screen of bar is easier to compare than a whole
    // one.
    let room = room.min(51) | 1;
    for ((name, fit), rank) in fits.iter().zip(RoleRank::all()) {
        let bar = page.tinted(&bar::fit(*fit, room.saturating_sub(2), page.style), rank);
        let number = format!("{:>3}", nearest(*fit));
        if is_beside {
            page.line(&format!("{}  {number}  {bar}", padded(name, longest)));
        } else {
            page.paragraph(name);
            page.line(&if columns < WITH_BARS { number } else { format!("{number}  {bar}") });
        }
    }
}

fn diverging(bars: &[DivergingBar<'_>], page: &mut TextPage) {
    let digits = |bar: &DivergingBar<'_>| bar.points.unsigned_abs().to_string().len();
    let most_digits = bars.iter().map(digits).max().unwrap_or(0);
    let columns = page.style.width;
    let half = columns.saturating_sub(widest(bars.iter().map(|bar| &*bar.value)) + 6) / 2;
    let is_beside = half >= MIN_HALF && columns >= WITH_NAMES;
    let half = if is_beside { half } else { (columns / 2).saturating_sub(2) }.min(MAX_HALF);
    let most = most_points(bars);
    for bar in bars {
        let picture = halves(bar, most, half, page);
        if is_beside {
            let pad = " ".repeat(most_digits - digits(bar));
            page.line(&format!("{picture}  {pad}{}", bar.value));
        } else {
            if columns >= WITH_BARS && !picture.trim().is_empty() {
                page.line(&picture);
            }
            page.paragraph(&bar.value);
        }
        let question = bar.question.map_or_else(String::new, |question| format!("{question} – "));
        page.hanging("  ", "  ", &format!("{question}{}", bar.label));
    }
}

/// Returns the picture of one bar, `half` columns to each side.
fn halves(bar: &DivergingBar<'_>, most: u64, half: usize, page: &TextPage) -> String {
    if bar.question.is_none() {
        return " ".repeat(2 * half + 1);
    }
    let (left, line, right) = bar::diverging(bar.points, most, half, page.style);
    format!("{}{line}{}", page.tinted(&left, RoleRank::Second), page.tinted(&right, RoleRank::First))
}

fn sums(sums: &[(&str, String)], page: &mut TextPage) {
    let longest = widest(sums.iter().map(|(name, _)| *name));
    for (name, sum) in sums {
        if longest + 2 + width(sum) <= page.style.width {
            page.line(&format!("{}  {sum}", padded(name, longest)));
        } else {
            page.paragraph(name);
            page.hanging("  ", "  ", sum);
        }
    }
}

fn changes(changes: &[[String; 3]], page: &mut TextPage) {
    for [question, from, to] in changes {
        page.hanging("  - ", "    ", question);
        page.hanging("    ", "    ", &format!("{from} → {to}"));
    }
}

/// Adds the weeks as a picture, where there is anything to see and room for it.
fn weeks(bars: &[WeekBar], page: &mut TextPage) {
    let label = widest(bars.iter().map(|bar| bar.label));
    let value = widest(bars.iter().map(|bar| &*bar.value));
    let end = bars.last().map_or(0, |bar| bar.days.1);
    let columns = page.style.width.saturating_sub(label + value + 6).min(MAX_BAR);
    if bars.len() < 2 || end.div_ceil(7) < 3 || columns < MIN_WEEKS {
        return;
    }
    page.gap();
    for WeekBar { label: name, days: (first, last), value } in bars {
        let [from, to] = [first - 1, *last].map(|day| f64::from(day) / f64::from(end));
        let bar = page.tinted(&bar::segment(from, to, columns, page.style), RoleRank::First);
        page.line(&format!("  {}  {bar}  {value}", padded(name, label)));
    }
}

fn start(task: &Task<'_>, page: &mut TextPage) {
    page.hanging("", "  ", &format!("{START}: {}", task.title));
    page.hanging("  ", "  ", &task.dates);
    task.resources.iter().for_each(|resource| item("  ", "  ", resource, page));
}

fn mark(step: &Task<'_>) -> &'static str {
    if step.done { "  [x] " } else { "  [ ] " }
}

fn task(mark: &str, task: &Task<'_>, page: &mut TextPage) {
    page.hanging(mark, MARGIN, task.title);
    if !task.dates.is_empty() {
        page.hanging(MARGIN, MARGIN, &task.dates);
    }
    task.why.iter().for_each(|why| item(MARGIN, MARGIN, why, page));
    task.resources.iter().for_each(|resource| item(&format!("{MARGIN}- "), &format!("{MARGIN}  "), resource, page));
    task.details().for_each(|detail| item(MARGIN, MARGIN, detail, page));
}

/// Adds one bar a line; where the page is too narrow for that, only the numbers.
fn bars(bars: &[Bar], page: &mut TextPage) {
    let label = widest(bars.iter().map(|bar| &*bar.label));
    let most = most_people(bars);
    let number = most.to_string().len();
    let columns = page.style.width.saturating_sub(label + number + 6).min(MAX_BAR);
    for Bar { label: name, people, rank } in bars {
        if columns < MIN_PEOPLE {
            page.hanging("  ", "    ", &format!("{name}: {people}"));
            continue;
        }
        let bar = page.tinted(&bar::people(*people, most, columns, page.style), *rank);
        page.line(&format!("  {}  {people:>number$}  {bar}", padded(name, label)));
    }
}

/// Adds columns as wide as they have to be; where the page is too narrow for that, each row in words.
fn table(Table { head, rows, emphasis, .. }: &Table, page: &mut TextPage) {
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column)).map(String::as_str);
    let widths: Vec<usize> = (0..).zip(head).map(|(column, name)| widest(cells(column).chain([*name]))).collect();
    if widths.iter().sum::<usize>() + 2 * widths.len() > page.style.width {
        for row in rows {
            let row = ListItem { emphasis: *emphasis, ..sentence(head, row).into() };
            item("  ", "    ", &row, page);
        }
        return;
    }
    page.line(&aligned(head, &widths));
    for row in rows {
        let row = aligned(row, &widths);
        page.line(&match emphasis {
            Emphasis::Full => row,
            Emphasis::Faint => page.faint(&row),
        });
    }
}

/// Adds snippets as a compiler shows them, each with room below it.
fn snippets(snippets: &[Snippet], page: &mut TextPage) {
    for snippet in snippets {
        snippet::text(snippet, page.style).lines().for_each(|line| page.line(line));
        page.gap();
    }
}

/// Returns the cells of a row in columns: its name to the left, figures to the right.
fn aligned(row: &[impl AsRef<str>], widths: &[usize]) -> String {
    let cells = row.iter().map(AsRef::as_ref).zip(widths).enumerate();
    let cells = cells.map(|(column, (cell, &columns))| match column {
        0 => format!("  {}", padded(cell, columns)),
        _ => format!("  {}{cell}", " ".repeat(columns.saturating_sub(width(cell)))),
    });
    cells.collect()
}

fn sentence(head: &[&str], row: &[String]) -> String {
    let ([_, columns @ ..], [name, cells @ ..]) = (head, row) else { return String::new() };
    let figures: Vec<String> = columns.iter().zip(cells).map(|(column, cell)| format!("{column} {cell}")).collect();
    format!("{name}: {}", figures.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, SHIPPED};
    use crate::report::document::{list, section};

    use super::*;

    /// Returns some blocks as text of this width, without colour.
    fn text(width: usize, blocks: Vec<Block<'_>>) -> String {
        let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
        let document = Document { bank: &bank, title: String::new(), blocks };
        document.text(Style { width, unicode: true, color: false, links: false })
    }

    fn table() -> Block<'static> {
        let rows =
            vec![["a", "1", ".25"].map(str::to_owned).to_vec(), ["long", "100", "–"].map(str::to_owned).to_vec()];
        Block::Table(Table {
            about: "",
            head: vec!["question", "answered", "item-total"],
            rows,
            emphasis: Emphasis::Full,
        })
    }

    #[test]
    fn a_table_has_aligned_columns_where_there_is_room_and_sentences_elsewhere() {
        let wide =
            "  question  answered  item-total\n  a                1         .25\n  long           100           –\n";
        assert_eq!(text(40, vec![table()]), wide);
        let narrow = "  a: answered 1,\n    item-total .25\n  long: answered\n    100, item-total\n    –\n";
        assert_eq!(text(19, vec![table()]), narrow);
    }

    #[test]
    fn a_paragraph_below_figures_has_room_above_it() {
        let after = || Block::Paragraph(Tone::Plain, "After.".to_owned());
        assert!(text(40, vec![table(), after()]).ends_with("–\n\nAfter.\n"));
        assert_eq!(text(40, vec![after(), after()]), "After.\nAfter.\n");
    }

    #[test]
    fn columns_number_their_addresses_and_name_them_once_at_the_end() {
        let url = Some("https://a.example");
        let items = |name: &str| vec![ListItem::new(name, "", url), "b".into()];
        let columns = || Block::Columns(vec![("One", items("x")), ("Two", items("y"))]);
        let beside = text(80, vec![columns()]);
        let gap = " ".repeat(33);
        assert!(beside.starts_with(&format!("One{}Two\n- x [1]{gap} - y [1]\n", " ".repeat(38))), "{beside}");
        assert!(beside.ends_with("\n\nSources\n[1] https://a.example\n"), "{beside}");
        let below = text(40, vec![columns()]);
        assert!(below.starts_with("One\n  - x https://a.example\n  - b\nTwo\n"), "{below}");
    }

    #[test]
    fn the_verdict_stands_once_more_at_the_end() {
        let verdict = Block::Verdict { bank: "B", full: "Full.".to_owned(), short: "Short.".to_owned() };
        let below = section(2, "Title", vec![list(Tone::Plain, ["a"])]);
        assert_eq!(text(40, vec![verdict, below]), "Full.\n\nTitle\n  - a\n\nIn short: Full.\n");
    }
}
