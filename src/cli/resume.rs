//! Answers that an earlier session left: whether to go on with them.

use std::io::{self, IsTerminal as _};

use crate::bank::{Response, Sheet};
#[cfg(unix)]
use crate::report::Style;
use crate::terminal::{Interview, Stopped, Tally};

use super::args::Take;
use super::progress::{Progress, Saved};
use super::stderr;

/// What comes before the first question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Ask,
    /// The person throws away what was saved and leaves.
    Discard,
}

/// What can be done about answers that were left.
#[derive(Clone, Copy)]
enum Way {
    GoOn,
    Anew,
    Discard,
}

const WAYS: [(Way, &str); 3] = [
    (Way::GoOn, "Go on where it was left"),
    (Way::Anew, "Start again"),
    (Way::Discard, "Discard the saved answers and leave"),
];

/// Takes over what an earlier session left, as far as the person wants it.
pub(super) fn start(
    interview: &mut Interview<'_, '_>,
    progress: &mut Progress,
    take: &Take,
    choose: impl FnOnce(&str, &[String]) -> Result<usize, Stopped>,
) -> Result<Start, Stopped> {
    let bank = interview.sheet().bank();
    for name in progress.others(bank) {
        stderr::note(&format!("answers to another version of this bank are kept in {name}"));
    }
    match progress.saved(bank) {
        _ if take.fresh => {}
        Saved::Nothing => {}
        Saved::Unreadable(name) => {
            stderr::note(&format!("the saved answers in {name} cannot be read; --fresh replaces them"));
            progress.stop("the file of an earlier session cannot be read and stays as it is");
        }
        Saved::Answers(responses) if are_given(&responses, interview) => {}
        Saved::Answers(_) if !io::stdin().is_terminal() => {
            stderr::note("answers of an earlier session are kept as they are; --fresh replaces them");
            progress.stop("those of an earlier session are kept");
        }
        Saved::Answers(responses) => {
            let mut left = Sheet::new(bank);
            for response in &responses {
                left.put(response.clone());
            }
            let title = format!("A quiz was left: {}.", Tally::new(&left));
            let chosen = choose(&title, &WAYS.map(|(_, words)| words.to_owned()))?;
            match WAYS[chosen].0 {
                Way::GoOn => {
                    interview.resume(responses);
                    progress.take_over();
                }
                Way::Anew => {}
                Way::Discard => return Ok(Start::Discard),
            }
        }
    }
    interview.warn(progress.trouble());
    Ok(Start::Ask)
}

/// Whether all that was saved is on the sheet already, so that there is nothing to ask about.
fn are_given(responses: &[Response<'_>], interview: &Interview<'_, '_>) -> bool {
    responses.iter().all(|response| interview.sheet().answer(response.question) == Some(&response.answer))
}

/// Lets the person choose by dialoguer's list. It comes before the first question, because the console crate takes any
/// signal for Ctrl-C, and a change of size is one.
#[cfg(unix)]
pub(super) fn choose(title: &str, ways: &[String], style: Style) -> Result<usize, Stopped> {
    use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};

    let term = console::Term::stderr();
    // dialoguer's theme asks the console crate whether its colours are on.
    console::set_colors_enabled_stderr(style.color);
    let theme: &dyn Theme = if style.color && style.unicode { &ColorfulTheme::default() } else { &SimpleTheme };
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
