//! Rules of a bank file as keywords of JSON Schema. Keys and types are those that the reader takes out of it; what
//! `validate` checks about one of them stands beside the key, as far as a schema can state it. What it cannot state (that
//! an id is known or new, what all questions together must hold) is left to `validate`, so no bank that it accepts is
//! refused by the schema.

use serde_json::{Map, Value as Json, json};

use crate::bank::answer::SKIP;
use crate::bank::limits::LONGEST_ID;
use crate::bank::question::KindName;

/// Lower-case words joined by hyphens.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// A web address of printable ASCII without `"`, `<`, `>`, `\` and the backquote.
pub(super) const ADDRESS: &str = r"^https?://[!#-;=?-\[\]-_a-~]+$";

/// The tag of a language (RFC 5646): parts of one to eight letters or digits, the first of two letters or more.
pub(super) const TAG: &str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";

/// The tables of the file by name.
pub(super) type Definitions = Map<String, Json>;

/// What a value must be beyond its type: keywords of JSON Schema, and whether the key must be there.
pub(super) struct KeyRule {
    keywords: Json,
    needed: bool,
}

impl KeyRule {
    /// What says nothing.
    pub(super) const NONE: Self = Self { keywords: Json::Null, needed: false };

    fn new(keywords: Json) -> Self {
        Self { keywords, needed: false }
    }

    /// Both rules.
    pub(super) fn and(mut self, other: Self) -> Self {
        merge(&mut self.keywords, other.keywords);
        Self { needed: self.needed || other.needed, ..self }
    }

    /// The same, for a key that must be there.
    pub(super) fn needed(self) -> Self {
        Self { needed: true, ..self }
    }
}

/// A key that must be there.
pub(super) fn needed() -> KeyRule {
    KeyRule::NONE.needed()
}

/// What holds where the key is missing.
pub(super) fn default(value: impl Into<Json>) -> KeyRule {
    KeyRule::new(json!({ "default": value.into() }))
}

/// An id that can be answered, pointed to or read in a result.
pub(super) fn id() -> KeyRule {
    KeyRule::new(json!({ "pattern": ID, "maxLength": LONGEST_ID }))
}

/// An id of a choice, which the word for skipping cannot be.
pub(super) fn choice_id() -> KeyRule {
    id().and(KeyRule::new(json!({ "not": { "const": SKIP } })))
}

/// A text that a regular expression matches.
pub(super) fn pattern(pattern: &str) -> KeyRule {
    KeyRule::new(json!({ "pattern": pattern }))
}

/// One of a few known values.
pub(super) fn among<T: Into<Json>>(known: impl IntoIterator<Item = T>) -> KeyRule {
    KeyRule::new(json!({ "enum": known.into_iter().map(Into::into).collect::<Vec<Json>>() }))
}

/// A whole number from `low` to `high`.
pub(super) fn within(low: i64, high: i64) -> KeyRule {
    KeyRule::new(json!({ "minimum": low, "maximum": high }))
}

/// A number between 0 and 1, neither of them included.
pub(super) fn fraction() -> KeyRule {
    KeyRule::new(json!({ "exclusiveMinimum": 0, "exclusiveMaximum": 1 }))
}

/// A list of so many items.
pub(super) fn items(fewest: usize, most: usize) -> KeyRule {
    KeyRule::new(json!({ "minItems": fewest, "maxItems": most }))
}

/// A list of no more than so many items.
pub(super) fn at_most(most: usize) -> KeyRule {
    KeyRule::new(json!({ "maxItems": most }))
}

/// What holds for each item of a list.
pub(super) fn each(rule: &KeyRule) -> KeyRule {
    KeyRule::new(json!({ "items": rule.keywords }))
}

/// What holds for each value of a table whose keys are the author's own.
pub(super) fn values(rule: &KeyRule) -> KeyRule {
    KeyRule::new(json!({ "additionalProperties": rule.keywords }))
}

/// `hours = [low, high]` and the like.
pub(super) fn range(low: i64, high: i64) -> KeyRule {
    items(2, 2).and(each(&within(low, high)))
}

/// What a question needs, by its kind.
pub(super) fn by_kind() -> KeyRule {
    let details = |kind| match kind {
        "scale" => (vec!["key"], json!({ "choice": { "maxItems": 0 }, "pick": false, "places": false })),
        "multi" => (vec!["pick"], json!({ "key": false, "places": false })),
        "rank" => (vec!["places"], json!({ "key": false, "pick": false })),
        _ => (vec![], json!({ "key": false, "pick": false, "places": false })),
    };
    let when = |kind: Json, then: Json| json!({ "if": { "required": ["kind"], "properties": { "kind": kind } }, "then": then });
    let needs = |kind| {
        let (required, properties) = details(kind);
        when(json!({ "const": kind }), json!({ "required": required, "properties": properties }))
    };
    let kinds = KindName::ALL.map(KindName::name);
    let chosen: Vec<&str> = kinds.into_iter().filter(|&kind| kind != "scale").collect();
    let all: Vec<Json> = kinds.into_iter().map(needs).chain([when(json!({ "enum": chosen }), choosing())]).collect();
    KeyRule::new(json!({ "allOf": all }))
}

/// A question with choices: either they give points, or they shape the plan.
fn choosing() -> Json {
    let hints = ["prefers", "knows", "hours_per_week"];
    let has = |key| json!({ "required": [key] });
    let no_hints: Map<String, Json> = hints.iter().map(|&hint| (hint.to_owned(), json!(false))).collect();
    let choices = |rule: Json| json!({ "properties": { "choice": rule } });
    json!({
        "required": ["choice"],
        "properties": { "choice": { "minItems": 2 } },
        "if": choices(json!({ "contains": has("points") })),
        "then": choices(json!({ "items": { "properties": no_hints } })),
        "else": choices(json!({ "contains": { "anyOf": hints.map(has) } })),
    })
}

/// Words as an editor shows them, from the lines of a doc comment.
fn words(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// The schema of a key's value.
pub(super) fn property(mut schema: Json, about: &[&str], rule: KeyRule) -> (Json, bool) {
    merge(&mut schema, rule.keywords);
    merge(&mut schema, json!({ "description": words(about) }));
    (schema, rule.needed)
}

/// The schema of a table with exactly these keys, which is defined under its name; gives a reference to it.
pub(super) fn table<const KEYS: usize>(
    name: &str,
    about: &[&str],
    rule: KeyRule,
    keys: [(&str, (Json, bool)); KEYS],
    definitions: &mut Definitions,
) -> Json {
    let needed = |(key, (_, needed)): &(&str, (Json, bool))| needed.then(|| (*key).to_owned());
    let required: Vec<String> = keys.iter().filter_map(needed).collect();
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

/// A list of values of one schema.
pub(super) fn list(item: &Json) -> Json {
    json!({ "type": "array", "items": item })
}

/// A table from ids to values of one schema.
pub(super) fn map(value: &Json) -> Json {
    json!({ "type": "object", "propertyNames": { "pattern": ID }, "additionalProperties": value })
}

/// Puts keywords into a schema: what stands at one place in both is taken from the second, tables are put together.
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
