//! Errors for other programs: with `--json` a command that fails leaves one document on standard error and nothing else.

use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{command, feed, run, told};
use crate::harness::Setup;

const BROKEN: &str = "tests/data/banks/broken.toml";
const TINY: &str = "tests/data/banks/tiny.toml";

/// Everything that can fail, with its status, the code of the error and the number of problems. Nothing comes from standard
/// input.
const FAILURES: [(&[&str], i32, &str, usize); 29] = [
    (&["--json"], 2, "open-questions", 27),
    (&["--json", "--bank", TINY], 2, "open-questions", 2),
    (&["take", "--json", "-a", "stores=6"], 2, "wrong-flag", 1),
    (&["--json", "-a", "stores", "-a", "=5", "-a", "hours=six", "-a", "hours=ten"], 2, "wrong-flag", 3),
    (&["--json", "--bank", BROKEN], 3, "invalid-bank", 5),
    (&["--json", "--answers", "tests/data/answers/missing.json"], 1, "cannot-read", 1),
    (&["--json", "--answers", "tests/data/answers/wrong.json", "-a", "airport=9"], 2, "several-errors", 4),
    (&["--json", "--answers", "tests/data/answers/wrong.json"], 2, "invalid-answers", 3),
    (&["--json", "--no-input", "-o", "tests/no-such-folder/result.json"], 1, "no-folder", 1),
    (&["--json", "--no-input", "-o", "a.json", "-o", "a.json"], 2, "output-named-twice", 1),
    (&["--json", "--bank", "-", "--answers", "-"], 2, "stdin-used-twice", 1),
    (&["--json", "-a", "stores=5", "questions"], 2, "misplaced-flags", 1),
    (&["questions", "--json", "--bank", BROKEN], 3, "invalid-bank", 5),
    (&["plan", "--json"], 2, "wrong-number-of-roles", 1),
    (&["plan", "baker", "--json"], 2, "unknown-role", 1),
    (&["plan", "baker", "--json", "-a", "cloud=awz", "-a", "airport=5"], 2, "several-errors", 3),
    (&["plan", "baker", "--json", "--start", "tomorrow"], 2, "invalid-value", 1),
    (&["cohort", "--json", TINY], 2, "unreadable-sheets", 1),
    (&["cohort", "--json", "--bank", TINY, "tests/data/answers/many.ndjson"], 4, "rejected-rows", 2),
    (&["bank", "check", "--json", BROKEN], 3, "failed-check", 5),
    (&["bank", "check", "--json", "--strict", TINY], 3, "failed-check", 4),
    (&["bank", "audit", "--json", BROKEN], 3, "invalid-bank", 5),
    (&["bank", "diff", "--json", BROKEN, BROKEN], 3, "invalid-bank", 10),
    (&["bank", "diff", "--json", TINY, TINY, "--answers", "tests/data/answers/many.ndjson"], 4, "rejected-rows", 2),
    (&["--json", "--nonsense"], 2, "unknown-argument", 1),
    (&["--json", "bank"], 2, "missing-command", 1),
    (&["--json", "plam"], 2, "unknown-command", 1),
    (&["bank", "diff", "--json", TINY], 2, "missing-argument", 1),
    (&["questions", "--json", "--color", "alwais"], 2, "invalid-value", 1),
];

/// The one document on standard error.
fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stderr).unwrap_or_else(|error| panic!("{error}: {}", told(output)))
}

