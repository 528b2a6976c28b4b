//! The plan for a terminal.

use crate::bank::{Certification, Cost, Medium, Outlook, Resource};
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
    page.paragraph(&summary(plan));
    page.gap();
    page.paragraph(&role.summary);
    if let Some(growth) = &role.growth {
        page.paragraph(growth);
    }
    for (number, phase) in (1..).zip(Phase::ALL) {
        let mut steps = plan.phase(phase).peekable();
        if steps.peek().is_some() {
            page.gap();
            page.heading(&format!("{number}. {}", title(phase)));
            steps.for_each(|step| self::step(step, page));
        }
        if phase == Phase::Certification {
            other_certifications(plan, page);
        }
    }
    outlook(&role.outlook, page);
}

fn title(phase: Phase) -> &'static str {
    match phase {
        Phase::Knowledge => "Knowledge: learn the field",
        Phase::Certification => "Certification: show it",
        Phase::Expertise => "Expertise: solve problems with real data",
    }
}

fn summary(plan: &Plan<'_>) -> String {
    let hours = plan.pace.hours_per_week;
    let hours = if hours == 1 { "1 hour a week".to_owned() } else { format!("{hours} hours a week") };
    match plan.finish {
        Some(finish) if plan.weeks == 1 => format!("{} to {finish}: 1 week at {hours}.", plan.pace.start),
        Some(finish) => format!("{} to {finish}: {} weeks at {hours}.", plan.pace.start, plan.weeks),
        None if plan.steps.is_empty() => "The bank lists no steps for this role.".to_owned(),
        None => "Everything in it is known already.".to_owned(),
    }
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
    let medium = resource.kind.map(Medium::name);
    let kind: Vec<&str> = medium.into_iter().chain(resource.cost.map(Cost::name)).collect();
    let kind = if kind.is_empty() { String::new() } else { format!(" ({})", kind.join(", ")) };
    let text = format!("{}{kind}", resource.title);
    page.linked(&format!("{MARGIN}- "), &format!("{MARGIN}  "), &text, resource.url.as_deref());
}

fn facts(certification: &Certification, page: &mut Page) {
    let facts = [
        certification.code.clone(),
        certification.provider.clone(),
        certification.level.clone(),
        certification.price_usd.map(|price| format!("{price} USD")),
        certification
            .valid_years
            .map(|years| if years == 1 { "valid 1 year".to_owned() } else { format!("valid {years} years") }),
        certification.retired.map(|day| format!("last exam day {day}")),
        certification.as_of.map(|when| format!("as of {when}")),
    ];
    detail(&facts.into_iter().flatten().collect::<Vec<_>>().join(", "), page);
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
        page.paragraph("Named in older guides, but gone by the time this plan comes to it:");
        for certification in &plan.retired {
            page.hanging("    - ", MARGIN, &certification.name);
            facts(certification, page);
            detail(&successors(certification, plan), page);
        }
    }
}

fn successors(certification: &Certification, plan: &Plan<'_>) -> String {
    let all = &plan.role.certifications;
    let with_code = |other: &Certification| match &other.code {
        Some(code) => format!("{} ({code})", other.name),
        None => other.name.clone(),
    };
    let successors = certification.successors.iter().filter_map(|id| all.iter().find(|other| other.id == *id));
    let names: Vec<String> = successors.map(with_code).collect();
    if names.is_empty() {
        "Nothing is known to replace it.".to_owned()
    } else {
        format!("Sit instead: {}", names.join("; "))
    }
}

fn outlook(outlook: &[Outlook], page: &mut Page) {
    if outlook.is_empty() {
        return;
    }
    page.gap();
    page.heading("Outlook (market facts; never part of the score)");
    for fact in outlook {
        let as_of = fact.as_of.map_or_else(String::new, |when| format!(" [as of {when}]"));
        let text = format!("{}: {}{as_of}", fact.claim, fact.value);
        page.linked("  - ", "    ", &text, fact.source.as_deref());
    }
}

/// A line below a step; nothing if there is nothing to say.
fn detail(text: &str, page: &mut Page) {
    if !text.trim().is_empty() {
        page.hanging(MARGIN, MARGIN, text);
    }
}
