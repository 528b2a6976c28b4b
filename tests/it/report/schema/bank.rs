//! The schema of a bank refuses nothing that the reader accepts, and most of what it does not.

use std::fmt::Write as _;
use std::fs;

use pathquiz::internals::bank::{Bank, Problem, SHIPPED, STARTER};
use pathquiz::internals::report;
use serde_json::{Value as Json, json as literal};

use super::{from_toml, json, places, validator, with, without, wrong};

const FULL: &str = include_str!("../../../data/banks/full.toml");

fn schema() -> Json {
    json(&report::bank_schema())
}

#[test]
fn every_bank_that_holds_is_valid() {
    let validator = validator(&schema());
    let mut held = 0;
    for file in ["tests/data/banks", "tests/data/vectors"].into_iter().flat_map(|folder| fs::read_dir(folder).unwrap())
    {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if path.extension().is_some_and(|ending| ending == "toml") && Bank::parse(text.as_bytes()).is_ok() {
            assert_eq!(wrong(&validator, &from_toml(&text)), Vec::<String>::new(), "{}", path.display());
            held += 1;
        }
    }
    assert!(held >= 9);
    for text in [SHIPPED, STARTER] {
        assert_eq!(wrong(&validator, &from_toml(text)), Vec::<String>::new());
    }
}

/// The bank that the tests below change leaves no key out.
#[test]
fn the_full_bank_has_every_key() {
    let schema = schema();
    let keys: Vec<String> = places(&from_toml(FULL)).into_iter().map(|(place, _)| place).collect();
    let tables = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    let missing: Vec<&String> = tables
        .flat_map(|table| table["properties"].as_object().unwrap().keys())
        .filter(|key| !keys.iter().any(|place| place.ends_with(&format!("/{key}"))))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn typical_mistakes_are_refused() {
    let validator = validator(&schema());
    for (right, mistake) in [
        ("format = 1", "format = 2"),
        ("format = 1\n", ""),
        ("title = \"Cook or baker?\"", "titel = \"Cook or baker?\""),
        ("title = \"Cook or baker?\"", "title = \" \""),
        ("scale = [\"no\", \"neither\", \"yes\"]", "scale = [\"no\", \"yes\"]"),
        ("language = \"en\"", "language = \"British English\""),
        ("\"Farmer: grows it.\"", "\"Farmer\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\""),
        ("\"Farmer: grows it.\"", "\" \""),
        ("close = 0.3", "close = 1.5"),
        ("clear = 0.1", "clear = 0"),
        ("clear = 0.1", "clear = 0.1, sure = 0.1"),
        ("id = \"cook\"", "id = \"The Cook\""),
        ("summary = \"Bakes.\"\n", ""),
        ("as_of = 2026-05-01", "as_of = \"May 2026\""),
        ("as_of = 2026-05-01", "as_of = 2026-05-01T10:00:00"),
        ("as_of = \"2026-05\"", "as_of = \"2026-13\""),
        ("kind = \"in-person\"", "kind = \"film\""),
        ("cost = \"paid\"", "cost = \"dear\""),
        ("url = \"http://example.org/knives\"", "url = \"ftp://example.org/knives\""),
        ("url = \"http://example.org/knives\"", "url = \"http://example.org/all knives\""),
        ("hours = [1, 2]", "hours = [1]"),
        ("hours = [1, 2]", "hours = [1, 2000]"),
        ("hours = [1, 2]", "hours = 2"),
        ("price_usd = 100", "price_usd = \"100\""),
        ("level = 1", "level = 10"),
        ("dataset = { name = \"Vegetables\", url", "dataset = { url"),
        ("kind = \"scale\"", "kind = \"scales\""),
        ("kind = \"scale\"", "kind = \"single\""),
        ("text = \"How much would you enjoy a stove?\"\n", ""),
        ("key = { cook = 1, baker = -1 }\n", ""),
        ("key = { cook = 1, baker = -1 }", "key = { cook = 101 }"),
        ("key = { cook = 1, baker = -1 }", "key = { cook = 1, baker = -1 }\npick = [1, 2]"),
        ("points = { baker = 1 } }, { id = \"soup\"", "points = { baker = -101 } }, { id = \"soup\""),
        ("points = { baker = 1 } }, { id = \"soup\"", "points = { baker = 0.5 } }, { id = \"soup\""),
        ("{ id = \"soup\", text = \"Soup\", points = { cook = 1 } }", "{ id = \"skip\", text = \"Neither\" }"),
        (", { id = \"soup\", text = \"Soup\", points = { cook = 1 } }", ""),
        ("pick = [0, 2]\n", ""),
        ("pick = [0, 2]", "pick = [0, 61]"),
        ("places = [2, 0]\n", ""),
        ("places = [2, 0]", "places = []"),
        ("knows = [\"knives\"]", "knows = [\"knives\"], points = { cook = 1 }"),
        ("prefers = [\"town\"], knows = [\"knives\"], hours_per_week = 8 ", ""),
        ("hours_per_week = 8", "hours_per_week = 169"),
        ("order = \"skip\"", "order = true"),
        ("verdict = \"clear\" }", "verdict = \"sure\" }"),
        ("verdict = \"clear\" }", "verdict = \"neither\" }"),
        ("quick = true", "quick = \"yes\""),
        ("expect = { role = \"cook\", verdict = \"clear\" }\n", ""),
    ] {
        let toml = FULL.replacen(right, mistake, 1);
        assert_ne!(toml, FULL, "{right}");
        // The reader refuses it as well, or it would be no mistake.
        assert!(Bank::parse(toml.as_bytes()).is_err(), "{mistake:?}");
        assert!(!validator.is_valid(&from_toml(&toml)), "{mistake:?} for {right:?}");
    }
}

/// A table as TOML, with one key a line and everything below in braces.
fn to_toml(bank: &Json) -> String {
    fn inline(value: &Json) -> String {
        match value {
            Json::Object(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key:?} = {}", inline(value))).collect();
                format!("{{ {} }}", entries.join(", "))
            }
            Json::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
            other => other.to_string(),
        }
    }
    let mut text = String::new();
    for (key, value) in bank.as_object().unwrap() {
        let _ = writeln!(text, "{key:?} = {}", inline(value));
    }
    text
}

