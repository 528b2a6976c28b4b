//! The audit of banks: its figures held against every sheet that there is, and one bank for each of its rules.

use std::process::Command;

use pathquiz::internals::bank::{Bank, Response, SHIPPED, Severity, Sheet};
use pathquiz::internals::scoring::{Attainability, Audit, Scorer};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Spec, all_sheets, bank, specs, toml};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn its_figures_are_those_of_all_sheets((roles, specs) in specs()) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let audit = Audit::new(&scorer);
        let sheets = all_sheets(&bank);
        let scores: Vec<_> = sheets.iter().map(|sheet| scorer.score(sheet)).collect();
        let call = scorer.chance().threshold(bank.thresholds().close);
        for (index, role) in audit.roles.iter().enumerate() {
            let led: Vec<f64> = scores
                .iter()
                .filter(|score| score.leader().is_some_and(|leader| leader.index == index))
                .map(pathquiz::internals::scoring::Score::gap)
                .collect();
            prop_assert!(near(role.leads, led.len() as f64 / scores.len() as f64));
            let largest = led.iter().copied().fold(0.0, f64::max);
            let reached = call.is_some_and(|call| largest >= call - 1e-9);
            prop_assert_eq!(role.attainability, if reached { Attainability::Reached } else { Attainability::Impossible });
            let best = scores.iter().flat_map(|score| &score.fits).filter(|fit| fit.index == index).map(|fit| fit.fit);
            prop_assert!(near(role.ceiling, best.fold(0.0, f64::max)));
        }
        let ties = scores.iter().filter(|score| score.leader().is_none()).count();
        prop_assert!(near(audit.tie, ties as f64 / scores.len() as f64));
        for (index, weight) in audit.questions.iter().enumerate() {
            let pairs = (0..roles).flat_map(|a| (0..a).map(move |b| (a, b)));
            let share = pairs.map(|(a, b)| scorer.model().shares(a, b)[index]).fold(0.0, f64::max);
            prop_assert!(near(weight.share, share));
        }
    }
}

/// Walks every sheet through the rule itself, question by question in the order of weight.
#[test]
fn the_share_of_a_quick_quiz_is_that_of_all_sheets() {
    for (specs, stops) in [
        ((0..9).map(|index| Spec::Single(vec![vec![3, 0], vec![0, 3 + index % 2]])).collect::<Vec<_>>(), true),
        ((0..5).map(|_| Spec::Single(vec![vec![1, 0], vec![0, 1]])).collect(), false),
        ((1..9).map(|weight| Spec::Single(vec![vec![weight, 0], vec![0, weight]])).collect(), true),
    ] {
        let bank = bank(2, &specs).unwrap();
        let scorer = Scorer::new(&bank);
        let order = scorer.model().by_weight();
        let asked = |sheet: &Sheet<'_>| {
            let mut given = Sheet::new(&bank);
            for (count, question) in order.iter().enumerate() {
                if scorer.score(&given).quick_stop().is_some() {
                    return count;
                }
                given.put(Response { question, answer: sheet.answer(question).unwrap().clone() });
            }
            order.len()
        };
        let sheets = all_sheets(&bank);
        let mean = sheets.iter().map(asked).sum::<usize>() as f64 / (sheets.len() * order.len()) as f64;
        let share = Audit::new(&scorer).share();
        assert!(near(share.mean, mean) && share.standard_error.is_none(), "{share:?}, {mean}");
        assert_eq!(mean < 1.0, stops);
    }
}

/// The mean share of the questions that the rule itself asks of random people.
fn simulated_share(bank: &Bank, people: usize) -> f64 {
    let scorer = Scorer::new(bank);
    let order = scorer.model().by_weight();
    let mut number = 7_u32;
    let mut asked = || {
        let mut sheet = Sheet::new(bank);
        for (asked, question) in order.iter().enumerate() {
            if scorer.score(&sheet).quick_stop().is_some() {
                return asked;
            }
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let mut all = question.outcomes();
            let answer = all.swap_remove((number >> 16) as usize % all.len());
            sheet.put(Response { question, answer });
        }
        order.len()
    };
    (0..people).map(|_| asked()).sum::<usize>() as f64 / (people * order.len()) as f64
}

