//! The schema of answers and the reader of answers say the same, as far as a schema can.

use std::sync::LazyLock;

use jsonschema::Validator;
use pathquiz::internals::answers::RESULT_KEYS;
use pathquiz::internals::bank::{Answer, Bank, Response, Sheet};
use pathquiz::internals::report;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json as literal};

use super::{BANKS, bank, json, printed, validator, wrong};

/// Small numbers that decide what a schema is made into; zeros once they are used up.
struct Dice<'d>(&'d [usize]);

impl Dice<'_> {
    fn below(&mut self, most: usize) -> usize {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        first % most.max(1)
    }
}

/// Something that a schema allows, made from the schema alone.
fn made(schema: &Json, root: &Json, dice: &mut Dice<'_>) -> Json {
    if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
        return made(root.pointer(&reference[1..]).unwrap(), root, dice);
    }
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return words[dice.below(words.len())].clone();
    }
    if let Some(ways) = schema.get("oneOf").and_then(Json::as_array) {
        let way = &ways[dice.below(ways.len())];
        // The same as text is made from the list beside it, since a pattern does not say that each is named once.
        return match ways.iter().find(|way| way["type"] == "array") {
            Some(list) if way.get("pattern").is_some() => joined(&made(list, root, dice), dice).into(),
            _ => made(way, root, dice),
        };
    }
    match schema["type"].as_str().unwrap() {
        "string" => "./answers.schema.json".into(),
        "array" => list(schema, root, dice),
        "object" => object(schema, root, dice),
        other => panic!("no answer is made of {other}"),
    }
}

fn joined(list: &Json, dice: &mut Dice<'_>) -> String {
    let words: Vec<&str> = list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    words.join([",", ", ", " , "][dice.below(3)])
}

fn list(schema: &Json, root: &Json, dice: &mut Dice<'_>) -> Json {
    let number = |key: &str| schema.get(key).and_then(Json::as_u64).map(|number| usize::try_from(number).unwrap());
    let (fewest, most) = (number("minItems").unwrap_or(0), number("maxItems").unwrap_or(3));
    let wanted = fewest + dice.below(most - fewest + 1);
    let mut items: Vec<Json> = Vec::new();
    for _ in 0..200 {
        let item = made(&schema["items"], root, dice);
        if items.len() < wanted && !items.contains(&item) {
            items.push(item);
        }
        // Once the dice are used up every item is the first one.
        if dice.0.is_empty() && items.len() < wanted {
            let all = schema["items"]["oneOf"].as_array().unwrap().iter().map(|way| way["const"].clone());
            let left: Vec<Json> = all.filter(|item| !items.contains(item)).collect();
            items.extend(left.into_iter().take(wanted - items.len()));
        }
    }
    items.into()
}

fn object(schema: &Json, root: &Json, dice: &mut Dice<'_>) -> Json {
    let needed = schema.get("required").cloned().unwrap_or_else(|| literal!([]));
    let mut entries = Map::new();
    for (key, value) in schema["properties"].as_object().unwrap() {
        if needed.as_array().unwrap().contains(&key.as_str().into()) || dice.below(3) > 0 {
            entries.insert(key.clone(), made(value, root, dice));
        }
    }
    entries.into()
}

/// Takes out what a schema of one place cannot forbid: a question that is answered twice.
fn once(document: &mut Json) {
    let answered: Vec<String> = document["answers"].as_object().unwrap().keys().cloned().collect();
    let entries = document.as_object_mut().unwrap();
    entries.retain(|key, _| !answered.contains(key) || RESULT_KEYS.contains(&key.as_str()));
    let beside: Vec<String> = entries.keys().cloned().collect();
    if let Some(skipped) = entries.get_mut("skipped").and_then(Json::as_array_mut) {
        skipped.retain(|id| {
            let id = id.as_str().unwrap();
            !answered.iter().chain(&beside).any(|other| other == id)
        });
    }
}

/// Banks whose answers are tried: the shipped one, one with every kind, the full one.
static TRIED: LazyLock<[(Bank, Json, Validator); 3]> = LazyLock::new(|| {
    [0, 2, 4].map(|index| {
        let bank = bank(BANKS[index].1);
        let schema = json(&report::answers_schema(&bank));
        let validator = validator(&schema);
        (bank, schema, validator)
    })
});

