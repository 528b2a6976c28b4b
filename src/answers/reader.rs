//! From a block of rows to decoded rows, on one thread.

use std::collections::HashSet;
use std::str;

use memchr::{memchr, memchr_iter};

use crate::bank::{Bank, ProblemKind};

use super::block::{KEPT_OF_LONG_ROW, RowBlock};
use super::column::Column;
use super::decode::decode_cell;
use super::header::{MOST_IGNORED, RowLayout};
use super::import_options::ImportOptions;
use super::line_keys::LineKeys;
use super::lines::read_line;
use super::row::{CellRule, Respondent, Row, RowId};
use super::row_error::{RejectedRow, RowError, RowProblems};
use super::spelling::{ColumnRole, FirstStep};
use super::table::{CellReader, Cells, LONGEST_ROW, RowEnd, line_end, row_end, trimmed};

/// Decodes rows into one row that is filled anew each time.
#[derive(Clone, Debug)]
pub(crate) struct RowReader<'b> {
    columns: Vec<Column<'b>>,
    /// Positions of the scored questions in the bank.
    scored: Vec<usize>,
    row: Row,
    decoder: Decoder<'b>,
    rule: CellRule,
    /// Fields of lines of JSON that were left alone so far.
    ignored: HashSet<String>,
    /// Those of the block at hand that came for the first time.
    new_ignored: Vec<String>,
}

/// The decoder of each format.
#[derive(Clone, Debug)]
enum Decoder<'b> {
    Lines(LineKeys<'b>),
    Table { delimiter: u8, roles: Vec<ColumnRole>, cells: Box<CellReader> },
}

impl<'b> RowReader<'b> {
    pub(super) fn new(
        bank: &'b Bank,
        shares: &[Vec<u64>],
        layout: &RowLayout,
        first_steps: &[FirstStep],
        options: &ImportOptions,
    ) -> Self {
        let decoder = match layout {
            RowLayout::Lines => Decoder::Lines(LineKeys::new(bank, options)),
            RowLayout::Table { delimiter, roles } => {
                let cells = Box::new(CellReader::new(*delimiter));
                Decoder::Table { delimiter: *delimiter, roles: roles.clone(), cells }
            }
        };
        let scored: Vec<usize> =
            bank.questions.iter().filter(|question| question.is_scored()).map(|question| question.index).collect();
        let mut shares_of = vec![Vec::new(); bank.questions.len()];
        for (&index, shares) in scored.iter().zip(shares) {
            shares_of[index].clone_from(shares);
        }
        let columns = bank.questions.iter().zip(first_steps).zip(shares_of);
        let columns: Vec<Column<'b>> =
            columns.map(|((question, first), shares)| Column::new(question, *first, shares)).collect();
        let rule = if options.is_lenient { CellRule::Skip } else { CellRule::Refuse };
        let (row, ignored, new_ignored) = (Row::new(columns.len()), HashSet::new(), Vec::new());
        Self { columns, scored, row, decoder, rule, ignored, new_ignored }
    }

