//! Fits lines to a width, and the parts of a frame to a height.

use textwrap::{Options, WordSplitter};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Most columns of text: longer lines are hard to read.
const MAX_COLUMNS: usize = 100;

/// Rows from which on the beginning of the hint is shown whatever else there is, and how much of it.
const ROOMY: usize = 12;
const HINTED: usize = 2;

/// The characters and colours that a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// True if characters beyond ASCII may be used for arrows and bars.
    pub unicode: bool,
    pub color: bool,
}

impl Capabilities {
    /// Returns one of two texts, by whether characters beyond ASCII may be used.
    pub(super) fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }
}

/// Room for a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub rows: usize,
    pub columns: usize,
}

impl Size {
    /// Returns the columns for text. The last one stays empty, so that no terminal wraps a line and rows can be
    /// counted.
    pub(super) fn width(self) -> usize {
        self.columns.saturating_sub(1).clamp(1, MAX_COLUMNS)
    }
}

/// The look of a line; what it means is always said by its characters too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    Plain,
    /// The question.
    Strong,
    /// The line that is active.
    Active,
    /// Progress made.
    Done,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameLine {
    /// Never wider than the screen.
    pub text: String,
    pub style: LineStyle,
}

/// Everything on the screen, ready to be painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub lines: Vec<FrameLine>,
    /// The row where the cursor waits: that of the active line, which screen readers and magnifiers follow.
    pub cursor: usize,
}

/// The parts of a frame before they are fitted to a height.
#[derive(Debug, Default)]
pub(super) struct FrameParts {
    pub(super) status: Vec<FrameLine>,
    pub(super) head: Vec<FrameLine>,
    /// Each item with all its lines.
    pub(super) items: Vec<Vec<FrameLine>>,
    pub(super) active: Option<usize>,
    pub(super) message: Vec<FrameLine>,
    pub(super) hint: Vec<FrameLine>,
}

impl FrameParts {
    /// Fits the parts into some rows. What gives way, in this order: blank lines, all of the hint but its beginning,
    /// status, items far from the active one with the end of the head, and where rows are few the message.
    pub(super) fn fit(mut self, rows: usize, caps: Capabilities) -> Frame {
        let items: usize = self.items.iter().map(Vec::len).sum();
        let rows = rows.max(1);
        let blanks = self.rows_beside_items() + items + 3 <= rows;
        let others = self.rows_beside_items() - self.hint.len() + items;
        // Keys that nobody would guess come first in it, so they are worth more than one of many items.
        beginning(&mut self.hint, rows.saturating_sub(others).max(if rows >= ROOMY { HINTED } else { 0 }));
        if self.rows_beside_items() + items > rows {
            self.status.clear();
        }
        let rows = rows - self.hint.len().min(rows - 1);
        let (head, shown) = self.shares(rows, items);
        self.message.truncate(rows.saturating_sub(head + shown + self.status.len()));
        shorten(&mut self.head, head, caps);
        let (window, active) = window(&self.items, self.active, shown, caps);
        let gap = || blanks.then(|| FrameLine { text: String::new(), style: LineStyle::Plain });
        let mut lines = self.status;
        if !lines.is_empty() {
            lines.extend(gap());
        }
        let top = lines.len();
        lines.extend(self.head);
        lines.extend(gap());
        let cursor = active.map_or(top, |row| lines.len() + row);
        lines.extend(window);
        if !self.message.is_empty() || !self.hint.is_empty() {
            lines.extend(gap());
        }
        lines.extend(self.message);
        lines.extend(self.hint);
        Frame { cursor: cursor.min(lines.len().saturating_sub(1)), lines }
    }

    fn rows_beside_items(&self) -> usize {
        self.status.len() + self.head.len() + self.message.len() + self.hint.len()
    }

    /// Returns the rows of the head and of the items. The items get half of the room at least, and as much as shows the
    /// active one whole; as long as nothing is active the head, which is being read, gets the odd row.
    fn shares(&self, rows: usize, items: usize) -> (usize, usize) {
        let head = self.head.len();
        let message = if rows >= 5 { self.message.len().min(rows - 4) } else { 0 };
        let room = rows - message;
        if head + items <= room {
            return (head, items);
        }
        let least = match self.active.and_then(|active| self.items.get(active)) {
            Some(item) => item.len().max(room.div_ceil(2)),
            None => room / 2,
        };
        let head = head.min(room.saturating_sub(least.min(items))).max(usize::from(room > 1 || items == 0).min(head));
        (head, items.min(room - head))
    }
}

/// Cuts lines off the end, and what would lead on to them.
fn beginning(lines: &mut Vec<FrameLine>, length: usize) {
    if lines.len() > length {
        lines.truncate(length);
        if let Some(last) = lines.last_mut() {
            last.text.truncate(last.text.trim_end_matches(['·', '|', ',', ' ']).len());
        }
    }
}

/// Cuts lines off the end and says so.
fn shorten(lines: &mut Vec<FrameLine>, length: usize, caps: Capabilities) {
    if lines.len() <= length {
        return;
    }
    let width = lines.iter().map(|line| width(&line.text)).max().unwrap_or(0);
    lines.truncate(length);
    if let Some(last) = lines.last_mut() {
        let mark = caps.pick("…", "...");
        while width_with(&last.text, mark) > width.max(1) && last.text.pop().is_some() {}
        if width_with(&last.text, mark) <= width {
            last.text.push_str(mark);
        }
    }
}

