//! A group's answers as one page of HTML that needs nothing else.

use maud::{Markup, html};

use crate::cohort::Cohort;

use super::super::html::{chart, page};
use super::block::{Bar, Block, Line, Table, Weight, most};
use super::content::blocks;

/// What a group's answers say, as one page of HTML that needs nothing else.
#[must_use]
pub fn cohort_html(cohort: &Cohort<'_>) -> String {
    let body = html! {
        h1 { (cohort.bank.title) }
        @for block in blocks(cohort) { (self::block(&block)) }
    };
    page(cohort.bank, &cohort.bank.title, &body)
}

fn block(block: &Block) -> Markup {
    match block {
        Block::Heading(text) => html! { h2 { (text) } },
        Block::Paragraph(text) => html! { p { (text) } },
        Block::List(lines) => html! { ul .dots { @for line in lines { (item(line)) } } },
        Block::Bars(bars) => self::bars(bars),
        Block::Table(table) => self::table(table),
    }
}

fn item(line: &Line) -> Markup {
    html! { li class=[class(line.weight)] { (line.text) } }
}

/// The class of what is said in grey.
fn class(weight: Weight) -> Option<&'static str> {
    match weight {
        Weight::Full => None,
        Weight::Grey => Some("soft"),
    }
}

fn bars(bars: &[Bar]) -> Markup {
    let most = most(bars);
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
