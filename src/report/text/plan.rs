//! The plan for a terminal.

use crate::bank::{Certification, Outlook, Resource};
use crate::plan::{Phase, Plan, Step, Subject};

use super::super::page::{Page, Style};
use super::super::words;

/// Margin of what belongs to a step.
const MARGIN: &str = "      ";

/// A plan as a page of its own.
pub(in super::super) fn plan(plan: &Plan<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    write(plan, &mut page);
    page.finish()
}

/// A plan as a part of a page.
pub(super) fn write(plan: &Plan<'_>, page: &mut Page) {
    let role = plan.role;
    page.heading(&format!("Study plan: {}", role.name));
    page.paragraph(&words::span(plan));
    page.gap();
    page.paragraph(&role.summary);
    if let Some(growth) = &role.growth {
        page.paragraph(growth);
    }
    for (number, phase) in (1..).zip(Phase::ALL) {
        let mut steps = plan.phase(phase).peekable();
        if steps.peek().is_some() {
            page.gap();
            page.heading(&format!("{number}. {}", words::phase_title(phase)));
            steps.for_each(|step| self::step(step, page));
        }
        if phase == Phase::Certification {
            other_certifications(plan, page);
        }
    }
    outlook(&role.outlook, page);
}

fn step(step: &Step<'_>, page: &mut Page) {
    let dates = match step.dates {
        Some((start, finish)) => format!("{start} to {finish}, {}", words::hours(step.subject.hours())),
        None => "known".to_owned(),
    };
    let mark = if step.dates.is_some() { "  [ ] " } else { "  [x] " };
    page.hanging(mark, MARGIN, step.subject.title());
    detail(&dates, page);
    match step.subject {
        Subject::Topic(topic) => {
            if let Some(why) = &topic.why {
                detail(why, page);
            }
            topic.resources.iter().for_each(|resource| self::resource(resource, page));
        }
        Subject::Certification(certification) => facts(certification, page),
        Subject::Project(project) => {
            if let Some(dataset) = &project.dataset {
                page.linked(MARGIN, MARGIN, &format!("Data: {}", dataset.name), dataset.url.as_deref());
            }
            if let Some(done_when) = &project.done_when {
                detail(&format!("Done when: {done_when}"), page);
            }
        }
    }
}

fn resource(resource: &Resource, page: &mut Page) {
    let text = words::resource(resource);
    page.linked(&format!("{MARGIN}- "), &format!("{MARGIN}  "), &text, resource.url.as_deref());
}

fn facts(certification: &Certification, page: &mut Page) {
    detail(&words::certification(certification), page);
    if let Some(note) = &certification.note {
        detail(note, page);
    }
    if let Some(url) = &certification.url {
        page.line(&format!("{MARGIN}{url}"));
    }
}

/// What could be sat instead, and what cannot be sat any more.
fn other_certifications(plan: &Plan<'_>, page: &mut Page) {
    if !plan.alternatives.is_empty() {
        page.gap();
        page.paragraph("Instead you could sit:");
        for certification in &plan.alternatives {
            page.hanging("    - ", MARGIN, &certification.name);
            facts(certification, page);
        }
    }
    if !plan.retired.is_empty() {
        page.gap();
        page.paragraph(words::GONE);
        for certification in &plan.retired {
            page.hanging("    - ", MARGIN, &certification.name);
            facts(certification, page);
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
