//! Answers from flags and files, and the questions that are still open.

use std::path::Path;

use crate::bank::{Bank, Former, Response, Sheet, Value, WrongAnswer, clean};
use crate::plan::Wishes;
use crate::terminal::{self, Color, Dialog, Stopped};

use super::args::{Take, When};
use super::error::{Error, WrongFlag};
use super::hold::Hold;
use super::input::{self, Source};
use super::output;

/// Signal number that stands for leaving the quiz.
const SIGINT: u8 = 2;

/// A sheet as given, with what else a former result says.
pub(super) struct Given<'b> {
    pub(super) sheet: Sheet<'b>,
    pub(super) former: Former,
    /// Hours a week that the file's answers ask for.
    pub(super) former_hours: Option<u32>,
}

/// The answers of a file and of flags; flags win.
pub(super) fn given<'b>(bank: &'b Bank, take: &Take) -> Result<Given<'b>, Error> {
    let mut sheet = Sheet::new(bank);
    let former = match &take.answers {
        Some(file) => read(file, &mut sheet)?,
        None => Former::default(),
    };
    if former.fingerprint.as_ref().is_some_and(|fingerprint| *fingerprint != bank.fingerprint) {
        output::note("the former result was made with another bank or version; it is scored anew with this one");
    }
    let former_hours = Wishes::new(&sheet).hours_per_week;
    for response in flags(bank, &take.answer)? {
        sheet.put(response);
    }
    Ok(Given { sheet, former, former_hours })
}

fn read(file: &Path, sheet: &mut Sheet<'_>) -> Result<Former, Error> {
    let source = Source::answers(file)?;
    let text = source.text();
    match sheet.bank().read_answers(&text) {
        Ok(record) => {
            for response in record.responses {
                sheet.put(response);
            }
            Ok(record.former)
        }
        Err(problems) => Err(Error::Answers { name: source.name, text, problems }),
    }
}

/// The responses of `-a` flags, or everything that is wrong with them.
pub(super) fn flags<'b>(bank: &'b Bank, flags: &[String]) -> Result<Vec<Response<'b>>, Error> {
    let mut responses: Vec<Response<'b>> = Vec::new();
    let mut wrong = Vec::new();
    for flag in flags {
        let Some((id, value)) = flag.split_once('=') else {
            let (what, advice) =
                ("no `=` in it".to_owned(), "write `-a ID=VALUE`, such as `-a pipelines=5`".to_owned());
            wrong.push(WrongFlag { flag: flag.clone(), what, advice });
            continue;
        };
        match bank.respond(id.trim(), &Value::Text(value.to_owned())) {
            Ok(response) if responses.iter().any(|other| other.question.index == response.question.index) => {
                wrong.push(WrongFlag::new(flag, &WrongAnswer::Twice { question: response.question.id.clone() }));
            }
            Ok(response) => responses.push(response),
            Err(error) => wrong.push(WrongFlag::new(flag, &error)),
        }
    }
    if wrong.is_empty() { Ok(responses) } else { Err(Error::Flags(wrong)) }
}

/// Closes every open question: skipped where nothing shall be asked, else asked on the terminal.
pub(super) fn complete(sheet: &mut Sheet<'_>, take: &Take, color: When) -> Result<(), Error> {
    if take.no_input {
        sheet.skip_open();
    }
    let open: Vec<String> = sheet.open().map(|question| question.id.clone()).collect();
    if open.is_empty() {
        return Ok(());
    }
    if !input::is_interactive() {
        return Err(Error::Open { ids: open });
    }
    ask(sheet, color)
}

fn ask(sheet: &mut Sheet<'_>, color: When) -> Result<(), Error> {
    let failed = |source| Error::Terminal(Stopped::Failed(source));
    let hold = Hold::new().map_err(failed)?;
    let colored = output::error_style(color).color;
    // dialoguer's theme asks the console crate whether its colours are on.
    console::set_colors_enabled_stderr(colored);
    let mut dialog = Dialog::new(if colored { Color::On } else { Color::Off });
    let bank = sheet.bank();
    let intro = bank.intro.iter().map(String::as_str);
    let greeting = std::iter::once(bank.title.as_str()).chain(intro).try_for_each(|text| dialog.say(&clean(text)));
    let stopped = |source| match (hold.signal(), source) {
        (Some(signal), _) => Error::Stopped { signal, source: Stopped::Interrupted },
        (None, source @ (Stopped::Quit | Stopped::Interrupted)) => Error::Stopped { signal: SIGINT, source },
        (None, source @ Stopped::Failed(_)) => Error::Terminal(source),
    };
    greeting.and_then(|()| terminal::run(&mut dialog, sheet)).map_err(stopped)
}
