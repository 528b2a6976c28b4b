//! Lines of JSON, of whatever shape: serde visitors that go over the keys of an object and look each value up by its text.
//!
//! A line has its answers in the object itself or in one under `answers`, as a previous result has them; then the keys
//! of a result that bear on its scoring are read too. Null is what other programs write for an empty cell. All other
//! fields are left alone.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::bank::ProblemKind;

use super::cell::Cell;
use super::column::Column;
use super::decode::{decode_cell, decode_list, list};
use super::line_entry::{Entry, LineRest};
use super::line_keys::LineKeys;
use super::line_sheet::LineSheet;
use super::row::{CellRule, Row};
use super::row_error::RowError;
use super::spelling::Slot;

/// Reads the answers of a line into a row, and returns the rest.
///
/// # Errors
///
/// Broken syntax, or what is wrong with the answers.
pub(super) fn read_line<'t, 'b>(
    line: &'t str,
    keys: &mut LineKeys<'b>,
    columns: &mut [Column<'b>],
    row: &mut Row,
    rule: CellRule,
) -> Result<LineRest<'t>, RowError> {
    if !line.trim_ascii_start().starts_with('{') {
        return Err(ProblemKind::NotAnObject.into());
    }
    let mut sheet = LineSheet::new(line, keys, columns, row, rule);
    let mut json = serde_json::Deserializer::from_str(line);
    let read = json.deserialize_map(Line(&mut sheet)).and_then(|()| json.end());
    let broken = |start: usize, error: &serde_json::Error| {
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or_default().to_owned();
        RowError::at(line, start + error.column().saturating_sub(1), ProblemKind::JsonSyntax(what))
    };
    read.map_err(|error| broken(0, &error))?;
    if let Some(answers) = sheet.late_object() {
        let read = serde_json::Deserializer::from_str(answers).deserialize_map(Answers(&mut sheet));
        read.map_err(|error| broken(answers.as_ptr().addr() - line.as_ptr().addr(), &error))?;
    }
    for (question, answer) in sheet.late_answers() {
        sheet.expect_value(question, answer);
        let read = AnswerValue(&mut sheet).deserialize(&mut serde_json::Deserializer::from_str(answer));
        read.map_err(|error| broken(answer.as_ptr().addr() - line.as_ptr().addr(), &error))?;
    }
    sheet.finish()
}

/// Visits the object that is the line.
struct Line<'s, 'l, 't, 'b>(&'s mut LineSheet<'l, 't, 'b>);

impl<'de> Visitor<'de> for Line<'_, '_, 'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let sheet = self.0;
        while let Some(key) = map.next_key_seed(KeySeed(sheet))? {
            match key.map_or(Entry::Answer, |key| sheet.entry(key)) {
                Entry::Answer => map.next_value_seed(AnswerValue(sheet))?,
                Entry::Part(slot) => map.next_value_seed(PartValue(sheet, slot))?,
                Entry::Answers => map.next_value_seed(Answers(sheet))?,
                Entry::Reserved(key) => sheet.reserved.push((key, map.next_value::<&RawValue>()?.get())),
                Entry::Unknown(key) => {
                    sheet.pass(map.next_value::<&RawValue>()?.get());
                    sheet.unknown.push(key);
                }
                Entry::Wrong(wrong) => sheet.refuse_wrong(*wrong, map.next_value::<&RawValue>()?.get()),
            }
        }
        Ok(())
    }
}

/// Visits the object of answers inside it.
struct Answers<'s, 'l, 't, 'b>(&'s mut LineSheet<'l, 't, 'b>);

impl<'de> DeserializeSeed<'de> for Answers<'_, '_, 'de, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answers<'_, '_, 'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let sheet = self.0;
        while let Some(key) = map.next_key_seed(KeySeed(sheet))? {
            match key.map_or(Entry::Answer, |key| sheet.inner_entry(key)) {
                Entry::Unknown(key) => sheet.refuse_key(&key, map.next_value::<&RawValue>()?.get()),
                Entry::Wrong(wrong) => sheet.refuse_wrong(*wrong, map.next_value::<&RawValue>()?.get()),
                Entry::Part(slot) => map.next_value_seed(PartValue(sheet, slot))?,
                _ => map.next_value_seed(AnswerValue(sheet))?,
            }
        }
        Ok(())
    }
}

