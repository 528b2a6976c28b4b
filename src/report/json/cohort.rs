//! A group's answers as a JSON document.

use serde::Serialize;

use crate::bank::Verdict;
use crate::cohort::{Cohort, Details, Distribution, Histogram, Judgement, LeadSummary, QuestionSummary, RoleSummary};

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
        lead: details.and_then(|details| details.lead.as_ref()).map(lead),
        questions: details.map(|details| details.questions.iter().map(question).collect::<Vec<_>>()),
    };
    document(cohort.bank, content)
}

fn verdicts(verdicts: &[(Verdict, u64)]) -> OrderedMap<'static, u64> {
    OrderedMap(verdicts.iter().map(|&(verdict, people)| (verdict.name(), people)).collect())
}

fn role(role: &RoleSummary<'_>) -> impl Serialize {
    let (reliability, homogeneity) = (&role.reliability, &role.homogeneity);
    let (low, high) = reliability.interval.unzip();
    object! {
        id: &role.role.id,
        name: &role.role.name,
        recommended: role.recommended.people,
        verdicts: role.recommended.verdicts.as_deref().map(verdicts),
        fit: fit(&role.fit),
        reliability: object! {
            questions: reliability.questions,
            respondents: reliability.respondents,
            alpha: reliability.alpha,
            low: low,
            high: high,
            standardised: homogeneity.standardised,
            mean_correlation: homogeneity.mean_correlation,
            omega: homogeneity.omega,
        },
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

fn lead(lead: &LeadSummary) -> impl Serialize {
    let (low, high) = lead.reliability.interval.unzip();
    object! {
        mean: lead.mean,
        interval: lead.interval,
        questions: lead.reliability.questions,
        respondents: lead.reliability.respondents,
        alpha: lead.reliability.alpha,
        low: low,
        high: high,
    }
}

fn question(question: &QuestionSummary<'_>) -> impl Serialize {
    let stats = &question.stats;
    let (low, high) = stats.interval.unzip();
    object! {
        id: &question.question.id,
        answered: question.answered,
        skipped: question.skipped,
        item_rest: stats.item_rest,
        item_rest_low: low,
        item_rest_high: high,
        judgement: question.judgement.map(Judgement::name),
        alpha_if_dropped: stats.alpha_without,
        upper_lower: stats.upper_lower,
    }
}
