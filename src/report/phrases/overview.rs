//! The sentences of the overview, as short as they can be said.

use crate::bank::{Bank, Count, Verdict};
use crate::plan::{Plan, Step};
use crate::report::rounding::{integer, nearest};
use crate::scoring::{ActivityCounts, Flip, Level, Recommendation, Score};

use super::date::DateStyle;
use super::plan::{hours, joined};
use super::result::{CERTAIN, liked_topics, neither};

pub(crate) const TRIAL: &str = "Spend an evening on each, and see which you would rather go on with:";

pub(crate) const COMPARE: &str = "Run pathquiz plan --compare to see the plans side by side.";

pub(crate) const FITS: &str = "Fit from 0 to 100 (random answers give 50), and how many activities you liked.";

/// Most topics that are named as a reason.
const MAX_TOPICS: usize = 3;

/// Least points of the lead that make a reason.
const MIN_POINTS: i64 = 1;

/// Returns the verdict in one sentence, and a second one where the role that leads is disliked.
pub(crate) fn headline(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let is_pair = score.fits.len() == 2;
    let role = recommendation.role.map_or("", |role| role.name.as_str());
    let headline = match (recommendation.verdict, is_pair) {
        (Verdict::Clear, true) => format!("{role} clearly suits your interests better."),
        (Verdict::Clear, false) => format!("{role} clearly suits your interests best."),
        (Verdict::Lean, true) => format!("{role} suits your interests somewhat better."),
        (Verdict::Lean, false) => format!("{role} suits your interests somewhat better than the rest."),
        (Verdict::Close, _) if low_leader(score, recommendation).is_some() => "It is too close to call.".to_owned(),
        (Verdict::Close, _) => equals(score, recommendation),
        (Verdict::Neither, _) => return neither("", score),
        (Verdict::Insufficient, true) => "Too little is answered to say which suits you better.".to_owned(),
        (Verdict::Insufficient, false) => "Too little is answered to say which suits you best.".to_owned(),
    };
    match low_leader(score, recommendation) {
        Some(but) => format!("{headline} {but}"),
        None => headline,
    }
}

/// Returns who suits equally, exactly or as far as can be told.
fn equals(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let is_tie = recommendation.role.is_none();
    let equal = if is_tie { &recommendation.tied } else { &recommendation.shortlist };
    let names: Vec<&str> = equal.iter().map(|role| role.name.as_str()).collect();
    let who = match names.len() {
        2 if score.fits.len() == 2 => "Both".to_owned(),
        all if all == score.fits.len() => "All of them".to_owned(),
        _ => joined(&names, "and"),
    };
    if is_tie { format!("{who} suit you equally: an exact tie.") } else { format!("{who} suit you about equally.") }
}

/// Returns how little the role that leads is liked, `None` where it is liked or too little is answered.
fn low_leader(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    let leader = score.leader().filter(|_| recommendation.verdict != Verdict::Insufficient)?;
    let liking = recommendation.likings[leader.index].filter(|liking| liking.level == Level::Low)?;
    let liked = if liking.liked == 0 { "none".to_owned() } else { format!("only {}", liking.liked) };
    Some(format!("But you liked {liked} of the {} {} activities.", liking.of, leader.role.name))
}

/// Returns how many of a role's activities are liked, `None` where it has none.
pub(crate) fn liked_of(ActivityCounts { liked, answered, of, .. }: ActivityCounts) -> Option<String> {
    let answered = if answered == of { String::new() } else { format!(" ({} open)", of - answered) };
    (of > 0).then(|| format!("liked {liked} of {of}{answered}"))
}

/// Returns what drew the person to the first role and to the second, in that order: topics, or in a bank without topics
/// the answers that did so most.
pub(crate) fn reasons(score: &Score<'_>) -> Vec<String> {
    let sides = [1.0, -1.0].into_iter().zip(&score.fits);
    let sides = sides.filter_map(|(sign, fit)| Some((fit, topics(score, sign).or_else(|| answer(score, sign))?)));
    sides.map(|(fit, reason)| format!("Toward {}: {reason}", fit.role.name)).collect()
}

/// Returns the topics on one side of the lead, and apart those whose activities are disliked, which is why they are
/// there.
fn topics(score: &Score<'_>, sign: f64) -> Option<String> {
    let topics = score.topics().into_iter().filter(|topic| nearest(sign * topic.lead) >= MIN_POINTS).take(MAX_TOPICS);
    let (disliked, liked): (Vec<_>, Vec<_>) = topics.partition(|topic| topic.liking.is_some_and(|liking| liking < 0.0));
    let [liked, disliked] =
        [liked, disliked].map(|topics| topics.iter().map(|topic| topic.topic).collect::<Vec<_>>().join(", "));
    match (liked.is_empty(), disliked.is_empty()) {
        (true, true) => None,
        (false, true) => Some(liked),
        (true, false) => Some(format!("little liking for {disliked}")),
        (false, false) => Some(format!("{liked}; little liking for {disliked}")),
    }
}

/// Returns the answer that moved the lead most to one side, `None` where none did.
fn answer(score: &Score<'_>, sign: f64) -> Option<String> {
    let answer = score.contributions().into_iter().find(|part| nearest(sign * part.lead) >= MIN_POINTS)?;
    Some(format!("{} – {}", answer.question.text, answer.question.words(answer.answer)))
}

