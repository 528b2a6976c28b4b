//! The plan as a calendar, read back by hand: unfolded, unescaped, and held against the plan in JSON.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use jiff::civil::Date;
use serde_json::Value;
use tempfile::TempDir;

/// An event's properties; parameters stay with the name.
type Event = BTreeMap<String, String>;

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

fn events(calendar: &str) -> Vec<Event> {
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    for line in calendar.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    let unfolded = calendar.replace("\r\n ", "");
    let parts = unfolded.split("BEGIN:VEVENT\r\n").skip(1).map(|part| part.split_once("END:VEVENT").unwrap().0);
    let property = |line: &str| line.split_once(':').map(|(key, value)| (key.to_owned(), unescaped(value))).unwrap();
    parts.map(|part| part.split_terminator("\r\n").map(property).collect()).collect()
}

fn run(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_pathquiz")).args(arguments).env("LANG", "C.UTF-8").output().unwrap()
}

fn calendar(arguments: &[&str]) -> Vec<Event> {
    let output = run(&[&["plan", "data-engineering", "--format", "ics"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    events(&String::from_utf8(output.stdout).unwrap())
}

fn days(date: &str) -> String {
    date.parse::<Date>().unwrap().strftime("%Y%m%d").to_string()
}

#[test]
fn every_open_step_is_an_all_day_event_with_the_dates_of_the_plan() {
    let pace = ["--start", "2027-01-04", "-a", "known=python,sql"];
    let events = calendar(&pace);
    let json = run(&[&["plan", "data-engineering", "--json"], &pace[..]].concat());
    let plan: Value = serde_json::from_slice(&json.stdout).unwrap();
    let steps = plan["phases"].as_array().unwrap().iter().flat_map(|phase| phase["steps"].as_array().unwrap());
    let open: Vec<&Value> = steps.filter(|step| step["known"] == false).collect();
    assert_eq!(events.len(), open.len());
    for (event, step) in events.iter().zip(open) {
        assert_eq!(event["UID"], format!("data-or-ml.data-engineering.{}@pathquiz", step["id"].as_str().unwrap()));
        assert!(event["SUMMARY"].ends_with(step["title"].as_str().unwrap()), "{event:?}");
        assert_eq!(event["DTSTART;VALUE=DATE"], days(step["start"].as_str().unwrap()));
        let after = step["finish"].as_str().unwrap().parse::<Date>().unwrap().tomorrow().unwrap();
        assert_eq!(event["DTEND;VALUE=DATE"], days(&after.to_string()));
        assert_eq!(event["DTSTAMP"], "20270104T000000Z", "no clock is in it");
        if let Some(done_when) = step["done_when"].as_str() {
            assert!(event["DESCRIPTION"].contains(&format!("Done when: {done_when}")), "{event:?}");
        }
    }
}

#[test]
fn a_changed_plan_changes_events_and_adds_none() {
    let ids = |events: &[Event]| events.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>();
    let before = calendar(&["--start", "2027-01-04"]);
    let later = calendar(&["--start", "2027-02-01", "--hours-per-week", "12"]);
    assert_eq!(ids(&before), ids(&later));
    assert!(before.iter().zip(&later).all(|(a, b)| a["DTSTART;VALUE=DATE"] != b["DTSTART;VALUE=DATE"]));
    let known = calendar(&["--start", "2027-01-04", "-a", "known=sql"]);
    assert!(ids(&known).iter().all(|id| ids(&before).contains(id)) && known.len() + 1 == before.len());
}

#[test]
fn study_sessions_take_the_days_that_are_named_and_too_few_are_refused() {
    let with = calendar(&["--start", "2027-01-04", "--sessions", "mon,wed,sat", "--sessions-from", "18:15"]);
    let starts: Vec<&String> = with.iter().filter_map(|event| event.get("DTSTART")).collect();
    assert_eq!(starts[..4], ["20270104T181500", "20270106T181500", "20270109T181500", "20270111T181500"]);
    let few = run(&["plan", "data-engineering", "--format", "ics", "--sessions", "mon", "--hours-per-week", "5"]);
    assert_eq!(few.status.code(), Some(2));
    let told = String::from_utf8_lossy(&few.stderr).into_owned();
    assert!(told.contains("2 more days are needed for `--sessions`"), "{told}");
    for wrong in [
        &["--sessions", "someday"][..],
        &["--sessions-from", "19:00"],
        &["--sessions", "mon", "--sessions-from", "23:00"],
    ] {
        assert_eq!(run(&[&["plan", "data-engineering"], wrong].concat()).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn text_of_a_bank_stays_inside_its_event() {
    let bank = fs::read_to_string("tests/data/banks/tiny.toml").unwrap().replace(
        "summary = \"Turns",
        "expertise = [{ id = \"p\", title = \"a;b,c\\\\d END:VEVENT\", hours = [1, 2], done_when = \"éé, 老虎; \\\\n x\" }]\nsummary = \"Turns",
    );
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("bank.toml");
    fs::write(&file, bank).unwrap();
    let output = run(&["plan", "cook", "--format", "ics", "--bank", file.to_str().unwrap(), "--start", "2027-01-04"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("SUMMARY:Build: a\\;b\\,c\\\\d END:VEVENT\r\n"), "{text}");
    assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
    assert!(text.replace("\r\n ", "").contains("Done when: éé\\, 老虎\\; \\\\n x"), "{text}");
}

#[test]
fn several_files_come_from_one_run_by_their_endings() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (text, json, ics) = (path("a.txt"), path("b.JSON"), path("c.ics"));
    let score = ["--answers", "tests/data/answers/plumber.json", "--start", "2026-11-23"];
    let output = run(&[&score[..], &["-o", &text, "-o", &json, "-o", &ics]].concat());
    assert!(output.status.success() && output.stdout.is_empty());
    assert!(fs::read_to_string(&text).unwrap().starts_with("Your answers clearly lean"));
    let result: Value = serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    assert_eq!(result["recommendation"]["role"], "data-engineering");
    assert!(!events(&fs::read_to_string(&ics).unwrap()).is_empty());
    // A format that is named holds for every file.
    assert!(run(&[&score[..], &["--json", "-o", &text]].concat()).status.success());
    assert!(fs::read_to_string(&text).unwrap().starts_with('{'));
    let twice = run(&[&score[..], &["-o", &text, "-o", &text]].concat());
    assert_eq!(twice.status.code(), Some(2));
}

#[test]
fn a_calendar_without_events_is_refused_and_the_other_files_are_written() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (ics, json) = (path("plan.ics"), path("result.json"));
    let output = run(&["--no-input", "-o", &ics, "-o", &json]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nobody leads, so there is no plan"));
    assert!(!fs::exists(&ics).unwrap() && fs::exists(&json).unwrap());
    assert_eq!(run(&["questions", "--format", "ics"]).status.code(), Some(2));
}

#[test]
fn the_plan_of_a_result_goes_on_where_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("result.json");
    let path = path.to_str().unwrap();
    let pace = ["--start", "2026-12-07", "--hours-per-week", "9"];
    let output = run(&[&["--answers", "tests/data/answers/torn.json", "-o", path], &pace[..]].concat());
    assert!(output.status.success());
    let result: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let plan = |more: &[&str]| -> Value {
        let output = run(&[&["plan", "--answers", path, "--json"], more].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    assert_eq!(plan(&["-a", "known=python"])["start"], "2026-12-07");
    let mut alone = result["plan"].clone();
    alone["shared"] = serde_json::json!([]);
    assert_eq!(plan(&[]), alone, "role, start, pace and answers are those of the result");
    let known = plan(&["-a", "known=python,sql"]);
    let days = |plan: &Value| plan["finish"].as_str().unwrap().parse::<Date>().unwrap();
    assert!(days(&known) < days(&alone) && known["phases"][0]["steps"][1]["known"] == true);
    assert_eq!(plan(&["machine-learning-engineering"])["role"], "machine-learning-engineering");
    assert_eq!(plan(&["--start", "2027-03-01"])["start"], "2027-03-01");
    assert_eq!(plan(&["--compare"])["plans"][1]["start"], "2026-12-07");
}
