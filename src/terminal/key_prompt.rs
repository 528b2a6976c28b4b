//! The prompt of single keys: a loop around what a key does and how it looks.

use std::collections::BTreeMap;

use crate::bank::Question;
use crate::terminal::frame::Capabilities;
use crate::terminal::key::Key;
use crate::terminal::menu::{Menu, MenuOutcome};
use crate::terminal::prompt::{Prompt, PromptError, PromptStep, ReviewEntry, Screen};
use crate::terminal::session::{Session, Terminal};
use crate::terminal::view;

/// Asks by single keys on a terminal.
#[derive(Debug)]
pub struct KeyPrompt<T: Terminal> {
    session: Session<T>,
    /// Marks and places that were given and not accepted yet, by the question's position in the bank.
    drafts: BTreeMap<usize, Menu>,
}

impl<T: Terminal> KeyPrompt<T> {
    /// Asks on a terminal.
    #[must_use]
    pub fn new(terminal: T, caps: Capabilities) -> Self {
        Self { session: Session::new(terminal, caps), drafts: BTreeMap::new() }
    }

    /// The list of keys, until any key is pressed that does not move it.
    fn help(&mut self) -> Result<(), PromptError> {
        let mut top: usize = 0;
        loop {
            match self.session.key(|size, caps| view::help(top, size, caps))? {
                Key::Up | Key::Char('k') => top = top.saturating_sub(1),
                Key::Down | Key::Char('j') => top = (top + 1).min(view::HELP_LENGTH - 1),
                Key::Suspend => self.session.suspend()?,
                Key::Redraw => self.session.redraw()?,
                Key::Interrupt => return Err(PromptError::Quit),
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
    fn ask(&mut self, screen: &Screen<'_>) -> Result<PromptStep, PromptError> {
        let question = screen.question;
        let draft = self.drafts.remove(&question.index);
        let mut menu = draft.unwrap_or_else(|| Menu::new(question, screen.earlier));
        loop {
            let key = self.session.key(|size, caps| view::question(screen, &menu, size, caps))?;
            match menu.update(key) {
                MenuOutcome::Answer(answer) => return Ok(PromptStep::Answer(answer)),
                MenuOutcome::Forward => return Ok(PromptStep::Forward),
                MenuOutcome::Back => {
                    self.keep(question, menu);
                    return Ok(PromptStep::Back);
                }
                MenuOutcome::Review => {
                    self.keep(question, menu);
                    return Ok(PromptStep::Review);
                }
                MenuOutcome::Finish if screen.may_finish => return Ok(PromptStep::Finish),
                MenuOutcome::Stay | MenuOutcome::Finish => {}
                MenuOutcome::Help => self.help()?,
                MenuOutcome::Leave => return Err(PromptError::Quit),
                MenuOutcome::Suspend => self.session.suspend()?,
                MenuOutcome::Redraw => self.session.redraw()?,
            }
        }
    }

    fn review(&mut self, entries: &[ReviewEntry<'_>], at: usize) -> Result<Option<usize>, PromptError> {
        let last = entries.len().saturating_sub(1);
        let mut active = at.min(last);
        let mut number: usize = 0;
        loop {
            let key = self.session.key(|size, caps| view::review(entries, active, size, caps))?;
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
                Key::Char('q' | 'Q') | Key::Interrupt => return Err(PromptError::Quit),
                Key::Suspend => self.session.suspend()?,
                Key::Redraw => self.session.redraw()?,
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
