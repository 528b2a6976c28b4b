//! Rows in which all is known by sight: what stands between their separators is looked up as it is. Whatever is shaped
//! otherwise is left to readers that know every shape and say what is wrong; so nothing here has to be complete, but what
//! it takes must be right.

use std::str;

use super::column::{Cell, Column, Known, Meaning};
use super::ndjson::{self, Wrap};
use super::piece::{Piece, Pieces, Separator, Window};
use super::row::{Id, Row};
use super::sheets::About;

/// How a line begins that names the person first.
const NAMED: &[u8] = b"{\"id\":";

/// What stands between the answers of a line.
const COMMA: Separator = Separator(b',');

/// Lines that are looked at to learn from before no more is expected of it.
const LESSONS: u32 = 1_000;

/// The cells of a table's rows.
#[derive(Clone, Debug)]
pub(super) struct Table {
    separator: Separator,
    groups: Vec<Group>,
}

/// Neighbouring cells of a table that are looked up at once: one that is about no question, or at most two answers, which
/// stand in a row where the group stands among those with answers.
#[derive(Clone, Debug)]
struct Group {
    about: About,
    /// Position of the first one's column.
    column: usize,
    is_pair: bool,
    /// What stands behind it.
    stop: u8,
    seen: Pieces<1, Seen>,
}

/// What the cells of a group mean together.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    share: u64,
    cells: [Cell; 2],
}

impl Table {
    /// A table, the question columns of which are given in its order; they are told where their answers stand in a row.
    pub(super) fn new(separator: u8, abouts: &[About], columns: &mut [Column<'_>]) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let mut first = 0;
        for &about in abouts {
            let is_question = matches!(about, About::Question(_));
            match groups.last_mut() {
                Some(last) if is_question && matches!(last.about, About::Question(_)) && !last.is_pair => {
                    last.is_pair = true;
                }
                _ => groups.push(Group {
                    about,
                    column: first,
                    is_pair: false,
                    stop: separator,
                    seen: Pieces::default(),
                }),
            }
            first += usize::from(is_question);
        }
        if let Some(last) = groups.last_mut() {
            last.stop = b'\n';
        }
        let answered = groups.iter().filter(|group| matches!(group.about, About::Question(_)));
        let places =
            answered.enumerate().flat_map(|(number, group)| 2 * number..=2 * number + usize::from(group.is_pair));
        let places: Vec<usize> = places.collect();
        let rest = places.last().map_or(0, |last| last + 1)..;
        let places = places.into_iter().chain(rest);
        columns.iter_mut().zip(places).for_each(|(column, place)| column.place = place);
        // Where there is one column alone, a blank line would seem to be a row.
        if abouts.len() == 1 {
            groups.clear();
        }
        Self { separator: Separator(separator), groups }
    }

    /// Forgets what cells mean.
    pub(super) fn forget(&mut self) {
        self.groups.iter_mut().for_each(|group| group.seen = Pieces::default());
    }

    /// Reads the row of a text that begins here, in which nothing is quoted, and gives its end. The person is named by a
    /// cell or by the number of the line.
    #[inline]
    pub(super) fn row<'r>(
        &mut self,
        table: &'r str,
        from: usize,
        line: u64,
        columns: &mut [Column<'_>],
        row: &mut Row,
    ) -> Option<(Id<'r>, usize)> {
        let Self { separator, groups } = self;
        let text = table.as_bytes();
        let (mut id, mut at, mut key) = (Id::Line(line), from, 0_u64);
        let mut cells = row.cells.iter_mut();
        for group in groups.iter_mut() {
            let end = if let About::Question(_) = group.about {
                let learned;
                let (seen, end) = if let Some(known) = group.known(text, at, *separator) {
                    known
                } else {
                    learned = group.learn(text, at, *separator, columns)?;
                    (&learned.0, learned.1)
                };
                *cells.next()? = seen.cells;
                key = key.wrapping_add(seen.share);
                end
            } else {
                let end = separator.end(text, at)?;
                if group.about == About::Person {
                    let name = table.get(at..end)?;
                    id = Id::Text(name.strip_suffix('\r').filter(|_| group.stop == b'\n').unwrap_or(name));
                }
                end
            };
            if text.get(end) != Some(&group.stop) {
                return None;
            }
            at = end + 1;
        }
        row.key = key;
        at.checked_sub(1).filter(|_| !groups.is_empty()).map(|end| (id, end))
    }
}

impl Group {
    /// The answers that begin here, if they are known by sight, and where they end.
    #[inline]
    fn known(&self, text: &[u8], from: usize, separator: Separator) -> Option<(&Seen, usize)> {
        let window = Window::at(text, from)?;
        let ends = separator.ends(window);
        let ends = ends & ends.wrapping_sub(u32::from(self.is_pair));
        let (piece, length) = Piece::new(window, ends)?;
        Some((self.seen.find(&piece)?, from + length))
    }

