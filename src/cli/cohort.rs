//! What the answers of a group say together.

use crate::cohort::{Cohort, Flag, Totals, summarise};
use crate::report;
use crate::scoring::{Judge, Model};

use super::args::{self, Common, Format};
use super::error::Error;
use super::identity::ensure_not_input;
use super::input::{self, Source};
use super::output::Outputs;
use super::sheets::{Progress, Rejects};

pub(super) fn run(common: &Common, args: &args::Cohort) -> Result<(), Error> {
    let (sheets, file) = (&args.sheets, args.sheets.path());
    input::one_stdin(&[common.bank.as_deref(), Some(file)])?;
    let outputs: Vec<_> = args.output.paths().into_iter().chain(sheets.rejects.as_deref().map(Some)).collect();
    ensure_not_input(&[common.bank.as_deref(), Some(file)], &outputs)?;
    let bank = Source::bank(common.bank.as_deref())?.fair()?;
    let outputs = Outputs::open(&args.output)?;
    if outputs.has(Format::Ics) {
        return Err(Error::NO_GROUP_PLAN);
    }
    let model = Model::new(&bank);
    let judge = Judge::new(&model);
    let mut rejects = Rejects::open(sheets)?;
    let opened = sheets.open(&bank)?;
    rejects.begin(opened.form())?;
    let progress = Progress::new(file, false);
    let tell = |totals: &Totals| {
        progress.tell(totals);
        Ok(())
    };
    let summed = summarise(opened, &judge, sheets.threads(), sheets.duplicates, |row| rejects.add(row), tell);
    progress.finish();
    let (summary, totals) = summed.map_err(|error| rejects.blame(error))?;
    rejects.finish()?;
    sheets.note_ignored(&bank, &totals);
    let flags: &[Flag] = if sheets.duplicates { &Flag::ALL } else { &Flag::ALONE };
    let cohort = Cohort::new(&summary, totals.rejected, flags);
    let document = report::cohort(&cohort);
    outputs.write(common.color, |format, style| match format {
        Format::Text => Ok(document.text(style)),
        Format::Json => Ok(report::cohort_json(&cohort)),
        Format::Markdown => Ok(document.markdown()),
        Format::Html => Ok(document.html()),
        Format::Ics => Err(Error::NO_GROUP_PLAN),
    })?;
    Error::rejected(&totals)
}
