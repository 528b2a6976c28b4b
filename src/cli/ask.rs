//! Closing what is open: skipped where nothing shall be asked, else asked in the way that terminal and flags allow.

use std::io::{self, IsTerminal as _};

use crate::bank::{Answer, Bank, Ending, Sheet, Value};
use crate::scoring::{Length, Model};
use crate::terminal::{Interview, LinePrompt, Stopped};

use super::answers::Given;
use super::args::{Common, Take};
use super::error::Error;
use super::input;
use super::output;
use super::progress::{Progress, Saved};

/// Exit status of a quiz left by Ctrl-C or `q`.
pub(super) const LEFT: u8 = 130;

/// Exit status where the input ended before the quiz.
const ENDED: u8 = 2;

/// Answers that are kept until their result has been shown.
pub(super) struct Kept(Option<Progress>);

impl Kept {
    /// Removes them.
    pub(super) fn remove(self) {
        if let Some(Err(error)) = self.0.map(|progress| progress.remove()) {
            output::note(&format!("the saved answers could not be removed: {error}"));
        }
    }
}

/// How long the quiz is: as the flag says, or as the former result was.
pub(super) fn length(take: &Take, ending: Ending) -> Length {
    if take.quick || ending == Ending::Quick { Length::Quick } else { Length::Full }
}

/// Closes what is open on a sheet. Nothing comes back where the person throws away what was saved and leaves.
pub(super) fn complete<'b>(
    model: &Model<'b>,
    given: &mut Given<'b>,
    common: &Common,
    take: &Take,
) -> Result<Option<Kept>, Error> {
    let mut interview = Interview::new(model, given.sheet.clone(), length(take, given.former.ending));
    let pending: Vec<_> = interview.pending().into_iter().map(|question| question.id.clone()).collect();
    let askable = take.plain || input::is_interactive();
    if pending.is_empty() || given.former.ending != Ending::Whole && (take.no_input || !askable) {
        return Ok(Some(Kept(None)));
    }
    if take.no_input {
        for question in interview.pending() {
            given.sheet.put(crate::bank::Response { question, answer: Answer::Skip });
        }
        return Ok(Some(Kept(None)));
    }
    if !askable {
        return Err(Error::Open { ids: pending });
    }
    let mut progress = Progress::open(model.bank());
    let kept = if is_plain(take) {
        plain(&mut interview, &mut progress, take)?
    } else {
        keys(&mut interview, &mut progress, common, take)?
    };
    given.sheet = interview.into_sheet();
    if let (true, Some(trouble)) = (kept, progress.trouble()) {
        output::note(&format!("answers were not saved on the way: {trouble}"));
    }
    Ok(kept.then_some(Kept(Some(progress))))
}

/// Whether lines are asked for instead of keys.
fn is_plain(take: &Take) -> bool {
    take.plain || output::is_accessible() || output::is_dumb() || cfg!(not(unix))
}

/// What to do about answers that an earlier session left.
#[derive(Clone, Copy)]
enum Resume {
    GoOn,
    Anew,
    Discard,
}

impl Resume {
    const WAYS: [Self; 3] = [Self::GoOn, Self::Anew, Self::Discard];

    fn words(bank: &Bank, answered: usize) -> (String, [String; 3]) {
        let title = format!("{answered} of {} questions were answered when the quiz was left.", bank.questions.len());
        let ways = ["Go on where it was left", "Start again", "Discard the saved answers and leave"];
        (title, ways.map(str::to_owned))
    }
}

/// Takes over what an earlier session left, as far as the person wants it; false where they want to leave instead.
fn resume(
    interview: &mut Interview<'_, '_>,
    progress: &mut Progress,
    take: &Take,
    choose: impl FnOnce(&str, &[String]) -> Result<usize, Stopped>,
) -> Result<bool, Error> {
    let bank = interview.sheet().bank();
    for name in progress.others(bank) {
        output::note(&format!("answers to another version of this bank are kept in {name}"));
    }
    if take.fresh {
        return Ok(true);
    }
    let responses = match progress.saved(bank) {
        Saved::Nothing => return Ok(true),
        Saved::Unreadable(name) => {
            output::note(&format!("the saved answers in {name} cannot be read; --fresh replaces them"));
            progress.stop("the file of an earlier session cannot be read and stays as it is");
            return Ok(true);
        }
        Saved::Answers(responses) => responses,
    };
    let new = responses.iter().filter(|response| interview.sheet().answer(response.question).is_none()).count();
    if new == 0 {
        return Ok(true);
    }
    if !io::stdin().is_terminal() {
        output::note("answers of an earlier session are kept as they are; --fresh replaces them");
        progress.stop("those of an earlier session are kept");
        return Ok(true);
    }
    let (title, ways) = Resume::words(bank, responses.len());
    let chosen = choose(&title, &ways).map_err(|stopped| left(stopped, None, " The saved answers stay."))?;
    match Resume::WAYS.get(chosen).copied().unwrap_or(Resume::GoOn) {
        Resume::GoOn => interview.resume(responses),
        Resume::Anew => {}
        Resume::Discard => {
            progress.remove().map_err(|source| Error::File {
                action: "remove",
                name: "the saved answers".to_owned(),
                source,
            })?;
            output::note("the saved answers are removed");
            return Ok(false);
        }
    }
    Ok(true)
}

