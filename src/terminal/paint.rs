//! Turns frames into what a terminal understands, and changes no more of the screen than it must: screen readers read
//! out whatever is written again.

use console::Style;

use crate::terminal::frame::{Capabilities, Frame, FrameLine, LineStyle};

#[derive(Debug)]
pub(super) struct Painter {
    caps: Capabilities,
    lines: Vec<FrameLine>,
    cursor: usize,
}

impl Painter {
    pub(super) fn new(caps: Capabilities) -> Self {
        Self { caps, lines: Vec::new(), cursor: 0 }
    }

    /// Returns what brings the screen from the last frame to this one. Wrapping is off meanwhile: terminals disagree on
    /// the width of some characters, and a line that wraps would move all below it.
    pub(super) fn paint(&mut self, frame: &Frame) -> String {
        let mut text = format!("\x1b[?7l{}", self.to_top());
        let rows = frame.lines.len().max(self.lines.len());
        for row in 0..rows {
            if row > 0 {
                text.push_str("\r\n");
            }
            let (new, old) = (frame.lines.get(row), self.lines.get(row));
            if new != old || new.is_none() {
                text.push_str("\x1b[2K");
                text.push_str(&new.map_or_else(String::new, |line| self.styled(line)));
            }
        }
        text.push('\r');
        text.push_str(&up(rows.saturating_sub(1).saturating_sub(frame.cursor)));
        text.push_str("\x1b[?7h");
        (self.lines, self.cursor) = (frame.lines.clone(), frame.cursor);
        text
    }

    /// Returns what takes the frame away.
    pub(super) fn remove(&mut self) -> String {
        if self.lines.is_empty() {
            return String::new();
        }
        let text = format!("{}\x1b[J", self.to_top());
        self.forget();
        text
    }

    /// Returns what empties the screen, as a resize must: where the lines have gone by then, no terminal tells. The
    /// lines that have been scrolled off stay.
    pub(super) fn wipe(&mut self) -> &'static str {
        self.forget();
        "\x1b[2J\x1b[H"
    }

    fn forget(&mut self) {
        self.lines.clear();
        self.cursor = 0;
    }

    fn to_top(&self) -> String {
        format!("\r{}", up(self.cursor))
    }

    fn styled(&self, line: &FrameLine) -> String {
        let style = match line.style {
            LineStyle::Plain => return line.text.clone(),
            LineStyle::Strong => Style::new().bold(),
            LineStyle::Active => Style::new().cyan().bold(),
            LineStyle::Done => Style::new().green(),
        };
        style.force_styling(self.caps.color).apply_to(&line.text).to_string()
    }
}

fn up(rows: usize) -> String {
    if rows == 0 { String::new() } else { format!("\x1b[{rows}A") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Capabilities = Capabilities { unicode: false, color: false };

    fn frame(lines: &[&str], cursor: usize) -> Frame {
        let line = |text: &&str| FrameLine { text: (*text).to_owned(), style: LineStyle::Active };
        Frame { lines: lines.iter().map(line).collect(), cursor }
    }

    #[test]
    fn only_lines_that_differ_are_written() {
        let mut painter = Painter::new(PLAIN);
        assert_eq!(painter.paint(&frame(&["a", "b"], 0)), "\x1b[?7l\r\x1b[2Ka\r\n\x1b[2Kb\r\x1b[1A\x1b[?7h");
        assert_eq!(painter.paint(&frame(&["a", "c"], 1)), "\x1b[?7l\r\r\n\x1b[2Kc\r\x1b[?7h");
        let shorter = painter.paint(&frame(&["a"], 0));
        assert_eq!(shorter, "\x1b[?7l\r\x1b[1A\r\n\x1b[2K\r\x1b[1A\x1b[?7h", "the second line is emptied");
    }

    #[test]
    fn a_frame_is_taken_away_once() {
        let mut painter = Painter::new(PLAIN);
        painter.paint(&frame(&["a", "b", "c"], 2));
        assert_eq!(painter.remove(), "\r\x1b[2A\x1b[J");
        assert_eq!(painter.remove(), "");
        painter.paint(&frame(&["a"], 0));
        assert_eq!(painter.wipe(), "\x1b[2J\x1b[H");
        assert_eq!(painter.remove(), "");
    }

    #[test]
    fn colour_is_used_where_there_is_some() {
        let mut painter = Painter::new(Capabilities { color: true, ..PLAIN });
        assert!(painter.paint(&frame(&["a"], 0)).contains("\x1b[36m\x1b[1ma\x1b[0m"));
    }
}
