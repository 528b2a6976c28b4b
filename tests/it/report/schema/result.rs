//! The schema of a result holds for every result, and for little else.

use std::sync::LazyLock;

use jiff::civil::date;
use jsonschema::Validator;
use pathquiz::internals::bank::{Answer, Bank, Response, Sheet};
use pathquiz::internals::plan::Pace;
use pathquiz::internals::report::{self, Report as _};
use pathquiz::internals::scoring::{Length, Scorer};
use proptest::prelude::*;
use serde_json::{Value as Json, json as literal};

use super::{BANKS, bank, json, places, printed, validator, with, without, wrong};
use crate::support::specs;

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(&schema()));

fn schema() -> Json {
    json(&report::result_schema())
}

/// Runs of the program with a result of every sort.
const RUNS: [&[&str]; 12] = [
    &["--answers", "tests/data/answers/plumber.json"],
    &["--answers", "tests/data/answers/torn.json"],
    &["--answers", "tests/data/answers/early.json"],
    &["--answers", "tests/data/answers/part.json", "--no-input"],
    &["--answers", "tests/data/answers/part.json", "--no-input", "--quick"],
    &["--answers", "tests/data/answers/plumber.json", "-a", "known=", "-a", "hours=skip", "-a", "cloud=gcp"],
    &["--no-input"],
    &["--no-input", "-a", "signs=4"],
    &["--bank", "tests/data/banks/full.toml", "-a", "recipes=2", "-a", "sweet=cake", "--no-input"],
    &["--bank", "tests/data/banks/liking.toml", "--answers", "tests/data/answers/neither.json"],
    &["--bank", "tests/data/banks/liking.toml", "--answers", "tests/data/answers/both.json"],
    &["--bank", "tests/data/banks/liking.toml", "--answers", "tests/data/answers/equal.json"],
];

#[test]
fn every_sort_of_result_is_valid() {
    let validator = &*VALIDATOR;
    let documents: Vec<Json> = RUNS.iter().map(|run| json(&printed(&[*run, &["--json"]].concat()))).collect();
    for (run, document) in RUNS.iter().zip(&documents) {
        assert_eq!(wrong(validator, document), Vec::<String>::new(), "{run:?}");
    }
    // Else the list above would not be of every sort.
    let any = |place: &str, value: Json| documents.iter().any(|document| document.pointer(place) == Some(&value));
    for verdict in ["clear", "close", "neither", "insufficient"] {
        assert!(any("/recommendation/verdict", literal!(verdict)), "{verdict}");
    }
    for (place, value) in [
        ("/plan", Json::Null),
        ("/flips", Json::Null),
        ("/recommendation/role", Json::Null),
        ("/recommendation/chance", Json::Null),
        ("/plan/phases/0/steps/0/known", true.into()),
        ("/recommendation/error", Json::Null),
        ("/recommendation/flags", literal!(["straight-line", "constant"])),
        ("/roles/0/liking", Json::Null),
        ("/roles/0/liking/level", literal!("low")),
        ("/roles/0/liking/level", literal!("high")),
        ("/elsewhere/0", literal!("Market trader: buys in the morning and sells by noon")),
    ] {
        assert!(any(place, value), "{place}");
    }
    assert!(documents.iter().any(|document| document.pointer("/recommendation/range").is_some()));
}

#[test]
fn a_plan_alone_is_the_definition_of_a_plan() {
    let mut schema = schema();
    let entries = schema.as_object_mut().unwrap();
    entries.retain(|key, _| key.starts_with('$'));
    entries.insert("$ref".to_owned(), literal!("#/$defs/Plan"));
    let validator = validator(&schema);
    for role in ["data-engineering", "machine-learning-engineering"] {
        for flags in [&["--json"][..], &["--json", "-a", "known=python,sql", "-a", "cloud=aws", "-a", "hours=ten"]] {
            let plan = json(&printed(&[&["plan", role], flags].concat()));
            assert_eq!(wrong(&validator, &plan), Vec::<String>::new());
            assert!(!validator.is_valid(&without(&plan, "/phases/2")));
        }
    }
}

