//! The promise of the JSON document, written down a second time with unknown fields denied, and that a result can be fed
//! back.
#![allow(dead_code, reason = "the fields are here to be parsed")]

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, Output, Stdio};

use pathquiz::internals::bank::{Bank, SHIPPED};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema_version: u32,
    tool: Tool,
    bank: BankId,
    recommendation: Recommendation,
    roles: Vec<Role>,
    topics: Vec<Subject>,
    elsewhere: Vec<String>,
    answers: BTreeMap<String, Answer>,
    skipped: Vec<String>,
    evidence: Vec<Evidence>,
    flips: Option<Flips>,
    plan: Option<Plan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tool {
    name: String,
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BankId {
    id: String,
    version: String,
    fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recommendation {
    role: Option<String>,
    tied: Vec<String>,
    runner_up: Option<String>,
    verdict: String,
    lead: f64,
    chance: Option<f64>,
    error: Option<f64>,
    interval: Option<[f64; 2]>,
    same_side: Option<f64>,
    coverage: f64,
    asked: usize,
    of: usize,
    settled: bool,
    range: Option<[f64; 2]>,
    flags: Vec<String>,
    sentence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    id: String,
    name: String,
    points: i64,
    fit: f64,
    liking: Option<Liking>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Liking {
    mean: f64,
    liked: usize,
    disliked: usize,
    answered: usize,
    of: usize,
    chance_low: f64,
    chance_high: f64,
    level: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    topic: String,
    lead: f64,
    answered: usize,
    of: usize,
    liking: Option<f64>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Answer {
    Number(i64),
    Text(String),
    List(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    question: String,
    answer: Answer,
    contributions: BTreeMap<String, f64>,
    lead: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flips {
    count: usize,
    to: Option<String>,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    question: String,
    from: Answer,
    to: Answer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    role: String,
    start: String,
    finish: Option<String>,
    weeks: u32,
    hours_per_week: u32,
    hours: [u32; 2],
    price_usd: Option<u32>,
    phases: Vec<Phase>,
    alternatives: Vec<Certification>,
    retired: Vec<Certification>,
    shared: Vec<String>,
    growth: Option<String>,
    outlook: Vec<Outlook>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names of the document")]
struct Phase {
    phase: String,
    weeks: Option<[u32; 2]>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    id: String,
    title: String,
    hours: [u32; 2],
    start: Option<String>,
    finish: Option<String>,
    known: bool,
    why: Option<String>,
    resources: Option<Vec<Resource>>,
    certification: Option<Certification>,
    level: Option<u32>,
    dataset: Option<Dataset>,
    done_when: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resource {
    title: String,
    kind: Option<String>,
    cost: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Certification {
    id: String,
    name: String,
    code: Option<String>,
    provider: Option<String>,
    level: Option<String>,
    hours: [u32; 2],
    price_usd: Option<u32>,
    valid_years: Option<u32>,
    suits: Vec<String>,
    note: Option<String>,
    url: Option<String>,
    as_of: Option<String>,
    retired: Option<String>,
    successors: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dataset {
    name: String,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outlook {
    claim: String,
    value: String,
    as_of: Option<String>,
    source: Option<String>,
}

const SHEET: &str = include_str!("../../data/answers/plumber.json");

/// Runs the program with something on its standard input, which it need not read.
fn feed(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pathquiz"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    assert!(written.is_ok() || written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe));
    child.wait_with_output().unwrap()
}

fn pathquiz(arguments: &[&str], input: &str) -> String {
    let output = feed(arguments, input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn document(text: &str) -> Document {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_result_has_the_promised_fields() {
    let result = document(&pathquiz(&["--answers", "-", "--json", "--start", "2026-11-23"], SHEET));
    assert_eq!(result.schema_version, 2);
    assert_eq!(result.tool.name, "pathquiz");
    assert!(result.bank.fingerprint.starts_with("sha256:") && result.bank.fingerprint.len() == 71);
    let recommendation = result.recommendation;
    assert_eq!(recommendation.role.as_deref(), Some("data-engineering"));
    assert_eq!(recommendation.verdict, "clear");
    assert_eq!((recommendation.asked, recommendation.of, recommendation.settled), (24, 24, true));
    assert!((recommendation.coverage - 1.0).abs() < f64::EPSILON);
    assert_eq!(result.roles[0].id, "data-engineering");
    assert!((result.roles[0].fit - result.roles[1].fit - recommendation.lead).abs() < 1e-9);
    assert_eq!(result.answers["stores"], Answer::Number(5));
    assert_eq!(result.answers["music"], Answer::Text("plays".to_owned()));
    assert_eq!(result.answers["known"], Answer::List(vec!["python".to_owned(), "sql".to_owned()]));
    assert_eq!(result.evidence.len(), 24);
    assert!(result.evidence.is_sorted_by(|a, b| a.lead.abs() >= b.lead.abs() - 1e-9));
    let flips = result.flips.unwrap();
    assert_eq!(flips.count, flips.changes.len());
}

#[test]
fn a_plan_has_the_promised_fields() {
    let flags = ["-a", "cloud=aws", "-a", "known=python,sql", "-a", "hours=ten", "--json", "--start", "2026-11-23"];
    let text = pathquiz(&[&["plan", "data-engineering"], &flags[..]].concat(), "");
    let alone: Plan = serde_json::from_str(&text).unwrap();
    assert_eq!(alone.hours_per_week, 10);
    assert_eq!(alone.start, "2026-11-23");
    let phases: Vec<&str> = alone.phases.iter().map(|phase| phase.phase.as_str()).collect();
    assert_eq!(phases, ["knowledge", "certification", "expertise"]);
    let known: Vec<&str> = alone.phases[0].steps.iter().filter(|step| step.known).map(|step| &*step.id).collect();
    assert_eq!(known, ["python", "sql"]);
    assert_eq!(alone.phases[1].steps.len(), 1);
    assert_eq!(alone.phases[1].steps[0].id, "dea-c01");
    assert!(alone.retired.iter().any(|gone| gone.id == "das-c01" && gone.successors == ["dea-c01"]));
    assert_eq!(alone.finish, alone.phases[2].steps.last().unwrap().finish);

    let result: serde_json::Value =
        serde_json::from_str(&pathquiz(&["--answers", "-", "--json", "--start", "2026-11-23"], SHEET)).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(result["plan"], plan, "a plan in a result is the plan alone");
}

/// Only a result that calls nobody points out what the rivals' plans share.
#[test]
fn a_close_result_says_what_can_be_started_all_the_same() {
    let shared = |sheet: &str| document(&pathquiz(&["--answers", "-", "--json"], sheet)).plan.unwrap().shared;
    assert_eq!(shared(include_str!("../../data/answers/torn.json")), ["python"]);
    assert_eq!(shared(SHEET), Vec::<String>::new());
}

#[test]
fn an_answer_beside_the_answers_is_not_lost() {
    let result =
        document(&pathquiz(&["--answers", "-", "--json", "--no-input"], r#"{"answers": {"airport": 4}, "signs": 2}"#));
    assert_eq!(result.answers.len(), 2);
    let result =
        document(&pathquiz(&["--answers", "-", "--json", "--no-input"], "signs = 2.0\n[answers]\nairport = 4\n"));
    assert_eq!(result.answers["signs"], Answer::Number(2));
}

/// Answers that are there but cannot be read are told and not left out.
#[test]
fn files_of_answers_are_refused_as_a_whole() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    for (text, words) in [
        (
            &br#"{"answers": {}, "skipped": "airport"}"#[..],
            "`skipped` is a list of question ids, and `\"airport\"` is not one",
        ),
        (br#"{"answers": {"airport": 4}, "airport": 2}"#, "`airport` is answered twice"),
        (br#"{"answers": {}, "skipped": ["nonsense"]}"#, "unknown question `nonsense`"),
        (br#"[{"airport": 4}]"#, "this is a JSON list"),
        (br#"{"airport": 4.5}"#, "`airport` has a value that is not an answer"),
        (br#"{"airport": 4"#, "this is not JSON"),
        (b"airport = ", ""),
        (b"airport = 4\nairport = 5", "duplicate key"),
        (b"{\"airport\": \"\xff\"}", "not UTF-8 text from here on"),
    ] {
        let problems = bank.read_answers(text).unwrap_err();
        assert!(problems.iter().any(|problem| problem.what().contains(words)), "{words}: {problems:#?}");
    }
    assert_eq!(bank.read_answers("\u{feff}{\"airport\": 4}".as_bytes()).unwrap().responses.len(), 1);
}

#[test]
fn a_result_fed_back_gives_itself() {
    for arguments in [
        &["--answers", "-", "--json", "--start", "2027-02-01", "--hours-per-week", "9"][..],
        &["--answers", "-", "--json", "-a", "stores=skip", "-a", "known=", "-a", "hours=skip"][..],
        &["--no-input", "--json", "-a", "signs=4"][..],
        &["--no-input", "--json"][..],
    ] {
        let first = pathquiz(arguments, SHEET);
        let again = pathquiz(&["--answers", "-", "--json"], &first);
        assert_eq!(first, again, "{arguments:?}");
        let earlier = first.replacen("\"schema_version\": 2", "\"schema_version\": 1", 1);
        assert_eq!(first, pathquiz(&["--answers", "-", "--json"], &earlier), "answers are the same in all versions");
        document(&again);
    }
}

/// A question may be called as a field of the result is; the field is still no answer to it.
#[test]
fn questions_named_as_fields_are_fed_back() {
    let folder = tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let file = folder.path().join("bank.toml");
    let bank = include_str!("../../data/banks/tiny.toml").replace("recipes", "plan").replace("saturday", "roles");
    std::fs::write(&file, bank).unwrap();
    let flags = ["--bank", file.to_str().unwrap(), "--json", "--start", "2026-11-23"];
    let first = pathquiz(&[&flags[..], &["-a", "plan=4", "-a", "roles=skip"]].concat(), "");
    assert_eq!(first, pathquiz(&[&flags[..], &["--answers", "-"]].concat(), &first));
}

/// Editors keep the address of a schema in the file.
#[test]
fn the_name_of_a_schema_is_no_answer() {
    for text in [r#"{"$schema": "x", "signs": 4}"#, "\"$schema\" = \"x\"\nsigns = 4"] {
        let result = document(&pathquiz(&["--answers", "-", "--json", "--no-input"], text));
        assert_eq!(result.answers.len(), 1, "{text}");
    }
}

/// A new answer about hours is newer than the pace of a former result; another answer leaves the pace alone.
#[test]
fn flags_win_over_a_former_result() {
    let first = pathquiz(&["--answers", "-", "--json", "--start", "2027-02-01", "--hours-per-week", "9"], SHEET);
    let pace = |arguments: &[&str]| {
        let plan = document(&pathquiz(&[&["--answers", "-", "--json"], arguments].concat(), &first)).plan.unwrap();
        (plan.start, plan.hours_per_week)
    };
    assert_eq!(pace(&[]), ("2027-02-01".to_owned(), 9));
    assert_eq!(pace(&["-a", "cloud=gcp"]), ("2027-02-01".to_owned(), 9));
    assert_eq!(pace(&["-a", "hours=twenty"]), ("2027-02-01".to_owned(), 20));
    assert_eq!(pace(&["--hours-per-week", "1", "--start", "2030-01-01"]), ("2030-01-01".to_owned(), 1));
}

/// The same answers as TOML and as flags give the same bytes.
#[test]
fn every_way_in_gives_the_same_result() {
    let fixed = ["--json", "--start", "2026-11-23"];
    let from_json = pathquiz(&[&["--answers", "-"], &fixed[..]].concat(), SHEET);
    let answers: serde_json::Map<String, serde_json::Value> = serde_json::from_str(SHEET).unwrap();
    let toml: Vec<String> = answers.iter().map(|(id, value)| format!("{id} = {value}")).collect();
    let toml = toml.join("\n");
    assert_eq!(from_json, pathquiz(&[&["--answers", "-"], &fixed[..]].concat(), &toml));
    let word = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => {
            items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    let flags: Vec<String> =
        answers.iter().flat_map(|(id, value)| ["-a".to_owned(), format!("{id}={}", word(value))]).collect();
    let flags: Vec<&str> = flags.iter().map(String::as_str).chain(fixed).collect();
    assert_eq!(from_json, pathquiz(&flags, ""));
}

#[test]
fn a_result_that_nothing_can_be_made_of_says_why() {
    let result = pathquiz(&["--answers", "-", "--json", "--start", "2026-11-23", "--hours-per-week", "10"], SHEET);
    let refused = |input: &str, arguments: &[&str]| {
        let output = feed(&[&["--answers", "-", "--no-input"], arguments].concat(), input);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let spoiled = |from: &str, to: &str| {
        let spoiled = result.replacen(from, to, 1);
        assert_ne!(spoiled, result);
        refused(&spoiled, &[])
    };
    let newer = spoiled("\"schema_version\": 2", "\"schema_version\": 3");
    assert!(newer.contains("the result has version `3`, which this program does not know"), "{newer}");
    let start = spoiled("\"start\": \"2026-11-23\"", "\"start\": \"soon\"");
    assert!(start.contains("`plan.start` is not a date"), "{start}");
    let hours = spoiled("\"hours_per_week\": 10", "\"hours_per_week\": 0");
    assert!(hours.contains("`plan.hours_per_week` is not a number of hours"), "{hours}");
    let other = refused(&result, &["--bank", "tests/data/banks/tiny.toml"]);
    assert!(other.contains("this is a result from the bank `data-or-ml`, but the bank in use is `weekend`"), "{other}");
    assert_eq!(other.matches("error: ").count(), 2, "{other}");
    // Somebody may write the same in TOML.
    let written = "schema_version = 3\n[answers]\nstores = 5\n[plan]\nstart = \"soon\"\nhours_per_week = 0\n";
    let told = refused(written, &[]);
    for what in ["has version `3`", "`plan.start` is not a date", "is not a number of hours"] {
        assert!(told.contains(what), "{told}");
    }
    let good = "schema_version = 1\n[answers]\nstores = 5\n[plan]\nstart = 2026-12-07\nhours_per_week = 9\n";
    let plan = document(&pathquiz(&["--answers", "-", "--no-input", "--json"], good)).plan.unwrap();
    assert_eq!((plan.start.as_str(), plan.hours_per_week), ("2026-12-07", 9));
}
