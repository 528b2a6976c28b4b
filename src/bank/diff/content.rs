//! A bank as a tree of nodes. Every struct is taken apart by name, so that a field which is added to one must be compared
//! or left out on purpose.

use serde_json::{Value as Json, json};

use crate::bank::diff::change::EntryKind;
use crate::bank::diff::node::{Node, Points, keys, list, numbered};
use crate::bank::diff::plan;
use crate::bank::persona::{Expectation, Persona, Verdict};
use crate::bank::question::{Choice, Kind, PlanEffect, Question};
use crate::bank::question_bank::{Bank, Thresholds};
use crate::bank::role::Role;

/// Returns the whole bank. What is wrong with it and where something stands in the file is no content.
pub(super) fn bank(bank: &Bank) -> Node {
    let Bank {
        id,
        version,
        title,
        intro,
        language,
        scale,
        thresholds,
        elsewhere,
        roles,
        questions,
        personas,
        warnings: _,
        fingerprint: _,
    } = bank;
    let Thresholds { close, clear } = thresholds;
    let elsewhere = list(elsewhere);
    let mut keys = keys![id, version, title, intro, language, scale, elsewhere];
    keys.extend([("verdict.close", json!(close)), ("verdict.clear", json!(clear))]);
    let parts = vec![
        roles.iter().map(role).collect(),
        questions.iter().map(|question| self::question(question, roles)).collect(),
        personas.iter().map(|persona| self::persona(persona, bank)).collect(),
    ];
    Node { parts, ..Node::new(EntryKind::Bank, id.clone(), &**title, keys) }
}

fn role(role: &Role) -> Node {
    let Role { id, place: _, name, summary, growth, outlook, knowledge, certifications, expertise } = role;
    let parts = vec![
        numbered(outlook.iter().map(|fact| plan::outlook(fact, id)).collect()),
        knowledge.iter().map(|topic| plan::topic(topic, id)).collect(),
        certifications.iter().map(|certification| plan::certification(certification, id)).collect(),
        expertise.iter().map(|project| plan::project(project, id)).collect(),
    ];
    Node { parts, ..Node::new(EntryKind::Role, id.clone(), &**name, keys![name, summary, growth]) }
}

fn question(question: &Question, roles: &[Role]) -> Node {
    let Question { index: _, id, place: _, topic, text, aka, kind, purpose, choices } = question;
    let (pick, places) = match kind {
        Kind::Scale | Kind::Single => (Json::Null, Json::Null),
        Kind::Multi { fewest, most } => (json!([fewest, most]), Json::Null),
        Kind::Rank { places } => (Json::Null, json!(places)),
    };
    let is_scale = *kind == Kind::Scale;
    // The first step above the middle gives what the key says, whether there is a middle label or not.
    let step = choices.get(choices.len() / 2 + choices.len() % 2).filter(|_| is_scale);
    let choices = if is_scale { &[] } else { choices.as_slice() };
    let (aka, purpose, kind) = (list(aka), purpose.name(), kind.name());
    Node {
        points: step.map(|step| points("key", step, roles)),
        parts: vec![choices.iter().map(|choice| self::choice(choice, question, roles)).collect()],
        ..Node::new(EntryKind::Question, id.clone(), &**text, keys![text, aka, topic, purpose, kind, pick, places])
    }
}

fn choice(choice: &Choice, question: &Question, roles: &[Role]) -> Node {
    let Choice { id, place: _, text, aka, points: _, effect } = choice;
    let PlanEffect { prefers, knows, hours_per_week } = effect;
    let (aka, prefers, knows) = (list(aka), list(prefers), list(knows));
    let keys = keys![text, aka, prefers, knows, hours_per_week];
    let points = question.is_scored().then(|| points("points", choice, roles));
    Node { points, ..Node::new(EntryKind::Choice, format!("{}/{id}", question.id), &**text, keys) }
}

fn points(key: &'static str, choice: &Choice, roles: &[Role]) -> Points {
    Points { key, of: roles.iter().map(|role| role.id.clone()).zip(choice.points.iter().copied()).collect() }
}

fn persona(persona: &Persona, bank: &Bank) -> Node {
    let Persona { id, about, place: _, answers, quick, expect } = persona;
    let Expectation { role, verdict } = expect;
    let answers = answers.iter().map(|(index, answer)| {
        let question = &bank.questions[*index];
        let answer = json!(question.value(answer));
        Node::new(EntryKind::Answer, format!("{id}/{}", question.id), answer.clone(), keys![answer])
    });
    let mut answers: Vec<Node> = answers.collect();
    // A sheet has no order.
    answers.sort_by(|a, b| a.id.cmp(&b.id));
    let mut keys = keys![about, quick];
    keys.push(("expect.role", json!(role.map(|role| &bank.roles[role].id))));
    keys.push(("expect.verdict", json!(verdict.map(Verdict::name))));
    Node { parts: vec![answers], ..Node::new(EntryKind::Persona, id.clone(), json!(about), keys) }
}
