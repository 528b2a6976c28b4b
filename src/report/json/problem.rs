//! A problem of a file as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::bank::Severity;

/// A problem of a file, with its line.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemEntry {
    /// Its weight.
    #[schemars(extend("enum" = Severity::ALL.map(Severity::name)))]
    pub(crate) severity: &'static str,
    /// Names the kind of problem; the same in every version.
    pub(crate) code: &'static str,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Character within the line, from 1.
    pub(crate) column: usize,
    /// The line; null where it is too long.
    pub(crate) text: Option<String>,
    /// A description of it.
    pub(crate) message: String,
    /// Advice on it.
    pub(crate) advice: String,
}
