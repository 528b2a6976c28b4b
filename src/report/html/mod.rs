//! A report as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere. The policy in its
//! head forbids the browser to load or run anything. Text is escaped by the template library.

mod chart;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{Bar, Block, DivergingBar, Document, Item, Span, Step, Table, Tone, Weight};
use super::document::{most_people, most_points};
use super::page::Side;
use super::rounding::nearest;

const STYLE: &str = include_str!("style.css");

/// What the page may use: its own style, known by its SHA-256, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'sha256-1os6bxd/qTd5PrwwSBXFhBOIP1J3ESe9Xz3a6TWt04g='; base-uri 'none'; form-action 'none'";

impl Document<'_> {
    /// Returns it as one page of HTML that needs nothing else.
    #[must_use]
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
        Block::Weeks(spans) => weeks(spans),
        Block::Steps(steps) => html! { ul .steps { @for step in steps { (self::step(step)) } } },
        Block::Options(options) => html! { ul .dots { @for option in options { (self::option(option)) } } },
        Block::Columns(lists) => html! {
            div .beside { @for (name, items) in lists { div { h3 { (name) } (list(items)) } } }
        },
        Block::Bars(bars) => self::bars(bars),
        Block::Table(table) => self::table(table),
    }
}

/// A heading; the page itself has level 1.
fn heading(level: u8, text: &str) -> Markup {
    html! {
        @match level {
            1 => h1 { (text) },
            2 => h2 { (text) },
            _ => h3 { (text) },
        }
    }
}

fn list(items: &[Item<'_>]) -> Markup {
    html! { ul .dots { @for item in items { (self::item(item)) } } }
}

fn item(item: &Item<'_>) -> Markup {
    html! { li class=[class(item.weight)] { (linked(item)) } }
}

/// What an item says, its first part a link where it has an address; banks hold only addresses of the web.
fn linked(Item { head, rest, url, .. }: &Item<'_>) -> Markup {
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

/// The class of what is said in grey.
fn class(weight: Weight) -> Option<&'static str> {
    match weight {
        Weight::Full => None,
        Weight::Grey => Some("soft"),
    }
}

fn fits(fits: &[(&str, f64)]) -> Markup {
    html! {
        p .soft.small { "Fit, from 0 to 100" }
        ul .fits {
            @for ((name, fit), side) in fits.iter().zip(Side::ranks()) {
                li {
                    span aria-hidden="true" { (name) } " "
                    span .number aria-hidden="true" { (nearest(*fit)) }
                    (chart::fit(name, nearest(*fit), side))
                }
            }
        }
        p .axis aria-hidden="true" { span { "0" } " " span { (super::words::MIDDLE) } " " span { "100" } }
    }
}

fn diverging(bars: &[DivergingBar<'_>]) -> Markup {
    let most = most_points(bars);
    html! {
        ul .evidence {
            @for DivergingBar { over, label, points, value } in bars {
                li {
                    @match over {
                        Some(over) => div { p .soft.small { (over) } p .title { (label) } },
                        None => p { (label) },
                    }
                    div {
                        @if over.is_some() { (chart::diverging(*points, most, value)) }
                        p .toward aria-hidden=[over.map(|_| "true")] { (value) }
                    }
                }
            }
        }
    }
}

/// The spans as a picture; what is written beside them is in the names of their bars.
fn weeks(spans: &[Span]) -> Markup {
    let end = spans.last().map_or(0, |span| span.days.1);
    html! {
        @if !spans.is_empty() {
            ul .weeks {
                @for span in spans {
                    li {
                        span aria-hidden="true" { (span.label) }
                        (chart::span(span, end))
                        span aria-hidden="true" { (span.value) }
                    }
                }
            }
        }
    }
}

/// A step. What is to be done and when is always seen; why, and what to learn from, opens below.
fn step(step: &Step<'_>) -> Markup {
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

fn option(option: &Step<'_>) -> Markup {
    html! {
        li {
            (link(option.title, option.facts.as_ref().and_then(|facts| facts.url)))
            (facts(option))
            @if let Some(note) = &option.note { details { summary { "Good to know" } p { (linked(note)) } } }
            @if let Some(instead) = &option.instead { p .small { (linked(instead)) } }
        }
    }
}

/// The facts of a step; the title has their address.
fn facts(step: &Step<'_>) -> Markup {
    html! { @if let Some(Item { head, .. }) = &step.facts { @if !head.is_empty() { p .small { (head) } } } }
}

fn bars(bars: &[Bar]) -> Markup {
    let most = most_people(bars);
    html! {
        ul .bars {
            @for Bar { label, people, side } in bars {
                li {
                    span aria-hidden="true" { (label) } " "
                    (chart::people(label, *people, most, *side))
                    " " span .number aria-hidden="true" { (people) }
                }
            }
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        div .table tabindex="0" role="group" aria-label="The questions, one in a row" {
            table class=[class(table.weight)] {
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