fn read(bank: &Bank, document: &Json) -> Result<Vec<(String, Answer)>, String> {
    let record = bank.read_answers(document.to_string().as_bytes()).map_err(|problems| format!("{problems:#?}"))?;
    Ok(record.responses.into_iter().map(|response| (response.question.id.clone(), response.answer)).collect())
}

/// A value to a question with something wrong in it, as far as a schema can tell.
fn spoiled(which: usize) -> Json {
    let all = [
        literal!("nonsense"),
        literal!(0),
        literal!(-1),
        literal!(10),
        literal!(2.5),
        literal!(true),
        literal!({}),
        literal!(["nonsense"]),
        literal!("skip,skip"),
        literal!("0"),
        literal!([null]),
    ];
    all[which % all.len()].clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_made_from_the_schema_are_read(numbers in proptest::collection::vec(0_usize..1_000, 200), whole: bool) {
        for (bank, schema, validator) in &*TRIED {
            let shape = if whole { &schema["then"] } else { &schema["else"] };
            let mut document = made(shape, schema, &mut Dice(&numbers));
            if whole {
                once(&mut document);
            }
            prop_assert_eq!(wrong(validator, &document), Vec::<String>::new(), "{}", document);
            let answers = read(bank, &document);
            prop_assert!(answers.is_ok(), "{}\n{}", document, answers.unwrap_err());
        }
    }

    #[test]
    fn what_is_not_read_is_not_valid(
        numbers in proptest::collection::vec(0_usize..1_000, 100),
        which: usize,
        at in any::<prop::sample::Index>(),
        whole: bool,
    ) {
        for (bank, schema, validator) in &*TRIED {
            let table = made(&schema["else"], schema, &mut Dice(&numbers));
            let question = &bank.questions()[at.index(bank.questions().len())];
            let value = spoiled(which);
            let wrap = |table: &Json| if whole { literal!({ "answers": table, "tool": 1 }) } else { table.clone() };
            for (key, value) in [(question.id.as_str(), value), ("nonsense", literal!(1)), ("schema", literal!("x"))] {
                let mut spoiled = table.clone();
                spoiled[key] = value;
                let spoiled = wrap(&spoiled);
                prop_assert!(read(bank, &spoiled).is_err(), "{}", spoiled);
                prop_assert!(!validator.is_valid(&spoiled), "{}", spoiled);
            }
            for skipped in [literal!(["nonsense"]), literal!("x"), Json::Null, literal!([question.id, question.id])] {
                let document = literal!({ "answers": {}, "skipped": skipped });
                prop_assert!(read(bank, &document).is_err(), "{}", document);
                prop_assert!(!validator.is_valid(&document), "{}", document);
            }
        }
    }
}

/// Every answer that can be given, as a result writes it, and as text.
#[test]
fn every_answer_is_valid() {
    for (bank, _, validator) in &*TRIED {
        for question in bank.questions() {
            for answer in question.outcomes().iter().chain([&Answer::Skip]) {
                let value = serde_json::to_value(question.value(answer)).unwrap();
                let text = match &value {
                    // An empty text is an empty cell, which skips the question.
                    Json::Array(words) if words.is_empty() => continue,
                    Json::Array(_) => joined(&value, &mut Dice(&[])),
                    Json::String(text) => text.clone(),
                    other => other.to_string(),
                };
                for value in [value, text.into()] {
                    let document = literal!({ &question.id: value });
                    assert_eq!(wrong(validator, &document), Vec::<String>::new(), "{document}");
                    assert_eq!(read(bank, &document).unwrap(), [(question.id.clone(), answer.clone())]);
                    assert!(validator.is_valid(&literal!({ "answers": document, "skipped": [], "plan": null })));
                }
            }
        }
    }
}

/// An editor shows the question and what each value means.
#[test]
fn values_are_explained() {
    let (_, schema, _) = &TRIED[1];
    let properties = &schema["$defs"]["Answers"]["properties"];
    assert_eq!(properties["step"]["description"], "Do you like it?");
    assert_eq!(properties["step"]["oneOf"][2], literal!({ "const": 3, "title": "yes" }));
    assert_eq!(properties["pace"]["oneOf"][1], literal!({ "const": "nine", "title": "Nine hours" }));
    let some = &properties["some"]["oneOf"][0];
    assert_eq!(
        (&some["title"], &some["minItems"], &some["maxItems"]),
        (&literal!("1 to 2 of these"), &literal!(1), &literal!(2))
    );
    assert_eq!(some["items"]["oneOf"][0], literal!({ "const": "x", "title": "The first" }));
    let order = &properties["order"]["oneOf"][0];
    assert_eq!((&order["title"], &order["minItems"]), (&literal!("2 of these, best first"), &literal!(2)));
}

