//! The line that goes out for a row.

use crate::answers::{COLUMNS, FIT, FLAGS, Form, RowId, write_cell};
use crate::scoring::{Judgement, Model};

use super::careless::{Flag, Flags};

/// How lines are written for one bank. All of a line but the person and the flags is the same for equal judgements.
#[derive(Clone, Debug)]
pub(super) struct Line {
    form: Form,
    /// Ids of the roles as cells of a table.
    cells: Vec<Vec<u8>>,
    /// Ids of the roles in JSON.
    strings: Vec<Vec<u8>>,
}

impl Line {
    pub(super) fn new(model: &Model<'_>, form: Form) -> Self {
        let roles = &model.bank().roles;
        let strings = roles.iter().map(|role| json(&role.id)).collect();
        Self { form, cells: roles.iter().map(|role| cell(&role.id)).collect(), strings }
    }

    /// The first line of a table; nothing for lines of JSON.
    pub(super) fn header(&self) -> Vec<u8> {
        if self.form == Form::Ndjson {
            return Vec::new();
        }
        let fits = self.cells.iter().map(|role| [FIT.as_bytes(), role].concat());
        let columns = COLUMNS.iter().map(|name| name.as_bytes().to_vec()).chain(fits);
        let mut out = columns.chain([FLAGS.as_bytes().to_vec()]).collect::<Vec<_>>().join(&b',');
        out.push(b'\n');
        out
    }

    /// What stands between the person and the flags.
    pub(super) fn text(&self, judgement: &Judgement) -> Vec<u8> {
        let share = |number: f64| json(&number.clamp(0.0, 1.0));
        let points = |number: &f64| json(&number.clamp(0.0, 100.0));
        let (lead, chance, coverage) =
            (points(&judgement.lead), judgement.chance.map(share), share(judgement.coverage));
        let verdict = judgement.verdict.name().as_bytes();
        let role = |names: &[Vec<u8>]| judgement.role.and_then(|role| names.get(role)).cloned();
        let fits: Vec<Vec<u8>> = judgement.fits.iter().map(points).collect();
        if self.form == Form::Csv {
            let (role, chance) = (role(&self.cells).unwrap_or_default(), chance.unwrap_or_default());
            let mut cells = vec![b"".as_slice(), &role, verdict, &lead, &chance, &coverage];
            cells.extend(fits.iter().map(Vec::as_slice));
            cells.push(b"");
            return cells.join(&b',');
        }
        let or_null = |text: Option<Vec<u8>>| text.unwrap_or_else(|| b"null".to_vec());
        let (role, chance) = (or_null(role(&self.strings)), or_null(chance));
        let fit = |(key, fit): (&Vec<u8>, &Vec<u8>)| [key.as_slice(), fit].join(&b':');
        let fits: Vec<Vec<u8>> = self.strings.iter().zip(&fits).map(fit).collect();
        let fields: [(&[u8], &[u8]); 6] = [
            (b",\"role\":", &role),
            (b",\"verdict\":\"", verdict),
            (b"\",\"lead\":", &lead),
            (b",\"chance\":", &chance),
            (b",\"coverage\":", &coverage),
            (b",\"fit\":{", &fits.join(&b',')),
        ];
        let mut text: Vec<u8> = fields.iter().flat_map(|(key, value)| [*key, *value]).flatten().copied().collect();
        text.extend_from_slice(b"},\"flags\":[");
        text
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

/// JSON of a text or a finite number, which cannot fail.
fn json(value: &(impl serde::Serialize + ?Sized)) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn cell(text: &str) -> Vec<u8> {
    let mut cell = Vec::new();
    write_cell(text.as_bytes(), &mut cell);
    cell
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
        RowId::Text(text) => out.extend_from_slice(&json(text)),
        RowId::Json(token) => out.extend_from_slice(token.as_bytes()),
    }
}
