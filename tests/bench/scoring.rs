//! What scoring costs on the shipped bank. `baseline` parses the same sheet as JSON: the others are told as a
//! multiple of something everybody knows the cost of, measured in the same run.
#![allow(clippy::print_stdout, reason = "what a benchmark prints is its result")]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use jiff::civil::date;
use pathquiz::internals::bank::{Bank, SHIPPED, Sheet};
use pathquiz::internals::plan::{Pace, Plan, PlanPreferences};
use pathquiz::internals::report::{Report as _, ResultReport};
use pathquiz::internals::scoring::{Chance, Length, Recommendation, Scorer};

/// People whose answers are scored to tell what skipped questions cost.
const PEOPLE: usize = 5_000;

const THREE_ROLES: &str = include_str!("../data/banks/three.toml");
const PLUMBER: &str = include_str!("../data/answers/plumber.json");
const PACE: Pace = Pace { start: date(2026, 11, 23), hours_per_week: 6 };

fn bank() -> Bank {
    Bank::parse(SHIPPED.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn sheet(bank: &Bank) -> Sheet<'_> {
    let mut sheet = Sheet::new(bank);
    for response in bank.read_answers(PLUMBER.as_bytes()).map_or_else(|_| Vec::new(), |record| record.responses) {
        sheet.put(response);
    }
    sheet.skip_open();
    sheet
}

/// Mean seconds of one run, over enough runs to last half a second.
fn time<T>(mut work: impl FnMut() -> T) -> f64 {
    black_box(work());
    let (start, mut runs) = (Instant::now(), 0_u32);
    while start.elapsed().as_secs_f64() < 0.5 {
        black_box(work());
        runs += 1;
    }
    start.elapsed().as_secs_f64() / f64::from(runs.max(1))
}

/// Answers of people as CSV, each question skipped by one in so many of them, or by none. Equal arguments give equal rows.
fn answers(bank: &Bank, skips: Option<usize>) -> String {
    let questions: Vec<_> = bank.questions().iter().filter(|question| question.is_scored()).collect();
    let ids: Vec<&str> = questions.iter().map(|question| &*question.id).collect();
    let mut text = format!("id,{}\n", ids.join(","));
    let mut state = 1_u64;
    let mut random = move |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % bound
    };
    for person in 0..PEOPLE {
        let _ = write!(text, "p{person}");
        for question in &questions {
            text.push(',');
            let choice = random(question.choices.len());
            let is_skipped = skips.is_some_and(|one_in| random(one_in) == 0);
            match &*question.choices[choice].id {
                _ if is_skipped => {}
                id => text.push_str(id),
            }
        }
        text.push('\n');
    }
    text
}

/// Returns the seconds of the whole command that scores some answers: the fastest of three runs.
fn score(answers: &str, folder: &Path) -> f64 {
    let [people, bank, scored] = ["people.csv", "bank.toml", "scored.csv"].map(|name| folder.join(name));
    fs::write(&people, answers).unwrap_or_else(|error| panic!("{error}"));
    let run = || {
        let arguments: [&OsStr; 7] = [
            "pathquiz".as_ref(),
            "score".as_ref(),
            people.as_ref(),
            "--bank".as_ref(),
            bank.as_ref(),
            "-o".as_ref(),
            scored.as_ref(),
        ];
        let start = Instant::now();
        assert_eq!(pathquiz::internals::cli::run(arguments.map(OsStr::to_owned)), ExitCode::SUCCESS);
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| run()).fold(f64::INFINITY, f64::min)
}

/// Tells how many times as much people who skip one question in ten cost as those who skip none.
fn show_skips(name: &str, text: &str) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    fs::write(folder.path().join("bank.toml"), text).unwrap_or_else(|error| panic!("{error}"));
    let bank = Bank::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let complete = score(&answers(&bank, None), folder.path());
    let skipped = score(&answers(&bank, Some(10)), folder.path());
    println!("{:<44} {complete:>9.3} s", format!("{PEOPLE} people, {name}"));
    println!("{:<44} {skipped:>9.3} s  {:>8.1} × complete", "one question in ten skipped", skipped / complete);
}

fn main() {
    let bank = bank();
    let scorer = Scorer::new(&bank);
    let sheet = sheet(&bank);
    let baseline = time(|| serde_json::from_str::<serde_json::Value>(black_box(PLUMBER)).ok());
    let show = |name: &str, seconds: f64| {
        println!("{name:<44} {:>9.1} µs {:>8.1} × parsing a sheet", seconds * 1e6, seconds / baseline);
    };
    show("parse a sheet of answers as JSON (baseline)", baseline);
    show("read and validate the shipped bank", time(|| Bank::parse(black_box(SHIPPED.as_bytes())).ok()));
    show("constants of the bank", time(|| Scorer::new(black_box(&bank))));
    show("chance distribution of the whole bank", time(|| Chance::of_bank(black_box(scorer.model()))));
    show("fits and contributions of one sheet", time(|| scorer.score(black_box(&sheet)).contributions()));
    show("sheet to verdict, with chance and flips", time(|| scorer.recommend(black_box(&sheet)).verdict));
    show(
        "sheet to full result as JSON, with plan",
        time(|| {
            let score = scorer.score(&sheet);
            let recommendation = Recommendation::new(&score, Length::Full);
            let preferences = PlanPreferences::new(&sheet);
            let plan = Plan::for_recommendation(recommendation.role, &recommendation.shortlist, &preferences, PACE);
            plan.map(|plan| ResultReport::new(&sheet, score, recommendation, plan).json())
        }),
    );
    let unequal = THREE_ROLES.replace("points = { data-science = 4 }", "points = { data-science = 5 }");
    show_skips("two roles", SHIPPED);
    show_skips("three roles, equally spread", THREE_ROLES);
    show_skips("three roles, spread otherwise", &unequal);
}
