//! JSON Schemas of what goes in and comes out.

use std::path::PathBuf;

use crate::report;

use super::args::{Common, Document, Format, Output};
use super::error::Error;
use super::input;
use super::output::Outputs;

/// Only the schema of answers depends on the bank; one that is named is read for the others too, so that it is wrong
/// here as it is everywhere.
pub(super) fn run(common: &Common, document: Document, files: &[PathBuf]) -> Result<(), Error> {
    // There is one format, whatever the files are called.
    let output = Output { format: Some(Format::Json), json: false, files: files.to_vec() };
    let bank = input::bank(common, None, &output.paths())?;
    Outputs::open(&output)?.write(common.color, |_, _| {
        Ok(match document {
            Document::Result => report::result_schema(),
            Document::Answers => report::answers_schema(&bank),
            Document::Bank => report::bank_schema(),
        })
    })?;
    Ok(())
}
