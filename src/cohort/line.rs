//! The line that goes out for a row.

use std::io::Write as _;

use serde_json::Value;

use crate::answers::{COLUMNS, FIT, FLAGS, Form, LIKING, RowId, write_text_cell};
use crate::bank::{Bank, Verdict};
use crate::scoring::{Flag, Flags, LeadError, Scored};

use super::digits::Digits;
use super::row_figures::RowFigures;

/// The lines for one bank. All of a line but the person and the flags is the same for equal results.
#[derive(Clone, Debug)]
pub(super) struct LineWriter<'b> {
    form: Form,
    digits: Digits,
    bank: &'b Bank,
}

/// What stands in all lines of equal results.
#[derive(Clone, Debug)]
pub(super) struct LineText {
    /// The call and the lead, in front of its error.
    front: Box<[u8]>,
    /// The same of a sheet that dislikes the activities of every role.
    front_if_disliked: Box<[u8]>,
    /// The numbers behind the error.
    numbers: Box<[u8]>,
    /// The first two roles and the lead between them, `None` where it has no error: after a quick stop and on a tie.
    pub(super) measured: Option<((usize, usize), f64)>,
}

impl<'b> LineWriter<'b> {
    pub(super) fn new(bank: &'b Bank, form: Form, digits: Digits) -> Self {
        Self { form, digits, bank }
    }

    /// Returns the first line of a table; an empty text for lines of JSON.
    pub(super) fn header(&self) -> String {
        if self.form == Form::Ndjson {
            return String::new();
        }
        let of_roles = [FIT, LIKING].into_iter().flat_map(|figure| {
            let names = self.bank.roles.iter().map(move |role| format!("{figure}{}", role.id));
            names.collect::<Vec<_>>()
        });
        let names: Vec<String> =
            COLUMNS.map(str::to_owned).into_iter().chain(of_roles).chain([FLAGS.to_owned()]).collect();
        names.join(",") + "\n"
    }

    /// Returns the text that a result has in every line.
    pub(super) fn text(&self, scored: Scored) -> LineText {
        let Scored { top_two, role, verdict, verdict_if_disliked, lead, chance, coverage, fits } = scored;
        let measured = role.and(chance).map(|_| (top_two, lead));
        let (coverage, chance) =
            (self.number(coverage, 1.0), chance.map_or(Value::Null, |chance| self.number(chance, 1.0)));
        let mut numbers = Vec::with_capacity(96);
        // Ids need no escapes in JSON, and writing to memory does not fail.
        let _ = match self.form {
            Form::Csv if chance.is_null() => write!(numbers, ",{coverage},"),
            Form::Csv => write!(numbers, "{chance},{coverage},"),
            Form::Ndjson => write!(numbers, "\"chance\":{chance},\"coverage\":{coverage},\"fit\":{{"),
        };
        for (index, (role, fit)) in self.bank.roles.iter().zip(fits).enumerate() {
            let (fit, comma) = (self.number(fit, 100.0), if index > 0 { "," } else { "" });
            let _ = match self.form {
                Form::Csv => write!(numbers, "{fit},"),
                Form::Ndjson => write!(numbers, "{comma}\"{}\":{fit}", role.id),
            };
        }
        let lead = self.number(lead, 100.0);
        LineText {
            front: self.front(role, verdict, &lead),
            front_if_disliked: self.front(role, verdict_if_disliked, &lead),
            numbers: numbers.into(),
            measured,
        }
    }

    /// Returns a number as JSON writes it, from 0 to the highest that it can be but for rounding.
    fn number(&self, number: f64, highest: f64) -> Value {
        Value::from(self.digits.round(number.clamp(0.0, highest)))
    }

    /// Returns who is recommended, how much that says, and the lead.
    fn front(&self, role: Option<usize>, verdict: Verdict, lead: &Value) -> Box<[u8]> {
        let role = role.filter(|_| verdict != Verdict::Neither).map(|role| self.bank.roles[role].id.as_str());
        let text = match (self.form, role, verdict.name()) {
            (Form::Csv, role, verdict) => format!(",{},{verdict},{lead},", role.unwrap_or_default()),
            (Form::Ndjson, None, verdict) => format!(",\"role\":null,\"verdict\":\"{verdict}\",\"lead\":{lead},"),
            (Form::Ndjson, Some(role), verdict) => {
                format!(",\"role\":\"{role}\",\"verdict\":\"{verdict}\",\"lead\":{lead},")
            }
        };
        text.into_bytes().into_boxed_slice()
    }

    /// Writes a line, and returns where one more flag would go.
    #[inline]
    pub(super) fn write(
        &self,
        id: RowId<'_>,
        text: &LineText,
        figures: &mut RowFigures<'_>,
        flags: Flags,
        out: &mut Vec<u8>,
    ) -> usize {
        match self.form {
            Form::Csv => write_id_cell(id, out),
            Form::Ndjson => write_id_json(id, out),
        }
        out.extend_from_slice(if figures.dislikes_all() { &text.front_if_disliked } else { &text.front });
        let no_error: &[u8] = if self.form == Form::Csv { b",," } else { b"\"error\":null,\"same_side\":null," };
        out.extend_from_slice(figures.error(|error| self.error(error)).unwrap_or(no_error));
        out.extend_from_slice(&text.numbers);
        self.write_likings(figures, out);
        let (between, quote, end): (&[u8], &[u8], &[u8]) = match self.form {
            Form::Csv => (b" ", b"", b"\n"),
            Form::Ndjson => (b",", b"\"", b"]}\n"),
        };
        let mut first = true;
        for flag in Flag::ALL.into_iter().filter(|flag| flags.has(*flag)) {
            for piece in [if first { b"" } else { between }, quote, flag.name().as_bytes(), quote] {
                out.extend_from_slice(piece);
            }
            first = false;
        }
        let place = out.len();
        out.extend_from_slice(end);
        place
    }

    /// Returns the error of a lead and the chance of its side.
    fn error(&self, error: LeadError) -> Vec<u8> {
        let [error, same_side] = [error.error, error.same_side].map(|number| Value::from(self.digits.round(number)));
        match self.form {
            Form::Csv => format!("{error},{same_side},"),
            Form::Ndjson => format!("\"error\":{error},\"same_side\":{same_side},"),
        }
        .into_bytes()
    }

    fn write_likings(&self, figures: &RowFigures<'_>, out: &mut Vec<u8>) {
        let likings = figures.likings();
        if self.form == Form::Csv {
            return likings.for_each(|liking| {
                out.extend_from_slice(liking.unwrap_or_default());
                out.push(b',');
            });
        }
        out.extend_from_slice(b"},\"liking\":{");
        for (index, (role, liking)) in self.bank.roles.iter().zip(likings).enumerate() {
            let comma: &[u8] = if index > 0 { b"," } else { b"" };
            for part in [comma, b"\"", role.id.as_bytes(), b"\":", liking.unwrap_or(b"null")] {
                out.extend_from_slice(part);
            }
        }
        out.extend_from_slice(b"},\"flags\":[");
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

#[inline]
fn write_id_cell(id: RowId<'_>, out: &mut Vec<u8>) {
    match id {
        RowId::Unnamed => {}
        RowId::Line(line) => drop(write!(out, "{line}")),
        RowId::Text(text) => write_text_cell(text, out),
        RowId::Json(token) if token.starts_with('"') => {
            write_text_cell(&serde_json::from_str::<String>(token).unwrap_or_default(), out);
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
