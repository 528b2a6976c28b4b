//! Lines of JSON in the shape that nearly all of them have: an object of answers, alone or under `answers` beside an `id`.
//! Whatever is shaped otherwise is left to the reader of the bank, which knows every shape and says what is wrong.

use std::collections::HashMap;

use memchr::memchr2;

use crate::bank::PERSON;

use super::column::Column;
use super::row::Row;

/// The key of what names the person, in quotes.
const PERSON_KEY: &[u8] = b"\"id\"";

/// The key of the answers beside it.
const ANSWERS_KEY: &[u8] = b"\"answers\"";

/// Reads lines, learning the order of their keys.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// The key of each question, in quotes and with its colon.
    keys: Vec<Vec<u8>>,
    questions: HashMap<Vec<u8>, usize>,
    /// The question that came behind each one, and that which came first, in the end.
    following: Vec<usize>,
}

/// What has been found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<'r> {
    /// Every answer, and the id as it stands there.
    Sheet(Option<&'r [u8]>),
    /// An answer that the column has not met yet: the position of the question, and the value.
    New(usize, &'r [u8]),
    /// Another shape.
    Other,
}

/// The beginning of a piece of JSON and what stands behind it.
type Split<'r> = Option<(&'r [u8], &'r [u8])>;

impl Lines {
    pub(super) fn new(columns: &[Column<'_>]) -> Self {
        // `id` names the person, also in a bank with a question of that name: no key begins with a zero byte.
        let key = |column: &Column<'_>| match column.question.id.as_str() {
            PERSON => b"\0".to_vec(),
            id => format!("\"{id}\":").into_bytes(),
        };
        let keys: Vec<_> = columns.iter().map(key).collect();
        let key = |key: &Vec<u8>| key.strip_suffix(b":").unwrap_or_default().to_vec();
        let questions = keys.iter().map(key).zip(0..).collect();
        let following = (1..=keys.len()).chain([0]).collect();
        Self { keys, questions, following }
    }

    /// Reads the answers of a line into a row.
    #[inline]
    pub(super) fn read<'r>(&mut self, line: &'r [u8], columns: &[Column<'_>], row: &mut Row) -> Found<'r> {
        let mut id = None;
        let found = self.object(line, columns, row, true, &mut id);
        match found {
            Ok(rest) if trimmed(rest).is_empty() => Found::Sheet(id),
            Ok(_) => Found::Other,
            Err(other) => other,
        }
    }

    /// Reads an object, the answers of which may stand in one of its fields, and gives what stands behind it.
    fn object<'r>(
        &mut self,
        text: &'r [u8],
        columns: &[Column<'_>],
        row: &mut Row,
        is_outer: bool,
        id: &mut Option<&'r [u8]>,
    ) -> Result<&'r [u8], Found<'r>> {
        let mut rest = behind(text, b'{').ok_or(Found::Other)?;
        if let Some(rest) = behind(rest, b'}') {
            return Ok(rest);
        }
        let mut last = self.keys.len();
        let mut is_nested = false;
        loop {
            rest = trimmed(rest);
            let Some((question, value)) = self.key(rest, last) else {
                // A field beside the answers, which are in another field then and not in this object.
                let (key, value) = string(rest).filter(|_| is_outer).ok_or(Found::Other)?;
                let value = trimmed(behind(value, b':').ok_or(Found::Other)?);
                let behind = match key {
                    PERSON_KEY if id.is_none() => {
                        let (token, behind) = name(value).ok_or(Found::Other)?;
                        *id = Some(token);
                        behind
                    }
                    ANSWERS_KEY if last == self.keys.len() && !is_nested && value.starts_with(b"{") => {
                        is_nested = true;
                        self.object(value, columns, row, false, id)?
                    }
                    _ => return Err(Found::Other),
                };
                match next(behind).ok_or(Found::Other)? {
                    (true, more) => rest = more,
                    (false, more) => return Ok(more),
                }
                continue;
            };
            let Some(column) = columns.get(question).filter(|column| !is_nested && !row.has(column)) else {
                return Err(Found::Other);
            };
            let value = trimmed(value);
            let (token, more) = value_token(value).ok_or(Found::Other)?;
            row.answer(column, column.known(token).ok_or(Found::New(question, token))?);
            if let Some(place) = self.following.get_mut(last).filter(|place| **place != question) {
                *place = question;
            }
            last = question;
            match next(more).ok_or(Found::Other)? {
                (true, more) => rest = more,
                (false, more) => return Ok(more),
            }
        }
    }

    /// The question whose key stands here, and what stands behind its colon. The one that came next in the line before is
    /// tried first.
    #[inline]
    fn key<'r>(&self, text: &'r [u8], last: usize) -> Option<(usize, &'r [u8])> {
        let expected = self.following.get(last).copied().unwrap_or_default();
        if let Some(rest) = self.keys.get(expected).and_then(|key| text.strip_prefix(key.as_slice())) {
            return Some((expected, rest));
        }
        let (key, rest) = string(text)?;
        if PERSON_KEY == key {
            return None;
        }
        let question = *self.questions.get(key)?;
        behind(rest, b':').map(|rest| (question, rest))
    }

    /// The answer between two commas of a line, with the braces around it: its question and its value.
    pub(super) fn answer<'r>(&self, text: &'r [u8]) -> Option<(usize, Wrap, &'r [u8])> {
        let answers = |text: &'r [u8]| {
            let (_, rest) = string(trimmed(text)).filter(|(key, _)| *key == ANSWERS_KEY)?;
            behind(behind(rest, b':')?, b'{')
        };
        let (before, text) = match behind(text, b'{') {
            Some(object) => answers(object).map_or((Before::Object, object), |text| (Before::Both, text)),
            None => answers(text).map_or((Before::Nothing, text), |text| (Before::Answers, text)),
        };
        let (key, rest) = string(trimmed(text))?;
        let question = *self.questions.get(key)?;
        let (value, rest) = value_token(trimmed(behind(rest, b':')?))?;
        let rest: Vec<u8> = rest.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let closed = u8::try_from(rest.len()).ok().filter(|_| rest.iter().all(|byte| *byte == b'}'))?;
        Some((question, Wrap { before, closed }, value))
    }
}

