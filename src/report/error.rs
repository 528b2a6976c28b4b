//! Why there is no result, as a JSON document.

use serde::Serialize;

use crate::bank::Diagnostic;

use super::json::pretty;

#[derive(Serialize)]
struct Document<'r> {
    error: Failure<'r>,
}

#[derive(Serialize)]
struct Failure<'r> {
    code: &'r str,
    message: &'r str,
    problems: &'r [Diagnostic],
}

/// Returns the document that every command leaves on standard error where it fails and JSON is asked for.
#[must_use]
pub fn error_json(code: &str, message: &str, problems: &[Diagnostic]) -> String {
    pretty(&Document { error: Failure { code, message, problems } })
}
