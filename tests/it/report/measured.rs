//! What a result says of liking, error, topics, careless answers and other jobs: the same numbers in every format.

use jiff::civil::date;
use pathquiz::internals::bank::{Answer, Bank, Response, Sheet};
use pathquiz::internals::plan::Pace;
use pathquiz::internals::report::{Document, Report as _, Style};
use pathquiz::internals::scoring::{Flag, LeadError, Length, Liking, Recommendation, Score, Scorer, TopicLead};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json as literal};

use crate::support::{self, page, specs};

const PACE: Pace = Pace { start: date(2026, 11, 23), hours_per_week: 6 };

const STYLE: Style = Style { width: 100, unicode: true, color: false, links: false };

fn liking() -> Bank {
    Bank::parse(include_bytes!("../../data/banks/liking.toml")).unwrap()
}

/// The sheet of somebody who gives these outcomes, counted around; one in ten is a skip and one in ten is left open.
fn sheet<'b>(bank: &'b Bank, outcomes: &[usize]) -> Sheet<'b> {
    let mut sheet = Sheet::new(bank);
    for (question, outcome) in bank.questions().iter().zip(outcomes.iter().cycle()) {
        let mut all = question.outcomes();
        let answer = match outcome % 10 {
            0 => continue,
            1 => Answer::Skip,
            _ => all.swap_remove(outcome / 10 % all.len()),
        };
        sheet.put(Response { question, answer });
    }
    sheet
}

fn liking_json(liking: &Liking) -> Json {
    let Liking { mean, liked, disliked, answered, of, chance_low, chance_high, level } = liking;
    literal!({
        "mean": mean, "liked": liked, "disliked": disliked, "answered": answered, "of": of,
        "chance_low": chance_low.min(1.0), "chance_high": chance_high.min(1.0), "level": level.name(),
    })
}

/// The parts of the document that tell what was measured, from the numbers themselves.
fn expected(bank: &Bank, score: &Score<'_>, recommendation: &Recommendation<'_>) -> Json {
    let error = recommendation.lead_error;
    let flags = Flag::ALL.into_iter().filter(|flag| score.flags().has(*flag)).map(Flag::name);
    let undecided = ["close", "neither"].contains(&recommendation.verdict.name());
    let topic = |TopicLead { topic, lead, answered, of, liking }: TopicLead<'_>| literal!({ "topic": topic, "lead": lead, "answered": answered, "of": of, "liking": liking });
    let likings = score.fits.iter().map(|fit| recommendation.likings[fit.index].as_ref().map(liking_json));
    literal!({
        "role": recommendation.role.map(|role| &role.id),
        "runner_up": recommendation.runner_up.map(|role| &role.id),
        "verdict": recommendation.verdict.name(),
        "error": error.map(|LeadError { error, .. }| error),
        "interval": error.map(|LeadError { interval, .. }| interval),
        "same_side": error.map(|LeadError { same_side, .. }| same_side),
        "flags": flags.collect::<Vec<_>>(),
        "likings": likings.collect::<Vec<_>>(),
        "topics": score.topics().into_iter().map(topic).collect::<Vec<_>>(),
        "elsewhere": if undecided { bank.elsewhere() } else { &[] },
        "flips": recommendation.flip.as_ref().map(|flip| flip.changes.len()),
    })
}

/// The same parts as the document has them.
fn told(document: &Json) -> Json {
    let recommendation = &document["recommendation"];
    let of = |key: &str| recommendation[key].clone();
    literal!({
        "role": of("role"), "runner_up": of("runner_up"), "verdict": of("verdict"), "error": of("error"),
        "interval": of("interval"), "same_side": of("same_side"), "flags": of("flags"),
        "likings": document["roles"].as_array().unwrap().iter().map(|role| &role["liking"]).collect::<Vec<_>>(),
        "topics": document["topics"], "elsewhere": document["elsewhere"], "flips": document["flips"]["count"],
    })
}

fn check(bank: &Bank, outcomes: &[usize], length: Length) -> Result<(), TestCaseError> {
    let (scorer, sheet) = (Scorer::new(bank), sheet(bank, outcomes));
    let score = scorer.score(&sheet);
    let recommendation = Recommendation::new(&score, length);
    let report = support::report(&scorer, &sheet, PACE, length);
    let document: Json = serde_json::from_str(&report.json()).unwrap();
    prop_assert_eq!(told(&document), expected(bank, &score, &recommendation));
    prop_assert_eq!(document["plan"].is_null(), recommendation.role.is_none());
    if recommendation.verdict.name() == "neither" {
        prop_assert!(document["recommendation"]["role"].is_null() && document["flips"].is_null());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_document_has_the_numbers_that_were_measured(outcomes in vec(0_usize..60, 14), quick: bool) {
        check(&liking(), &outcomes, if quick { Length::Quick } else { Length::Full })?;
    }

    #[test]
    fn the_document_has_them_for_random_banks((roles, specs) in specs(), outcomes in vec(0_usize..600, 4)) {
        let Some(bank) = support::bank(roles, &specs) else { return Ok(()) };
        check(&bank, &outcomes, Length::Full)?;
    }
}

/// The choices of the first questions by their numbers.
fn numbered<'b>(bank: &'b Bank, answers: &str) -> Sheet<'b> {
    let mut sheet = Sheet::new(bank);
    for (question, answer) in bank.questions().iter().zip(answers.chars()) {
        let pick = usize::try_from(answer.to_digit(10).unwrap()).unwrap() - 1;
        sheet.put(Response { question, answer: Answer::Picks(vec![pick]) });
    }
    sheet
}

/// A document in every format for people, without anything that a layout may add.
fn everywhere(document: &Document<'_>) -> [String; 3] {
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        bare(&document.text(STYLE)),
        bare(&page::markdown(&document.markdown()).text),
        bare(&page::html(&document.html()).text),
    ]
}

#[test]
fn every_format_says_what_was_measured() {
    let bank = liking();
    let scorer = Scorer::new(&bank);
    let jobs = "Market trader: buys in the morning and sells by noon";
    for (answers, said, unsaid) in [
        (
            "12211241121212",
            &[
                "Neither seems to be for you: you liked 1 of 8 activities",
                "You liked 1 of 4 Cook activities and 0 of 4 Gardener activities.",
                "pathquiz plan ROLE, where ROLE is cook or gardener",
                jobs,
            ][..],
            &["Study plan", "What would change it", "With 14 other questions", "Spend an evening"][..],
        ),
        (
            "54545455121221",
            &["Both suit you", "You liked 4 of 4 Cook activities and 4 of 4 Gardener activities.", jobs, "Study plan"],
            &["Of the two", "Neither"],
        ),
        (
            "23132343121212",
            &["you liked only 1 of", "With 14 other questions like these"],
            &["Neither", "Both suit you"],
        ),
        (
            "44444444121212",
            &["You gave the same answer to all 8 activities. If you were in a hurry, go back and look again."],
            &[],
        ),
        (
            "51525142121212",
            &["clearly", "Toward Cook: ", "It would lead more than 99 times in 100."],
            &["Other jobs to look at", jobs, "If you were in a hurry"],
        ),
    ] {
        let sheet = numbered(&bank, answers);
        let report = support::report(&scorer, &sheet, PACE, Length::Full);
        for text in everywhere(&report.document()) {
            for said in said {
                assert!(text.contains(said), "{answers} does not say {said:?}: {text}");
            }
            for unsaid in unsaid {
                assert!(!text.contains(unsaid), "{answers} says {unsaid:?}: {text}");
            }
            assert!(!text.contains("100 times in 100"), "{text}");
        }
    }
}
