//! The sentences of a result. They follow what the numbers mean: chance is about random clicking, never about being
//! right, and no sentence speaks of skill, success or other people.

use crate::bank::{Count, Verdict};
use crate::report::rounding::{integer, nearest};
use crate::scoring::{Fit, Flip, Recommendation, Score};

use super::plan::listed;

pub(crate) const NO_PLAN: &str = "Nobody leads, so there is no plan yet. To see one, run pathquiz plan with the id of a role, or pathquiz plan --compare for all of them.";

pub(crate) const MIDDLE: &str = "50 is what random answers give";

/// Returns the verdict and how often chance leads as far, in two or three sentences.
pub(crate) fn sentence(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let verdict = verdict(recommendation, Some(&score.fits));
    match chance(score, recommendation) {
        Some(chance) => format!("{verdict} {chance}"),
        None => verdict,
    }
}

/// Returns what the sheet says, with the fits behind the names unless they stand elsewhere.
pub(crate) fn verdict(recommendation: &Recommendation<'_>, fits: Option<&[Fit<'_>]>) -> String {
    let aside = fits.map(|fits| format!(" ({})", self::fits(fits))).unwrap_or_default();
    let Some(role) = recommendation.role.map(|role| role.name.as_str()) else {
        let tied = listed(&recommendation.tied);
        return match recommendation.verdict {
            Verdict::Neither => format!("Neither seems to be for you{aside}."),
            Verdict::Insufficient => format!("{} Nobody leads so far{aside}.", insufficient(recommendation)),
            _ => {
                format!("Too close to call: an exact tie between {tied}{aside}. That is a possible and useful result.")
            }
        };
    };
    match recommendation.verdict {
        Verdict::Clear => format!("Your answers clearly lean to {role}{aside}."),
        Verdict::Lean => format!("Your answers lean to {role}{aside}."),
        Verdict::Close => {
            let among = match recommendation.shortlist.as_slice() {
                [] | [_] | [_, _] => String::new(),
                shortlist => format!(" between {}", listed(shortlist)),
            };
            format!("Too close to call{among}, a little nearer to {role}{aside}. That is a common and useful result.")
        }
        Verdict::Insufficient | Verdict::Neither => {
            format!("{} So far a little nearer to {role}{aside}.", insufficient(recommendation))
        }
    }
}

/// Returns how often random answers lead as far, `None` on a tie, where there is no lead. After a quick stop it is what
/// the result is based on and how far the lead could still move.
pub(crate) fn chance(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
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

/// Returns what a quick result is based on, and how far the lead can still move.
fn quick(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let leader = recommendation.role.map_or("", |role| role.name.as_str());
    let verdict = match recommendation.verdict {
        Verdict::Clear => format!("clearly lean to {leader}"),
        Verdict::Lean => format!("lean to {leader}"),
        Verdict::Neither => "recommend neither".to_owned(),
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

/// Returns how many changed answers the lead withstands, `None` if nobody leads.
pub(crate) fn flips(recommendation: &Recommendation<'_>) -> Option<String> {
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

/// Returns what a verdict rests on: what the open questions could do, how much evidence there is, and what is not
/// claimed.
pub(crate) fn basis(score: &Score<'_>, recommendation: &Recommendation<'_>) -> impl Iterator<Item = String> {
    let sentences = [certainty(score, recommendation), coverage(recommendation)];
    sentences.into_iter().flatten().chain([limits(score, recommendation)])
}

/// Returns what the open questions could not change, `None` unless asking ended early for that reason.
fn certainty(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    recommendation.chance?;
    let result = score.early_stop()?;
    Some(format!("Whatever you answered to the open questions, the result would {result}."))
}

/// Returns how much of the evidence there is, `None` if it is all of it or the verdict says so already.
fn coverage(recommendation: &Recommendation<'_>) -> Option<String> {
    if recommendation.verdict == Verdict::Insufficient || recommendation.coverage > 1.0 - 1e-9 {
        return None;
    }
    let percent = nearest(100.0 * recommendation.coverage).clamp(1, 99);
    Some(format!(
        "The questions you answered carry {percent} % of what the whole quiz tells about this lead; the others add nothing."
    ))
}

fn limits(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let questions = Count(of, "question", "questions");
    let questions = if answered == of { questions.to_string() } else { format!("{answered} of {of} questions") };
    format!("This compares interests stated today in {questions}. It does not measure skill and predicts no success.")
}

pub(crate) fn undecided(recommendation: &Recommendation<'_>) -> String {
    let names = listed(&recommendation.shortlist);
    format!("These topics are in the plans for {names}, so they are a good start whichever it becomes:")
}

fn insufficient(recommendation: &Recommendation<'_>) -> String {
    let percent = integer((100.0 * recommendation.coverage).floor());
    format!("Too little is answered to say: the answers carry {percent} % of the evidence, and half of it is needed.")
}

fn fits(fits: &[Fit<'_>]) -> String {
    let fits = fits.iter().zip([" fit"].into_iter().chain(std::iter::repeat("")));
    let parts = fits.map(|(fit, unit)| format!("{}{unit} {}; ", fit.role.name, nearest(fit.fit)));
    parts.chain([MIDDLE.to_owned()]).collect()
}

fn numeral(count: usize) -> String {
    const WORDS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
