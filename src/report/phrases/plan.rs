//! The sentences of a plan.

use crate::bank::{Certification, Cost, Count, Hours, Outlook, Project, Resource, ResourceKind, Role};
use crate::plan::{Phase, Plan, Step, StepKind};

use super::date::DateStyle;

pub(crate) const OUTLOOK: &str = "Outlook (market facts; never part of the score)";

/// Weeks of the longest plan that needs no word on patience.
const MAX_WEEKS: u32 = 104;

pub(crate) fn plan_title(role: &Role) -> String {
    format!("Study plan: {}", role.name)
}

pub(crate) fn comparison_title(plans: &[Plan<'_>]) -> String {
    let roles: Vec<&Role> = plans.iter().map(|plan| plan.role).collect();
    format!("Side by side: {}", listed(&roles))
}

pub(crate) fn phase_title(phase: Phase) -> &'static str {
    match phase {
        Phase::Knowledge => "Knowledge: learn the field",
        Phase::Certification => "Certification: show it",
        Phase::Expertise => "Expertise: solve problems with real data",
    }
}

/// Returns what to do in a phase, in one word.
pub(crate) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Knowledge => "Learn",
        Phase::Certification => "Sit",
        Phase::Expertise => "Build",
    }
}

/// Returns when a plan begins and ends, how fast it goes, how much work is left and what its exam costs.
pub(crate) fn span(plan: &Plan<'_>, dates: DateStyle) -> String {
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
    let (start, finish) = (dates.day(plan.pace.start), dates.day(finish));
    format!("{start} to {finish}: {}.", facts.join(", "))
}

/// Returns a word on a plan that takes more than two years, `None` for a shorter one.
pub(crate) fn long_plan(plan: &Plan<'_>) -> Option<String> {
    if plan.weeks <= MAX_WEEKS {
        return None;
    }
    let halves = (plan.weeks.saturating_mul(2).saturating_add(26)) / 52;
    let half = if halves.is_multiple_of(2) { "" } else { " and a half" };
    let faster = plan.pace_for(MAX_WEEKS).filter(|pace| *pace > plan.pace.hours_per_week);
    let faster = faster.map_or_else(String::new, |pace| format!(" With {pace} h a week it takes about two years."));
    let years = halves / 2;
    Some(format!(
        "That is about {years}{half} years, and a steady pace is a good one: every step is worth something by itself.{faster}"
    ))
}

/// Returns when a phase is under way and how much work it is, `None` if no work is left in it.
pub(crate) fn phase_span(plan: &Plan<'_>, phase: Phase, dates: DateStyle) -> Option<String> {
    let span = plan.phase_span(phase)?;
    let work = if span.hours.high == 0 { String::new() } else { format!(", {}", hours(span.hours)) };
    let (start, finish) = (dates.day(span.start), dates.day(span.finish));
    Some(format!("{}: {start} to {finish}{work}", weeks(span.weeks)))
}

/// Returns the days of a step and its work.
pub(crate) fn dates(step: &Step<'_>, dates: DateStyle) -> String {
    let level = match step.kind {
        StepKind::Project(Project { level: Some(level), .. }) => format!(", level {level}"),
        _ => String::new(),
    };
    let Some((start, finish)) = step.dates else { return format!("known{level}") };
    let days =
        if start == finish { dates.day(start) } else { format!("{} to {}", dates.day(start), dates.day(finish)) };
    format!("{days}, {}{level}", hours(step.kind.hours()))
}

pub(crate) fn weeks((first, last): (u32, u32)) -> String {
    if first == last { format!("Week {first}") } else { format!("Weeks {first} to {last}") }
}

/// Returns the kind and cost of a resource, to stand behind its title.
pub(crate) fn resource_kind(resource: &Resource) -> String {
    let medium = resource.kind.map(ResourceKind::name);
    let kind: Vec<&str> = medium.into_iter().chain(resource.cost.map(Cost::name)).collect();
    if kind.is_empty() { String::new() } else { format!(" ({})", kind.join(", ")) }
}

pub(crate) fn certification(certification: &Certification, dates: DateStyle) -> String {
    let facts = [
        certification.code.clone(),
        certification.provider.clone(),
        certification.level.clone(),
        certification.price_usd.map(|price| format!("{price} USD")),
        certification.valid_years.map(|years| format!("valid {}", Count(years, "year", "years"))),
        certification.retired.map(|day| format!("last exam day {}", dates.partial(day))),
        certification.as_of.map(|when| format!("as of {}", dates.partial(when))),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns the facts of a certification that is not scheduled, with the work that it would be.
pub(crate) fn alternative(certification: &Certification, dates: DateStyle) -> String {
    let facts = Some(self::certification(certification, dates)).filter(|facts| !facts.is_empty());
    let work = Some(certification.hours).filter(|hours| hours.high > 0).map(hours);
    facts.into_iter().chain(work).collect::<Vec<_>>().join(", ")
}

pub(crate) fn successors(certification: &Certification, role: &Role) -> String {
    let ids = certification.successors.iter();
    let successors = ids.filter_map(|id| role.certifications.iter().find(|other| other.id == *id));
    let names: Vec<String> = successors.map(with_code).collect();
    if names.is_empty() {
        "Nothing is known to replace it.".to_owned()
    } else {
        format!("Sit instead: {}", names.join("; "))
    }
}

fn with_code(Certification { name, code, .. }: &Certification) -> String {
    code.as_ref().map_or_else(|| name.clone(), |code| format!("{name} ({code})"))
}

/// Returns when a fact held, to stand behind it.
pub(crate) fn as_of(fact: &Outlook, dates: DateStyle) -> String {
    fact.as_of.map_or_else(String::new, |when| format!(" [as of {}]", dates.partial(when)))
}

/// Returns an estimate of work by the middle of its range, which is what dates count with.
pub(crate) fn hours(hours: Hours) -> String {
    match hours {
        Hours { high: 0, .. } => "no estimate".to_owned(),
        Hours { low, high } if low == high => format!("{low} h"),
        Hours { low, high } => format!("about {} h", low.midpoint(high)),
    }
}

pub(super) fn listed(roles: &[&Role]) -> String {
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    if names.is_empty() { "nobody".to_owned() } else { joined(&names, "and") }
}

/// Returns words with commas between them, and another word before the last one.
pub(super) fn joined<W: AsRef<str>>(words: &[W], before_last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {before_last} {}", first.join(", "), last.as_ref())
        }
    }
}
