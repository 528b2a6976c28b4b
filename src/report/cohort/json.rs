//! A group's answers as a JSON document.

use serde::{Serialize, Serializer};

use crate::cohort::{self, Cohort, Details, Distribution, Group, Histogram, Standing, Worth};
use crate::scoring::Verdict;

use super::super::json::{BankId, Entries, SCHEMA_VERSION, Tool, bounded, pretty};
use super::words;

/// What is null is not told, because too few people answered.
#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    bank: BankId<'r>,
    respondents: u64,
    rejected: u64,
    /// Why most of the rest is null.
    note: Option<&'static str>,
    flags: Option<Entries<'r, u64>>,
    /// People with a flag or more.
    flagged: Option<u64>,
    verdicts: Option<Entries<'r, u64>>,
    roles: Option<Vec<Role<'r>>>,
    /// People whom no role leads alone.
    tied: Option<u64>,
    leads: Option<Vec<Bin>>,
    lead: Option<Reliability>,
    questions: Option<Vec<Question<'r>>>,
}

#[derive(Serialize)]
struct Role<'r> {
    id: &'r str,
    name: &'r str,
    recommended: u64,
    verdicts: Option<Entries<'r, u64>>,
    fit: Fit,
    reliability: Reliability,
}

#[derive(Serialize)]
struct Fit {
    mean: f64,
    sd: f64,
    min: f64,
    max: f64,
    histogram: Vec<Bin>,
}

/// People from some points to less than others.
#[derive(Serialize)]
struct Bin {
    from: u32,
    to: u32,
    people: u64,
}

#[derive(Serialize)]
struct Reliability {
    questions: usize,
    respondents: u64,
    alpha: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    standardised: Option<f64>,
    mean_correlation: Option<f64>,
    omega: Option<f64>,
}

#[derive(Serialize)]
struct Question<'r> {
    id: &'r str,
    answered: u64,
    skipped: u64,
    item_total: Figures<'r>,
    alpha_if_dropped: Figures<'r>,
    upper_lower: Figures<'r>,
}

/// What a group's answers say, as JSON.
#[must_use]
pub fn cohort_json(cohort: &Cohort<'_>) -> String {
    let details = cohort.details.as_ref();
    let name = |&(verdict, people): &(Verdict, u64)| (verdict.name(), people);
    pretty(&Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool::SELF,
        bank: BankId::new(cohort.bank),
        respondents: cohort.respondents,
        rejected: cohort.rejected,
        note: details.is_none().then_some(words::WITHHELD_GROUP),
        flags: details
            .map(|details| Entries(details.flags.iter().map(|&(flag, people)| (flag.name(), people)).collect())),
        flagged: details.map(|details| details.suspect),
        verdicts: details.map(|details| Entries(details.verdicts.iter().map(name).collect())),
        roles: details.map(|details| details.roles.iter().map(Role::new).collect()),
        tied: details.map(|details| details.tied.people),
        leads: details.map(|details| bins(&details.leads)),
        lead: details.and_then(|details| details.lead.as_ref()).map(Reliability::new),
        questions: details.map(|details| details.questions.iter().map(|item| Question::new(item, details)).collect()),
    })
}

impl<'r> Role<'r> {
    fn new(standing: &Standing<'r>) -> Self {
        let Standing { role, recommended: Group { people, verdicts }, fit, reliability } = standing;
        let name = |&(verdict, people): &(Verdict, u64)| (verdict.name(), people);
        Self {
            id: &role.id,
            name: &role.name,
            recommended: *people,
            verdicts: verdicts.as_ref().map(|verdicts| Entries(verdicts.iter().map(name).collect())),
            fit: Fit::new(fit),
            reliability: Reliability::new(reliability),
        }
    }
}

impl Fit {
    fn new(fit: &Distribution) -> Self {
        Self {
            mean: bounded(fit.mean, 100.0),
            sd: fit.deviation,
            min: bounded(fit.lowest, 100.0),
            max: bounded(fit.highest, 100.0),
            histogram: bins(&fit.histogram),
        }
    }
}

fn bins(histogram: &Histogram) -> Vec<Bin> {
    histogram.bins().map(|(from, to, people)| Bin { from, to, people }).collect()
}

impl Reliability {
    fn new(found: &cohort::Reliability) -> Self {
        let (low, high) = found.interval.unzip();
        Self {
            questions: found.questions,
            respondents: found.respondents,
            alpha: found.alpha,
            low,
            high,
            standardised: found.standardised,
            mean_correlation: found.mean_correlation,
            omega: found.omega,
        }
    }
}

/// A figure of a question: for the lean a number or null; with more than two roles one by role id, in bank order, for the
/// roles that the question says something about.
enum Figures<'r> {
    Lean(Option<f64>),
    Roles(Entries<'r, Option<f64>>),
}

impl Serialize for Figures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Lean(figure) => figure.serialize(serializer),
            Self::Roles(figures) => figures.serialize(serializer),
        }
    }
}

impl<'r> Question<'r> {
    fn new(item: &'r cohort::Item<'_>, details: &'r Details<'_>) -> Self {
        let figures = |figure: fn(&Worth) -> Option<f64>| Figures::new(item, details, figure);
        Self {
            id: &item.question.id,
            answered: item.answered,
            skipped: item.skipped,
            item_total: figures(|worth| worth.item_total),
            alpha_if_dropped: figures(|worth| worth.alpha_without),
            upper_lower: figures(|worth| worth.upper_lower),
        }
    }
}

impl<'r> Figures<'r> {
    fn new(item: &cohort::Item<'_>, details: &'r Details<'_>, figure: fn(&Worth) -> Option<f64>) -> Self {
        if details.lead.is_some() {
            return Self::Lean(item.worth.iter().flatten().next().and_then(figure));
        }
        let roles = details.roles.iter().zip(&item.worth);
        let told = roles.filter_map(|(standing, worth)| Some((&*standing.role.id, figure(worth.as_ref()?))));
        Self::Roles(Entries(told.collect()))
    }
}
