//! The Markdown renderer, for a repository, a wiki or a mentor: headings, tables, boxes to tick, links.
//!
//! Everything that a bank or a person wrote is escaped, so that it reads as it was written and is no markup.

use std::fmt::Write as _;

use super::bar;
use super::document::{
    Bar, Block, DivergingBar, Document, ListItem, Part, START, Snippet, Table, Task, most_people, most_points,
};
use super::page::Style;
use super::rounding::nearest;

/// The look of all bars in tables.
const BAR: Style = Style { width: 80, unicode: true, color: false, links: false };

/// Columns of a bar, and of half a diverging one.
const COLUMNS: usize = 21;
const HALF: usize = 8;

impl Document<'_> {
    /// Returns the document as Markdown; blank lines go between blocks and nowhere else.
    pub fn markdown(&self) -> String {
        let mut out = Vec::new();
        self.blocks.iter().for_each(|block| write(block, &mut out));
        out.join("\n")
    }
}

/// Adds what a block says, a line break at its end.
fn write(block: &Block<'_>, out: &mut Vec<String>) {
    let lines = match block {
        Block::Verdict { bank, short, .. } => vec![format!("# {}\n\n**{}**", escaped(bank), escaped(short))],
        Block::Heading(level, title) | Block::Section(level, title, _) => {
            vec![format!("{} {}", "#".repeat(usize::from(*level)), escaped(title))]
        }
        Block::Paragraph(_, text) => vec![escaped(text)],
        Block::Quote(_, text) => vec![escaped(text)],
        Block::Parts(parts) => vec![contents(parts)],
        Block::Start(task) => start(task),
        Block::List(_, items) => items.iter().map(|item| linked("- ", item)).collect(),
        Block::Fits(fits) => self::fits(fits),
        Block::Diverging(bars) => diverging(bars),
        Block::Sums(sums) => sums.iter().map(|(name, sum)| format!("- {}: {}", escaped(name), escaped(sum))).collect(),
        Block::Changes(changes) => changes.iter().map(change).collect(),
        Block::Steps(steps) => steps.iter().flat_map(step).collect(),
        Block::Options(options) => options.iter().flat_map(option).collect(),
        Block::Columns(lists) => lists.iter().flat_map(column).collect(),
        Block::Bars(bars) => self::bars(bars),
        Block::Table(table) => figures(table),
        Block::Snippets(snippets) => snippets.iter().map(snippet).collect(),
        Block::Stages(_) | Block::Weeks(_) => Vec::new(),
    };
    if !lines.is_empty() {
        out.push(lines.join("\n") + "\n");
    }
    match block {
        Block::Section(_, _, blocks) | Block::Stages(blocks) => blocks.iter().for_each(|block| write(block, out)),
        Block::Parts(parts) => {
            for (title, blocks) in parts {
                out.push(format!("## {}\n", escaped(title)));
                for block in blocks {
                    write(block, out);
                }
            }
        }
        _ => {}
    }
}