fn width_with(text: &str, more: &str) -> usize {
    width(text) + width(more)
}

/// Returns the rows around the active item, and the row where it begins.
fn window(
    items: &[Vec<FrameLine>],
    active: Option<usize>,
    height: usize,
    caps: Capabilities,
) -> (Vec<FrameLine>, Option<usize>) {
    let rows: Vec<&FrameLine> = items.iter().flatten().collect();
    let begin = active.map(|active| items.iter().take(active).map(Vec::len).sum::<usize>());
    if rows.len() <= height {
        return (rows.into_iter().cloned().collect(), begin);
    }
    let more = FrameLine { text: caps.pick("⋮", ":").to_owned(), style: LineStyle::Plain };
    // What is left out is marked at both ends where there is room for both marks, else only below.
    let (top, bottom) = (usize::from(height >= 3), usize::from(height >= 2));
    let inner = height - top - bottom;
    let length = active.and_then(|active| items.get(active)).map_or(1, Vec::len).min(inner);
    let start = begin.unwrap_or(0).saturating_sub((inner - length) / 2).min(rows.len() - inner);
    let (start, end) = match start {
        0 => (0, inner + top),
        start if start + inner == rows.len() => (start - bottom, rows.len()),
        start => (start, start + inner),
    };
    let mut shown: Vec<FrameLine> = rows.iter().take(end).skip(start).map(|line| (*line).clone()).collect();
    let above = top == 1 && start > 0;
    if above {
        shown.insert(0, more.clone());
    }
    if bottom == 1 && end < rows.len() {
        shown.push(more);
    }
    (shown, begin.map(|begin| begin - start + usize::from(above)))
}

/// Wraps text to a width, the first line behind one prefix and the others behind blanks of its width. The prefix goes
/// where it would leave too little room.
pub(super) fn wrap(prefix: &str, text: &str, columns: usize, style: LineStyle) -> Vec<FrameLine> {
    let indent = Some(width(prefix)).filter(|indent| indent + 2 <= columns).unwrap_or(0);
    let prefix = if indent > 0 { prefix } else { "" };
    let room = columns - indent;
    let options = Options::new(room).break_words(false).word_splitter(WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(text, options).into_iter().flat_map(|line| pieces(line.trim_end(), room));
    let mut lines: Vec<FrameLine> =
        lines.map(|line| FrameLine { text: format!("{}{line}", " ".repeat(indent)), style }).collect();
    if lines.is_empty() {
        lines.push(FrameLine { text: " ".repeat(indent), style });
    }
    if let Some(first) = lines.first_mut() {
        first.text.replace_range(..indent, prefix);
    }
    lines
}

/// Cuts a line so that each piece fits, between what a person sees as one character; a character wider than the screen
/// becomes a question mark.
fn pieces(line: &str, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for cluster in line.graphemes(true) {
        let cluster = if width(cluster) > room { "?" } else { cluster };
        match pieces.last_mut() {
            Some(piece) if width(piece) + width(cluster) <= room => piece.push_str(cluster),
            _ => pieces.push(cluster.to_owned()),
        }
    }
    pieces
}

/// Returns the columns that a text takes on the least clever terminal, which draws the parts of a joined emoji one by
/// one.
pub(super) fn width(text: &str) -> usize {
    let apart: usize = text.chars().map(|character| character.width().unwrap_or(1)).sum();
    apart.max(text.width())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASCII: Capabilities = Capabilities { unicode: false, color: false };

    fn texts(lines: &[FrameLine]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    fn lines(text: &str) -> Vec<FrameLine> {
        text.split(' ').map(|text| FrameLine { text: text.to_owned(), style: LineStyle::Plain }).collect()
    }

    fn parts() -> FrameParts {
        FrameParts {
            status: lines("status"),
            head: lines("head1 head2"),
            items: ["a", "b", "c", "d"].map(lines).into(),
            active: Some(2),
            message: lines("message"),
            hint: lines("hint1 hint2 hint3"),
        }
    }

    #[test]
    fn parts_give_way_in_their_order() {
        let fitted = |rows| parts().fit(rows, ASCII);
        let all = "status  head1 head2  a b c d  message hint1 hint2 hint3";
        assert_eq!(texts(&fitted(14).lines).join(" "), all);
        assert_eq!(fitted(14).cursor, 7, "the row of the active item");
        for (rows, shown) in [
            (13, "status head1 head2 a b c d message hint1 hint2 hint3"),
            (11, "status head1 head2 a b c d message hint1 hint2 hint3"),
            (9, "status head1 head2 a b c d message hint1"),
            (7, "head1 head2 a b c d message"),
            (6, "head1 head2 : c : message"),
        ] {
            assert_eq!(texts(&fitted(rows).lines).join(" "), shown, "{rows}");
        }
        let two = fitted(2);
        assert_eq!(two.lines[two.cursor].text, "c", "the active item stays to the end");
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        let wrapped = |prefix, text, columns| wrap(prefix, text, columns, LineStyle::Plain);
        assert_eq!(texts(&wrapped("> ", "one two", 6)), ["> one", "  two"]);
        assert_eq!(texts(&wrapped("", "abcdef", 4)), ["abcd", "ef"]);
        assert_eq!(texts(&wrapped("> ", "ab", 3)), ["ab"], "no room for the prefix");
        assert_eq!(texts(&wrapped("", "", 4)), [""]);
        assert_eq!(texts(&wrapped("", "a宽b", 1)), ["a", "?", "b"], "wider than the screen");
    }
}
