//! A question while it is being answered, and what each key does to it. Pure: no terminal, no clock.

use crate::bank::{Answer, Kind, Question};
use crate::terminal::key::Key;

/// Lines that a page key moves by.
const PAGE: usize = 5;

/// The choices of a question, with what is active, marked and moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    kind: Kind,
    /// Fewest and most choices of an answer.
    allowed: (usize, usize),
    /// The choices in the order shown; only a ranking moves them.
    order: Vec<usize>,
    marked: Vec<bool>,
    active: Option<usize>,
    /// True if arrows move the active line of a ranking instead of going to another.
    picked_up: bool,
    /// True if the person has marked or moved anything, now or earlier.
    touched: bool,
    answered: bool,
    message: Option<MenuMessage>,
}

/// A remark on the last key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuMessage {
    /// Enter without an active line.
    NothingActive,
    /// Forward on a question that is still open.
    NotAnswered,
    /// Enter with the wrong number of marks.
    Count { marked: usize },
    /// One mark more than allowed.
    TooMany,
    /// Enter without a mark, where that is an answer; the next Enter gives it.
    NoneMarked,
    /// Enter on a ranking as it was shown; the next Enter gives it.
    NotMoved,
}

/// A step that a key leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuOutcome {
    /// A change of the menu at most.
    Stay,
    Answer(Answer),
    /// To the question before.
    Back,
    /// To the question after.
    Forward,
    /// To the list of all answers.
    Review,
    /// To the list of all keys.
    Help,
    /// To the result, without the questions that are left.
    Finish,
    /// Out of the quiz.
    Leave,
    /// To the shell for a while.
    Suspend,
    /// Everything painted anew.
    Redraw,
}

impl Menu {
    /// Makes the menu as it is first shown: no line is active or marked, unless the question was answered earlier.
    pub fn new(question: &Question, earlier: Option<&Answer>) -> Self {
        let picks = earlier.map_or(&[][..], Answer::picks);
        let rest = (0..question.choices.len()).filter(|pick| !picks.contains(pick));
        let order = match question.kind {
            Kind::Rank { .. } => picks.iter().copied().chain(rest).collect(),
            _ => (0..question.choices.len()).collect(),
        };
        let active = match question.kind {
            Kind::Rank { .. } => picks.first().map(|_| 0),
            _ => picks.first().copied(),
        };
        Self {
            kind: question.kind.clone(),
            allowed: question.picks_allowed(),
            order,
            marked: (0..question.choices.len()).map(|choice| picks.contains(&choice)).collect(),
            active,
            picked_up: false,
            touched: matches!(earlier, Some(Answer::Picks(_))),
            answered: earlier.is_some(),
            message: None,
        }
    }

    /// Does what a key stands for.
    pub fn update(&mut self, key: Key) -> MenuOutcome {
        let message = self.message.take();
        match key {
            Key::Up | Key::BackTab | Key::Char('k' | 'K') => self.step(-1),
            Key::Down | Key::Tab | Key::Char('j' | 'J') => self.step(1),
            Key::PageUp => self.go(self.active.unwrap_or(0).saturating_sub(PAGE)),
            Key::PageDown => self.go(self.active.map_or(0, |active| active + PAGE)),
            Key::Home => self.go(0),
            Key::End => self.go(usize::MAX),
            Key::Char(digit @ '1'..='9') => return self.digit(digit as usize - '1' as usize),
            Key::Char(' ') => return self.space(),
            Key::Enter => return self.enter(message),
            Key::Left | Key::Backspace | Key::Escape => return MenuOutcome::Back,
            Key::Right => return self.forward(),
            Key::Char('s' | 'S') => return MenuOutcome::Answer(Answer::Skip),
            Key::Char('r' | 'R') => return MenuOutcome::Review,
            Key::Char('e' | 'E') => return MenuOutcome::Finish,
            Key::Char('?') => return MenuOutcome::Help,
            Key::Char('q' | 'Q') | Key::Interrupt => return MenuOutcome::Leave,
            Key::Suspend => return MenuOutcome::Suspend,
            Key::Redraw => return MenuOutcome::Redraw,
            // A key that means nothing must not take away what the person is told.
            Key::Char(_) | Key::Close | Key::Other => self.message = message,
        }
        MenuOutcome::Stay
    }

