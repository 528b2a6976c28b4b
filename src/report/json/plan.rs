//! The plan as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::bank::{self, Cost, Hours, PartialDate, ResourceKind};
use crate::plan::{self, Phase};

use super::macros::published;

published! {
    /// A study plan toward a role.
    pub(crate) Plan(plan: &'r plan::Plan<'_>) {
        /// Id of the role.
        role: &'r str = &plan.role.id,
        /// First day.
        #[schemars(extend("format" = "date"))]
        start: String = plan.pace.start.to_string(),
        /// Last day; null where nothing is left to do.
        #[schemars(extend("format" = "date"))]
        finish: Option<String> = plan.finish.map(|finish| finish.to_string()),
        /// Weeks from the first day to the last, begun ones included.
        weeks: u32 = plan.weeks,
        /// Hours of study a week.
        #[schemars(range(min = 1))]
        hours_per_week: u32 = plan.pace.hours_per_week,
        /// Hours of all the work that is left, for somebody quick and for somebody thorough.
        hours: [u32; 2] = pair(plan.hours()),
        /// Price of the planned exam in US dollars; null where none is left or its price is not known.
        price_usd: Option<u32> = plan.exam().and_then(|exam| exam.price_usd),
        /// The three phases, in their order.
        #[schemars(length(equal = 3))]
        phases: Vec<Stage<'r>> = Phase::ALL.into_iter().map(|phase| Stage::new(plan, phase)).collect(),
        /// Certifications that could be sat instead of the planned one.
        alternatives: Vec<Certification<'r>> = plan.alternatives.iter().copied().map(Certification::new).collect(),
        /// Certifications that cannot be sat any more by the time the plan comes to them.
        retired: Vec<Certification<'r>> = plan.retired.iter().copied().map(Certification::new).collect(),
        /// Ids of the topics that all roles ask for which cannot be told apart; empty where the result is called, and in a
        /// plan without a quiz.
        shared: Vec<&'r str> = plan.shared.iter().map(|topic| &*topic.id).collect(),
        /// Where the role can lead.
        growth: Option<&'r str> = plan.role.growth.as_deref(),
        /// Facts about the market, never scored.
        outlook: Vec<Outlook<'r>> = plan.role.outlook.iter().map(Outlook::new).collect(),
    }
}

published! {
    /// A phase with its steps.
    #[schemars(rename = "Phase")]
    Stage(plan: &'r plan::Plan<'_>, phase: Phase) {
        /// Which phase: study the field, have it certified, solve problems with real data.
        #[schemars(extend("enum" = Phase::ALL.map(Phase::name)))]
        phase: &'static str = phase.name(),
        /// First and last week of the phase, counted from 1; null where nothing is left to do in it.
        weeks: Option<[u32; 2]> = plan.phase_span(phase).map(|span| span.weeks.into()),
        /// What to do, in order.
        steps: Vec<Step<'r>> = plan.phase(phase).map(Step::new).collect(),
    }
}

published! {
    /// A step with what the bank says of it; keys that do not belong to its phase are left out.
    Step(step: &'r plan::Step<'_>) {
        /// Identifies the step within the role.
        id: &'r str = step.kind.id(),
        /// What it is called.
        title: &'r str = step.kind.title(),
        /// Hours of work, for somebody quick and for somebody thorough; both 0 where nobody estimated them.
        hours: [u32; 2] = pair(step.kind.hours()),
        /// First day; null where it is known already.
        #[schemars(extend("format" = "date"))]
        start: Option<String> = step.dates.map(|(start, _)| start.to_string()),
        /// Last day; null where it is known already.
        #[schemars(extend("format" = "date"))]
        finish: Option<String> = step.dates.map(|(_, finish)| finish.to_string()),
        /// Whether the person knows it already, so that it takes no time.
        known: bool = step.dates.is_none(),
        /// Why it is learned, and why here in the order; knowledge only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "&str")]
        why: Option<&'r str> = step.kind.topic().and_then(|topic| topic.why.as_deref()),
        /// Where to learn it; knowledge only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Vec<Resource<'r>>")]
        resources: Option<Vec<Resource<'r>>> = step.kind.topic().map(|topic| topic.resources.iter().map(Resource::new).collect()),
        /// The exam; certification only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Certification<'r>")]
        certification: Option<Certification<'r>> = step.kind.certification().map(Certification::new),
        /// Difficulty, from 1; expertise only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "u32", range(min = 1))]
        level: Option<u32> = step.kind.project().and_then(|project| project.level),
        /// Data to work on; expertise only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Dataset<'r>")]
        dataset: Option<Dataset<'r>> = step.kind.project().and_then(|project| project.dataset.as_ref()).map(Dataset::new),
        /// How to tell that it is finished; expertise only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "&str")]
        done_when: Option<&'r str> = step.kind.project().and_then(|project| project.done_when.as_deref()),
    }
}

