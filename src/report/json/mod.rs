//! The JSON documents. These types are the promise to other programs: a field of the domain can be renamed without
//! renaming it here.

mod plan;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::bank::{Answer, Bank, Sheet, Value};
use crate::plan as domain;
use crate::scoring::{self, Contribution, Fit, Flip};

use super::{Report, words};

pub(super) use plan::Plan;

/// Version of all documents; grows when a field changes its meaning or goes.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// A document as text with a line break at its end.
pub(super) fn pretty(document: &impl Serialize) -> String {
    // Maps with string keys and finite numbers cannot fail to serialise.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// Keys with values, in their order.
#[derive(Debug)]
pub(super) struct Entries<'r, T>(Vec<(&'r str, T)>);

impl<T: Serialize> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// The whole result.
#[derive(Serialize)]
pub(super) struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    bank: BankId<'r>,
    recommendation: Recommendation<'r>,
    roles: Vec<Role<'r>>,
    answers: Entries<'r, Value>,
    skipped: Vec<&'r str>,
    evidence: Vec<Evidence<'r>>,
    flips: Option<Flips<'r>>,
    plan: Option<Plan<'r>>,
}

/// The program that made a document.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    pub(super) const SELF: Self = Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

/// Which bank a document is about.
#[derive(Serialize)]
pub(super) struct BankId<'r> {
    id: &'r str,
    version: &'r str,
    fingerprint: &'r str,
}

impl<'r> BankId<'r> {
    pub(super) fn new(bank: &'r Bank) -> Self {
        Self { id: &bank.id, version: &bank.version, fingerprint: &bank.fingerprint }
    }
}

/// Answers alone, with the bank they belong to.
#[derive(Serialize)]
pub(super) struct Responses<'r> {
    schema_version: u32,
    bank: BankId<'r>,
    answers: Entries<'r, Value>,
    skipped: Vec<&'r str>,
}

impl<'r> Responses<'r> {
    pub(super) fn new(sheet: &'r Sheet<'r>) -> Self {
        let (answers, skipped) = split(sheet);
        Self { schema_version: SCHEMA_VERSION, bank: BankId::new(sheet.bank()), answers, skipped }
    }
}

/// What is answered, and what is skipped.
fn split<'r>(sheet: &'r Sheet<'_>) -> (Entries<'r, Value>, Vec<&'r str>) {
    let (skipped, answered): (Vec<_>, Vec<_>) = sheet.responses().partition(|(_, answer)| **answer == Answer::Skip);
    let answers = answered.into_iter().map(|(question, answer)| (&*question.id, question.value(answer)));
    (Entries(answers.collect()), skipped.into_iter().map(|(question, _)| &*question.id).collect())
}

#[derive(Serialize)]
struct Recommendation<'r> {
    role: Option<&'r str>,
    tied: Vec<&'r str>,
    runner_up: Option<&'r str>,
    verdict: &'static str,
    lead: f64,
    chance: Option<f64>,
    coverage: f64,
    asked: usize,
    of: usize,
    settled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<[f64; 2]>,
    sentence: String,
}

#[derive(Serialize)]
struct Role<'r> {
    id: &'r str,
    name: &'r str,
    points: i64,
    fit: f64,
}

#[derive(Serialize)]
struct Evidence<'r> {
    question: &'r str,
    answer: Value,
    contributions: Entries<'r, f64>,
    lead: f64,
}

#[derive(Serialize)]
struct Flips<'r> {
    count: usize,
    to: Option<&'r str>,
    changes: Vec<Change<'r>>,
}

#[derive(Serialize)]
struct Change<'r> {
    question: &'r str,
    from: Value,
    to: Value,
}

/// Plans side by side.
#[derive(Serialize)]
pub(super) struct Comparison<'r> {
    schema_version: u32,
    tool: Tool,
    bank: BankId<'r>,
    plans: Vec<Plan<'r>>,
}

impl<'r> Comparison<'r> {
    pub(super) fn new(bank: &'r Bank, comparison: &'r domain::Comparison<'_>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool::SELF,
            bank: BankId::new(bank),
            plans: comparison.plans.iter().map(Plan::new).collect(),
        }
    }
}

impl<'r> Document<'r> {
    pub(super) fn new(report: &'r Report<'_>) -> Self {
        let (answers, skipped) = split(report.sheet);
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool::SELF,
            bank: BankId::new(report.bank()),
            recommendation: Recommendation::new(report),
            roles: report.score.fits.iter().map(Role::new).collect(),
            answers,
            skipped,
            evidence: report.score.contributions().iter().map(|part| Evidence::new(part, report.bank())).collect(),
            flips: report.recommendation.flip.as_ref().map(Flips::new),
            plan: report.plan.as_ref().map(Plan::new),
        }
    }
}

impl<'r> Recommendation<'r> {
    fn new(report: &'r Report<'_>) -> Self {
        let recommendation = &report.recommendation;
        Self {
            role: recommendation.role.map(|role| &*role.id),
            tied: recommendation.tied.iter().map(|role| &*role.id).collect(),
            runner_up: recommendation.runner_up.map(|role| &*role.id),
            verdict: recommendation.verdict.name(),
            lead: recommendation.lead,
            chance: recommendation.chance,
            coverage: recommendation.coverage,
            asked: recommendation.asked,
            of: recommendation.of,
            settled: recommendation.settled,
            range: recommendation.range.map(|(low, high)| [low, high]),
            sentence: words::sentence(&report.score, recommendation),
        }
    }
}

impl<'r> Role<'r> {
    fn new(fit: &Fit<'r>) -> Self {
        Self { id: &fit.role.id, name: &fit.role.name, points: fit.points, fit: fit.fit }
    }
}

impl<'r> Evidence<'r> {
    fn new(contribution: &Contribution<'r>, bank: &'r Bank) -> Self {
        let Contribution { question, answer, shares, lead } = contribution;
        let shares = bank.roles.iter().map(|role| &*role.id).zip(shares.iter().copied());
        Self {
            question: &question.id,
            answer: question.value(answer),
            contributions: Entries(shares.collect()),
            lead: *lead,
        }
    }
}

impl<'r> Flips<'r> {
    fn new(flip: &Flip<'r>) -> Self {
        let change = |change: &scoring::Change<'r>| Change {
            question: &change.question.id,
            from: change.question.value(change.from),
            to: change.question.value(change.to),
        };
        Self {
            count: flip.changes.len(),
            to: flip.to.map(|role| &*role.id),
            changes: flip.changes.iter().map(change).collect(),
        }
    }
}
