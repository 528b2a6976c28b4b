//! The `result` command: shows, lists, compares and deletes kept results.

use std::path::PathBuf;

use serde_json::Value;

use crate::bank::{Bank, Verdict, clean};
use crate::cli::after::{ResultWindow, has_window, next_steps};
use crate::cli::answers;
use crate::cli::args::{ALL, CommonArgs, DocumentFormat, ResultArgs};
use crate::cli::ask::policy::previous_length;
use crate::cli::error::Error;
use crate::cli::kept::{KeptResult, ResultStore};
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::result_report::{report, write};
use crate::cli::schedule_defaults;
use crate::cli::source::Source;
use crate::cli::streams::{Target, ensure_not_input, shown};
use crate::report::{ListedResult, NumberedResult, ResultComparison, list_json, list_text};
use crate::scoring::{Recommendation, Scorer};

pub(super) fn run(common: &CommonArgs, args: &ResultArgs, notes: &mut Notes) -> Result<(), Error> {
    if args.list {
        return list(common, args, notes);
    }
    if args.path {
        let (store, kept) = find(args.numbers.first().copied())?;
        let path = std::path::absolute(store.path(&kept)).unwrap_or_else(|_| store.path(&kept));
        Target::Stdout.write(&format!("{}\n", path.display()))?;
        return Ok(());
    }
    match &args.delete {
        Some(which) => delete(which, notes),
        None if args.compare => compare(common, args, notes),
        None => show(common, args, notes),
    }
}

/// A kept result that has been read, with its bank.
pub(super) struct OpenResult {
    store: ResultStore,
    pub(super) path: PathBuf,
    pub(super) kept: KeptResult,
    pub(super) bank: Bank,
}

impl OpenResult {
    /// Opens a kept result, the last one for `None`, with the bank that is named, else with its own.
    pub(super) fn open(common: &CommonArgs, number: Option<u32>, notes: &mut Notes) -> Result<Self, Error> {
        let (store, kept) = find(number)?;
        let path = store.path(&kept);
        let bank = match common.bank.as_deref() {
            Some(file) => Source::bank(Some(file), notes)?.with_audit_note(notes)?,
            None => own_bank(&store, &kept, notes)?,
        };
        Ok(Self { store, path, kept, bank })
    }

    /// Opens the last kept result, `None` if there is none or its questions are not those of a bank that is named.
    pub(super) fn last(common: &CommonArgs, notes: &mut Notes) -> Result<Option<Self>, Error> {
        let Some((store, kept)) = find(None).ok() else { return Ok(None) };
        let bank = own_bank(&store, &kept, notes)?;
        if let Some(file) = common.bank.as_deref()
            && Source::bank(Some(file), notes)?.parse()?.fingerprint != bank.fingerprint
        {
            return Ok(None);
        }
        Ok(Some(Self { path: store.path(&kept), store, kept, bank }))
    }
}

/// Returns the store and the result of a number, the last one for `None`.
fn find(number: Option<u32>) -> Result<(ResultStore, KeptResult), Error> {
    let store = ResultStore::find().ok_or(Error::NoResult { number: None })?;
    let mut found = store.results();
    if found.is_empty() {
        return Err(Error::NoResult { number: None });
    }
    if let Some(number) = number {
        found.retain(|kept| kept.number == number);
    }
    let Some(kept) = found.pop() else { return Err(Error::NoResult { number }) };
    if let Some(other) = found.iter().find(|other| other.number == kept.number) {
        let names = [other, &kept].map(|kept| shown(&store.path(kept)));
        return Err(Error::SameNumber { number: kept.number, names });
    }
    Ok((store, kept))
}

/// Returns the bank that a result was made with: the shipped one, or that kept beside it.
fn own_bank(store: &ResultStore, kept: &KeptResult, notes: &mut Notes) -> Result<Bank, Error> {
    let name = shown(&store.path(kept));
    let document = store.read_result(kept).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let document = document.ok_or_else(|| Error::UnreadableResult { name: name.clone() })?;
    let text = |key: &str| document["bank"][key].as_str().map(str::to_owned);
    let (Some(id), Some(fingerprint)) = (text("id"), text("fingerprint")) else {
        return Err(Error::UnreadableResult { name });
    };
    let shipped = Source::bank(None, notes)?.parse()?;
    if shipped.fingerprint == fingerprint {
        return Ok(shipped);
    }
    let bytes = store.bank_text(&id, &fingerprint);
    let bank = bytes.and_then(|bytes| Bank::parse(&bytes).ok()).filter(|bank| bank.fingerprint == fingerprint);
    let bank = bank.ok_or(Error::NoKeptBank { number: kept.number })?;
    if bank.id == shipped.id {
        notes.note(&format!(
            "this result was made with version {} of the questions; today's are version {}",
            clean(&bank.version),
            shipped.version
        ));
    }
    Ok(bank)
}

