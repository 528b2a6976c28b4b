//! Makes the report of one sheet, and writes it where it goes.

use crate::cli::answers::ResolvedAnswers;
use crate::cli::args::{ColorWhen, PlanFormat};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::streams::Delivery;
use crate::plan::{Pace, Plan, PlanPreferences};
use crate::report::{ResultReport, StudySessions};
use crate::scoring::{Length, Recommendation, Scorer};

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

/// Writes the result where it goes. A calendar that cannot be made is an error, or with notes only told: who has answered
/// a whole quiz is not to fail for it.
pub(super) fn write(
    outputs: &Outputs<PlanFormat>,
    color: ColorWhen,
    report: &ResultReport<'_>,
    sessions: Option<&StudySessions>,
    notes: Option<&mut Notes>,
) -> Result<Delivery, Error> {
    let calendar = report.calendar(sessions);
    let is_told = notes.is_some();
    if let (Some(notes), None, true) = (notes, &calendar, outputs.has_calendar()) {
        notes.note(&no_calendar(report).text());
    }
    outputs.write_plan(color, report, || match &calendar {
        None if is_told => Ok(None),
        calendar => calendar.clone().map(Some).ok_or_else(|| no_calendar(report)),
    })
}

fn no_calendar(report: &ResultReport<'_>) -> Error {
    report.plan().map_or_else(|| Error::no_plan(report.verdict()), Error::no_events)
}