    /// Hands over every row of a block, or what is wrong with it. Returns the fields that were left alone for the first
    /// time, in lines of JSON.
    pub(crate) fn read(
        &mut self,
        block: &RowBlock,
        mut each: impl FnMut(Result<Respondent<'_>, RejectedRow>),
    ) -> Vec<String> {
        if block.too_long {
            each(Err(rejected(block.line, ProblemKind::RowTooLarge, block.bytes())));
            return Vec::new();
        }
        self.columns.iter_mut().for_each(Column::forget);
        // Each is asked for once for all rows, since nearly all blocks are UTF-8 and many have no quotes.
        let (utf8, delimiter) = (str::from_utf8(block.bytes()).ok(), self.decoder.delimiter());
        let delimiter = delimiter.filter(|_| memchr(b'"', block.bytes()).is_some());
        let (mut rest, mut line, mut spoiled) = (block.bytes(), block.line, 0);
        while !rest.is_empty() {
            let (end, broken) = first_row(rest, delimiter, &mut spoiled);
            let (row, behind) = rest.split_at(end);
            let text = trimmed(row);
            let at = block.bytes().len() - rest.len();
            let utf8 = utf8.map_or_else(|| str::from_utf8(text).ok(), |utf8| utf8.get(at..at + text.len()));
            if let Err(error) = self.read_row(rest, text.len(), utf8, line, broken, &mut each) {
                each(Err(rejected(line, error, text)));
            }
            let breaks = delimiter.filter(|_| memchr(b'"', row).is_some()).map(|_| memchr_iter(b'\n', row).count());
            (rest, line) = (behind, line + breaks.unwrap_or(1).max(1) as u64);
        }
        std::mem::take(&mut self.new_ignored)
    }

    /// Reads the row of so many bytes at the beginning of a text and hands it over, unless it is blank. It is given as
    /// UTF-8 too, `None` if it is none.
    fn read_row(
        &mut self,
        text: &[u8],
        length: usize,
        utf8: Option<&str>,
        line: u64,
        broken: Option<ProblemKind>,
        each: &mut impl FnMut(Result<Respondent<'_>, RejectedRow>),
    ) -> Result<(), RowError> {
        let Self { columns, scored, row, decoder, rule, ignored, new_ignored } = self;
        let Some(row_text) = row_text(&text[..length], utf8, decoder.delimiter(), broken)? else { return Ok(()) };
        row.clear();
        match decoder {
            Decoder::Table { roles, cells, .. } => {
                let id = read_cells(cells.read(text, length), roles, columns, row, *rule)?.map(String::from_utf8_lossy);
                let id = id.as_deref().map_or(RowId::Line(line), RowId::Text);
                each(Ok(Respondent { id, row, columns, scored }));
            }
            Decoder::Lines(keys) => {
                let mended;
                let rest = match read_line(row_text, keys, columns, row, *rule) {
                    // Some programs write it for an empty cell, and it is not JSON.
                    Err(_) if row_text.contains(NAN) => {
                        mended = without_nan(row_text);
                        row.clear();
                        read_line(&mended, keys, columns, row, *rule)?
                    }
                    read => read?,
                };
                if !rest.is_filled {
                    return Ok(());
                }
                rest.ignored.iter().for_each(|key| note_ignored(key, ignored, new_ignored));
                let id = rest.person.as_deref().map_or(RowId::Unnamed, RowId::Json);
                each(Ok(Respondent { id, row, columns, scored }));
            }
        }
        Ok(())
    }
}

impl Decoder<'_> {
    /// Returns what separates the cells of a table, `None` for lines of JSON.
    fn delimiter(&self) -> Option<u8> {
        match self {
            Self::Lines(_) => None,
            Self::Table { delimiter, .. } => Some(*delimiter),
        }
    }
}

/// Returns where the first row ends, and what is wrong with its quotes; then its first line counts as the row. Lines end
/// rows where there is no delimiter. So many bytes are `spoiled` lines behind a quote that is not closed, where no quote
/// reaches over the end of a line.
fn first_row(bytes: &[u8], delimiter: Option<u8>, spoiled: &mut usize) -> (usize, Option<ProblemKind>) {
    let Some(delimiter) = delimiter else { return (line_end(bytes), None) };
    let row = if *spoiled > 0 { &bytes[..line_end(bytes)] } else { bytes };
    let (end, problem) = match row_end(row, delimiter) {
        RowEnd::Whole(end) => (end, None),
        RowEnd::Unfinished => (row.len(), None),
        RowEnd::Broken(lines) | RowEnd::Open(lines) => {
            *spoiled = lines.max(*spoiled);
            (line_end(row), Some(ProblemKind::Quotes))
        }
    };
    *spoiled = spoiled.saturating_sub(end);
    (end, problem)
}

/// Returns the text of a row, `None` if it has no filled cell.
fn row_text<'r>(
    row: &[u8],
    utf8: Option<&'r str>,
    delimiter: Option<u8>,
    broken: Option<ProblemKind>,
) -> Result<Option<&'r str>, ProblemKind> {
    if row.len() > LONGEST_ROW {
        return Err(ProblemKind::RowTooLarge);
    }
    let mut bytes = row.iter();
    if broken.is_none()
        && bytes.all(|byte| byte.is_ascii_whitespace() || delimiter.is_some_and(|other| [other, b'"'].contains(byte)))
    {
        return Ok(None);
    }
    match broken {
        Some(broken) => Err(broken),
        None => utf8.map(Some).ok_or(ProblemKind::RowNotUtf8),
    }
}

