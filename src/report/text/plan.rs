//! The plan for a terminal.

use crate::bank::{Certification, Outlook, Resource};
use crate::plan::{Phase, Plan, Step, Subject};

use super::super::page::{Page, Side, Style, width};
use super::super::{bar, words};

/// Margin of what belongs to a step.
const MARGIN: &str = "      ";

/// Widest picture of the weeks, in columns.
const WIDEST: usize = 40;

/// A plan as a page of its own.
pub(in super::super) fn plan(plan: &Plan<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    write(plan, &mut page);
    page.finish()
}

/// A plan as a part of a page.
pub(super) fn write(plan: &Plan<'_>, page: &mut Page) {
    let role = plan.role;
    page.heading(&words::plan_title(role));
    page.paragraph(&words::span(plan));
    weeks(plan, page);
    for text in [words::patience(plan), Some(role.summary.clone()), role.growth.clone()].into_iter().flatten() {
        page.gap();
        page.paragraph(&text);
    }
    for (number, phase) in (1..).zip(plan.phases()) {
        page.gap();
        page.heading(&format!("{number}. {}", words::phase_title(phase)));
        if let Some(stretch) = words::stretch(plan, phase) {
            page.paragraph(&stretch);
        }
        plan.phase(phase).for_each(|step| self::step(step, page));
        if phase == Phase::Certification {
            other_certifications(plan, page);
        }
    }
    outlook(&role.outlook, page);
}

/// The three phases as a picture, where there is anything to see and room for it.
fn weeks(plan: &Plan<'_>, page: &mut Page) {
    let stretches = plan.stretches();
    let longest = stretches.iter().map(|&(phase, _)| width(words::phase(phase))).max().unwrap_or(0);
    let label = stretches.iter().map(|(_, stretch)| width(&words::weeks(stretch.weeks))).max().unwrap_or(0);
    let end = stretches.last().map_or(0, |(_, stretch)| stretch.days.1);
    let columns = page.style.width.saturating_sub(longest + label + 6).min(WIDEST);
    if stretches.len() < 2 || plan.weeks < 3 || columns < 10 {
        return;
    }
    page.gap();
    for (phase, stretch) in stretches {
        let (first, last) = stretch.days;
        let part = |day: u32| f64::from(day) / f64::from(end.max(1));
        let bar = bar::stretch(part(first - 1), part(last), columns, page.style);
        let name = words::phase(phase);
        let pad = " ".repeat(longest - width(name));
        page.line(&format!("  {name}{pad}  {}  {}", page.tinted(&bar, Side::First), words::weeks(stretch.weeks)));
    }
}

fn step(step: &Step<'_>, page: &mut Page) {
    let mark = if step.dates.is_some() { "  [ ] " } else { "  [x] " };
    page.hanging(mark, MARGIN, step.subject.title());
    detail(&words::dates(step), page);
    match step.subject {
        Subject::Topic(topic) => {
            topic.why.iter().for_each(|why| detail(why, page));
            topic.resources.iter().for_each(|resource| self::resource(resource, page));
        }
        Subject::Certification(certification) => facts(certification, &words::certification(certification), page),
        Subject::Project(project) => {
            if let Some(dataset) = &project.dataset {
                page.linked(MARGIN, MARGIN, &words::data(dataset), dataset.url.as_deref());
            }
            if let Some(done_when) = words::done_when(project) {
                detail(&done_when, page);
            }
        }
    }
}

fn resource(resource: &Resource, page: &mut Page) {
    let text = words::resource(resource);
    page.linked(&format!("{MARGIN}- "), &format!("{MARGIN}  "), &text, resource.url.as_deref());
}

fn facts(certification: &Certification, facts: &str, page: &mut Page) {
    page.linked(MARGIN, MARGIN, facts, certification.url.as_deref());
    certification.note.iter().for_each(|note| detail(note, page));
}

/// What could be sat instead, and what cannot be sat any more.
fn other_certifications(plan: &Plan<'_>, page: &mut Page) {
    if !plan.alternatives.is_empty() {
        page.gap();
        page.paragraph(words::ALTERNATIVES);
        for certification in &plan.alternatives {
            page.hanging("    - ", MARGIN, &certification.name);
            facts(certification, &words::alternative(certification), page);
        }
    }
    if !plan.retired.is_empty() {
        page.gap();
        page.paragraph(words::GONE);
        for certification in &plan.retired {
            page.hanging("    - ", MARGIN, &certification.name);
            facts(certification, &words::certification(certification), page);
            detail(&words::successors(certification, plan.role), page);
        }
    }
}

fn outlook(outlook: &[Outlook], page: &mut Page) {
    if outlook.is_empty() {
        return;
    }
    page.gap();
    page.heading(words::OUTLOOK);
    for fact in outlook {
        page.linked("  - ", "    ", &words::fact(fact), fact.source.as_deref());
    }
}

/// A line below a step; nothing if there is nothing to say.
fn detail(text: &str, page: &mut Page) {
    if !text.trim().is_empty() {
        page.hanging(MARGIN, MARGIN, text);
    }
}
