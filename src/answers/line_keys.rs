//! The keys of lines of JSON: ids of questions, expected in the order of the line before, and what a result has besides.

use rustc_hash::FxHashMapSeed;

use crate::bank::Bank;

use super::column::seeded;
use super::previous_result::{PERSON, RESULT_KEYS, SCHEMA_KEY};

/// Keys that `score` writes and no sheet has.
pub(super) const SCORED_KEYS: [&str; 3] = ["verdict", "fit", "flags"];

/// The keys that lines of one bank can have.
#[derive(Clone, Debug)]
pub(super) struct LineKeys<'b> {
    pub(super) bank: &'b Bank,
    fields: FxHashMapSeed<Box<str>, KnownKey>,
    /// For each question, the one whose key followed its own in an earlier line, `None` if not known yet; last the first
    /// question of a line.
    following: Vec<Option<usize>>,
}

/// What a key is about.
#[derive(Clone, Copy, Debug)]
enum KnownKey {
    /// An answer, by the position of its question in the bank.
    Question(usize),
    /// Who answered, or something of a result; in a line that is no result perhaps an answer all the same.
    Reserved(&'static str),
}

impl<'b> LineKeys<'b> {
    pub(super) fn new(bank: &'b Bank) -> Self {
        let mut fields = FxHashMapSeed::with_hasher(seeded());
        for question in &bank.questions {
            fields.insert(question.id.as_str().into(), KnownKey::Question(question.index));
        }
        for key in RESULT_KEYS.into_iter().chain(SCORED_KEYS).chain([PERSON, SCHEMA_KEY]) {
            fields.insert(key.into(), KnownKey::Reserved(key));
        }
        Self { bank, fields, following: vec![None; bank.questions.len() + 1] }
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

    /// Returns a key that is not the id of a question alone, `None` if nobody knows it.
    pub(super) fn reserved(&self, key: &str) -> Option<&'static str> {
        match self.fields.get(key) {
            Some(KnownKey::Reserved(key)) => Some(key),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_in_any_order() {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        let mut keys = LineKeys::new(&bank);
        let count = bank.questions.len();
        for order in [[0, 1, 2], [0, 1, 2], [2, 0, 1]] {
            let mut last = count;
            for question in order {
                assert_eq!(keys.question_after(last, &bank.questions[question].id), Some(question));
                last = question;
            }
        }
        assert_eq!((keys.question_after(count, "id"), keys.reserved("id")), (None, Some("id")));
        assert_eq!((keys.question_after(count, "x"), keys.reserved("x")), (None, None));
    }
}
