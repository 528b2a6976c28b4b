//! Rules of a bank file as keywords of JSON Schema. Keys and types are those that the reader takes out of it; what
//! `validate` checks about one of them stands beside the key, as far as a schema can state it. What it cannot state (that
//! an id is known or new, what all questions together must hold) is left to `validate`, so no bank that it accepts is
//! refused by the schema.

use serde_json::{Map, Value as Json, json};

use crate::bank::answer::SKIP;
use crate::bank::limits::LONGEST_ID;
use crate::bank::persona::Verdict;
use crate::bank::question::KindName;

/// Lower-case words joined by hyphens.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// A web address of printable ASCII without `"`, `<`, `>`, `\` and the backquote.
pub(super) const ADDRESS: &str = r"^https?://[!#-;=?-\[\]-_a-~]+$";

/// The tag of a language (RFC 5646): parts of one to eight letters or digits, the first of two letters or more.
pub(super) const TAG: &str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";

/// The tables of the file by name.
pub(super) type Definitions = Map<String, Json>;

/// The rule for a key beyond its type: keywords of JSON Schema, and true if the key must be there.
pub(super) struct KeyRule {
    keywords: Json,
    needed: bool,
}

impl KeyRule {
    pub(super) const NONE: Self = Self { keywords: Json::Null, needed: false };

    fn new(keywords: Json) -> Self {
        Self { keywords, needed: false }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        merge(&mut self.keywords, other.keywords);
        Self { needed: self.needed || other.needed, ..self }
    }

    pub(super) fn needed(self) -> Self {
        Self { needed: true, ..self }
    }
}

pub(super) fn needed() -> KeyRule {
    KeyRule::NONE.needed()
}

/// Returns the value of a missing key.
pub(super) fn default(value: impl Into<Json>) -> KeyRule {
    KeyRule::new(json!({ "default": value.into() }))
}

pub(super) fn id() -> KeyRule {
    KeyRule::new(json!({ "pattern": ID, "maxLength": LONGEST_ID }))
}

/// An id of a choice, which the word for skipping cannot be.
pub(super) fn choice_id() -> KeyRule {
    id().and(KeyRule::new(json!({ "not": { "const": SKIP } })))
}

pub(super) fn pattern(pattern: &str) -> KeyRule {
    KeyRule::new(json!({ "pattern": pattern }))
}

pub(super) fn among<T: Into<Json>>(known: impl IntoIterator<Item = T>) -> KeyRule {
    KeyRule::new(json!({ "enum": known.into_iter().map(Into::into).collect::<Vec<Json>>() }))
}

pub(super) fn within(low: i64, high: i64) -> KeyRule {
    KeyRule::new(json!({ "minimum": low, "maximum": high }))
}

/// A number between 0 and 1, neither of them included.
pub(super) fn fraction() -> KeyRule {
    KeyRule::new(json!({ "exclusiveMinimum": 0, "exclusiveMaximum": 1 }))
}

pub(super) fn items(fewest: usize, most: usize) -> KeyRule {
    KeyRule::new(json!({ "minItems": fewest, "maxItems": most }))
}

pub(super) fn at_most(most: usize) -> KeyRule {
    KeyRule::new(json!({ "maxItems": most }))
}

pub(super) fn each(rule: &KeyRule) -> KeyRule {
    KeyRule::new(json!({ "items": rule.keywords }))
}

/// Returns the rule for each value of a table whose keys are the author's own.
pub(super) fn values(rule: &KeyRule) -> KeyRule {
    KeyRule::new(json!({ "additionalProperties": rule.keywords }))
}

/// `hours = [low, high]` and the like.
pub(super) fn range(low: i64, high: i64) -> KeyRule {
    items(2, 2).and(each(&within(low, high)))
}

/// Returns the rule for what a persona expects.
pub(super) fn no_role_with_neither() -> KeyRule {
    let both =
        json!({ "required": ["role", "verdict"], "properties": { "verdict": { "const": Verdict::Neither.name() } } });
    KeyRule::new(json!({ "allOf": [{ "not": both }] }))
}

