//! The lines that go out. All but the person and the flags is the same for equal sums, so it is written once for them and
//! copied from then on.

use crate::bank::Verdict;
use crate::scoring::{Judge, Judgement};

use super::Form;
use super::csv;
use super::flags::Flags;
use super::key::Keys;
use super::row::{Id, Row};

/// Judgements to remember on all threads together.
const REMEMBERED: usize = 1 << 16;

/// How many judgements can stand in one place.
const NEIGHBOURS: usize = 8;

/// What is said of all sheets with the same key.
#[derive(Debug)]
struct Slot {
    key: u128,
    /// The answers, where the key does not tell all about them.
    outcomes: Option<Vec<Option<u16>>>,
    judged: Judged,
}

/// A judgement, with the part of the line that says it.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) role: Option<usize>,
    pub(super) verdict: Verdict,
    pub(super) lead: f64,
    text: Vec<u8>,
}

/// Judgements by keys. Those that fall into one place drive each other out, so the memory is bounded and nothing has to
/// be counted.
#[derive(Debug)]
pub(super) struct Judgements<'m> {
    judge: &'m Judge<'m>,
    form: Form,
    slots: Vec<Option<Slot>>,
    is_exact: bool,
    names: Names,
}

/// Names of the roles as they stand in the output.
#[derive(Debug)]
struct Names {
    cells: Vec<Vec<u8>>,
    strings: Vec<Vec<u8>>,
}

impl<'m> Judgements<'m> {
    pub(super) fn new(judge: &'m Judge<'m>, form: Form, threads: usize) -> Self {
        let roles = &judge.model().bank().roles;
        let share = REMEMBERED / threads.max(1) / roles.len().div_ceil(2).max(1);
        let slots = share.clamp(1 << 8, 1 << 15).next_power_of_two();
        let cell = |id: &String| {
            let mut cell = Vec::new();
            csv::write(id.as_bytes(), &mut cell);
            cell
        };
        let names = Names {
            cells: roles.iter().map(|role| cell(&role.id)).collect(),
            strings: roles.iter().map(|role| json(&role.id)).collect(),
        };
        Self {
            judge,
            form,
            slots: (0..slots).map(|_| None).collect(),
            is_exact: Keys::new(judge.model()).is_exact,
            names,
        }
    }

    /// What a row's answers say.
    #[inline]
    pub(super) fn of(&mut self, row: &Row) -> &Judged {
        let place = self.place(row);
        let (judge, form, names, is_exact) = (self.judge, self.form, &self.names, self.is_exact);
        let slot = self.slots[place].get_or_insert_with(|| {
            let outcomes: Vec<Option<u16>> = row.outcomes().collect();
            let judgement = judge.judge(&outcomes);
            let text = names.text(form, &judgement);
            let Judgement { role, verdict, lead, .. } = judgement;
            let outcomes = (!is_exact).then_some(outcomes);
            Slot { key: row.key, outcomes, judged: Judged { role, verdict, lead, text } }
        });
        &slot.judged
    }

    /// Where the judgement on a row stands or is to stand: one of a few neighbours, the first of which gives way where
    /// all are taken.
    #[inline]
    fn place(&mut self, row: &Row) -> usize {
        let first = hash(row.key) & (self.slots.len() - 1) & !(NEIGHBOURS - 1);
        for place in first..first + NEIGHBOURS {
            match &self.slots[place] {
                Some(slot) if !slot.is_of(row) => {}
                _ => return place,
            }
        }
        self.slots[first..first + NEIGHBOURS].rotate_right(1);
        self.slots[first] = None;
        first
    }

    /// Writes the line of a row, and gives where one more flag would go.
    #[inline]
    pub(super) fn write(&mut self, id: Id<'_>, row: &Row, flags: Flags, out: &mut Vec<u8>) -> usize {
        let form = self.form;
        match form {
            Form::Csv => cell(id, out),
            Form::Ndjson => string(id, out),
        }
        out.extend_from_slice(&self.of(row).text);
        let (between, quote, end): (&[u8], &[u8], &[u8]) = match form {
            Form::Csv => (b" ", b"", b"\n"),
            Form::Ndjson => (b",", b"\"", b"]}\n"),
        };
        let names = Flags::NAMES.iter().zip(flags.set()).filter(|(_, set)| *set);
        for (place, (name, _)) in names.enumerate() {
            for piece in [if place == 0 { b"" } else { between }, quote, name.as_bytes(), quote] {
                out.extend_from_slice(piece);
            }
        }
        let flag = out.len();
        out.extend_from_slice(end);
        flag
    }

