//! Asks by single keys: a loop around what a key does and how it looks.

use std::collections::BTreeMap;

use crate::bank::{Answer, Choice, Kind, Place, PlanEffect, Question, QuestionUse};
use crate::terminal::frame::{Capabilities, Size};
use crate::terminal::key::Key;
use crate::terminal::menu::{Menu, MenuOutcome};
use crate::terminal::prompt::{LastStep, Prompt, PromptError, PromptStep, ReviewEntry, Screen};
use crate::terminal::session::{Session, Terminal};
use crate::terminal::view;

#[derive(Debug)]
pub struct KeyPrompt<T: Terminal> {
    session: Session<T>,
    /// Menus with marks and places that are not accepted yet, by the question's position in the bank.
    drafts: BTreeMap<usize, Menu>,
}

impl<T: Terminal> KeyPrompt<T> {
    pub fn new(terminal: T, caps: Capabilities) -> Self {
        Self { session: Session::new(terminal, caps), drafts: BTreeMap::new() }
    }

    /// Shows the list of keys, until any key is pressed that does not move it.
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

    /// Lets the person choose one of several ways to go on, the first one active, and returns its position.
    pub(crate) fn choose(&mut self, title: &str, ways: &[String]) -> Result<usize, PromptError> {
        let question = dialog_question(title, ways, Kind::Single);
        let mut menu = Menu::new(&question, None);
        menu.update(Key::Down);
        loop {
            if let Some(picks) = self.dialog_key(&question, &mut menu)? {
                return picks.first().copied().ok_or(PromptError::Quit);
            }
        }
    }

    /// Lets the person mark some of several things, and returns their positions, none if the person leaves.
    pub(crate) fn mark(&mut self, title: &str, things: &[String]) -> Result<Vec<usize>, PromptError> {
        let question = dialog_question(title, things, Kind::Multi { fewest: 1, most: things.len() });
        let mut menu = Menu::new(&question, None);
        menu.update(Key::Down);
        loop {
            if let Some(picks) = self.dialog_key(&question, &mut menu)? {
                return Ok(picks);
            }
        }
    }

    /// Returns what was picked, if the next key ends the dialog; an empty list where the person leaves it.
    fn dialog_key(&mut self, question: &Question, menu: &mut Menu) -> Result<Option<Vec<usize>>, PromptError> {
        let key = self.session.key(|size, caps| view::dialog(question, menu, size, caps))?;
        match menu.update(key) {
            MenuOutcome::Answer(Answer::Picks(picks)) => return Ok(Some(picks)),
            MenuOutcome::Leave | MenuOutcome::Back => return Ok(Some(Vec::new())),
            MenuOutcome::Suspend => self.session.suspend()?,
            MenuOutcome::Redraw => self.session.redraw()?,
            _ => {}
        }
        Ok(None)
    }

    /// Lets the person type a line, which begins with a text; `None` if the person leaves.
    pub(crate) fn line(&mut self, title: &str, text: &str) -> Result<Option<String>, PromptError> {
        let mut typed = text.to_owned();
        loop {
            match self.session.key(|size, caps| view::line(title, &typed, size, caps))? {
                Key::Enter => return Ok(Some(typed)),
                Key::Escape | Key::Interrupt => return Ok(None),
                Key::Backspace => drop(typed.pop()),
                Key::Char(character) => typed.push(character),
                Key::Suspend => self.session.suspend()?,
                Key::Redraw => self.session.redraw()?,
                _ => {}
            }
        }
    }

    /// Shows a result with keys under it and what the last one has done, and returns the next one that is among them;
    /// `None` stands for the end.
    pub(crate) fn window_key(
        &mut self,
        window: impl Fn(Size) -> Vec<String>,
        keys: &[(&str, &str)],
        told: Option<&str>,
    ) -> Result<Option<char>, PromptError> {
        loop {
            match self.session.key(|size, caps| view::window(&window, keys, told, size, caps))? {
                Key::Char('q' | 'Q') | Key::Enter | Key::Escape | Key::Interrupt | Key::Close => return Ok(None),
                Key::Char(key) => {
                    let key = key.to_ascii_lowercase();
                    if keys.iter().any(|(name, _)| name.starts_with(key)) {
                        return Ok(Some(key));
                    }
                }
                Key::Suspend => self.session.suspend()?,
                Key::Redraw => self.session.redraw()?,
                _ => {}
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
                Key::Char(_) | Key::Close | Key::Other => {}
            }
        }
    }