/// Returns the rule for a question, by its kind.
pub(super) fn by_kind() -> KeyRule {
    let chosen = [KindName::Single, KindName::Multi, KindName::Rank].map(KindName::name);
    let needs = KindName::ALL.into_iter().map(needs);
    KeyRule::new(json!({ "allOf": needs.chain([when(&json!({ "enum": chosen }), &choosing())]).collect::<Vec<_>>() }))
}

fn when(kind: &Json, then: &Json) -> Json {
    json!({ "if": { "required": ["kind"], "properties": { "kind": kind } }, "then": then })
}

/// Returns the keys that a kind of question must have and those that it cannot have.
fn needs(kind: KindName) -> Json {
    let (required, properties) = match kind {
        KindName::Scale => (vec!["key"], json!({ "choice": { "maxItems": 0 }, "pick": false, "places": false })),
        KindName::Single => (vec![], json!({ "key": false, "pick": false, "places": false })),
        KindName::Multi => (vec!["pick"], json!({ "key": false, "places": false })),
        KindName::Rank => (vec!["places"], json!({ "key": false, "pick": false })),
    };
    when(&json!({ "const": kind.name() }), &json!({ "required": required, "properties": properties }))
}

/// Returns the rule for a question with choices: either they give points, or they shape the plan.
fn choosing() -> Json {
    let planning = ["prefers", "knows", "hours_per_week"];
    let shapes_plan = planning.map(|key| json!({ "required": [key] }));
    let no_planning: Map<String, Json> = planning.map(|key| (key.to_owned(), json!(false))).into_iter().collect();
    json!({
        "required": ["choice"],
        "properties": { "choice": { "minItems": 2 } },
        "if": { "properties": { "choice": { "contains": { "required": ["points"] } } } },
        "then": { "properties": { "choice": { "items": { "properties": no_planning } } } },
        "else": { "properties": { "choice": { "contains": { "anyOf": shapes_plan } } } },
    })
}

/// Returns words as an editor shows them, from the lines of a doc comment.
fn words(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// Returns the schema of a key's value, and true if the key must be there.
pub(super) fn property(mut schema: Json, about: &[&str], rule: KeyRule) -> (Json, bool) {
    merge(&mut schema, rule.keywords);
    merge(&mut schema, json!({ "description": words(about) }));
    (schema, rule.needed)
}

/// Returns the schema of a table with exactly these keys, which is defined under its name; gives a reference to it.
pub(super) fn table<const KEYS: usize>(
    name: &str,
    about: &[&str],
    rule: KeyRule,
    keys: [(&str, (Json, bool)); KEYS],
    definitions: &mut Definitions,
) -> Json {
    let required: Vec<&str> = keys.iter().filter(|(_, (_, needed))| *needed).map(|(key, _)| *key).collect();
    let properties: Map<String, Json> = keys.into_iter().map(|(key, (schema, _))| (key.to_owned(), schema)).collect();
    let mut schema = json!({
        "type": "object",
        "description": words(about),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    merge(&mut schema, rule.keywords);
    definitions.insert(name.to_owned(), schema);
    json!({ "$ref": format!("#/$defs/{name}") })
}

pub(super) fn list(item: &Json) -> Json {
    json!({ "type": "array", "items": item })
}

/// Returns the schema of a table from ids to values.
pub(super) fn map(value: &Json) -> Json {
    json!({ "type": "object", "propertyNames": { "pattern": ID }, "additionalProperties": value })
}

/// Merges keywords into a schema: what stands at one place in both is taken from the second, tables are put together.
pub(super) fn merge(schema: &mut Json, keywords: Json) {
    match (schema, keywords) {
        (Json::Object(schema), Json::Object(keywords)) => {
            for (key, value) in keywords {
                merge(schema.entry(key).or_insert(Json::Null), value);
            }
        }
        // A rule that says nothing takes nothing away.
        (_, Json::Null) => {}
        (schema, keywords) => *schema = keywords,
    }
}
