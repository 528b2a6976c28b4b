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

use crate::bank::{Answer, Bank, Ending, PERSON, ProblemKind, Question, RESULT_KEYS, SCHEMA_KEY, WrongAnswer};

use super::column::{CellCode, Column, Decode, decode_cell, seeded};
use super::row::Row;
use super::row_error::{RowError, RowProblems};

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
    ids: Vec<&'b str>,
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
        let ids = bank.questions.iter().map(|question| question.id.as_str()).collect();
        Self { bank, ids, fields, following: vec![usize::MAX; bank.questions.len() + 1] }
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
            return Err(ProblemKind::NotAnObject.into());
        }
        let last = columns.len();
        let (reserved, unknown, problems) = Default::default();
        let mut sheet = Sheet {
            line,
            reader: self,
            columns,
            row,
            last,
            question: 0,
            at: 0,
            reserved,
            unknown,
            is_nested: false,
            problems,
        };
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
    RowError::at(line, error.column().saturating_sub(1), ProblemKind::JsonSyntax(what))
}

/// A key; borrowed from the line unless it has escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

/// Visits a key, and returns it where it is not that of an answer.
struct EntryKey<'s, 'l, 't, 'b>(&'s mut Sheet<'l, 't, 'b>);

impl<'de> DeserializeSeed<'de> for EntryKey<'_, '_, 'de, '_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for EntryKey<'_, '_, 'de, '_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(if self.0.expect_answer(key) { None } else { Some(key.into()) })
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(if self.0.expect_answer(key) { None } else { Some(key.to_owned().into()) })
    }
}

/// A line that is being read.
struct Sheet<'l, 't, 'b> {
    line: &'t str,
    reader: &'l mut LineReader<'b>,
    columns: &'l mut [Column<'b>],
    row: &'l mut Row,
    /// The question whose key came last.
    last: usize,
    /// The question whose answer comes next, and where its key ends.
    question: usize,
    at: usize,
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
        while let Some(key) = map.next_key_seed(EntryKey(sheet))? {
            let Some(key) = key else {
                map.next_value_seed(AnswerValue(sheet))?;
                continue;
            };
            match sheet.reader.fields.get(&*key) {
                Some(Field::Reserved("answers")) if !sheet.is_nested && sheet.opens_object(&key) => {
                    sheet.is_nested = true;
                    sheet.reserved.push(("answers", ""));
                    map.next_value_seed(Inner(sheet))?;
                }
                Some(Field::Reserved(key)) => sheet.reserved.push((key, map.next_value::<&RawValue>()?.get())),
                Some(_) => drop(map.next_value::<IgnoredAny>()?),
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
        while let Some(key) = map.next_key_seed(EntryKey(sheet))? {
            if key.as_ref().is_none_or(|key| sheet.expect_question(key)) {
                map.next_value_seed(AnswerValue(sheet))?;
            } else if map.next_value::<&RawValue>()?.get() != "null"
                && let Some(key) = key.filter(|key| key != SCHEMA_KEY)
            {
                sheet.add_unknown(sheet.behind(&key).saturating_sub(key.len() + 1), &key);
            }
        }
        Ok(())
    }
}

/// Visits the value of the answer that comes next.
struct AnswerValue<'s, 'l, 't, 'b>(&'s mut Sheet<'l, 't, 'b>);

/// An item of a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Item<'t> {
    Text(#[serde(borrow)] Cow<'t, str>),
    Other(IgnoredAny),
}

impl AnswerValue<'_, '_, '_, '_> {
    #[inline]
    fn answer(self, cell: &[u8], decode: Decode) {
        let sheet = self.0;
        let known = sheet.columns[sheet.question].known(cell);
        match known.filter(|_| sheet.row.cells[sheet.question] == CellCode::OPEN) {
            Some(decoded) => sheet.row.set(sheet.question, decoded),
            None => sheet.learn(cell, decode),
        }
    }