#[test]
fn more_than_two_roles_are_simulated_and_the_error_is_told() {
    let question = |index: i64| {
        let choice = |role: usize| (0..3).map(|other| if other == role { 2 + index % 3 } else { 0 }).collect();
        Spec::Single((0..3).map(choice).collect())
    };
    let bank = bank(3, &(0..12).map(question).collect::<Vec<_>>()).unwrap();
    let scorer = Scorer::new(&bank);
    let share = Audit::new(&scorer).share();
    assert!(share.standard_error.is_some_and(|error| error > 0.0 && error < 0.01), "{share:?}");
    let short = crate::support::bank(3, &(0..5).map(question).collect::<Vec<_>>()).unwrap();
    assert!(near(Audit::new(&Scorer::new(&short)).share().mean, 1.0), "less than six answers never end a quiz");
    assert_eq!(share.mean.to_bits(), Audit::new(&scorer).share().mean.to_bits(), "always the same people");
    let mean = simulated_share(&bank, 1_000);
    assert!((share.mean - mean).abs() < 0.015, "{share:?}, {mean}");
}

/// The choices decide early, and what is left of the activities would only matter if it could be `neither`.
#[test]
fn a_quick_quiz_waits_for_the_activities() {
    let choice = Spec::Single(vec![vec![9, 0], vec![0, 9]]);
    let activity = |key: &[i64]| Spec::Scale(key.to_vec());
    let specs = [vec![choice; 8], vec![activity(&[1, 0]); 4], vec![activity(&[0, 1]); 4]].concat();
    let bank = bank(2, &specs).unwrap();
    let scorer = Scorer::new(&bank);
    let share = Audit::new(&scorer).share();
    let mean = simulated_share(&bank, 2_000);
    assert!(mean > 12.0 / 16.0 && mean < 1.0, "{mean}");
    assert!(share.standard_error.is_some() && (share.mean - mean).abs() < 0.015, "{share:?}, {mean}");
}

#[test]
fn the_shipped_bank_is_fair() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let scorer = Scorer::new(&bank);
    let audit = Audit::new(&scorer);
    assert_eq!(audit.findings(), []);
    assert!(audit.standard_error.is_none());
    let share = audit.share();
    assert!(share.mean < 0.8 && share.standard_error.is_some_and(|error| error < 0.01), "{share:?}");
}

/// What an audit finds in a bank, each with its weight.
fn findings(text: &str) -> Vec<(Severity, String)> {
    let bank = Bank::parse(text.as_bytes()).unwrap();
    let scorer = Scorer::new(&bank);
    Audit::new(&scorer).findings().into_iter().map(|problem| (problem.severity, problem.what())).collect()
}

/// Twelve questions that give both roles the same, with their choices in every order twice.
fn fair() -> Vec<Spec> {
    let orders = [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1], [2, 1, 0], [1, 0, 2]];
    let choices = [vec![2, 0], vec![0, 2], vec![0, 0]];
    let question = |order: &[usize; 3]| Spec::Single(order.iter().map(|&choice| choices[choice].clone()).collect());
    orders.iter().chain(&orders).map(question).collect()
}

fn spoiled(change: impl FnOnce(&mut Vec<Spec>)) -> Vec<(Severity, String)> {
    let mut specs = fair();
    change(&mut specs);
    findings(&toml(2, &specs).replace("text = \"?\"", "text = \"Which of these?\""))
}

