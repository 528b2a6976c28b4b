//! What is told beside a result, on standard error. While a program reads errors there, it waits until the end of the run
//! is known, because a failure leaves one JSON document and nothing else.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use textwrap::{Options, WordSplitter};

use crate::bank::Diagnostic;

use super::args::ColorWhen;
use super::output::error_style;

/// Most rejected rows that are named to a person one by one.
const MOST_NAMED: usize = 50;

/// Most problems of rejected rows that wait; `--rejects` writes all.
const MOST_HELD: usize = 1_000;

/// What waits; `None` while everything is told at once.
static HELD: Mutex<Option<Held>> = Mutex::new(None);

/// What waits for the end of the run.
#[derive(Default)]
struct Held {
    notes: Vec<String>,
    /// What is wrong with rows of the input.
    rejected: Vec<Diagnostic>,
}

fn held() -> MutexGuard<'static, Option<Held>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets everything wait from now on.
pub(super) fn hold() {
    *held() = Some(Held::default());
}

/// Tells the notes that have waited, and everything else at once from now on.
pub(super) fn release() {
    let notes = held().take().unwrap_or_default().notes;
    for note in notes {
        tell(&note);
    }
}

/// Drops the notes that have waited, and returns what is wrong with rows of the input.
pub(super) fn take_rejected() -> Vec<Diagnostic> {
    held().take().unwrap_or_default().rejected
}

/// Tells something beside the result.
pub(super) fn note(text: &str) {
    tell(&format!("note: {text}"));
}

/// Tells a line.
pub(super) fn tell(text: &str) {
    match &mut *held() {
        Some(held) => held.notes.push(text.to_owned()),
        None => write(&format!("{}\n", fitted(text))),
    }
}

/// Writes a whole text at once. Where standard error is closed there is nobody to tell.
pub(super) fn write(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Names the rows of a file that are no sheets.
pub(super) struct RejectedRows {
    /// The file as it is shown.
    pub(super) name: String,
    pub(super) count: usize,
}

impl RejectedRows {
    /// Names a row to a person by `text`, or lets its problems wait for a program.
    pub(super) fn add(&mut self, line: u64, text: &str, problems: impl FnOnce() -> Vec<Diagnostic>) {
        self.count += 1;
        if let Some(held) = &mut *held() {
            let room = MOST_HELD.saturating_sub(held.rejected.len());
            if room > 0 {
                let (file, line) = (Some(self.name.clone()), Some(line));
                let placed = |problem| Diagnostic { file: file.clone(), line, ..problem };
                held.rejected.extend(problems().into_iter().take(room).map(placed));
            }
        } else if self.count <= MOST_NAMED {
            tell(&format!("{}:{line}{text}", self.name));
        }
    }

    /// Tells how many more there are, and what to do about that.
    pub(super) fn finish(&self, advice: &str) {
        if self.count > MOST_NAMED {
            tell(&format!("{}: {} more rejected{advice}", self.name, self.count - MOST_NAMED));
        }
    }
}

/// Returns a text as standard error shows it: on a terminal no word is torn where the screen ends. Elsewhere a line stays
/// one, for programs that look for it.
pub(super) fn fitted(text: &str) -> String {
    if !io::stderr().is_terminal() {
        return text.to_owned();
    }
    let width = error_style(ColorWhen::Never).width.max(10);
    let wrap = |line: &str| {
        let indent = " ".repeat(line.len() - line.trim_start_matches(' ').len());
        let options = Options::new(width).subsequent_indent(&indent);
        textwrap::fill(line, options.word_splitter(WordSplitter::NoHyphenation).break_words(false))
    };
    text.split('\n').map(wrap).collect::<Vec<_>>().join("\n")
}
