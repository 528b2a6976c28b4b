//! The sentences of a result. They follow what the numbers mean: chance is about random clicking, never about being
//! right, and no sentence speaks of skill, success or other people.

use crate::bank::{Bank, Count, Kind, Verdict};
use crate::report::rounding::{integer, nearest};
use crate::scoring::{ActivityCounts, AnswerRun, Fit, Flags, Flip, LeadError, Level, Liking, Recommendation, Score};

use super::plan::{joined, listed};

pub(crate) const MIDDLE: &str = "50 is what random answers give";

pub(crate) const ELSEWHERE: &str = "Other jobs to look at";

/// From here on "about 100 times in 100" would be said, which nobody can know.
pub(super) const CERTAIN: f64 = 0.995;

/// Most topics that are named as those liked most.
const MAX_LIKED: usize = 3;

/// Returns the verdict and how often chance leads as far, in two or three sentences.
pub(crate) fn sentence(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let verdict = verdict(score, recommendation);
    match chance(score, recommendation) {
        Some(chance) => format!("{verdict} {chance}"),
        None => verdict,
    }
}

/// Returns what the sheet says, with the fits behind the names.
pub(crate) fn verdict(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let aside = &format!(" ({})", fits(&score.fits));
    let Some(role) = recommendation.role.map(|role| role.name.as_str()) else {
        let tied = listed(&recommendation.tied);
        return match recommendation.verdict {
            Verdict::Neither => neither(aside, score),
            Verdict::Insufficient => format!("{} So far no role is ahead{aside}.", insufficient(recommendation)),
            _ => {
                let tie = all_suit(recommendation).unwrap_or("Too close to call");
                format!("{tie}: an exact tie between {tied}{aside}. That is a possible and useful result.")
            }
        };
    };
    let verdict = match recommendation.verdict {
        Verdict::Clear => format!("Your answers clearly lean to {role}{aside}."),
        Verdict::Lean => format!("Your answers lean to {role}{aside}."),
        Verdict::Close => {
            let among = match recommendation.shortlist.as_slice() {
                [] | [_] | [_, _] => String::new(),
                shortlist => format!(" between {}", listed(shortlist)),
            };
            let close = match all_suit(recommendation) {
                Some(all_suit) => format!("{all_suit}: too close to call"),
                None => "Too close to call".to_owned(),
            };
            format!("{close}{among}, a little nearer to {role}{aside}. That is a common and useful result.")
        }
        Verdict::Insufficient | Verdict::Neither => {
            format!("{} So far they are a little nearer to {role}{aside}.", insufficient(recommendation))
        }
    };
    [Some(verdict), only_nearer(score, recommendation)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

pub(super) fn neither(aside: &str, score: &Score<'_>) -> String {
    let none = if score.fits.len() == 2 { "Neither" } else { "None of them" };
    let ActivityCounts { liked, of, .. } = score.all_activity_counts();
    format!("{none} seems to be for you: you liked {liked} of {of} activities{aside}.")
}

/// Returns what it means that no role is called where the activities of every role are liked, `None` elsewhere.
fn all_suit(recommendation: &Recommendation<'_>) -> Option<&'static str> {
    let is_high = |liking: &Option<Liking>| liking.is_some_and(|liking| liking.level == Level::High);
    let all_suit = if recommendation.likings.len() == 2 { "Both suit you" } else { "All of them suit you" };
    recommendation.likings.iter().all(is_high).then_some(all_suit)
}

/// Returns what a lead means whose role is disliked, `None` for any other and where too little is answered.
fn only_nearer(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    let leader = score.leader().filter(|_| recommendation.verdict != Verdict::Insufficient)?;
    let liking = recommendation.likings[leader.index].filter(|liking| liking.level == Level::Low)?;
    let nearer = match score.fits.as_slice() {
        [_, _] => format!("Of the two, {} is nearer", leader.role.name),
        _ => format!("Of them all, {} is nearest", leader.role.name),
    };
    let liked = if liking.liked == 0 { "none".to_owned() } else { format!("only {}", liking.liked) };
    Some(format!("{nearer}, but you liked {liked} of its {} activities.", liking.of))
}

/// Returns how many activities of each role are liked, `None` where no role has any.
pub(crate) fn liked(score: &Score<'_>) -> Option<String> {
    let counts = score.fits.iter().map(|fit| (&fit.role.name, score.activity_counts(fit.index)));
    let roles = counts.filter(|(_, counts)| counts.of > 0).map(|(role, ActivityCounts { liked, answered, of, .. })| {
        let open = if answered == of { String::new() } else { format!(" ({} not answered)", of - answered) };
        match (liked, of) {
            (1, 1) => format!("the only {role} activity"),
            _ => format!("{liked} of {of} {role} activities{open}"),
        }
    });
    let roles: Vec<String> = roles.collect();
    (!roles.is_empty()).then(|| format!("You liked {}.", joined(&roles, "and")))
}

/// Returns how sure the lead is, `None` where there is none.
pub(crate) fn sureness(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    let sentences = [chance(score, recommendation), lead_error(score, recommendation)];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Returns how often random answers lead as far, `None` on a tie, where there is no lead. After a quick stop it is what
/// the result is based on and how far the lead could still move.
fn chance(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    let Some(chance) = recommendation.chance else { return Some(quick(score, recommendation)) };
    recommendation.role?;
    let share = match chance {
        p if p < 0.005 => "Fewer than 1 in 200".to_owned(),
        p if p < 0.015 => "About 1 in 100".to_owned(),
        p => format!("About {} in 100", nearest(100.0 * p)),
    };
    let estimate = recommendation.standard_error.map_or_else(String::new, |error| {
        format!(" (estimated from simulated sheets, standard error at most {error:.4})")
    });
    Some(format!(
        "{share} people who answered at random would get a lead at least this large, whichever role was ahead{estimate}."
    ))
}

/// Returns how far the lead would move with other questions, and how often it would be the same role's; `None` where
/// that is not known.
fn lead_error(score: &Score<'_>, recommendation: &Recommendation<'_>) -> Option<String> {
    recommendation.role?;
    recommendation.lead_error.map(|error| other_questions(score.contributions().len(), error))
}

/// Returns what as many other questions as these would probably say.
fn other_questions(answered: usize, LeadError { interval: (low, high), same_side, .. }: LeadError) -> String {
    // No lead is above 100, whatever the interval of a large one says.
    let (low, high) = (nearest(low.max(-100.0)), nearest(high.min(100.0)));
    let lead = if low < 0 {
        format!("anywhere from {} behind to {high} ahead", Count(-low, "point", "points"))
    } else if low < high {
        format!("{low} to {high} points ahead")
    } else {
        format!("about {} ahead", Count(high, "point", "points"))
    };
    let times =
        if same_side < CERTAIN { format!("about {}", nearest(100.0 * same_side)) } else { "more than 99".to_owned() };
    format!(
        "With {answered} other questions like these, the same role would probably be {lead}. It would lead {times} times in \
         100."
    )
}

/// Returns the signs of careless answers with what to do about them, `None` without any.
pub(crate) fn careless_remark(score: &Score<'_>) -> Option<String> {
    let (flags, AnswerRun { longest, answered }) = (score.flags(), score.answer_run());
    let is_scale = score.bank().questions.iter().any(|question| question.is_scored() && question.kind == Kind::Scale);
    let same = match (is_scale, flags) {
        (true, Flags { constant: true, .. }) => format!("gave the same answer to all {answered} activities"),
        (true, Flags { straight_line: true, .. }) => format!("gave the same answer to {longest} activities in a row"),
        (false, Flags { constant: true, .. }) => {
            format!("picked the choice in the same place in all {answered} questions")
        }
        _ => return None,
    };
    Some(format!("You {same}. If you were in a hurry, go back and look again."))
}

/// Returns the topics that are liked most, `None` where none is liked.
pub(crate) fn liked_most(score: &Score<'_>) -> Option<String> {
    let topics = liked_topics(score);
    (!topics.is_empty()).then(|| format!("What you liked most: {}.", joined(&topics, "and")))
}

/// Returns the topics that are liked, at most three, the one that is liked most in front.
pub(super) fn liked_topics<'m>(score: &Score<'m>) -> Vec<&'m str> {
    let topics = score.topics().into_iter();
    let liked = topics.filter_map(|topic| Some((topic.topic, topic.liking.filter(|liking| *liking > 0.0)?)));
    let mut liked: Vec<(&str, f64)> = liked.collect();
    liked.sort_by(|(_, one), (_, two)| two.total_cmp(one));
    liked.into_iter().map(|(topic, _)| topic).take(MAX_LIKED).collect()
}

/// Returns how to get a plan toward a role that is not recommended.
pub(crate) fn plan_all_the_same(bank: &Bank) -> String {
    let ids: Vec<&str> = bank.roles.iter().map(|role| &*role.id).collect();
    format!(
        "There is no plan, because no role is recommended. If you want one all the same, run pathquiz plan ROLE, where ROLE \
         is {}.",
        joined(&ids, "or")
    )
}

/// Returns what a quick result is based on, and how far the lead can still move.
fn quick(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let leader = recommendation.role.map_or("", |role| role.name.as_str());
    let verdict = match recommendation.verdict {
        Verdict::Clear => format!("clearly lean to {leader}"),
        Verdict::Lean => format!("lean to {leader}"),
        Verdict::Neither => "recommend no role".to_owned(),
        Verdict::Close | Verdict::Insufficient => "be too close to call".to_owned(),
    };
    let estimate = if recommendation.standard_error.is_some() { " (estimated from simulated sheets)" } else { "" };
    let basis = format!(
        "This is a quick result, based on {answered} of {of} questions: with random answers to the open ones it would \
         still {verdict} in at least 99 of 100 cases{estimate}."
    );
    let range = recommendation.range.filter(|_| recommendation.verdict != Verdict::Neither);
    let (Some((low, high)), [first, second, ..]) = (range, score.fits.as_slice()) else { return basis };
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
        "{} {answers} {after}, so the lead is {strength}. This shows how firm the result is; it is not advice to change \
         your answers. For example:",
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
        "Your answers carry {percent}% of what the whole quiz can say about this lead. The other questions do not count."
    ))
}

