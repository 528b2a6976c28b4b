//! The `cohort` command: what the answers of a group say together.

use crate::answers::RejectedRow;
use crate::cli::args::{CohortArgs, CommonArgs};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::sheets::{self, Rejects, ScoringProgress};
use crate::cohort::{Cohort, summarise};
use crate::scoring::{Flag, Scorer};

pub(super) fn run(common: &CommonArgs, args: &CohortArgs, notes: &mut Notes) -> Result<(), Error> {
    let sheets = &args.sheets;
    sheets::check(sheets, common, args.output.paths())?;
    let (outputs, mut rejects) = Error::both(Outputs::open(&args.output, notes), Rejects::open(sheets))?;
    let bank = sheets::bank(common, notes)?;
    let scorer = Scorer::new(&bank);
    let opened = sheets::open(sheets, &scorer, notes)?;
    rejects.begin(opened.form())?;
    let progress = ScoringProgress::new(sheets.path());
    let reject = |row: &RejectedRow| rejects.add(row, notes);
    let summed = summarise(opened, &scorer, sheets.options(), reject, |totals| progress.tell(totals));
    progress.finish();
    let (summary, totals) = summed.map_err(|error| rejects.attribute_error(error))?;
    rejects.finish(notes)?;
    notes.notes(sheets::ignored_note(sheets, &bank, &totals));
    let flags: Vec<Flag> = Flag::ALL
        .into_iter()
        .filter(|flag| match flag {
            Flag::Duplicate => sheets.duplicates,
            Flag::Unknown => sheets.lenient,
            Flag::StraightLine | Flag::Constant => true,
        })
        .collect();
    let cohort = Cohort::new(&summary, totals.rejected, &flags);
    outputs.write_report(common.color, &cohort)?;
    Error::rejected(totals.rejected)
}
