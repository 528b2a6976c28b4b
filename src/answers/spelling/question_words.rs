//! The names of a question and of its choices as words, and what the words of a header mean to it.

use std::collections::BTreeSet;

use crate::bank::{Kind, Question};

use super::fold::{fold, words};
use super::slot::Slot;
use super::words::{BESIDE_TAILS, BETWEEN, TAIL_PHRASES, TAILS};

/// The names of a question and of its choices, as words.
#[derive(Clone, Debug)]
pub(super) struct QuestionWords {
    /// Its texts, folded.
    pub(super) texts: Vec<String>,
    names: Vec<Vec<String>>,
    choices: Vec<(usize, Vec<String>)>,
    is_ranking: bool,
}

/// The meaning of the words of a header to one question.
#[derive(Default)]
pub(super) struct ReadWords {
    /// True if they begin with its name.
    pub(super) begins: bool,
    /// True if one of its choices or a place stands behind it.
    pub(super) goes_on: bool,
    pub(super) slots: BTreeSet<Slot>,
    /// True if they end in something asked beside it.
    pub(super) is_aside: bool,
}

impl QuestionWords {
    pub(super) fn new(question: &Question) -> Self {
        let choices = question.choices.iter().enumerate().flat_map(|(index, choice)| {
            // The numbers of a scale stand behind many names, such as those of columns that a program has found twice.
            let id = (question.kind != Kind::Scale).then_some(&choice.id);
            let names: Vec<Vec<String>> =
                id.into_iter().chain([&choice.text]).chain(&choice.aka).map(|name| split(name)).collect();
            names.into_iter().map(move |name| (index, name))
        });
        let mut names: Vec<Vec<String>> =
            texts(question).into_iter().chain([question.id.as_str()]).map(split).collect();
        names.retain(|name| !name.is_empty());
        Self {
            texts: texts(question).into_iter().map(fold).collect(),
            names,
            choices: choices.filter(|(_, name)| !name.is_empty()).collect(),
            is_ranking: matches!(question.kind, Kind::Rank { .. }),
        }
    }

    /// Reads the words of a header.
    pub(super) fn read(&self, words: &[&str]) -> ReadWords {
        let mut read = ReadWords::default();
        let mut seen = BTreeSet::new();
        for name in &self.names {
            if let Some(rest) = behind(name, words) {
                read.begins = true;
                self.follow(rest, None, &mut seen, &mut read);
            }
        }
        read
    }

    /// Reads the words behind the name. What has been read once is not read again.
    fn follow(
        &self,
        words: &[&str],
        slot: Option<Slot>,
        seen: &mut BTreeSet<(usize, Option<Slot>)>,
        read: &mut ReadWords,
    ) {
        if !seen.insert((words.len(), slot)) {
            return;
        }
        let [first, rest @ ..] = words else {
            read.slots.insert(slot.unwrap_or(Slot::Whole));
            return;
        };
        read.is_aside |= is_aside(words);
        for name in &self.names {
            if let Some(rest) = behind(name, words) {
                self.follow(rest, slot, seen, read);
            }
        }
        for (choice, name) in &self.choices {
            let next = Slot::Choice(*choice);
            if let Some(rest) = behind(name, words).filter(|_| slot.is_none_or(|slot| slot == next)) {
                read.goes_on = true;
                self.follow(rest, Some(next), seen, read);
            }
        }
        if let Some(place) = Slot::place(first).filter(|_| self.is_ranking && slot.is_none()) {
            read.goes_on = true;
            self.follow(rest, Some(Slot::Place(place)), seen, read);
        }
        if BETWEEN.contains(first) {
            self.follow(rest, slot, seen, read);
        } else if first.bytes().all(|byte| byte.is_ascii_digit()) {
            read.goes_on = true;
        }
    }
}

/// Returns the words of a name.
fn split(name: &str) -> Vec<String> {
    words(&fold(name)).map(str::to_owned).collect()
}

/// Returns the words behind a name, `None` if they begin with something else.
fn behind<'w, 't>(name: &[String], words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    let (head, rest) = words.split_at_checked(name.len())?;
    head.iter().eq(name.iter()).then_some(rest)
}

/// Returns true if words are about something asked beside a question.
fn is_aside(words: &[&str]) -> bool {
    let has_tail = words.iter().any(|word| TAILS.contains(word));
    words.iter().all(|word| is_beside(word)) && (has_tail || TAIL_PHRASES.contains(&words.join(" ").as_str()))
}

fn is_beside(word: &str) -> bool {
    TAILS.contains(&word) || BESIDE_TAILS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns all names of a question but its id.
pub(super) fn texts(question: &Question) -> Vec<&str> {
    question.aka.iter().map(String::as_str).chain([question.text.as_str()]).collect()
}
