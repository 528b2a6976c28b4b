//! The command as it is run: its document, its exit statuses, and the files of sheets that it reads.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde::Deserialize;
use serde_json::Value as Json;
use tempfile::TempDir;

const OLD: &str = "tests/data/banks/tiny.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema_version: u32,
    tool: Json,
    old: Json,
    new: Json,
    changes: Vec<Change>,
    people: Option<People>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    kind: String,
    id: String,
    what: String,
    role: Option<String>,
    from: Json,
    to: Json,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    sheets: usize,
    same: usize,
    other_verdict: usize,
    other_role: usize,
    rejected: usize,
    skipped: Json,
    changed: Vec<Person>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    id: Option<String>,
    line: usize,
    old: Outcome,
    new: Outcome,
    why: Vec<Cause>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    role: Option<String>,
    verdict: String,
    lead: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cause {
    question: String,
    from: f64,
    to: f64,
}

/// Runs `bank diff`, with something on standard input.
fn diff(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.args(["bank", "diff"]).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that has refused its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// A folder with a newer state of the small bank: recipes weigh more, and the market is gone.
fn newer() -> (TempDir, String) {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let bank = std::fs::read_to_string(OLD).unwrap();
    let bank = bank.replace("key = { cook = 1 }", "key = { cook = 4 }").replace("\"market\"", "\"stalls\"");
    let path = folder.path().join("new.toml");
    std::fs::write(&path, bank).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn people(input: &[u8]) -> (People, Output) {
    let (_folder, new) = newer();
    let output = diff(&[OLD, &new, "--answers", "-", "--json"], input);
    let document: Document = serde_json::from_slice(&output.stdout).unwrap();
    (document.people.unwrap(), output)
}

fn errors(output: &Output) -> Vec<String> {
    let errors = String::from_utf8(output.stderr.clone()).unwrap();
    errors.lines().filter(|line| !line.starts_with("note: ")).map(str::to_owned).collect()
}

#[test]
fn the_document_says_what_changed_and_for_whom() {
    let (_folder, new) = newer();
    let sheets = b"{\"recipes\":5,\"saturday\":\"beds\"}\n\n{\"id\":\"b\",\"answers\":{\"recipes\":4,\"saturday\":\"market\"}}\n{\"recipes\":\"skip\"}\n";
    let output = diff(&[OLD, &new, "--answers", "-", "--json"], sheets);
    assert_eq!(output.status.code(), Some(0));
    let document: Document = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((document.schema_version, &document.tool["name"]), (2, &"pathquiz".into()));
    assert_eq!(document.old["id"], document.new["id"]);
    assert_ne!(document.old["fingerprint"], document.new["fingerprint"]);
    let told: Vec<_> = document.changes.iter().map(|change| (&*change.kind, &*change.id, &*change.what)).collect();
    let expected = [
        ("question", "recipes", "key"),
        ("choice", "saturday/stalls", "added"),
        ("choice", "saturday/market", "removed"),
        ("question", "recipes", "share"),
    ];
    assert_eq!(told, expected);
    let key = &document.changes[0];
    assert_eq!((key.role.as_deref(), &key.from, &key.to), (Some("cook"), &1.into(), &4.into()));
    assert!(document.changes[1..].iter().all(|change| change.role.is_none()));
    let people = document.people.unwrap();
    let counts = [people.sheets, people.same, people.other_verdict, people.other_role, people.rejected];
    assert_eq!(counts, [3, 1, 1, 1, 0]);
    assert_eq!(people.skipped, serde_json::json!({ "old": 0, "new": 1 }));
    let [first, second] = people.changed.as_slice() else { panic!("{people:?}") };
    assert_eq!((&first.id, first.line, second.id.as_deref(), second.line), (&None, 1, Some("b"), 3));
    assert_eq!((first.old.role.as_deref(), first.new.role.as_deref()), (Some("gardener"), Some("cook")));
    assert_eq!((&*second.old.verdict, &*second.new.verdict), ("close", "insufficient"));
    assert!(first.old.lead > 0.0 && first.new.lead > 0.0);
    // A lead is what the answers give, so the changes of all of them turn the one lead into the other.
    let moved: f64 = first.why.iter().map(|cause| cause.to - cause.from).sum();
    assert!((moved + first.old.lead + first.new.lead).abs() < 1e-9);
    assert_eq!(first.why[0].question, "recipes");
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(!text.contains("new.toml") && !text.contains("tests/"));
    assert_eq!(text.into_bytes(), diff(&[OLD, &new, "--answers", "-", "--json"], sheets).stdout);
}

#[test]
fn bad_lines_are_named_and_the_rest_is_scored() {
    let mut sheets =
        b"{\"recipes\":1}\n{\"recipes\":\nrecipes = 5\n{\"recipes\":9,\"x\":1}\n[]\n{\"recipes\":\"\xff\"}\n".to_vec();
    sheets.extend(br#"{"recipes":1,"saturday":""#);
    sheets.resize(sheets.len() + (1 << 20), b'm');
    sheets.extend(b"\"}\r\n{\"recipes\":2}");
    let (people, output) = people(&sheets);
    assert_eq!((people.sheets, people.rejected), (2, 6));
    assert_eq!(output.status.code(), Some(4));
    // Of a line that has two mistakes both are told where there is room for it.
    let document: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    let told = document["error"]["problems"].as_array().unwrap().iter().map(|told| told["line"].as_u64().unwrap());
    assert_eq!(told.collect::<Vec<_>>(), [2, 3, 4, 4, 5, 6, 7]);
    let errors = errors(&diff(&[OLD, OLD, "--answers", "-"], &sheets));
    let reasons = [
        "standard input:2:11: this is not JSON: ",
        "standard input:3: this is not a JSON object; ",
        "standard input:4:12: `recipes` has no choice `9`; allowed: 1 (dislike a lot) to 5 (like a lot), or `skip`; 1 more",
        "standard input:5: this is not a JSON object; ",
        "standard input:6:13: the file is not UTF-8 text",
        "standard input:7: the line has more than 1048576 bytes; ",
        "error: 6 lines were rejected",
    ];
    assert_eq!(errors.len(), reasons.len(), "{errors:#?}");
    for (error, reason) in errors.iter().zip(reasons) {
        assert!(error.starts_with(reason), "{error}");
    }
}

#[test]
fn the_longest_line_is_read() {
    let sheet = "{\"recipes\":5}";
    let padded = |bytes: usize| format!("{}{sheet}\r\n{sheet}\n", " ".repeat(bytes - sheet.len()));
    assert_eq!(people(padded(1 << 20).as_bytes()).0.sheets, 2);
    // The first line is too long, and the second one is none the worse for it.
    let (people, output) = people(padded((1 << 20) + 1).as_bytes());
    assert_eq!((people.sheets, people.rejected, output.status.code()), (1, 1, Some(4)));
}

#[test]
fn one_file_of_answers_is_one_sheet() {
    let result =
        diff_input("{\n  \"id\": \"a\",\n  \"answers\": {\n    \"recipes\": 5,\n    \"saturday\": \"beds\"\n  }\n}\n");
    assert_eq!((result.sheets, result.changed[0].id.as_deref()), (1, Some("a")));
    let toml = diff_input("recipes = 5\nsaturday = \"beds\"\n");
    assert_eq!((toml.sheets, toml.changed.len(), toml.changed[0].line), (1, 1, 1));
    let marked = diff_input("\u{feff}{\"recipes\":5,\"saturday\":\"beds\"}\n{\"recipes\":5}\n");
    assert_eq!((marked.sheets, marked.rejected), (2, 0));
    assert_eq!(diff_input("\n \n").sheets, 0);
    // The first line being broken, the second tells that there is a sheet a line.
    let (people, output) = people(b"{\"recipes\":5\n{\"recipes\":5}\n");
    assert_eq!((people.sheets, people.rejected, output.status.code()), (1, 1, Some(4)));
    // What is wrong with the one sheet of a file is told as everywhere else.
    let (_folder, new) = newer();
    let output = diff(&[OLD, &new, "--answers", "-"], b"recipes = 9\n");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

fn diff_input(input: &str) -> People {
    let (people, output) = people(input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{input}");
    people
}

#[test]
fn names_are_harmless() {
    let (_folder, new) = newer();
    let sheet = b"{\"id\":\"\\u001b[31m\\u202e\",\"answers\":{\"recipes\":5,\"saturday\":\"beds\"}}\n";
    let output = diff(&[OLD, &new, "--answers", "-"], sheet);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("`^[[31m<U+202E>`: gardener"), "{text}");
    assert_eq!(people(sheet).0.changed[0].id.as_deref(), Some("^[[31m<U+202E>"));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let bank = std::fs::read(OLD).unwrap();
    let two = diff(&["tests/data/banks/broken.toml", "-"], b"format = 2\n");
    assert_eq!((two.status.code(), two.stdout.len()), (Some(3), 0));
    let told = errors(&two).join("\n");
    assert!(told.contains("the bank in tests/data/banks/broken.toml cannot be used"), "{told}");
    assert!(told.contains("the bank in standard input cannot be used"), "{told}");
    assert_eq!(diff(&[OLD, "missing.toml"], b"").status.code(), Some(1));
    assert_eq!(diff(&["-", "-"], &bank).status.code(), Some(2));
    assert_eq!(diff(&["-", OLD, "--answers", "-"], &bank).status.code(), Some(2));
    assert_eq!(diff(&[OLD, OLD, "--bank", OLD], b"").status.code(), Some(2));
    assert_eq!(diff(&[OLD, OLD, "--answers", "missing.json"], b"").status.code(), Some(1));
    let same = diff(&["-", OLD], &bank);
    assert_eq!(same.status.code(), Some(0));
    assert!(String::from_utf8(same.stdout).unwrap().contains("No difference: the two files are the same."));
}
