//! Kept results: shown, listed, compared and deleted, and results of invented people.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A home whose results are given: a number with the answers behind it.
struct Home(TempDir);

impl Home {
    fn with(results: &[(u32, &[&str])]) -> Self {
        let home = Self(TempDir::new().unwrap());
        fs::create_dir_all(home.folder()).unwrap();
        for (number, arguments) in results {
            let document = home.run(&[&["--no-input", "--json", "--start=2026-11-30"], *arguments].concat());
            assert!(document.status.success(), "{}", text(&document.stderr));
            let id = serde_json::from_slice::<Value>(&document.stdout).unwrap()["bank"]["id"].clone();
            let name = format!("{}-{number}-2026-11-30.json", id.as_str().unwrap());
            fs::write(home.folder().join(name), document.stdout).unwrap();
        }
        home
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("pathquiz/results")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
        command.env_clear().env("LANG", "C.UTF-8").env("HOME", "/nonexistent").env("XDG_DATA_HOME", self.0.path());
        command.stdin(Stdio::null()).args(arguments).output().unwrap()
    }

    /// Returns what a command prints that ends well.
    fn shown(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Returns the code of the error with which a command ends.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stdout));
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        error["error"]["code"].as_str().unwrap().to_owned()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const PLUMBER: &[&str] = &["--answers", "tests/data/answers/plumber.json"];

#[test]
fn a_kept_result_comes_back_as_it_was() {
    let home = Home::with(&[(1, PLUMBER), (2, &["-a", "stores=5"])]);
    let kept = fs::read_to_string(home.folder().join("data-or-ml-1-2026-11-30.json")).unwrap();
    assert_eq!(home.shown(&["result", "1", "--json"]), kept);
    assert!(home.shown(&["result"]).contains("You have not answered enough"), "the last one without a number");
    let page = home.0.path().join("page.html");
    home.shown(&["result", "1", "-o", page.to_str().unwrap()]);
    assert!(fs::read_to_string(page).unwrap().contains("Data Engineering"));
    let path = home.shown(&["result", "1", "--path"]);
    assert_eq!(path.trim_end(), home.folder().join("data-or-ml-1-2026-11-30.json").to_str().unwrap());
    assert_eq!(home.shown(&["--answers", path.trim_end(), "--json"]), kept);
    assert_eq!(home.refused(&["result", "1", "-o", path.trim_end()]), "output-is-input");
}

#[test]
fn the_last_result_is_the_one_that_is_planned() {
    let home = Home::with(&[(7, PLUMBER)]);
    let plan = home.shown(&["plan"]);
    assert!(plan.contains("Data Engineering"), "{plan}");
    assert_eq!(plan, home.shown(&["plan", "--answers", home.shown(&["result", "--path"]).trim_end()]));
    let other = ["plan", "--bank", "tests/data/banks/kinds.toml"];
    assert_eq!(home.refused(&other), "wrong-number-of-roles", "the result answers other questions");
    assert_eq!(Home::with(&[]).refused(&["plan"]), "wrong-number-of-roles");
}

#[test]
fn results_are_listed_and_deleted() {
    let home = Home::with(&[(2, PLUMBER), (10, &["-a", "stores=5"])]);
    fs::write(home.folder().join("data-or-ml-3-2026-12-01.json"), "{").unwrap();
    assert_eq!(
        home.shown(&["result", "--list"]),
        "   2  30 Nov 2026  data-or-ml  clear: data-engineering\n   3   1 Dec 2026  data-or-ml  cannot be read\n  \
         10  30 Nov 2026  data-or-ml  insufficient: data-engineering\n"
    );
    let list: Value = serde_json::from_str(&home.shown(&["result", "--list", "--json"])).unwrap();
    assert_eq!(list["results"][0]["verdict"], "clear");
    assert_eq!(list["results"][1]["verdict"], Value::Null);
    assert_eq!(home.refused(&["result", "3"]), "unreadable-result");
    assert_eq!(home.refused(&["result", "4"]), "no-kept-result");
    home.shown(&["result", "--delete", "3"]);
    assert_eq!(home.shown(&["result", "--list"]).lines().count(), 2);
    fs::copy(home.folder().join("data-or-ml-2-2026-11-30.json"), home.folder().join("other-2-2026-11-30.json"))
        .unwrap();
    assert_eq!(home.refused(&["result", "2"]), "number-used-twice");
    home.shown(&["result", "--delete", "all"]);
    assert_eq!(home.shown(&["result", "--list"]), "");
    assert_eq!(home.refused(&["result"]), "no-kept-result");
    home.shown(&["result", "--delete", "all"]);
    let nothing = Home(TempDir::new().unwrap());
    assert_eq!(nothing.shown(&["result", "--list"]), "");
    assert_eq!(nothing.run(&["result", "9", "--path"]).status.code(), Some(2));
}

