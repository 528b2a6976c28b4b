//! The line that goes out for a row.

use crate::answers::{COLUMNS, FIT, FLAGS, Form, RowId, write_cell};
use crate::scoring::{Judgement, Model};

use super::careless::{Flag, Flags};

/// How lines are written for one bank. All of a line but the person and the flags is the same for equal results.
#[derive(Clone, Debug)]
pub(super) struct Line {
    form: Form,
    /// Ids of the roles, which need no quotes in a table and no escapes in JSON.
    roles: Vec<String>,
}

impl Line {
    pub(super) fn new(model: &Model<'_>, form: Form) -> Self {
        Self { form, roles: model.bank().roles.iter().map(|role| role.id.clone()).collect() }
    }

    /// Returns the first line of a table; an empty text for lines of JSON.
    pub(super) fn header(&self) -> String {
        if self.form == Form::Ndjson {
            return String::new();
        }
        let fits = self.roles.iter().map(|role| format!("{FIT}{role}"));
        let names: Vec<String> = COLUMNS.map(str::to_owned).into_iter().chain(fits).chain([FLAGS.to_owned()]).collect();
        names.join(",") + "\n"
    }

    /// Returns what stands between the person and the flags.
    pub(super) fn text(&self, judgement: &Judgement) -> String {
        let Judgement { role, verdict, lead, chance, coverage, fits } = judgement;
        let (verdict, lead, coverage) = (verdict.name(), number(*lead, 100.0), number(*coverage, 1.0));
        let chance = chance.map(|chance| number(chance, 1.0));
        let role = role.map(|role| self.roles[role].as_str());
        let fits = fits.iter().map(|fit| number(*fit, 100.0));
        if self.form == Form::Csv {
            let fits: String = fits.map(|fit| fit + ",").collect();
            let (role, chance) = (role.unwrap_or_default(), chance.unwrap_or_default());
            return format!(",{role},{verdict},{lead},{chance},{coverage},{fits}");
        }
        let role = role.map_or_else(|| "null".to_owned(), |role| format!("\"{role}\""));
        let chance = chance.unwrap_or_else(|| "null".to_owned());
        let fits: Vec<String> = self.roles.iter().zip(fits).map(|(role, fit)| format!("\"{role}\":{fit}")).collect();
        format!(
            ",\"role\":{role},\"verdict\":\"{verdict}\",\"lead\":{lead},\"chance\":{chance},\"coverage\":{coverage},\
             \"fit\":{{{}}},\"flags\":[",
            fits.join(",")
        )
    }

    /// Writes a line around its text, and gives where one more flag would go.
    #[inline]
    pub(super) fn write(&self, id: RowId<'_>, text: &[u8], flags: Flags, out: &mut Vec<u8>) -> usize {
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
        out.extend_from_slice(text);
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

    /// Adds a flag to some of the lines, given where each one's further flags go.
    pub(super) fn mark(&self, lines: &[u8], places: &[usize], flag: Flag, out: &mut Vec<u8>) {
        let mut from = 0;
        for &place in places {
            let line = lines.get(from..place).unwrap_or_default();
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
        out.extend_from_slice(lines.get(from..).unwrap_or_default());
    }
}

/// Returns a number as JSON writes it, from 0 to the highest that it can be but for rounding.
fn number(number: f64, highest: f64) -> String {
    let number = number.clamp(0.0, highest);
    serde_json::Number::from_f64(number).map_or_else(|| number.to_string(), |number| number.to_string())
}

#[inline]
fn write_id_cell(id: RowId<'_>, out: &mut Vec<u8>) {
    match id {
        RowId::Unnamed => {}
        RowId::Line(line) => out.extend_from_slice(line.to_string().as_bytes()),
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
        RowId::Line(line) => out.extend_from_slice(line.to_string().as_bytes()),
        RowId::Text(text) => out.extend(serde_json::json!(text).to_string().bytes()),
        RowId::Json(token) => out.extend_from_slice(token.as_bytes()),
    }
}
