//! One line of JSON while it is read: its answers, and whether it is a previous result.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::bank::{ProblemKind, WrongAnswer};

use super::cell::Cell;
use super::column::Column;
use super::decode::{Decode, decode_cell};
use super::decoded_cell::CellCode;
use super::line_entry::{Entry, LineRest, is_filled, is_repeated};
use super::line_keys::{KnownKey, LineKeys, SCORED_KEYS};
use super::previous_result::{Completion, PERSON, RESULT_KEYS, SCHEMA_KEY, is_known_version};
use super::result_field::{BankName, RecommendationFields, get, parsed, person};
use super::row::{CellRule, Row};
use super::row_error::{RowError, RowProblems};
use super::spelling::Slot;

/// The key of the answers in a line that has them in an object of their own.
const ANSWERS: &str = "answers";

/// A line that is being read.
pub(super) struct LineSheet<'l, 't, 'b> {
    line: &'t str,
    keys: &'l mut LineKeys<'b>,
    columns: &'l mut [Column<'b>],
    row: &'l mut Row,
    /// The question whose key came last.
    last: usize,
    /// The question whose answer comes next, and where its key ends, `None` if the key has escapes.
    question: usize,
    at: Option<usize>,
    /// What can be read only once it is known whether the line is a result.
    pub(super) reserved: Vec<(&'static str, &'t str)>,
    /// Keys that stand beside answers or in their place, and are left alone.
    pub(super) unknown: Vec<Cow<'t, str>>,
    /// True if the answers stand in an object of their own.
    is_nested: bool,
    /// True if any field has had a value.
    is_filled: bool,
    rule: CellRule,
    problems: RowProblems,
}