/// Adds a field to those that are left alone, and to the new ones if it comes for the first time.
fn note_ignored(field: &str, ignored: &mut HashSet<String>, new_ignored: &mut Vec<String>) {
    if !ignored.contains(field) && ignored.len() < MOST_IGNORED {
        ignored.insert(field.to_owned());
        new_ignored.push(field.to_owned());
    }
}

/// Reads the cells of a row of a table, and returns the one that names the person, `None` where no column does.
fn read_cells<'r>(
    cells: Cells<'r>,
    roles: &[ColumnRole],
    columns: &mut [Column<'_>],
    row: &mut Row,
    rule: CellRule,
) -> Result<Option<&'r [u8]>, RowError> {
    // Spreadsheet programs drop and add empty cells at the end of a row.
    if cells.len() > roles.len() && cells.clone().skip(roles.len()).any(|cell| !cell.text.trim_ascii().is_empty()) {
        return Err(ProblemKind::CellCount(cells.len(), roles.len()).into());
    }
    let (mut id, mut has_parts, mut problems) = (None, false, RowProblems::default());
    for (number, (cell, role)) in cells.zip(roles).enumerate() {
        match *role {
            ColumnRole::Question(question) => {
                let column = &mut columns[question];
                if let Some(decoded) = column.known(cell) {
                    row.set(question, decoded);
                    continue;
                }
                match column.decode(cell.text, decode_cell) {
                    Ok(decoded) => row.set(question, decoded),
                    Err(wrong) => row.refuse(column, Some(number), wrong, rule, &mut problems),
                }
            }
            ColumnRole::Part(question, slot) => {
                row.keep(question, slot, Some(number), cell.text);
                has_parts = true;
            }
            ColumnRole::Person => id = Some(cell.text),
            ColumnRole::Ignored => {}
        }
    }
    if has_parts {
        row.join_parts(columns, rule, &mut problems);
    }
    problems.error(None).map_or(Ok(id), Err)
}

/// A word in place of a number, which some programs write and JSON does not have.
const NAN: &str = "NaN";

/// Returns a line of JSON with null in place of each number that is none.
fn without_nan(line: &str) -> String {
    let mut mended = String::with_capacity(line.len() + 8);
    let (mut is_text, mut is_escaped) = (false, false);
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        if !is_text && rest.starts_with(NAN) {
            mended.push_str("null");
            rest = &rest[NAN.len()..];
            continue;
        }
        is_text ^= character == '"' && !is_escaped;
        is_escaped = is_text && character == '\\' && !is_escaped;
        mended.push(character);
        rest = &rest[character.len_utf8()..];
    }
    mended
}

/// Returns a rejected row, of which only the beginning is kept if it is too long.
fn rejected(line: u64, error: impl Into<RowError>, row: &[u8]) -> RejectedRow {
    let row = if row.len() > LONGEST_ROW { row.get(..KEPT_OF_LONG_ROW).unwrap_or_default() } else { row };
    RejectedRow { line, error: error.into(), row: String::from_utf8_lossy(row).into_owned() }
}