fn show(common: &CommonArgs, args: &ResultArgs, notes: &mut Notes) -> Result<(), Error> {
    let result = OpenResult::open(common, args.numbers.first().copied(), notes)?;
    ensure_not_input(&[common.bank.as_deref(), Some(&result.path)], &args.output.paths())?;
    let scorer = Scorer::new(&result.bank);
    let outputs = Outputs::open(&args.output, notes)?;
    let answers = answers::resolve(&result.bank, Some(&result.path), &[], |_, _| None, notes)?;
    let pace = schedule_defaults::pace(&args.pace, answers.hours_per_week(), answers.previous.start);
    let sessions = schedule_defaults::sessions(&args.pace, pace)?;
    let length = previous_length(answers.previous.completion);
    let (color, sessions) = (common.color, sessions.as_ref());
    if has_window(&args.output, &args.window) {
        let kept = (result.store, result.kept);
        let window = ResultWindow { scorer: &scorer, length, pace, sessions, color, kept: Some(&kept), outputs };
        return window.show(answers, next_steps(), notes);
    }
    let report = report(&scorer, &answers, length, pace)?;
    write(&outputs, color, &report, sessions, None)?;
    Ok(())
}

fn compare(common: &CommonArgs, args: &ResultArgs, notes: &mut Notes) -> Result<(), Error> {
    let [first, second] = match args.numbers.as_slice() {
        [] => last_two()?,
        &[first, second] => [first, second],
        _ => return Err(Error::ResultsToCompare),
    };
    let (first, second) =
        (OpenResult::open(common, Some(first), notes)?, OpenResult::open(common, Some(second), notes)?);
    if first.bank.fingerprint != second.bank.fingerprint {
        return Err(Error::OtherBank { numbers: [first.kept.number, second.kept.number] });
    }
    ensure_not_input(&[common.bank.as_deref(), Some(&first.path), Some(&second.path)], &args.output.paths())?;
    let outputs = Outputs::open(&args.output, notes)?.documents().ok_or(Error::NO_COMPARISON)?;
    // One scorer for both, so that the same roles are compared.
    let scorer = Scorer::new(&first.bank);
    let answers = Error::both(
        answers::resolve(&first.bank, Some(&first.path), &[], |_, _| None, notes),
        answers::resolve(&first.bank, Some(&second.path), &[], |_, _| None, notes),
    )?;
    let answers = [&answers.0, &answers.1];
    let both = answers.map(|answers| scorer.score(&answers.sheet));
    let lengths = answers.map(|answers| previous_length(answers.previous.completion));
    let recommendations = [0, 1].map(|index| Recommendation::new(&both[index], lengths[index]));
    let numbers = [first.kept.number, second.kept.number];
    let results = [0, 1]
        .map(|index| NumberedResult::new(numbers[index], &answers[index].sheet, &both[index], &recommendations[index]));
    outputs.write_report(common.color, &ResultComparison::new(&first.bank, results))?;
    Ok(())
}

fn last_two() -> Result<[u32; 2], Error> {
    let results = ResultStore::find().map(|store| store.results()).unwrap_or_default();
    match results.as_slice() {
        [] => Err(Error::NoResult { number: None }),
        [.., first, second] => Ok([first.number, second.number]),
        [_] => Err(Error::ResultsToCompare),
    }
}

fn delete(which: &str, notes: &mut Notes) -> Result<(), Error> {
    let failed = |source| Error::File { action: "remove", name: "the kept result".to_owned(), source };
    if which == ALL {
        let count = ResultStore::find().map_or(Ok(0), |store| store.delete_all()).map_err(failed)?;
        notes.note(&match count {
            0 => "no result was kept".to_owned(),
            1 => "1 kept result is deleted".to_owned(),
            count => format!("{count} kept results are deleted"),
        });
        return Ok(());
    }
    // The parser of the command line lets only numbers through.
    let (store, kept) = find(which.parse().ok())?;
    store.delete(&kept).map_err(failed)?;
    notes.note(&format!("result {} is deleted", kept.number));
    Ok(())
}

fn list(common: &CommonArgs, args: &ResultArgs, notes: &mut Notes) -> Result<(), Error> {
    let outputs = Outputs::open(&args.output, notes)?.documents().ok_or(Error::NO_CALENDAR)?;
    let results = ResultStore::find().map_or_else(Vec::new, |store| listed(&store));
    outputs.write(common.color, |format, _| match format {
        DocumentFormat::Text => Ok(Some(list_text(&results))),
        DocumentFormat::Json => Ok(Some(list_json(&results))),
        DocumentFormat::Markdown | DocumentFormat::Html => Err(Error::ListFormat),
    })?;
    Ok(())
}

/// Returns what is kept, for a list.
fn listed(store: &ResultStore) -> Vec<ListedResult> {
    let outcome = |kept: &KeptResult| {
        let document: Value = serde_json::from_slice(&store.read_result(kept)?).ok()?;
        let recommendation = document.get("recommendation")?;
        let word = recommendation.get("verdict")?.as_str()?;
        let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.name() == word)?;
        Some((verdict, recommendation.get("role")?.as_str().map(clean)))
    };
    let results = store.results().into_iter();
    results
        .map(|kept| ListedResult { outcome: outcome(&kept), number: kept.number, day: kept.day, bank: kept.bank })
        .collect()
}
