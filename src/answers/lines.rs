//! Lines of JSON, of whatever shape: serde visitors that go over the keys of an object and look each value up by its text.
//!
//! A line has its answers in the object itself or in one under `answers`, as a previous result has them; then the keys
//! of a result that bear on its scoring are read too. Null is what other programs write for an empty cell. All other
//! fields are left alone.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashMapSeed;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::bank::{Answer, Bank, Ending, PERSON, Question, RESULT_KEYS, SCHEMA_KEY, WrongAnswer};

use super::column::{Column, Decode, DecodedCell, decode_cell, seeded};
use super::row::Row;
use super::row_error::{RowError, RowProblem, RowProblems};

/// Keys that `score` writes and no sheet has.
const SCORED_KEYS: [&str; 3] = ["verdict", "fit", "flags"];

/// What a key of a line is about.
#[derive(Clone, Copy, Debug)]
enum Field {
    /// An answer, by the position of its question in the bank.
    Question(usize),
    /// Who answered, or something of a result; in a line that is no result perhaps an answer all the same.
    Reserved(&'static str),
    /// The schema of the line.
    Schema,
}

/// What a line says beside its answers.
#[derive(Debug)]
pub(super) struct LineRest<'t> {
    /// The JSON that names the person, `None` where there is none.
    pub(super) person: Option<Cow<'t, str>>,
    /// Fields that are left alone beside answers.
    pub(super) ignored: Vec<Cow<'t, str>>,
}

/// Reads lines, expecting each to have its keys in the order of the one before.
#[derive(Clone, Debug)]
pub(super) struct LineReader<'b> {
    bank: &'b Bank,
    fields: FxHashMapSeed<Box<str>, Field>,
    /// The question whose key came behind that of each question, and at the end the one that came first; a position that
    /// no question has where none has come yet.
    following: Vec<usize>,
}

impl<'b> LineReader<'b> {
    pub(super) fn new(bank: &'b Bank) -> Self {
        let mut fields = FxHashMapSeed::with_hasher(seeded());
        for question in &bank.questions {
            fields.insert(question.id.as_str().into(), Field::Question(question.index));
        }
        for key in RESULT_KEYS.into_iter().chain(SCORED_KEYS).chain([PERSON]) {
            fields.insert(key.into(), Field::Reserved(key));
        }
        fields.insert(SCHEMA_KEY.into(), Field::Schema);
        Self { bank, fields, following: vec![usize::MAX; bank.questions.len() + 1] }
    }

    /// Reads the answers of a line into a row, and returns the rest.
    ///
    /// # Errors
    ///
    /// Broken syntax, or what is wrong with the answers.
    pub(super) fn read<'t>(
        &mut self,
        line: &'t str,
        columns: &mut [Column<'b>],
        row: &mut Row,
    ) -> Result<LineRest<'t>, RowError> {
        if !line.trim_ascii_start().starts_with('{') {
            return Err(RowProblem::NoObject.into());
        }
        let last = columns.len();
        let (reserved, unknown, problems) = Default::default();
        let mut sheet = Sheet { line, reader: self, columns, row, last, reserved, unknown, is_nested: false, problems };
        let mut json = serde_json::Deserializer::from_str(line);
        match json.deserialize_map(Outer(&mut sheet)).and_then(|()| json.end()) {
            Ok(()) => sheet.finish(),
            Err(error) => Err(syntax_error(line, &error)),
        }
    }
}

/// Returns how a line breaks the syntax of JSON, and where.
fn syntax_error(line: &str, error: &serde_json::Error) -> RowError {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default().to_owned();
    RowError::at(line, error.column().saturating_sub(1), RowProblem::Json(what))
}

/// A key; borrowed from the line unless it has escapes.
#[derive(Deserialize)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

/// A line that is being read.
struct Sheet<'l, 't, 'b> {
    line: &'t str,
    reader: &'l mut LineReader<'b>,
    columns: &'l mut [Column<'b>],
    row: &'l mut Row,
    /// The question whose key came last.
    last: usize,
    /// What can be read only once it is known whether the line is a result.
    reserved: Vec<(&'static str, &'t str)>,
    unknown: Vec<Cow<'t, str>>,
    /// True if the answers stand in an object of their own.
    is_nested: bool,
    problems: RowProblems,
}