    /// The first line of a table; nothing for lines of JSON.
    pub(super) fn header(&self) -> Vec<u8> {
        if self.form == Form::Ndjson {
            return Vec::new();
        }
        let fits =
            self.names.strings.iter().zip(&self.judge.model().bank().roles).map(|(_, role)| format!("fit_{}", role.id));
        let mut out = b"id,role,verdict,lead,chance,coverage".to_vec();
        for fit in fits {
            out.push(b',');
            csv::write(fit.as_bytes(), &mut out);
        }
        out.extend_from_slice(b",flags\n");
        out
    }
}

impl Slot {
    #[inline]
    fn is_of(&self, row: &Row) -> bool {
        self.key == row.key && self.outcomes.as_ref().is_none_or(|outcomes| row.outcomes().eq(outcomes.iter().copied()))
    }
}

impl Names {
    /// What stands between the person and the flags.
    fn text(&self, form: Form, judgement: &Judgement) -> Vec<u8> {
        let percent = |fit: &f64| json(&fit.clamp(0.0, 100.0));
        let numbers = [
            json(&judgement.lead.clamp(0.0, 100.0)),
            json(&judgement.chance.clamp(0.0, 1.0)),
            json(&judgement.coverage.clamp(0.0, 1.0)),
        ];
        let [lead, chance, coverage] = &numbers;
        let verdict = judgement.verdict.name().as_bytes();
        let role = |names: &'_ [Vec<u8>]| judgement.role.and_then(|role| names.get(role)).cloned();
        let fits: Vec<Vec<u8>> = judgement.fits.iter().map(percent).collect();
        match form {
            Form::Csv => {
                let role = role(&self.cells).unwrap_or_default();
                let mut cells = vec![b"".as_slice(), &role, verdict, lead, chance, coverage];
                cells.extend(fits.iter().map(Vec::as_slice));
                cells.push(b"");
                cells.join(&b',')
            }
            Form::Ndjson => {
                let role = role(&self.strings).unwrap_or_else(|| b"null".to_vec());
                let fit = |(key, fit): (&Vec<u8>, &Vec<u8>)| [key.as_slice(), fit].join(&b':');
                let fits: Vec<Vec<u8>> = self.strings.iter().zip(&fits).map(fit).collect();
                [
                    b",\"role\":".as_slice(),
                    &role,
                    b",\"verdict\":\"",
                    verdict,
                    b"\",\"lead\":",
                    lead,
                    b",\"chance\":",
                    chance,
                    b",\"coverage\":",
                    coverage,
                    b",\"fit\":{",
                    &fits.join(&b','),
                    b"},\"flags\":[",
                ]
                .concat()
            }
        }
    }
}

/// Puts `duplicate` into the lines of the sheets that have come before, given where each line's further flags go.
pub(super) fn mark(lines: &[u8], places: &[usize], form: Form, out: &mut Vec<u8>) {
    let mut from = 0;
    for &place in places {
        let line = lines.get(from..place).unwrap_or_default();
        out.extend_from_slice(line);
        let flag: &[u8] = match (form, line.last()) {
            (Form::Csv, Some(b',')) => b"duplicate",
            (Form::Csv, _) => b" duplicate",
            (Form::Ndjson, Some(b'[')) => b"\"duplicate\"",
            (Form::Ndjson, _) => b",\"duplicate\"",
        };
        out.extend_from_slice(flag);
        from = place;
    }
    out.extend_from_slice(lines.get(from..).unwrap_or_default());
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn cell(id: Id<'_>, out: &mut Vec<u8>) {
    match id {
        Id::None => {}
        Id::Line(line) => out.extend_from_slice(line.to_string().as_bytes()),
        Id::Text(text) => csv::write(text.as_bytes(), out),
        Id::Json(token) if token.starts_with('"') => {
            csv::write(serde_json::from_str::<String>(token).unwrap_or_default().as_bytes(), out);
        }
        Id::Json(number) => out.extend_from_slice(number.as_bytes()),
    }
}

fn string(id: Id<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"id\":");
    match id {
        Id::None => out.extend_from_slice(b"null"),
        Id::Line(line) => out.extend_from_slice(line.to_string().as_bytes()),
        Id::Text(text) => out.extend_from_slice(&json(text)),
        Id::Json(token) => out.extend_from_slice(token.as_bytes()),
    }
}

/// Spreads keys over the slots.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "all bits are mixed into the lower half")]
fn hash(key: u128) -> usize {
    let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 32) as usize
}
