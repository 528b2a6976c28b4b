//! The JSON Schema of answers to one bank: a plain table, or a document that has such a table under `answers`, as a
//! former result has.
//!
//! Values are offered as results write them, and as people shorten them: a number as text, choices joined by commas.
//! The reader forgives more, such as a list of one for a single choice, which nobody should be led to.

use serde_json::{Map, Value as Json, json};

use crate::answers::{RESULT_KEYS, SCHEMA_KEY};
use crate::bank::{Bank, Choice, Kind, Question, SKIP};

/// Returns the schema, without the dialect that it is written in.
pub(super) fn schema(bank: &Bank) -> Json {
    let answers = bank.questions.iter().map(|question| (question.id.clone(), answer(question)));
    let mut table: Map<String, Json> = answers.collect();
    table.insert(SCHEMA_KEY.to_owned(), json!({ "type": "string" }));
    json!({
        "title": format!("Answers: {}", bank.title),
        "description": "A value for each question id, or a former result.",
        "type": "object",
        "if": { "required": ["answers"], "properties": { "answers": { "type": "object" } } },
        "then": { "$ref": "#/$defs/Record" },
        "else": { "$ref": "#/$defs/Answers" },
        "$defs": {
            "Answers": { "type": "object", "properties": table, "additionalProperties": false },
            "Record": result(bank),
        },
    })
}

/// Returns the schema of a document with answers in it. An answer may also stand beside them, and whatever else is
/// there is not looked at.
fn result(bank: &Bank) -> Json {
    let beside = bank.questions.iter().filter(|question| !RESULT_KEYS.contains(&question.id.as_str()));
    let beside = beside.map(|question| {
        (question.id.clone(), json!({ "$ref": format!("#/$defs/Answers/properties/{}", question.id) }))
    });
    let mut properties: Map<String, Json> = beside.collect();
    let ids: Vec<&str> = bank.questions.iter().map(|question| question.id.as_str()).collect();
    let skipped = json!({
        "description": "Ids of the questions that were skipped.",
        "type": "array",
        "items": { "enum": ids },
        "uniqueItems": true,
    });
    properties.insert("answers".to_owned(), json!({ "$ref": "#/$defs/Answers" }));
    properties.insert("skipped".to_owned(), skipped);
    json!({
        "type": "object",
        "required": ["answers"],
        "properties": properties,
    })
}

fn answer(question: &Question) -> Json {
    let skip = json!({ "const": SKIP, "title": "skip this question" });
    let about = &question.text;
    match question.kind {
        Kind::Scale => {
            let steps = (1..).zip(&question.choices).map(|(number, step)| offer(number, step));
            let texts: Vec<&str> = question.choices.iter().map(|step| step.id.as_str()).collect();
            let texts = json!({ "enum": texts, "title": "the number as text" });
            json!({ "description": about, "oneOf": steps.chain([skip, texts]).collect::<Vec<_>>() })
        }
        Kind::Single => {
            let choices = question.choices.iter().map(|choice| offer(choice.id.as_str(), choice));
            json!({ "description": about, "oneOf": choices.chain([skip]).collect::<Vec<_>>() })
        }
        Kind::Multi { .. } | Kind::Rank { .. } => {
            json!({ "description": about, "oneOf": [list(question), joined(question), skip] })
        }
    }
}

fn offer(value: impl Into<Json>, choice: &Choice) -> Json {
    json!({ "const": value.into(), "title": choice.text })
}

fn list(question: &Question) -> Json {
    let (fewest, most) = question.picks_allowed();
    let title = match question.kind {
        Kind::Rank { .. } => format!("{most} of these, best first"),
        _ => format!("{fewest} to {most} of these"),
    };
    let choices: Vec<Json> = question.choices.iter().map(|choice| offer(choice.id.as_str(), choice)).collect();
    json!({
        "title": title,
        "type": "array",
        "items": { "oneOf": choices },
        "minItems": fewest,
        "maxItems": most,
        "uniqueItems": true,
    })
}

/// Returns the schema of the same choices as one text. That each is named once cannot be said by a pattern that every
/// validator reads.
fn joined(question: &Question) -> Json {
    let (fewest, most) = question.picks_allowed();
    let ids: Vec<&str> = question.choices.iter().map(|choice| choice.id.as_str()).collect();
    let id = format!("({})", ids.join("|"));
    let more = format!("( *, *{id}){{{},{}}}", fewest.saturating_sub(1), most.saturating_sub(1));
    let optional = if fewest == 0 { "?" } else { "" };
    json!({ "title": "the same, joined by commas", "type": "string", "pattern": format!("^({id}{more}){optional}$") })
}
