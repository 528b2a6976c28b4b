//! Builds the overview of a result: the verdict, why, how sure, and what to do next.

use crate::bank::{Project, Role, Verdict};
use crate::plan::{Step, shared_topics};
use crate::report::phrases::{self, DateStyle};
use crate::report::result::ResultReport;
use crate::scoring::{Recommendation, Score};

use super::overview::{NextSteps, Overview, OverviewFit, OverviewLine, OverviewPart, Priority};

/// Most roles that are compared by a project.
const MAX_COMPARED: usize = 3;

/// Most other jobs that are named.
const MAX_JOBS: usize = 3;

impl<'r> Overview<'r> {
    /// Returns what a result says, with what to do next in a window with or without keys.
    pub(in crate::report) fn new(report: &'r ResultReport<'_>, next: NextSteps) -> Self {
        let (score, recommendation) = (&report.score, &report.recommendation);
        let fits = score.fits.iter().map(|fit| OverviewFit {
            role: &fit.role.name,
            fit: fit.fit,
            liked: phrases::liked_of(score.activity_counts(fit.index)),
        });
        let reasons = OverviewPart::list("Why", reasons(score));
        let sureness = OverviewPart { title: "How sure", is_prose: true, lines: sureness(score, recommendation) };
        let mut parts = match recommendation.verdict {
            Verdict::Clear | Verdict::Lean => {
                vec![reasons, sureness, OverviewPart::list("Your plan", plan(report))]
            }
            Verdict::Close => vec![reasons, sureness, OverviewPart::list("Try both", trial(recommendation))],
            Verdict::Neither => neither(report),
            Verdict::Insufficient => vec![missing(score, recommendation, next)],
        };
        parts.retain(|part| !part.lines.is_empty());
        Self {
            verdict: phrases::headline(score, recommendation),
            fits: fits.collect(),
            parts,
            remark: phrases::careless_remark(score),
        }
    }
}

/// Returns the topics that drew the person toward each of the first two roles.
fn reasons<'r>(score: &Score<'_>) -> Vec<OverviewLine<'r>> {
    let priorities = [Priority::Reason, Priority::FurtherReason];
    let reasons = phrases::reasons(score).into_iter().zip(priorities);
    reasons.map(|(reason, priority)| OverviewLine::new(reason, priority)).collect()
}

fn sureness<'r>(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Vec<OverviewLine<'r>> {
    let priorities = [Priority::Sureness].into_iter().chain(std::iter::repeat(Priority::FurtherSureness));
    let sentences = phrases::certainties(score, recommendation).into_iter().zip(priorities);
    sentences.map(|(sentence, priority)| OverviewLine::new(sentence, priority)).collect()
}

/// Returns the plan in short: all of it, what to begin with, and what comes then.
fn plan<'r>(report: &'r ResultReport<'_>) -> Vec<OverviewLine<'r>> {
    let Some(plan) = &report.plan else { return Vec::new() };
    let dates = DateStyle::of(report.bank().language());
    let mut open = plan.steps.iter().filter(|step| step.dates.is_some());
    let Some(first) = open.next() else { return vec![OverviewLine::new(phrases::span(plan, dates), Priority::Always)] };
    let rest: Vec<&Step<'_>> = open.collect();
    let span = OverviewLine::new(phrases::short_span(plan, dates), Priority::Span);
    let now = OverviewLine {
        time: Some("now"),
        resource: first.kind.topic().and_then(|topic| topic.resources.first()),
        ..OverviewLine::new(phrases::first_step(first, dates), Priority::Always)
    };
    let then = phrases::later_steps(&rest);
    let then = then.map(|then| OverviewLine { time: Some("then"), ..OverviewLine::new(then, Priority::Later) });
    [span, now].into_iter().chain(then).collect()
}

/// Returns how to find out which of several roles suits better: their smallest projects, and what their plans share.
fn trial<'r>(recommendation: &Recommendation<'_>) -> Vec<OverviewLine<'r>> {
    let roles: &[&Role] = &recommendation.shortlist;
    let projects: Vec<(&Role, &Project)> =
        roles.iter().filter_map(|role| Some((*role, smallest_project(role)?))).take(MAX_COMPARED).collect();
    let mut lines = Vec::new();
    if !projects.is_empty() {
        lines.push(OverviewLine::new(phrases::TRIAL, Priority::Always));
    }
    lines.extend(
        projects
            .iter()
            .map(|(role, project)| OverviewLine::new(format!("{}: {}", role.name, project.title), Priority::Span)),
    );
    let shared = roles.first().map_or_else(Vec::new, |first| shared_topics(first, roles));
    if !shared.is_empty() {
        let titles: Vec<&str> = shared.iter().map(|topic| topic.title.as_str()).collect();
        lines.push(OverviewLine::new(format!("Their plans share: {}.", titles.join("; ")), Priority::Later));
    }
    let priority = if projects.is_empty() { Priority::Always } else { Priority::Start };
    lines.push(OverviewLine::new(phrases::COMPARE, priority));
    lines
}

fn smallest_project(role: &Role) -> Option<&Project> {
    role.expertise.iter().min_by_key(|project| u64::from(project.hours.low) + u64::from(project.hours.high))
}

/// Returns what was liked all the same, other jobs, and how to get a plan.
fn neither<'r>(report: &'r ResultReport<'_>) -> Vec<OverviewPart<'r>> {
    let bank = report.bank();
    let liked = phrases::topics_liked_most(&report.score).map(|topics| OverviewLine::new(topics, Priority::Reason));
    let priorities = [Priority::Always].into_iter().chain(std::iter::repeat(Priority::Later));
    let all = report.recommendation.elsewhere(bank);
    let jobs = all.iter().take(MAX_JOBS).zip(priorities);
    let mut jobs: Vec<_> = jobs.map(|(job, priority)| OverviewLine::new(job, priority)).collect();
    if let Some(more) = all.len().checked_sub(MAX_JOBS + 1) {
        jobs.push(OverviewLine::new(format!("and {} more in the full text", more + 1), Priority::Later));
    }
    let priority = if jobs.is_empty() { Priority::Always } else { Priority::Start };
    let plan = OverviewLine::new(phrases::plan_anyway(bank), priority);
    vec![
        OverviewPart::list("Liked most", liked.into_iter().collect()),
        OverviewPart::list("Look at", jobs),
        OverviewPart::list("A plan", vec![plan]),
    ]
}

/// Returns what is still needed for a verdict.
fn missing<'r>(score: &Score<'_>, recommendation: &Recommendation<'_>, next: NextSteps) -> OverviewPart<'r> {
    let left = recommendation.of - score.contributions().len();
    let lines = vec![
        OverviewLine::new(phrases::evidence_needed(recommendation), Priority::Sureness),
        OverviewLine::new(phrases::answer_more(left, next == NextSteps::Keys), Priority::Always),
    ];
    OverviewPart::list("To go on", lines)
}