/// Visits the object that is the line.
struct Outer<'s, 'l, 't, 'b>(&'s mut Sheet<'l, 't, 'b>);

/// Visits an object of answers inside it.
struct Inner<'s, 'l, 't, 'b>(&'s mut Sheet<'l, 't, 'b>);

impl<'de> Visitor<'de> for Outer<'_, '_, 'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let sheet = self.0;
        while let Some(Key(key)) = map.next_key()? {
            match sheet.field(&key) {
                Some(Field::Question(question)) => {
                    let at = sheet.behind(&key);
                    sheet.follow(question);
                    map.next_value_seed(AnswerValue { sheet, question, at })?;
                }
                Some(Field::Reserved("answers")) if !sheet.is_nested && sheet.opens_object(&key) => {
                    sheet.is_nested = true;
                    sheet.reserved.push(("answers", ""));
                    map.next_value_seed(Inner(sheet))?;
                }
                Some(Field::Reserved(key)) => sheet.reserved.push((key, map.next_value::<&RawValue>()?.get())),
                Some(Field::Schema) => drop(map.next_value::<IgnoredAny>()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                    sheet.unknown.push(key);
                }
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Inner<'_, '_, 'de, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Inner<'_, '_, 'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let sheet = self.0;
        while let Some(Key(key)) = map.next_key()? {
            let at = sheet.behind(&key);
            match sheet.field(&key) {
                Some(Field::Question(question)) => {
                    sheet.follow(question);
                    map.next_value_seed(AnswerValue { sheet, question, at })?;
                }
                Some(Field::Schema) => drop(map.next_value::<IgnoredAny>()?),
                Some(Field::Reserved(_)) | None => match sheet.reader.bank.question(&key) {
                    Some(&Question { index: question, .. }) => {
                        map.next_value_seed(AnswerValue { sheet, question, at })?;
                    }
                    None if map.next_value::<&RawValue>()?.get() == "null" => {}
                    None => sheet.add_unknown(at.saturating_sub(key.len() + 1), &key),
                },
            }
        }
        Ok(())
    }
}

/// Visits the value of an answer.
struct AnswerValue<'s, 'l, 't, 'b> {
    sheet: &'s mut Sheet<'l, 't, 'b>,
    question: usize,
    /// Where the value stands in the line, or the end of its key.
    at: usize,
}

/// An item of a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Item<'t> {
    Text(#[serde(borrow)] Cow<'t, str>),
    Other(IgnoredAny),
}

impl AnswerValue<'_, '_, '_, '_> {
    fn answer(self, cell: &[u8], decode: Decode) {
        let Self { sheet, question, at } = self;
        let (column, cell_of_row) = (&mut sheet.columns[question], &mut sheet.row.cells[question]);
        let wrong = match column.decode(cell, decode) {
            Ok(decoded) if *cell_of_row == DecodedCell::Open => {
                *cell_of_row = decoded;
                return;
            }
            Ok(_) => RowProblem::Answer(WrongAnswer::Twice { question: column.question.id.clone() }),
            Err(wrong) => wrong,
        };
        let at = sheet.value_at(at);
        sheet.problems.add(at, || wrong);
    }

    fn refuse(self) {
        let question = self.sheet.columns[self.question].question;
        let at = self.sheet.value_at(self.at);
        let no_answer = || RowProblem::NoAnswer { question: question.id.clone(), allowed: question.allowed() };
        self.sheet.problems.add(at, no_answer);
    }
}

