//! JSON Schemas of what goes in and comes out.

use crate::report;

use super::args::{Common, Document, Schema};
use super::error::Error;
use super::input;
use super::output::Outputs;

/// Only the schema of answers depends on the bank; one that is named is read for the others too, so that it is wrong
/// here as it is everywhere.
pub(super) fn run(common: &Common, args: &Schema) -> Result<(), Error> {
    let output = args.output();
    let bank = input::bank(common, None, &output.paths())?;
    Outputs::open(&output)?.write(common.color, |_, _| {
        Ok(match args.document {
            Document::Result => report::result_schema(),
            Document::Answers => report::answers_schema(&bank),
            Document::Bank => report::bank_schema(),
        })
    })?;
    Ok(())
}