/// Keys that are there only sometimes.
const SOMETIMES: [&str; 7] = ["range", "why", "resources", "certification", "level", "dataset", "done_when"];

fn result(run: usize) -> Json {
    json(&printed(&[RUNS[run], &["--json"][..]].concat()))
}

/// Nothing that is promised can be missing, and more can be added anywhere.
#[test]
fn promised_fields_are_required_and_others_allowed() {
    let validator = &*VALIDATOR;
    let document = [0, 4].map(result);
    let mut removed = 0;
    for document in &document {
        for (place, _) in places(document).into_iter().skip(1) {
            let (owner, key) = place.rsplit_once('/').unwrap();
            let named = owner == "/answers" || owner.ends_with("/contributions");
            if document.pointer(owner).unwrap().is_object() && !named {
                let valid = validator.is_valid(&without(document, &place));
                let may_lack = owner == "/recommendation" || owner.rsplit('/').nth(1) == Some("steps");
                assert_eq!(valid, may_lack && SOMETIMES.contains(&key), "{place}");
                removed += 1;
            }
        }
        for (place, value) in places(document) {
            // Answers and contributions hold one sort of value, whatever its key.
            if value.is_object() && place != "/answers" && !place.ends_with("/contributions") {
                assert!(validator.is_valid(&with(document, &format!("{place}/novelty"), true)), "{place}");
            }
        }
    }
    assert!(removed > 500);
}

#[test]
fn other_values_are_refused() {
    let validator = &*VALIDATOR;
    let document = result(0);
    for (place, values) in [
        ("/schema_version", vec![literal!(1), literal!("2")]),
        ("/bank/fingerprint", vec![literal!("sha256:abc"), literal!("")]),
        ("/recommendation/verdict", vec![literal!("sure"), literal!("Clear"), Json::Null]),
        ("/recommendation/role", vec![literal!(1)]),
        ("/recommendation/tied", vec![Json::Null, literal!([1])]),
        ("/recommendation/lead", vec![literal!(-0.1), literal!(101)]),
        ("/recommendation/chance", vec![literal!(1.5), literal!(-0.1), literal!("0.5")]),
        ("/recommendation/coverage", vec![literal!(1.1), Json::Null]),
        ("/recommendation/error", vec![literal!(-0.1), literal!("1")]),
        ("/recommendation/interval", vec![literal!([1]), literal!([1, 2, 3]), literal!(1)]),
        ("/recommendation/same_side", vec![literal!(1.1), literal!(-0.1)]),
        ("/recommendation/flags", vec![Json::Null, literal!(["duplicate"]), literal!([1])]),
        ("/roles/0/liking/mean", vec![literal!(1.1), literal!(-1.1), Json::Null]),
        ("/roles/0/liking/level", vec![literal!("Low"), Json::Null]),
        ("/roles/0/liking/of", vec![literal!(-1), literal!(1.5)]),
        ("/topics/0/topic", vec![Json::Null]),
        ("/topics/0/liking", vec![literal!(1.1), literal!("1")]),
        ("/elsewhere", vec![Json::Null, literal!([1])]),
        ("/recommendation/asked", vec![literal!(-1), literal!(2.5)]),
        ("/recommendation/range", vec![Json::Null, literal!([1]), literal!([1, 2, 3])]),
        ("/roles/0/fit", vec![literal!(100.5), literal!(-1)]),
        ("/roles/0/points", vec![literal!(0.5)]),
        ("/answers/stores", vec![literal!(2.5), Json::Null, literal!([1]), literal!({})]),
        ("/skipped", vec![literal!("cloud")]),
        ("/evidence/0/contributions/data-engineering", vec![literal!("1")]),
        ("/flips/count", vec![literal!(0)]),
        ("/plan/start", vec![literal!("2026-11"), literal!("soon"), literal!("2026-02-30"), Json::Null]),
        ("/plan/finish", vec![literal!("2026-13-01")]),
        ("/plan/hours_per_week", vec![literal!(0)]),
        ("/plan/phases/0/phase", vec![literal!("learning")]),
        ("/plan/phases/0/steps/0/why", vec![Json::Null]),
        ("/plan/phases/0/steps/0/hours", vec![literal!([1]), literal!([-1, 2]), literal!(5)]),
        ("/plan/phases/0/steps/0/resources/0/kind", vec![literal!("film")]),
        ("/plan/phases/0/steps/0/resources/0/cost", vec![literal!("cheap")]),
        ("/plan/phases/1/steps/0/certification/as_of", vec![literal!("2026-1"), literal!("2026-09-01T00:00")]),
    ] {
        for value in values {
            assert!(!validator.is_valid(&with(&document, place, value.clone())), "{place} {value}");
        }
    }
    for (place, values) in [
        ("/recommendation/verdict", vec!["clear", "lean", "close", "neither", "insufficient"]),
        ("/plan/phases/0/phase", vec!["knowledge", "certification", "expertise"]),
        ("/plan/phases/0/steps/0/resources/0/kind", vec!["book", "course", "docs", "in-person"]),
        ("/plan/phases/0/steps/0/resources/0/cost", vec!["free", "paid"]),
        ("/plan/phases/1/steps/0/certification/as_of", vec!["2026", "2026-09", "2026-09-30"]),
    ] {
        for value in values {
            assert!(validator.is_valid(&with(&document, place, value)), "{place} {value}");
        }
    }
}

