//! What a change of a bank changes: in the bank itself, and in the results of people who answered it.

use std::path::Path;

use crate::bank::{Bank, Diagnostic, Twin, clean};
use crate::report::{self, Person, Style, Tally};
use crate::scoring::{BankComparison, Model};

use super::args::{self, Common};
use super::error::Error;
use super::identity::ensure_not_input;
use super::input::{self, Source};
use super::lines::Sheets;
use super::output::{Audience, Output};
use super::stderr::RejectedRows;

pub(super) fn run(common: &Common, args: &args::Diff) -> Result<(), Error> {
    if common.bank.is_some() {
        return Err(Error::Banks { advice: "`bank diff` compares the two files behind it; leave out `--bank`" });
    }
    let inputs = [Some(args.old.as_path()), Some(args.new.as_path()), args.answers.as_deref()];
    input::one_stdin(&inputs)?;
    ensure_not_input(&inputs, &[None])?;
    let [(old_source, old), (new_source, new)] = banks(args)?;
    let (before, after) = (Model::new(&old), Model::new(&new));
    for (source, model) in [(old_source, &before), (new_source, &after)] {
        source.judge(model, &format!("the bank in {}", source.name));
    }
    let sheets = args.answers.as_deref().map(|file| Sheets::open(file, &old, &new)).transpose()?;
    let contrast = BankComparison::new(&before, &after);
    let (changes, shifts) = (old.changes(&new), contrast.weight_changes());
    let tally = if args.json {
        let told = sheets.map(|sheets| collect(sheets, &contrast)).transpose()?;
        let people = told.as_ref().map(|(tally, people)| (tally, people.as_slice()));
        Output::Standard.write(&report::diff_json(&old, &new, &changes, &shifts, people))?;
        told.map(|(tally, _)| tally)
    } else {
        let style = Output::Standard.style(common.color);
        let audience = Output::Standard.write(&report::diff_text(&old, &new, &changes, &shifts, style))?;
        let sheets = sheets.filter(|_| audience == Audience::There);
        sheets.map(|sheets| print(sheets, &contrast, style)).transpose()?
    };
    Error::rejected(tally.unwrap_or_default().rejected)
}

/// Both banks, each with its source, or everything that is wrong with either.
fn banks(args: &args::Diff) -> Result<[(Source, Bank); 2], Error> {
    let read = |file: &Path| {
        let source = Source::bank(Some(file))?;
        let bank = source.parse()?;
        Ok((source, bank))
    };
    match (read(&args.old), read(&args.new)) {
        (Ok(old), Ok(new)) => Ok([old, new]),
        (Err(old), Err(new)) => Err(Error::Several { errors: vec![old, new] }),
        (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
    }
}

fn collect<'m>(sheets: Sheets<'m>, contrast: &BankComparison<'m>) -> Result<(Tally, Vec<Person<'m>>), Error> {
    let mut people = Vec::new();
    let tally = compare(sheets, contrast, |person| {
        people.push(person);
        Ok(Audience::There)
    })?;
    Ok((tally, people))
}

/// Writes as it goes, so that people in any number take no memory, and no longer than somebody reads.
fn print<'m>(sheets: Sheets<'m>, contrast: &BankComparison<'m>, style: Style) -> Result<Tally, Error> {
    let mut heading = Some(report::people_text(style));
    let tally = compare(sheets, contrast, |person| {
        let person = report::person_text(&person, style);
        Output::Standard.write(&(heading.take().unwrap_or_default() + &person))
    })?;
    Output::Standard.write(&report::tally_text(&tally, style))?;
    Ok(tally)
}

/// Scores everybody with both banks and hands on those whose result changes. A line that is no sheet is named on standard
/// error with its reason. Nobody is counted where the reader is gone before the last one.
fn compare<'m>(
    mut sheets: Sheets<'m>,
    contrast: &BankComparison<'m>,
    mut each: impl FnMut(Person<'m>) -> Result<Audience, Error>,
) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let mut rows = RejectedRows { name: sheets.name.clone(), count: 0 };
    while let Some((line, sheet)) = sheets.next()? {
        let Twin { old, new, skipped_old, skipped_new, person } = match sheet {
            Ok(twin) => twin,
            Err(problems) => {
                rows.add(line, &reason(&problems), || problems);
                tally.rejected = rows.count;
                continue;
            }
        };
        tally.skipped_old += skipped_old;
        tally.skipped_new += skipped_new;
        let turn = contrast.result_change(&old, &new);
        tally.count(turn.as_ref());
        if let Some(turn) = turn {
            let person = Person { id: person.map(|id| clean(&id)), line, turn };
            if each(person)? == Audience::Gone {
                return Ok(Tally::default());
            }
        }
    }
    rows.finish("");
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