impl<'de> DeserializeSeed<'de> for AnswerValue<'_, '_, 'de, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnswerValue<'_, '_, 'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    /// Null is what other programs write for an empty cell.
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.refuse();
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        match u8::try_from(number) {
            Ok(digit @ 0..=9) => self.answer(&[b'0' + digit], decode_cell),
            _ => self.answer(number.to_string().as_bytes(), decode_cell),
        }
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.answer(number.to_string().as_bytes(), decode_cell);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.answer(number.to_string().as_bytes(), decode_cell);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.answer(text.as_bytes(), decode_cell);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let (mut items, mut is_answer) = (vec![LIST], true);
        while let Some(item) = list.next_element()? {
            match item {
                Item::Text(text) => items.extend(text.bytes().chain([LIST])),
                Item::Other(_) => is_answer = false,
            }
        }
        if is_answer {
            self.answer(&items, decode_list);
        } else {
            self.refuse();
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.refuse();
        Ok(())
    }
}

/// Stands in front of a list that is looked up and behind each of its items. No text in UTF-8 has it.
const LIST: u8 = 0xFF;

fn decode_list(question: &Question, items: &[u8]) -> Result<Answer, RowProblem> {
    let items = items.split(|byte| *byte == LIST).skip(1).map(|item| String::from_utf8_lossy(item).into_owned());
    let mut items: Vec<String> = items.collect();
    items.pop();
    question.accept_list(&items).map_err(RowProblem::Answer)
}

impl<'t> Sheet<'_, 't, '_> {
    /// Returns what a key is about, `None` where it is unknown. The one that came next in the line before is tried first.
    fn field(&self, key: &str) -> Option<Field> {
        let expected = self.reader.following[self.last];
        match self.columns.get(expected) {
            Some(column) if column.question.id == key => Some(Field::Question(expected)),
            _ => self.reader.fields.get(key).copied(),
        }
    }

    /// Expects the key of a question to come next in the following line too.
    fn follow(&mut self, question: usize) {
        self.reader.following[self.last] = question;
        self.last = question;
    }

    /// Skips a question.
    fn skip(&mut self, at: usize, id: &str) {
        match self.reader.bank.question(id).map(|question| question.index) {
            Some(question) if self.row.cells[question] == DecodedCell::Open => {
                self.row.cells[question] = DecodedCell::Skipped;
            }
            Some(_) => self.problems.add(at, || RowProblem::Answer(WrongAnswer::Twice { question: id.to_owned() })),
            None => self.add_unknown(at, id),
        }
    }

    fn add_unknown(&mut self, at: usize, id: &str) {
        let bank = self.reader.bank;
        self.problems.add(at, || RowProblem::Answer(bank.unknown_question(id)));
    }

