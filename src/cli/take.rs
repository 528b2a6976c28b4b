//! The quiz: from flags, file and prompt to a report.

use crate::report::Report;
use crate::scoring::{Length, Model};

use super::answers;
use super::args::{Common, Format, Take};
use super::error::Error;
use super::input::{self, Source};
use super::output::Output;
use super::pace;

pub(super) fn run(common: &Common, take: &Take) -> Result<(), Error> {
    input::one_stdin(&[common.bank.as_deref(), take.answers.as_deref()])?;
    let bank = Source::bank(common.bank.as_deref())?.parse()?;
    let output = Output::open(take.output.file.as_deref())?;
    let mut given = answers::given(&bank, take)?;
    answers::complete(&mut given.sheet, take, common.color)?;
    let pace = pace::choose(&take.pace, given.hours_per_week(), given.former.start);
    let model = Model::new(&bank);
    let report = Report::new(&model, &given.sheet, pace, Length::Full)?;
    let text = match take.output.format() {
        Format::Text => report.text(output.style(common.color)),
        Format::Json => report.json(),
    };
    output.write(&text)
}
