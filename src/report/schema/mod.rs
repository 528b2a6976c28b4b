//! JSON Schemas of what goes in and comes out, for editors, validators and generators of types. All are written in
//! draft 2020-12.

mod answers;

use schemars::consts::meta_schemas::DRAFT2020_12;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform as _};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value as Json, json};

use crate::bank::{self, Bank};

use super::json::{AuditDocument, ResultDocument, pretty};

/// Returns the schema of a result; a plan alone is its definition `Plan`.
pub fn result_schema() -> String {
    written::<ResultDocument<'_>>()
}

/// Returns the schema of an audit.
pub fn audit_schema() -> String {
    written::<AuditDocument<'_>>()
}

/// Returns the schema of a document that is written.
fn written<T: JsonSchema>() -> String {
    let generator = SchemaGenerator::new(SchemaSettings::draft2020_12().for_serialize());
    let mut schema = generator.into_root_schema_for::<T>();
    RecursiveTransform(plain).transform(&mut schema);
    document(schema.to_value())
}

/// Returns the schema of a file of answers to this bank, a former result included.
pub fn answers_schema(bank: &Bank) -> String {
    document(answers::schema(bank))
}

/// Returns the schema of a bank file. It knows most rules and refuses no bank that holds; `pathquiz bank check` knows
/// all.
pub fn bank_schema() -> String {
    document(bank::file_schema())
}

fn document(mut schema: Json) -> String {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), json!(DRAFT2020_12));
    }
    pretty(&schema)
}

/// Takes out what schemars adds of Rust's own types, such as `uint32`: no other program knows these formats, and strict
/// validators warn about them.
fn plain(schema: &mut Schema) {
    if schema.get("format").is_some_and(|format| format != "date") {
        schema.remove("format");
    }
}
