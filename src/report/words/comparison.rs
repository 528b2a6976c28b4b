//! What is held against each other when plans stand side by side.

use crate::bank::Outlook;
use crate::plan::{Phase, Plan, Step, Subject};

use super::super::words;

/// One thing that is said of a plan.
pub(in super::super) struct Item<'p> {
    /// What it is about, which is what an address belongs to.
    pub(in super::super) head: String,
    /// What is said about that.
    pub(in super::super) rest: String,
    pub(in super::super) url: Option<&'p str>,
}

impl Item<'_> {
    pub(in super::super) fn text(&self) -> String {
        format!("{}{}", self.head, self.rest)
    }
}

/// One aspect with what each plan says of it.
pub(in super::super) struct Aspect<'p> {
    pub(in super::super) title: &'static str,
    /// One list a plan, in the order of the plans.
    pub(in super::super) sides: Vec<Vec<Item<'p>>>,
}

/// Everything that plans are compared by; what no plan says anything of is left out.
pub(in super::super) fn aspects<'p>(plans: &'p [Plan<'p>]) -> Vec<Aspect<'p>> {
    type Items = for<'p> fn(&'p Plan<'p>) -> Vec<Item<'p>>;
    let aspects: [(&'static str, Items); 7] = [
        ("Time and work", time),
        ("In all of these plans: a start that needs no decision", |plan| topics(plan, true)),
        ("Other topics", |plan| topics(plan, false)),
        ("Certification", exam),
        ("Projects", projects),
        ("Where it leads", |plan| plan.role.growth.iter().map(|growth| plain(growth, "")).collect()),
        (words::OUTLOOK, outlook),
    ];
    let aspect = |(title, items): (&'static str, Items)| Aspect { title, sides: plans.iter().map(items).collect() };
    let mut aspects: Vec<Aspect<'_>> = aspects.into_iter().map(aspect).collect();
    aspects.retain(|aspect| aspect.sides.iter().any(|side| !side.is_empty()));
    for side in aspects.iter_mut().flat_map(|aspect| &mut aspect.sides).filter(|side| side.is_empty()) {
        side.push(plain("none", ""));
    }
    aspects
}

fn plain<'p>(head: impl Into<String>, rest: impl Into<String>) -> Item<'p> {
    Item { head: head.into(), rest: rest.into(), url: None }
}

fn time<'p>(plan: &'p Plan<'p>) -> Vec<Item<'p>> {
    let phase = |phase| Some(format!("{}. {}", words::phase(phase), words::stretch(plan, phase)?));
    let phases = Phase::ALL.into_iter().filter_map(phase);
    let lines = std::iter::once(words::span(plan)).chain(phases).chain(words::patience(plan));
    lines.map(|line| plain(line, "")).collect()
}

/// Topics that all plans have, or the others.
fn topics<'p>(plan: &'p Plan<'p>, shared: bool) -> Vec<Item<'p>> {
    let is_shared = |step: &&Step<'_>| plan.shared.iter().any(|topic| topic.id == step.subject.id());
    let topics = plan.phase(Phase::Knowledge).filter(|step| is_shared(step) == shared);
    topics.map(|step| plain(step.subject.title(), work(step))).collect()
}

fn exam<'p>(plan: &'p Plan<'p>) -> Vec<Item<'p>> {
    let exam = |step: &'p Step<'p>| match step.subject {
        Subject::Certification(certification) => Some(Item {
            head: certification.name.clone(),
            rest: match words::certification(certification) {
                facts if facts.is_empty() => work(step),
                facts => format!(": {facts}{}", work(step)),
            },
            url: certification.url.as_deref(),
        }),
        Subject::Topic(_) | Subject::Project(_) => None,
    };
    plan.phase(Phase::Certification).filter_map(exam).collect()
}

fn projects<'p>(plan: &'p Plan<'p>) -> Vec<Item<'p>> {
    plan.phase(Phase::Expertise).map(|step| plain(step.subject.title(), work(step))).collect()
}

/// The work of a step, to stand behind its title.
fn work(step: &Step<'_>) -> String {
    if step.dates.is_none() { " (known)".to_owned() } else { format!(" ({})", words::hours(step.subject.hours())) }
}

fn outlook<'p>(plan: &'p Plan<'p>) -> Vec<Item<'p>> {
    let item =
        |fact: &'p Outlook| Item { head: fact.claim.clone(), rest: words::value(fact), url: fact.source.as_deref() };
    plan.role.outlook.iter().map(item).collect()
}