    fn stop(&mut self, remark: &str) -> Result<LastStep, PromptError> {
        loop {
            match self.session.key(|size, caps| view::stop(remark, size, caps))? {
                Key::Enter | Key::Char('e' | 'E') => return Ok(LastStep::Finish),
                Key::Left | Key::Backspace | Key::Escape => return Ok(LastStep::Back),
                Key::Char('r' | 'R') => return Ok(LastStep::Review),
                Key::Char('q' | 'Q') | Key::Interrupt => return Err(PromptError::Quit),
                Key::Suspend => self.session.suspend()?,
                Key::Redraw => self.session.redraw()?,
                _ => {}
            }
        }
    }
}

fn dialog_choice(text: &str) -> Choice {
    let (place, effect) = (Place::default(), PlanEffect::default());
    Choice { id: String::new(), place, text: text.to_owned(), aka: Vec::new(), points: Vec::new(), effect }
}

/// Returns a question that is not of a bank.
fn dialog_question(text: &str, ways: &[String], kind: Kind) -> Question {
    let (place, topic, purpose) = (Place::default(), None, QuestionUse::Plan);
    let choices = ways.iter().map(|text| dialog_choice(text)).collect();
    Question {
        index: 0,
        id: String::new(),
        place,
        topic,
        text: text.to_owned(),
        aka: Vec::new(),
        kind,
        purpose,
        choices,
    }
}

