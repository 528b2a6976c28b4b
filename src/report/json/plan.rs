//! The plan as JSON.

use serde::Serialize;

use crate::bank::{self, Cost, Medium};
use crate::plan::{self, Phase, Subject};

/// A study plan.
#[derive(Serialize)]
pub(in super::super) struct Plan<'r> {
    role: &'r str,
    start: String,
    finish: Option<String>,
    weeks: u32,
    hours_per_week: u32,
    hours: [u32; 2],
    price_usd: Option<u32>,
    phases: Vec<Stage<'r>>,
    alternatives: Vec<Certification<'r>>,
    retired: Vec<Certification<'r>>,
    shared: Vec<&'r str>,
    growth: Option<&'r str>,
    outlook: Vec<Outlook<'r>>,
}

#[derive(Serialize)]
struct Stage<'r> {
    phase: &'static str,
    weeks: Option<[u32; 2]>,
    steps: Vec<Step<'r>>,
}

/// A step with what the bank says of it; keys that do not belong to its phase are left out.
#[derive(Default, Serialize)]
struct Step<'r> {
    id: &'r str,
    title: &'r str,
    hours: [u32; 2],
    start: Option<String>,
    finish: Option<String>,
    known: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resources: Option<Vec<Resource<'r>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certification: Option<Certification<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dataset: Option<Dataset<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_when: Option<&'r str>,
}

#[derive(Serialize)]
struct Resource<'r> {
    title: &'r str,
    kind: Option<&'static str>,
    cost: Option<&'static str>,
    url: Option<&'r str>,
}

#[derive(Serialize)]
struct Certification<'r> {
    id: &'r str,
    name: &'r str,
    code: Option<&'r str>,
    provider: Option<&'r str>,
    level: Option<&'r str>,
    hours: [u32; 2],
    price_usd: Option<u32>,
    valid_years: Option<u32>,
    suits: &'r [String],
    note: Option<&'r str>,
    url: Option<&'r str>,
    as_of: Option<String>,
    retired: Option<String>,
    successors: &'r [String],
}

#[derive(Serialize)]
struct Dataset<'r> {
    name: &'r str,
    url: Option<&'r str>,
}

#[derive(Serialize)]
struct Outlook<'r> {
    claim: &'r str,
    value: &'r str,
    as_of: Option<String>,
    source: Option<&'r str>,
}

impl<'r> Plan<'r> {
    pub(in super::super) fn new(plan: &'r plan::Plan<'_>) -> Self {
        let stage = |phase: Phase| Stage {
            phase: phase.name(),
            weeks: plan.stretch(phase).map(|stretch| [stretch.weeks.0, stretch.weeks.1]),
            steps: plan.phase(phase).map(Step::new).collect(),
        };
        let hours = plan.hours();
        Self {
            role: &plan.role.id,
            start: plan.pace.start.to_string(),
            finish: plan.finish.map(|finish| finish.to_string()),
            weeks: plan.weeks,
            hours_per_week: plan.pace.hours_per_week,
            hours: [hours.low, hours.high],
            price_usd: plan.exam().and_then(|exam| exam.price_usd),
            phases: Phase::ALL.into_iter().map(stage).collect(),
            alternatives: plan.alternatives.iter().copied().map(Certification::new).collect(),
            retired: plan.retired.iter().copied().map(Certification::new).collect(),
            shared: plan.shared.iter().map(|topic| &*topic.id).collect(),
            growth: plan.role.growth.as_deref(),
            outlook: plan.role.outlook.iter().map(Outlook::new).collect(),
        }
    }
}

impl<'r> Step<'r> {
    fn new(step: &'r plan::Step<'_>) -> Self {
        let bank::Hours { low, high } = step.subject.hours();
        let base = Self {
            id: step.subject.id(),
            title: step.subject.title(),
            hours: [low, high],
            start: step.dates.map(|(start, _)| start.to_string()),
            finish: step.dates.map(|(_, finish)| finish.to_string()),
            known: step.dates.is_none(),
            ..Self::default()
        };
        match step.subject {
            Subject::Topic(topic) => Self {
                why: topic.why.as_deref(),
                resources: Some(topic.resources.iter().map(Resource::new).collect()),
                ..base
            },
            Subject::Certification(certification) => {
                Self { certification: Some(Certification::new(certification)), ..base }
            }
            Subject::Project(project) => Self {
                level: project.level,
                dataset: project.dataset.as_ref().map(Dataset::new),
                done_when: project.done_when.as_deref(),
                ..base
            },
        }
    }
}

impl<'r> Resource<'r> {
    fn new(resource: &'r bank::Resource) -> Self {
        Self {
            title: &resource.title,
            kind: resource.kind.map(Medium::name),
            cost: resource.cost.map(Cost::name),
            url: resource.url.as_deref(),
        }
    }
}

impl<'r> Certification<'r> {
    fn new(certification: &'r bank::Certification) -> Self {
        let bank::Hours { low, high } = certification.hours;
        Self {
            id: &certification.id,
            name: &certification.name,
            code: certification.code.as_deref(),
            provider: certification.provider.as_deref(),
            level: certification.level.as_deref(),
            hours: [low, high],
            price_usd: certification.price_usd,
            valid_years: certification.valid_years,
            suits: &certification.suits,
            note: certification.note.as_deref(),
            url: certification.url.as_deref(),
            as_of: certification.as_of.map(|when| when.to_string()),
            retired: certification.retired.map(|when| when.to_string()),
            successors: &certification.successors,
        }
    }
}

impl<'r> Dataset<'r> {
    fn new(dataset: &'r bank::Dataset) -> Self {
        Self { name: &dataset.name, url: dataset.url.as_deref() }
    }
}

impl<'r> Outlook<'r> {
    fn new(outlook: &'r bank::Outlook) -> Self {
        Self {
            claim: &outlook.claim,
            value: &outlook.value,
            as_of: outlook.as_of.map(|when| when.to_string()),
            source: outlook.source.as_deref(),
        }
    }
}
