//! The sentences of a plan.

use crate::bank::{Certification, Cost, Count, Hours, Outlook, Project, Resource, ResourceKind, Role};
use crate::plan::{Phase, Plan, Step, StepKind};

use super::listed;

/// What stands above facts about the market.
pub(in super::super) const OUTLOOK: &str = "Outlook (market facts; never part of the score)";

/// What stands above certifications that could be sat instead.
pub(in super::super) const ALTERNATIVES: &str = "Instead you could sit:";

/// What stands above certifications that are retired.
pub(in super::super) const GONE: &str = "Named in older guides, but gone by the time this plan comes to it:";

/// What stands above topics that more than one plan has.
pub(in super::super) const SHARED: &str = "A start that needs no decision";

/// Longest plan that nothing is said about, in weeks.
const LONG: u32 = 104;

/// The heading of a plan.
pub(in super::super) fn plan_title(role: &Role) -> String {
    format!("Study plan: {}", role.name)
}

/// The heading of plans side by side.
pub(in super::super) fn comparison_title(plans: &[Plan<'_>]) -> String {
    let roles: Vec<&Role> = plans.iter().map(|plan| plan.role).collect();
    format!("Side by side: {}", listed(&roles))
}

/// The heading of a phase.
pub(in super::super) fn phase_title(phase: Phase) -> &'static str {
    match phase {
        Phase::Knowledge => "Knowledge: learn the field",
        Phase::Certification => "Certification: show it",
        Phase::Expertise => "Expertise: solve problems with real data",
    }
}

/// What to do in a phase, in one word.
pub(in super::super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Knowledge => "Learn",
        Phase::Certification => "Sit",
        Phase::Expertise => "Build",
    }
}

/// When a plan begins and ends, how fast it goes, how much work is left and what its exam costs.
pub(in super::super) fn span(plan: &Plan<'_>) -> String {
    let Some(finish) = plan.finish else {
        let nothing = if plan.steps.is_empty() {
            "The bank lists no steps for this role."
        } else {
            "Everything in it is known already."
        };
        return nothing.to_owned();
    };
    let mut facts = vec![format!("{} at {} h a week", Count(plan.weeks, "week", "weeks"), plan.pace.hours_per_week)];
    facts.extend(Some(plan.hours()).filter(|hours| hours.high > 0).map(hours));
    facts.extend(plan.exam().and_then(|exam| exam.price_usd).map(|price| format!("exam {price} USD")));
    format!("{} to {finish}: {}.", plan.pace.start, facts.join(", "))
}

/// A word on a plan that takes more than two years.
pub(in super::super) fn patience(plan: &Plan<'_>) -> Option<String> {
    if plan.weeks <= LONG {
        return None;
    }
    let halves = (plan.weeks.saturating_mul(2).saturating_add(26)) / 52;
    let half = if halves.is_multiple_of(2) { "" } else { " and a half" };
    let faster = plan.pace_for(LONG).filter(|pace| *pace > plan.pace.hours_per_week);
    let faster = faster.map_or_else(String::new, |pace| format!(" With {pace} h a week it takes about two years."));
    let years = halves / 2;
    Some(format!(
        "That is about {years}{half} years, and a steady pace is a good one: every step is worth something by itself.{faster}"
    ))
}

/// When a phase is under way and how much work it is; nothing where nothing is left to do in it.
pub(in super::super) fn phase_span(plan: &Plan<'_>, phase: Phase) -> Option<String> {
    let span = plan.phase_span(phase)?;
    let work = if span.hours.high == 0 { String::new() } else { format!(", {}", hours(span.hours)) };
    Some(format!("{}: {} to {}{work}", weeks(span.weeks), span.start, span.finish))
}

/// When a step is under way and how much work it is.
pub(in super::super) fn dates(step: &Step<'_>) -> String {
    let level = match step.kind {
        StepKind::Project(Project { level: Some(level), .. }) => format!(", level {level}"),
        _ => String::new(),
    };
    match step.dates {
        Some((start, finish)) if start == finish => format!("{start}, {}{level}", hours(step.kind.hours())),
        Some((start, finish)) => format!("{start} to {finish}, {}{level}", hours(step.kind.hours())),
        None => format!("known{level}"),
    }
}

/// Weeks of a plan.
pub(in super::super) fn weeks((first, last): (u32, u32)) -> String {
    if first == last { format!("Week {first}") } else { format!("Weeks {first} to {last}") }
}

/// What sort of thing a resource is, to stand behind its title.
pub(in super::super) fn sort(resource: &Resource) -> String {
    let medium = resource.kind.map(ResourceKind::name);
    let kind: Vec<&str> = medium.into_iter().chain(resource.cost.map(Cost::name)).collect();
    if kind.is_empty() { String::new() } else { format!(" ({})", kind.join(", ")) }
}

/// The facts of a certification in one line.
pub(in super::super) fn certification(certification: &Certification) -> String {
    let facts = [
        certification.code.clone(),
        certification.provider.clone(),
        certification.level.clone(),
        certification.price_usd.map(|price| format!("{price} USD")),
        certification.valid_years.map(|years| format!("valid {}", Count(years, "year", "years"))),
        certification.retired.map(|day| format!("last exam day {day}")),
        certification.as_of.map(|when| format!("as of {when}")),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The same of one that is not scheduled, with the work that it would be.
pub(in super::super) fn alternative(certification: &Certification) -> String {
    let facts = Some(self::certification(certification)).filter(|facts| !facts.is_empty());
    let work = Some(certification.hours).filter(|hours| hours.high > 0).map(hours);
    facts.into_iter().chain(work).collect::<Vec<_>>().join(", ")
}

/// What to sit instead of a certification that is gone.
pub(in super::super) fn successors(certification: &Certification, role: &Role) -> String {
    let with_code = |other: &Certification| match &other.code {
        Some(code) => format!("{} ({code})", other.name),
        None => other.name.clone(),
    };
    let by_id = |id: &String| role.certifications.iter().find(|other| other.id == *id);
    let names: Vec<String> = certification.successors.iter().filter_map(by_id).map(with_code).collect();
    if names.is_empty() {
        "Nothing is known to replace it.".to_owned()
    } else {
        format!("Sit instead: {}", names.join("; "))
    }
}

/// What a fact says and when it held, to stand behind what it is about.
pub(in super::super) fn value(fact: &Outlook) -> String {
    let as_of = fact.as_of.map_or_else(String::new, |when| format!(" [as of {when}]"));
    format!(": {}{as_of}", fact.value)
}

/// An estimate of work.
pub(in super::super) fn hours(hours: Hours) -> String {
    match hours {
        Hours { high: 0, .. } => "no estimate".to_owned(),
        Hours { low, high } if low == high => format!("{low} h"),
        Hours { low, high } => format!("{low}-{high} h"),
    }
}