#[test]
fn a_result_is_shown_when_its_bank_has_gone() {
    let folder = TempDir::new().unwrap();
    let bank = folder.path().join("bank.toml");
    fs::copy("tests/data/banks/tiny.toml", &bank).unwrap();
    let arguments = ["--bank", bank.to_str().unwrap(), "-a", "recipes=4", "-a", "saturday=market"];
    let home = Home::with(&[(1, &arguments)]);
    fs::remove_file(&bank).unwrap();
    assert_eq!(home.refused(&["result"]), "no-kept-bank");
    let kept: Value =
        serde_json::from_str(&fs::read_to_string(home.folder().join("weekend-1-2026-11-30.json")).unwrap()).unwrap();
    let digits = &kept["bank"]["fingerprint"].as_str().unwrap()["sha256:".len()..][..12];
    let text = home.folder().join(format!("weekend-{digits}.toml"));
    fs::copy("tests/data/banks/tiny.toml", &text).unwrap();
    assert!(home.shown(&["result"]).contains("Cook"));
    fs::write(&text, fs::read_to_string(&text).unwrap() + "\n# changed\n").unwrap();
    assert_eq!(home.refused(&["result"]), "no-kept-bank");
}

#[test]
fn two_results_are_compared_answer_by_answer() {
    let torn: &[&str] = &["--answers", "tests/data/answers/torn.json"];
    let home =
        Home::with(&[(1, PLUMBER), (2, torn), (3, &["--bank", "tests/data/banks/tiny.toml", "-a", "recipes=4"])]);
    assert_eq!(home.refused(&["result", "--compare", "1"]), "wrong-number-of-results");
    let compared: Value = serde_json::from_str(&home.shown(&["result", "--compare", "1", "2", "--json"])).unwrap();
    let changes = compared["changes"].as_array().unwrap();
    let sum: f64 = changes.iter().map(|change| change["lead"].as_f64().unwrap()).sum();
    assert_eq!(sum.to_bits(), compared["lead"].as_f64().unwrap().to_bits());
    let [from, to] = ["first", "second"].map(|which| compared[which]["verdict"].as_str().unwrap().to_owned());
    assert_ne!(from, to, "{compared}");
    let text = home.shown(&["result", "--compare", "1", "2"]);
    assert!(text.contains("Result 1") && text.contains("Result 2") && text.contains("Answers that differ"), "{text}");
    fs::copy(home.folder().join("data-or-ml-1-2026-11-30.json"), home.folder().join("data-or-ml-4-2026-11-30.json"))
        .unwrap();
    fs::remove_file(home.folder().join("weekend-3-2026-11-30.json")).unwrap();
    let same: Value = serde_json::from_str(&home.shown(&["result", "--compare", "1", "4", "--json"])).unwrap();
    assert_eq!((&same["changes"], &same["lead"]), (&serde_json::json!([]), &serde_json::json!(0.0)));
}

#[test]
fn an_invented_person_shows_what_a_result_looks_like() {
    let home = Home::with(&[]);
    let list = home.shown(&["--persona"]);
    let first = list.split_whitespace().next().unwrap();
    assert!(list.lines().count() >= 5, "{list}");
    for id in list.lines().filter_map(|line| line.split_whitespace().next()) {
        home.shown(&["--persona", id]);
    }
    let document: Value = serde_json::from_str(&home.shown(&["--persona", first, "--json"])).unwrap();
    assert!(document["recommendation"]["verdict"].is_string());
    assert_eq!(home.refused(&["--persona", "nobody"]), "unknown-persona");
    let open = home.run(&[]);
    assert!(text(&open.stderr).contains("pathquiz --persona"), "{}", text(&open.stderr));
}
