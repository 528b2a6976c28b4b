//! The quiz: from flags, file and prompt to a report.

use crate::plan::Wishes;
use crate::report::Report;
use crate::scoring::Model;

use super::answers::{self, Given};
use super::args::{Common, Format, Take};
use super::error::Error;
use super::input::Source;
use super::output::Output;
use super::pace;

pub(super) fn run(common: &Common, take: &Take) -> Result<(), Error> {
    let bank = Source::bank(common.bank.as_deref())?.parse()?;
    let output = Output::open(take.output.file.as_deref())?;
    let Given { mut sheet, former, former_hours } = answers::given(&bank, take)?;
    answers::complete(&mut sheet, take, common.color)?;
    let wished = Wishes::new(&sheet).hours_per_week;
    // A former result's pace holds as long as the answer behind it does.
    let hours = if wished == former_hours { former.hours_per_week.or(wished) } else { wished };
    let pace = pace::choose(&take.pace, hours, former.start);
    let model = Model::new(&bank);
    let report = Report::new(&model, &sheet, pace)?;
    let text = match take.output.format() {
        Format::Text => report.text(output.style(common.color)),
        Format::Json => report.json(),
    };
    output.write(&text)
}
