//! The quiz: from flags, file and prompt to a report.

use crate::report::Report;
use crate::scoring::Model;

use super::answers;
use super::args::{Common, Format, Take};
use super::ask;
use super::error::Error;
use super::input::{self, Source};
use super::output::{Audience, Outputs};
use super::pace;

pub(super) fn run(common: &Common, take: &Take) -> Result<(), Error> {
    input::one_stdin(&[common.bank.as_deref(), take.answers.as_deref()])?;
    let source = Source::bank(common.bank.as_deref())?;
    let bank = source.parse()?;
    let model = Model::new(&bank);
    source.judge(&model);
    let outputs = Outputs::open(&take.output)?;
    let mut given = answers::given(&bank, take.answers.as_deref(), &take.answer, |_, _| None)?;
    let Some(kept) = ask::complete(&model, &mut given, common, take)? else { return Ok(()) };
    let pace = pace::choose(&take.pace, given.hours_per_week(), given.former.start);
    let report = Report::new(&model, &given.sheet, pace, ask::length(take, given.former.ending))?;
    let audience = outputs.write(common.color, |format, style| match format {
        Format::Text => Ok(report.text(style)),
        Format::Json => Ok(report.json()),
        Format::Markdown => Ok(report.markdown()),
        Format::Html => Ok(report.html()),
        Format::Ics => report.calendar().ok_or_else(|| Error::no_events(report.plan())),
    })?;
    match audience {
        Audience::There => kept.remove(),
        Audience::Gone => kept.stay(),
    }
    Ok(())
}
