//! A terminal on which frames are painted and keys are read, for as long as somebody looks at it.

use std::collections::VecDeque;
use std::io;

use crate::terminal::frame::{Capabilities, Frame, Size};
use crate::terminal::key::{Decoder, Key};
use crate::terminal::paint::Painter;
use crate::terminal::prompt::PromptError;

/// What a prompt needs of a terminal.
pub trait Terminal {
    /// Waits until something happens.
    ///
    /// # Errors
    ///
    /// When the terminal fails.
    fn wait(&mut self, timeout: Timeout) -> io::Result<Event>;

    /// Writes text with escape sequences.
    ///
    /// # Errors
    ///
    /// When the terminal fails.
    fn write(&mut self, text: &str) -> io::Result<()>;

    /// Rows and columns, now.
    fn size(&self) -> Size;

    /// Gives the terminal back and stops the program, until somebody brings it to the front again.
    ///
    /// # Errors
    ///
    /// When the terminal fails.
    fn suspend(&mut self) -> io::Result<()>;
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeout {
    /// As long as it takes.
    Endless,
    /// As long as the rest of a sequence may be under way.
    Brief,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes came from the keyboard.
    Bytes(Vec<u8>),
    /// Nothing came for a while.
    Quiet,
    /// The screen has another size, or unknown content.
    Resized,
    /// A signal asks the program to end.
    Signal,
    /// The keyboard is gone.
    Closed,
}

/// Paints views and waits for keys. Dropped, it takes the frame away: what stands on the screen afterwards is the result.
#[derive(Debug)]
pub struct Session<T: Terminal> {
    terminal: T,
    decoder: Decoder,
    keys: VecDeque<Key>,
    painter: Painter,
    caps: Capabilities,
    size: Size,
}

impl<T: Terminal> Session<T> {
    /// Begins on a terminal.
    #[must_use]
    pub fn new(terminal: T, caps: Capabilities) -> Self {
        let size = terminal.size();
        Self { terminal, decoder: Decoder::default(), keys: VecDeque::new(), painter: Painter::new(caps), caps, size }
    }

    /// Paints, and waits for a key; a change of size is painted at once.
    pub(super) fn key(&mut self, view: impl Fn(Size, Capabilities) -> Frame) -> Result<Key, PromptError> {
        self.paint(&view)?;
        loop {
            if let Some(key) = self.keys.pop_front().or_else(|| self.decoder.next()) {
                return Ok(key);
            }
            let timeout = if self.decoder.is_waiting() { Timeout::Brief } else { Timeout::Endless };
            match self.terminal.wait(timeout).map_err(PromptError::Failed)? {
                Event::Bytes(bytes) => self.decoder.push(&bytes),
                Event::Quiet => self.keys.extend(self.decoder.settle()),
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
        self.terminal.write(&text).map_err(PromptError::Failed)
    }

    fn repaint(&mut self, view: impl Fn(Size, Capabilities) -> Frame) -> Result<(), PromptError> {
        self.size = self.terminal.size();
        let wipe = self.painter.wipe();
        let text = format!("{wipe}{}", self.painter.paint(&view(self.size, self.caps)));
        self.terminal.write(&text).map_err(PromptError::Failed)
    }

    pub(super) fn suspend(&mut self) -> Result<(), PromptError> {
        let text = self.painter.remove();
        self.terminal.write(&text).and_then(|()| self.terminal.suspend()).map_err(PromptError::Failed)
    }

    pub(super) fn redraw(&mut self) -> Result<(), PromptError> {
        let wipe = self.painter.wipe();
        self.terminal.write(wipe).map_err(PromptError::Failed)
    }
}

impl<T: Terminal> Drop for Session<T> {
    fn drop(&mut self) {
        let text = self.painter.remove();
        // Where the terminal is gone, so is the frame.
        let _ = self.terminal.write(&text);
    }
}
