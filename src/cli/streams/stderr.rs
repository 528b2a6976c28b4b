//! Writes to standard error.

use std::io::{self, IsTerminal as _, Write as _};

use textwrap::{Options, WordSplitter};

use crate::cli::args::ColorWhen;
use crate::cli::streams::style::stderr_style;

/// Writes a whole text at once. Where standard error is closed there is nobody to tell.
pub(crate) fn write_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Returns a text as standard error shows it: on a terminal no word is torn where the screen ends. Elsewhere a line
/// stays one, for programs that look for it.
pub(crate) fn fitted(text: &str) -> String {
    if !io::stderr().is_terminal() {
        return text.to_owned();
    }
    let width = stderr_style(ColorWhen::Never).width.max(10);
    text.split('\n').map(|line| wrapped(line, width)).collect::<Vec<_>>().join("\n")
}

/// Wraps a line; what follows is indented as it is.
fn wrapped(line: &str, width: usize) -> String {
    let indent = " ".repeat(line.len() - line.trim_start_matches(' ').len());
    let options = Options::new(width).subsequent_indent(&indent);
    textwrap::fill(line, options.word_splitter(WordSplitter::NoHyphenation).break_words(false))
}
