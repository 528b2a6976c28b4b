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
    /// Whether addresses may be hidden behind text that links to them.
    pub links: bool,
}

impl Style {
    /// The sign between what was and what is.
    pub(super) fn arrow(self) -> &'static str {
        if self.unicode { "→" } else { "->" }
    }
}

/// Whose a part of a picture is. Colour only repeats what words beside it say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The role that leads.
    First,
    /// The second role.
    Second,
    /// Any other role.
    Other,
}

impl Side {
    /// The side of every role, best first.
    pub(super) fn ranks() -> impl Iterator<Item = Self> {
        [Self::First, Self::Second].into_iter().chain(std::iter::repeat(Self::Other))
    }
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

    /// The page as text. Where only simple characters can be shown, typographic signs are written with those.
    pub(super) fn finish(self) -> String {
        if self.style.unicode { self.text } else { self.text.chars().map(simple).collect() }
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A heading of what follows, with room above it unless the page begins with it.
    pub(super) fn part(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.gap();
        }
        self.heading(text);
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

    /// The same with an address: behind the text where the terminal can hide it there, else after it, on the last line if
    /// it fits there or on a line of its own, and never broken, so that it can still be followed.
    pub(super) fn linked(&mut self, first: &str, rest: &str, text: &str, address: Option<&str>) {
        let Some(address) = address else { return self.hanging(first, rest, text) };
        if text.is_empty() {
            return self.line(&format!("{first}{address}"));
        }
        if self.style.links {
            let indents = std::iter::once(first).chain(std::iter::repeat(rest));
            for (line, indent) in textwrap::wrap(text, self.options(first, rest)).iter().zip(indents) {
                let words = line.strip_prefix(indent).unwrap_or(line).trim_end();
                self.line(&format!("{indent}\u{1b}]8;;{address}\u{1b}\\{words}\u{1b}]8;;\u{1b}\\"));
            }
            return;
        }
        self.hanging(first, rest, text);
        let last = self.text.trim_end().rsplit('\n').next().unwrap_or_default();
        if width(last) + 1 + width(address) <= self.style.width {
            self.text.truncate(self.text.trim_end().len());
            self.line(&format!(" {address}"));
        } else {
            self.line(&format!("{rest}{address}"));
        }
    }

    /// Text from margin to margin as [`hanging`](Self::hanging) puts it, in grey.
    pub(super) fn grey(&mut self, first: &str, rest: &str, text: &str) {
        for line in textwrap::wrap(text, self.options(first, rest)) {
            let line = self.faint(line.trim_end());
            self.line(&line);
        }
    }

    /// Text in the colour of a side.
    pub(super) fn tinted(&self, text: &str, side: Side) -> String {
        let style = match side {
            Side::First => console::Style::new().cyan(),
            Side::Second => console::Style::new().magenta(),
            Side::Other => console::Style::new(),
        };
        style.force_styling(self.style.color).apply_to(text).to_string()
    }

    /// Text in grey.
    pub(super) fn faint(&self, text: &str) -> String {
        console::Style::new().dim().force_styling(self.style.color).apply_to(text).to_string()
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

/// A typographic sign as one that every terminal has; what is no sign stays as it is.
fn simple(character: char) -> char {
    match character {
        '‐'..='―' | '−' => '-',
        '‘'..='‛' => '\'',
        '“'..='‟' => '"',
        '…' => '.',
        '•' | '·' => '*',
        '\u{a0}' => ' ',
        other => other,
    }
}

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