/// What something may be changed to: of its own type bounds and words of the format, of each other type one value.
fn others(value: &Json, turn: usize) -> Vec<Json> {
    let words = [
        "",
        " ",
        "x",
        "Cook",
        "a-b",
        "a--b",
        "skip",
        "cook",
        "town",
        "pan",
        "pan,tin",
        "scale",
        "single",
        "multi",
        "rank",
        "free",
        "docs",
        "close",
        "2026",
        "2026-09",
        "2026-09-01",
        "2026-9-1",
        "https://a",
        "https://",
        "http://a b",
        "https://a\\b",
    ];
    let numbers = [-101, -100, -1, 0, 1, 2, 3, 9, 10, 60, 61, 100, 101, 168, 169, 1_000, 1_001, 100_000, 100_001];
    let lists = [
        literal!([]),
        literal!([0]),
        literal!([0, 0]),
        literal!([0, 1]),
        literal!([2, 1]),
        literal!([1, 1000]),
        literal!([1, 2, 3]),
        literal!(["a", "b"]),
        literal!(["a", "b", "c"]),
        literal!([{}]),
        literal!(["soup"]),
        literal!(["new-cook"]),
    ];
    let tables = [
        literal!({}),
        literal!({ "cook": 1 }),
        literal!({ "cook": 101 }),
        literal!({ "Cook": 1 }),
        literal!({ "role": "cook" }),
    ];
    let mut others = vec![literal!(true), literal!(0.5), literal!("x"), literal!(1), literal!([]), literal!({})];
    match value {
        // There are many texts and many words: each text gets some of the words, and each word comes up somewhere.
        Json::String(_) => {
            others.extend(words.into_iter().skip(turn % 3).step_by(3).map(Json::from));
            others.extend([64, 65, 2_000, 2_001].map(|length| "a".repeat(length).into()));
        }
        Json::Number(_) => others.extend(numbers.map(Json::from)),
        Json::Array(_) => others.extend(lists),
        _ => others.extend(tables),
    }
    others
}

/// Banks that are one change away from the full one.
fn neighbours() -> Vec<Json> {
    let full = from_toml(FULL);
    let mut neighbours = Vec::new();
    for (turn, (place, value)) in places(&full).into_iter().enumerate().skip(1) {
        neighbours.push(without(&full, &place));
        neighbours.extend(others(value, turn).into_iter().map(|other| with(&full, &place, other)));
        match value {
            Json::Object(_) => {
                let keys = ["novelty", "key", "pick", "places", "points", "prefers", "choice", "url"];
                let new = |key| [literal!(1), literal!([])].map(|other| with(&full, &format!("{place}/{key}"), other));
                neighbours.extend(keys.into_iter().filter(|key| value.get(key).is_none()).flat_map(new));
            }
            Json::Array(items) => {
                let again: Vec<Json> = items.iter().chain(items).cloned().collect();
                neighbours.push(with(&full, &place, again));
            }
            _ => {}
        }
    }
    neighbours
}

/// What takes more than one place of a file to tell, and so is left to `bank check`.
const BEYOND: [&str; 13] = [
    "unknown question",
    "unknown role",
    "unknown certification",
    "has no choice",
    "no role has a step",
    "no certification has",
    "has the same id as",
    "is not a range",
    "are not valid thresholds",
    "entries for 2 choices",
    " got ",
    " twice",
    "no question says anything about",
];

#[test]
fn the_schema_says_what_the_reader_says() {
    let validator = validator(&schema());
    let (mut accepted, mut refused) = (0, 0);
    for bank in neighbours() {
        let toml = to_toml(&bank);
        match Bank::parse(toml.as_bytes()) {
            Ok(_) => {
                accepted += 1;
                assert_eq!(wrong(&validator, &bank), Vec::<String>::new(), "{toml}");
            }
            Err(invalid) => {
                refused += 1;
                let beyond = |what: &str| BEYOND.iter().any(|words| what.contains(words));
                let missed = invalid.problems.iter().map(Problem::what).find(|what| !beyond(what));
                assert!(missed.is_none() || !validator.is_valid(&bank), "{missed:?}\n{toml}");
            }
        }
    }
    assert!(accepted > 500 && refused > 2_000, "{accepted} accepted, {refused} refused");
}
