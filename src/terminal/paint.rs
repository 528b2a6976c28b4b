//! From frames to what a terminal understands, changing no more of the screen than has to be changed: a reader of
//! screens reads anew whatever is written anew.

use console::Style;

use crate::terminal::frame::{Capabilities, Frame, FrameLine, LineStyle};

/// The frame that stands on the screen.
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

    /// Returns what brings the screen from the last frame to this one. Wrapping is off meanwhile: terminals disagree on the
    /// width of some characters, and a line that wraps would move all below it.
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

    /// Returns what empties the screen, as a resize must: where the lines have gone by then, no terminal tells. The lines that
    /// have been scrolled off stay.
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