    fn refuse(self) {
        let question = self.0.columns[self.0.question].question;
        let (question, allowed) = (question.id.clone(), Some(question.allowed()));
        self.0.refuse(ProblemKind::Answer(WrongAnswer::NoValue { question, allowed }));
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

fn decode_list(question: &Question, items: &[u8]) -> Result<Answer, ProblemKind> {
    let items = items.split(|byte| *byte == LIST).skip(1).map(|item| String::from_utf8_lossy(item).into_owned());
    let mut items: Vec<String> = items.collect();
    items.pop();
    question.accept_list(&items).map_err(ProblemKind::Answer)
}

impl<'t> Sheet<'_, 't, '_> {
    /// Expects an answer if a key is the id of a question and nothing else, and returns whether it is. The one that came
    /// next in the line before is tried first.
    #[inline]
    fn expect_answer(&mut self, key: &str) -> bool {
        let expected = self.reader.following[self.last];
        let question = if self.reader.ids.get(expected).is_some_and(|id| *id == key) {
            expected
        } else if let Some(&Field::Question(question)) = self.reader.fields.get(key) {
            self.reader.following[self.last] = question;
            question
        } else {
            return false;
        };
        (self.last, self.question, self.at) = (question, question, self.behind(key));
        true
    }

    /// Expects an answer if a key is the id of a question, whatever else it is.
    fn expect_question(&mut self, key: &str) -> bool {
        let Some(question) = self.reader.bank.question(key) else { return false };
        (self.question, self.at) = (question.index, self.behind(key));
        true
    }

    /// Writes down an answer that has not been met yet, or is the second one to its question.
    #[cold]
    fn learn(&mut self, cell: &[u8], decode: Decode) {
        let column = &mut self.columns[self.question];
        match column.decode(cell, decode) {
            Ok(decoded) if self.row.cells[self.question] == CellCode::OPEN => self.row.set(self.question, decoded),
            Ok(_) => {
                let question = column.question.id.clone();
                self.refuse(ProblemKind::Answer(WrongAnswer::Twice { question }));
            }
            Err(wrong) => self.refuse(wrong),
        }
    }

    /// Adds a problem of the answer at hand.
    fn refuse(&mut self, wrong: ProblemKind) {
        self.problems.add(self.value_at(self.at), || wrong);
    }

    /// Skips a question.
    fn skip(&mut self, at: usize, id: &str) {
        match self.reader.bank.question(id).map(|question| question.index) {
            Some(question) if self.row.cells[question] == CellCode::OPEN => {
                self.row.cells[question] = CellCode::SKIPPED;
            }
            Some(_) => self.problems.add(at, || ProblemKind::Answer(WrongAnswer::Twice { question: id.to_owned() })),
            None => self.add_unknown(at, id),
        }
    }

    fn add_unknown(&mut self, at: usize, id: &str) {
        let bank = self.reader.bank;
        self.problems.add(at, || ProblemKind::Answer(bank.unknown_question(id)));
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
                self.problems.add(self.offset(value), || ProblemKind::NoName(PERSON.to_owned()));
                None
            }
        };
        if self.is_nested {
            self.read_result(&reserved);
            self.unknown.clear();
        } else if SCORED_KEYS.iter().all(|key| get(key).is_some()) {
            return Err(RowError::at(self.line, 0, ProblemKind::Scored));
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
                    (self.question, self.at) = (question.index, self.offset(value));
                    let _ = AnswerValue(self).deserialize(&mut serde_json::Deserializer::from_str(value));
                }
                None => self.unknown.push(key.into()),
            }
        }
        // A line without any answer is probably about something else.
        let is_blank = self.problems.is_empty() && self.row.cells.iter().all(|cell| *cell == CellCode::OPEN);
        if let Some(first) = self.unknown.first().cloned().filter(|_| is_blank) {
            let at = self.behind(&first).saturating_sub(first.len() + 1);
            self.add_unknown(at, &first);
        }
    }

    /// Reads what a result says beside its answers.
    fn read_result(&mut self, reserved: &[(&'static str, &'t str)]) {
        for (number, &(key, value)) in reserved.iter().enumerate() {
            if reserved.iter().take(number).any(|(other, _)| *other == key) {
                self.problems.add(self.offset(value), || ProblemKind::DuplicateKey(key.to_owned()));
            }
        }
        let get = |key: &str| reserved.iter().find(|(other, _)| *other == key).map(|(_, value)| *value);
        if let Some(version) = get("schema_version").filter(|version| *version != "1") {
            self.problems.add(self.offset(version), || ProblemKind::UnknownVersion(version.to_owned()));
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
            self.problems.add(0, || ProblemKind::OtherBank(other, bank));
        }
    }

    fn read_skipped(&mut self, list: &'t str) {
        let Some(ids) = parsed::<Vec<&RawValue>>(list) else {
            return self.problems.add(self.offset(list), || ProblemKind::SkippedNoList(list.to_owned()));
        };
        for id in ids.into_iter().map(RawValue::get) {
            match parsed::<Key<'_>>(id) {
                Some(Key(name)) => self.skip(self.offset(id), &name),
                None => self.problems.add(self.offset(id), || ProblemKind::SkippedNoList(id.to_owned())),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Bank;

    fn kinds() -> Bank {
        Bank::parse(include_bytes!("../../tests/banks/kinds.toml")).unwrap()
    }

    type Read = (Option<String>, String, Vec<String>);

    /// What lines say one after the other: person, cells and fields left alone, or what is wrong.
    fn read(lines: &[&str]) -> Vec<Result<Read, String>> {
        let bank = kinds();
        let mut reader = LineReader::new(&bank);
        let mut columns: Vec<_> = bank.questions.iter().map(|question| Column::new(question, Vec::new())).collect();
        let mut row = Row::new(columns.len());
        let results = lines.iter().map(|line| {
            row.clear();
            let LineRest { person, ignored } =
                reader.read(line, &mut columns, &mut row).map_err(|wrong| wrong.to_string())?;
            let cells = row.cells.iter().zip(&columns).map(|(cell, column)| match cell.answer() {
                Some(place) => column.picks(place).iter().map(ToString::to_string).collect(),
                None => if *cell == CellCode::OPEN { "?" } else { "-" }.to_owned(),
            });
            let quick = if row.is_quick { " quick" } else { "" };
            let cells = cells.collect::<Vec<_>>().join(" ") + quick;
            Ok((person.map(Cow::into_owned), cells, ignored.into_iter().map(Cow::into_owned).collect()))
        });
        results.collect()
    }

    fn cells(line: &str) -> String {
        read(&[line]).remove(0).unwrap().1
    }

    #[test]
    fn a_line_says_the_same_in_every_shape() {
        for line in [
            r#"{"step": 3, "some": ["z", "x"], "order": ["w", "u"], "pace": "nine"}"#,
            r#"{"order":"w,u","pace":"Nine hours","step":"yes","some":["The third","x"]}"#,
            r#"{"answers": {"pace": "nine", "step": 3.0, "some": "z, x", "order": ["Lower", "Upper"]}}"#,
            r#"{"step": "3", "answers": {"pace": "nine", "some": ["z", "x"]}, "order": ["w", "u"], "step_": {"a": [1]}}"#,
            r#" { "\u0073tep" : "\u0079es" , "some":null, "some":["\u0078","z"],"order":["w","u"],"pace":"nine"} "#,
        ] {
            assert_eq!(cells(line), "1 2 02 20", "{line}");
        }
        assert_eq!(cells("{}"), "? ? ? ?");
        assert_eq!(cells(r#"{"pace": "", "step": "skip", "some": null, "order": "  "}"#), "- - ? -");
    }

    #[test]
    fn lines_in_another_order_are_read_like_those_before() {
        let lines = [
            r#"{"step":1,"pace":"two"}"#,
            r#"{"step":2,"pace":"nine"}"#,
            r#"{"pace":"two","step":3}"#,
            r#"{"step":1,"order":["u","v"]}"#,
        ];
        let read: Vec<String> = read(&lines).into_iter().map(|line| line.unwrap().1).collect();
        assert_eq!(read, ["0 0 ? ?", "1 1 ? ?", "0 2 ? ?", "? 0 ? 01"]);
    }

    #[test]
    fn a_person_is_named_by_text_or_a_number() {
        let person = |id: &str| read(&[&format!("{{\"id\": {id}, \"step\": 1}}")]).remove(0).map(|line| line.0);
        assert_eq!(person("\"Ada\""), Ok(Some("\"Ada\"".to_owned())));
        assert_eq!(person("\"\\u00c9va\\u0022\""), Ok(Some("\"Éva\\\"\"".to_owned())));
        assert_eq!((person("-7.50"), person("null")), (Ok(Some("-7.50".to_owned())), Ok(None)));
        for id in ["[1]", "{}", "true", "\"\\ud800\""] {
            assert_eq!(person(id), Err("column 8: `id` names nobody; write a text or a number".to_owned()));
        }
    }

    #[test]
    fn a_previous_result_tells_what_was_skipped_and_left_open() {
        let result = |rest: &str| format!("{{\"bank\": {{\"id\": \"kinds\"}}, \"answers\": {{\"step\": 1}}, {rest}}}");
        let quick =
            result(r#""skipped": ["order"], "recommendation": {"asked": 2, "of": 3, "chance": null}, "more": 1"#);
        assert_eq!(read(&[&quick])[0], Ok((None, "? 0 ? - quick".to_owned(), Vec::new())));
        let wrong = |rest: &str| read(&[&result(rest)]).remove(0).unwrap_err();
        assert!(wrong(r#""skipped": ["step"]"#).contains("`step` is answered twice"));
        assert!(wrong(r#""skipped": ["steep"]"#).contains("unknown question `steep`; did you mean `step`?"));
        assert!(wrong(r#""skipped": [1]"#).contains("`skipped`"));
        assert!(wrong(r#""schema_version": 9"#).contains("version `9`"));
        assert!(wrong(r#""answers": {}"#).contains("`answers` stands here twice"));
        let other = r#"{"bank": {"id": "others"}, "answers": {"stairs": 1}}"#;
        assert!(read(&[other])[0].clone().unwrap_err().contains("this is a result of the bank `others`"));
    }

    #[test]
    fn fields_that_are_no_question_are_left_alone_beside_answers_only() {
        let ignored = |line: &str| read(&[line]).remove(0).map(|line| line.2);
        assert_eq!(
            ignored(r#"{"when": "now", "step": 1, "plan": {}, "$schema": "-"}"#),
            Ok(vec!["when".to_owned(), "plan".to_owned()])
        );
        assert_eq!(ignored(r#"{"when": "now", "answers": {"step": 1}}"#), Ok(Vec::new()));
        assert!(
            ignored(r#"{"steps": 1}"#)
                .unwrap_err()
                .starts_with("column 3: unknown question `steps`; did you mean `step`?")
        );
        assert!(ignored(r#"{"answers": {"when": 1}}"#).unwrap_err().starts_with("column 15: unknown question `when`"));
        assert!(
            ignored(r#"{"verdict": "clear", "fit": {}, "flags": []}"#)
                .unwrap_err()
                .contains("what `pathquiz score` gives")
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_how_much_more_there_is() {
        for (line, told) in [
            (r#"{"é": 1, "step": 4}"#, "column 18: `step` has no choice `4`; allowed: 1 (no) to 3 (yes), or `skip`"),
            (
                r#"{"step": true, "some": [1], "pace": {}}"#,
                "column 10: `step` has something that is no answer; allowed: 1 (no) to 3 (yes), or `skip`; 2 more",
            ),
            (r#"{"step": 1, "step": 2}"#, "column 21: `step` is answered twice; keep one of the two"),
            (r#"{"step": 1"#, "column 10: this is not JSON: EOF while parsing an object; mend it"),
            ("[1]", "this is no JSON object"),
            (r#"{"step": 1} 2"#, "this is not JSON: trailing characters"),
        ] {
            let wrong = read(&[line]).remove(0).unwrap_err();
            assert!(wrong.contains(told), "{wrong}");
        }
    }
}