/// What somebody does with a question.
#[derive(Clone, Copy, Debug)]
enum Reaction {
    Leave,
    Skip,
    /// Gives one of its outcomes, counted around.
    Answer(usize),
}

fn reactions() -> impl Strategy<Value = Vec<Reaction>> {
    let reaction = prop_oneof![
        1 => Just(Reaction::Leave),
        1 => Just(Reaction::Skip),
        6 => (0_usize..600).prop_map(Reaction::Answer),
    ];
    proptest::collection::vec(reaction, 27)
}

fn document(bank: &Bank, reactions: &[Reaction], length: Length) -> Json {
    let mut sheet = Sheet::new(bank);
    for (question, reaction) in bank.questions().iter().zip(reactions.iter().cycle()) {
        let answer = match reaction {
            Reaction::Leave => continue,
            Reaction::Skip => Answer::Skip,
            Reaction::Answer(outcome) => {
                let mut all = question.outcomes();
                all.swap_remove(outcome % all.len())
            }
        };
        sheet.put(Response { question, answer });
    }
    let scorer = Scorer::new(bank);
    let pace = Pace { start: date(2026, 11, 23), hours_per_week: 6 };
    json(&crate::support::report(&scorer, &sheet, pace, length).json())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn results_of_random_banks_are_valid((roles, specs) in specs(), reactions in reactions(), quick: bool) {
        let Some(bank) = crate::support::bank(roles, &specs) else { return Ok(()) };
        let length = if quick { Length::Quick } else { Length::Full };
        let document = document(&bank, &reactions, length);
        prop_assert_eq!(wrong(&VALIDATOR, &document), Vec::<String>::new());
    }

    #[test]
    fn random_results_are_valid(which in 1_usize..BANKS.len(), reactions in reactions(), quick: bool) {
        let length = if quick { Length::Quick } else { Length::Full };
        let document = document(&bank(BANKS[which].1), &reactions, length);
        prop_assert_eq!(wrong(&VALIDATOR, &document), Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_results_of_the_shipped_bank_are_valid(reactions in reactions(), quick: bool) {
        let length = if quick { Length::Quick } else { Length::Full };
        let document = document(&bank(BANKS[0].1), &reactions, length);
        prop_assert_eq!(wrong(&VALIDATOR, &document), Vec::<String>::new());
    }
}
