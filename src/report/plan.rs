//! A study plan, alone or as a part of a result.

use std::cmp::Reverse;

use crate::bank::{Bank, Outlook, PartialDate};
use crate::plan::{Phase, Plan};

use super::document::{Block, Document, ListItem, Report, Task, Tone, WeekBar, apart, list};
use super::phrases::DateStyle;
use super::sessions::StudySessions;
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
    /// Returns the plan as a calendar, perhaps with study sessions; `None` if no step is left to do.
    pub fn calendar(&self, sessions: Option<&StudySessions>) -> Option<String> {
        calendar::plan_calendar(self.bank, self.plan, sessions)
    }
}

impl Report for PlanReport<'_> {
    fn document(&self) -> Document<'_> {
        let title = phrases::plan_title(self.plan.role);
        let mut blocks = blocks(self.bank, self.plan, 1);
        blocks.splice(1..1, start(self.bank, self.plan));
        Document { bank: self.bank, title: title.clone(), blocks: vec![document::section(1, title, blocks)] }
    }

    fn json(&self) -> String {
        json::pretty(&json::Plan::new(self.plan))
    }
}

/// Returns the step to begin with, with its main resource; `None` if no step is left.
pub(super) fn start<'r>(bank: &Bank, plan: &'r Plan<'_>) -> Option<Block<'r>> {
    let first = plan.steps.iter().find(|step| step.dates.is_some())?;
    let Task { title, dates, resources, data, facts, .. } = task(first, DateStyle::of(&bank.language));
    let main = resources.into_iter().next().or(data).or(facts);
    let task = Task { title, dates, resources: main.into_iter().collect(), ..Task::default() };
    Some(Block::Start(Box::new(task)))
}

/// Returns a plan that stands below a heading of this level.
pub(super) fn blocks<'r>(bank: &Bank, plan: &'r Plan<'_>, level: u8) -> Vec<Block<'r>> {
    let (role, dates) = (plan.role, DateStyle::of(&bank.language));
    let weeks = Phase::ALL.into_iter().filter_map(|phase| week_bar(plan, phase)).collect();
    let mut blocks = vec![Block::Paragraph(Tone::Strong, phrases::span(plan, dates)), Block::Weeks(weeks)];
    blocks.extend(phrases::long_plan(plan).map(apart));
    let texts = [Some(&role.summary), role.growth.as_ref()];
    blocks.extend(texts.into_iter().flatten().map(|text| Block::Quote(Tone::Apart, text)));
    let phases = (1_usize..).zip(plan.phases());
    let mut stages: Vec<Block<'_>> =
        phases.map(|(number, phase)| stage(plan, number, (phase, dates), level + 1)).collect();
    if !role.outlook.is_empty() {
        let facts = list(Tone::Small, outlook(plan, dates));
        stages.push(document::section(level + 1, phrases::OUTLOOK, vec![facts]));
    }
    blocks.push(Block::Stages(stages));
    blocks
}

fn week_bar(plan: &Plan<'_>, phase: Phase) -> Option<WeekBar> {
    let span = plan.phase_span(phase)?;
    Some(WeekBar { label: phrases::phase(phase), days: span.days, value: phrases::weeks(span.weeks) })
}

fn stage<'r>(plan: &'r Plan<'_>, number: usize, (phase, dates): (Phase, DateStyle), level: u8) -> Block<'r> {
    let span = phrases::phase_span(plan, phase, dates).map(|span| Block::Paragraph(Tone::Small, span));
    let mut blocks: Vec<Block<'_>> = span.into_iter().collect();
    let steps: Vec<Task<'_>> = plan.phase(phase).map(|step| task(step, dates)).collect();
    if !steps.is_empty() {
        blocks.push(Block::Steps(steps));
    }
    if phase == Phase::Certification && !plan.alternatives.is_empty() {
        let others = plan.alternatives.iter().map(|other| certification(other, phrases::alternative(other, dates)));
        blocks.extend([apart("Instead you could sit:"), Block::Options(others.collect())]);
    }
    if phase == Phase::Certification && !plan.retired.is_empty() {
        let retired = plan.retired.iter().map(|retired| Task {
            instead: Some(phrases::successors(retired, plan.role).into()),
            ..certification(retired, phrases::certification(retired, dates))
        });
        let title = "Named in older guides, but gone by the time this plan comes to it:";
        blocks.extend([apart(title), Block::Options(retired.collect())]);
    }
    document::section(level, format!("{number}. {}", phrases::phase_title(phase)), blocks)
}

/// Returns what is known of the market, the newest first; what has no date comes last.
pub(super) fn outlook<'r>(plan: &'r Plan<'_>, dates: DateStyle) -> Vec<ListItem<'r>> {
    let mut facts: Vec<&Outlook> = plan.role.outlook.iter().collect();
    facts.sort_by_key(|fact| Reverse(fact.as_of.map(PartialDate::latest)));
    facts
        .into_iter()
        .map(|fact| ListItem {
            detail: Some(&fact.value),
            ..ListItem::new(&fact.claim, phrases::as_of(fact, dates), fact.source.as_deref())
        })
        .collect()
}