/// Results, saved answers and the files of answers beside these tests are files of answers.
#[test]
fn documents_of_the_program_are_valid() {
    let (bank, _, validator) = &TRIED[0];
    for name in ["plumber", "torn", "early", "part"] {
        let file = format!("tests/data/answers/{name}.json");
        assert_eq!(wrong(validator, &json(&std::fs::read_to_string(&file).unwrap())), Vec::<String>::new(), "{name}");
        let result = printed(&["--answers", &file, "--no-input", "--json"]);
        assert_eq!(wrong(validator, &json(&result)), Vec::<String>::new(), "{name}");
    }
    assert!(!validator.is_valid(&json(include_str!("../../../data/answers/wrong.json"))));
    let record = bank.read_answers(include_bytes!("../../../data/answers/early.json")).unwrap();
    let mut sheet = Sheet::new(bank);
    record.responses.into_iter().for_each(|response| sheet.put(response));
    assert_eq!(wrong(validator, &json(&report::sheet_json(&sheet))), Vec::<String>::new());
}

/// Editors write the name of a schema into a file; it is no answer, and no other key is left aside.
#[test]
fn a_file_may_name_its_schema() {
    let (bank, _, validator) = &TRIED[1];
    let step = [("step".to_owned(), Answer::Picks(vec![0]))];
    for text in [
        r#"{"$schema": "./answers.schema.json", "step": 1}"#,
        r#"{"answers": {"$schema": "x", "step": 1}, "$schema": "x"}"#,
    ] {
        assert_eq!(read(bank, &json(text)).unwrap(), step);
        assert!(validator.is_valid(&json(text)), "{text}");
    }
    let toml = bank.read_answers(b"\"$schema\" = \"./answers.schema.json\"\nstep = 1").unwrap();
    assert_eq!(toml.responses.len(), 1);
    for text in [r#"{"$Schema": "x"}"#, r#"{"schema": "x"}"#, r#"{"answers": {}, "skipped": ["$schema"]}"#] {
        assert!(read(bank, &json(text)).is_err() && !validator.is_valid(&json(text)), "{text}");
    }
}

/// Questions may be called as the fields of a result are; what is fed back is still read right.
#[test]
fn fields_of_a_result_are_no_answers() {
    let mut result: Vec<String> =
        json(&report::result_schema())["properties"].as_object().unwrap().keys().cloned().collect();
    let mut keys = RESULT_KEYS.to_vec();
    result.sort_unstable();
    keys.sort_unstable();
    assert_eq!(keys, result);

    let question = |id: &&str| {
        let kind = "kind = \"scale\"\ntext = \"?\"\nkey = { a = 1, b = -1 }";
        format!("[[question]]\nid = \"{id}\"\n{kind}\n")
    };
    let questions: String = keys.iter().filter(|key| !key.contains('_')).map(question).collect();
    let roles = r#"role = [{ id = "a", name = "A", summary = "-" }, { id = "b", name = "B", summary = "-" }]"#;
    let toml = format!("format = 1\nid = \"t\"\nversion = \"1\"\ntitle = \"T\"\n{roles}\n{questions}");
    let bank = bank(&toml);
    let validator = validator(&json(&report::answers_schema(&bank)));
    let mut sheet = Sheet::new(&bank);
    for question in bank.questions() {
        let answer = if question.index == 2 { Answer::Skip } else { Answer::Picks(vec![question.index % 5]) };
        sheet.put(Response { question, answer });
    }
    let document = json(&report::sheet_json(&sheet));
    assert_eq!(wrong(&validator, &document), Vec::<String>::new());
    let answers = read(&bank, &document).unwrap();
    assert_eq!(answers.len(), bank.questions().len());
    for (id, answer) in answers {
        assert_eq!(Some(&answer), sheet.answer(bank.question(&id).unwrap()), "{id}");
    }
    let table = literal!({ "plan": 1, "answers": 2, "skipped": 3 });
    assert!(validator.is_valid(&table) && read(&bank, &table).unwrap().len() == 3);
}
