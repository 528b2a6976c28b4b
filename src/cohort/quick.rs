//! Rows in which all is known by sight: what stands between their separators is looked up as it is. Whatever is shaped
//! otherwise is left to readers that know every shape and say what is wrong; so nothing here has to be complete, but what
//! it takes must be right.

use std::str;

use super::column::{Cell, Column, Meaning};
use super::marks::Cells;
use super::ndjson::{self, Wrap};
use super::piece::{Piece, Pieces};
use super::row::{Id, Row};
use super::sheets::About;

/// How a line begins that names the person first.
const NAMED: &[u8] = b"{\"id\":";

/// Lines that are looked at to learn from before no more is expected of it.
const LESSONS: u32 = 1_000;

/// Neighbouring cells of a table that are looked up at once: one that is about no question, or at most two answers.
#[derive(Clone, Debug)]
pub(super) struct Group {
    about: About,
    /// Position of its first cell in the row, and of its last one.
    cells: (usize, usize),
    /// Position of the first one's column.
    column: usize,
    /// Positions of the questions in the bank; both the same where there is one.
    questions: [usize; 2],
    seen: Pieces<2, Seen>,
}

/// What the cells of a group mean together; that of one stands here twice.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    cells: [Cell; 2],
    share: u128,
}

impl Group {
    /// The groups of a table, the question columns of which are given in its order.
    pub(super) fn all(abouts: &[About], columns: &[Column<'_>]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut indices = columns.iter().map(|column| column.index).enumerate();
        for (number, &about) in abouts.iter().enumerate() {
            let is_question = matches!(about, About::Question(_));
            let (column, index) = is_question.then(|| indices.next()).flatten().unwrap_or_default();
            match groups.last_mut() {
                Some(last) if is_question && last.is_half() => (last.cells.1, last.questions[1]) = (number, index),
                _ => {
                    let (cells, questions) = ((number, number), [index; 2]);
                    groups.push(Self { about, cells, column, questions, seen: Pieces::default() });
                }
            }
        }
        groups
    }

    /// Whether it has room for one more answer.
    fn is_half(&self) -> bool {
        matches!(self.about, About::Question(_)) && self.cells.0 == self.cells.1
    }

    /// Forgets what cells mean.
    pub(super) fn forget(&mut self) {
        self.seen = Pieces::default();
    }

    /// What a group means that is not known by sight.
    #[cold]
    fn learn(&mut self, cells: Cells<'_>, columns: &mut [Column<'_>]) -> Option<Seen> {
        let (first, last) = self.cells;
        let mut places = cells.places().skip(first).take(last + 1 - first);
        let columns = columns.get_mut(self.column..=self.column + last - first)?;
        let mut meanings = columns.iter_mut().zip(&mut places).map(|(column, (from, to))| {
            let piece = Piece::new(cells.text, from, to);
            let known = piece.and_then(|piece| column.cells.find(&piece).copied());
            known.or_else(|| {
                let meaning = column.understand(cells.text.get(from..to)?).ok()?;
                if let Some(piece) = piece {
                    column.cells.add(piece, meaning);
                }
                Some(meaning)
            })
        });
        let one = meanings.next()??;
        let two = meanings.next().map_or(Some(Meaning { share: 0, ..one }), |two| two)?;
        let seen = Seen { cells: [one.cell, two.cell], share: one.share.wrapping_add(two.share) };
        let (from, to) = (cells.places().nth(first)?.0, cells.places().nth(last)?.1);
        if let Some(piece) = Piece::new(cells.text, from, to) {
            self.seen.add(piece, seen);
        }
        Some(seen)
    }
}

