//! The results of invented people, which show what a result looks like.

use crate::bank::{Bank, UnknownWord};
use crate::cli::after::{ResultWindow, has_window};
use crate::cli::answers::ResolvedAnswers;
use crate::cli::args::{CommonArgs, TakeArgs};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::result_report::{report, write};
use crate::cli::schedule_defaults;
use crate::cli::source;
use crate::cli::streams::Target;
use crate::cli::take;
use crate::scoring::{Length, Scorer, persona_sheet};

/// Shows the result of a persona, or lists all for `None`.
pub(super) fn run(common: &CommonArgs, take: &TakeArgs, id: Option<&str>, notes: &mut Notes) -> Result<(), Error> {
    let bank = source::bank(common, None, &take.output.paths(), notes)?;
    let Some(id) = id else { return list(&bank, take) };
    let outputs = Outputs::open(&take.output, notes)?;
    let ids = bank.personas.iter().map(|persona| persona.id.as_str());
    let persona = bank.personas.iter().find(|persona| persona.id == id);
    let persona = persona.ok_or_else(|| Error::UnknownPersona { word: UnknownWord::new(id, ids) })?;
    let scorer = Scorer::new(&bank);
    let answers = ResolvedAnswers::of_sheet(persona_sheet(&scorer, persona));
    let pace = schedule_defaults::pace(&take.pace, answers.hours_per_week(), answers.previous.start);
    let sessions = schedule_defaults::sessions(&take.pace, pace)?;
    let (length, color, sessions) = (Length::of(persona), common.color, sessions.as_ref());
    if has_window(&take.output, &take.window) {
        let window = ResultWindow { scorer: &scorer, length, pace, sessions, color, kept: None, outputs };
        return window.show(answers, take::next(take), notes);
    }
    let report = report(&scorer, &answers, length, pace)?;
    write(&outputs, color, &report, sessions, None)?;
    Ok(())
}

/// Lists the personas of a bank, a line each.
fn list(bank: &Bank, take: &TakeArgs) -> Result<(), Error> {
    if take.output.is_given() || !take.output.files.is_empty() {
        return Err(Error::PersonaList);
    }
    let width = bank.personas.iter().map(|persona| persona.id.len()).max().unwrap_or_default();
    let lines = bank.personas.iter().map(|persona| {
        let about = persona.about.as_deref().unwrap_or_default();
        format!("{}\n", format!("{:width$}  {about}", persona.id).trim_end())
    });
    Target::Stdout.write(&lines.collect::<String>())?;
    Ok(())
}
