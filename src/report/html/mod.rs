//! The report and the plan as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere. The
//! policy in its head forbids the browser to load or run anything. Text is escaped by the template library.

pub(super) mod chart;
mod comparison;
mod plan;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::bank::Bank;

use super::evidence::{Evidence, Origin};
use super::page::Side;
use super::{Report, words};

pub(super) use comparison::comparison;
pub(super) use plan::plan;

const STYLE: &str = include_str!("style.css");

/// What the page may use: its own style, known by its SHA-256, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'sha256-1os6bxd/qTd5PrwwSBXFhBOIP1J3ESe9Xz3a6TWt04g='; base-uri 'none'; form-action 'none'";

/// A whole report.
pub(super) fn report(report: &Report<'_>) -> String {
    let (score, recommendation) = (&report.score, &report.recommendation);
    let bank = report.bank();
    let body = html! {
        header {
            p .soft { (bank.title) }
            h1 { (words::headline(recommendation)) }
        }
        (fits(report))
        @if let Some(chance) = words::chance(score, recommendation) { p { (chance) } }
        @if let Some(evidence) = Evidence::new(score) { (self::evidence(&evidence)) }
        (flips(report))
        section {
            h2 { (words::BASIS) }
            @for sentence in words::basis(score, recommendation) { p { (sentence) } }
        }
        (common(report))
        @match &report.plan {
            Some(plan) => (plan::write(plan, 2)),
            None => p { (words::NO_PLAN) },
        }
    };
    page(bank, &bank.title, &body)
}

/// A page with a body.
pub(super) fn page(bank: &Bank, title: &str, body: &Markup) -> String {
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
                    (body)
                    footer { "Made by " (generator) " with the question bank " (bank.id) " " (bank.version) "." }
                }
            }
        }
    };
    let mut page = page.into_string();
    page.push('\n');
    page
}

fn fits(report: &Report<'_>) -> Markup {
    html! {
        p .soft.small { "Fit, from 0 to 100" }
        ul .fits {
            @for (fit, side) in report.score.fits.iter().zip(Side::ranks()) {
                li {
                    span aria-hidden="true" { (fit.role.name) } " "
                    span .number aria-hidden="true" { (super::rounding::nearest(fit.fit)) }
                    (chart::fit(fit, side))
                }
            }
        }
        p .axis aria-hidden="true" { span { "0" } " " span { (words::MIDDLE) } " " span { "100" } }
    }
}

/// What moved the lead most, and how it adds up to the fits.
fn evidence(evidence: &Evidence<'_>) -> Markup {
    html! {
        section {
            h2 { (words::EVIDENCE) }
            ul .evidence {
                @for row in &evidence.rows {
                    li {
                        @match row.origin {
                            Origin::Answer(question, answer) => div {
                                p .soft.small { (question.text) }
                                p .title { (question.words(answer)) }
                            },
                            Origin::Others(_) => p { (words::origin(row)) },
                        }
                        div {
                            @if row.is_drawn() { (chart::row(row, evidence)) }
                            p .toward aria-hidden=[row.is_drawn().then_some("true")] { (words::toward(row, evidence)) }
                        }
                    }
                }
            }
            p { (words::lead(evidence)) }
            ul .sums {
                @for sum in &evidence.sums { li { span { (sum.role.name) } " " span .number { (sum.written()) } } }
            }
        }
    }
}

fn flips(report: &Report<'_>) -> Markup {
    let Some(sentence) = words::flips(&report.recommendation) else { return Markup::default() };
    html! {
        section {
            h2 { (words::FLIPS) }
            p { (sentence) }
            ul .flips {
                @for change in report.recommendation.changes() {
                    li { p .soft.small { (change.question.text) } p { (words::change(change, "→")) } }
                }
            }
        }
    }
}

/// What can be begun without deciding, where nothing is decided.
fn common(report: &Report<'_>) -> Markup {
    let common = report.common();
    html! {
        @if !common.is_empty() {
            section {
                h2 { (words::SHARED) }
                p { (words::undecided(&report.recommendation)) }
                ul .dots { @for topic in common { li { (topic) } } }
            }
        }
    }
}
