//! Closing what is open: skipped where nothing shall be asked, else asked in the way that terminal and flags allow.

use std::io;

use crate::bank::{Answer, Ending, Question, Response, Value};
use crate::report::Style;
use crate::scoring::{Length, Model};
use crate::terminal::{Interview, LinePrompt, Stopped, Tally};

use super::answers::Given;
use super::args::{Common, Take};
use super::error::Error;
use super::input::{self, shown};
use super::output;
use super::progress::{Progress, Saved};
use super::resume::{Start, start};
use super::stderr;

/// Exit status of a quiz left by Ctrl-C or `q`.
const LEFT: u8 = 130;

/// Exit status where the input ended before the quiz.
const ENDED: u8 = 2;

/// Answers that are kept until their result has been shown.
pub(super) struct Kept(Option<Progress>);

impl Kept {
    /// Removes them, and tells the person who was asked what there is to be told.
    pub(super) fn remove(self, told: impl FnOnce() -> Option<String>) {
        let Some(progress) = self.0 else { return };
        if let Some(text) = told() {
            stderr::tell(&text);
        }
        if let Err(error) = progress.remove() {
            stderr::note(&format!("the saved answers could not be removed: {error}"));
        }
    }

    /// Leaves them, because nobody has read the result.
    pub(super) fn stay(self) {
        if self.0.is_some_and(|progress| progress.is_kept()) {
            stderr::note("nobody has read the result, so the answers are kept");
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
    let pending: Vec<&Question> = interview.pending();
    // What a former result left open for good reason stays open, as long as the reason holds.
    let ended = given.former.ending == Ending::Early && model.score(&given.sheet).early_stop().is_some();
    if pending.is_empty() || ended {
        return Ok(Some(Kept(None)));
    }
    if take.no_input {
        for question in pending {
            given.sheet.put(Response { question, answer: Answer::Skip });
        }
        return Ok(Some(Kept(None)));
    }
    if !take.plain && !input::is_interactive() {
        let open = pending.iter().map(|question| (question.id.clone(), question.allowed()));
        return Err(Error::Open { questions: open.collect() });
    }
    // A person reads along from here on.
    stderr::release();
    let mut progress = Progress::open(model.bank());
    let asked = if is_plain(take) { plain } else { keys };
    match asked(&mut interview, &mut progress, take, output::error_style(common.color)) {
        Ok(Start::Ask) => {}
        Ok(Start::Discard) => return progress.discard().map(|()| None),
        Err(left) => return Err(left.error(farewell(&interview, &progress, common, take))),
    }
    if let Some(trouble) = interview.trouble() {
        stderr::note(&format!("answers were not saved on the way: {trouble}"));
    }
    given.sheet = interview.into_sheet();
    Ok(Some(Kept(Some(progress))))
}

/// Why asking ended without all answers: by the person, a signal, or the end of the input.
struct Left {
    stopped: Stopped,
    signal: Option<u8>,
}

impl From<Stopped> for Left {
    fn from(stopped: Stopped) -> Self {
        Self { stopped, signal: None }
    }
}

/// Whether lines are asked for instead of keys.
fn is_plain(take: &Take) -> bool {
    take.plain || output::is_accessible() || output::is_dumb() || cfg!(not(unix))
}

/// Asks by lines. Signals end the program as usual: nothing has to be given back, and every answer is on the disk.
fn plain(interview: &mut Interview<'_, '_>, progress: &mut Progress, take: &Take, style: Style) -> Result<Start, Left> {
    let mut prompt = LinePrompt::new(io::stdin().lock(), io::stderr(), style.width);
    if start(interview, progress, take, |title, ways| prompt.choose(title, ways))? == Start::Discard {
        return Ok(Start::Discard);
    }
    greeting(interview).iter().try_for_each(|text| prompt.say(text))?;
    interview.run(&mut prompt, |sheet| progress.save(sheet))?;
    Ok(Start::Ask)
}

/// Asks by single keys.
#[cfg(unix)]
fn keys(interview: &mut Interview<'_, '_>, progress: &mut Progress, take: &Take, style: Style) -> Result<Start, Left> {
    use super::hold::Hold;
    use super::resume::choose;
    use super::tty::Tty;
    use crate::terminal::{KeyPrompt, Look};

    // dialoguer's list needs room; in a small window the choice is typed, before the keyboard is held.
    let small = console::Term::stderr().size_checked().is_none_or(|(rows, columns)| rows < 8 || columns < 60);
    let typed = |title: &str, ways: &[String]| {
        LinePrompt::new(io::stdin().lock(), io::stderr(), style.width).choose(title, ways)
    };
    if small && start(interview, progress, take, typed)? == Start::Discard {
        return Ok(Start::Discard);
    }
    let hold = Hold::new().map_err(Stopped::Failed)?;
    let noted = |stopped| Left { stopped, signal: hold.signal() };
    let listed = |title: &str, ways: &[String]| hold.interruptibly(|| choose(title, ways, style));
    if !small && start(interview, progress, take, listed).map_err(noted)? == Start::Discard {
        return Ok(Start::Discard);
    }
    for text in greeting(interview) {
        stderr::tell(&textwrap::fill(&text, style.width.clamp(10, 100)));
    }
    stderr::tell("");
    let look = Look { unicode: style.unicode, color: style.color };
    let mut prompt = KeyPrompt::new(Tty::new(&hold).map_err(Stopped::Failed)?, look);
    let asked = interview.run(&mut prompt, |sheet| progress.save(sheet));
    drop(prompt);
    match (asked, hold.signal()) {
        (Ok(()), None) => Ok(Start::Ask),
        // One that came while the last answer was being saved.
        (Ok(()), Some(_)) => Err(noted(Stopped::Interrupted)),
        (Err(stopped), _) => Err(noted(stopped)),
    }
}

#[cfg(not(unix))]
use plain as keys;

/// What stands above the first question; somebody who goes on has read it.
fn greeting(interview: &Interview<'_, '_>) -> Vec<String> {
    let bank = interview.sheet().bank();
    let resumed = interview.sheet().responses().next().is_some();
    let intro = bank.intro.iter().filter(|_| !resumed).cloned();
    std::iter::once(bank.title.clone()).chain(intro).collect()
}

impl Left {
    /// The error of a quiz that was left, with the status that says how.
    fn error(self, kept: String) -> Error {
        let status = match (self.signal, &self.stopped) {
            (Some(signal), _) => 128 + signal,
            (None, Stopped::Ended) => ENDED,
            (None, Stopped::Quit | Stopped::Interrupted) => LEFT,
            (None, Stopped::Failed(_)) => return Error::Terminal { stopped: self.stopped },
        };
        Error::Left { status, stopped: self.stopped, kept }
    }
}

/// What a person who leaves is told about the answers given so far.
fn farewell(interview: &Interview<'_, '_>, progress: &Progress, common: &Common, take: &Take) -> String {
    let sheet = interview.sheet();
    let command = command(common, take);
    let tally = Tally::new(sheet);
    if progress.is_kept() {
        return format!("{tally}.\nThe answers are kept; `{command}` goes on from there.");
    }
    if !interview.is_begun() && matches!(progress.saved(sheet.bank()), Saved::Answers(_)) {
        return "the answers saved before stay.".to_owned();
    }
    if sheet.responses().next().is_none() {
        return format!("{tally}.");
    }
    let flag = |(question, answer): (&Question, &Answer)| {
        let value = match question.value(answer) {
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => text,
            Value::List(words) => words.join(","),
        };
        format!("-a {}={value}", question.id)
    };
    let flags: Vec<String> = sheet.responses().map(flag).collect();
    format!("{tally}.\nThe answers are not saved. To go on from there:\n  {command} {}", flags.join(" "))
}

/// What to type for the same quiz.
fn command(common: &Common, take: &Take) -> String {
    let bank = common.bank.as_ref().map(|file| format!(" --bank {}", shell_word(&shown(file))));
    format!("pathquiz{}{}", bank.unwrap_or_default(), if take.quick { " --quick" } else { "" })
}

/// A word as a shell takes it.
fn shell_word(word: &str) -> String {
    let is_safe = |character: char| character.is_ascii_alphanumeric() || "._-/".contains(character);
    if word.chars().all(is_safe) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