    /// Returns the position of the active line, from 0.
    pub fn active(&self) -> Option<usize> {
        self.active
    }

    /// Returns the choices by their positions in the question, in the order shown.
    pub fn order(&self) -> impl Iterator<Item = usize> {
        self.order.iter().copied()
    }

    pub fn is_marked(&self, choice: usize) -> bool {
        self.marked.get(choice).copied().unwrap_or(false)
    }

    /// Returns true if the active line of a ranking is picked up.
    pub(crate) fn is_picked_up(&self) -> bool {
        self.picked_up
    }

    pub(crate) fn is_answered(&self) -> bool {
        self.answered
    }

    /// Returns true if marks or places have been given, now or earlier.
    pub(crate) fn is_touched(&self) -> bool {
        self.touched
    }

    pub fn message(&self) -> Option<MenuMessage> {
        self.message
    }

    /// Returns the answer as it stands, for a list of several, `None` if it would not be accepted.
    fn picks(&self) -> Option<Answer> {
        let (fewest, most) = self.allowed;
        let picks: Vec<usize> = match self.kind {
            Kind::Rank { .. } => self.order.iter().copied().take(most).collect(),
            _ => (0..self.marked.len()).filter(|&choice| self.is_marked(choice)).collect(),
        };
        (fewest..=most).contains(&picks.len()).then_some(Answer::Picks(picks))
    }

    fn step(&mut self, by: isize) {
        let last = self.order.len().saturating_sub(1);
        let next = match self.active {
            None => Some(if by > 0 { 0 } else { last }),
            Some(active) => active.checked_add_signed(by).filter(|&next| next <= last),
        };
        match next {
            Some(next) => self.go(next),
            // A line that is picked up stops at the ends; the active line comes out at the other one.
            None if self.picked_up => {}
            None => self.go(if by > 0 { 0 } else { last }),
        }
    }

    /// Makes a line active, taking along the one that is picked up.
    fn go(&mut self, to: usize) {
        let to = to.min(self.order.len().saturating_sub(1));
        if let (true, Some(from)) = (self.picked_up, self.active) {
            self.carry(from, to);
        }
        self.active = Some(to);
    }

    /// Moves a line of a ranking; those between make room.
    fn carry(&mut self, from: usize, to: usize) {
        if from < self.order.len() && to < self.order.len() {
            let choice = self.order.remove(from);
            self.order.insert(to, choice);
            self.touched = true;
        }
    }

    fn digit(&mut self, line: usize) -> MenuOutcome {
        if line >= self.order.len() {
            return MenuOutcome::Stay;
        }
        match self.kind {
            Kind::Scale | Kind::Single => return MenuOutcome::Answer(Answer::Picks(vec![line])),
            Kind::Multi { .. } => {
                self.active = Some(line);
                self.mark(line);
            }
            Kind::Rank { .. } => {
                if let Some(active) = self.active {
                    self.carry(active, line);
                }
                self.active = Some(line);
            }
        }
        MenuOutcome::Stay
    }

    fn mark(&mut self, choice: usize) {
        let full = self.marked.iter().filter(|marked| **marked).count() >= self.allowed.1;
        let Some(marked) = self.marked.get_mut(choice) else { return };
        if full && !*marked {
            self.message = Some(MenuMessage::TooMany);
        } else {
            *marked = !*marked;
            self.touched = true;
        }
    }

    fn space(&mut self) -> MenuOutcome {
        match (&self.kind, self.active) {
            (_, None) => self.message = Some(MenuMessage::NothingActive),
            (Kind::Scale | Kind::Single, Some(active)) => return MenuOutcome::Answer(Answer::Picks(vec![active])),
            (Kind::Multi { .. }, Some(active)) => self.mark(active),
            (Kind::Rank { .. }, Some(_)) => self.picked_up = !self.picked_up,
        }
        MenuOutcome::Stay
    }

