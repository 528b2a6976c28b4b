//! Twenty different mistakes in one copy of the shipped bank: each is found in one run, at its line, with advice.

use std::fs;
use std::process::Command;

use pathquiz::internals::bank::SHIPPED;
use serde_json::Value;
use tempfile::TempDir;

/// What stands in the bank, what is made of it, and what the message and the advice have to say. Each is taken from where
/// the one before was found, so that they stand in file order.
const PLANTED: [(&str, &str, &str, &str); 20] = [
    ("version = \"2.0.0\"", "version = 1.0", "expected text in quotes", "write text in quotes"),
    ("language = \"en\"", "language = \"english language\"", "is not a language tag", "\"en\""),
    ("close = 0.20", "close = 1.20", "are not valid thresholds", "keep 0 < clear"),
    ("source = \"https://www.indeed", "source = \"javascript://www.indeed", "is not a web address", "https://"),
    ("as_of = \"2025\"", "as_of = \"soon\"", "expected a date", "2026-09-01"),
    ("hours = [20, 40]", "hours = [40, 20]", "is not a range", "low"),
    ("kind = \"course\"", "kind = \"lecture\"", "`lecture`", "course"),
    ("id = \"sql\"", "id = \"python\"", "`python`", "id"),
    ("id = \"lifecycle\"", "id = \"Life Cycle\"", "`Life Cycle`", "lower-case"),
    ("price_usd = 150", "prize_usd = 150", "unknown key `prize_usd`", "did you mean `price_usd`?"),
    ("successors = [\"dea-c01\"]", "successors = [\"dea-c02\"]", "`dea-c02`", "did you mean `dea-c01`?"),
    ("kind = \"scale\"", "kind = \"scales\"", "`scales`", "did you mean `scale`?"),
    (
        "points = { data-engineering = 3 }",
        "points = { data-enginering = 3 }",
        "`data-enginering`",
        "did you mean `data-engineering`?",
    ),
    ("points = { machine-learning-engineering = 3 }", "points = { machine-learning-engineering = 300 }", "300", "100"),
    (
        "key = { machine-learning-engineering = 2 }",
        "choice = []\nkey = { machine-learning-engineering = 2.5 }",
        "a whole number",
        "whole number",
    ),
    ("kind = \"single\"", "kind = \"single\"\npick = [1, 2]", "`pick` belongs to multi questions", "multi"),
    ("prefers = [\"aws\"]", "prefers = [\"awz\"]", "`awz`", "did you mean `aws`?"),
    ("knows = [\"spark\"]", "knows = [\"sparck\"]", "`sparck`", "did you mean `spark`?"),
    ("hours_per_week = 3", "hours_per_week = 500", "500", "168"),
    ("verdict = \"clear\"", "verdict = \"sure\"", "`sure`", "clear"),
];

#[test]
fn twenty_mistakes_are_found_in_one_run_each_at_its_line() {
    let (mut spoiled, mut rest, mut lines) = (String::new(), SHIPPED, Vec::new());
    for (good, bad, ..) in PLANTED {
        let (before, after) = rest.split_once(good).unwrap_or_else(|| panic!("{good} is not in the bank any more"));
        spoiled.push_str(before);
        let first = spoiled.matches('\n').count() + 1;
        lines.push(first..=first + bad.matches('\n').count());
        spoiled.push_str(bad);
        rest = after;
    }
    spoiled.push_str(rest);
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("mine.toml");
    fs::write(&file, spoiled).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_pathquiz"))
        .args(["bank", "check", "--json", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let problems = document["problems"].as_array().unwrap();
    let mut missed = Vec::new();
    for ((_, bad, message, advice), lines) in PLANTED.iter().zip(&lines) {
        let there = |problem: &&Value| lines.contains(&usize::try_from(problem["line"].as_u64().unwrap()).unwrap());
        let there: Vec<&Value> = problems.iter().filter(there).collect();
        let says = |problem: &Value, key: &str, text: &str| problem[key].as_str().unwrap().contains(text);
        if !there.iter().any(|problem| says(problem, "message", message) && says(problem, "advice", advice)) {
            missed.push((bad, lines, there));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    // What follows from a mistake is not told as another one, but for ids that stand in plan questions as well.
    assert!(problems.len() <= PLANTED.len() + 6, "{problems:#?}");
}
