//! The JSON Schemas, held against what the program writes and reads, by a validator that somebody else wrote.

mod answers;
mod bank;
mod result;

use std::process::{Command, Output};

use jsonschema::{Validator, draft202012};
use pathquiz::internals::bank::Bank;
use pathquiz::internals::report;
use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

/// Banks that hold, each with its name.
const BANKS: [(&str, &str); 11] = [
    ("shipped", pathquiz::internals::bank::SHIPPED),
    ("tiny", include_str!("../../../data/banks/tiny.toml")),
    ("kinds", include_str!("../../../data/banks/kinds.toml")),
    ("personas", include_str!("../../../data/banks/personas.toml")),
    ("full", include_str!("../../../data/banks/full.toml")),
    ("tv1", include_str!("../../../data/vectors/tv1.toml")),
    ("tv2", include_str!("../../../data/vectors/tv2.toml")),
    ("tv3", include_str!("../../../data/vectors/tv3.toml")),
    ("tv4", include_str!("../../../data/vectors/tv4.toml")),
    ("tv6", include_str!("../../../data/vectors/tv6.toml")),
    ("starter", pathquiz::internals::bank::STARTER),
];

fn bank(toml: &str) -> Bank {
    Bank::parse(toml.as_bytes()).unwrap()
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_audit_is_valid() {
    let validator = validator(&json(&report::audit_schema()));
    for name in ["tiny", "next", "full", "kinds", "personas", "liking", "three", "hostile"] {
        let document = json(&printed(&["bank", "audit", &format!("tests/data/banks/{name}.toml"), "--json"]));
        assert_eq!(wrong(&validator, &document), Vec::<String>::new(), "{name}");
        for key in document.as_object().unwrap().keys() {
            let mut changed = document.clone();
            changed.as_object_mut().unwrap().remove(key);
            assert_ne!(wrong(&validator, &changed), Vec::<String>::new(), "{name} without {key}");
        }
    }
}

/// A validator that takes formats for promises, too.
fn validator(schema: &Json) -> Validator {
    draft202012::options().should_validate_formats(true).build(schema).unwrap()
}

fn wrong(validator: &Validator, document: &Json) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pathquiz")).args(arguments).output().unwrap()
}

/// What the program writes to standard output.
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// TOML as an editor gives it to a validator: dates are text.
fn from_toml(text: &str) -> Json {
    fn table(table: &DeTable<'_>) -> Json {
        table.iter().map(|(key, item)| (key.get_ref().to_string(), value(item.get_ref()))).collect()
    }
    fn value(item: &DeValue<'_>) -> Json {
        match item {
            DeValue::String(text) => text.as_ref().into(),
            DeValue::Integer(integer) => integer.as_str().parse::<i64>().unwrap().into(),
            DeValue::Float(float) => float.as_str().parse::<f64>().unwrap().into(),
            DeValue::Boolean(truth) => (*truth).into(),
            DeValue::Datetime(date) => date.to_string().into(),
            DeValue::Array(items) => items.iter().map(|item| value(item.get_ref())).collect(),
            DeValue::Table(inner) => table(inner),
        }
    }
    table(DeTable::parse(text).unwrap().get_ref())
}

/// Every place of a document with what stands there, as JSON pointers.
fn places(document: &Json) -> Vec<(String, &Json)> {
    fn collect<'d>(at: &str, value: &'d Json, found: &mut Vec<(String, &'d Json)>) {
        found.push((at.to_owned(), value));
        match value {
            Json::Object(entries) => {
                entries.iter().for_each(|(key, value)| collect(&format!("{at}/{key}"), value, found));
            }
            Json::Array(items) => (0..).zip(items).for_each(|(index, value): (usize, _)| {
                collect(&format!("{at}/{index}"), value, found);
            }),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect("", document, &mut found);
    found
}

/// The document without what stands at a place.
fn without(document: &Json, place: &str) -> Json {
    let mut document = document.clone();
    let (owner, key) = place.rsplit_once('/').unwrap();
    match document.pointer_mut(owner).unwrap() {
        Json::Object(entries) => drop(entries.remove(key)),
        Json::Array(items) => drop(items.remove(key.parse().unwrap())),
        other => panic!("{place} is in {other}"),
    }
    document
}

/// The document with something else at a place.
fn with(document: &Json, place: &str, value: impl Into<Json>) -> Json {
    let mut document = document.clone();
    let (owner, key) = place.rsplit_once('/').unwrap();
    match document.pointer_mut(owner).unwrap() {
        Json::Array(items) => items[key.parse::<usize>().unwrap()] = value.into(),
        Json::Object(entries) => drop(entries.insert(key.to_owned(), value.into())),
        other => panic!("{place} is in {other}"),
    }
    document
}

#[test]
fn every_schema_is_one() {
    let mut schemas = vec![report::result_schema(), report::bank_schema()];
    schemas.extend(BANKS.map(|(_, toml)| report::answers_schema(&bank(toml))));
    for schema in schemas {
        assert!(schema.ends_with("}\n"));
        let schema = json(&schema);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        draft202012::meta::validate(&schema).unwrap();
        assert!(schema["title"].is_string() && schema["description"].is_string());
    }
}

/// An editor shows what a key means.
#[test]
fn every_key_is_described() {
    for schema in [report::result_schema(), report::bank_schema()].map(|schema| json(&schema)) {
        let keys: Vec<String> = places(&schema)
            .into_iter()
            .map(|(place, _)| place)
            .filter(|place| place.contains("/properties/"))
            .collect();
        let keys =
            keys.iter().filter(|place| place.rsplit('/').nth(1) == Some("properties") && !place.contains("/allOf/"));
        assert!(keys.clone().count() > 50);
        for key in keys {
            let about = schema.pointer(&format!("{key}/description")).and_then(Json::as_str).unwrap_or_default();
            assert!(about.ends_with('.') && !about.contains("  "), "{key}: {about:?}");
        }
    }
}

#[test]
fn the_program_prints_what_the_library_makes() {
    assert_eq!(printed(&["schema", "result"]), report::result_schema());
    assert_eq!(printed(&["schema", "bank", "--bank", "tests/data/banks/tiny.toml"]), report::bank_schema());
    assert_eq!(printed(&["schema", "answers"]), report::answers_schema(&bank(BANKS[0].1)));
    let kinds = printed(&["schema", "answers", "--bank", "tests/data/banks/kinds.toml"]);
    assert_eq!(kinds, report::answers_schema(&bank(BANKS[2].1)));
}

/// Whatever the file is called, and only once all is well.
#[test]
fn a_schema_goes_to_files() {
    let folder = tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let [one, two] = ["bank.schema.json", "bank.md"].map(|name| folder.path().join(name));
    assert_eq!(printed(&["schema", "bank", "-o", one.to_str().unwrap(), "-o", two.to_str().unwrap()]), "");
    for file in [&one, &two] {
        assert_eq!(std::fs::read_to_string(file).unwrap(), report::bank_schema());
    }
    for (bank, status) in [("tests/data/banks/missing.toml", 1), ("tests/data/banks/broken.toml", 3)] {
        let three = folder.path().join("three.json");
        for document in ["result", "answers", "bank"] {
            let output = run(&["schema", document, "--bank", bank, "-o", three.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(status));
            assert!(output.stdout.is_empty() && !three.exists());
        }
    }
}