    /// Enter. What has not been touched is not an answer yet: it takes a second Enter to mean it.
    fn enter(&mut self, told: Option<MenuMessage>) -> MenuOutcome {
        match (&self.kind, self.active, self.picks()) {
            (Kind::Scale | Kind::Single, Some(active), _) => return MenuOutcome::Answer(Answer::Picks(vec![active])),
            (Kind::Scale | Kind::Single, None, _) => self.message = Some(MenuMessage::NothingActive),
            (Kind::Rank { .. }, Some(_), _) if self.picked_up => {
                self.picked_up = false;
                self.touched = true;
            }
            (Kind::Rank { .. }, _, Some(answer)) if self.touched || told == Some(MenuMessage::NotMoved) => {
                return MenuOutcome::Answer(answer);
            }
            (Kind::Rank { .. }, ..) => self.message = Some(MenuMessage::NotMoved),
            (Kind::Multi { .. }, _, Some(answer)) => {
                let none = answer.picks().is_empty();
                if !none || self.answered && self.touched || told == Some(MenuMessage::NoneMarked) {
                    return MenuOutcome::Answer(answer);
                }
                self.message = Some(MenuMessage::NoneMarked);
            }
            (Kind::Multi { .. }, _, None) => {
                let marked = self.marked.iter().filter(|marked| **marked).count();
                self.message = Some(MenuMessage::Count { marked });
            }
        }
        MenuOutcome::Stay
    }