/// Visits a key: returns it, or `None` if it is the id of a question, whose answer the sheet then expects.
struct KeySeed<'s, 'l, 't, 'b>(&'s mut LineSheet<'l, 't, 'b>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_, 'de, '_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_, '_, 'de, '_> {
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

/// Visits the value of the answer that is expected.
struct AnswerValue<'s, 'l, 't, 'b>(&'s mut LineSheet<'l, 't, 'b>);

impl<'de> DeserializeSeed<'de> for AnswerValue<'_, '_, 'de, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

/// An item of a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum ListEntry<'t> {
    Text(#[serde(borrow)] Cow<'t, str>),
    Number(serde_json::Number),
    Other(IgnoredAny),
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

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.answer(Cell::new(value.to_string().as_bytes()), decode_cell);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        match u8::try_from(number) {
            Ok(digit @ 0..=9) => self.0.answer(Cell::new(&[b'0' + digit]), decode_cell),
            _ => self.0.answer(Cell::new(number.to_string().as_bytes()), decode_cell),
        }
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.0.answer(Cell::new(number.to_string().as_bytes()), decode_cell);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.0.answer(Cell::new(number.to_string().as_bytes()), decode_cell);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.answer_text(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let (mut texts, mut is_answer) = (Vec::new(), true);
        while let Some(item) = items.next_element()? {
            match item {
                ListEntry::Text(text) => texts.push(text),
                ListEntry::Number(number) => texts.push(number.to_string().into()),
                ListEntry::Other(_) => is_answer = false,
            }
        }
        if is_answer {
            self.0.answer(Cell::new(&list(texts.iter().map(Cow::as_ref))), decode_list);
        } else {
            self.0.refuse_value();
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.0.refuse_value();
        Ok(())
    }
}

/// Visits the value of a part of an answer.
struct PartValue<'s, 'l, 't, 'b>(&'s mut LineSheet<'l, 't, 'b>, Slot);

impl<'de> DeserializeSeed<'de> for PartValue<'_, '_, 'de, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match PartText::deserialize(json)? {
            PartText::Text(text) => self.0.part(self.1, &text),
            PartText::Flag(value) => self.0.part(self.1, &value.to_string()),
            PartText::Number(number) => self.0.part(self.1, &number.to_string()),
            PartText::None(()) => {}
            PartText::Other(_) => self.0.refuse_value(),
        }
        Ok(())
    }
}

