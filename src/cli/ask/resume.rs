//! Asks whether to go on with answers that an earlier session left.

use std::io::{self, IsTerminal as _};

use crate::bank::{Response, Sheet};
use crate::cli::args::TakeArgs;
use crate::cli::ask::progress::{Progress, Saved};
use crate::cli::ask::unfinished::Unfinished;
use crate::cli::notes::Notes;
use crate::terminal::{AnswerCounts, Interview, PromptError};

#[derive(Clone, Copy)]
enum ResumeOption {
    GoOn,
    StartAgain,
    Discard,
}

const OPTIONS: [(ResumeOption, &str); 3] = [
    (ResumeOption::GoOn, "Go on where it was left"),
    (ResumeOption::StartAgain, "Start again"),
    (ResumeOption::Discard, "Discard the saved answers and leave"),
];

/// Returns the answers of an earlier session that the person may go on with, `None` if there is no question
/// about them. Those that cannot be read or asked about stay as they are, and this session saves none.
pub(crate) fn answers_to_resume<'b>(
    interview: &Interview<'_, 'b>,
    progress: &mut Progress,
    take: &TakeArgs,
    notes: &mut Notes,
) -> Option<Vec<Response<'b>>> {
    let bank = interview.sheet().bank();
    for name in progress.others(bank) {
        notes.note(&format!("answers to another version of this bank are kept in {name}"));
    }
    match progress.saved(bank) {
        _ if take.fresh => None,
        Saved::Nothing => None,
        Saved::Unreadable(name) => {
            notes.note(&format!("the saved answers in {name} cannot be read; --fresh replaces them"));
            progress.stop("the file of an earlier session cannot be read and stays as it is");
            None
        }
        Saved::Answers(responses) if are_given(&responses, interview) => None,
        Saved::Answers(_) if !io::stdin().is_terminal() => {
            notes.note("answers of an earlier session are kept as they are; --fresh replaces them");
            progress.stop("those of an earlier session are kept");
            None
        }
        Saved::Answers(responses) => Some(responses),
    }
}

/// Takes over what an earlier session left, as far as the person wants it.
pub(crate) fn resume<'b>(
    interview: &mut Interview<'_, 'b>,
    progress: &mut Progress,
    left: Option<Vec<Response<'b>>>,
    choose: impl FnOnce(&str, &[String]) -> Result<usize, PromptError>,
) -> Result<(), Unfinished> {
    if let Some(responses) = left {
        let mut sheet = Sheet::new(interview.sheet().bank());
        for response in &responses {
            sheet.put(response.clone());
        }
        let title = format!("A quiz was left: {}.", AnswerCounts::new(&sheet));
        let chosen = choose(&title, &OPTIONS.map(|(_, words)| words.to_owned()))?;
        match OPTIONS[chosen].0 {
            ResumeOption::GoOn => {
                interview.resume(responses);
                progress.take_over();
            }
            ResumeOption::StartAgain => {}
            ResumeOption::Discard => return Err(Unfinished::Discarded),
        }
    }
    interview.warn(progress.trouble());
    Ok(())
}

/// Returns true if all that was saved is on the sheet already.
fn are_given(responses: &[Response<'_>], interview: &Interview<'_, '_>) -> bool {
    responses.iter().all(|response| interview.sheet().answer(response.question) == Some(&response.answer))
}
