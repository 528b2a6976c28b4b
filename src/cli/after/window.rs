//! Shows a result in one window of the terminal.

use std::cell::Cell;
use std::io::{self, IsTerminal as _};

use console::Term;

use crate::bank::Sheet;
use crate::cli::answers::ResolvedAnswers;
use crate::cli::args::{ColorWhen, OutputArgs, PlanFormat, WindowArgs};
use crate::cli::error::Error;
use crate::cli::kept::{KeptResult, ResultStore};
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::result_report::{report, write};
use crate::cli::streams::{Target, is_accessible, is_dumb, is_interactive, standard_stream, stdout_style};
use crate::plan::Pace;
use crate::report::{NextSteps, Report as _, ResultReport, StudySessions, WindowFrame};
use crate::scoring::{Length, Scorer};

/// Most rows of the window and its keys.
pub(super) const MAX_ROWS: usize = 22;

/// A way to go on after a result.
pub(super) enum NextAction<'b> {
    /// The person is done.
    End,
    /// The answers have changed, and with them the result.
    Score(Sheet<'b>),
}

/// A result with everything that the keys under it need.
pub(super) struct ShownResult<'a, 'b> {
    pub(super) report: &'a ResultReport<'a>,
    pub(super) sheet: &'a Sheet<'b>,
    pub(super) scorer: &'a Scorer<'b>,
    pub(super) length: Length,
    pub(super) pace: Pace,
    pub(super) sessions: Option<&'a StudySessions>,
    pub(super) color: ColorWhen,
    /// The copy on this machine, which the person may delete.
    pub(super) kept: Option<&'a (ResultStore, KeptResult)>,
    pub(super) is_deleted: Cell<bool>,
    /// The files that it has been written to.
    pub(super) files: Option<String>,
}

/// The window of a result that changes with its answers.
pub(crate) struct ResultWindow<'a, 'b> {
    pub(crate) scorer: &'a Scorer<'b>,
    pub(crate) length: Length,
    pub(crate) pace: Pace,
    pub(crate) sessions: Option<&'a StudySessions>,
    pub(crate) color: ColorWhen,
    pub(crate) kept: Option<&'a (ResultStore, KeptResult)>,
    /// The files that the whole result goes to, if there are any.
    pub(crate) outputs: Outputs<PlanFormat>,
}

impl<'b> ResultWindow<'_, 'b> {
    /// Shows the result of some answers, and again after every change of them; a kept result is replaced.
    pub(crate) fn show(
        &self,
        mut answers: ResolvedAnswers<'b>,
        next: NextSteps,
        notes: &mut Notes,
    ) -> Result<(), Error> {
        let Self { scorer, length, pace, sessions, color, mut kept, ref outputs } = *self;
        loop {
            let result = report(scorer, &answers, length, pace)?;
            let files = outputs.unseen();
            if files.is_some() {
                write(outputs, color, &result, sessions, Some(&mut *notes))?;
            }
            let sheet = &answers.sheet;
            let shown = ShownResult {
                report: &result,
                sheet,
                scorer,
                length,
                pace,
                sessions,
                color,
                kept,
                is_deleted: Cell::new(false),
                files,
            };
            let action = shown.show(next)?;
            let is_deleted = shown.is_deleted.get();
            match action {
                NextAction::End => return Ok(()),
                NextAction::Score(sheet) => answers.sheet = sheet,
            }
            kept = kept.filter(|_| !is_deleted);
            if let Some((store, kept)) = kept {
                let result = report(scorer, &answers, length, pace)?;
                if let Err(error) = store.replace(kept, &result.json()) {
                    notes.note(&format!("the change is not kept: {error}"));
                }
            }
        }
    }
}

/// Returns true if the text of a result is shown in one window: on a terminal, unless somebody wants all of it or names
/// a format.
pub(crate) fn has_window(output: &OutputArgs<PlanFormat>, window: &WindowArgs) -> bool {
    let is_elsewhere = output.files.iter().all(|file| standard_stream(file).is_none());
    io::stdout().is_terminal() && is_elsewhere && !window.full && !output.is_given()
}

/// Returns how a person goes on from a result: by keys where standard input, output and error are a terminal that can
/// do more than lines.
pub(crate) fn next_steps() -> NextSteps {
    let is_terminal = is_interactive() && io::stdout().is_terminal();
    let has_keys = cfg!(unix) && is_terminal && !is_accessible() && !is_dumb();
    if has_keys { NextSteps::Keys } else { NextSteps::Commands }
}

impl<'a, 'b> ShownResult<'a, 'b> {
    /// Shows the result, and does what the keys under it stand for until the person is done or changes an answer. What
    /// stays on the screen is the window.
    fn show(&self, next: NextSteps) -> Result<NextAction<'b>, Error> {
        #[cfg(unix)]
        if next == NextSteps::Keys {
            let action = self.read_keys();
            if !matches!(action, Ok(NextAction::Score(_))) {
                self.print(&self.ending(NextSteps::Commands))?;
            }
            return action;
        }
        let commands = self.copy().map(|_| COMMANDS.map(str::to_owned)).into_iter().flatten();
        let ending: Vec<String> = self.ending(next).into_iter().chain(commands).collect();
        self.print(&ending)?;
        Ok(NextAction::End)
    }

    fn print(&self, ending: &[String]) -> Result<(), Error> {
        let rows = Term::stdout().size_checked().map_or(MAX_ROWS, |(rows, _)| usize::from(rows.saturating_sub(1)));
        let frame = WindowFrame { rows: rows.clamp(1, MAX_ROWS), ending, next: NextSteps::Commands };
        Target::open(None)?.write(&self.report.window(frame, stdout_style(self.color)))?;
        Ok(())
    }

    /// Returns the copy on this machine, `None` where there is none or the person has deleted it.
    pub(super) fn copy(&self) -> Option<&'a (ResultStore, KeptResult)> {
        self.kept.filter(|_| !self.is_deleted.get())
    }

    /// Returns where the result is.
    pub(super) fn ending(&self, next: NextSteps) -> Vec<String> {
        vec![match (&self.files, self.copy()) {
            (Some(files), _) => format!("The whole result is in {files}."),
            (None, Some(_)) => "Kept on this machine: `pathquiz result` shows it again.".to_owned(),
            (None, None) if next == NextSteps::Keys => "Not kept on this machine: w saves it in files.".to_owned(),
            (None, None) => "Not kept: `--full` prints all of it, and `-o result.html` saves it as a page.".to_owned(),
        }]
    }
}

/// Commands to go on with where there are no keys.
const COMMANDS: [&str; 3] = [
    "`pathquiz result --full` prints all of it.",
    "`pathquiz result -o result.html` saves it as a page.",
    "`pathquiz plan` shows the whole plan.",
];
