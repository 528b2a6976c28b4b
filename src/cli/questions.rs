//! Everything a script needs to write answers.

use crate::report;

use super::args::{Common, Questions};
use super::error::Error;
use super::input::Source;
use super::output::Output;

pub(super) fn run(common: &Common, args: &Questions) -> Result<(), Error> {
    let bank = Source::bank(common.bank.as_deref())?.parse()?;
    let output = Output::Standard;
    let text = match args {
        Questions { json: true } => report::questions_json(&bank),
        Questions { json: false } => report::questions_text(&bank, output.style(common.color)),
    };
    output.write(&text)
}
