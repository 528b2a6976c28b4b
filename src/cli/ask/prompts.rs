//! Asks in one of two ways: by typed lines, or by single keys on a terminal.

use std::io::{self, IsTerminal as _};
use std::iter;

use crate::bank::Response;
use crate::cli::ask::progress::Progress;
use crate::cli::ask::resume::resume;
use crate::cli::ask::unfinished::Unfinished;
use crate::cli::streams::write_stderr;
use crate::report::Style;
use crate::terminal::{Interview, LinePrompt, LineSource, PromptError};

/// Asks by lines. Signals end the program as usual: the terminal is as it was, and every answer is on the disk.
pub(crate) fn ask_by_lines<'b>(
    interview: &mut Interview<'_, 'b>,
    progress: &mut Progress,
    left: Option<Vec<Response<'b>>>,
    style: Style,
    out: Box<dyn io::Write>,
) -> Result<(), Unfinished> {
    let source = if io::stdin().is_terminal() { LineSource::Person } else { LineSource::Pipe };
    let mut prompt = LinePrompt::new(io::stdin().lock(), out, style.width, source);
    resume(interview, progress, left, |title, options| prompt.choose(title, options))?;
    greeting(interview).iter().try_for_each(|text| prompt.say(text))?;
    Ok(interview.run(&mut prompt, |sheet| progress.save(sheet))?)
}

#[cfg(unix)]
pub(crate) fn ask_by_keys<'b>(
    interview: &mut Interview<'_, 'b>,
    progress: &mut Progress,
    left: Option<Vec<Response<'b>>>,
    style: Style,
) -> Result<(), Unfinished> {
    use crate::cli::ask::raw_mode::RawMode;
    use crate::cli::ask::tty::Tty;
    use crate::terminal::{Capabilities, KeyPrompt};

    let raw_mode = RawMode::new()?;
    let capabilities = Capabilities { unicode: style.unicode, color: style.color };
    // Its list goes away before the introduction, which stays.
    let mut dialog = KeyPrompt::new(Tty::new(&raw_mode)?, capabilities);
    let resumed = resume(interview, progress, left, |title, options| dialog.choose(title, options));
    drop(dialog);
    resumed.map_err(|unfinished| unfinished.with_signal(raw_mode.signal()))?;
    for text in greeting(interview) {
        write_stderr(&format!("{}\n", textwrap::fill(&text, style.width.clamp(10, 100))));
    }
    write_stderr("\n");
    let mut prompt = KeyPrompt::new(Tty::new(&raw_mode)?, capabilities);
    let asked = interview.run(&mut prompt, |sheet| progress.save(sheet));
    drop(prompt);
    match (asked, raw_mode.signal()) {
        (Ok(()), None) => Ok(()),
        // One that came while the last answer was being saved.
        (Ok(()), signal) => Err(Unfinished::Stopped { stopped: PromptError::Interrupted, signal }),
        (Err(stopped), signal) => Err(Unfinished::Stopped { stopped, signal }),
    }
}

#[cfg(not(unix))]
pub(crate) fn ask_by_keys<'b>(
    interview: &mut Interview<'_, 'b>,
    progress: &mut Progress,
    left: Option<Vec<Response<'b>>>,
    style: Style,
) -> Result<(), Unfinished> {
    ask_by_lines(interview, progress, left, style, Box::new(io::stderr()))
}

/// Returns what stands above the first question; somebody who goes on has read the introduction.
fn greeting(interview: &Interview<'_, '_>) -> Vec<String> {
    let bank = interview.sheet().bank();
    let resumed = interview.sheet().responses().next().is_some();
    let intro = bank.intro.iter().filter(|_| !resumed).cloned();
    iter::once(bank.title.clone()).chain(intro).collect()
}
