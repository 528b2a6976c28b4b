//! A group's answers as a JSON document.

use serde::Serialize;

use crate::cohort::{
    Cohort, Details, Distribution, Histogram, QuestionStats, QuestionSummary, Reliability, RoleSummary,
};
use crate::scoring::Verdict;

use super::envelope::{OrderedMap, bounded, document};
use super::macros::object;
use crate::report::phrases::cohort as phrases;

/// Returns what a group's answers say, as JSON. What is null is not told, because too few people answered; the note
/// says so.
pub(crate) fn cohort(cohort: &Cohort<'_>) -> String {
    let details = cohort.details.as_ref();
    let flags =
        |details: &Details<'_>| OrderedMap(details.flags.iter().map(|(flag, people)| (flag.name(), *people)).collect());
    let content = object! {
        respondents: cohort.respondents,
        rejected: cohort.rejected,
        note: details.is_none().then_some(phrases::WITHHELD_GROUP),
        flags: details.map(flags),
        flagged: details.map(|details| details.suspect),
        verdicts: details.map(|details| verdicts(&details.verdicts)),
        roles: details.map(|details| details.roles.iter().map(role).collect::<Vec<_>>()),
        tied: details.map(|details| details.tied.people),
        leads: details.map(|details| bins(&details.leads)),
        lead: details.and_then(|details| details.lead.as_ref()).map(reliability),
        questions: details.map(|details| details.questions.iter().map(|summary| question(summary, details)).collect::<Vec<_>>()),
    };
    document(cohort.bank, content)
}

fn verdicts(verdicts: &[(Verdict, u64)]) -> OrderedMap<'static, u64> {
    OrderedMap(verdicts.iter().map(|&(verdict, people)| (verdict.name(), people)).collect())
}

fn role(role: &RoleSummary<'_>) -> impl Serialize {
    object! {
        id: &role.role.id,
        name: &role.role.name,
        recommended: role.recommended.people,
        verdicts: role.recommended.verdicts.as_deref().map(verdicts),
        fit: fit(&role.fit),
        reliability: reliability(&role.reliability),
    }
}

fn fit(fit: &Distribution) -> impl Serialize {
    object! {
        mean: bounded(fit.mean, 100.0),
        sd: fit.deviation,
        min: bounded(fit.lowest, 100.0),
        max: bounded(fit.highest, 100.0),
        histogram: bins(&fit.histogram),
    }
}

fn bins(histogram: &Histogram) -> impl Serialize {
    histogram.bins().map(|(from, to, people)| object! { from: from, to: to, people: people }).collect::<Vec<_>>()
}

fn reliability(found: &Reliability) -> impl Serialize {
    let (low, high) = found.interval.unzip();
    object! {
        questions: found.questions,
        respondents: found.respondents,
        alpha: found.alpha,
        low: low,
        high: high,
        standardised: found.standardised,
        mean_correlation: found.mean_correlation,
        omega: found.omega,
    }
}

fn question(question: &QuestionSummary<'_>, details: &Details<'_>) -> impl Serialize {
    object! {
        id: &question.question.id,
        answered: question.answered,
        skipped: question.skipped,
        item_total: figures(question, details, |stats| stats.item_total),
        alpha_if_dropped: figures(question, details, |stats| stats.alpha_without),
        upper_lower: figures(question, details, |stats| stats.upper_lower),
    }
}

/// A figure of a question: for the lean a number or null; with more than two roles one by role id, in bank order, for
/// the roles that the question says something about.
#[derive(Serialize)]
#[serde(untagged)]
enum Figures<'r> {
    Lean(Option<f64>),
    Roles(OrderedMap<'r, Option<f64>>),
}

fn figures<'r>(
    question: &QuestionSummary<'_>,
    details: &'r Details<'_>,
    figure: fn(&QuestionStats) -> Option<f64>,
) -> Figures<'r> {
    if details.lead.is_some() {
        return Figures::Lean(question.stats.iter().flatten().next().and_then(figure));
    }
    let roles = details.roles.iter().zip(&question.stats);
    let told = roles.filter_map(|(role, stats)| Some((&*role.role.id, figure(stats.as_ref()?))));
    Figures::Roles(OrderedMap(told.collect()))
}
