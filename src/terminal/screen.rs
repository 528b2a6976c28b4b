//! The prompt of single keys: a loop around what a key does and how it looks.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::io;

use crate::bank::Question;

use super::frame::{Frame, Look, Size};
use super::key::{Decoder, Key};
use super::menu::{Menu, Outcome};
use super::paint::Painter;
use super::{Entry, Prompt, Scene, Step, Stopped, view};

/// What a prompt needs of a terminal.
pub trait Terminal {
    /// Waits until something happens.
    ///
    /// # Errors
    ///
    /// When the terminal fails.
    fn wait(&mut self, patience: Patience) -> io::Result<Event>;

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
pub enum Patience {
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

/// Asks by single keys on a terminal.
#[derive(Debug)]
pub struct KeyPrompt<T: Terminal> {
    terminal: T,
    decoder: Decoder,
    keys: VecDeque<Key>,
    painter: Painter,
    look: Look,
    size: Size,
    /// Marks and places that were given and not accepted yet, by the question's position in the bank.
    drafts: BTreeMap<usize, Menu>,
}

impl<T: Terminal> KeyPrompt<T> {
    /// Asks on a terminal.
    #[must_use]
    pub fn new(terminal: T, look: Look) -> Self {
        let size = terminal.size();
        let (decoder, keys, drafts) = (Decoder::default(), VecDeque::new(), BTreeMap::new());
        Self { terminal, decoder, keys, painter: Painter::new(look), look, size, drafts }
    }

    /// Paints, and waits for a key; a change of size is painted at once.
    fn key(&mut self, view: impl Fn(Size, Look) -> Frame) -> Result<Key, Stopped> {
        self.paint(&view)?;
        loop {
            if let Some(key) = self.keys.pop_front().or_else(|| self.decoder.next()) {
                return Ok(key);
            }
            let patience = if self.decoder.is_waiting() { Patience::Brief } else { Patience::Endless };
            match self.terminal.wait(patience).map_err(Stopped::Failed)? {
                Event::Bytes(bytes) => self.decoder.push(&bytes),
                Event::Quiet => self.keys.extend(self.decoder.settle()),
                Event::Resized => self.repaint(&view)?,
                Event::Signal => return Err(Stopped::Interrupted),
                Event::Closed => return Err(Stopped::Ended),
            }
        }
    }

    fn paint(&mut self, view: impl Fn(Size, Look) -> Frame) -> Result<(), Stopped> {
        let size = self.terminal.size();
        if size != self.size {
            return self.repaint(view);
        }
        let text = self.painter.paint(&view(size, self.look));
        self.terminal.write(&text).map_err(Stopped::Failed)
    }

    fn repaint(&mut self, view: impl Fn(Size, Look) -> Frame) -> Result<(), Stopped> {
        self.size = self.terminal.size();
        let wipe = self.painter.wipe();
        let text = format!("{wipe}{}", self.painter.paint(&view(self.size, self.look)));
        self.terminal.write(&text).map_err(Stopped::Failed)
    }

    fn suspend(&mut self) -> Result<(), Stopped> {
        let text = self.painter.remove();
        self.terminal.write(&text).and_then(|()| self.terminal.suspend()).map_err(Stopped::Failed)
    }

    fn redraw(&mut self) -> Result<(), Stopped> {
        let wipe = self.painter.wipe();
        self.terminal.write(wipe).map_err(Stopped::Failed)
    }

    /// The list of keys, until any key is pressed that does not move it.
    fn help(&mut self) -> Result<(), Stopped> {
        let mut top: usize = 0;
        loop {
            match self.key(|size, look| view::help(top, size, look))? {
                Key::Up | Key::Char('k') => top = top.saturating_sub(1),
                Key::Down | Key::Char('j') => top = (top + 1).min(view::HELP_LENGTH - 1),
                Key::Suspend => self.suspend()?,
                Key::Redraw => self.redraw()?,
                Key::Interrupt => return Err(Stopped::Quit),
                Key::Other => {}
                _ => return Ok(()),
            }
        }
    }

    fn keep(&mut self, question: &Question, menu: Menu) {
        if menu.is_touched() {
            self.drafts.insert(question.index, menu);
        }
    }
}

impl<T: Terminal> Prompt for KeyPrompt<T> {
    fn ask(&mut self, scene: &Scene<'_>) -> Result<Step, Stopped> {
        let question = scene.question;
        let draft = self.drafts.remove(&question.index);
        let mut menu = draft.unwrap_or_else(|| Menu::new(question, scene.earlier));
        loop {
            let key = self.key(|size, look| view::question(scene, &menu, size, look))?;
            match menu.update(key) {
                Outcome::Answer(answer) => return Ok(Step::Answer(answer)),
                Outcome::Forward => return Ok(Step::Forward),
                Outcome::Back => {
                    self.keep(question, menu);
                    return Ok(Step::Back);
                }
                Outcome::Review => {
                    self.keep(question, menu);
                    return Ok(Step::Review);
                }
                Outcome::Finish if scene.may_finish => return Ok(Step::Finish),
                Outcome::Stay | Outcome::Finish => {}
                Outcome::Help => self.help()?,
                Outcome::Leave => return Err(Stopped::Quit),
                Outcome::Suspend => self.suspend()?,
                Outcome::Redraw => self.redraw()?,
            }
        }
    }

    fn review(&mut self, entries: &[Entry<'_>], at: usize) -> Result<Option<usize>, Stopped> {
        let last = entries.len().saturating_sub(1);
        let mut active = at.min(last);
        let mut number: usize = 0;
        loop {
            let key = self.key(|size, look| view::review(entries, active, size, look))?;
            number = match key {
                Key::Char(digit @ '0'..='9') => continued(number, digit, entries.len()),
                _ => 0,
            };
            match key {
                Key::Char('0'..='9') => active = number.checked_sub(1).unwrap_or(active),
                Key::Up | Key::BackTab | Key::Char('k' | 'K') => active = active.checked_sub(1).unwrap_or(last),
                Key::Down | Key::Tab | Key::Char('j' | 'J') => active = if active < last { active + 1 } else { 0 },
                Key::PageUp => active = active.saturating_sub(5),
                Key::PageDown => active = (active + 5).min(last),
                Key::Home => active = 0,
                Key::End => active = last,
                Key::Enter | Key::Right | Key::Char(' ') => return Ok(Some(active)),
                Key::Left | Key::Backspace | Key::Escape | Key::Char('r' | 'R') => return Ok(None),
                Key::Char('?') => self.help()?,
                Key::Char('q' | 'Q') | Key::Interrupt => return Err(Stopped::Quit),
                Key::Suspend => self.suspend()?,
                Key::Redraw => self.redraw()?,
                Key::Char(_) | Key::Other => {}
            }
        }
    }
}

/// A number that goes on with a digit, or begins anew with it where it would be too large; 0 where no number begins so.
fn continued(number: usize, digit: char, largest: usize) -> usize {
    let digit = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).unwrap_or(0);
    let longer = number.saturating_mul(10).saturating_add(digit);
    if longer <= largest { longer } else { Some(digit).filter(|&digit| digit <= largest).unwrap_or(0) }
}

impl<T: Terminal> Drop for KeyPrompt<T> {
    /// Takes the frame away: what stands on the screen afterwards is the result.
    fn drop(&mut self) {
        let text = self.painter.remove();
        // Where the terminal is gone, so is the frame.
        let _ = self.terminal.write(&text);
    }
}
