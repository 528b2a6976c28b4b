//! The quiz: from flags, files and prompts to a report.

use std::io;
use std::path::Path;

use crate::bank::Bank;
use crate::cli::after::{ResultWindow, has_window, next_steps};
use crate::cli::answers;
use crate::cli::args::{CommonArgs, TakeArgs};
use crate::cli::ask::policy::{collect_missing_answers, keeps, quiz_length};
use crate::cli::ask::progress::progress_files;
use crate::cli::error::Error;
use crate::cli::kept::{KeptResult, ResultStore};
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::result_report::{report, write};
use crate::cli::schedule_defaults;
use crate::cli::source::Source;
use crate::cli::streams::{Delivery, STANDARD_OUTPUT, STDIN, ensure_not_input, ensure_not_saved, ensure_one_stdin};
use crate::report::{NextSteps, Report as _, ResultReport};
use crate::scoring::Scorer;

pub(super) fn run(common: &CommonArgs, take: &TakeArgs, notes: &mut Notes) -> Result<(), Error> {
    ensure_one_stdin(&[common.bank.as_deref(), take.answers.as_deref()])?;
    let asked = if take.no_input { None } else { Some(Path::new(STDIN)) };
    ensure_not_input(&[common.bank.as_deref(), take.answers.as_deref(), asked], &take.output.paths())?;
    let outputs = Outputs::open(&take.output, notes)?;
    let source = Source::bank(common.bank.as_deref(), notes)?;
    let bank = source.parse()?;
    ensure_not_saved(&progress_files(&bank), &take.output.paths())?;
    let scorer = Scorer::new(&bank);
    source.warn_if_unfair(&scorer, "this bank", notes);
    let mut answers = answers::resolve(&bank, take.answers.as_deref(), &take.answer, |_, _| None, notes)?;
    let Some(saved) = collect_missing_answers(&scorer, &mut answers, common, take, notes)? else { return Ok(()) };
    let pace = schedule_defaults::pace(&take.pace, answers.hours_per_week(), answers.previous.start);
    let sessions = match schedule_defaults::sessions(&take.pace, pace) {
        // Who has answered a whole quiz is not to fail for it.
        Err(error) if saved.is_of_person() => {
            notes.note(&error.text());
            None
        }
        sessions => sessions?,
    };
    let length = quiz_length(take, answers.previous.completion);
    let report = report(&scorer, &answers, length, pace)?;
    // It is on the disk before anything is shown, so that it is not lost whatever happens to the rest.
    let kept = if saved.is_of_person() && keeps(take) { keep(&bank, &source, &report, notes) } else { None };
    let (color, sessions) = (common.color, sessions.as_ref());
    if has_window(&take.output, &take.window) {
        drop(report);
        let window = ResultWindow { scorer: &scorer, length, pace, sessions, color, kept: kept.as_ref(), outputs };
        window.show(answers, next(take), notes)?;
        saved.remove(None, notes);
        return Ok(());
    }
    let delivery = write(&outputs, color, &report, sessions, saved.is_of_person().then_some(&mut *notes))?;
    let told = outputs.unseen().map(|files| format!("{}\nThe result is in {files}.", report.sentence()));
    match (delivery, kept) {
        (Delivery::Delivered, _) => saved.remove(told, notes),
        (Delivery::Closed | Delivery::Nowhere, Some(_)) => {
            notes.note("nobody has read the result; `pathquiz result` shows it");
            saved.remove(None, notes);
        }
        (Delivery::Closed, None) => saved.keep(notes),
        // Whoever wants the status alone may read no result, but who was asked has answered for nothing.
        (Delivery::Nowhere, None) if saved.is_of_asked() => {
            saved.keep(notes);
            let (name, source) = (STANDARD_OUTPUT.to_owned(), io::Error::other("it is closed"));
            return Err(Error::File { action: "write", name, source });
        }
        (Delivery::Nowhere, None) => {}
    }
    Ok(())
}

/// Returns how a person goes on from the result: by keys, unless flags ask for none.
pub(super) fn next(take: &TakeArgs) -> NextSteps {
    if take.no_input || take.plain { NextSteps::Commands } else { next_steps() }
}

/// Keeps a result, `None` with a note if that fails.
fn keep(
    bank: &Bank,
    source: &Source,
    report: &ResultReport<'_>,
    notes: &mut Notes,
) -> Option<(ResultStore, KeptResult)> {
    let kept = ResultStore::open().and_then(|store| {
        let kept = store.keep(bank, &source.bytes, schedule_defaults::today(), &report.json());
        kept.map(|kept| (store, kept)).map_err(|error| error.to_string())
    });
    kept.map_err(|trouble| notes.note(&format!("the result is not kept: {trouble}"))).ok()
}
