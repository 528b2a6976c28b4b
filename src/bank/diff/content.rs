//! A bank as a tree of things. Every struct is taken apart by name, so that a field which is added to one must be compared
//! or left out on purpose.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::Sort;
use super::plan;
use super::thing::{Points, Thing};
use crate::bank::{Bank, Choice, Expectation, Hint, Kind, Persona, Question, Role, Thresholds, Verdict};

/// The whole bank. What is wrong with it and where something stands in the file is no content.
pub(super) fn bank(bank: &Bank) -> Thing {
    let Bank {
        id,
        version,
        title,
        intro,
        language,
        scale,
        thresholds,
        roles,
        questions,
        personas,
        warnings: _,
        fingerprint: _,
    } = bank;
    let Thresholds { close, clear } = thresholds;
    let keys = vec![
        ("id", json!(id)),
        ("version", json!(version)),
        ("title", json!(title)),
        ("intro", json!(intro)),
        ("language", json!(language)),
        ("scale", json!(scale)),
        ("verdict.close", json!(close)),
        ("verdict.clear", json!(clear)),
    ];
    let parts = vec![
        roles.iter().map(role).collect(),
        questions.iter().map(|question| self::question(question, roles)).collect(),
        personas.iter().map(|persona| self::persona(persona, bank)).collect(),
    ];
    Thing { parts, ..Thing::new(Sort::Bank, id.clone(), &**title, keys) }
}

fn role(role: &Role) -> Thing {
    let Role { id, place: _, name, summary, growth, outlook, knowledge, certifications, expertise } = role;
    let keys = vec![("name", json!(name)), ("summary", json!(summary)), ("growth", json!(growth))];
    let parts = vec![
        numbered(outlook.iter().map(|fact| plan::outlook(fact, id)).collect()),
        knowledge.iter().map(|topic| plan::topic(topic, id)).collect(),
        certifications.iter().map(|certification| plan::certification(certification, id)).collect(),
        expertise.iter().map(|project| plan::project(project, id)).collect(),
    ];
    Thing { parts, ..Thing::new(Sort::Role, id.clone(), &**name, keys) }
}

fn question(question: &Question, roles: &[Role]) -> Thing {
    let Question { index: _, id, place: _, topic, text, kind, purpose, choices } = question;
    let (pick, places) = match kind {
        Kind::Scale | Kind::Single => (Json::Null, Json::Null),
        Kind::Multi { fewest, most } => (json!([fewest, most]), Json::Null),
        Kind::Rank { places } => (Json::Null, json!(places)),
    };
    let is_scale = *kind == Kind::Scale;
    // The first step above the middle gives what the key says, whether there is a middle label or not.
    let step = choices.get(choices.len() / 2 + choices.len() % 2).filter(|_| is_scale);
    let choices = if is_scale { &[] } else { choices.as_slice() };
    let keys = vec![
        ("text", json!(text)),
        ("topic", json!(topic)),
        ("purpose", json!(purpose.name())),
        ("kind", json!(kind.name())),
        ("pick", pick),
        ("places", places),
    ];
    Thing {
        points: step.map(|step| points("key", step, roles)),
        parts: vec![choices.iter().map(|choice| self::choice(choice, question, roles)).collect()],
        ..Thing::new(Sort::Question, id.clone(), &**text, keys)
    }
}

fn choice(choice: &Choice, question: &Question, roles: &[Role]) -> Thing {
    let Choice { id, place: _, text, points: _, hint } = choice;
    let Hint { prefers, knows, hours_per_week } = hint;
    let keys = vec![
        ("text", json!(text)),
        ("prefers", list(prefers)),
        ("knows", list(knows)),
        ("hours_per_week", json!(hours_per_week)),
    ];
    let points = question.is_scored().then(|| points("points", choice, roles));
    Thing { points, ..Thing::new(Sort::Choice, format!("{}/{id}", question.id), &**text, keys) }
}

fn points(key: &'static str, choice: &Choice, roles: &[Role]) -> Points {
    Points { key, of: roles.iter().map(|role| role.id.clone()).zip(choice.points.iter().copied()).collect() }
}

fn persona(persona: &Persona, bank: &Bank) -> Thing {
    let Persona { id, about, place: _, answers, expect } = persona;
    let Expectation { role, verdict } = expect;
    let role = role.and_then(|role| bank.roles.get(role)).map(|role| &role.id);
    let answer = |(index, answer): &(usize, _)| {
        let question = bank.questions.get(*index)?;
        let value = json!(question.value(answer));
        Some(Thing::new(Sort::Answer, format!("{id}/{}", question.id), value.clone(), vec![("answer", value)]))
    };
    let mut answers: Vec<Thing> = answers.iter().filter_map(answer).collect();
    // A sheet has no order.
    answers.sort_by(|a, b| a.id.cmp(&b.id));
    let keys = vec![
        ("about", json!(about)),
        ("expect.role", json!(role)),
        ("expect.verdict", json!(verdict.map(Verdict::name))),
    ];
    Thing { parts: vec![answers], ..Thing::new(Sort::Persona, id.clone(), json!(about), keys) }
}

/// A list of words; null for an empty one, which is the same as none.
pub(super) fn list(words: &[String]) -> Json {
    if words.is_empty() { Json::Null } else { json!(words) }
}

/// Things that go by their titles, made different: the second of a title gets a 2 behind it.
pub(super) fn numbered(mut things: Vec<Thing>) -> Vec<Thing> {
    let mut taken = BTreeSet::new();
    for thing in &mut things {
        let title = thing.id.clone();
        let mut number = 1;
        while !taken.insert(thing.id.clone()) {
            number += 1;
            thing.id = format!("{title} ({number})");
        }
    }
    things
}
