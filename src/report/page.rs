//! Text laid out for a width: paragraphs, hanging indents, headings.

use textwrap::{Options, WordSplitter};

/// How text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether block and line characters may be used.
    pub unicode: bool,
    /// Whether escape sequences for colour and weight may be used.
    pub color: bool,
}

/// Widest page: longer lines are hard to read.
const WIDEST: usize = 100;

/// Narrowest page that is laid out for; below, the terminal wraps.
const NARROWEST: usize = 16;

/// A page being written.
pub(super) struct Page {
    pub(super) style: Style,
    text: String,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        let width = style.width.clamp(NARROWEST, WIDEST);
        Self { style: Style { width, ..style }, text: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line that starts a part.
    pub(super) fn heading(&mut self, text: &str) {
        for line in textwrap::wrap(text, self.options("", "")) {
            let line = console::Style::new().bold().force_styling(self.style.color).apply_to(line);
            self.line(&line.to_string());
        }
    }

    /// Text from margin to margin.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.hanging("", "", text);
    }

    /// Text whose first line begins with one thing and whose other lines with another of the same width.
    pub(super) fn hanging(&mut self, first: &str, rest: &str, text: &str) {
        for line in textwrap::wrap(text, self.options(first, rest)) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// The same with an address behind it: on the last line if it fits there, else on a line of its own, and never
    /// broken, so that it can still be followed.
    pub(super) fn linked(&mut self, first: &str, rest: &str, text: &str, address: Option<&str>) {
        self.hanging(first, rest, text);
        let Some(address) = address else { return };
        let last = self.text.trim_end().rsplit('\n').next().unwrap_or_default();
        if width(last) + 1 + width(address) <= self.style.width {
            self.text.truncate(self.text.trim_end().len());
            self.line(&format!(" {address}"));
        } else {
            self.line(&format!("{rest}{address}"));
        }
    }

    /// A line that is written as it is.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn options<'o>(&self, first: &'o str, rest: &'o str) -> Options<'o> {
        let options = Options::new(self.style.width).initial_indent(first).subsequent_indent(rest);
        options.word_splitter(WordSplitter::NoHyphenation)
    }
}

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