impl<'l, 't, 'b> LineSheet<'l, 't, 'b> {
    pub(super) fn new(
        line: &'t str,
        keys: &'l mut LineKeys<'b>,
        columns: &'l mut [Column<'b>],
        row: &'l mut Row,
        rule: CellRule,
    ) -> Self {
        let last = columns.len();
        let (reserved, unknown, problems) = Default::default();
        let (is_nested, is_filled) = (false, false);
        Self {
            line,
            keys,
            columns,
            row,
            last,
            question: 0,
            at: None,
            reserved,
            unknown,
            is_nested,
            is_filled,
            rule,
            problems,
        }
    }

    /// Expects an answer if a key is the id of a question and nothing else, and returns whether it is. The one that came
    /// next in the line before is tried first.
    #[inline]
    pub(super) fn expect_answer(&mut self, key: &str) -> bool {
        let Some(question) = self.keys.question_after(self.last, key) else { return false };
        (self.last, self.question, self.at) = (question, question, self.behind(key));
        true
    }

    /// Returns what to do with the value behind a key of the line that is not the id of a question alone.
    pub(super) fn entry(&mut self, key: Cow<'t, str>) -> Entry<'t> {
        match self.keys.get(&key) {
            KnownKey::Reserved(ANSWERS) if !self.is_nested && self.opens_object(&key) => {
                self.is_nested = true;
                self.reserved.push((ANSWERS, ""));
                Entry::Answers
            }
            KnownKey::Reserved(key) => Entry::Reserved(key),
            known => self.known_entry(known, key),
        }
    }

    /// Returns what to do with the value behind such a key among the answers.
    pub(super) fn inner_entry(&mut self, key: Cow<'t, str>) -> Entry<'t> {
        let known = self.keys.among_answers(&key);
        self.known_entry(known, key)
    }

    fn known_entry(&mut self, known: KnownKey, key: Cow<'t, str>) -> Entry<'t> {
        let (question, entry) = match known {
            KnownKey::Question(question) => (question, Entry::Answer),
            KnownKey::Part(question, slot) => (question, Entry::Part(slot)),
            KnownKey::Wrong(wrong) => {
                self.at = self.offset(&key);
                return Entry::Wrong(wrong);
            }
            KnownKey::Reserved(_) | KnownKey::Ignored => return Entry::Unknown(key),
        };
        (self.last, self.question, self.at) = (question, question, self.behind(&key));
        entry
    }

    /// Refuses a key that looks like a question and is not understood, unless it has no value.
    pub(super) fn refuse_wrong(&mut self, wrong: ProblemKind, value: &str) {
        if is_filled(value) {
            self.is_filled = true;
            self.problems.add(self.at, || wrong);
        }
    }

    /// Notes whether a field that is left alone has a value.
    pub(super) fn pass(&mut self, value: &str) {
        self.is_filled |= is_filled(value);
    }

    /// Refuses a key among the answers that no question has, unless it has no value.
    pub(super) fn refuse_key(&mut self, key: &str, value: &str) {
        if is_filled(value) && key != SCHEMA_KEY {
            self.refuse_unknown(self.offset(key), key);
        }
    }

    /// Keeps a part of the answer that is expected.
    pub(super) fn part(&mut self, slot: Slot, text: &str) {
        self.is_filled |= !text.trim_ascii().is_empty();
        self.row.keep(self.question, slot, self.value_at(self.at), text.as_bytes());
    }

    /// Writes down the answer that is expected, by the text of a cell or of a list.
    #[inline]
    pub(super) fn answer(&mut self, cell: Cell<'_>, decode: Decode) {
        self.is_filled |= !cell.text.trim_ascii().is_empty();
        let known = self.columns[self.question].known(cell);
        match known.filter(|_| self.row.cells[self.question] == CellCode::OPEN) {
            Some(decoded) => self.row.set(self.question, decoded),
            None => self.learn(cell.text, decode),
        }
    }

    /// Writes down the answer that is expected, by its text.
    #[inline]
    pub(super) fn answer_text(&mut self, text: &str) {
        let cell = match self.offset(text) {
            None => Cell::new(text.as_bytes()),
            Some(start) => Cell::within(self.line.as_bytes(), start, start + text.len()),
        };
        self.answer(cell, decode_cell);
    }

    /// Writes down an answer that has not been met yet, or is the second one to its question.
    #[cold]
    fn learn(&mut self, cell: &[u8], decode: Decode) {
        let is_open = self.row.cells[self.question] == CellCode::OPEN;
        let (at, is_repeated) = (self.value_at(self.at), !is_open && is_repeated(self.line, self.at));
        let column = &mut self.columns[self.question];
        match column.decode(cell, decode) {
            Ok(decoded) if !is_repeated && self.row.add(self.question, decoded) => {}
            Ok(_) => {
                let question = column.question.id.clone();
                self.refuse(WrongAnswer::Twice { question });
            }
            Err(wrong) => self.row.refuse(column, at, wrong, self.rule, &mut self.problems),
        }
    }

    /// Refuses a value that no answer can have.
    pub(super) fn refuse_value(&mut self) {
        self.is_filled = true;
        let (at, column) = (self.value_at(self.at), &self.columns[self.question]);
        let question = column.question.id.clone();
        let wrong = ProblemKind::Answer(WrongAnswer::NoValue { question, allowed: Some(column.question.allowed()) });
        self.row.refuse(column, at, wrong, self.rule, &mut self.problems);
    }

    fn refuse(&mut self, wrong: WrongAnswer) {
        self.problems.add(self.value_at(self.at), || ProblemKind::Answer(wrong));
    }

    fn refuse_unknown(&mut self, at: Option<usize>, id: &str) {
        let bank = self.keys.bank;
        self.problems.add(at, || ProblemKind::Answer(bank.unknown_question(id)));
    }

    /// Returns the byte offset of a slice of the line, `None` for a text with escapes, which is no slice of it.
    fn offset(&self, part: &str) -> Option<usize> {
        let at = part.as_ptr().addr().wrapping_sub(self.line.as_ptr().addr());
        (at < self.line.len()).then_some(at)
    }

    /// Returns the offset behind the closing quote of a key, `None` if it has escapes.
    fn behind(&self, key: &str) -> Option<usize> {
        Some(self.offset(key)? + key.len() + 1)
    }

    /// Returns where a value begins that stands here or behind a colon.
    fn value_at(&self, at: Option<usize>) -> Option<usize> {
        let rest = self.line.get(at?..)?.trim_ascii_start();
        Some(self.line.len() - rest.strip_prefix(':').unwrap_or(rest).trim_ascii_start().len())
    }

    /// Returns true if an object stands behind a key. It is looked for in the text, because serde cannot read a value again
    /// as something else.
    fn opens_object(&self, key: &str) -> bool {
        let value = self.value_at(self.behind(key)).and_then(|at| self.line.get(at..));
        value.is_some_and(|value| value.starts_with('{'))
    }

    /// Returns an object of answers that was not seen to be one, because its key has escapes; `None` where there is none.
    pub(super) fn late_object(&mut self) -> Option<&'t str> {
        let answers = get(&self.reserved, ANSWERS).filter(|value| !self.is_nested && value.starts_with('{'))?;
        self.is_nested = true;
        Some(answers)
    }

    /// Returns the answers under reserved keys, which are ids of questions and nothing else where a line is no result: each
    /// question with its value.
    pub(super) fn late_answers(&mut self) -> Vec<(usize, &'t str)> {
        if !self.is_nested && self.is_scored() {
            return Vec::new();
        }
        let question = |key: &str| {
            // Beside an object of answers, what a result has is no answer.
            let is_other = key == PERSON || self.is_nested && RESULT_KEYS.contains(&key);
            self.keys.bank.question(key).filter(|_| !is_other).map(|question| question.index)
        };
        let answers = self.reserved.iter().filter_map(|&(key, value)| Some((question(key)?, value))).collect();
        let rest = self.reserved.iter().copied().filter(|(key, _)| question(key).is_none()).collect();
        self.reserved = rest;
        answers
    }

    /// Expects the answer to a question by its value.
    pub(super) fn expect_value(&mut self, question: usize, value: &str) {
        (self.last, self.question, self.at) = (question, question, self.offset(value));
    }

    /// Returns true if this is a line that `score` has written: where its fits stand, no answer can.
    fn is_scored(&self) -> bool {
        SCORED_KEYS.iter().all(|key| get(&self.reserved, key).is_some())
            && get(&self.reserved, "fit").is_some_and(|fits| fits.starts_with('{'))
    }

    /// Makes a sheet of what has been read.
    pub(super) fn finish(mut self) -> Result<LineRest<'t>, RowError> {
        if !self.is_nested && self.is_scored() {
            return Err(RowError::at(self.line, 0, ProblemKind::Scored));
        }
        let reserved = std::mem::take(&mut self.reserved);
        let is_empty = self.last == self.columns.len() && reserved.is_empty() && self.unknown.is_empty();
        let is_filled =
            self.is_filled || self.is_nested || is_empty || reserved.iter().any(|(_, value)| is_filled(value));
        self.row.join_parts(self.columns, self.rule, &mut self.problems);
        let person = get(&reserved, PERSON).map_or(Ok(None), person).unwrap_or_else(|value| {
            self.problems.add(self.offset(value), || ProblemKind::NoName(PERSON.to_owned()));
            None
        });
        // There are few keys of this kind, however often each comes.
        let mut seen = Vec::new();
        for &(key, value) in reserved.iter().filter(|(key, _)| self.is_nested || *key == PERSON) {
            if seen.contains(&key) {
                self.problems.add(self.offset(value), || ProblemKind::DuplicateKey(key.to_owned()));
            } else {
                seen.push(key);
            }
        }
        if self.is_nested {
            self.read_result(&reserved);
            self.unknown.clear();
        } else {
            for &(key, value) in reserved.iter().filter(|(key, _)| ![PERSON, SCHEMA_KEY].contains(key)) {
                // What can only be meant as answers is not left alone where it is written as something else.
                if [ANSWERS, "skipped"].contains(&key) && value != "null" {
                    self.refuse_unknown(self.offset(value), key);
                } else {
                    self.unknown.push(key.into());
                }
            }
            // A line without the id of any question is probably about something else.
            if let Some(first) = self.unknown.first().cloned().filter(|_| is_filled && self.last == self.columns.len())
            {
                self.refuse_unknown(self.offset(&first), &first);
            }
        }
        match self.problems.error(Some(self.line)) {
            Some(error) => Err(error),
            None => Ok(LineRest { person, ignored: self.unknown, is_filled }),
        }
    }

    /// Reads what a result says beside its answers.
    fn read_result(&mut self, reserved: &[(&'static str, &'t str)]) {
        if let Some(version) =
            get(reserved, "schema_version").filter(|version| !version.parse().is_ok_and(is_known_version))
        {
            self.problems.add(self.offset(version), || ProblemKind::UnknownVersion(version.to_owned()));
        }
        self.read_skipped(get(reserved, "skipped").unwrap_or("[]"));
        if let Some(RecommendationFields { asked, of, chance }) = get(reserved, "recommendation").and_then(parsed) {
            self.row.is_quick = Completion::new(asked, of, chance) == Completion::Quick;
        }
        let other = get(reserved, "bank").and_then(parsed).filter(|BankName { id }| *id != self.keys.bank.id);
        if let Some(BankName { id: other }) = other.filter(|_| !self.problems.is_empty()) {
            // Nearly every answer to another bank is wrong in this one, for the same reason.
            self.problems = RowProblems::default();
            let bank = self.keys.bank.id.clone();
            self.problems.add(Some(0), || ProblemKind::OtherBank(other, bank));
        }
    }

    fn read_skipped(&mut self, list: &'t str) {
        let Some(ids) = parsed::<Vec<&RawValue>>(list) else {
            return self.problems.add(self.offset(list), || ProblemKind::SkippedNoList(list.to_owned()));
        };
        for written in ids.into_iter().map(RawValue::get) {
            self.at = self.offset(written);
            match parsed::<String>(written) {
                Some(id) => self.skip(&id),
                None => self.problems.add(self.at, || ProblemKind::SkippedNoList(written.to_owned())),
            }
        }
    }

    fn skip(&mut self, id: &str) {
        match self.keys.bank.question(id).map(|question| question.index) {
            Some(question) if self.row.cells[question] == CellCode::OPEN => {
                self.row.cells[question] = CellCode::SKIPPED;
            }
            Some(_) => self.refuse(WrongAnswer::Twice { question: id.to_owned() }),
            None => self.refuse_unknown(self.at, id),
        }
    }
}
