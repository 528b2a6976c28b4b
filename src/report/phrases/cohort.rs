//! The sentences about a group. They say what the figures mean and what they do not: nothing about ability, success or
//! how people compare with others, and no more than the number of people bears.

use crate::bank::{Count, Verdict};
use crate::cohort::{GroupSize, LeadSummary, MIN_GROUP, MIN_JUDGES, QuestionSummary, Reliability, RoleSummary};
use crate::report::rounding::{integer, nearest};
use crate::scoring::Flag;

/// Fewest people from whom figures are more than a rough estimate.
pub(crate) const MIN_RELIABLE: u64 = 30;

/// Smallest alpha of the lead that is good, that will do, and that is weak.
const GOOD: f64 = 0.80;
const USABLE: f64 = 0.70;
const WEAK: f64 = 0.60;

pub(crate) const WITHHELD_GROUP: &str =
    "Too few people answered. Only their number is shown, because figures for so few could show who they are.";

pub(crate) const WITHHELD_PARTS: &str =
    "Roles are not broken down by verdict here: one of these groups is so small that figures could show who is in it.";

pub(crate) fn size(respondents: u64, rejected: u64) -> String {
    let rejected = match rejected {
        0 => "no line was rejected".to_owned(),
        lines => {
            let lines = Count(lines, "line was rejected and is", "lines were rejected and are");
            format!("{lines} not in the figures")
        }
    };
    format!("{} answered; {rejected}.", people(respondents))
}

fn people(count: u64) -> Count<u64> {
    Count(count, "person", "people")
}

pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "clear",
        Verdict::Lean => "lean",
        Verdict::Close => "too close to call",
        Verdict::Neither => "neither",
        Verdict::Insufficient => "too little answered",
    }
}

/// Returns how far a group leans to one of two roles, and what that can mean.
pub(crate) fn mean_lead([first, second]: [&str; 2], lead: &LeadSummary) -> String {
    let (mean, (low, high)) = (lead.mean, lead.interval);
    let (nearer, other, low, high) =
        if mean < 0.0 { (second, first, 0.0 - high, 0.0 - low) } else { (first, second, low, high) };
    let low = if low < 0.0 { format!("{:.1} points nearer to {other}", -low) } else { format!("{low:.1}") };
    format!(
        "On average the answers are {:.1} points nearer to {nearer} than to {other} (95% interval: from {low} to {high:.1}). \
         If a group answers honestly and still leans to one side by far more than you expect, the bank may describe that \
         side more attractively; nothing else here would show it.",
        mean.abs()
    )
}

pub(crate) const NEARER: &str =
    "The role that each person's answers are nearer to, however small the lead; only `clear` and `lean` are calls:";

pub(crate) const NOBODY: &str = "none, a tie";

/// Returns a group by verdict, `None` if it is too small to be broken down.
pub(crate) fn group(name: &str, group: &GroupSize) -> Option<String> {
    let verdicts = group.verdicts.as_ref()?;
    let parts: Vec<String> = verdicts.iter().map(|(kind, people)| format!("{people} {}", verdict(*kind))).collect();
    Some(format!("{name}: {}", parts.join(", ")))
}

pub(crate) fn fit(role: &RoleSummary<'_>) -> String {
    let fit = &role.fit;
    format!(
        "{}: mean {:.1}, standard deviation {:.1}, from {} to {}",
        role.role.name,
        fit.mean,
        fit.deviation,
        nearest(fit.lowest),
        nearest(fit.highest)
    )
}

/// Returns how many show a sign of careless answers, what it is, and how often it comes by chance.
pub(crate) fn flag(flag: Flag, count: u64, straight_chance: Option<f64>) -> String {
    let what = match flag {
        Flag::StraightLine => "the same position in a run over half of the scale questions",
        Flag::Constant => "the same position in everything answered",
        Flag::Duplicate => "the same answers as on an earlier sheet",
        Flag::Unknown => "cells that were skipped because they are not understood",
    };
    let chance = straight_chance.filter(|_| flag == Flag::StraightLine).map_or_else(String::new, |chance| {
        format!("; random answers show it in {} of 100 cases", hundredths(100.0 * chance))
    });
    format!("{}: {}, {what}{chance}", flag.name(), people(count))
}

pub(crate) fn suspect(count: u64) -> String {
    format!(
        "{} a sign or more. A sign proves nothing, and nobody was left out because of one: people who like everything \
         give equal answers and mean them, and people who click at random show none of these signs.",
        Count(count, "person shows", "people show")
    )
}

/// Returns alpha of a measure with its interval and the people it rests on.
pub(crate) fn reliability(name: &str, reliability: &Reliability) -> String {
    let base =
        format!("{} and {}", Count(reliability.questions, "question", "questions"), people(reliability.respondents));
    let rough = if reliability.respondents < MIN_RELIABLE { "; so few people give a rough estimate" } else { "" };
    match (reliability.alpha, reliability.interval) {
        (Some(alpha), Some(_)) => {
            let interval = interval(reliability.interval);
            format!("{name}: alpha {}, 95% interval {interval}, from {base}{rough}", decimal(alpha))
        }
        _ => format!("{name}: alpha cannot be worked out from {base}"),
    }
}

