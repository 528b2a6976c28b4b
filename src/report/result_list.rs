//! The list of kept results.

use jiff::civil::Date;

use crate::answers::SCHEMA_VERSION;
use crate::bank::Verdict;

use super::json::{Tool, object, pretty};
use super::phrases::DateStyle;

/// A kept result in a list.
#[derive(Debug)]
pub struct ListedResult {
    /// Counted from 1, over all banks.
    pub number: u32,
    /// The day on which it was made.
    pub day: Date,
    /// Id of the bank.
    pub bank: String,
    /// The verdict and the id of the role that it names, `None` if the file cannot be read.
    pub outcome: Option<(Verdict, Option<String>)>,
}

/// Returns a line for each result.
pub fn list_text(results: &[ListedResult]) -> String {
    results.iter().map(ListedResult::line).collect()
}

/// Returns the list for programs.
pub fn list_json(results: &[ListedResult]) -> String {
    let results = results.iter().map(|listed| {
        let verdict = listed.outcome.as_ref().map(|(verdict, _)| verdict.name());
        let role = listed.outcome.as_ref().and_then(|(_, role)| role.as_ref());
        object! { number: listed.number, day: listed.day, bank: &listed.bank, verdict: verdict, role: role }
    });
    pretty(&object! {
        schema_version: SCHEMA_VERSION,
        tool: Tool::SELF,
        results: results.collect::<Vec<_>>(),
    })
}

impl ListedResult {
    fn line(&self) -> String {
        let outcome = match &self.outcome {
            None => "cannot be read".to_owned(),
            Some((verdict, None)) => verdict.name().to_owned(),
            Some((verdict, Some(role))) => format!("{}: {role}", verdict.name()),
        };
        format!("{:>4}  {:>11}  {}  {outcome}\n", self.number, DateStyle::of("en").day(self.day), self.bank)
    }
}