fn limits(score: &Score<'_>, recommendation: &Recommendation<'_>) -> String {
    let (answered, of) = (score.contributions().len(), recommendation.of);
    let questions = Count(of, "question", "questions");
    let questions = if answered == of { questions.to_string() } else { format!("{answered} of {of} questions") };
    format!("This compares interests stated today in {questions}. It does not measure skill or predict success.")
}

pub(crate) fn undecided(recommendation: &Recommendation<'_>) -> String {
    let names = listed(&recommendation.shortlist);
    format!("These topics are in the plans for {names}, so they are a good start whichever you choose:")
}

fn insufficient(recommendation: &Recommendation<'_>) -> String {
    let percent = integer((100.0 * recommendation.coverage).floor());
    format!(
        "You have not answered enough to say: your answers carry {percent}% of the evidence, and at least half is needed."
    )
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Answer, Response, SHIPPED, Sheet};
    use crate::scoring::Scorer;
    use crate::scoring::tests::coins;

    /// Returns what is said of a sheet with these choices of the first questions by their numbers; all else is skipped.
    fn said<T>(bank: &Bank, answers: &str, say: impl Fn(&Score<'_>) -> T) -> T {
        let scorer = Scorer::new(bank);
        let mut sheet = Sheet::new(bank);
        for (question, answer) in bank.questions.iter().zip(answers.chars()) {
            let pick = answer.to_digit(10).and_then(|number| usize::try_from(number - 1).ok());
            sheet.put(Response { question, answer: pick.map_or(Answer::Skip, |pick| Answer::Picks(vec![pick])) });
        }
        sheet.skip_open();
        say(&scorer.score(&sheet))
    }

    fn liking() -> Bank {
        Bank::parse(include_bytes!("../../../tests/data/banks/liking.toml")).unwrap()
    }

    #[test]
    fn the_error_of_a_lead_is_said_in_points_and_times() {
        for (interval, same_side, lead, times) in [
            ((9.4, 39.6), 0.97, "9 to 40 points ahead", "about 97"),
            ((-5.2, 30.0), 0.844, "anywhere from 5 points behind to 30 ahead", "about 84"),
            ((-0.6, 30.0), 0.9949, "anywhere from 1 point behind to 30 ahead", "about 99"),
            ((-0.4, 30.0), 0.995, "0 to 30 points ahead", "more than 99"),
            ((60.0, 130.0), 1.0, "60 to 100 points ahead", "more than 99"),
            ((20.2, 20.4), 1.0, "about 20 points ahead", "more than 99"),
        ] {
            assert_eq!(
                other_questions(24, LeadError { error: 1.0, interval, same_side }),
                format!(
                    "With 24 other questions like these, the same role would probably be {lead}. It would lead {times} \
                     times in 100."
                )
            );
        }
    }

    #[test]
    fn what_is_liked_is_counted_for_every_role_with_activities() {
        let bank = liking();
        // Cook and Gardener take turns.
        for (answers, sentence) in [
            ("51434132", "You liked 3 of 4 Cook activities and 0 of 4 Gardener activities."),
            (
                "5-4--152",
                "You liked 3 of 4 Cook activities (1 not answered) and 0 of 4 Gardener activities (2 not answered).",
            ),
            ("", "You liked 0 of 4 Cook activities (4 not answered) and 0 of 4 Gardener activities (4 not answered)."),
        ] {
            assert_eq!(said(&bank, answers, liked).as_deref(), Some(sentence), "{answers}");
        }
        assert_eq!(said(&coins(&[1, 2, 3]), "111", liked), None, "there are no activities");
    }

    #[test]
    fn equal_answers_are_told_with_their_number() {
        let remark = |answers: &str| said(&liking(), answers, careless_remark);
        let told = |same: &str| Some(format!("You {same}. If you were in a hurry, go back and look again."));
        assert_eq!(remark("33333333"), told("gave the same answer to all 8 activities"));
        assert_eq!(remark("53333-3"), told("gave the same answer to 5 activities in a row"));
        assert_eq!(remark("12345123"), None);
    }

    #[test]
    fn topics_are_named_that_are_liked_and_no_more_than_three() {
        let topics = |answers: &str| said(&liking(), answers, liked_most);
        assert_eq!(topics("11111111"), None);
        assert_eq!(topics("51111111"), None, "half of the stove is liked, half is not");
        assert_eq!(topics("44114111").as_deref(), Some("What you liked most: stove."));
        assert_eq!(topics("55455545").as_deref(), Some("What you liked most: stove, beds and tools."));
        let shipped = Bank::parse(SHIPPED.as_bytes()).unwrap();
        assert_eq!(said(&shipped, "", liked_most), None);
    }
}
