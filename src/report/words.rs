//! Every sentence that a result can say. They follow what the numbers mean: chance is about random clicking, never about
//! being right, and no sentence speaks of skill, success or other people.

use crate::bank::{Certification, Cost, Hours, Medium, Outlook, Resource, Role, Verdict};
use crate::plan::{Phase, Plan};
use crate::scoring::{Contribution, Fit, Recommendation, Score};

use super::rounding::{integer, nearest};

/// The verdict and how often chance leads as far, in two or three sentences.
pub(super) fn sentence(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let verdict = verdict(score, recommendation);
    match chance(score, recommendation) {
        Some(chance) => format!("{verdict} {chance}"),
        None => verdict,
    }
}

/// What the sheet says, the fits of all roles beside it.
pub(super) fn verdict(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let fits = fits(&score.fits);
    let Some(role) = recommendation.role.map(|role| role.name.as_str()) else {
        let tied = listed(&recommendation.tied);
        return match recommendation.verdict {
            Verdict::Insufficient => format!("{} Nobody leads so far ({fits}).", insufficient(recommendation)),
            _ => format!(
                "Too close to call: an exact tie between {tied} ({fits}). That is a possible and useful result."
            ),
        };
    };
    match recommendation.verdict {
        Verdict::Clear => format!("Your answers clearly lean to {role} ({fits})."),
        Verdict::Lean => format!("Your answers lean to {role} ({fits})."),
        Verdict::Close if recommendation.shortlist.len() > 2 => {
            let shortlist = listed(&recommendation.shortlist);
            format!(
                "Too close to call between {shortlist}, a little nearer to {role} ({fits}). That is a common and useful result."
            )
        }
        Verdict::Close => {
            format!("Too close to call, a little nearer to {role} ({fits}). That is a common and useful result.")
        }
        Verdict::Insufficient => {
            format!("{} So far a little nearer to {role} ({fits}).", insufficient(recommendation))
        }
    }
}

/// How often random answers lead as far; nothing on a tie, where there is no lead. After a quick stop, what the result
/// is based on and how far the lead could still move.
pub(super) fn chance(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    let Some(chance) = recommendation.chance else { return Some(quick(score, recommendation)) };
    recommendation.role?;
    let share = match chance {
        p if p < 0.005 => "Fewer than 1 in 200".to_owned(),
        p if p < 0.015 => "About 1 in 100".to_owned(),
        p => format!("About {} in 100", nearest(100.0 * p)),
    };
    let direction = if score.fits.len() == 2 { "in either direction" } else { "whichever role leads" };
    let estimate = recommendation.standard_error.map_or_else(String::new, |error| {
        format!(" (estimated from simulated sheets, standard error at most {error:.4})")
    });
    Some(format!("{share} people who answered at random would lean this far, {direction}{estimate}."))
}

/// What a quick result is based on, and how far the lead can still move.
fn quick(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let leader = recommendation.role.map_or("", |role| role.name.as_str());
    let verdict = match recommendation.verdict {
        Verdict::Clear => format!("clearly lean to {leader}"),
        Verdict::Lean => format!("lean to {leader}"),
        Verdict::Close | Verdict::Insufficient => "be too close to call".to_owned(),
    };
    let estimate = if recommendation.standard_error.is_some() { " (estimated from simulated sheets)" } else { "" };
    let basis = format!(
        "This is a quick result, based on {answered} of {of} questions: with random answers to the open ones it would \
         still {verdict} in at least 99 of 100 cases{estimate}."
    );
    let (Some((low, high)), [first, second, ..]) = (recommendation.range, score.fits.as_slice()) else { return basis };
    let (first, second, low, high) = (&first.role.name, &second.role.name, nearest(low), nearest(high));
    let range = if low < 0 {
        format!("{first} would end between {} points of fit behind {second} and {high} ahead", -low)
    } else {
        format!("{first} would lead {second} by {low} to {high} points of fit")
    };
    format!("{basis} Whatever you answered to them, {range}.")
}

/// What the open questions could not change, where asking ended early for that reason.
fn certainty(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    recommendation.chance?;
    let result = score.early_stop()?;
    Some(format!("Whatever you answered to the open questions, the result would {result}."))
}

/// How much of the evidence there is, where it is not all of it.
fn coverage(recommendation: &Recommendation<'_>) -> Option<String> {
    let percent = nearest(100.0 * recommendation.coverage).clamp(1, 99);
    let told = recommendation.verdict == Verdict::Insufficient || recommendation.coverage > 1.0 - 1e-9;
    (!told).then(|| {
        format!("The questions you answered carry {percent} % of what the whole quiz tells about this lead; the others add nothing.")
    })
}

/// How many changed answers the lead withstands.
pub(super) fn flips(recommendation: &Recommendation<'_>) -> Option<String> {
    let leader = recommendation.role?;
    let Some(flip) = &recommendation.flip else {
        return Some(format!("No change of the answers you gave would take the lead from {}.", leader.name));
    };
    let count = flip.changes.len();
    let answers = if count == 1 { "changed answer" } else { "changed answers" };
    let strength = match count {
        1 => "fragile",
        2 | 3 => "moderate",
        _ => "solid",
    };
    let after = match flip.to {
        Some(role) => format!("would put {} in the lead", role.name),
        None => "would make it a tie".to_owned(),
    };
    Some(format!("{} {answers} {after} ({strength}), for instance:", numeral(count)))
}

