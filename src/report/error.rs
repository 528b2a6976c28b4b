//! Why there is no result, as a JSON document.

use crate::bank::Diagnostic;

use super::json::{object, pretty};

/// Returns the document that every command leaves on standard error where it fails and JSON is asked for.
#[must_use]
pub fn error_json(code: &str, message: &str, problems: &[Diagnostic]) -> String {
    pretty(&object! { error: object! { code: code, message: message, problems: problems } })
}
