//! The plan as HTML. What is to be done and when is always seen; why, and what to learn from, opens below a step.

use maud::{Markup, html};

use crate::bank::{Bank, Certification, Outlook, Resource};
use crate::plan::{Phase, Plan, Step, Subject};

use super::super::words;
use super::{chart, page};

/// A plan as a page of its own.
pub(in super::super) fn plan(bank: &Bank, plan: &Plan<'_>) -> String {
    page(bank, &words::plan_title(plan.role), &write(plan, 1))
}

/// A plan as a part of a page, under a heading of this level.
pub(super) fn write(plan: &Plan<'_>, level: u8) -> Markup {
    let role = plan.role;
    html! {
        section {
            (heading(level, &words::plan_title(role)))
            p { strong { (words::span(plan)) } }
            (weeks(plan))
            @if let Some(patience) = words::patience(plan) { p { (patience) } }
            p { (role.summary) }
            @if let Some(growth) = &role.growth { p { (growth) } }
            div .plan {
                @for (number, phase) in (1..).zip(plan.phases()) { (stage(plan, number, phase, level + 1)) }
                (outlook(&role.outlook, level + 1))
            }
        }
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

/// The phases as a picture, by days; what is written beside it is in the names of its bars.
fn weeks(plan: &Plan<'_>) -> Markup {
    let stretches = plan.stretches();
    let end = stretches.last().map_or(0, |(_, stretch)| stretch.days.1);
    html! {
        @if !stretches.is_empty() {
            ul .weeks {
                @for (phase, stretch) in &stretches {
                    li {
                        span aria-hidden="true" { (words::phase(*phase)) }
                        (chart::weeks(*phase, stretch, end))
                        span aria-hidden="true" { (words::weeks(stretch.weeks)) }
                    }
                }
            }
        }
    }
}

fn stage(plan: &Plan<'_>, number: usize, phase: Phase, level: u8) -> Markup {
    html! {
        section {
            (heading(level, &format!("{number}. {}", words::phase_title(phase))))
            @if let Some(stretch) = words::stretch(plan, phase) { p .soft.small { (stretch) } }
            @if plan.phase(phase).next().is_some() {
                ul .steps { @for step in plan.phase(phase) { (self::step(step)) } }
            }
            @if phase == Phase::Certification { (others(plan)) }
        }
    }
}

fn step(step: &Step<'_>) -> Markup {
    let title = step.subject.title();
    html! {
        li {
            input type="checkbox" checked[step.dates.is_none()] aria-label={ "Done: " (title) };
            div {
                p .title { (linked(title, url(step.subject))) }
                p .soft.small { (words::dates(step)) }
                @match step.subject {
                    Subject::Topic(topic) => @if topic.why.is_some() || !topic.resources.is_empty() {
                        details {
                            summary { "Why, and what to learn from" }
                            @if let Some(why) = &topic.why { p { (why) } }
                            @if !topic.resources.is_empty() {
                                ul .dots { @for resource in &topic.resources { li { (self::resource(resource)) } } }
                            }
                        }
                    },
                    Subject::Certification(certification) => {
                        (small(&words::certification(certification)))
                        @if let Some(note) = &certification.note { p .small { (note) } }
                    },
                    Subject::Project(project) => {
                        @if let Some(done_when) = words::done_when(project) { p .small { (done_when) } }
                        @if let Some(data) = &project.dataset {
                            p .small { (linked(&words::data(data), data.url.as_deref())) }
                        }
                    }
                }
            }
        }
    }
}

/// The facts of a certification that is not scheduled.
fn facts(certification: &Certification, facts: &str) -> Markup {
    html! {
        (linked(&certification.name, certification.url.as_deref()))
        (small(facts))
        @if let Some(note) = &certification.note { details { summary { "Good to know" } p { (note) } } }
    }
}

/// A small line; nothing where there is nothing to say.
fn small(text: &str) -> Markup {
    html! { @if !text.is_empty() { p .small { (text) } } }
}

fn resource(resource: &Resource) -> Markup {
    html! { (linked(&resource.title, resource.url.as_deref())) (words::sort(resource)) }
}

/// What could be sat instead, and what cannot be sat any more.
fn others(plan: &Plan<'_>) -> Markup {
    html! {
        @if !plan.alternatives.is_empty() {
            p { (words::ALTERNATIVES) }
            ul .dots { @for other in &plan.alternatives { li { (facts(other, &words::alternative(other))) } } }
        }
        @if !plan.retired.is_empty() {
            p { (words::GONE) }
            ul .dots {
                @for gone in &plan.retired {
                    li {
                        (facts(gone, &words::certification(gone)))
                        p .small { (words::successors(gone, plan.role)) }
                    }
                }
            }
        }
    }
}

/// Facts about the market with their dates.
fn outlook(outlook: &[Outlook], level: u8) -> Markup {
    html! {
        @if !outlook.is_empty() {
            section {
                (heading(level, words::OUTLOOK))
                ul .dots.small {
                    @for fact in outlook { li { (linked(&fact.claim, fact.source.as_deref())) (words::value(fact)) } }
                }
            }
        }
    }
}

/// The page of what a step is about.
fn url(subject: Subject<'_>) -> Option<&str> {
    match subject {
        Subject::Certification(certification) => certification.url.as_deref(),
        Subject::Topic(_) | Subject::Project(_) => None,
    }
}

/// Text that is a link where there is an address; banks hold only addresses of the web.
pub(super) fn linked(text: &str, url: Option<&str>) -> Markup {
    html! {
        @match url {
            Some(url) => a href=(url) rel="noreferrer" { (text) },
            None => (text),
        }
    }
}