/// What the result does not claim.
fn limits(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let questions = match (answered, of) {
        (1, 1) => "1 question".to_owned(),
        (answered, of) if answered == of => format!("{of} questions"),
        (answered, of) => format!("{answered} of {of} questions"),
    };
    format!("This compares interests stated today in {questions}. It does not measure skill and predicts no success.")
}

/// An answer in the words of the quiz.
pub(super) fn answer(contribution: &Contribution<'_>) -> String {
    format!("{} – {}", contribution.question.text, contribution.question.words(contribution.answer))
}

/// Everything that is said about a verdict below it.
pub(super) fn meaning(score: &Score<'_>, recommendation: &Recommendation<'_>) -> impl Iterator<Item = String> {
    let sentences = [chance(score, recommendation), certainty(score, recommendation), coverage(recommendation)];
    sentences.into_iter().flatten().chain([limits(score, recommendation)])
}

/// The answers that are not shown one by one.
pub(super) fn others(count: usize) -> String {
    if count == 1 { "the other answer".to_owned() } else { format!("the other {count} answers together") }
}

fn insufficient(recommendation: &Recommendation<'_>) -> String {
    let percent = integer((100.0 * recommendation.coverage).floor());
    format!("Too little is answered to say: the answers carry {percent} % of the evidence, and half of it is needed.")
}

fn fits(fits: &[Fit<'_>]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for fit in fits {
        let lead = if parts.is_empty() { format!("{} fit", fit.role.name) } else { fit.role.name.clone() };
        parts.push(format!("{lead} {}", nearest(fit.fit)));
    }
    format!("{}; 50 is what random answers give", parts.join("; "))
}

/// Names joined by commas and an "and".
pub(super) fn listed(roles: &[&Role]) -> String {
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    match names.as_slice() {
        [] => "nobody".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What stands above facts about the market.
pub(super) const OUTLOOK: &str = "Outlook (market facts; never part of the score)";

/// What stands above certifications that are retired.
pub(super) const GONE: &str = "Named in older guides, but gone by the time this plan comes to it:";

/// The heading of a phase.
pub(super) fn phase_title(phase: Phase) -> &'static str {
    match phase {
        Phase::Knowledge => "Knowledge: learn the field",
        Phase::Certification => "Certification: show it",
        Phase::Expertise => "Expertise: solve problems with real data",
    }
}

/// What to do in a phase, in one word.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Knowledge => "Learn",
        Phase::Certification => "Sit",
        Phase::Expertise => "Build",
    }
}

/// When a plan begins and ends, and how fast it goes.
pub(super) fn span(plan: &Plan<'_>) -> String {
    let hours = plan.pace.hours_per_week;
    let hours = if hours == 1 { "1 hour a week".to_owned() } else { format!("{hours} hours a week") };
    match plan.finish {
        Some(finish) if plan.weeks == 1 => format!("{} to {finish}: 1 week at {hours}.", plan.pace.start),
        Some(finish) => format!("{} to {finish}: {} weeks at {hours}.", plan.pace.start, plan.weeks),
        None if plan.steps.is_empty() => "The bank lists no steps for this role.".to_owned(),
        None => "Everything in it is known already.".to_owned(),
    }
}

/// A resource with what sort of thing it is.
pub(super) fn resource(resource: &Resource) -> String {
    let medium = resource.kind.map(Medium::name);
    let kind: Vec<&str> = medium.into_iter().chain(resource.cost.map(Cost::name)).collect();
    let kind = if kind.is_empty() { String::new() } else { format!(" ({})", kind.join(", ")) };
    format!("{}{kind}", resource.title)
}

/// The facts of a certification in one line.
pub(super) fn certification(certification: &Certification) -> String {
    let years = |years| if years == 1 { "valid 1 year".to_owned() } else { format!("valid {years} years") };
    let facts = [
        certification.code.clone(),
        certification.provider.clone(),
        certification.level.clone(),
        certification.price_usd.map(|price| format!("{price} USD")),
        certification.valid_years.map(years),
        certification.retired.map(|day| format!("last exam day {day}")),
        certification.as_of.map(|when| format!("as of {when}")),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What to sit instead of a certification that is gone.
pub(super) fn successors(certification: &Certification, role: &Role) -> String {
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

/// A fact about the market with its date.
pub(super) fn fact(fact: &Outlook) -> String {
    let as_of = fact.as_of.map_or_else(String::new, |when| format!(" [as of {when}]"));
    format!("{}: {}{as_of}", fact.claim, fact.value)
}

/// An estimate of work.
pub(super) fn hours(hours: Hours) -> String {
    match hours {
        Hours { high: 0, .. } => "no estimate".to_owned(),
        Hours { low, high } if low == high => format!("{low} h"),
        Hours { low, high } => format!("{low}-{high} h"),
    }
}

fn numeral(count: usize) -> String {
    const WORDS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