    /// What a group means that is not known by sight, and where it ends.
    #[cold]
    fn learn(
        &mut self,
        text: &[u8],
        from: usize,
        separator: Separator,
        columns: &mut [Column<'_>],
    ) -> Option<(Seen, usize)> {
        let first = separator.end(text, from)?;
        let mut columns = columns.iter_mut().skip(self.column);
        let stop = if self.is_pair { separator.0 } else { self.stop };
        let one = meaning(cell(text, from, first, stop)?, columns.next()?)?;
        let (mut two, mut end) = (Meaning::default(), first);
        if self.is_pair {
            if text.get(first) != Some(&separator.0) {
                return None;
            }
            end = separator.end(text, first + 1)?;
            two = meaning(cell(text, first + 1, end, self.stop)?, columns.next()?)?;
        }
        let seen = Seen { cells: [one.cell, two.cell], share: one.share.wrapping_add(two.share) };
        if let Some(piece) = Piece::of(text.get(from..end)?) {
            self.seen.add(piece, seen);
        }
        Some((seen, end))
    }
}

/// What a cell means, if it can be understood.
fn meaning(cell: &[u8], column: &mut Column<'_>) -> Option<Meaning> {
    let piece = Piece::of(cell);
    if let Some(meaning) = piece.and_then(|piece| column.cells.find(&piece).copied()) {
        return Some(meaning);
    }
    let meaning = column.understand(cell).ok()?;
    if let Some(piece) = piece {
        column.cells.add(piece, meaning);
    }
    Some(meaning)
}

/// A cell and not what stands behind it, to which a return in front of a line break belongs.
#[inline]
fn cell(text: &[u8], from: usize, end: usize, stop: u8) -> Option<&[u8]> {
    let cell = text.get(from..end)?;
    Some(cell.strip_suffix(b"\r").filter(|_| stop == b'\n').unwrap_or(cell))
}

/// The order in which lines of JSON have their answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Positions of the questions.
    questions: Vec<usize>,
    lessons: u32,
}

impl Order {
    /// Reads the line of a text that begins here, and gives the name of the person as it stands there, and the end of the
    /// line. Each answer is one that has been understood as it stands there, with its key, and the order has no question
    /// twice; so all there is to see is that the braces match.
    #[inline]
    pub(super) fn line<'r>(
        &self,
        text: &'r [u8],
        from: usize,
        columns: &[Column<'_>],
        row: &mut Row,
    ) -> Option<(Id<'r>, usize)> {
        row.clear();
        let (mut id, mut depth, mut at, mut is_first) = (Id::None, 0, from, true);
        if text.get(from..)?.starts_with(NAMED) {
            let end = COMMA.end(text, from)?;
            if text.get(end) != Some(&COMMA.0) {
                return None;
            }
            id = Id::Json(name(text.get(from + NAMED.len()..end)?)?);
            (depth, at) = (1, end + 1);
        }
        for &question in &self.questions {
            let window = Window::at(text, at)?;
            let (piece, length) = Piece::new(window, COMMA.ends(window))?;
            let column = columns.get(question)?;
            let Some(Known { meaning, wrap }) = column.pieces.find(&piece) else { continue };
            row.answer(column, *meaning);
            at += length;
            let is_last = text.get(at) != Some(&b',');
            if is_last || *wrap != Wrap::default() {
                depth = wrap.depth(depth, is_first, is_last)?;
            }
            if is_last {
                return Some((id, at));
            }
            (at, is_first) = (at + 1, false);
        }
        None
    }

    /// Learns from a line that was understood another way.
    pub(super) fn learn(&mut self, line: &[u8], lines: &ndjson::Lines, columns: &mut [Column<'_>]) {
        if self.lessons >= LESSONS {
            return;
        }
        self.lessons += 1;
        let mut questions = Vec::new();
        for (number, text) in line.split(|byte| *byte == COMMA.0).enumerate() {
            if number == 0 && text.starts_with(NAMED) {
                continue;
            }
            let Some((question, wrap, value)) = lines.answer(text) else { return };
            let Some(column) = columns.get_mut(question) else { return };
            if let (Some(piece), Some(meaning)) = (Piece::of(text), column.known(value))
                && column.pieces.find(&piece).is_none()
            {
                column.pieces.add(piece, Known { meaning, wrap });
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
