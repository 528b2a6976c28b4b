//! One line of JSON while it is read: its answers, and whether it is a previous result.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::bank::{Answer, ProblemKind, Question, WrongAnswer};

use super::cell::Cell;
use super::column::Column;
use super::decoded_cell::CellCode;
use super::line_keys::{LineKeys, SCORED_KEYS};
use super::parse_cell::{Decode, decode_cell};
use super::previous_result::{Completion, PERSON, RESULT_KEYS, SCHEMA_KEY, is_known_version};
use super::result_field::{BankName, RecommendationFields, get, parsed, person};
use super::row::Row;
use super::row_error::{RowError, RowProblems};

/// The key of the answers in a line that has them in an object of their own.
const ANSWERS: &str = "answers";

/// Stands in front of a list that is looked up and behind each of its items. No text in UTF-8 has it.
const LIST: u8 = 0xFF;

/// What is to be done with the value behind a key.
pub(super) enum Entry<'t> {
    /// It is the answer to the question that the sheet expects now.
    Answer,
    /// It is the object of all answers.
    Answers,
    /// It is to be kept as it stands there.
    Reserved(&'static str),
    /// It is left alone.
    Unknown(Cow<'t, str>),
}

/// What a line says beside its answers.
#[derive(Debug)]
pub(super) struct LineRest<'t> {
    /// The JSON that names the person, `None` where there is none.
    pub(super) person: Option<Cow<'t, str>>,
    /// Fields that are left alone beside answers.
    pub(super) ignored: Vec<Cow<'t, str>>,
}

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
    problems: RowProblems,
}

impl<'l, 't, 'b> LineSheet<'l, 't, 'b> {
    pub(super) fn new(
        line: &'t str,
        keys: &'l mut LineKeys<'b>,
        columns: &'l mut [Column<'b>],
        row: &'l mut Row,
    ) -> Self {
        let last = columns.len();
        let (reserved, unknown, problems) = Default::default();
        Self { line, keys, columns, row, last, question: 0, at: None, reserved, unknown, is_nested: false, problems }
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
        match self.keys.reserved(&key) {
            Some(ANSWERS) if !self.is_nested && self.opens_object(&key) => {
                self.is_nested = true;
                self.reserved.push((ANSWERS, ""));
                Entry::Answers
            }
            Some(key) => Entry::Reserved(key),
            _ => Entry::Unknown(key),
        }
    }

    /// Returns what to do with the value behind such a key among the answers.
    pub(super) fn inner_entry(&mut self, key: Cow<'t, str>) -> Entry<'t> {
        let Some(question) = self.keys.bank.question(&key) else { return Entry::Unknown(key) };
        (self.question, self.at) = (question.index, self.behind(&key));
        Entry::Answer
    }

    /// Refuses a key among the answers that no question has, unless it has no value.
    pub(super) fn refuse_key(&mut self, key: &str, value: &str) {
        if value != "null" && key != SCHEMA_KEY {
            self.refuse_unknown(self.offset(key), key);
        }
    }

    /// Writes down the answer that is expected, by the text of a cell or by what [`list`] makes of several.
    #[inline]
    pub(super) fn answer(&mut self, cell: Cell<'_>, decode: Decode) {
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
        let column = &mut self.columns[self.question];
        match column.decode(cell, decode) {
            Ok(decoded) if self.row.cells[self.question] == CellCode::OPEN => self.row.set(self.question, decoded),
            Ok(_) => {
                let question = column.question.id.clone();
                self.refuse(WrongAnswer::Twice { question });
            }
            Err(ProblemKind::Answer(wrong)) => self.refuse(wrong),
            Err(wrong) => self.problems.add(self.value_at(self.at), || wrong),
        }
    }

    /// Refuses a value that no answer can have.
    pub(super) fn refuse_value(&mut self) {
        let question = self.columns[self.question].question;
        self.refuse(WrongAnswer::NoValue { question: question.id.clone(), allowed: Some(question.allowed()) });
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
            if let Some(first) = self.unknown.first().cloned().filter(|_| self.last == self.columns.len()) {
                self.refuse_unknown(self.offset(&first), &first);
            }
        }
        match self.problems.error(Some(self.line)) {
            Some(error) => Err(error),
            None => Ok(LineRest { person, ignored: self.unknown }),
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

/// Returns the text by which a list is looked up.
pub(super) fn list<'t>(items: impl Iterator<Item = &'t str>) -> Vec<u8> {
    let mut text = vec![LIST];
    items.for_each(|item| text.extend(item.bytes().chain([LIST])));
    text
}

/// Decodes what [`list`] returns.
pub(super) fn decode_list(question: &Question, text: &[u8]) -> Result<Answer, ProblemKind> {
    let items = text.split(|byte| *byte == LIST).skip(1).map(|item| String::from_utf8_lossy(item).into_owned());
    let mut items: Vec<String> = items.collect();
    items.pop();
    question.parse_list(&items).map_err(ProblemKind::Answer)
}