/// The braces around an answer in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrap {
    before: Before,
    /// How many objects end behind it.
    closed: u8,
}

/// What stands in front of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    /// Another answer, or the person.
    #[default]
    Nothing,
    /// The brace of the line.
    Object,
    /// The key of the answers, behind the person, and a brace.
    Answers,
    /// Both, as in a line without a person.
    Both,
}

impl Wrap {
    /// How many objects are open behind an answer, given how many were before it, if that can be.
    #[inline]
    pub(super) fn depth(self, depth: u8, is_first: bool, is_last: bool) -> Option<u8> {
        let depth = match (self.before, depth) {
            (Before::Nothing, 1..) => depth,
            (Before::Object, 0) if is_first => 1,
            (Before::Answers, 1) | (Before::Both, 0) if is_first => 2,
            _ => return None,
        };
        (self.closed == if is_last { depth } else { 0 }).then_some(depth)
    }
}

/// A text without the white space of JSON in front of it, which there hardly ever is.
#[inline]
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    match text.first() {
        Some(&byte) if byte > b' ' => text,
        _ => {
            let space = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
            text.get(space..).unwrap_or_default()
        }
    }
}

/// What stands behind a character, over white space in front of it.
#[inline]
fn behind(text: &[u8], character: u8) -> Option<&[u8]> {
    match text.split_first() {
        Some((&first, rest)) if first == character => Some(rest),
        _ => trimmed(text).strip_prefix(&[character]),
    }
}

/// Whether a comma or the end of the object comes next, and what stands behind it.
#[inline]
fn next(text: &[u8]) -> Option<(bool, &[u8])> {
    match text.split_first() {
        Some((b',', rest)) => Some((true, rest)),
        Some((b'}', rest)) => Some((false, rest)),
        _ => match trimmed(text).split_first() {
            Some((b',', rest)) => Some((true, rest)),
            Some((b'}', rest)) => Some((false, rest)),
            _ => None,
        },
    }
}

/// A number without sign, point or exponent, a string without escapes, or a list of such strings.
#[inline]
fn value_token(text: &[u8]) -> Split<'_> {
    match text.first()? {
        b'0'..=b'9' => number(text),
        b'"' => string(text),
        b'[' => list(text),
        _ => None,
    }
}

fn number(text: &[u8]) -> Split<'_> {
    let digits = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    Some(text.split_at(digits))
        .filter(|(number, _)| !number.is_empty() && (number.len() == 1 || !number.starts_with(b"0")))
}

/// A string with its quotes.
#[inline]
fn string(text: &[u8]) -> Split<'_> {
    let inside = text.strip_prefix(b"\"")?;
    let end = memchr2(b'"', b'\\', inside)?;
    (inside.get(end) == Some(&b'"')).then(|| text.split_at(end + 2))
}

fn list(text: &[u8]) -> Split<'_> {
    let mut rest = trimmed(text.strip_prefix(b"[")?);
    if !rest.starts_with(b"]") {
        loop {
            rest = trimmed(string(rest)?.1);
            match rest.split_first()? {
                (b',', more) => rest = trimmed(more),
                (b']', _) => break,
                _ => return None,
            }
        }
    }
    Some(text.split_at(text.len() - rest.len() + 1))
}

/// The name of a person: a string without escapes and control characters, or a number of digits.
pub(super) fn name(text: &[u8]) -> Split<'_> {
    match text.first()? {
        b'"' => string(text).filter(|(name, _)| name.iter().all(|byte| *byte >= b' ')),
        _ => number(text),
    }
}
