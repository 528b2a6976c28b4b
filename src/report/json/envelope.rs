//! The envelope of JSON documents: version, program and bank, with which they begin.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::answers::SCHEMA_VERSION;
use crate::bank::Bank;

#[derive(Serialize)]
struct Envelope<'r, Content> {
    schema_version: u32,
    tool: Tool,
    bank: BankId<'r>,
    #[serde(flatten)]
    content: Content,
}

/// A program.
#[derive(JsonSchema, Serialize)]
pub(crate) struct Tool {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

impl Tool {
    pub(crate) const SELF: Self = Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

/// Which bank a document is about.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Bank")]
pub(crate) struct BankId<'r> {
    /// Identifies the bank.
    id: &'r str,
    /// The author's version of it.
    version: &'r str,
    /// SHA-256 of the bank file's bytes.
    #[schemars(extend("pattern" = "^sha256:[0-9a-f]{64}$"))]
    fingerprint: &'r str,
}

impl<'r> BankId<'r> {
    pub(crate) fn new(bank: &'r Bank) -> Self {
        Self { id: &bank.id, version: &bank.version, fingerprint: &bank.fingerprint }
    }
}

pub(crate) fn document(bank: &Bank, content: impl Serialize) -> String {
    pretty(&Envelope { schema_version: SCHEMA_VERSION, tool: Tool::SELF, bank: BankId::new(bank), content })
}

/// Returns a document as text with a line break at its end.
pub(crate) fn pretty(document: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(document);
    let mut text = text.unwrap_or_else(|error| unreachable!("keys are strings and numbers finite: {error}"));
    text.push('\n');
    text
}

/// Returns a number from 0 to `most`, over which rounding may step by a hair: who reads the document can rely on its
/// bounds.
pub(crate) fn bounded(number: f64, most: f64) -> f64 {
    number.clamp(0.0, most)
}

/// Keys with values, in their order.
#[derive(Debug)]
pub(crate) struct OrderedMap<'r, T>(pub(crate) Vec<(&'r str, T)>);

impl<T: Serialize> Serialize for OrderedMap<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<T: JsonSchema> JsonSchema for OrderedMap<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Entries_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}