/// Returns how sure a result is, the most important sentence first.
pub(crate) fn certainties(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Vec<String> {
    let sentences = match recommendation.chance {
        None => [Some(foreseen(score, recommendation)), None, None, None],
        Some(chance) => [
            recommendation.role.map(|_| random_clicking(chance)),
            settled(score),
            again(score, recommendation),
            turning(score, recommendation),
        ],
    };
    sentences.into_iter().flatten().collect()
}

fn random_clicking(chance: f64) -> String {
    let times = match chance {
        p if p < 0.005 => "less than once in 200 tries".to_owned(),
        p if p < 0.015 => "about once in 100 tries".to_owned(),
        p => format!("about {} times in 100", nearest(100.0 * p)),
    };
    format!("Random clicking leads this far {times}.")
}

/// Returns what the open questions could not change, `None` unless asking ended early for that reason.
fn settled(score: &Score<'_>) -> Option<String> {
    let outcome = score.early_stop()?;
    Some(format!("Whatever you answered to the open questions, the result would {outcome}."))
}

/// Returns how often other questions would give the same lead, `None` where that is not known.
fn again(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    let (role, error) = (recommendation.role?, recommendation.lead_error?);
    let times = if error.same_side < CERTAIN {
        format!("about {}", nearest(100.0 * error.same_side))
    } else {
        "more than 99".to_owned()
    };
    let (answered, role) = (score.contributions().len(), &role.name);
    Some(format!("With {answered} other questions like these {role} would still be ahead {times} times in 100."))
}

/// Returns how many answers would have to change for another lead, `None` if nobody leads.
fn turning(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    recommendation.role?;
    let of = score.contributions().len();
    Some(match &recommendation.flip {
        None => "No change of your answers would turn it round.".to_owned(),
        Some(Flip { changes, to }) => {
            let result = if to.is_some() { "to turn it round" } else { "to make it a tie" };
            let verb = if of == 1 { "answer" } else { "answers" };
            format!("{} of {of} {verb} would have to change {result}.", changes.len())
        }
    })
}

/// Returns what the quick rule foresaw.
fn foreseen(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let estimate = if recommendation.standard_error.is_some() { " (estimated)" } else { "" };
    format!(
        "You answered {answered} of {of} questions. If you clicked at random through the rest, the result would stay the \
         same at least 99 times in 100{estimate}."
    )
}

/// Returns when a plan is, how much there is to do a week, and its exam.
pub(crate) fn short_span(plan: &Plan<'_>, dates: DateStyle) -> String {
    let finish = plan.finish.map_or_else(String::new, |finish| format!(" to {}", dates.day(finish)));
    let exam = plan.exam().map(|exam| match exam.price_usd {
        Some(price) => format!(", one exam ({price} USD)"),
        None => ", one exam".to_owned(),
    });
    let (weeks, pace) = (Count(plan.weeks, "week", "weeks"), plan.pace);
    let (hours, start) = (pace.hours_per_week, dates.day(pace.start));
    format!("{weeks} at {hours} h: {start}{finish}{}", exam.unwrap_or_default())
}

/// Returns the step to begin with, until when it goes and how much work it is.
pub(crate) fn first_step(step: &Step<'_>, dates: DateStyle) -> String {
    let until = step.dates.map_or_else(String::new, |(_, finish)| format!(", until {}", dates.day(finish)));
    let work = Some(step.kind.hours()).filter(|work| work.high > 0);
    let work = work.map_or_else(String::new, |work| format!(", {}", hours(work)));
    format!("{}{until}{work}", step.kind.title())
}

/// Returns how many topics and projects are left, and the exam; `None` where no step is left.
pub(crate) fn later_steps(steps: &[&Step<'_>]) -> Option<String> {
    let topics = steps.iter().filter(|step| step.kind.topic().is_some()).count();
    let projects = steps.iter().filter(|step| step.kind.project().is_some()).count();
    let mut parts = Vec::new();
    if topics > 0 {
        parts.push(Count(topics, "topic", "topics").to_string());
    }
    if projects > 0 {
        parts.push(Count(projects, "project", "projects").to_string());
    }
    parts.extend(steps.iter().filter_map(|step| step.kind.certification()).map(|exam| exam.name.clone()));
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns the topics that are liked most, `None` where none is liked.
pub(crate) fn topics_liked_most(score: &Score<'_>) -> Option<String> {
    let topics = liked_topics(score);
    (!topics.is_empty()).then(|| topics.join(", "))
}

/// Returns how to get a plan although no role is recommended.
pub(crate) fn plan_anyway(bank: &Bank) -> String {
    let first = &bank.roles[0].id;
    format!("There is none, as no role is recommended. `pathquiz plan {first}` makes one anyway, or name another role.")
}

/// Returns how much evidence there is, and how much is needed.
pub(crate) fn evidence_needed(recommendation: &Recommendation<'_>) -> String {
    let percent = integer((100.0 * recommendation.coverage).floor());
    format!("Your answers carry {percent} % of the evidence; it takes half.")
}

/// Returns how to answer more: by a key, or by taking the quiz again.
pub(crate) fn answer_more(left: usize, has_keys: bool) -> String {
    let questions = Count(left, "question", "questions");
    if has_keys {
        format!("Press c to answer some of the {questions} left out.")
    } else {
        format!("Answer some of the {questions} left out: run pathquiz again.")
    }
}