/// Reads a row of a table in which nothing is quoted, and names the person by a cell or by the number of the line.
#[inline]
pub(super) fn table_row<'r>(
    cells: Cells<'r>,
    line: u64,
    groups: &mut [Group],
    columns: &mut [Column<'_>],
    row: &mut Row,
) -> Option<Id<'r>> {
    // Where there is one column alone, a blank line would seem to be a row.
    if groups.last()?.cells.1 + 1 != cells.ends.len() || cells.ends.len() < 2 {
        return None;
    }
    let (mut id, mut from, mut key) = (Id::Line(line), cells.from, 0);
    for group in groups {
        let end = *cells.ends.get(group.cells.1)? as usize;
        let to = end.min(cells.to);
        match group.about {
            About::Question(_) => {
                let seen = Piece::new(cells.text, from, to).and_then(|piece| group.seen.find(&piece));
                let seen = match seen {
                    Some(seen) => *seen,
                    None => group.learn(cells, columns)?,
                };
                let ([one, two], [first, second]) = (group.questions, seen.cells);
                row.put(one, first);
                row.put(two, second);
                key = seen.share.wrapping_add(key);
            }
            About::Person => id = Id::Text(str::from_utf8(cells.text.get(from..to)?).ok()?),
            About::Else => {}
        }
        from = end + 1;
    }
    row.key = key;
    Some(id)
}

/// The order in which lines of JSON have their answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Positions of the questions.
    questions: Vec<usize>,
    lessons: u32,
}

impl Order {
    /// Reads a line, and gives the name of the person as it stands there. Each answer is one that has been understood as
    /// it stands there, with its key, and the order has no question twice; so all there is to see is that the braces match.
    #[inline]
    pub(super) fn line<'r>(&self, cells: Cells<'r>, columns: &[Column<'_>], row: &mut Row) -> Option<Id<'r>> {
        let last = cells.ends.len().checked_sub(1)?;
        let (mut id, mut depth) = (Id::None, 0);
        let mut open = self.questions.iter();
        for (number, (from, to)) in cells.places().enumerate() {
            if number == 0 && cells.text.get(from..to)?.starts_with(NAMED) {
                id = Id::Json(name(cells.text.get(from + NAMED.len()..to)?)?);
                depth = 1;
                continue;
            }
            let piece = Piece::new(cells.text, from, to)?;
            let (column, (meaning, wrap)) = open.find_map(|&question| {
                let column = columns.get(question)?;
                column.pieces.find(&piece).map(|known| (column, known))
            })?;
            if *wrap != Wrap::default() {
                depth = wrap.depth(depth, number == usize::from(id != Id::None), number == last)?;
                if number == last {
                    row.answer(column, *meaning);
                    return Some(id);
                }
            }
            row.answer(column, *meaning);
        }
        None
    }

    /// Learns from a line that was understood another way.
    pub(super) fn learn(&mut self, cells: Cells<'_>, lines: &ndjson::Lines, columns: &mut [Column<'_>]) {
        if self.lessons >= LESSONS {
            return;
        }
        self.lessons += 1;
        let mut questions = Vec::new();
        for (number, (from, to)) in cells.places().enumerate() {
            let Some(text) = cells.text.get(from..to) else { return };
            if number == 0 && text.starts_with(NAMED) {
                continue;
            }
            let Some((question, wrap, value)) = lines.answer(text) else { return };
            let Some(column) = columns.get_mut(question) else { return };
            if let (Some(piece), Some(meaning)) = (Piece::new(cells.text, from, to), column.known(value))
                && column.pieces.find(&piece).is_none()
            {
                column.pieces.add(piece, (meaning, wrap));
            }
            if questions.contains(&question) {
                return;
            }
            questions.push(question);
        }
        let mut known = self.questions.iter();
        if !questions.iter().all(|question| known.any(|other| other == question)) {
            self.questions = questions;
        }
    }
}

/// The name of a person and nothing else.
fn name(token: &[u8]) -> Option<&str> {
    let (name, rest) = ndjson::name(ndjson::trimmed(token))?;
    str::from_utf8(name).ok().filter(|_| rest.is_empty())
}
