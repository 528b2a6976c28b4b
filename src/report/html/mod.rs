//! The HTML renderer. A document is one page that needs no other file: no script, no font, no picture from elsewhere.
//! The policy in its head forbids the browser to load or run anything. Text is escaped by the template library.

mod chart;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{
    Bar, Block, DivergingBar, Document, Emphasis, ListItem, RoleRank, Snippet, Table, Task, Tone, WeekBar,
};
use super::document::{most_people, most_points};
use super::phrases::MIDDLE;
use super::rounding::nearest;

const STYLE: &str = include_str!("style.css");

/// The content policy: the page may use its own style, known by its SHA-256, and no more.
const POLICY: &str = "default-src 'none'; style-src 'sha256-1os6bxd/qTd5PrwwSBXFhBOIP1J3ESe9Xz3a6TWt04g='; base-uri 'none'; form-action 'none'";

impl Document<'_> {
    /// Returns the document as one page of HTML that needs no other file.
    pub fn html(&self) -> String {
        let Self { bank, title, blocks } = self;
        let generator = concat!("pathquiz ", env!("CARGO_PKG_VERSION"));
        let page = html! {
            (DOCTYPE)
            html lang=(bank.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content=(generator);
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        (all(blocks))
                        footer { "Made by " (generator) " with the question bank " (bank.id) " " (bank.version) "." }
                    }
                }
            }
        };
        let mut page = page.into_string();
        page.push('\n');
        page
    }
}