/// Asks by lines. Signals end the program as usual: nothing has to be given back, and every answer is on the disk.
fn plain(interview: &mut Interview<'_, '_>, progress: &mut Progress, take: &Take) -> Result<bool, Error> {
    let mut prompt = LinePrompt::new(io::stdin().lock(), io::stderr(), output::error_columns());
    if !resume(interview, progress, take, |title, ways| prompt.choose(title, ways))? {
        return Ok(false);
    }
    let greeting = greeting(interview).iter().try_for_each(|text| prompt.say(text));
    let asked = greeting.and_then(|()| interview.run(&mut prompt, |sheet| progress.save(sheet)));
    asked.map(|()| true).map_err(|stopped| left(stopped, None, &farewell(interview.sheet(), progress)))
}

/// Asks by single keys.
#[cfg(unix)]
fn keys(
    interview: &mut Interview<'_, '_>,
    progress: &mut Progress,
    common: &Common,
    take: &Take,
) -> Result<bool, Error> {
    use super::hold::Hold;
    use super::tty::Tty;
    use crate::terminal::{KeyPrompt, Look};

    let failed = |source| Error::Terminal(Stopped::Failed(source));
    let style = output::error_style(common.color);
    // dialoguer's list needs room; in a small window the choice is typed, before the keyboard is held.
    let small = console::Term::stderr().size_checked().is_none_or(|(rows, columns)| rows < 8 || columns < 60);
    let typed = |title: &str, ways: &[String]| {
        LinePrompt::new(io::stdin().lock(), io::stderr(), style.width).choose(title, ways)
    };
    if small && !resume(interview, progress, take, typed)? {
        return Ok(false);
    }
    let hold = Hold::new().map_err(failed)?;
    let listed = |title: &str, ways: &[String]| choose(title, ways, style.color);
    if !small && !resume(interview, progress, take, listed).map_err(|error| noted(error, hold.signal()))? {
        return Ok(false);
    }
    let look = Look { unicode: style.unicode, color: style.color };
    for text in greeting(interview) {
        output::tell(&textwrap::fill(&text, style.width.clamp(10, 100)));
    }
    output::tell("");
    let mut prompt = KeyPrompt::new(Tty::new(&hold).map_err(failed)?, look);
    let asked = interview.run(&mut prompt, |sheet| progress.save(sheet));
    drop(prompt);
    asked.map(|()| true).map_err(|stopped| left(stopped, hold.signal(), &farewell(interview.sheet(), progress)))
}

#[cfg(not(unix))]
fn keys(
    interview: &mut Interview<'_, '_>,
    progress: &mut Progress,
    _common: &Common,
    take: &Take,
) -> Result<bool, Error> {
    plain(interview, progress, take)
}

/// Lets the person choose by dialoguer's list. It comes before the first question, because the console crate takes any
/// signal for Ctrl-C, and the change of size is one.
#[cfg(unix)]
fn choose(title: &str, ways: &[String], colored: bool) -> Result<usize, Stopped> {
    use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};

    let term = console::Term::stderr();
    // dialoguer's theme asks the console crate whether its colours are on.
    console::set_colors_enabled_stderr(colored);
    let theme: &dyn Theme = if colored { &ColorfulTheme::default() } else { &SimpleTheme };
    let select = dialoguer::Select::with_theme(theme).with_prompt(title).items(ways).default(0).report(false);
    match select.interact_on_opt(&term) {
        Ok(Some(way)) => Ok(way),
        Ok(None) => Err(Stopped::Quit),
        Err(dialoguer::Error::IO(error)) => {
            // dialoguer hides the cursor and leaves it hidden when it is interrupted.
            let _ = term.show_cursor();
            let interrupted = error.kind() == io::ErrorKind::Interrupted;
            Err(if interrupted { Stopped::Interrupted } else { Stopped::Failed(error) })
        }
    }
}

/// What stands above the first question; somebody who goes on has read it.
fn greeting(interview: &Interview<'_, '_>) -> Vec<String> {
    let bank = interview.sheet().bank();
    let resumed = interview.progress().1 > 0;
    let intro = bank.intro.iter().filter(|_| !resumed).cloned();
    std::iter::once(bank.title.clone()).chain(intro).collect()
}

/// The error of a quiz that was left, with the status that says how.
fn left(stopped: Stopped, signal: Option<u8>, kept: &str) -> Error {
    let status = match (signal, &stopped) {
        (Some(signal), _) => 128 + signal,
        (None, Stopped::Ended) => ENDED,
        (None, Stopped::Quit | Stopped::Interrupted) => LEFT,
        (None, Stopped::Failed(_)) => return Error::Terminal(stopped),
    };
    Error::Left { status, source: stopped, kept: kept.to_owned() }
}

/// The same error with the signal that was behind it.
#[cfg(unix)]
fn noted(error: Error, signal: Option<u8>) -> Error {
    match (error, signal) {
        (Error::Left { source, kept, .. }, Some(signal)) => Error::Left { status: 128 + signal, source, kept },
        (error, _) => error,
    }
}

/// What a person who leaves is told about the answers given so far.
fn farewell(sheet: &Sheet<'_>, progress: &Progress) -> String {
    let answered = sheet.responses().count();
    let of = sheet.bank().questions.len();
    if progress.is_kept() {
        return format!(
            ": {answered} of {of} questions answered.\nThe answers are kept; the next `pathquiz` can go on from there."
        );
    }
    if answered == 0 {
        return ".".to_owned();
    }
    let flag = |(question, answer): (&crate::bank::Question, &Answer)| {
        let value = match question.value(answer) {
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => text,
            Value::List(words) => words.join(","),
        };
        format!("-a {}={value}", question.id)
    };
    let flags: Vec<String> = sheet.responses().map(flag).collect();
    format!(
        ": {answered} of {of} questions answered.\nThe answers are not saved. To go on from there:\n  pathquiz {}",
        flags.join(" ")
    )
}
