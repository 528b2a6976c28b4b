//! The line that goes out for a row.

use std::io::Write as _;

use serde_json::Value;

use crate::answers::{COLUMNS, FIT, FLAGS, Form, RowId, write_cell};
use crate::bank::{Bank, Verdict};
use crate::scoring::Scored;

use super::careless::{Flag, SheetSigns};

/// The lines for one bank. All of a line but the person and the flags is the same for equal results.
#[derive(Clone, Debug)]
pub(super) struct LineWriter<'b> {
    form: Form,
    bank: &'b Bank,
}

/// What stands between the person and the flags of a line.
#[derive(Clone, Debug)]
pub(super) struct LineText {
    call: Box<[u8]>,
    /// The call on a sheet that dislikes the activities of every role.
    call_if_disliked: Box<[u8]>,
    numbers: Box<[u8]>,
}

impl<'b> LineWriter<'b> {
    pub(super) fn new(bank: &'b Bank, form: Form) -> Self {
        Self { form, bank }
    }

    /// Returns the first line of a table; an empty text for lines of JSON.
    pub(super) fn header(&self) -> String {
        if self.form == Form::Ndjson {
            return String::new();
        }
        let fits = self.bank.roles.iter().map(|role| format!("{FIT}{}", role.id));
        let names: Vec<String> = COLUMNS.map(str::to_owned).into_iter().chain(fits).chain([FLAGS.to_owned()]).collect();
        names.join(",") + "\n"
    }

    /// Returns what stands between the person and the flags.
    pub(super) fn text(&self, scored: &Scored) -> LineText {
        let Scored { role, verdict, verdict_if_disliked, lead, chance, coverage, fits } = scored;
        let (lead, coverage) = (number(*lead, 100.0), number(*coverage, 1.0));
        let chance = chance.map_or(Value::Null, |chance| number(chance, 1.0));
        let mut text = Vec::with_capacity(96);
        // Ids need no escapes in JSON, and writing to memory does not fail.
        let _ = match self.form {
            Form::Csv if chance.is_null() => write!(text, "{lead},,{coverage},"),
            Form::Csv => write!(text, "{lead},{chance},{coverage},"),
            Form::Ndjson => {
                write!(text, "\"lead\":{lead},\"chance\":{chance},\"coverage\":{coverage},\"fit\":{{")
            }
        };
        for (index, (role, fit)) in self.bank.roles.iter().zip(fits).enumerate() {
            let (fit, comma) = (number(*fit, 100.0), if index > 0 { "," } else { "" });
            let _ = match self.form {
                Form::Csv => write!(text, "{fit},"),
                Form::Ndjson => write!(text, "{comma}\"{}\":{fit}", role.id),
            };
        }
        if self.form == Form::Ndjson {
            text.extend_from_slice(b"},\"flags\":[");
        }
        let call = self.call(*role, *verdict);
        let call_if_disliked = self.call(*role, *verdict_if_disliked);
        LineText { call, call_if_disliked, numbers: text.into_boxed_slice() }
    }

    /// Returns who is recommended and how much that says.
    fn call(&self, role: Option<usize>, verdict: Verdict) -> Box<[u8]> {
        let role = role.filter(|_| verdict != Verdict::Neither).map(|role| self.bank.roles[role].id.as_str());
        let text = match (self.form, role, verdict.name()) {
            (Form::Csv, role, verdict) => format!(",{},{verdict},", role.unwrap_or_default()),
            (Form::Ndjson, None, verdict) => format!(",\"role\":null,\"verdict\":\"{verdict}\","),
            (Form::Ndjson, Some(role), verdict) => format!(",\"role\":\"{role}\",\"verdict\":\"{verdict}\","),
        };
        text.into_bytes().into_boxed_slice()
    }

    /// Writes a line around its text, and returns where one more flag would go.
    #[inline]
    pub(super) fn write(&self, id: RowId<'_>, text: &LineText, signs: SheetSigns, out: &mut Vec<u8>) -> usize {
        let (between, quote, end): (&[u8], &[u8], &[u8]) = match self.form {
            Form::Csv => {
                write_id_cell(id, out);
                (b" ", b"", b"\n")
            }
            Form::Ndjson => {
                write_id_json(id, out);
                (b",", b"\"", b"]}\n")
            }
        };
        out.extend_from_slice(if signs.dislikes_all { &text.call_if_disliked } else { &text.call });
        out.extend_from_slice(&text.numbers);
        let mut first = true;
        for flag in Flag::ALL.into_iter().filter(|flag| signs.flags.has(*flag)) {
            for piece in [if first { b"" } else { between }, quote, flag.name().as_bytes(), quote] {
                out.extend_from_slice(piece);
            }
            first = false;
        }
        let place = out.len();
        out.extend_from_slice(end);
        place
    }

    /// Returns lines with a flag added to some of them, given where each one's further flags go.
    pub(super) fn mark(&self, lines: &[u8], places: &[usize], flag: Flag) -> Vec<u8> {
        let (mut out, mut from) = (Vec::with_capacity(lines.len() + 16 * places.len()), 0);
        for &place in places {
            let line = &lines[from..place];
            out.extend_from_slice(line);
            let (before, behind) = match (self.form, line.last()) {
                (Form::Csv, Some(b',')) => ("", ""),
                (Form::Csv, _) => (" ", ""),
                (Form::Ndjson, Some(b'[')) => ("\"", "\""),
                (Form::Ndjson, _) => (",\"", "\""),
            };
            out.extend_from_slice([before, flag.name(), behind].concat().as_bytes());
            from = place;
        }
        out.extend_from_slice(&lines[from..]);
        out
    }
}

/// Returns a number as JSON writes it, from 0 to the highest that it can be but for rounding.
fn number(number: f64, highest: f64) -> Value {
    Value::from(number.clamp(0.0, highest))
}

#[inline]
fn write_id_cell(id: RowId<'_>, out: &mut Vec<u8>) {
    match id {
        RowId::Unnamed => {}
        RowId::Line(line) => drop(write!(out, "{line}")),
        RowId::Text(text) => write_cell(text.as_bytes(), out),
        RowId::Json(token) if token.starts_with('"') => {
            write_cell(serde_json::from_str::<String>(token).unwrap_or_default().as_bytes(), out);
        }
        RowId::Json(number) => out.extend_from_slice(number.as_bytes()),
    }
}

#[inline]
fn write_id_json(id: RowId<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"id\":");
    match id {
        RowId::Unnamed => out.extend_from_slice(b"null"),
        RowId::Line(line) => drop(write!(out, "{line}")),
        RowId::Text(text) => out.extend(serde_json::json!(text).to_string().bytes()),
        RowId::Json(token) => out.extend_from_slice(token.as_bytes()),
    }
}
