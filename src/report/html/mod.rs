//! The HTML renderer. A document is one page that needs no other file: no script, no font, no picture from elsewhere.
//! The policy in its head forbids the browser to load or run anything. Text is escaped by the template library. The page
//! is in English; texts of a bank in another language are marked with it (WCAG 3.1.2).

mod chart;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{
    Bar, Block, DivergingBar, Document, Emphasis, ListItem, Part, RoleRank, START, Snippet, Table, Task, Tone, Voice,
    WeekBar,
};
use super::document::{most_people, most_points};
use super::phrases::MIDDLE;
use super::rounding::nearest;

const STYLE: &str = include_str!("style.css");

/// The content policy: the page may use its own style, known by its SHA-256, and no more.
const POLICY: &str = "default-src 'none'; style-src 'sha256-t8gkTnPoPEcPMRSVcB+jGKwVGYTmImp6AaJnwYfi0DU='; base-uri 'none'; form-action 'none'";

/// The language of the program's own words.
const ENGLISH: &str = "en";

/// The language of a bank; `None` where it is that of the page.
type Lang<'d> = Option<&'d str>;

impl Document<'_> {
    /// Returns the document as one page of HTML that needs no other file.
    pub fn html(&self) -> String {
        let Self { bank, title, blocks } = self;
        let lang = Some(bank.language.as_str()).filter(|language| *language != ENGLISH);
        let generator = concat!("pathquiz ", env!("CARGO_PKG_VERSION"));
        let page = html! {
            (DOCTYPE)
            html lang=(ENGLISH) {
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
                        (all(blocks, lang))
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

fn all(blocks: &[Block<'_>], lang: Lang<'_>) -> Markup {
    html! { @for block in blocks { (self::block(block, lang)) } }
}

fn block(block: &Block<'_>, lang: Lang<'_>) -> Markup {
    match block {
        Block::Verdict { bank, short, .. } => html! { header { p .soft lang=[lang] { (bank) } h1 { (short) } } },
        Block::Heading(level, title) => heading(*level, title),
        Block::Section(level, title, blocks) => html! { section { (heading(*level, title)) (all(blocks, lang)) } },
        Block::Stages(blocks) => html! { div .plan { (all(blocks, lang)) } },
        Block::Parts(parts) => self::parts(parts, lang),
        Block::Quote(_, text) => html! { p lang=[lang] { (text) } },
        Block::Paragraph(Tone::Strong, text) => html! { p { strong { (text) } } },
        Block::Paragraph(Tone::Small, text) => html! { p .soft.small { (text) } },
        Block::Paragraph(_, text) => html! { p { (text) } },
        Block::List(Tone::Small, items) => html! { ul .dots.small { @for item in items { (self::item(item, lang)) } } },
        Block::List(_, items) => list(items, lang),
        Block::Fits(fits) => self::fits(fits),
        Block::Diverging(bars) => diverging(bars, lang),
        Block::Sums(sums) => html! {
            ul .sums { @for (name, sum) in sums { li { span { (name) } " " span .number { (sum) } } } }
        },
        Block::Changes(changes) => html! {
            ul .flips lang=[lang] {
                @for [question, from, to] in changes { li { p .soft.small { (question) } p { (from) " → " (to) } } }
            }
        },
        Block::Weeks(bars) => weeks(bars),
        Block::Start(task) => start(task, lang),
        Block::Steps(steps) => html! { ul .steps { @for step in steps { (self::step(step, lang)) } } },
        Block::Options(options) => html! { ul .dots { @for option in options { (self::option(option, lang)) } } },
        Block::Columns(lists) => html! {
            div .beside { @for (name, items) in lists { div { h3 { (name) } (list(items, lang)) } } }
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

/// Returns parts below a line that names them all.
fn parts(parts: &[Part<'_>], lang: Lang<'_>) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul { @for (number, (title, _)) in (1..).zip(parts) { li { a href={ "#part-" (number) } { (title) } } " " } }
        }
        @for (number, (title, blocks)) in (1..).zip(parts) {
            section id={ "part-" (number) } { h2 { (title) } (all(blocks, lang)) }
        }
    }
}

fn list(items: &[ListItem<'_>], lang: Lang<'_>) -> Markup {
    html! { ul .dots { @for item in items { (self::item(item, lang)) } } }
}

fn item(item: &ListItem<'_>, lang: Lang<'_>) -> Markup {
    html! { li class=[class(item.emphasis)] { (linked(item, lang)) } }
}

/// Returns the text of an item, the thing itself a link where it has an address; banks hold only addresses of the web.
fn linked(item: &ListItem<'_>, lang: Lang<'_>) -> Markup {
    let lang = lang.filter(|_| item.voice == Voice::Bank);
    html! { (item.label) (link(&item.head, item.url, lang)) (spoken(&item.behind(), lang)) (item.rest) }
}

fn link(text: &str, url: Option<&str>, lang: Lang<'_>) -> Markup {
    html! {
        @match url {
            Some(url) => a href=(url) rel="noreferrer" lang=[lang] { (text) },
            None => (spoken(text, lang)),
        }
    }
}

/// Returns text in a language of its own, without any element where that is the page's.
fn spoken(text: &str, lang: Lang<'_>) -> Markup {
    html! {
        @match lang {
            Some(lang) if !text.is_empty() => span lang=(lang) { (text) },
            _ => (text),
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

fn diverging(bars: &[DivergingBar<'_>], lang: Lang<'_>) -> Markup {
    let most = most_points(bars);
    html! {
        ul .evidence {
            @for DivergingBar { question, label, points, value } in bars {
                li {
                    @match question {
                        Some(question) => div lang=[lang] { p .soft.small { (question) } p .title { (label) } },
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

/// Returns the step to begin with in a box.
fn start(task: &Task<'_>, lang: Lang<'_>) -> Markup {
    html! {
        div .start {
            p .soft.small { (START) }
            p .title lang=[lang] { (task.title) }
            p .small { (task.dates) }
            @for resource in &task.resources { p { (linked(resource, lang)) } }
        }
    }
}

/// Returns a step. What is to be done and when is always seen; why, and what to learn from, opens below.
fn step(step: &Task<'_>, lang: Lang<'_>) -> Markup {
    html! {
        li {
            // Drawn, for a pen: the page runs nothing that could keep a tick. That a step is done is said in words too.
            span .box aria-hidden="true" { @if step.done { "✓" } }
            div {
                p .title { (link(step.title, step.facts.as_ref().and_then(|facts| facts.url), lang)) }
                p .soft.small { (step.dates) }
                @if step.why.is_some() || !step.resources.is_empty() {
                    details {
                        summary { "Why, and what to learn from" }
                        @if let Some(why) = &step.why { p { (linked(why, lang)) } }
                        @if !step.resources.is_empty() { (list(&step.resources, lang)) }
                    }
                }
                (facts(step))
                @for part in [&step.note, &step.done_when, &step.data].into_iter().flatten() {
                    p .small { (linked(part, lang)) }
                }
            }
        }
    }
}

fn option(option: &Task<'_>, lang: Lang<'_>) -> Markup {
    html! {
        li {
            (link(option.title, option.facts.as_ref().and_then(|facts| facts.url), lang))
            (facts(option))
            @if let Some(note) = &option.note { details { summary { "Good to know" } p { (linked(note, lang)) } } }
            @if let Some(instead) = &option.instead { p .small { (linked(instead, lang)) } }
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
        assert_eq!(linked(&item, None).into_string(), link);
        let chart = chart::people(text, 1, 2, RoleRank::First).into_string();
        assert!(chart.contains(&format!("aria-label=\"{said}: 1\"")), "{chart}");
    }

    #[test]
    fn only_words_of_a_bank_in_another_language_are_marked() {
        let item = ListItem { label: "Data: ", detail: Some("c"), ..ListItem::new("a", " b", None) };
        let marked = "Data: <span lang=\"de\">a</span><span lang=\"de\">: c</span> b";
        assert_eq!(linked(&item, Some("de")).into_string(), marked);
        assert_eq!(linked(&item, None).into_string(), "Data: a: c b");
        assert_eq!(linked(&ListItem { voice: Voice::Program, ..item }, Some("de")).into_string(), "Data: a: c b");
    }

    #[test]
    fn only_faint_items_have_a_class() {
        let mut item = ListItem::from("a");
        assert_eq!(self::item(&item, None).into_string(), "<li>a</li>");
        item.emphasis = Emphasis::Faint;
        assert_eq!(self::item(&item, None).into_string(), "<li class=\"soft\">a</li>");
    }

    #[test]
    fn a_week_bar_covers_its_first_and_its_last_day() {
        let bar = WeekBar { label: "Learn", days: (8, 14), value: "Week 2".to_owned() };
        let chart = chart::weeks(&bar, 21).into_string();
        assert!(chart.contains("viewBox=\"0 0 21 10\"") && chart.contains("x=\"7\" width=\"7\""), "{chart}");
    }
}
