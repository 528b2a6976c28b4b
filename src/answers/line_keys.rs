//! The keys of lines of JSON: ids of questions, expected in the order of the line before, and what a result has besides.

use std::sync::Arc;

use rustc_hash::FxHashMapSeed;

use crate::bank::{Bank, ProblemKind};

use super::column::seeded;
use super::header::problem;
use super::import_options::ImportOptions;
use super::previous_result::{PERSON, RESULT_KEYS, SCHEMA_KEY};
use super::spelling::{BankNames, ColumnMatch, ColumnRole, Slot};

/// Most keys to remember.
const MOST_KEYS: usize = 4_096;

/// Keys that `score` writes and no sheet has.
pub(super) const SCORED_KEYS: [&str; 3] = ["verdict", "fit", "flags"];

/// The keys that lines of one bank can have.
#[derive(Clone, Debug)]
pub(super) struct LineKeys<'b> {
    pub(super) bank: &'b Bank,
    names: Arc<BankNames<'b>>,
    options: Arc<ImportOptions>,
    fields: FxHashMapSeed<Box<str>, KnownKey>,
    /// For each question, the one whose key followed its own in an earlier line, `None` if not known yet; last the first
    /// question of a line.
    following: Vec<Option<usize>>,
}

/// What a key is about.
#[derive(Clone, Debug)]
pub(super) enum KnownKey {
    /// An answer, by the position of its question in the bank.
    Question(usize),
    /// A part of one.
    Part(usize, Slot),
    /// Who answered, or something of a result; in a line that is no result perhaps an answer all the same.
    Reserved(&'static str),
    Ignored,
    /// It looks like a question and is not understood.
    Wrong(Box<ProblemKind>),
}

impl<'b> LineKeys<'b> {
    pub(super) fn new(bank: &'b Bank, options: &ImportOptions) -> Self {
        let mut fields = FxHashMapSeed::with_hasher(seeded());
        for question in &bank.questions {
            fields.insert(question.id.as_str().into(), KnownKey::Question(question.index));
        }
        for key in RESULT_KEYS.into_iter().chain(SCORED_KEYS).chain([PERSON, SCHEMA_KEY]) {
            fields.insert(key.into(), KnownKey::Reserved(key));
        }
        let (names, options) = (Arc::new(BankNames::new(bank)), Arc::new(options.clone()));
        Self { bank, names, options, fields, following: vec![None; bank.questions.len() + 1] }
    }

    /// Returns the position of the question whose id a key is, `None` if it is no id or more than that. The one that
    /// followed the last one in the line before is tried first; at the beginning of a line the last one is the number of
    /// questions.
    #[inline]
    pub(super) fn question_after(&mut self, last: usize, key: &str) -> Option<usize> {
        let expected = self.following[last];
        if expected.is_some_and(|question| self.bank.questions[question].id == key) {
            return expected;
        }
        let Some(&KnownKey::Question(question)) = self.fields.get(key) else { return None };
        self.following[last] = Some(question);
        Some(question)
    }

    /// Returns what a key is about, and remembers it.
    pub(super) fn get(&mut self, key: &str) -> KnownKey {
        if let Some(known) = self.fields.get(key) {
            return known.clone();
        }
        let known = self.named(key);
        if self.fields.len() < MOST_KEYS {
            self.fields.insert(key.into(), known.clone());
        }
        known
    }

    /// Returns what a key is about among answers, where none is reserved.
    pub(super) fn among_answers(&mut self, key: &str) -> KnownKey {
        match self.bank.question(key) {
            Some(question) => KnownKey::Question(question.index),
            None => match self.get(key) {
                KnownKey::Reserved(_) => KnownKey::Ignored,
                known => known,
            },
        }
    }

    fn named(&self, key: &str) -> KnownKey {
        match self.options.column(&[key], &self.names) {
            ColumnMatch::Role(ColumnRole::Question(question), _) => KnownKey::Question(question),
            ColumnMatch::Role(ColumnRole::Part(question, slot), _) => KnownKey::Part(question, slot),
            found => {
                problem(&found, key, self.bank).map_or(KnownKey::Ignored, |wrong| KnownKey::Wrong(Box::new(wrong)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_in_any_order() {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        let mut keys = LineKeys::new(&bank, &ImportOptions::default());
        let count = bank.questions.len();
        for order in [[0, 1, 2], [0, 1, 2], [2, 0, 1]] {
            let mut last = count;
            for question in order {
                assert_eq!(keys.question_after(last, &bank.questions[question].id), Some(question));
                last = question;
            }
        }
        assert_eq!(keys.question_after(count, "id"), None);
        assert!(matches!(keys.get("id"), KnownKey::Reserved("id")) && matches!(keys.get("x"), KnownKey::Ignored));
        assert_eq!(keys.question_after(count, "Do you like it"), None);
        assert!(matches!(keys.get("Do you like it"), KnownKey::Question(1)));
        assert_eq!(keys.question_after(count, "Do you like it"), Some(1));
        assert!(matches!(keys.get("some[x]"), KnownKey::Part(2, Slot::Choice(0))));
        assert!(matches!(keys.get("some[q]"), KnownKey::Wrong(_)));
    }
}
