//! Banks written by tests: a specification as plain numbers, and its TOML.

pub(crate) mod page;

use std::fmt::Write as _;

use pathquiz::internals::bank::{Answer, Bank, Response, Sheet};
use pathquiz::internals::plan::{Pace, Plan, PlanPreferences};
use pathquiz::internals::report::ResultReport;
use pathquiz::internals::scoring::{Length, Recommendation, Scorer};
use proptest::collection::vec;
use proptest::prelude::*;

/// A question by its kind and the points of its choices, one row a choice, one number a role.
#[derive(Clone, Debug)]
pub(crate) enum Spec {
    /// Points a step, one number a role.
    Scale(Vec<i64>),
    Single(Vec<Vec<i64>>),
    Multi(Vec<Vec<i64>>, usize, usize),
    Rank(Vec<Vec<i64>>, Vec<i64>),
}

/// TOML of a bank with roles `r0`, `r1`, … and questions `q0`, `q1`, … whose choices are `c0`, `c1`, …
pub(crate) fn toml(roles: usize, questions: &[Spec]) -> String {
    let mut text = "format = 1\nid = \"test\"\nversion = \"1\"\ntitle = \"Test\"\n".to_owned();
    for role in 0..roles {
        let _ = write!(text, "[[role]]\nid = \"r{role}\"\nname = \"Role {role}\"\nsummary = \"-\"\n");
    }
    for (index, question) in questions.iter().enumerate() {
        let _ = write!(text, "[[question]]\nid = \"q{index}\"\ntext = \"?\"\n");
        let choices = match question {
            Spec::Scale(key) => {
                let _ = write!(text, "kind = \"scale\"\nkey = {}\n", points(key));
                continue;
            }
            Spec::Single(choices) => {
                text.push_str("kind = \"single\"\n");
                choices
            }
            Spec::Multi(choices, fewest, most) => {
                let _ = write!(text, "kind = \"multi\"\npick = [{fewest}, {most}]\n");
                choices
            }
            Spec::Rank(choices, places) => {
                let _ = write!(text, "kind = \"rank\"\nplaces = {places:?}\n");
                choices
            }
        };
        for (index, choice) in choices.iter().enumerate() {
            let _ = write!(text, "[[question.choice]]\nid = \"c{index}\"\ntext = \"-\"\npoints = {}\n", points(choice));
        }
    }
    text
}

fn points(points: &[i64]) -> String {
    let pairs: Vec<String> = points.iter().enumerate().map(|(role, points)| format!("r{role} = {points}")).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// The bank of that TOML, unless a role has no variance in it.
pub(crate) fn bank(roles: usize, questions: &[Spec]) -> Option<Bank> {
    Bank::parse(toml(roles, questions).as_bytes()).ok()
}

fn rows(roles: usize, choices: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<Vec<i64>>> {
    vec(vec(-3_i64..=3, roles), choices)
}

/// A bank of eight roles and five questions whose points are spread so wide that no 64 bits hold the sums of all roles.
pub(crate) fn wide_bank() -> Bank {
    let mixed = |seed: i64| (seed * 7_919 + 104_729) % 199 - 99;
    let question = |number: i64| {
        let row = |choice: i64| (0..8).map(|role| mixed(number * 64 + choice * 8 + role)).collect();
        Spec::Single((0..4).map(row).collect())
    };
    bank(8, &(1..=5).map(question).collect::<Vec<_>>()).unwrap()
}

/// Any question with small points.
pub(crate) fn question(roles: usize) -> impl Strategy<Value = Spec> {
    prop_oneof![
        vec(-3_i64..=3, roles).prop_map(Spec::Scale),
        rows(roles, 2..=4).prop_map(Spec::Single),
        (rows(roles, 2..=3), 0_usize..=1, 1_usize..=2).prop_map(|(rows, fewest, most)| Spec::Multi(rows, fewest, most)),
        (rows(roles, 3..=3), vec(-1_i64..=3, 1..=2)).prop_map(|(rows, places)| Spec::Rank(rows, places)),
    ]
}

/// The sheet on which the n-th question has the given outcome, counted around; nothing given is skipped.
pub(crate) fn sheet<'b>(bank: &'b Bank, outcomes: &[Option<usize>]) -> Sheet<'b> {
    let mut sheet = Sheet::new(bank);
    for (question, outcome) in bank.questions().iter().zip(outcomes) {
        let mut all = question.outcomes();
        let answer = outcome.map_or(Answer::Skip, |outcome| all.swap_remove(outcome % all.len()));
        sheet.put(Response { question, answer });
    }
    sheet
}

/// Specifications of small banks: few enough sheets to try them all.
pub(crate) fn specs() -> impl Strategy<Value = (usize, Vec<Spec>)> {
    (2_usize..=4).prop_flat_map(|roles| (Just(roles), vec(question(roles), 1..=4)))
}

/// Every sheet of a bank, fully answered.
pub(crate) fn all_sheets(bank: &Bank) -> Vec<Sheet<'_>> {
    let mut sheets = vec![Sheet::new(bank)];
    for question in bank.questions() {
        let extended = sheets.iter().flat_map(|sheet| {
            question.outcomes().into_iter().map(|answer| {
                let mut sheet = sheet.clone();
                sheet.put(Response { question, answer });
                sheet
            })
        });
        sheets = extended.collect();
    }
    sheets
}

/// The report on a sheet.
pub(crate) fn report<'m>(scorer: &'m Scorer<'m>, sheet: &'m Sheet<'m>, pace: Pace, length: Length) -> ResultReport<'m> {
    let score = scorer.score(sheet);
    let recommendation = Recommendation::new(&score, length);
    let plan =
        Plan::for_recommendation(recommendation.role, &recommendation.shortlist, &PlanPreferences::new(sheet), pace);
    ResultReport::new(sheet, score, recommendation, plan.unwrap_or_default())
}