/// Returns the titles of parts in one line, each a link.
fn contents(parts: &[Part<'_>]) -> String {
    let links: Vec<String> =
        parts.iter().map(|(title, _)| format!("[{}](#{})", escaped(title), anchor(title))).collect();
    links.join(" · ")
}

/// Returns the name that most readers of Markdown give to a title: small letters, digits and `_`, and `-` for a space.
fn anchor(title: &str) -> String {
    let kept = title.trim().chars().filter(|&character| character.is_alphanumeric() || " -_".contains(character));
    kept.map(|character| if character == ' ' { '-' } else { character }).collect::<String>().to_lowercase()
}

fn start(task: &Task<'_>) -> Vec<String> {
    let main = task.resources.iter().map(|item| linked("- ", item));
    [format!("{START}: **{}**", escaped(task.title)), String::new(), format!("- {}", task.dates)]
        .into_iter()
        .chain(main)
        .collect()
}

fn fits(fits: &[(&str, f64)]) -> Vec<String> {
    let rows = fits
        .iter()
        .map(|(name, fit)| format!("| {} | {} | `{}` |", escaped(name), nearest(*fit), bar::fit(*fit, COLUMNS, BAR)));
    table(["| Role | Fit | 50 is the middle |", "| --- | ---: | --- |"], rows)
}

fn table(head: [&str; 2], rows: impl Iterator<Item = String>) -> Vec<String> {
    head.map(str::to_owned).into_iter().chain(rows).collect()
}

fn diverging(bars: &[DivergingBar<'_>]) -> Vec<String> {
    let most = most_points(bars);
    let rows = bars.iter().map(|DivergingBar { question, label, points, value }| {
        let value = escaped(value);
        let Some(question) = question else { return format!("| {} | | {value} |", escaped(label)) };
        let (left, line, right) = bar::diverging(*points, most, HALF, BAR);
        // Many readers of Markdown squeeze spaces, even in code.
        let bar = format!("{left}{line}{right}").replace(' ', "░");
        format!("| {} | `{bar}` | {value} |", escaped(&format!("{question} – {label}")))
    });
    table(["| Answer | | Points |", "| --- | --- | --- |"], rows)
}

fn change([question, from, to]: &[String; 3]) -> String {
    format!("- {}\n  - {}", escaped(question), escaped(&format!("{from} → {to}")))
}

fn step(step: &Task<'_>) -> Vec<String> {
    let mark = if step.done { "x" } else { " " };
    below(format!("- [{mark}] **{}** ({})", escaped(step.title), step.dates), step)
}

fn option(option: &Task<'_>) -> Vec<String> {
    below(format!("- **{}**", escaped(option.title)), option)
}

fn below(line: String, task: &Task<'_>) -> Vec<String> {
    let details = task.why.iter().chain(&task.resources).chain(task.details());
    let said = details.filter(|item| !item.text().is_empty() || item.url.is_some());
    std::iter::once(line).chain(said.map(|item| linked("  - ", item))).collect()
}

fn column((name, items): &(&str, Vec<ListItem<'_>>)) -> Vec<String> {
    let name = format!("- **{}**", escaped(name));
    std::iter::once(name).chain(items.iter().map(|item| linked("  - ", item))).collect()
}

fn bars(bars: &[Bar]) -> Vec<String> {
    let most = most_people(bars);
    let rows = bars.iter().map(|Bar { label, people, .. }| {
        let bar = bar::people(*people, most, COLUMNS, BAR);
        // Spaces in code are not kept by all readers, and an empty one is no code.
        let bar = if *people == 0 { String::new() } else { format!(" `{}`", bar.trim_end()) };
        format!("| {} | {people} |{bar} |", escaped(label))
    });
    table(["| | People | |", "| --- | ---: | --- |"], rows)
}

// There is no grey here; words say what rests on few people.
fn figures(Table { head, rows, .. }: &Table) -> Vec<String> {
    let rule = format!("| ---{} |", " | ---:".repeat(head.len().saturating_sub(1)));
    table([&row(head), &rule], rows.iter().map(|cells| row(cells)))
}

fn snippet(snippet: &Snippet) -> String {
    let Snippet { severity, message, advice, line, .. } = snippet;
    let said = escaped(&format!("{}: {message} ({})", severity.name(), snippet.place()));
    let line = line.as_ref().map(|line| format!("\n  - {}", escaped(&line.text))).unwrap_or_default();
    format!("- {said}{line}\n  - help: {}", escaped(advice))
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell.as_ref())).collect();
    format!("| {} |", cells.join(" | "))
}

/// Returns an item behind a prefix with its address as a link; banks hold only addresses of the web without spaces or
/// brackets.
fn linked(prefix: &str, item: &ListItem<'_>) -> String {
    let text = escaped(&item.text());
    match item.url {
        Some(url) if text.is_empty() => format!("{prefix}<{url}>"),
        Some(url) => format!("{prefix}{text} <{url}>"),
        None => format!("{prefix}{text}"),
    }
}

/// Returns text that means itself: whatever could be markup, also at the beginning of a line, has a backslash before
/// it. An address of the web in it is made a link, which most readers of Markdown would do anyway, each in its own way.
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

/// Returns true if a character can be markup wherever it stands.
fn is_markup(character: char) -> bool {
    matches!(
        character,
        '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '#' | '|' | '~' | '^' | '&' | '$' | '!'
    )
}

/// Returns true if a word is an address of the web that can stand between angle brackets.
fn is_address(word: &str) -> bool {
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/?#@!$&'+,;=%:".contains(&byte))
            && rest.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_wherever_it_stands() {
        let text = "*a* _b_ `c` [d](e) <f> #g |h| &i; $j$ !k";
        assert_eq!(escaped(text), r"\*a\* \_b\_ \`c\` \[d\](e) \<f\> \#g \|h\| \&i; \$j\$ \!k");
        assert_eq!(escaped(r"a\b"), r"a\\b");
    }

    #[test]
    fn lists_and_numbers_are_escaped_only_where_a_line_begins() {
        assert_eq!(escaped("- a - b"), r"\- a - b");
        assert_eq!(escaped("+ a"), r"\+ a");
        assert_eq!(escaped("12. a 12. b"), r"12\. a 12. b");
        assert_eq!(escaped("3) a"), r"3\) a");
        assert_eq!(escaped("3.5 a"), r"3\.5 a");
    }

    #[test]
    fn an_address_becomes_a_link_and_nothing_else_does() {
        assert_eq!(escaped("see https://a.example/b_c now"), "see <https://a.example/b_c> now");
        assert_eq!(escaped("https://a.example/<b>"), r"https://a.example/\<b\>");
        assert_eq!(escaped("http://a.example."), r"http://a.example.");
    }

    #[test]
    fn an_item_without_text_is_its_address() {
        let item = |text: &'static str| linked("- ", &ListItem::new(text, "", Some("https://a.example")));
        assert_eq!(item(""), "- <https://a.example>");
        assert_eq!(item("a|b"), r"- a\|b <https://a.example>");
    }
}