fn all(blocks: &[Block<'_>]) -> Markup {
    html! { @for block in blocks { (self::block(block)) } }
}

fn block(block: &Block<'_>) -> Markup {
    match block {
        Block::Verdict { bank, short, .. } => html! { header { p .soft { (bank) } h1 { (short) } } },
        Block::Heading(level, title) => heading(*level, title),
        Block::Section(level, title, blocks) => html! { section { (heading(*level, title)) (all(blocks)) } },
        Block::Stages(blocks) => html! { div .plan { (all(blocks)) } },
        Block::Paragraph(Tone::Strong, text) => html! { p { strong { (text) } } },
        Block::Paragraph(Tone::Small, text) => html! { p .soft.small { (text) } },
        Block::Paragraph(_, text) => html! { p { (text) } },
        Block::List(Tone::Small, items) => html! { ul .dots.small { @for item in items { (self::item(item)) } } },
        Block::List(_, items) => list(items),
        Block::Fits(fits) => self::fits(fits),
        Block::Diverging(bars) => diverging(bars),
        Block::Sums(sums) => html! {
            ul .sums { @for (name, sum) in sums { li { span { (name) } " " span .number { (sum) } } } }
        },
        Block::Changes(changes) => html! {
            ul .flips {
                @for [question, from, to] in changes { li { p .soft.small { (question) } p { (from) " → " (to) } } }
            }
        },
        Block::Weeks(bars) => weeks(bars),
        Block::Steps(steps) => html! { ul .steps { @for step in steps { (self::step(step)) } } },
        Block::Options(options) => html! { ul .dots { @for option in options { (self::option(option)) } } },
        Block::Columns(lists) => html! {
            div .beside { @for (name, items) in lists { div { h3 { (name) } (list(items)) } } }
        },
        Block::Bars(bars) => self::bars(bars),
        Block::Table(table) => self::table(table),
        Block::Snippets(snippets) => html! { ul .dots { @for snippet in snippets { (self::snippet(snippet)) } } },
    }
}

fn heading(level: u8, text: &str) -> Markup {
    html! {
        @match level {
            1 => h1 { (text) },
            2 => h2 { (text) },
            _ => h3 { (text) },
        }
    }
}

fn list(items: &[ListItem<'_>]) -> Markup {
    html! { ul .dots { @for item in items { (self::item(item)) } } }
}

fn item(item: &ListItem<'_>) -> Markup {
    html! { li class=[class(item.emphasis)] { (linked(item)) } }
}

/// Returns the text of an item, its first part a link where it has an address; banks hold only addresses of the web.
fn linked(ListItem { head, rest, url, .. }: &ListItem<'_>) -> Markup {
    html! { (link(head, *url)) (rest) }
}

fn link(text: &str, url: Option<&str>) -> Markup {
    html! {
        @match url {
            Some(url) => a href=(url) rel="noreferrer" { (text) },
            None => (text),
        }
    }
}

fn class(emphasis: Emphasis) -> Option<&'static str> {
    match emphasis {
        Emphasis::Full => None,
        Emphasis::Faint => Some("soft"),
    }
}

fn fits(fits: &[(&str, f64)]) -> Markup {
    html! {
        p .soft.small { "Fit, from 0 to 100" }
        ul .fits {
            @for ((name, fit), rank) in fits.iter().zip(RoleRank::all()) {
                li {
                    span aria-hidden="true" { (name) } " "
                    span .number aria-hidden="true" { (nearest(*fit)) }
                    (chart::fit(name, nearest(*fit), rank))
                }
            }
        }
        p .axis aria-hidden="true" { span { "0" } " " span { (MIDDLE) } " " span { "100" } }
    }
}

fn diverging(bars: &[DivergingBar<'_>]) -> Markup {
    let most = most_points(bars);
    html! {
        ul .evidence {
            @for DivergingBar { question, label, points, value } in bars {
                li {
                    @match question {
                        Some(question) => div { p .soft.small { (question) } p .title { (label) } },
                        None => p { (label) },
                    }
                    div {
                        @if question.is_some() { (chart::diverging(*points, most, value)) }
                        p .toward aria-hidden=[question.map(|_| "true")] { (value) }
                    }
                }
            }
        }
    }
}

/// Returns weeks as a picture; what is written beside the bars is in their names.
fn weeks(bars: &[WeekBar]) -> Markup {
    let end = bars.last().map_or(0, |bar| bar.days.1);
    html! {
        @if !bars.is_empty() {
            ul .weeks {
                @for bar in bars {
                    li {
                        span aria-hidden="true" { (bar.label) }
                        (chart::weeks(bar, end))
                        span aria-hidden="true" { (bar.value) }
                    }
                }
            }
        }
    }
}

/// Returns a step. What is to be done and when is always seen; why, and what to learn from, opens below.
fn step(step: &Task<'_>) -> Markup {
    html! {
        li {
            input type="checkbox" checked[step.done] aria-label={ "Done: " (step.title) };
            div {
                p .title { (link(step.title, step.facts.as_ref().and_then(|facts| facts.url))) }
                p .soft.small { (step.dates) }
                @if step.why.is_some() || !step.resources.is_empty() {
                    details {
                        summary { "Why, and what to learn from" }
                        @if let Some(why) = &step.why { p { (linked(why)) } }
                        @if !step.resources.is_empty() { (list(&step.resources)) }
                    }
                }
                (facts(step))
                @for part in [&step.note, &step.done_when, &step.data].into_iter().flatten() {
                    p .small { (linked(part)) }
                }
            }
        }
    }
}

fn option(option: &Task<'_>) -> Markup {
    html! {
        li {
            (link(option.title, option.facts.as_ref().and_then(|facts| facts.url)))
            (facts(option))
            @if let Some(note) = &option.note { details { summary { "Good to know" } p { (linked(note)) } } }
            @if let Some(instead) = &option.instead { p .small { (linked(instead)) } }
        }
    }
}

/// Returns the facts of a task; its title has their address.
fn facts(task: &Task<'_>) -> Markup {
    html! { @if let Some(ListItem { head, .. }) = &task.facts { @if !head.is_empty() { p .small { (head) } } } }
}

fn bars(bars: &[Bar]) -> Markup {
    let most = most_people(bars);
    html! {
        ul .bars {
            @for Bar { label, people, rank } in bars {
                li {
                    span aria-hidden="true" { (label) } " "
                    (chart::people(label, *people, most, *rank))
                    " " span .number aria-hidden="true" { (people) }
                }
            }
        }
    }
}

fn snippet(snippet: &Snippet) -> Markup {
    let Snippet { severity, message, advice, line, .. } = snippet;
    html! {
        li {
            (severity.name()) ": " (message)
            p .soft.small { (snippet.place()) }
            @if let Some(line) = line { p .small { (line.text) } }
            p .small { (advice) }
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        div .table tabindex="0" role="group" aria-label=(table.about) {
            table class=[class(table.emphasis)] {
                thead { tr { @for name in &table.head { th scope="col" { (name) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (column, cell) in row.iter().enumerate() {
                                @if column == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_escaped_wherever_it_stands() {
        let text = "<b>&\"";
        let item = ListItem::new(text, text, Some("https://a.example/?a&b"));
        let said = "&lt;b&gt;&amp;&quot;";
        let link = format!("<a href=\"https://a.example/?a&amp;b\" rel=\"noreferrer\">{said}</a>{said}");
        assert_eq!(linked(&item).into_string(), link);
        let chart = chart::people(text, 1, 2, RoleRank::First).into_string();
        assert!(chart.contains(&format!("aria-label=\"{said}: 1\"")), "{chart}");
    }

    #[test]
    fn only_faint_items_have_a_class() {
        let mut item = ListItem::from("a");
        assert_eq!(self::item(&item).into_string(), "<li>a</li>");
        item.emphasis = Emphasis::Faint;
        assert_eq!(self::item(&item).into_string(), "<li class=\"soft\">a</li>");
    }

    #[test]
    fn a_week_bar_covers_its_first_and_its_last_day() {
        let bar = WeekBar { label: "Learn", days: (8, 14), value: "Week 2".to_owned() };
        let chart = chart::weeks(&bar, 21).into_string();
        assert!(chart.contains("viewBox=\"0 0 21 10\"") && chart.contains("x=\"7\" width=\"7\""), "{chart}");
    }
}
