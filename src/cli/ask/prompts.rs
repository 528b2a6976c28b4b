//! Asks in one of two ways: by typed lines, or by single keys on a terminal.

use std::io;
use std::iter;

use crate::bank::Response;
use crate::cli::ask::progress::Progress;
use crate::cli::ask::resume::{ResumeDecision, resume};
use crate::cli::error::Error;
use crate::cli::streams::write_stderr;
use crate::report::Style;
use crate::terminal::{Interview, LinePrompt, PromptError};

/// Exit status of a quiz left by Ctrl-C or `q`.
const LEFT: u8 = 130;

/// Exit status where the input ended before the quiz.
const ENDED: u8 = 2;

/// An end of asking without all answers: by the person, a signal, or the end of the input.
pub(crate) struct Unfinished {
    stopped: PromptError,
    signal: Option<u8>,
}

impl<E: Into<PromptError>> From<E> for Unfinished {
    fn from(error: E) -> Self {
        Self { stopped: error.into(), signal: None }
    }
}

impl Unfinished {
    /// Returns the error of a quiz that was left, with the status that says how; `farewell` says what has become of the
    /// answers.
    pub(crate) fn error(self, farewell: String) -> Error {
        let status = match (self.signal, &self.stopped) {
            (Some(signal), _) => 128 + signal,
            (None, PromptError::Ended) => ENDED,
            (None, PromptError::Quit | PromptError::Interrupted) => LEFT,
            (None, PromptError::Failed(_)) => return Error::Terminal { stopped: self.stopped },
        };
        Error::Left { status, stopped: self.stopped, kept: farewell }
    }
}

/// Asks by lines. Signals end the program as usual: the terminal is as it was, and every answer is on the disk.
pub(crate) fn ask_by_lines<'b>(
    interview: &mut Interview<'_, 'b>,
    progress: &mut Progress,
    left: Option<Vec<Response<'b>>>,
    style: Style,
) -> Result<ResumeDecision, Unfinished> {
    let mut prompt = LinePrompt::new(io::stdin().lock(), io::stderr(), style.width);
    if resume(interview, progress, left, |title, options| prompt.choose(title, options))? == ResumeDecision::Discard {
        return Ok(ResumeDecision::Discard);
    }
    greeting(interview).iter().try_for_each(|text| prompt.say(text))?;
    interview.run(&mut prompt, |sheet| progress.save(sheet))?;
    Ok(ResumeDecision::Ask)
}

/// Asks by single keys.
#[cfg(unix)]
pub(crate) fn ask_by_keys<'b>(
    interview: &mut Interview<'_, 'b>,
    progress: &mut Progress,
    mut left: Option<Vec<Response<'b>>>,
    style: Style,
) -> Result<ResumeDecision, Unfinished> {
    use crate::cli::ask::raw_mode::RawMode;
    use crate::cli::ask::resume::{choose_by_keys, choose_by_line};
    use crate::cli::ask::tty::Tty;
    use crate::terminal::{Capabilities, KeyPrompt};

    // dialoguer's list needs room; in a small window the choice is typed, before the keyboard is held.
    let is_small = console::Term::stderr().size_checked().is_none_or(|(rows, columns)| rows < 8 || columns < 60);
    let typed = |title: &str, options: &[String]| choose_by_line(title, options, style);
    if is_small && resume(interview, progress, left.take(), typed)? == ResumeDecision::Discard {
        return Ok(ResumeDecision::Discard);
    }
    let raw_mode = RawMode::new()?;
    let unfinished = |stopped| Unfinished { stopped, signal: raw_mode.signal() };
    let listed = |title: &str, options: &[String]| raw_mode.interruptibly(|| choose_by_keys(title, options, style));
    if resume(interview, progress, left, listed).map_err(unfinished)? == ResumeDecision::Discard {
        return Ok(ResumeDecision::Discard);
    }
    for text in greeting(interview) {
        write_stderr(&format!("{}\n", textwrap::fill(&text, style.width.clamp(10, 100))));
    }
    write_stderr("\n");
    let capabilities = Capabilities { unicode: style.unicode, color: style.color };
    let mut prompt = KeyPrompt::new(Tty::new(&raw_mode)?, capabilities);
    let asked = interview.run(&mut prompt, |sheet| progress.save(sheet));
    drop(prompt);
    match (asked, raw_mode.signal()) {
        (Ok(()), None) => Ok(ResumeDecision::Ask),
        // One that came while the last answer was being saved.
        (Ok(()), Some(_)) => Err(unfinished(PromptError::Interrupted)),
        (Err(stopped), _) => Err(unfinished(stopped)),
    }
}

#[cfg(not(unix))]
pub(crate) use ask_by_lines as ask_by_keys;

/// Returns what stands above the first question; somebody who goes on has read the introduction.
fn greeting(interview: &Interview<'_, '_>) -> Vec<String> {
    let bank = interview.sheet().bank();
    let resumed = interview.sheet().responses().next().is_some();
    let intro = bank.intro.iter().filter(|_| !resumed).cloned();
    iter::once(bank.title.clone()).chain(intro).collect()
}
