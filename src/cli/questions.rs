//! Everything a script needs to write answers.

use crate::report;

use super::args::{Common, Format, Output};
use super::error::Error;
use super::input;
use super::output::Outputs;

pub(super) fn run(common: &Common, output: &Output) -> Result<(), Error> {
    let bank = input::bank(common, None, &output.paths())?;
    Outputs::open(output)?.write(common.color, |format, style| match format {
        Format::Text => Ok(report::questions_text(&bank, style)),
        Format::Json => Ok(report::questions_json(&bank)),
        Format::Markdown | Format::Html | Format::Ics => {
            Err(Error::Format { format, advice: "questions come as text or json" })
        }
    })?;
    Ok(())
}
