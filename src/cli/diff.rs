//! The `bank diff` command: what changes in a bank, and in the results of people who answered it.

use std::path::Path;

use crate::answers::PairedSheets;
use crate::bank::{Bank, Diagnostic, clean};
use crate::cli::args::{CommonArgs, DiffArgs};
use crate::cli::error::Error;
use crate::cli::ndjson_pairs::SheetPairs;
use crate::cli::notes::{Notes, RejectedRows};
use crate::cli::outputs::Outputs;
use crate::cli::source::Source;
use crate::cli::streams::{ensure_not_input, ensure_one_stdin};
use crate::report::{DiffReport, PeopleChanges, PersonChange};
use crate::scoring::{BankComparison, Scorer};

pub(super) fn run(common: &CommonArgs, args: &DiffArgs, notes: &mut Notes) -> Result<(), Error> {
    if common.bank.is_some() {
        return Err(Error::Banks { advice: "`bank diff` compares the two files behind it; leave out `--bank`" });
    }
    let inputs = [Some(args.old.as_path()), Some(args.new.as_path()), args.answers.as_deref()];
    ensure_one_stdin(&inputs)?;
    ensure_not_input(&inputs, &args.output.paths())?;
    let ((old_source, old), (new_source, new)) = Error::both(bank(&args.old, notes), bank(&args.new, notes))?;
    let outputs = Outputs::open(&args.output, notes)?;
    let (before, after) = (Scorer::new(&old), Scorer::new(&new));
    for (source, scorer) in [(old_source, &before), (new_source, &after)] {
        source.warn_if_unfair(scorer, &format!("the bank in {}", source.name), notes);
    }
    let sheets = args.answers.as_deref().map(|file| SheetPairs::open(file, &old, &new)).transpose()?;
    let comparison = BankComparison::new(&before, &after);
    let people = sheets.map(|sheets| compare(sheets, &comparison, notes)).transpose()?;
    let rejected = people.as_ref().map_or(0, |people| people.rejected);
    let (changes, weight_changes) = (old.changes(&new), comparison.weight_changes());
    outputs.write_report(common.color, &DiffReport { old: &old, new: &new, changes, weight_changes, people })?;
    Error::rejected(rejected)
}

/// Returns a bank with its source.
fn bank(file: &Path, notes: &mut Notes) -> Result<(Source, Bank), Error> {
    let source = Source::read(file, notes)?;
    let bank = source.parse()?;
    Ok((source, bank))
}

/// Scores everybody with both banks. A line that is no sheet is named on standard error with its reason.
fn compare<'m>(
    mut sheets: SheetPairs<'m>,
    comparison: &BankComparison<'m>,
    notes: &mut Notes,
) -> Result<PeopleChanges<'m>, Error> {
    let mut people = PeopleChanges::default();
    let mut rows = RejectedRows { name: sheets.name.clone(), count: 0 };
    while let Some((line, sheet)) = sheets.next()? {
        match sheet {
            Ok(PairedSheets { old, new, skipped_old, skipped_new, person }) => {
                people.skipped_old += skipped_old;
                people.skipped_new += skipped_new;
                let change = comparison.result_change(&old, &new);
                people.add(change.map(|change| PersonChange { id: person.map(|id| clean(&id)), line, change }));
            }
            Err(problems) => rows.add(line, &reason(&problems), || problems, notes),
        }
    }
    rows.finish("", notes);
    people.rejected = rows.count;
    Ok(people)
}

/// Returns the first problem of a line behind its column, and how many more there are.
fn reason(wrong: &[Diagnostic]) -> String {
    let Some(Diagnostic { column, message, .. }) = wrong.first() else { return String::new() };
    let column = column.map(|column| format!(":{column}")).unwrap_or_default();
    match wrong.len() {
        1 => format!("{column}: {message}"),
        count => format!("{column}: {message}; {} more", count - 1),
    }
}
