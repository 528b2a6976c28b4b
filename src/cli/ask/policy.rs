//! Decides what happens to open questions: `--no-input` skips them, otherwise terminal and flags decide how to ask.

use std::io::{self, IsTerminal as _};

use crate::answers::Completion;
use crate::bank::{Answer, Question, Response, Sheet};
use crate::cli::answers::ResolvedAnswers;
use crate::cli::args::{CommonArgs, TakeArgs};
use crate::cli::ask::farewell;
use crate::cli::ask::progress::Progress;
use crate::cli::ask::prompts;
use crate::cli::ask::resume;
use crate::cli::ask::unfinished::{self, Unfinished};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::streams::{is_accessible, is_dumb, is_interactive, is_set, stderr_style};
use crate::report;
use crate::scoring::{Length, Scorer};
use crate::terminal::{Interview, PromptError};

/// The fate of lines from a pipe of which one is no answer.
const NOTHING_KEPT: &str = "none of the answers is kept; correct the line and start again";

/// Answers that are kept on disk until their result has been shown, `None` where nobody was asked.
pub(crate) struct SavedProgress(Option<Progress>);

impl SavedProgress {
    /// Removes them, now that the person who was asked has got the result; `text` says where, if it is not shown.
    pub(crate) fn remove(self, text: Option<String>, notes: &mut Notes) {
        let Some(progress) = self.0 else { return };
        if let Some(text) = text {
            notes.line(&text);
        }
        if let Err(error) = progress.remove() {
            notes.note(&format!("the saved answers could not be removed: {error}"));
        }
    }

    /// Returns true if a person was asked on a terminal.
    pub(crate) fn is_of_person(&self) -> bool {
        self.0.is_some() && io::stdin().is_terminal()
    }

    /// Returns true if anybody was asked.
    pub(crate) fn is_of_asked(&self) -> bool {
        self.0.is_some()
    }

    /// Leaves them, because nobody has read the result.
    pub(crate) fn keep(self, notes: &mut Notes) {
        if self.0.is_some_and(|progress| progress.is_kept()) {
            notes.note("nobody has read the result, so the answers are kept");
        }
    }
}

/// Returns true unless a flag or the environment asks to keep no answers and no result.
pub(crate) fn keeps(take: &TakeArgs) -> bool {
    !take.no_keep && !is_set("PATHQUIZ_NO_KEEP")
}

/// Returns how long the quiz is: as the flag says, or as the former result was.
pub(crate) fn quiz_length(take: &TakeArgs, completion: Completion) -> Length {
    if take.quick { Length::Quick } else { previous_length(completion) }
}

/// Returns how long the quiz of a former result was.
pub(crate) fn previous_length(completion: Completion) -> Length {
    if completion == Completion::Quick { Length::Quick } else { Length::Full }
}

/// Closes what is open on a sheet. Returns `None` where the person throws away what was saved and leaves.
pub(crate) fn collect_missing_answers<'b>(
    scorer: &Scorer<'b>,
    answers: &mut ResolvedAnswers<'b>,
    common: &CommonArgs,
    take: &TakeArgs,
    notes: &mut Notes,
) -> Result<Option<SavedProgress>, Error> {
    let interview = Interview::new(scorer, answers.sheet.clone(), quiz_length(take, answers.previous.completion));
    let pending: Vec<&Question> = interview.pending();
    // What a previous result left open for good reason stays open, as long as the reason holds.
    let ended = answers.previous.completion == Completion::Early && scorer.score(&answers.sheet).early_stop().is_some();
    if pending.is_empty() || ended {
        return Ok(Some(SavedProgress(None)));
    }
    if take.no_input {
        for question in pending {
            answers.sheet.put(Response { question, answer: Answer::Skip });
        }
        return Ok(Some(SavedProgress(None)));
    }
    if !take.plain && !is_interactive() {
        let open = pending.iter().map(|question| (question.id.clone(), question.allowed()));
        return Err(Error::Open { questions: open.collect() });
    }
    Ok(ask_person(interview, common, take, notes)?.map(|(sheet, progress)| {
        answers.sheet = sheet;
        SavedProgress(Some(progress))
    }))
}

/// Returns the sheet with what is saved of it, `None` where the person throws that away.
fn ask_person<'b>(
    mut interview: Interview<'_, 'b>,
    common: &CommonArgs,
    take: &TakeArgs,
    notes: &mut Notes,
) -> Result<Option<(Sheet<'b>, Progress)>, Error> {
    let mut progress = if keeps(take) { Progress::open(interview.sheet().bank()) } else { Progress::off() };
    // Whoever typed into a pipe is not there to look again.
    if io::stdin().is_terminal() {
        interview.stop_before_result(report::careless_remark);
    }
    let left = resume::answers_to_resume(&interview, &mut progress, take, notes);
    let style = stderr_style(common.color);
    let asked = if is_plain(take) {
        prompts::ask_by_lines(&mut interview, &mut progress, left, style, notes.prompts())
    } else {
        prompts::ask_by_keys(&mut interview, &mut progress, left, style)
    };
    match asked {
        Ok(()) => {}
        Err(Unfinished::Discarded) => {
            progress.discard()?;
            notes.note("the saved answers are removed");
            return Ok(None);
        }
        Err(Unfinished::Stopped { stopped: stopped @ PromptError::Refused { .. }, signal }) => {
            // Lines before it may already answer other questions than they were meant for.
            if let Err(error) = progress.remove() {
                notes.note(&format!("the saved answers could not be removed: {error}"));
            }
            return Err(unfinished::error(stopped, signal, NOTHING_KEPT.to_owned()));
        }
        Err(Unfinished::Stopped { stopped, signal }) => {
            return Err(unfinished::error(stopped, signal, farewell::text(&interview, &progress, common, take)));
        }
    }
    if let Some(trouble) = interview.trouble() {
        notes.note(&format!("answers were not saved on the way: {trouble}"));
    }
    Ok(Some((interview.into_sheet(), progress)))
}

fn is_plain(take: &TakeArgs) -> bool {
    take.plain || is_accessible() || is_dumb() || cfg!(not(unix))
}
