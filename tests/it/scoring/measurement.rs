//! Likings, levels, errors and verdicts against 66 sheets of five banks that an independent program computed in exact
//! fractions; and what holds for every sheet.

use pathquiz::internals::bank::{Answer, Bank, Kind, Response, Sheet};
use pathquiz::internals::scoring::{Liking, Scorer};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const SHIPPED: &str = include_str!("../../../questions.toml");

fn sheet<'b>(bank: &'b Bank, answers: &Map<String, Value>) -> Sheet<'b> {
    let mut sheet = Sheet::new(bank);
    for (id, answer) in answers {
        let question = bank.question(id).unwrap();
        let place = |pick: &Value| {
            let pick = pick.as_u64().map_or_else(|| pick.as_str().unwrap().to_owned(), |step| step.to_string());
            question.choices.iter().position(|choice| choice.id == pick).unwrap()
        };
        let mut picks: Vec<_> =
            answer.as_array().map_or_else(|| vec![place(answer)], |all| all.iter().map(place).collect());
        if !matches!(question.kind, Kind::Rank { .. }) {
            picks.sort_unstable();
        }
        sheet.put(Response { question, answer: Answer::Picks(picks) });
    }
    for question in bank.questions() {
        if sheet.answer(question).is_none() {
            sheet.put(Response { question, answer: Answer::Skip });
        }
    }
    sheet
}

#[track_caller]
fn near(actual: Option<f64>, expected: &Value, what: &str) {
    match (actual, expected.as_f64()) {
        (Some(actual), Some(expected)) => assert!((actual - expected).abs() < 1e-9, "{what}: {actual}, not {expected}"),
        (actual, expected) => assert_eq!(actual, expected, "{what}"),
    }
}

fn check_liking(liking: Option<&Liking>, expected: &Value, level: &Value, about: &str) {
    assert_eq!(liking.map_or(Value::Null, |liking| liking.level.name().into()), *level, "{about}");
    let Some(liking) = liking else { return assert!(expected.is_null(), "{about}") };
    for (key, actual) in [("mean", liking.mean), ("low", liking.chance_low), ("high", liking.chance_high)] {
        near(Some(actual), &expected[key], about);
    }
    let Liking { liked, disliked, answered, of, .. } = *liking;
    let counts = json!({"liked": liked, "disliked": disliked, "answered": answered, "of": of});
    for (key, count) in counts.as_object().unwrap() {
        assert_eq!(*count, expected[key], "{about}: {key}");
    }
}

#[test]
fn sheets_are_measured_as_an_independent_program_does() {
    let banks: Value = serde_json::from_str(include_str!("../../data/vectors/measure_vectors.json")).unwrap();
    let mut count = 0;
    for vector in banks.as_array().unwrap() {
        let bank = Bank::parse(vector["bank"].as_str().unwrap().as_bytes()).unwrap();
        let scorer = Scorer::new(&bank);
        for expected in vector["sheets"].as_array().unwrap() {
            let (about, sheet) =
                (expected["about"].as_str().unwrap(), sheet(&bank, expected["answers"].as_object().unwrap()));
            let score = scorer.score(&sheet);
            let recommendation = scorer.recommend(&sheet);
            let order: Vec<&str> = score.fits.iter().map(|fit| fit.role.id.as_str()).collect();
            assert_eq!(json!(order), expected["order"], "{about}");
            near(Some(recommendation.lead), &expected["lead"], about);
            let error = recommendation.lead_error;
            near(error.map(|error| error.error), &expected["error"], about);
            near(error.map(|error| error.interval.0), &expected["interval"][0], about);
            near(error.map(|error| error.interval.1), &expected["interval"][1], about);
            near(error.map(|error| error.same_side), &expected["same_side"], about);
            for (role, liking) in bank.roles().iter().zip(&recommendation.likings) {
                check_liking(liking.as_ref(), &expected["liking"][&role.id], &expected["level"][&role.id], about);
            }
            if bank.roles().len() == 2 {
                near(Some(recommendation.coverage), &expected["coverage"], about);
                near(recommendation.chance, &expected["chance"], about);
                assert_eq!(expected["verdict"], recommendation.verdict.name(), "{about}");
            }
            count += 1;
        }
    }
    assert_eq!(count, 66);
}

/// A sheet of the shipped bank with one answer to every activity, and the given outcomes of the other questions.
fn with_activities<'b>(bank: &'b Bank, step: usize, others: &[usize]) -> Sheet<'b> {
    let mut sheet = Sheet::new(bank);
    for (question, other) in bank.questions().iter().zip(others.iter().cycle()) {
        let place = if question.kind == Kind::Scale { step } else { other % question.choices.len() };
        sheet.put(Response { question, answer: Answer::Picks(vec![place]) });
    }
    sheet
}

proptest! {
    #[test]
    fn who_dislikes_every_activity_is_recommended_neither(others in proptest::collection::vec(0_usize..4, 40)) {
        let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
        let scorer = Scorer::new(&bank);
        let result = |step| {
            let sheet = with_activities(&bank, step, &others);
            let recommendation = scorer.recommend(&sheet);
            (recommendation.verdict.name(), recommendation.role.map(|role| role.id.clone()), recommendation.changes().len())
        };
        prop_assert_eq!(result(0), ("neither", None, 0));
        prop_assert_ne!(result(2).0, "neither");
        prop_assert_ne!(result(4).0, "neither");
    }
}
