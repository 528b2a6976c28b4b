//! The `questions` command: everything a script needs to write answers.

use crate::cli::args::{CommonArgs, Format, OutputArgs};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::source;
use crate::report;

pub(super) fn run(common: &CommonArgs, output: &OutputArgs, notes: &mut Notes) -> Result<(), Error> {
    let bank = source::bank(common, None, &output.paths(), notes)?;
    Outputs::open(output, notes)?.write(common.color, |format, style| match format {
        Format::Text => Ok(report::questions_text(&bank, style)),
        Format::Json => Ok(report::questions_json(&bank)),
        Format::Markdown | Format::Html | Format::Ics => {
            Err(Error::Format { format, advice: "questions come as text or json" })
        }
    })?;
    Ok(())
}