/// Returns a number that goes on with a digit, or begins anew with it where it would be too large; 0 where no number
/// begins so.
fn continued(number: usize, digit: char, largest: usize) -> usize {
    let digit = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).unwrap_or(0);
    let longer = number.saturating_mul(10).saturating_add(digit);
    if longer <= largest { longer } else { Some(digit).filter(|&digit| digit <= largest).unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io;

    use super::*;
    use crate::bank::Bank;
    use crate::terminal::{Event, Position, Size, Timeout};

    /// A terminal whose events are known beforehand; it writes down how long it was to wait and what was written.
    #[derive(Default)]
    struct List<'l> {
        events: Vec<Event>,
        waits: Option<&'l RefCell<Vec<Timeout>>>,
        written: Option<&'l RefCell<String>>,
    }

    impl Terminal for List<'_> {
        fn wait(&mut self, timeout: Timeout) -> io::Result<Event> {
            if let Some(waits) = self.waits {
                waits.borrow_mut().push(timeout);
            }
            Ok(if self.events.is_empty() { Event::Closed } else { self.events.remove(0) })
        }

        fn write(&mut self, text: &str) -> io::Result<()> {
            if let Some(written) = self.written {
                written.borrow_mut().push_str(text);
            }
            Ok(())
        }

        fn size(&self) -> Size {
            Size { rows: 24, columns: 80 }
        }

        fn suspend(&mut self) -> io::Result<()> {
            self.write("<suspended>")
        }
    }

    /// What a question of a kind makes of some events.
    fn ask(id: &str, terminal: List<'_>) -> Result<PromptStep, PromptError> {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        let question = bank.question(id).unwrap();
        let position = Position { number: 2, of: 4, is_estimate: false, answered: 1 };
        let screen = Screen { question, position, earlier: None, early_stop: None, may_finish: false, trouble: None };
        KeyPrompt::new(terminal, Capabilities { unicode: true, color: true }).ask(&screen)
    }

    fn bytes(text: &str) -> Event {
        Event::Bytes(text.as_bytes().to_vec())
    }

    #[test]
    fn an_escape_is_told_from_a_slow_sequence_by_the_silence_behind_it() {
        let waits = RefCell::new(Vec::new());
        let events = vec![bytes("\x1b"), bytes("["), bytes("B"), bytes("\r")];
        let step = ask("step", List { events, waits: Some(&waits), ..List::default() }).unwrap();
        assert_eq!(step, PromptStep::Answer(Answer::Picks(vec![0])), "an arrow and Enter");
        let (brief, endless) = (Timeout::Brief, Timeout::Endless);
        assert_eq!(waits.into_inner(), [endless, brief, endless, endless]);
        let events = vec![bytes("\x1b"), Event::Quiet];
        assert_eq!(ask("step", List { events, ..List::default() }).unwrap(), PromptStep::Back);
        // However long the rest of a sequence takes, its digits are no answer.
        let events = vec![bytes("\x1b["), Event::Quiet, bytes("3"), Event::Quiet, bytes("~"), bytes("2")];
        assert_eq!(
            ask("step", List { events, ..List::default() }).unwrap(),
            PromptStep::Answer(Answer::Picks(vec![1]))
        );
    }

    #[test]
    fn marks_that_were_not_accepted_are_there_again() {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        let position = Position { number: 2, of: 4, is_estimate: false, answered: 1 };
        let screen = |id| {
            let question = bank.question(id).unwrap();
            Screen { question, position, earlier: None, early_stop: None, may_finish: false, trouble: None }
        };
        let events = vec![bytes("3\x7f"), bytes("31r"), bytes("\r")];
        let mut prompt =
            KeyPrompt::new(List { events, ..List::default() }, Capabilities { unicode: false, color: false });
        assert_eq!(prompt.ask(&screen("some")).unwrap(), PromptStep::Back);
        assert_eq!(prompt.ask(&screen("order")).unwrap(), PromptStep::Review);
        assert_eq!(prompt.ask(&screen("some")).unwrap(), PromptStep::Answer(Answer::Picks(vec![2])));
        prompt = KeyPrompt::new(
            List { events: vec![bytes("31"), bytes("r\r")], ..List::default() },
            Capabilities { unicode: false, color: false },
        );
        assert_eq!(prompt.ask(&screen("order")).unwrap(), PromptStep::Review);
        assert_eq!(prompt.ask(&screen("order")).unwrap(), PromptStep::Answer(Answer::Picks(vec![2, 0])));
    }

    #[test]
    fn signals_and_a_closed_terminal_end_the_asking() {
        let signal = ask("step", List { events: vec![Event::Resized, Event::Signal], ..List::default() });
        assert!(matches!(signal, Err(PromptError::Interrupted)));
        assert!(matches!(ask("step", List::default()), Err(PromptError::Ended)));
    }

    #[test]
    fn before_the_result_all_answers_can_be_looked_at_again() {
        let looked = |events| {
            let terminal = List { events, ..List::default() };
            KeyPrompt::new(terminal, Capabilities { unicode: true, color: true }).stop("All the same.")
        };
        assert_eq!(looked(vec![bytes("5\x1a\r")]).unwrap(), LastStep::Finish, "other keys do nothing");
        assert_eq!(looked(vec![bytes("r")]).unwrap(), LastStep::Review);
        assert_eq!(looked(vec![bytes("\x1b[D")]).unwrap(), LastStep::Back);
        assert!(matches!(looked(vec![bytes("\x03")]), Err(PromptError::Quit)));
        assert!(matches!(looked(vec![Event::Signal]), Err(PromptError::Interrupted)));
    }

    #[test]
    fn suspending_takes_the_frame_away_and_paints_it_again() {
        let written = RefCell::new(String::new());
        let step = ask("step", List { events: vec![bytes("\x1a2")], written: Some(&written), ..List::default() });
        assert_eq!(step.unwrap(), PromptStep::Answer(Answer::Picks(vec![1])));
        let written = written.into_inner();
        let (before, after) = written.split_once("<suspended>").unwrap();
        assert!(before.ends_with("\x1b[J") && before.contains("Do you like it?"), "{before:?}");
        assert!(after.contains("Do you like it?") && after.ends_with("\x1b[J"), "{after:?}");
    }

    #[test]
    fn only_changed_lines_are_written_anew() {
        let written = RefCell::new(String::new());
        let step =
            ask("step", List { events: vec![bytes("j"), bytes("2")], written: Some(&written), ..List::default() });
        assert_eq!(step.unwrap(), PromptStep::Answer(Answer::Picks(vec![1])));
        let written = written.into_inner();
        assert_eq!(written.matches("Do you like it?").count(), 1, "{written:?}");
        assert_eq!(written.matches("1  no").count(), 2, "{written:?}");
        assert_eq!(written.matches("neither").count(), 1, "{written:?}");
    }
}
