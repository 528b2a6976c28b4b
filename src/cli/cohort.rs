//! What the answers of a group say together.

use crate::cohort::{Cohort, Flag, Totals, summarise};
use crate::report;
use crate::scoring::{Judge, Model};

use super::args::{self, Common, Format};
use super::error::Error;
use super::output::Outputs;
use super::sheets::{Progress, Rejects};

pub(super) fn run(common: &Common, args: &args::Cohort) -> Result<(), Error> {
    let sheets = &args.sheets;
    let bank = sheets.bank(common, args.output.paths())?;
    let outputs = Outputs::open(&args.output)?;
    if outputs.has(Format::Ics) {
        return Err(Error::NO_GROUP_PLAN);
    }
    let model = Model::new(&bank);
    let judge = Judge::new(&model);
    let mut rejects = Rejects::open(sheets)?;
    let opened = sheets.open(&bank)?;
    rejects.begin(opened.form())?;
    let progress = Progress::new(sheets.path(), false);
    let tell = |totals: &Totals| progress.tell(totals);
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
    Error::rejected(totals.rejected)
}
