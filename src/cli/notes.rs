//! Notes that commands print beside a result, on standard error. While a program reads errors there, they wait until
//! the outcome of the run is known, because a failure leaves one JSON document alone.

use std::io;

use crate::bank::Diagnostic;
use crate::cli::streams::{fitted, write_stderr};

/// Most rejected rows that are named to a person one by one.
const MOST_NAMED: usize = 50;

/// Most problems of rejected rows that wait; `--rejects` writes all.
const MOST_WAITING: usize = 1_000;

/// Standard error as commands use it.
pub(super) struct Notes(Option<Waiting>);

#[derive(Default)]
struct Waiting {
    lines: Vec<String>,
    rejected: Vec<Diagnostic>,
}

impl Notes {
    pub(super) fn for_person() -> Self {
        Self(None)
    }

    pub(super) fn for_program() -> Self {
        Self(Some(Waiting::default()))
    }

    /// Returns where questions go that are asked by lines: nowhere while a program reads errors.
    pub(super) fn prompts(&self) -> Box<dyn io::Write> {
        if self.0.is_some() { Box::new(io::sink()) } else { Box::new(io::stderr()) }
    }

    /// Tells what has waited, and everything else at once from now on.
    pub(super) fn release(&mut self) {
        for line in self.0.take().unwrap_or_default().lines {
            self.line(&line);
        }
    }

    /// Drops the notes that have waited, and returns what is wrong with rows of the input.
    pub(super) fn into_rejected(self) -> Vec<Diagnostic> {
        self.0.unwrap_or_default().rejected
    }

    pub(super) fn note(&mut self, text: &str) {
        self.line(&format!("note: {text}"));
    }

    pub(super) fn notes(&mut self, texts: impl IntoIterator<Item = String>) {
        texts.into_iter().for_each(|text| self.note(&text));
    }

    pub(super) fn line(&mut self, text: &str) {
        match &mut self.0 {
            Some(waiting) => waiting.lines.push(text.to_owned()),
            None => write_stderr(&format!("{}\n", fitted(text))),
        }
    }
}

/// Names the rows of a file that are no sheets.
pub(super) struct RejectedRows {
    pub(super) name: String,
    pub(super) count: usize,
}

impl RejectedRows {
    /// Names a row to a person by `text`, or lets its problems wait for a program.
    pub(super) fn add(&mut self, line: u64, text: &str, problems: impl FnOnce() -> Vec<Diagnostic>, notes: &mut Notes) {
        self.count += 1;
        if let Some(waiting) = &mut notes.0 {
            let room = MOST_WAITING.saturating_sub(waiting.rejected.len());
            if room > 0 {
                let (file, line) = (Some(self.name.clone()), Some(line));
                let problems = problems().into_iter().take(room);
                waiting.rejected.extend(problems.map(|problem| Diagnostic { file: file.clone(), line, ..problem }));
            }
        } else if self.count <= MOST_NAMED {
            notes.line(&format!("{}:{line}{text}", self.name));
        }
    }

    /// Tells how many more there are, and what to do about that.
    pub(super) fn finish(&self, advice: &str, notes: &mut Notes) {
        if self.count > MOST_NAMED {
            notes.line(&format!("{}: {} more rejected{advice}", self.name, self.count - MOST_NAMED));
        }
    }
}