    /// Forward over an answered question; what has been marked or moved since is accepted as by Enter.
    fn forward(&mut self) -> MenuOutcome {
        if !self.answered {
            self.message = Some(MenuMessage::NotAnswered);
            return MenuOutcome::Stay;
        }
        match self.kind {
            Kind::Multi { .. } | Kind::Rank { .. } if self.touched => {
                self.picked_up = false;
                self.enter(None)
            }
            _ => MenuOutcome::Forward,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Answer, Bank};

    const KINDS: &str = include_str!("../../tests/data/banks/kinds.toml");

    /// Keys as names, and what they lead to on a question of a kind.
    fn after(id: &str, earlier: Option<&Answer>, keys: &[Key]) -> (Menu, MenuOutcome) {
        let bank = Bank::parse(KINDS.as_bytes()).unwrap();
        let mut menu = Menu::new(bank.question(id).unwrap(), earlier);
        let mut outcome = MenuOutcome::Stay;
        for &key in keys {
            assert_eq!(outcome, MenuOutcome::Stay, "nothing follows an answer");
            outcome = menu.update(key);
        }
        (menu, outcome)
    }

    fn answer(picks: &[usize]) -> MenuOutcome {
        MenuOutcome::Answer(Answer::Picks(picks.to_vec()))
    }

    const SPACE: Key = Key::Char(' ');

    #[test]
    fn a_fresh_question_is_answered_only_on_purpose() {
        for id in ["step", "pace"] {
            let (menu, outcome) = after(id, None, &[Key::Enter, SPACE, Key::Other, Key::Char('9'), Key::Char('x')]);
            assert_eq!((menu.active(), outcome), (None, MenuOutcome::Stay));
            assert_eq!(menu.message(), None, "a digit too high is no complaint");
            assert_eq!(after(id, None, &[Key::Char('2')]).1, answer(&[1]));
            assert_eq!(after(id, None, &[Key::Down, Key::Enter]).1, answer(&[0]));
            assert_eq!(after(id, None, &[Key::Tab, Key::Tab, Key::Char('k'), Key::Char('j'), SPACE]).1, answer(&[1]));
            assert_eq!(after(id, None, &[Key::Right]).0.message(), Some(MenuMessage::NotAnswered));
        }
    }

    #[test]
    fn every_kind_goes_back_skips_and_leaves() {
        for id in ["step", "some", "order", "pace"] {
            for key in [Key::Left, Key::Backspace, Key::Escape] {
                assert_eq!(after(id, None, &[Key::Down, key]).1, MenuOutcome::Back);
            }
            assert_eq!(after(id, None, &[Key::Char('s')]).1, MenuOutcome::Answer(Answer::Skip));
            assert_eq!(after(id, None, &[Key::Char('q')]).1, MenuOutcome::Leave);
            assert_eq!(after(id, None, &[Key::Interrupt]).1, MenuOutcome::Leave);
            assert_eq!(after(id, None, &[Key::Char('r')]).1, MenuOutcome::Review);
            assert_eq!(after(id, None, &[Key::Char('?')]).1, MenuOutcome::Help);
            assert_eq!(after(id, None, &[Key::Suspend]).1, MenuOutcome::Suspend);
            assert_eq!(after(id, Some(&Answer::Skip), &[Key::Right]).1, MenuOutcome::Forward);
        }
    }

    #[test]
    fn several_are_marked_within_their_limits() {
        let one = Key::Char('1');
        assert_eq!(after("some", None, &[Key::Enter]).0.message(), Some(MenuMessage::Count { marked: 0 }));
        assert_eq!(after("some", None, &[Key::Char('3'), one, Key::Enter]).1, answer(&[0, 2]));
        assert_eq!(after("some", None, &[one, one, Key::Down, SPACE, Key::Enter]).1, answer(&[1]));
        let (menu, _) = after("some", None, &[one, Key::Char('2'), Key::Char('3')]);
        assert_eq!(menu.message(), Some(MenuMessage::TooMany));
        assert!(menu.is_marked(0) && menu.is_marked(1) && !menu.is_marked(2));
        // Forward accepts what was changed on the way.
        let earlier = Answer::Picks(vec![1]);
        assert_eq!(after("some", Some(&earlier), &[Key::Enter]).1, answer(&[1]));
        assert_eq!(after("some", Some(&earlier), &[one, Key::Right]).1, answer(&[0, 1]));
        let (menu, outcome) = after("some", Some(&earlier), &[Key::Char('2'), Key::Right]);
        assert_eq!((menu.message(), outcome), (Some(MenuMessage::Count { marked: 0 }), MenuOutcome::Stay));
    }

    #[test]
    fn an_empty_choice_takes_a_second_enter() {
        let bank = Bank::parse(KINDS.replace("pick = [1, 2]", "pick = [0, 2]").as_bytes()).unwrap();
        let mut menu = Menu::new(bank.question("some").unwrap(), None);
        assert_eq!(menu.update(Key::Enter), MenuOutcome::Stay);
        assert_eq!(menu.message(), Some(MenuMessage::NoneMarked));
        assert_eq!(menu.update(Key::Down), MenuOutcome::Stay);
        assert_eq!(menu.update(Key::Enter), MenuOutcome::Stay, "another key in between begins anew");
        assert_eq!(menu.update(Key::Enter), answer(&[]));
    }

    #[test]
    fn a_ranking_is_moved_line_by_line() {
        let order = |keys: &[Key]| after("order", None, keys).0.order().collect::<Vec<_>>();
        assert_eq!(order(&[Key::Down, SPACE, Key::Down, Key::Down, Key::Down]), [1, 2, 0], "it stops at the end");
        assert_eq!(order(&[Key::Char('3'), Key::Char('1')]), [2, 0, 1], "the third line to the first place");
        assert_eq!(order(&[Key::End, SPACE, Key::Home, SPACE, Key::Down]), [2, 0, 1]);
        let moved = [Key::Down, SPACE, Key::Down, Key::Enter, Key::Enter];
        assert_eq!(after("order", None, &moved).1, answer(&[1, 0]), "Enter puts down, then answers");
        assert_eq!(after("order", None, &[Key::Enter]).0.message(), Some(MenuMessage::NotMoved));
        assert_eq!(after("order", None, &[Key::Enter, Key::Enter]).1, answer(&[0, 1]));
        let earlier = Answer::Picks(vec![2, 1]);
        assert_eq!(after("order", Some(&earlier), &[Key::Enter]).1, answer(&[2, 1]));
    }
}