fn problems(document: &Value) -> &[Value] {
    document["error"]["problems"].as_array().unwrap()
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_failure_is_one_document_with_the_status_that_it_has_for_people() {
    const KEYS: [&str; 8] = ["code", "message", "question", "value", "allowed", "nearest", "file", "line"];
    for (arguments, status, code, count) in FAILURES {
        let output = run(arguments);
        let found = document(&output);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {found:#}");
        assert_eq!(keys(&found), ["error"], "{arguments:?}");
        assert_eq!(keys(&found["error"]), ["code", "message", "problems"], "{arguments:?}");
        assert_eq!(
            (&found["error"]["code"], problems(&found).len()),
            (&json!(code), count),
            "{arguments:?}: {found:#}"
        );
        for problem in problems(&found).iter().chain([&found["error"]]) {
            let text = |key: &str| problem[key].as_str().unwrap();
            assert!(text("code").bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{problem:#}");
            assert!(!text("message").is_empty() && !text("message").contains('\n'), "{problem:#}");
            assert!(!text("message").starts_with("error"), "{problem:#}");
        }
        for problem in problems(&found) {
            assert!(keys(problem).iter().all(|key| KEYS.contains(key) || *key == "column"), "{problem:#}");
        }
        let people: Vec<&str> = arguments.iter().copied().filter(|argument| *argument != "--json").collect();
        let people = run(&people);
        assert_eq!(people.status.code(), Some(status), "{arguments:?}");
        assert!(serde_json::from_slice::<Value>(&people.stderr).is_err(), "{arguments:?}");
    }
}

#[test]
fn both_flags_for_json_do_the_same() {
    for flags in [&["--format", "json"][..], &["--format=json"]] {
        let arguments: Vec<&str> = ["plan", "baker"].iter().chain(flags).copied().collect();
        assert_eq!(document(&run(&arguments)), document(&run(&["plan", "baker", "--json"])));
    }
    let form = run(&["plan", "baker", "-o", "plan.json"]);
    assert!(told(&form).starts_with("error: unknown role `baker`"), "{}", told(&form));
}

/// What a program needs to mend the problem stands there as data.
#[test]
fn a_problem_has_its_data() {
    let data = |arguments: &[&str]| {
        let mut problem = problems(&document(&run(arguments)))[0].clone();
        problem.as_object_mut().unwrap().remove("message");
        problem
    };
    assert_eq!(
        data(&["--json", "-a", "music=pays"]),
        json!({
            "code": "unknown-value", "question": "music", "value": "pays", "nearest": "plays",
            "allowed": ["plays", "archive", "moods", "next", "skip"],
        })
    );
    let told = data(&["--json", "-a", "airport=9"]);
    assert_eq!((&told["value"], &told["allowed"]), (&json!("9"), &json!([1, 2, 3, 4, 5, "skip"])));
    let told = data(&["--json", "-a", "storez=5"]);
    assert_eq!(
        (&told["question"], &told["value"], &told["nearest"]),
        (&json!("storez"), &json!("5"), &json!("stores"))
    );
    assert_eq!(told["allowed"].as_array().unwrap().len(), 27);
    let told = data(&["plan", "data-enginering", "--json"]);
    assert_eq!((&told["value"], &told["nearest"]), (&json!("data-enginering"), &json!("data-engineering")));
    assert_eq!(told["allowed"], json!(["data-engineering", "machine-learning-engineering"]));
    let told = data(&["questions", "--format", "jsn", "--json"]);
    assert_eq!((&told["value"], &told["nearest"]), (&json!("jsn"), &json!("json")));
    assert_eq!(
        data(&["--json", "--answers", "tests/data/answers/wrong.json"]),
        json!({
            "code": "unknown-question", "question": "storez", "nearest": "stores",
            "allowed": told_questions(), "file": "tests/data/answers/wrong.json", "line": 2, "column": 4,
        })
    );
    assert_eq!(
        data(&["cohort", "--json", "--bank", TINY, "tests/data/answers/many.ndjson"]),
        json!({
            "code": "unknown-question", "question": "evening", "allowed": ["recipes", "saturday"],
            "file": "tests/data/answers/many.ndjson", "line": 2, "column": 64,
        })
    );
}

/// Ids of all questions, from the document that lists them.
fn told_questions() -> Vec<Value> {
    let questions: Value = serde_json::from_slice(&run(&["questions", "--json"]).stdout).unwrap();
    questions["questions"].as_array().unwrap().iter().map(|question| question["id"].clone()).collect()
}

#[test]
fn a_bank_with_mistakes_has_a_problem_at_each_place() {
    let found = document(&run(&["plan", "cook", "--json", "--bank", BROKEN]));
    let places: Vec<_> = problems(&found).iter().map(|it| (&it["code"], &it["line"], &it["column"])).collect();
    assert_eq!(
        json!(places),
        json!([
            ["missing-key", 1, 1],
            ["unknown-key", 4, 1],
            ["unknown-question-kind", 18, 8],
            ["unknown-role", 28, 58],
            ["out-of-range", 28, 68],
        ])
    );
    assert!(problems(&found).iter().all(|problem| problem["file"] == BROKEN), "{found:#}");
}

#[test]
fn open_questions_are_named_with_what_they_take() {
    let found = document(&run(&["--json"]));
    let ids: Vec<&Value> = problems(&found).iter().map(|problem| &problem["question"]).collect();
    assert_eq!(json!(ids), json!(told_questions()));
    assert!(problems(&found).iter().all(|problem| problem["allowed"].as_array().unwrap().contains(&json!("skip"))));
}

/// Notes are told where all went well, and where a person reads them.
#[test]
fn notes_wait_for_the_end() {
    let fine = run(&["questions", "--json", "--bank", TINY]);
    assert_eq!(fine.status.code(), Some(0));
    assert!(told(&fine).starts_with("note: the audit of this bank finds 2 errors"), "{}", told(&fine));
    assert_eq!(told(&fine), told(&run(&["questions", "--bank", TINY])));
}

/// A program gets the document alone; a person at a terminal has read the questions above it.
#[test]
fn a_quiz_that_is_left_ends_with_a_document() {
    let state = TempDir::new().unwrap();
    let mut plain = command(&["--plain", "--json"]);
    plain.env("XDG_STATE_HOME", state.path());
    let (output, _) = feed(plain, "4\n".to_owned(), |_| {});
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let found: Value = serde_json::from_str(&told(&output)).unwrap();
    assert_eq!(found["error"]["code"], "quiz-left", "{found:#}");

    let state = TempDir::new().unwrap();
    let mut session = Setup::new(40, 400).arguments(&["--json"]).state(state.path()).start();
    session.wait(" 1 of 27");
    session.press("q");
    let end = session.end();
    assert_eq!(end.status, 130);
    let found: Value = serde_json::from_str(&end.screen[end.screen.find("{\n").unwrap()..]).unwrap();
    assert_eq!((&found["error"]["code"], problems(&found).len()), (&json!("quiz-left"), 1), "{found:#}");
}
