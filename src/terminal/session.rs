//! Paints frames on a terminal and reads keys from it, for as long as somebody looks at it.

use std::collections::VecDeque;
use std::io;

use crate::terminal::frame::{Capabilities, Frame, Size};
use crate::terminal::key::{Key, KeyDecoder};
use crate::terminal::paint::Painter;
use crate::terminal::prompt::PromptError;

/// A terminal, as far as it is needed here.
pub trait Terminal {
    fn wait(&mut self, timeout: Timeout) -> io::Result<Event>;

    /// Writes text with escape sequences.
    fn write(&mut self, text: &str) -> io::Result<()>;

    fn size(&self) -> Size;

    /// Gives the terminal back and stops the program, until somebody brings it to the front again.
    fn suspend(&mut self) -> io::Result<()>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeout {
    Endless,
    /// As long as the rest of a key may be under way.
    Brief,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes from the keyboard.
    Bytes(Vec<u8>),
    /// The end of a brief wait.
    Quiet,
    /// The screen has another size, or unknown content.
    Resized,
    /// A signal to end the program.
    Signal,
    /// The end of the input.
    Closed,
}

/// Paints views and waits for keys. Dropped, it takes the frame away: what stands on the screen afterwards is the
/// result.
#[derive(Debug)]
pub struct Session<T: Terminal> {
    terminal: T,
    decoder: KeyDecoder,
    keys: VecDeque<Key>,
    painter: Painter,
    caps: Capabilities,
    size: Size,
}

impl<T: Terminal> Session<T> {
    pub fn new(terminal: T, caps: Capabilities) -> Self {
        let size = terminal.size();
        Self {
            terminal,
            decoder: KeyDecoder::default(),
            keys: VecDeque::new(),
            painter: Painter::new(caps),
            caps,
            size,
        }
    }

    /// Paints, and waits for a key; a change of size is painted at once.
    pub(super) fn key(&mut self, view: impl Fn(Size, Capabilities) -> Frame) -> Result<Key, PromptError> {
        self.paint(&view)?;
        loop {
            if let Some(key) = self.keys.pop_front().or_else(|| self.decoder.next()) {
                return Ok(key);
            }
            let timeout = if self.decoder.is_waiting() { Timeout::Brief } else { Timeout::Endless };
            match self.terminal.wait(timeout)? {
                Event::Bytes(bytes) => self.decoder.push(&bytes),
                Event::Quiet => self.keys.extend(self.decoder.flush()),
                Event::Resized => self.repaint(&view)?,
                Event::Signal => return Err(PromptError::Interrupted),
                Event::Closed => return Err(PromptError::Ended),
            }
        }
    }

    fn paint(&mut self, view: impl Fn(Size, Capabilities) -> Frame) -> Result<(), PromptError> {
        let size = self.terminal.size();
        if size != self.size {
            return self.repaint(view);
        }
        let text = self.painter.paint(&view(size, self.caps));
        Ok(self.terminal.write(&text)?)
    }

    fn repaint(&mut self, view: impl Fn(Size, Capabilities) -> Frame) -> Result<(), PromptError> {
        self.size = self.terminal.size();
        let wipe = self.painter.wipe();
        let text = format!("{wipe}{}", self.painter.paint(&view(self.size, self.caps)));
        Ok(self.terminal.write(&text)?)
    }

    pub(super) fn suspend(&mut self) -> Result<(), PromptError> {
        let text = self.painter.remove();
        Ok(self.terminal.write(&text).and_then(|()| self.terminal.suspend())?)
    }

    pub(super) fn redraw(&mut self) -> Result<(), PromptError> {
        let wipe = self.painter.wipe();
        Ok(self.terminal.write(wipe)?)
    }
}

impl<T: Terminal> Drop for Session<T> {
    fn drop(&mut self) {
        let text = self.painter.remove();
        // Where the terminal is gone, so is the frame.
        let _ = self.terminal.write(&text);
    }
}
