//! One scorer for many sheets: whatever it remembers, the bits of one that remembers none.

use std::thread;

use pathquiz::internals::bank::{Bank, Question, Verdict};
use pathquiz::internals::scoring::Scorer;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{Spec, bank, question, sheet};

/// Outcomes of the scored questions, counted around; nothing is skipped.
type Person = Vec<Option<usize>>;

/// People who leave out some of nine questions, the same ones again and again.
fn people() -> impl Strategy<Value = Vec<Person>> {
    let gaps = vec(vec(proptest::bool::weighted(0.25), 9), 1..4);
    (gaps, vec((0_usize..4, vec(0_usize..12, 9)), 8..24)).prop_map(|(gaps, people)| {
        let person = |(gap, outcomes): (usize, Vec<usize>)| {
            let gaps = &gaps[gap % gaps.len()];
            outcomes.into_iter().zip(gaps).map(|(outcome, &is_left_out)| (!is_left_out).then_some(outcome)).collect()
        };
        people.into_iter().map(person).collect()
    })
}

/// Holds a scorer that has seen others, on two threads, against one that sees each person alone.
fn hold(bank: &Bank, people: &[Person]) -> Result<(), TestCaseError> {
    let scorer = Scorer::new(bank);
    let result = |person: &Person| {
        let outcome = |(question, outcome): (&Question, &Option<usize>)| {
            let count = question.outcomes().len();
            outcome.map(|outcome| u16::try_from(outcome % count).unwrap())
        };
        scorer.score_outcomes(&scorer.model().questions().zip(person).map(outcome).collect::<Vec<_>>(), &[])
    };
    let two = |_| {
        thread::scope(|scope| {
            let work = || people.iter().map(result).collect::<Vec<_>>();
            let other = scope.spawn(work);
            [work(), other.join().unwrap()]
        })
    };
    for all in (0..2).flat_map(two) {
        for (person, scored) in people.iter().zip(all) {
            let fresh = Scorer::new(bank);
            let alone = fresh.recommend(&sheet(bank, person));
            prop_assert_eq!(scored.chance, alone.chance);
            prop_assert_eq!((scored.lead, scored.coverage), (alone.lead, alone.coverage));
            let said = if alone.verdict == Verdict::Neither { scored.verdict_if_disliked } else { scored.verdict };
            prop_assert_eq!(said, alone.verdict);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_came_before_changes_nothing(specs in vec(question(2), 6..=9), people in people()) {
        if let Some(bank) = bank(2, &specs) {
            hold(&bank, &people)?;
        }
    }
}

/// Three roles that every question treats alike have one spread, whose leads are exact however many sheets there are.
#[test]
fn three_roles_with_one_spread_are_exact() {
    let question = |weight: i64| {
        Spec::Single((0..3).map(|row| (0..3).map(|role| if role == row { weight } else { 0 }).collect()).collect())
    };
    let bank = bank(3, &(0..9).map(|number| question(1 + number % 3)).collect::<Vec<_>>()).unwrap();
    hold(&bank, &several(9)).unwrap();
    let skipping = sheet(&bank, &several(9)[0]);
    assert_eq!(Scorer::new(&bank).recommend(&skipping).standard_error, None);
}

/// Five roles that share every question have more states than can be listed, also with some questions skipped.
#[test]
fn drawn_sheets_are_the_same_for_everybody() {
    let question = |weight: i64| {
        let row = |turn: usize| (0..5).map(|role| [7 * weight, 3, -weight, 1, 0][(role + turn) % 5]).collect();
        Spec::Single((0..5).map(row).collect())
    };
    let bank = bank(5, &(1..=14).map(question).collect::<Vec<_>>()).unwrap();
    hold(&bank, &several(14)).unwrap();
    let skipping = sheet(&bank, &several(14)[0]);
    assert!(Scorer::new(&bank).recommend(&skipping).standard_error.is_some_and(|error| error < 0.0012));
}

/// A few people who skip one or two of some questions.
fn several(questions: usize) -> Vec<Person> {
    let outcome =
        |person: usize, place: usize| (place % 7 != person && place != 2 * person).then_some(person * 5 + place * 3);
    (0..4).map(|person| (0..questions).map(|place| outcome(person, place)).collect()).collect()
}
