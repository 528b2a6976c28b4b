//! The `schema` command: JSON Schemas of what goes in and comes out.

use crate::cli::args::{CommonArgs, DocumentFormat, OutputArgs, SchemaArgs, SchemaSubject};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::source;
use crate::report;

/// Only the schema of answers depends on the bank; one that is named is read for the others too, so that it is wrong
/// here as it is everywhere.
pub(super) fn run(common: &CommonArgs, args: &SchemaArgs, notes: &mut Notes) -> Result<(), Error> {
    // There is one format, whatever the files are called.
    let output = OutputArgs { format: Some(DocumentFormat::Json), json: false, files: args.files.clone() };
    let bank = source::bank(common, None, &output.paths(), notes)?;
    Outputs::open(&output, notes)?.write(common.color, |_, _| {
        Ok(Some(match args.document {
            SchemaSubject::Result => report::result_schema(),
            SchemaSubject::Answers => report::answers_schema(&bank),
            SchemaSubject::Audit => report::audit_schema(),
            SchemaSubject::Bank => report::bank_schema(),
        }))
    })?;
    Ok(())
}
