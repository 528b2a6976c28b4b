//! What scoring costs on the shipped bank. `baseline` parses the same sheet as JSON: the others are told as a
//! multiple of something everybody knows the cost of, measured in the same run.
#![allow(clippy::print_stdout, reason = "what a benchmark prints is its result")]

use std::hint::black_box;
use std::time::Instant;

use jiff::civil::date;
use pathquiz::bank::{Bank, SHIPPED, Sheet};
use pathquiz::plan::{Pace, Plan, Wishes};
use pathquiz::report::Report;
use pathquiz::scoring::{Chance, Length, Model, Recommendation};

const PLUMBER: &str = include_str!("../answers/plumber.json");
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

fn main() {
    let bank = bank();
    let model = Model::new(&bank);
    let sheet = sheet(&bank);
    let baseline = time(|| serde_json::from_str::<serde_json::Value>(black_box(PLUMBER)).ok());
    let show = |name: &str, seconds: f64| {
        println!("{name:<44} {:>9.1} µs {:>8.1} × parsing a sheet", seconds * 1e6, seconds / baseline);
    };
    show("parse a sheet of answers as JSON (baseline)", baseline);
    show("read and validate the shipped bank", time(|| Bank::parse(black_box(SHIPPED.as_bytes())).ok()));
    show("constants of the bank", time(|| Model::new(black_box(&bank))));
    show("chance distribution of the whole bank", time(|| Chance::of_bank(black_box(&model))));
    show("fits and contributions of one sheet", time(|| model.score(black_box(&sheet)).contributions()));
    show("sheet to verdict, with chance and flips", time(|| model.recommend(black_box(&sheet)).verdict));
    show(
        "sheet to full result as JSON, with plan",
        time(|| {
            let score = model.score(&sheet);
            let recommendation = Recommendation::new(&score, Length::Full);
            let wishes = Wishes::new(&sheet);
            let plan = Plan::toward(recommendation.role, &recommendation.shortlist, &wishes, PACE);
            plan.map(|plan| Report::new(&sheet, score, recommendation, plan).json())
        }),
    );
}
