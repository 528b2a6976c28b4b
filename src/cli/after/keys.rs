//! The keys under the window of a result.

use crate::cli::after::pager;
use crate::cli::after::save::{SavedDocument, folder, open_page, save};
use crate::cli::after::window::{MAX_ROWS, NextAction, ShownResult};
use crate::cli::ask::{RawMode, Tty};
use crate::cli::error::Error;
use crate::cli::streams::stdout_style;
use crate::plan::{Plan, PlanPreferences};
use crate::report::{NextSteps, PlanComparison, PlanReport, Report as _, Style, WindowFrame};
use crate::terminal::{Capabilities, Interview, KeyPrompt, PromptError, Size};

/// The last key and its effect.
#[derive(Default)]
struct History {
    told: Option<String>,
    /// True if `d` was pressed once.
    is_delete_asked: bool,
}

impl<'b> ShownResult<'_, 'b> {
    /// Reads keys until the person is done or has changed an answer. The window goes away with them.
    pub(super) fn read_keys(&self) -> Result<NextAction<'b>, Error> {
        let raw_mode = RawMode::new().map_err(|error| failed(error.into()))?;
        let (mut prompt, mut history) = (None, History::default());
        loop {
            match self.step(&raw_mode, &mut prompt, &mut history) {
                Ok(None) => {}
                Ok(Some(action)) => return Ok(action),
                Err(PromptError::Quit | PromptError::Ended) => return Ok(NextAction::End),
                Err(stopped) => {
                    let Some(signal) = raw_mode.signal() else { return Err(failed(stopped)) };
                    return Err(Error::Stopped { status: 128 + signal });
                }
            }
        }
    }

    /// Waits for one key and does what it stands for; returns how to go on if the keys are over.
    fn step<'r>(
        &self,
        raw_mode: &'r RawMode,
        prompt: &mut Option<KeyPrompt<Tty<'r>>>,
        history: &mut History,
    ) -> Result<Option<NextAction<'b>>, PromptError> {
        let keys = self.keys();
        // One prompt reads all keys, so that none is lost which was typed ahead.
        let asking = match prompt {
            Some(asking) => asking,
            None => prompt.insert(self.prompt(raw_mode)?),
        };
        let Some(key) = asking.window_key(|size| self.window(size), &keys, history.told.as_deref())? else {
            return Ok(Some(NextAction::End));
        };
        history.told = None;
        let is_delete_asked = std::mem::take(&mut history.is_delete_asked);
        match key {
            'o' => history.told = Some(open_page(self.report, self.copy())),
            'w' => history.told = self.save(asking)?,
            'p' | 'y' => {
                *prompt = None;
                let text = if key == 'p' { self.plan_text() } else { self.report.explanation().text(self.style()) };
                Self::page(raw_mode, &text)?;
            }
            'c' => return self.review(asking),
            'd' if is_delete_asked => history.told = self.delete(),
            _ => {
                history.is_delete_asked = true;
                history.told = Some("Press d once more to delete the result from this machine.".to_owned());
            }
        }
        Ok(None)
    }

    fn style(&self) -> Style {
        stdout_style(self.color)
    }

    fn keys(&self) -> Vec<(&'static str, &'static str)> {
        let mut keys = vec![("o", "page"), ("w", "files")];
        keys.extend(self.has_plan().then_some(("p", "plan")));
        keys.extend([("y", "why"), ("c", "change")]);
        keys.extend(self.copy().is_some().then_some(("d", "delete")));
        keys.push(("q", "done"));
        keys
    }

    fn has_plan(&self) -> bool {
        self.report.plan().is_some() || self.report.shortlist().len() > 1
    }

    fn prompt<'r>(&self, raw_mode: &'r RawMode) -> Result<KeyPrompt<Tty<'r>>, PromptError> {
        let caps = Capabilities { unicode: self.style().unicode, color: self.style().color };
        Ok(KeyPrompt::new(Tty::new(raw_mode)?, caps))
    }

    /// Returns the lines of the window in a terminal of this size, but for the keys.
    fn window(&self, Size { rows, columns }: Size) -> Vec<String> {
        let frame =
            WindowFrame { rows: rows.min(MAX_ROWS - 1), ending: &self.ending(NextSteps::Keys), next: NextSteps::Keys };
        let text = self.report.window(frame, Style { width: columns, ..self.style() });
        text.lines().map(str::to_owned).collect()
    }

    fn save(&self, prompt: &mut KeyPrompt<Tty<'_>>) -> Result<Option<String>, PromptError> {
        let documents = SavedDocument::possible(self.report);
        let words: Vec<String> = documents.iter().map(|document| document.words().to_owned()).collect();
        let marked = prompt.mark("Which files?", &words)?;
        let documents: Vec<SavedDocument> = marked.into_iter().map(|place| documents[place]).collect();
        if documents.is_empty() {
            return Ok(None);
        }
        let Some(typed) = prompt.line("Into which folder?", ".")? else { return Ok(None) };
        Ok(Some(save(self.report, self.sessions, &documents, &folder(&typed))))
    }

    fn delete(&self) -> Option<String> {
        let (store, kept) = self.copy()?;
        Some(match store.delete(kept) {
            Ok(()) => {
                self.is_deleted.set(true);
                "Deleted from this machine.".to_owned()
            }
            Err(error) => format!("It could not be deleted: {error}."),
        })
    }

    /// Shows the review; returns the sheet if it has changed.
    fn review(&self, prompt: &mut KeyPrompt<Tty<'_>>) -> Result<Option<NextAction<'b>>, PromptError> {
        let mut interview = Interview::new(self.scorer, self.sheet.clone(), self.length);
        // What was changed before the person leaves counts.
        match interview.review(0, prompt, &mut |_| Ok(())) {
            Ok(()) | Err(PromptError::Quit) => {}
            Err(stopped) => return Err(stopped),
        }
        let sheet = interview.into_sheet();
        let same =
            self.sheet.bank().questions.iter().all(|question| sheet.answer(question) == self.sheet.answer(question));
        Ok((!same).then_some(NextAction::Score(sheet)))
    }

    /// Returns the plan, or where several roles suit equally the plans of them side by side.
    fn plan_text(&self) -> String {
        let bank = self.report.bank();
        let (roles, preferences) = (self.report.shortlist(), PlanPreferences::new(self.sheet));
        let plans = if roles.len() > 1 { Plan::for_roles(roles, &preferences, self.pace).ok() } else { None };
        match (plans, self.report.plan()) {
            (Some(plans), _) => PlanComparison { bank, plans: &plans }.document().text(self.style()),
            (None, Some(plan)) => PlanReport { bank, plan }.document().text(self.style()),
            (None, None) => String::new(),
        }
    }

    /// Shows a text while the terminal is as it was found. A Ctrl-C is meant for the pager alone.
    fn page(raw_mode: &RawMode, text: &str) -> Result<(), PromptError> {
        raw_mode.restore()?;
        let shown = pager::show(text, usize::from(console::Term::stdout().size().0));
        raw_mode.forget_interrupt();
        raw_mode.enter()?;
        Ok(shown?)
    }
}

fn failed(stopped: PromptError) -> Error {
    Error::Terminal { stopped }
}
