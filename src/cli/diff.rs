//! The `bank diff` command: what changes in a bank, and in the results of people who answered it.

use std::path::Path;

use crate::answers::PairedSheets;
use crate::bank::{Bank, Diagnostic, clean};
use crate::cli::args::{CommonArgs, DiffArgs};
use crate::cli::error::Error;
use crate::cli::ndjson_pairs::SheetPairs;
use crate::cli::notes::{Notes, RejectedRows};
use crate::cli::source::Source;
use crate::cli::streams::{Delivery, Target, ensure_not_input, ensure_one_stdin};
use crate::report::{ChangeTally, DiffReport, PersonChange, Style, people_heading};
use crate::scoring::{BankComparison, Scorer};

pub(super) fn run(common: &CommonArgs, args: &DiffArgs, notes: &mut Notes) -> Result<(), Error> {
    if common.bank.is_some() {
        return Err(Error::Banks { advice: "`bank diff` compares the two files behind it; leave out `--bank`" });
    }
    let inputs = [Some(args.old.as_path()), Some(args.new.as_path()), args.answers.as_deref()];
    ensure_one_stdin(&inputs)?;
    ensure_not_input(&inputs, &[None])?;
    let ((old_source, old), (new_source, new)) = Error::both(bank(&args.old, notes), bank(&args.new, notes))?;
    let (before, after) = (Scorer::new(&old), Scorer::new(&new));
    for (source, scorer) in [(old_source, &before), (new_source, &after)] {
        source.warn_if_unfair(scorer, &format!("the bank in {}", source.name), notes);
    }
    let sheets = args.answers.as_deref().map(|file| SheetPairs::open(file, &old, &new)).transpose()?;
    let comparison = BankComparison::new(&before, &after);
    let report =
        DiffReport { old: &old, new: &new, changes: old.changes(&new), weight_changes: comparison.weight_changes() };
    let tally = if args.json {
        let told = sheets.map(|sheets| collect(sheets, &comparison, notes)).transpose()?;
        let people = told.as_ref().map(|(tally, people)| (tally, people.as_slice()));
        Target::Stdout.write(&report.json(people))?;
        told.map(|(tally, _)| tally)
    } else {
        let style = Target::Stdout.style(common.color);
        let delivery = Target::Stdout.write(&report.text(style))?;
        let sheets = sheets.filter(|_| delivery == Delivery::Delivered);
        sheets.map(|sheets| print(sheets, &comparison, style, notes)).transpose()?
    };
    Error::rejected(tally.unwrap_or_default().rejected)
}

/// Returns a bank with its source.
fn bank(file: &Path, notes: &mut Notes) -> Result<(Source, Bank), Error> {
    let source = Source::read(file, notes)?;
    let bank = source.parse()?;
    Ok((source, bank))
}

fn collect<'m>(
    sheets: SheetPairs<'m>,
    comparison: &BankComparison<'m>,
    notes: &mut Notes,
) -> Result<(ChangeTally, Vec<PersonChange<'m>>), Error> {
    let mut people = Vec::new();
    let tally = compare(sheets, comparison, notes, |person| {
        people.push(person);
        Ok(Delivery::Delivered)
    })?;
    Ok((tally, people))
}

/// Writes as it goes, so that people in any number take no memory, and no longer than somebody reads.
fn print<'m>(
    sheets: SheetPairs<'m>,
    comparison: &BankComparison<'m>,
    style: Style,
    notes: &mut Notes,
) -> Result<ChangeTally, Error> {
    let mut heading = Some(people_heading(style));
    let tally = compare(sheets, comparison, notes, |person| {
        Target::Stdout.write(&(heading.take().unwrap_or_default() + &person.text(style)))
    })?;
    Target::Stdout.write(&tally.text(style))?;
    Ok(tally)
}

/// Scores everybody with both banks and hands on those whose result changes. A line that is no sheet is named on
/// standard error with its reason. Nobody is counted where the reader is gone before the last one.
fn compare<'m>(
    mut sheets: SheetPairs<'m>,
    comparison: &BankComparison<'m>,
    notes: &mut Notes,
    mut each: impl FnMut(PersonChange<'m>) -> Result<Delivery, Error>,
) -> Result<ChangeTally, Error> {
    let mut tally = ChangeTally::default();
    let mut rows = RejectedRows { name: sheets.name.clone(), count: 0 };
    while let Some((line, sheet)) = sheets.next()? {
        let PairedSheets { old, new, skipped_old, skipped_new, person } = match sheet {
            Ok(sheets) => sheets,
            Err(problems) => {
                rows.add(line, &reason(&problems), || problems, notes);
                tally.rejected = rows.count;
                continue;
            }
        };
        tally.skipped_old += skipped_old;
        tally.skipped_new += skipped_new;
        let change = comparison.result_change(&old, &new);
        tally.count(change.as_ref());
        if let Some(change) = change {
            let person = PersonChange { id: person.map(|id| clean(&id)), line, change };
            if each(person)? == Delivery::Closed {
                return Ok(ChangeTally::default());
            }
        }
    }
    rows.finish("", notes);
    Ok(tally)
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
