//! The quiz: from flags, files and prompts to a report.

use std::io;
use std::path::Path;

use crate::bank::Bank;
use crate::cli::answers::{self, ResolvedAnswers};
use crate::cli::args::{ColorWhen, CommonArgs, PlanFormat, TakeArgs};
use crate::cli::ask::policy::{collect_missing_answers, keeps, quiz_length};
use crate::cli::ask::progress::progress_files;
use crate::cli::error::Error;
use crate::cli::kept::{KeptResult, ResultStore};
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::schedule_defaults;
use crate::cli::source::Source;
use crate::cli::streams::{Delivery, STANDARD_OUTPUT, STDIN, ensure_not_input, ensure_not_saved, ensure_one_stdin};
use crate::plan::{Pace, Plan, PlanPreferences};
use crate::report::{Report as _, ResultReport, StudySessions};
use crate::scoring::{Length, Recommendation, Scorer};

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
    let report = report(&scorer, &answers, quiz_length(take, answers.previous.completion), pace)?;
    // It is on the disk before anything is shown, so that it is not lost whatever happens to the rest.
    let kept = if saved.is_of_person() && keeps(take) { keep(&bank, &source, &report, notes) } else { None };
    let outputs = if saved.is_of_person() { without_impossible(outputs, &report, notes) } else { outputs };
    let unseen = outputs.unseen();
    let delivery = write(outputs, common.color, &report, sessions.as_ref())?;
    let told = unseen.map(|files| format!("{}\nThe result is in {files}.", report.sentence()));
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

/// Puts together what is told about answers.
pub(super) fn report<'m>(
    scorer: &'m Scorer<'m>,
    answers: &'m ResolvedAnswers<'m>,
    length: Length,
    pace: Pace,
) -> Result<ResultReport<'m>, Error> {
    let score = scorer.score(&answers.sheet);
    let recommendation = Recommendation::new(&score, length);
    let preferences = PlanPreferences::new(&answers.sheet);
    let plan = Plan::for_recommendation(recommendation.role, &recommendation.shortlist, &preferences, pace)?;
    Ok(ResultReport::new(&answers.sheet, score, recommendation, plan))
}

pub(super) fn write(
    outputs: Outputs<PlanFormat>,
    color: ColorWhen,
    report: &ResultReport<'_>,
    sessions: Option<&StudySessions>,
) -> Result<Delivery, Error> {
    outputs.write_plan(color, report, || report.calendar(sessions).ok_or_else(|| no_calendar(report)))
}

/// Keeps a result, `None` with a note if that fails.
fn keep(bank: &Bank, source: &Source, report: &ResultReport<'_>, notes: &mut Notes) -> Option<KeptResult> {
    let kept = ResultStore::open().and_then(|store| {
        let kept = store.keep(bank, &source.bytes, schedule_defaults::today(), &report.json());
        kept.map_err(|error| error.to_string())
    });
    kept.map_err(|trouble| notes.note(&format!("the result is not kept: {trouble}"))).ok()
}

/// Drops a calendar that cannot be made and says so: who has answered a whole quiz is not to fail for it.
fn without_impossible(
    outputs: Outputs<PlanFormat>,
    report: &ResultReport<'_>,
    notes: &mut Notes,
) -> Outputs<PlanFormat> {
    if !outputs.has_calendar() || report.calendar(None).is_some() {
        return outputs;
    }
    notes.note(&no_calendar(report).text());
    outputs.without_calendar()
}

fn no_calendar(report: &ResultReport<'_>) -> Error {
    report.plan().map_or_else(|| Error::no_plan(report.verdict()), Error::no_events)
}