published! {
    /// Something to learn from.
    Resource(resource: &'r bank::Resource) {
        /// Its title.
        title: &'r str = &resource.title,
        /// What sort of thing it is.
        #[schemars(extend("enum" = or_null(ResourceKind::ALL.map(ResourceKind::name))))]
        kind: Option<&'static str> = resource.kind.map(ResourceKind::name),
        /// Whether it costs money.
        #[schemars(extend("enum" = or_null(Cost::ALL.map(Cost::name))))]
        cost: Option<&'static str> = resource.cost.map(Cost::name),
        /// Its address.
        url: Option<&'r str> = resource.url.as_deref(),
    }
}

published! {
    /// An exam and the title it gives.
    Certification(exam: &'r bank::Certification) {
        /// Identifies it within the role.
        id: &'r str = &exam.id,
        /// Official name.
        name: &'r str = &exam.name,
        /// Official code.
        code: Option<&'r str> = exam.code.as_deref(),
        /// Who examines.
        provider: Option<&'r str> = exam.provider.as_deref(),
        /// The provider's own word for the level.
        level: Option<&'r str> = exam.level.as_deref(),
        /// Hours of preparation, for somebody quick and for somebody thorough; both 0 where nobody estimated them.
        hours: [u32; 2] = pair(exam.hours),
        /// Price of one attempt in US dollars.
        price_usd: Option<u32> = exam.price_usd,
        /// Years until it must be renewed.
        valid_years: Option<u32> = exam.valid_years,
        /// Tags that an answer can prefer.
        suits: &'r [String] = &exam.suits,
        /// Something a learner must know before booking.
        note: Option<&'r str> = exam.note.as_deref(),
        /// The provider's page.
        url: Option<&'r str> = exam.url.as_deref(),
        /// When these facts were checked: a day, a month or a year.
        #[schemars(extend("pattern" = PartialDate::PATTERN))]
        as_of: Option<String> = exam.as_of.map(|when| when.to_string()),
        /// Last day on which the exam could or can be sat, or its month or year; null where none is known.
        #[schemars(extend("pattern" = PartialDate::PATTERN))]
        retired: Option<String> = exam.retired.map(|when| when.to_string()),
        /// Ids of certifications that took its place.
        successors: &'r [String] = &exam.successors,
    }
}

published! {
    /// Public data for a project.
    Dataset(dataset: &'r bank::Dataset) {
        /// Its name.
        name: &'r str = &dataset.name,
        /// Where to get it.
        url: Option<&'r str> = dataset.url.as_deref(),
    }
}

published! {
    /// A fact about the market for a role, as somebody stated it.
    Outlook(fact: &'r bank::Outlook) {
        /// What is claimed.
        claim: &'r str = &fact.claim,
        /// The claimed figure or statement.
        value: &'r str = &fact.value,
        /// When it was true: a day, a month or a year; null where the source does not say.
        #[schemars(extend("pattern" = PartialDate::PATTERN))]
        as_of: Option<String> = fact.as_of.map(|when| when.to_string()),
        /// Address of the source.
        source: Option<&'r str> = fact.source.as_deref(),
    }
}

/// Returns hours for somebody quick and for somebody thorough.
fn pair(Hours { low, high }: Hours) -> [u32; 2] {
    [low, high]
}

/// Returns known words, and null for a bank that does not say.
fn or_null<const WORDS: usize>(words: [&str; WORDS]) -> Vec<Json> {
    words.into_iter().map(|word| json!(word)).chain([Json::Null]).collect()
}
