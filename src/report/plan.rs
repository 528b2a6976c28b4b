//! A study plan, alone or as a part of a result.

use crate::bank::{Bank, Certification, Resource};
use crate::plan::{self, Phase, Plan, StepKind};

use super::document::{Block, Document, Item, Span, Step, Tone, apart};
use super::words;

/// Returns a plan alone, for people.
#[must_use]
pub fn plan<'r>(bank: &'r Bank, plan: &'r Plan<'_>) -> Document<'r> {
    Document { bank, title: words::plan_title(plan.role), blocks: vec![section(plan, 1)] }
}

/// A plan under a heading of this level.
pub(super) fn section<'r>(plan: &'r Plan<'_>, level: u8) -> Block<'r> {
    let role = plan.role;
    let span = |phase| {
        let span = plan.phase_span(phase)?;
        Some(Span { label: words::phase(phase), days: span.days, value: words::weeks(span.weeks) })
    };
    let weeks = Block::Weeks(Phase::ALL.into_iter().filter_map(span).collect());
    let mut blocks = vec![Block::Paragraph(Tone::Strong, words::span(plan)), weeks];
    let texts = [words::patience(plan), Some(role.summary.clone()), role.growth.clone()];
    blocks.extend(texts.into_iter().flatten().map(apart));
    let phases = (1_usize..).zip(plan.phases());
    let mut stages: Vec<Block<'_>> = phases.map(|(number, phase)| stage(plan, number, phase, level + 1)).collect();
    if !role.outlook.is_empty() {
        let facts = Block::List(Tone::Small, outlook(plan));
        stages.push(Block::Section(level + 1, words::OUTLOOK.to_owned(), vec![facts]));
    }
    blocks.push(Block::Stages(stages));
    Block::Section(level, words::plan_title(role), blocks)
}

fn stage<'r>(plan: &'r Plan<'_>, number: usize, phase: Phase, level: u8) -> Block<'r> {
    let span = words::phase_span(plan, phase).map(|span| Block::Paragraph(Tone::Small, span));
    let mut blocks: Vec<Block<'_>> = span.into_iter().collect();
    let steps: Vec<Step<'_>> = plan.phase(phase).map(step).collect();
    if !steps.is_empty() {
        blocks.push(Block::Steps(steps));
    }
    if phase == Phase::Certification && !plan.alternatives.is_empty() {
        let others = plan.alternatives.iter().map(|other| certification(other, words::alternative(other)));
        blocks.extend([apart(words::ALTERNATIVES), Block::Options(others.collect())]);
    }
    if phase == Phase::Certification && !plan.retired.is_empty() {
        let gone = plan.retired.iter().map(|gone| Step {
            instead: Some(words::successors(gone, plan.role).into()),
            ..certification(gone, words::certification(gone))
        });
        blocks.extend([apart(words::GONE), Block::Options(gone.collect())]);
    }
    Block::Section(level, format!("{number}. {}", words::phase_title(phase)), blocks)
}

/// A step with everything that is known of it.
pub(super) fn step<'r>(step: &plan::Step<'r>) -> Step<'r> {
    let about = match step.kind {
        StepKind::Topic(topic) => Step {
            why: topic.why.as_deref().map(Into::into),
            resources: topic.resources.iter().map(resource).collect(),
            ..Step::default()
        },
        StepKind::Certification(exam) => certification(exam, words::certification(exam)),
        StepKind::Project(project) => Step {
            data: project
                .dataset
                .as_ref()
                .map(|data| Item::new("Data: ".to_owned() + &data.name, "", data.url.as_deref())),
            done_when: project.done_when.as_ref().map(|done_when| format!("Done when: {done_when}").into()),
            ..Step::default()
        },
    };
    Step { title: step.kind.title(), done: step.dates.is_none(), dates: words::dates(step), ..about }
}

/// A certification with its facts in one line.
fn certification(certification: &Certification, facts: String) -> Step<'_> {
    Step {
        title: &certification.name,
        facts: Some(Item::new(facts, "", certification.url.as_deref())),
        note: certification.note.as_deref().map(Into::into),
        ..Step::default()
    }
}

fn resource(resource: &Resource) -> Item<'_> {
    Item::new(&resource.title, words::sort(resource), resource.url.as_deref())
}

/// Facts about the market with their dates.
pub(super) fn outlook<'r>(plan: &'r Plan<'_>) -> Vec<Item<'r>> {
    plan.role.outlook.iter().map(|fact| Item::new(&fact.claim, words::value(fact), fact.source.as_deref())).collect()
}
