//! The quiz: from flags, file and prompt to a report.

use std::path::Path;

use crate::plan::{Plan, PlanPreferences};
use crate::report::Report;
use crate::scoring::{Model, Recommendation};

use super::answers;
use super::args::{Common, Format, Take};
use super::ask;
use super::error::Error;
use super::identity::ensure_not_input;
use super::input::{self, STDIN, Source};
use super::output::{Audience, Outputs};
use super::pace;

pub(super) fn run(common: &Common, take: &Take) -> Result<(), Error> {
    input::one_stdin(&[common.bank.as_deref(), take.answers.as_deref()])?;
    let asked = if take.no_input { None } else { Some(Path::new(STDIN)) };
    ensure_not_input(&[common.bank.as_deref(), take.answers.as_deref(), asked], &take.output.paths())?;
    let source = Source::bank(common.bank.as_deref())?;
    let bank = source.parse()?;
    let model = Model::new(&bank);
    source.judge(&model, "this bank");
    let outputs = Outputs::open(&take.output)?;
    let mut given = answers::given(&bank, take.answers.as_deref(), &take.answer, |_, _| None)?;
    let Some(kept) = ask::complete(&model, &mut given, common, take)? else { return Ok(()) };
    let score = model.score(&given.sheet);
    let recommendation = Recommendation::new(&score, ask::length(take, given.former.ending));
    let pace = pace::choose(&take.pace, given.hours_per_week(), given.former.start);
    let preferences = PlanPreferences::new(&given.sheet);
    let plan = Plan::for_recommendation(recommendation.role, &recommendation.shortlist, &preferences, pace)?;
    let report = Report::new(&given.sheet, score, recommendation, plan);
    let document = report.document();
    let unseen = outputs.unseen();
    let audience = outputs.write(common.color, |format, style| match format {
        Format::Text => Ok(document.text(style)),
        Format::Json => Ok(report.json()),
        Format::Markdown => Ok(document.markdown()),
        Format::Html => Ok(document.html()),
        Format::Ics => report.calendar().ok_or_else(|| Error::no_events(report.plan())),
    })?;
    match audience {
        Audience::There => {
            kept.remove(|| unseen.map(|files| format!("{}\nThe result is in {files}.", report.sentence())));
        }
        Audience::Gone => kept.stay(),
    }
    Ok(())
}
