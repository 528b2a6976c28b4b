//! Every sentence that a result can say. They follow what the numbers mean: chance is about random clicking, never about
//! being right, and no sentence speaks of skill, success or other people.

mod plan;

use crate::bank::{Count, Role, Verdict};
use crate::scoring::{Fit, Flip, Recommendation, Score};

use super::rounding::{integer, nearest};

pub(super) use plan::{
    ALTERNATIVES, GONE, OUTLOOK, SHARED, alternative, certification, comparison_title, dates, hours, patience, phase,
    phase_span, phase_title, plan_title, sort, span, successors, value, weeks,
};

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
    call(recommendation, &format!(" ({})", fits(&score.fits)))
}

/// What the sheet says, where the fits stand elsewhere.
pub(super) fn headline(recommendation: &Recommendation<'_>) -> String {
    call(recommendation, "")
}

/// What the sheet says, with an aside behind the names.
fn call(recommendation: &Recommendation<'_>, aside: &str) -> String {
    let Some(role) = recommendation.role.map(|role| role.name.as_str()) else {
        let tied = listed(&recommendation.tied);
        return match recommendation.verdict {
            Verdict::Insufficient => format!("{} Nobody leads so far{aside}.", insufficient(recommendation)),
            _ => {
                format!("Too close to call: an exact tie between {tied}{aside}. That is a possible and useful result.")
            }
        };
    };
    match recommendation.verdict {
        Verdict::Clear => format!("Your answers clearly lean to {role}{aside}."),
        Verdict::Lean => format!("Your answers lean to {role}{aside}."),
        Verdict::Close if recommendation.shortlist.len() > 2 => {
            let shortlist = listed(&recommendation.shortlist);
            format!(
                "Too close to call between {shortlist}, a little nearer to {role}{aside}. That is a common and useful result."
            )
        }
        Verdict::Close => {
            format!("Too close to call, a little nearer to {role}{aside}. That is a common and useful result.")
        }
        Verdict::Insufficient => {
            format!("{} So far a little nearer to {role}{aside}.", insufficient(recommendation))
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
    let Some(Flip { changes, to }) = &recommendation.flip else {
        return Some(format!("No change of the answers you gave would take the lead from {}.", leader.name));
    };
    let answers = if changes.len() == 1 { "changed answer" } else { "changed answers" };
    let strength = match changes.len() {
        1 => "fragile",
        2 | 3 => "moderate",
        _ => "solid",
    };
    let after = match to {
        Some(role) => format!("would put {} in the lead", role.name),
        None => "would make it a tie".to_owned(),
    };
    Some(format!(
        "{} {answers} {after}, so the lead is {strength}. This is about the sheet and no advice to answer otherwise. \
         For instance:",
        numeral(changes.len())
    ))
}

/// What the result does not claim.
fn limits(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let questions = if answered == of {
        Count(of, "question", "questions").to_string()
    } else {
        format!("{answered} of {of} questions")
    };
    format!("This compares interests stated today in {questions}. It does not measure skill and predicts no success.")
}

/// What stands above the answers that moved a result most.
pub(super) const EVIDENCE: &str = "What moved it most, in points of the lead";

/// What stands above the answers that would have to change.
pub(super) const FLIPS: &str = "What would change it";

/// How to get a plan where nobody leads.
pub(super) const NO_PLAN: &str = "Nobody leads, so there is no plan yet. To see one, run pathquiz plan with the id of a role, or pathquiz plan --compare for all of them.";

/// What the middle of a fit is.
pub(super) const MIDDLE: &str = "50 is what random answers give";

/// What stands above what a verdict rests on.
pub(super) const BASIS: &str = "What it rests on";

/// What a verdict rests on: what the open questions could do, how much evidence there is, and what is not claimed.
pub(super) fn basis(score: &Score<'_>, recommendation: &Recommendation<'_>) -> impl Iterator<Item = String> {
    let sentences = [certainty(score, recommendation), coverage(recommendation)];
    sentences.into_iter().flatten().chain([limits(score, recommendation)])
}

/// What can be begun without deciding.
pub(super) fn undecided(recommendation: &Recommendation<'_>) -> String {
    let names = listed(&recommendation.shortlist);
    format!("These topics are in the plans for {names}, so they are a good start whichever it becomes:")
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
    format!("{}; {MIDDLE}", parts.join("; "))
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

fn numeral(count: usize) -> String {
    const WORDS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
