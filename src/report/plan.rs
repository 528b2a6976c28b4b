//! A study plan, alone or as a part of a result.

use crate::bank::Bank;
use crate::plan::{Phase, Plan};

use super::document::{Block, Document, ListItem, Report, Task, Tone, WeekBar, apart, list};
use super::tasks::{certification, task};
use super::{calendar, document, json, phrases};

/// A study plan alone.
#[derive(Clone, Copy, Debug)]
pub struct PlanReport<'r> {
    /// The bank it is made of.
    pub bank: &'r Bank,
    /// The plan.
    pub plan: &'r Plan<'r>,
}

impl PlanReport<'_> {
    /// Returns the plan as a calendar, `None` if no step is left to do.
    pub fn calendar(&self) -> Option<String> {
        calendar::plan_calendar(self.bank, self.plan)
    }
}

impl Report for PlanReport<'_> {
    fn document(&self) -> Document<'_> {
        Document { bank: self.bank, title: phrases::plan_title(self.plan.role), blocks: vec![section(self.plan, 1)] }
    }

    fn json(&self) -> String {
        json::pretty(&json::Plan::new(self.plan))
    }
}

/// Returns a plan under a heading of this level.
pub(super) fn section<'r>(plan: &'r Plan<'_>, level: u8) -> Block<'r> {
    let role = plan.role;
    let weeks = Phase::ALL.into_iter().filter_map(|phase| week_bar(plan, phase)).collect();
    let mut blocks = vec![Block::Paragraph(Tone::Strong, phrases::span(plan)), Block::Weeks(weeks)];
    let texts = [phrases::long_plan(plan), Some(role.summary.clone()), role.growth.clone()];
    blocks.extend(texts.into_iter().flatten().map(apart));
    let phases = (1_usize..).zip(plan.phases());
    let mut stages: Vec<Block<'_>> = phases.map(|(number, phase)| stage(plan, number, phase, level + 1)).collect();
    if !role.outlook.is_empty() {
        let facts = list(Tone::Small, outlook(plan));
        stages.push(document::section(level + 1, phrases::OUTLOOK, vec![facts]));
    }
    blocks.push(Block::Stages(stages));
    document::section(level, phrases::plan_title(role), blocks)
}

fn week_bar(plan: &Plan<'_>, phase: Phase) -> Option<WeekBar> {
    let span = plan.phase_span(phase)?;
    Some(WeekBar { label: phrases::phase(phase), days: span.days, value: phrases::weeks(span.weeks) })
}

fn stage<'r>(plan: &'r Plan<'_>, number: usize, phase: Phase, level: u8) -> Block<'r> {
    let span = phrases::phase_span(plan, phase).map(|span| Block::Paragraph(Tone::Small, span));
    let mut blocks: Vec<Block<'_>> = span.into_iter().collect();
    let steps: Vec<Task<'_>> = plan.phase(phase).map(task).collect();
    if !steps.is_empty() {
        blocks.push(Block::Steps(steps));
    }
    if phase == Phase::Certification && !plan.alternatives.is_empty() {
        let others = plan.alternatives.iter().map(|other| certification(other, phrases::alternative(other)));
        blocks.extend([apart("Instead you could sit:"), Block::Options(others.collect())]);
    }
    if phase == Phase::Certification && !plan.retired.is_empty() {
        let retired = plan.retired.iter().map(|retired| Task {
            instead: Some(phrases::successors(retired, plan.role).into()),
            ..certification(retired, phrases::certification(retired))
        });
        let title = "Named in older guides, but gone by the time this plan comes to it:";
        blocks.extend([apart(title), Block::Options(retired.collect())]);
    }
    document::section(level, format!("{number}. {}", phrases::phase_title(phase)), blocks)
}

pub(super) fn outlook<'r>(plan: &'r Plan<'_>) -> Vec<ListItem<'r>> {
    let facts = plan.role.outlook.iter();
    facts.map(|fact| ListItem::new(&fact.claim, phrases::value(fact), fact.source.as_deref())).collect()
}
