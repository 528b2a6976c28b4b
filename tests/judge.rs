//! One judge for many sheets: whatever it remembers, the bits of one who remembers nothing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

mod support;

use std::thread;

use pathquiz::scoring::{Judge, Model};
use proptest::collection::vec;
use proptest::prelude::*;

use support::{bank, question, sheet};

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_came_before_changes_nothing(specs in vec(question(2), 6..=9), people in people()) {
        let Some(bank) = bank(2, &specs) else { return Ok(()) };
        let model = Model::new(&bank);
        let judge = Judge::new(&model);
        let judged = |person: &Person| {
            let outcome = |(question, outcome): (&_, &Option<usize>)| {
                let count = pathquiz::bank::Question::outcomes(question).len();
                outcome.map(|outcome| u16::try_from(outcome % count).unwrap())
            };
            judge.judge(&model.questions().zip(person).map(outcome).collect::<Vec<_>>(), &[])
        };
        let two = |_| thread::scope(|scope| {
            let work = || people.iter().map(&judged).collect::<Vec<_>>();
            let other = scope.spawn(work);
            [work(), other.join().unwrap()]
        });
        for all in (0..2).flat_map(two) {
            for (person, judgement) in people.iter().zip(all) {
                let alone = model.recommend(&sheet(&bank, person));
                prop_assert_eq!(judgement.chance, alone.chance);
                prop_assert_eq!((judgement.lead, judgement.coverage), (alone.lead, alone.coverage));
                prop_assert_eq!(judgement.verdict, alone.verdict);
            }
        }
    }
}