/// Returns what the alpha of the lead allows, `None` without one.
pub(crate) fn reading(lead: &Reliability) -> Option<String> {
    let (alpha, (low, _)) = lead.alpha.zip(lead.interval)?;
    let text = match alpha {
        alpha if alpha >= GOOD => "The lead is measured well (alpha .80 or more).",
        alpha if alpha >= USABLE => "The lead is measured well enough to be used (alpha .70 to .80).",
        alpha if alpha >= WEAK => "The lead is measured weakly (alpha .60 to .70): read verdicts with care.",
        _ => "The lead is measured too badly (alpha under .60): do not publish verdicts for this group.",
    };
    let unsure = alpha >= WEAK && low < WEAK;
    let unsure = if unsure { " With this many people it could be under .60, too." } else { "" };
    Some(format!("{text}{unsure}"))
}

pub(crate) const ALPHA: &str = "Alpha tells how much the answers go together. It does not prove that the questions measure one thing only, nor that they measure the right one; it grows with every question added and with the differences between the people asked.";

/// The reason for no alpha of the lead where there are several roles.
pub(crate) const NO_LEAD: &str = "Between more than two roles the lead is a different sum for each person, so it has no alpha of its own. A question with choices is held against the lead of each role over the mean of the others, and the best counts.";

pub(crate) const STRATIFIED: &str = "Alpha of the lead is stratified: the activities of each role and the other questions are taken by themselves, since answers about one role need not go with answers about another.";

pub(crate) const COLUMNS: &str = "Item-rest is the correlation of a question with the others of its kind. A scale question is held against the other activities of its own role (the best role if it counts for several), a question with choices against the lead of the other questions with choices. Alpha without is the alpha of those others.";

/// Returns that nobody can judge all questions, or some of them by their ids.
pub(crate) fn too_few(questions: &str) -> String {
    format!("Too few people to judge {questions}: that takes {MIN_JUDGES} answers to each.")
}

/// Returns why a question is to be rewritten, `None` if its correlation is not known.
pub(crate) fn weakness(question: &QuestionSummary<'_>) -> Option<String> {
    let (item_rest, (_, high)) = question.stats.item_rest.zip(question.stats.interval)?;
    let why = if high < 0.0 {
        "it goes against the others; its points probably stand on the wrong answers"
    } else {
        "it hardly tells what the others tell"
    };
    let (id, interval) = (&question.question.id, interval(question.stats.interval));
    Some(format!("{id}: item-rest {}, 95% interval {interval}; {why}", decimal(item_rest)))
}

pub(crate) const NO_WEAKNESS: &str = "None: a question is named here if the whole 95% interval of its item-rest lies under .20, or under .10 where it has choices.";

pub(crate) fn limits() -> [String; 5] {
    [
        "They compare interests stated on one day. They do not measure ability or predict success or satisfaction; \
         over 107 studies fit of interests and satisfaction with the job correlate .11."
            .to_owned(),
        "They do not compare people with others: 50 is what random answers give, not what people give on average, and a \
         fit does not rank anyone."
            .to_owned(),
        "Leaning to one role does not mean disliking the other; people often like both.".to_owned(),
        "The questions were written by their authors and have not been validated against anything outside the quiz, so \
         nobody should be hired, admitted or turned down by it."
            .to_owned(),
        format!(
            "They are about those who answered, who may differ from those who did not. Of groups under {MIN_GROUP} people \
             only the number is shown."
        ),
    ]
}

/// Returns a correlation or an alpha with two decimals and no zero in front.
fn decimal(value: f64) -> String {
    let text = hundredths(value.abs());
    let text = text.strip_prefix('0').filter(|text| text.starts_with('.')).unwrap_or(&text);
    // What rounds to nothing has no sign.
    let negative = value < 0.0 && integer((100.0 * value).round()) != 0;
    format!("{}{text}", if negative { "−" } else { "" })
}

pub(crate) fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), decimal)
}

/// Returns both ends of an interval.
pub(crate) fn interval(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(|| "–".to_owned(), |(low, high)| format!("{} to {}", decimal(low), decimal(high)))
}

fn hundredths(value: f64) -> String {
    format!("{value:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_lead_is_told_from_the_side_of_the_nearer_role() {
        let told = |mean, interval| {
            mean_lead(["A", "B"], &LeadSummary { mean, interval, reliability: Reliability::default() })
        };
        let starts = |text: &str, start: &str| assert!(text.starts_with(start), "{text}");
        starts(
            &told(4.0, (1.0, 7.0)),
            "On average the answers are 4.0 points nearer to A than to B (95% interval: from 1.0 to 7.0).",
        );
        starts(
            &told(-4.0, (-9.0, 1.0)),
            "On average the answers are 4.0 points nearer to B than to A (95% interval: from 1.0 points nearer to A to 9.0).",
        );
        starts(
            &told(-4.0, (-8.0, 0.0)),
            "On average the answers are 4.0 points nearer to B than to A (95% interval: from 0.0 to 8.0).",
        );
    }
}