#[test]
fn every_rule_finds_what_breaks_it() {
    use Severity::{Error, Note, Warning};
    let finds = |found: &[(Severity, String)], severity, what: &str| {
        assert!(found.iter().any(|(s, w)| *s == severity && w.contains(what)), "{what}: {found:?}");
    };
    let plain = spoiled(|_| {});
    assert!(
        plain.iter().all(|(severity, what)| *severity == Note && what.contains("asks nearly the same")),
        "{plain:?}"
    );
    finds(&plain, Note, "`q2` asks nearly the same as `q0`, for the same points");
    let first = |specs: &mut Vec<Spec>| {
        *specs = vec![Spec::Single(vec![vec![2, 0], vec![0, 2], vec![0, 0]]); specs.len()];
    };
    finds(&spoiled(first), Error, "choice 1 everywhere earns a call for `r0`");
    let keys = |specs: &mut Vec<Spec>| specs.push(Spec::Scale(vec![2, 1]));
    finds(&spoiled(keys), Warning, "liking everything gives `r0` 4 points and `r1` 2");
    let heavy = |specs: &mut Vec<Spec>| specs.push(Spec::Single(vec![vec![9, 0], vec![0, 9]]));
    finds(&spoiled(heavy), Warning, "`q12` alone makes");
    let tilted = |specs: &mut Vec<Spec>| specs.push(Spec::Single(vec![vec![3, 0], vec![2, 1]]));
    finds(&spoiled(tilted), Warning, "`q12` gives `r0` 2.00 points more on average than `r1`");
    let dead = |specs: &mut Vec<Spec>| specs.push(Spec::Single(vec![vec![1, 1], vec![1, 1]]));
    finds(&spoiled(dead), Warning, "no answer to `q12` changes any lead");
    let dominated = |specs: &mut Vec<Spec>| specs.push(Spec::Single(vec![vec![1, 1], vec![2, 2], vec![0, 3]]));
    finds(&spoiled(dominated), Note, "the choice `c0` of `q12` gives every role less than `c1`");
    let shared = |specs: &mut Vec<Spec>| specs.extend(vec![Spec::Scale(vec![1, 1]); 4]);
    finds(&spoiled(shared), Warning, "random answers are `neither` in 19.5 of 100 cases");
    let few = |specs: &mut Vec<Spec>| specs.truncate(4);
    finds(&spoiled(few), Warning, "only 4 questions tell anything about `r0`");
    let fewer = |specs: &mut Vec<Spec>| specs.truncate(1);
    finds(&spoiled(fewer), Error, "only 1 question tells anything about `r1`");
    let alike = ["Monday", "Tuesday"].into_iter().fold(toml(2, &fair()), |text, day| {
        let asked = format!("text = \"Which of these three things would you most like to do all day on a {day}?\"");
        text.replacen("text = \"?\"", &asked, 1)
    });
    finds(&findings(&alike), Note, "`q1` asks nearly the same as `q0`");
    // The second role can get a little from every question, the first much from one choice of a few.
    let lopsided = |specs: &mut Vec<Spec>| {
        let rare = |_| Spec::Single(vec![vec![0, 1], vec![0, 1], vec![0, 1], vec![0, 1], vec![0, 1], vec![9, 0]]);
        *specs = (0..6).map(rare).collect();
    };
    let found = spoiled(lopsided);
    finds(&found, Error, "random answers let `r0` lead in");
    finds(&found, Error, "random answers let `r1` lead in 33.5 of 100 cases, more than the fair 29.9");
    finds(&found, Error, "random answers let `r0` lead in 26.3 of 100 cases, less than the fair 29.9");
    finds(&found, Warning, "the best fit that answers can give `r1` is");
    // Each of the two others gets as much as the third one wherever it gets anything.
    let shadowed = Spec::Single(vec![vec![4, 0, 2], vec![0, 4, 2], vec![0, 0, -2]]);
    let found = findings(&toml(3, &vec![shadowed; 6]));
    finds(&found, Error, "no answers can lead to a call for `r2`");
}

/// Where there are too many sheets to look at all, bounds decide: two of these roles differ in one question alone.
#[test]
fn what_can_be_reached_is_known_of_large_banks_too() {
    let question = |index: i64| {
        let (one, other) = (50 + index * 7 % 43, 50 + index * 11 % 41);
        Spec::Single(vec![vec![one, 0, one], vec![0, other, 0], vec![9, 20, 9]])
    };
    let mut specs: Vec<Spec> = (0..40).map(question).collect();
    specs.push(Spec::Single(vec![vec![1, 0, 0], vec![0, 1, 1]]));
    let bank = bank(3, &specs).unwrap();
    let scorer = Scorer::new(&bank);
    let audit = Audit::new(&scorer);
    let reach: Vec<Attainability> = audit.roles.iter().map(|role| role.attainability).collect();
    assert_eq!(reach, [Attainability::Impossible, Attainability::Reached, Attainability::Impossible]);
    assert!(audit.standard_error.is_some());
}

#[test]
fn the_document_has_the_figures() {
    let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_pathquiz")).args(arguments).output().unwrap();
    let output = run(&["bank", "audit", "--json"]);
    assert!(output.status.success());
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&document["errors"], &document["warnings"]), (&0.into(), &0.into()));
    assert_eq!(document["roles"][0]["call"], "reached");
    assert_eq!(document["questions"].as_array().unwrap().len(), 24);
    assert_eq!(document["straight"].as_array().unwrap().len(), 6);
    assert!(document["quick"]["share"].as_f64().unwrap() < 0.8);
    let unfair = run(&["bank", "audit", "tests/data/banks/tiny.toml", "--json"]);
    let told = "note: the audit of this bank finds 2 errors, with which `pathquiz bank check` fails\n";
    assert_eq!((unfair.status.code(), String::from_utf8(unfair.stderr).unwrap().as_str()), (Some(0), told));
    let document: Value = serde_json::from_slice(&unfair.stdout).unwrap();
    assert_eq!((&document["errors"], &document["warnings"]), (&2.into(), &2.into()));
    let text = String::from_utf8(run(&["bank", "audit", "tests/data/banks/tiny.toml"]).stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("and none is large enough to be clear."), "{text}");
    assert_eq!(run(&["bank", "check", "--strict"]).status.code(), Some(0));
}
