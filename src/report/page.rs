//! Text laid out for a width: paragraphs, hanging indents, headings.

use std::borrow::Cow;

use textwrap::{Options, WordSplitter};

use super::document::RoleRank;

/// The look of text, as far as its reader can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// True if block and line characters may be used.
    pub unicode: bool,
    /// True if escape sequences for colour and weight may be used.
    pub color: bool,
    /// True if addresses may be hidden behind text that links to them.
    pub links: bool,
}

/// Widest page: longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// Narrowest page that is laid out for; below, the terminal wraps.
const MIN_WIDTH: usize = 16;

/// A page being written.
pub(super) struct TextPage {
    pub(super) style: Style,
    text: String,
}

impl TextPage {
    pub(super) fn new(style: Style) -> Self {
        let width = style.width.clamp(MIN_WIDTH, MAX_WIDTH);
        Self { style: Style { width, ..style }, text: String::new() }
    }

    /// Returns the page as text. Where only simple characters can be shown, typographic signs are written with those.
    pub(super) fn finish(self) -> String {
        if self.style.unicode { self.text } else { self.text.chars().map(simple).collect() }
    }

    /// Adds an empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Adds a heading of what follows, with room above it unless the page begins with it.
    pub(super) fn part(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.gap();
        }
        self.heading(text);
    }

    /// Adds a line that starts a part.
    pub(super) fn heading(&mut self, text: &str) {
        for line in self.wrapped("", "", text) {
            let line = console::Style::new().bold().force_styling(self.style.color).apply_to(line);
            self.line(&line.to_string());
        }
    }

    /// Adds text from margin to margin.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.hanging("", "", text);
    }

    /// Adds text whose first line begins with one thing and whose other lines with another of the same width.
    pub(super) fn hanging(&mut self, first: &str, rest: &str, text: &str) {
        for line in self.wrapped(first, rest, text) {
            self.line(line.trim_end());
        }
    }

    /// Adds such text with an address: behind the text where the terminal can hide it there, else after it, on the last
    /// line if it fits there or on a line of its own, and never broken, so that it can still be followed.
    pub(super) fn linked(&mut self, first: &str, rest: &str, text: &str, address: Option<&str>) {
        let Some(address) = address else { return self.hanging(first, rest, text) };
        if text.is_empty() {
            return self.line(&format!("{first}{address}"));
        }
        if self.style.links {
            let indents = std::iter::once(first).chain(std::iter::repeat(rest));
            for (line, indent) in self.wrapped(first, rest, text).iter().zip(indents) {
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

    /// Adds text as [`hanging`](Self::hanging) does, in grey.
    pub(super) fn grey(&mut self, first: &str, rest: &str, text: &str) {
        for line in self.wrapped(first, rest, text) {
            let line = self.faint(line.trim_end());
            self.line(&line);
        }
    }

    /// Returns text in the colour of a role.
    pub(super) fn tinted(&self, text: &str, rank: RoleRank) -> String {
        let style = match rank {
            RoleRank::First => console::Style::new().cyan(),
            RoleRank::Second => console::Style::new().magenta(),
            RoleRank::Other => console::Style::new(),
        };
        style.force_styling(self.style.color).apply_to(text).to_string()
    }

    /// Returns text in grey.
    pub(super) fn faint(&self, text: &str) -> String {
        console::Style::new().dim().force_styling(self.style.color).apply_to(text).to_string()
    }

    /// Adds a line as it is.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// Returns text as lines of the page's width, the first behind one indent and the rest behind another.
    fn wrapped(&self, first: &str, rest: &str, text: &str) -> Vec<String> {
        let options = Options::new(self.style.width).initial_indent(first).subsequent_indent(rest);
        let options = options.word_splitter(WordSplitter::NoHyphenation);
        // The one sign that takes more room where only simple characters can be shown.
        let text = if self.style.unicode { text } else { &text.replace('→', "->") };
        textwrap::wrap(text, options).into_iter().map(Cow::into_owned).collect()
    }
}

/// Returns a typographic sign as one that every terminal has, any other character as it is.
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

/// Returns the columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// Returns the columns of the widest text, 0 without any.
pub(super) fn widest<'t>(texts: impl IntoIterator<Item = &'t str>) -> usize {
    texts.into_iter().map(width).max().unwrap_or(0)
}

/// Returns a text with spaces behind it up to some columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { width: 20, unicode: true, color: false, links: false };

    fn page(style: Style, write: impl FnOnce(&mut TextPage)) -> String {
        let mut page = TextPage::new(style);
        write(&mut page);
        page.finish()
    }

    #[test]
    fn lines_after_the_first_hang_under_it() {
        let text = page(STYLE, |page| page.hanging("  - ", "    ", "one two three four five"));
        assert_eq!(text, "  - one two three\n    four five\n");
    }

    #[test]
    fn a_part_has_room_above_it_unless_the_page_begins_with_it() {
        let text = page(STYLE, |page| ["One", "Two"].into_iter().for_each(|title| page.part(title)));
        assert_eq!(text, "One\n\nTwo\n");
    }

    #[test]
    fn an_address_stands_behind_its_text_or_below_and_is_never_broken() {
        let linked = |style, text: &str, address| page(style, |page| page.linked("- ", "  ", text, Some(address)));
        assert_eq!(linked(STYLE, "word", "http://a.b"), "- word http://a.b\n");
        assert_eq!(linked(STYLE, "word", "http://a.example/long"), "- word\n  http://a.example/long\n");
        assert_eq!(linked(STYLE, "", "http://a.b"), "- http://a.b\n");
        let hidden = linked(Style { links: true, ..STYLE }, "word", "http://a.b");
        assert_eq!(hidden, "- \u{1b}]8;;http://a.b\u{1b}\\word\u{1b}]8;;\u{1b}\\\n");
    }

    #[test]
    fn a_simple_terminal_gets_simple_signs_and_no_other_change() {
        let text = page(Style { unicode: false, ..STYLE }, |page| page.paragraph("“a” – é…"));
        assert_eq!(text, "\"a\" - é.\n");
    }

    #[test]
    fn widths_are_columns_and_not_characters() {
        assert_eq!(widest(["a", "日本", ""]), 4);
        assert_eq!(padded("日本", 6), "日本  ");
        assert_eq!(padded("longer", 3), "longer");
    }
}
