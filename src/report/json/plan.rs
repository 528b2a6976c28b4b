//! The plan as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::bank::{self, Cost, Medium, When};
use crate::plan::{self, Phase, Subject};

/// A study plan toward a role.
#[derive(JsonSchema, Serialize)]
pub(in super::super) struct Plan<'r> {
    /// Id of the role.
    role: &'r str,
    /// First day.
    #[schemars(extend("format" = "date"))]
    start: String,
    /// Last day; null where nothing is left to do.
    #[schemars(extend("format" = "date"))]
    finish: Option<String>,
    /// Weeks from the first day to the last, begun ones included.
    weeks: u32,
    /// Hours of study a week.
    #[schemars(range(min = 1))]
    hours_per_week: u32,
    /// Hours of all the work that is left, for somebody quick and for somebody thorough.
    hours: [u32; 2],
    /// Price of the planned exam in US dollars; null where none is left or its price is not known.
    price_usd: Option<u32>,
    /// The three phases, in their order.
    #[schemars(length(equal = 3))]
    phases: Vec<Stage<'r>>,
    /// Certifications that could be sat instead of the planned one.
    alternatives: Vec<Certification<'r>>,
    /// Certifications that cannot be sat any more by the time the plan comes to them.
    retired: Vec<Certification<'r>>,
    /// Ids of the topics that all roles ask for which cannot be told apart; empty where the result is called, and in a
    /// plan without a quiz.
    shared: Vec<&'r str>,
    /// Where the role can lead.
    growth: Option<&'r str>,
    /// Facts about the market, never scored.
    outlook: Vec<Outlook<'r>>,
}

/// A phase with its steps.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Phase")]
struct Stage<'r> {
    /// Which phase: study the field, have it certified, solve problems with real data.
    #[schemars(extend("enum" = Phase::ALL.map(Phase::name)))]
    phase: &'static str,
    /// First and last week of the phase, counted from 1; null where nothing is left to do in it.
    weeks: Option<[u32; 2]>,
    /// What to do, in order.
    steps: Vec<Step<'r>>,
}

/// A step with what the bank says of it; keys that do not belong to its phase are left out.
#[derive(Default, JsonSchema, Serialize)]
struct Step<'r> {
    /// Identifies the step within the role.
    id: &'r str,
    /// What it is called.
    title: &'r str,
    /// Hours of work, for somebody quick and for somebody thorough; both 0 where nobody estimated them.
    hours: [u32; 2],
    /// First day; null where it is known already.
    #[schemars(extend("format" = "date"))]
    start: Option<String>,
    /// Last day; null where it is known already.
    #[schemars(extend("format" = "date"))]
    finish: Option<String>,
    /// Whether the person knows it already, so that it takes no time.
    known: bool,
    /// Why it is learned, and why here in the order; knowledge only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    why: Option<&'r str>,
    /// Where to learn it; knowledge only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Resource<'r>>")]
    resources: Option<Vec<Resource<'r>>>,
    /// The exam; certification only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Certification<'r>")]
    certification: Option<Certification<'r>>,
    /// Difficulty, from 1; expertise only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(min = 1))]
    level: Option<u32>,
    /// Data to work on; expertise only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Dataset<'r>")]
    dataset: Option<Dataset<'r>>,
    /// How to tell that it is finished; expertise only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    done_when: Option<&'r str>,
}

/// Something to learn from.
#[derive(JsonSchema, Serialize)]
struct Resource<'r> {
    /// Its title.
    title: &'r str,
    /// What sort of thing it is.
    #[schemars(extend("enum" = or_null(Medium::ALL.map(Medium::name))))]
    kind: Option<&'static str>,
    /// Whether it costs money.
    #[schemars(extend("enum" = or_null(Cost::ALL.map(Cost::name))))]
    cost: Option<&'static str>,
    /// Its address.
    url: Option<&'r str>,
}

/// An exam and the title it gives.
#[derive(JsonSchema, Serialize)]
struct Certification<'r> {
    /// Identifies it within the role.
    id: &'r str,
    /// Official name.
    name: &'r str,
    /// Official code.
    code: Option<&'r str>,
    /// Who examines.
    provider: Option<&'r str>,
    /// The provider's own word for the level.
    level: Option<&'r str>,
    /// Hours of preparation, for somebody quick and for somebody thorough; both 0 where nobody estimated them.
    hours: [u32; 2],
    /// Price of one attempt in US dollars.
    price_usd: Option<u32>,
    /// Years until it must be renewed.
    valid_years: Option<u32>,
    /// Tags that an answer can prefer.
    suits: &'r [String],
    /// Something a learner must know before booking.
    note: Option<&'r str>,
    /// The provider's page.
    url: Option<&'r str>,
    /// When these facts were checked: a day, a month or a year.
    #[schemars(extend("pattern" = When::PATTERN))]
    as_of: Option<String>,
    /// Last day on which the exam could or can be sat, or its month or year; null where none is known.
    #[schemars(extend("pattern" = When::PATTERN))]
    retired: Option<String>,
    /// Ids of certifications that took its place.
    successors: &'r [String],
}

/// Public data for a project.
#[derive(JsonSchema, Serialize)]
struct Dataset<'r> {
    /// Its name.
    name: &'r str,
    /// Where to get it.
    url: Option<&'r str>,
}

/// A fact about the market for a role, as somebody stated it.
#[derive(JsonSchema, Serialize)]
struct Outlook<'r> {
    /// What is claimed.
    claim: &'r str,
    /// The claimed figure or statement.
    value: &'r str,
    /// When it was true: a day, a month or a year; null where the source does not say.
    #[schemars(extend("pattern" = When::PATTERN))]
    as_of: Option<String>,
    /// Address of the source.
    source: Option<&'r str>,
}

/// Known words, and null where a bank does not say.
fn or_null<const WORDS: usize>(words: [&str; WORDS]) -> Vec<Json> {
    words.into_iter().map(|word| json!(word)).chain([Json::Null]).collect()
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
