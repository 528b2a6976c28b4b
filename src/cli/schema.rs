//! JSON Schemas of what goes in and comes out.

use crate::report;

use super::args::{Common, Document, Schema};
use super::error::Error;
use super::identity::ensure_not_input;
use super::input::Source;
use super::output::Outputs;

/// Only the schema of answers depends on the bank; one that is named is read for the others too, so that it is wrong
/// here as it is everywhere.
pub(super) fn run(common: &Common, args: &Schema) -> Result<(), Error> {
    let output = args.output();
    ensure_not_input(&[common.bank.as_deref()], &output.paths())?;
    let bank = Source::bank(common.bank.as_deref())?.fair()?;
    Outputs::open(&output)?.write(common.color, |_, _| {
        Ok(match args.document {
            Document::Result => report::result_schema(),
            Document::Answers => report::answers_schema(&bank),
            Document::Bank => report::bank_schema(),
        })
    })?;
    Ok(())
}
