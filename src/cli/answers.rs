//! Merges the answers of flags and files into one sheet.

use std::path::Path;

use crate::answers::{AnswersFile, PreviousResult};
use crate::bank::{Bank, Diagnostic, Response, Sheet, UnknownWord, Value, WrongAnswer};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::source::Source;
use crate::plan::PlanPreferences;

/// The answers of flags and file on one sheet, with what else a previous result says.
pub(super) struct ResolvedAnswers<'b> {
    pub(super) sheet: Sheet<'b>,
    pub(super) previous: PreviousResult,
    filed_hours: Option<u32>,
    flagged_hours: Option<u32>,
}

impl<'b> ResolvedAnswers<'b> {
    /// Takes the answers of a sheet that comes from nobody's file or flags.
    pub(super) fn of_sheet(sheet: Sheet<'b>) -> Self {
        Self { sheet, previous: PreviousResult::default(), filed_hours: None, flagged_hours: None }
    }

    /// Returns the hours a week: a previous result's pace holds as long as the answer behind it is not given anew.
    pub(super) fn hours_per_week(&self) -> Option<u32> {
        let wished = PlanPreferences::new(&self.sheet).hours_per_week;
        let previous = self.previous.hours_per_week.filter(|_| wished == self.filed_hours);
        self.flagged_hours.or(previous).or(wished)
    }
}

/// Returns the answers of a file and of `-a` flags, or everything that is wrong with either; flags win. `check` says
/// what else may be wrong with the response of a flag.
pub(super) fn resolve<'b>(
    bank: &'b Bank,
    file: Option<&Path>,
    flags: &[String],
    check: impl Fn(&str, &Response<'b>) -> Option<Error>,
    notes: &mut Notes,
) -> Result<ResolvedAnswers<'b>, Error> {
    let mut errors = Vec::new();
    let (mut sheet, mut previous) = (Sheet::new(bank), PreviousResult::default());
    match file.map(|file| read(bank, file, notes)) {
        Some(Ok(file)) => {
            file.responses.into_iter().for_each(|response| sheet.put(response));
            previous = file.previous;
        }
        Some(Err(error)) => errors.push(error),
        None => {}
    }
    if previous.fingerprint.as_ref().is_some_and(|fingerprint| *fingerprint != bank.fingerprint) {
        notes.note("the former result was made with another bank or version; it is scored anew with this one");
    }
    let filed_hours = PlanPreferences::new(&sheet).hours_per_week;
    let mut flagged = Sheet::new(bank);
    for (flag, response) in self::flags(bank, flags, &mut errors) {
        errors.extend(check(flag, &response));
        flagged.put(response.clone());
        sheet.put(response);
    }
    Error::all(errors)?;
    Ok(ResolvedAnswers { sheet, previous, filed_hours, flagged_hours: PlanPreferences::new(&flagged).hours_per_week })
}

fn read<'b>(bank: &'b Bank, file: &Path, notes: &mut Notes) -> Result<AnswersFile<'b>, Error> {
    let source = Source::read(file, notes)?;
    if let Some((what, advice)) = bank.foreign_answers(&source.bytes) {
        return Err(Error::ForeignFile { status: 2, name: source.name, what, advice });
    }
    bank.read_answers(&source.bytes).map_err(|problems| {
        let text = source.text();
        Error::Answers { name: source.name, text, problems }
    })
}

/// Returns the responses of `-a` flags, each with its flag; what is wrong is added to the errors.
fn flags<'b, 'f>(bank: &'b Bank, flags: &'f [String], errors: &mut Vec<Error>) -> Vec<(&'f str, Response<'b>)> {
    let mut responses: Vec<(&'f str, Response<'b>)> = Vec::new();
    for flag in flags {
        match respond(bank, flag, &responses) {
            Ok(response) => responses.push((flag, response)),
            Err(error) => errors.push(error),
        }
    }
    responses
}

/// Returns the response that a flag means, unless an earlier flag answers the same question.
fn respond<'b>(bank: &'b Bank, flag: &str, earlier: &[(&str, Response<'b>)]) -> Result<Response<'b>, Error> {
    let (id, value) = flag.split_once('=').ok_or_else(|| malformed(flag, "no `=` in it"))?;
    if id.trim().is_empty() {
        return Err(malformed(flag, "no id before the `=`"));
    }
    let question = bank.question_named(id.trim()).map_or(id.trim(), |question| &question.id);
    let mut response = match value.trim() {
        // Whoever writes no value means no choice.
        "" => bank.respond(question, &Value::List(Vec::new())),
        value => bank.understand(question, &Value::Text(value.to_owned())),
    };
    if let Ok(Response { question, .. }) = &response
        && earlier.iter().any(|(_, other)| other.question.index == question.index)
    {
        response = Err(WrongAnswer::Twice { question: question.id.clone() });
    }
    response.map_err(|wrong| {
        let mut told = Diagnostic::from(&wrong);
        if let WrongAnswer::UnknownQuestion(UnknownWord { nearest, .. }) = wrong {
            told.message += if nearest.is_some() { "" } else { ";" };
            told.message += " `pathquiz questions` shows all with their values";
        }
        Error::flag(flag, told)
    })
}

fn malformed(flag: &str, what: &str) -> Error {
    let message = format!("{what}; write `-a ID=VALUE`, such as `-a stores=5`");
    Error::flag(flag, Diagnostic::new("malformed-answer", message))
}