    /// Returns how many bytes on in the line a part of it stands.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr().addr().saturating_sub(self.line.as_ptr().addr())
    }

    /// Returns where a key ends; 0 for one with escapes, which does not stand in the line as it is.
    fn behind(&self, key: &str) -> usize {
        let end = self.offset(key) + key.len() + 1;
        if end <= self.line.len() { end } else { 0 }
    }

    /// Returns where a value begins that stands here or behind a colon.
    fn value_at(&self, at: usize) -> usize {
        let rest = self.line.get(at..).unwrap_or_default().trim_ascii_start();
        self.line.len() - rest.strip_prefix(':').unwrap_or(rest).trim_ascii_start().len()
    }

    /// Returns true if an object stands behind a key. It is looked for in the text, since a value that is asked for as an
    /// object can no longer be had as anything else.
    fn opens_object(&self, key: &str) -> bool {
        let at = self.value_at(self.behind(key));
        at > 0 && self.line.get(at..).is_some_and(|value| value.starts_with('{'))
    }

    /// Makes a sheet of what has been read.
    fn finish(mut self) -> Result<LineRest<'t>, RowError> {
        let reserved = std::mem::take(&mut self.reserved);
        let get = |key: &str| reserved.iter().find(|(other, _)| *other == key).map(|(_, value)| *value);
        let person = match get(PERSON).map_or(Ok(None), person) {
            Ok(person) => person,
            Err(value) => {
                self.problems.add(self.offset(value), || RowProblem::Nameless);
                None
            }
        };
        if self.is_nested {
            self.read_result(&reserved);
            self.unknown.clear();
        } else if SCORED_KEYS.iter().all(|key| get(key).is_some()) {
            return Err(RowError::at(self.line, 0, RowProblem::Scored));
        } else {
            self.read_flat(reserved);
        }
        match self.problems.error(Some(self.line)) {
            Some(error) => Err(error),
            None => Ok(LineRest { person, ignored: self.unknown }),
        }
    }

    /// Reads keys that mean nothing special where a line is no result.
    fn read_flat(&mut self, reserved: Vec<(&'static str, &'t str)>) {
        for (key, value) in reserved.into_iter().filter(|(key, _)| *key != PERSON) {
            match self.reader.bank.question(key) {
                Some(question) => {
                    let (at, question) = (self.offset(value), question.index);
                    let value_of_key = AnswerValue { sheet: &mut *self, question, at };
                    let _ = value_of_key.deserialize(&mut serde_json::Deserializer::from_str(value));
                }
                None => self.unknown.push(key.into()),
            }
        }
        // A line without any answer is probably about something else.
        let is_blank = self.row.cells.iter().all(|cell| *cell == DecodedCell::Open);
        if let Some(first) = self.unknown.first().cloned().filter(|_| is_blank) {
            let at = self.behind(&first).saturating_sub(first.len() + 1);
            self.add_unknown(at, &first);
        }
    }

    /// Reads what a result says beside its answers.
    fn read_result(&mut self, reserved: &[(&'static str, &'t str)]) {
        for (number, &(key, value)) in reserved.iter().enumerate() {
            if reserved.iter().take(number).any(|(other, _)| *other == key) {
                self.problems.add(self.offset(value), || RowProblem::Repeated(key));
            }
        }
        let get = |key: &str| reserved.iter().find(|(other, _)| *other == key).map(|(_, value)| *value);
        if let Some(version) = get("schema_version").filter(|version| *version != "1") {
            self.problems.add(self.offset(version), || RowProblem::OtherVersion(version.to_owned()));
        }
        self.read_skipped(get("skipped").unwrap_or("[]"));
        if let Some(Completion { asked, of, chance }) = get("recommendation").and_then(parsed) {
            self.row.is_quick = Ending::new(asked, of, chance) == Ending::Quick;
        }
        let other = get("bank").and_then(parsed).filter(|BankName { id }| *id != self.reader.bank.id);
        if let Some(BankName { id: other }) = other.filter(|_| !self.problems.is_empty()) {
            // Nearly every answer to another bank is wrong in this one, for the same reason.
            self.problems = RowProblems::default();
            let bank = self.reader.bank.id.clone();
            self.problems.add(0, || RowProblem::OtherBank { other, bank });
        }
    }

    fn read_skipped(&mut self, list: &'t str) {
        let Some(ids) = parsed::<Vec<&RawValue>>(list) else {
            return self.problems.add(self.offset(list), || RowProblem::Skipped);
        };
        for id in ids.into_iter().map(RawValue::get) {
            match parsed::<Key<'_>>(id) {
                Some(Key(name)) => self.skip(self.offset(id), &name),
                None => self.problems.add(self.offset(id), || RowProblem::Skipped),
            }
        }
    }
}

/// What a result says of how its quiz ended.
#[derive(Deserialize)]
struct Completion {
    asked: Option<u64>,
    of: Option<u64>,
    chance: Option<f64>,
}

/// The bank that a result was made with.
#[derive(Deserialize)]
struct BankName {
    id: String,
}

/// Returns a value read from JSON, `None` where it is something else.
fn parsed<'t, T: Deserialize<'t>>(json: &'t str) -> Option<T> {
    serde_json::from_str(json).ok()
}

/// Returns the JSON that names a person, `None` for null, or what names nobody. Names with escapes are written anew, so
/// that equal names are written alike.
fn person(value: &str) -> Result<Option<Cow<'_, str>>, &str> {
    match value.as_bytes() {
        b"null" => Ok(None),
        [b'-' | b'0'..=b'9', ..] => Ok(Some(value.into())),
        [b'"', name @ ..] if !name.contains(&b'\\') => Ok(Some(value.into())),
        _ => match parsed::<String>(value).and_then(|name| serde_json::to_string(&name).ok()) {
            Some(name) => Ok(Some(name.into())),
            None => Err(value),
        },
    }
}
