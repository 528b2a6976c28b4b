//! Everything a script needs to write answers.

use crate::report;

use super::args::{Common, Format, Questions};
use super::error::Error;
use super::input::Source;
use super::output::Output;

pub(super) fn run(common: &Common, args: &Questions) -> Result<(), Error> {
    let bank = Source::bank(common.bank.as_deref())?.parse()?;
    let output = Output::open(args.output.file.as_deref())?;
    let text = match args.output.format() {
        Format::Text => report::questions_text(&bank, output.style(common.color)),
        Format::Json => report::questions_json(&bank),
    };
    output.write(&text)
}