/// The value of a part.
#[derive(Deserialize)]
#[serde(untagged)]
enum PartText<'t> {
    Text(#[serde(borrow)] Cow<'t, str>),
    Flag(bool),
    Number(serde_json::Number),
    None(()),
    Other(IgnoredAny),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::ImportOptions;
    use crate::answers::decoded_cell::CellCode;
    use crate::answers::spelling::FirstStep;
    use crate::bank::Bank;

    fn columns(bank: &Bank) -> Vec<Column<'_>> {
        let questions = bank.questions.iter();
        questions.map(|question| Column::new(question, FirstStep::One, vec![0; question.outcomes().len()])).collect()
    }

    fn kinds() -> Bank {
        Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap()
    }

    type Read = (Option<String>, String, Vec<String>);

    /// What lines say one after the other: person, cells and fields left alone, or what is wrong.
    fn read(lines: &[&str]) -> Vec<Result<Read, String>> {
        let bank = kinds();
        let mut keys = LineKeys::new(&bank, &ImportOptions::default());
        let mut columns = columns(&bank);
        let mut row = Row::new(columns.len());
        let results = lines.iter().map(|line| {
            row.clear();
            let LineRest { person, ignored, .. } = read_line(line, &mut keys, &mut columns, &mut row, CellRule::Refuse)
                .map_err(|wrong| wrong.to_string())?;
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
            r#"{"step": "3", "answers": {"pace": "nine", "some": ["z", "x"]}, "order": ["w", "u"], "when": {"a": [1]}}"#,
            r#" { "\u0073tep" : "\u0079es" , "some":null, "some":["\u0078","z"],"order":["w","u"],"pace":"nine"} "#,
        ] {
            assert_eq!(cells(line), "1 2 02 20", "{line}");
        }
        assert_eq!(cells("{}"), "? ? ? ?");
        assert_eq!(cells(r#"{"when": "now", "step": null}"#), "? ? ? ?");
        assert_eq!(cells(r#"{"\u0061nswers": {"step": 3}, "meta": 1}"#), "? 2 ? ?");
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
    fn a_person_is_named_once_by_text_or_a_number() {
        let person = |id: &str| read(&[&format!("{{\"id\": {id}, \"step\": 1}}")]).remove(0).map(|line| line.0);
        assert_eq!(person("\"Ada\""), Ok(Some("\"Ada\"".to_owned())));
        assert_eq!(person("\"\\u00c9va\\u0022\""), Ok(Some("\"Éva\\\"\"".to_owned())));
        assert_eq!((person("-7.50"), person("null")), (Ok(Some("-7.50".to_owned())), Ok(None)));
        assert!(person("1, \"id\": 2").unwrap_err().contains("`id` is given twice"));
        for id in ["[1]", "{}", "true", "1e400", "\"\\ud800\""] {
            assert_eq!(person(id), Err("column 8: `id` does not name anyone; write a text or a number".to_owned()));
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
        for version in ["1", "2"] {
            assert!(read(&[&result(&format!("\"schema_version\": {version}"))])[0].is_ok(), "{version}");
        }
        assert!(wrong(r#""schema_version": 9"#).contains("version `9`"));
        assert!(wrong(r#""answers": {}"#).contains("`answers` is given twice"));
        let other = r#"{"bank": {"id": "others"}, "answers": {"stairs": 1}}"#;
        assert!(read(&[other])[0].clone().unwrap_err().contains("this is a result from the bank `others`"));
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
                .contains("output of `pathquiz score`")
        );
    }

    #[test]
    fn a_question_called_like_a_figure_of_score_is_answered_beside_the_others_too() {
        let text = include_str!("../../tests/data/banks/kinds.toml").replace("id = \"step\"", "id = \"verdict\"");
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let mut columns = columns(&bank);
        let mut row = Row::new(columns.len());
        let line = r#"{"answers": {"pace": "nine"}, "verdict": 3}"#;
        read_line(line, &mut LineKeys::new(&bank, &ImportOptions::default()), &mut columns, &mut row, CellRule::Refuse)
            .unwrap();
        let question = bank.question("verdict").unwrap().index;
        assert_eq!(columns[question].picks(row.cells[question].answer().unwrap()), [2]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        for (line, told) in [
            (r#"{"é": 1, "step": 4}"#, "column 18: `step` has no choice `4`; allowed: 1 (no) to 3 (yes), or `skip`"),
            (
                r#"{"step": true, "some": [1], "pace": {}}"#,
                "column 10: `step` has no choice `true`; allowed: 1 (no) to 3 (yes), or `skip`; column 24: `some` has no choice `1`",
            ),
            (
                r#"{"step": {}}"#,
                "column 10: `step` has a value that is not an answer; allowed: 1 (no) to 3 (yes), or `skip`",
            ),
            (r#"{"step": 1, "step": 2}"#, "column 21: `step` is answered twice; keep one of the two"),
            (r#"{"step": 1"#, "column 10: this is not JSON: EOF while parsing an object; fix it"),
            (r#"{"answers": {"ste\u0070s": 1}}"#, "unknown question `steps`"),
            (r#"{"ste\u0070": 4, "some": [1]}"#, "column 26: `some` has no choice `1`"),
            (r#"{"ste\u0070": 4}"#, "`step` has no choice `4`"),
            ("[1]", "this is not a JSON object"),
            (r#"{"step": 1} 2"#, "column 13: this is not JSON: trailing characters"),
        ] {
            let wrong = read(&[line]).remove(0).unwrap_err();
            assert!(wrong.starts_with(told), "{wrong}");
        }
    }
}
