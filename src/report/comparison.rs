//! Plans side by side: what each says of one thing after the other.

use crate::bank::Bank;
use crate::plan::{Phase, Plan, Step};

use super::document::{Block, Document, Item};
use super::plan::outlook;
use super::words;

/// Returns plans side by side, for people; what no plan says anything of is left out.
#[must_use]
pub fn comparison<'r>(bank: &'r Bank, plans: &'r [Plan<'_>]) -> Document<'r> {
    type Items = for<'p> fn(&'p Plan<'_>) -> Vec<Item<'p>>;
    let aspects: [(&str, Items); 7] = [
        ("Time and work", time),
        ("In all of these plans: a start that needs no decision", |plan| topics(plan, true)),
        ("Other topics", |plan| topics(plan, false)),
        ("Certification", exam),
        ("Projects", projects),
        ("Where it leads", |plan| plan.role.growth.iter().map(Into::into).collect()),
        (words::OUTLOOK, outlook),
    ];
    let title = words::comparison_title(plans);
    let mut blocks = vec![Block::Heading(1, title.clone())];
    for (title, items) in aspects {
        let mut lists: Vec<_> = plans.iter().map(|plan| (&*plan.role.name, items(plan))).collect();
        if lists.iter().all(|(_, items)| items.is_empty()) {
            continue;
        }
        lists.iter_mut().filter(|(_, items)| items.is_empty()).for_each(|(_, items)| items.push("none".into()));
        blocks.push(Block::Section(2, title.to_owned(), vec![Block::Columns(lists)]));
    }
    Document { bank, title, blocks }
}

fn time<'p>(plan: &'p Plan<'_>) -> Vec<Item<'p>> {
    let phase = |phase| Some(format!("{}. {}", words::phase(phase), words::phase_span(plan, phase)?));
    let phases = Phase::ALL.into_iter().filter_map(phase);
    std::iter::once(words::span(plan)).chain(phases).chain(words::patience(plan)).map(Into::into).collect()
}

/// Topics that all plans have, or the others.
fn topics<'p>(plan: &'p Plan<'_>, shared: bool) -> Vec<Item<'p>> {
    let is_shared = |step: &&Step<'_>| plan.shared.iter().any(|topic| topic.id == step.kind.id());
    plan.phase(Phase::Knowledge).filter(|step| is_shared(step) == shared).map(titled).collect()
}

fn exam<'p>(plan: &'p Plan<'_>) -> Vec<Item<'p>> {
    let exam = |step: &Step<'p>| {
        let certification = step.kind.certification()?;
        let facts = Some(words::certification(certification)).filter(|facts| !facts.is_empty());
        let facts = facts.map_or_else(String::new, |facts| format!(": {facts}"));
        Some(Item::new(&certification.name, facts + &work(step), certification.url.as_deref()))
    };
    plan.phase(Phase::Certification).filter_map(exam).collect()
}

fn projects<'p>(plan: &'p Plan<'_>) -> Vec<Item<'p>> {
    plan.phase(Phase::Expertise).map(titled).collect()
}

/// A step with its work.
fn titled<'p>(step: &Step<'p>) -> Item<'p> {
    Item::new(step.kind.title(), work(step), None)
}

/// The work of a step, to stand behind its title.
fn work(step: &Step<'_>) -> String {
    if step.dates.is_none() { " (known)".to_owned() } else { format!(" ({})", words::hours(step.kind.hours())) }
}
