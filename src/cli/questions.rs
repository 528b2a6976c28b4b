//! The `questions` command: everything a script needs to write answers.

use crate::cli::args::{CommonArgs, DocumentFormat, OutputArgs};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::source;
use crate::report::QuestionsReport;

pub(super) fn run(common: &CommonArgs, output: &OutputArgs<DocumentFormat>, notes: &mut Notes) -> Result<(), Error> {
    let bank = source::bank(common, None, &output.paths(), notes)?;
    Outputs::open(output, notes)?.write_report(common.color, &QuestionsReport(&bank))?;
    Ok(())
}
