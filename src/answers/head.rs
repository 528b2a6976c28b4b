//! The first rows of a table: which of them are its header. Form tools write one, two or three, and people write titles
//! above them.

use super::header::Header;
use super::import_options::ImportOptions;
use super::spelling::{BankNames, ColumnMatch, ColumnRole, MatchReason, fold, is_open_ended, is_response};
use super::table::{CellReader, RowEnd, row_end, trimmed};

/// Most rows to look for the header in.
pub(super) const MOST_HEAD_ROWS: usize = 12;

/// Bytes that the header has to stand in if it is not the first row alone.
const WINDOW: usize = 1 << 18;

/// A row at the beginning of a table.
struct HeadRow {
    /// The offset of its end.
    end: usize,
    cells: Vec<String>,
    is_utf8: bool,
}

/// Returns true if the bytes have as many whole rows as may have to be looked at.
pub(super) fn is_enough(bytes: &[u8], delimiter: u8) -> bool {
    let mut from = 0;
    for number in 0..MOST_HEAD_ROWS {
        match row_end(&bytes[from..], delimiter) {
            RowEnd::Whole(end) => from += end,
            RowEnd::Broken(_) => return true,
            RowEnd::Open(_) | RowEnd::Unfinished => return number > 0 && bytes.len() >= WINDOW,
        }
    }
    true
}

/// The header of a table with where the rows of people begin.
pub(super) struct Head<'n> {
    pub(super) header: Header<'n>,
    pub(super) end: usize,
    /// True if the header has bytes that are no UTF-8.
    pub(super) is_broken: bool,
}

impl<'n> Head<'n> {
    /// Finds the header at the beginning of a table; `is_last` if the table ends with the bytes. Returns `None` if its first row
    /// is not whole.
    pub(super) fn new(
        bytes: &[u8],
        is_last: bool,
        delimiter: u8,
        names: &'n BankNames<'n>,
        options: &ImportOptions,
    ) -> Option<Self> {
        let rows = rows(bytes, is_last, delimiter);
        let found = FirstRows { rows: &rows, names }.header();
        let (first, last) = (found.first, found.last);
        let end = rows.get(last)?.end;
        let is_broken = rows[first..=last].iter().any(|row| !row.is_utf8);
        let header = Header::new(found.columns, delimiter, names, options);
        Some(Self { header, end, is_broken })
    }
}

/// Splits the first rows into cells.
fn rows(bytes: &[u8], is_last: bool, delimiter: u8) -> Vec<HeadRow> {
    let mut reader = CellReader::new(delimiter);
    let (mut rows, mut from) = (Vec::new(), 0);
    while rows.len() < MOST_HEAD_ROWS && from < bytes.len() {
        let rest = &bytes[from..];
        let end = match row_end(rest, delimiter) {
            RowEnd::Whole(end) => end,
            RowEnd::Unfinished if is_last => rest.len(),
            _ => break,
        };
        if from > 0 && from + end > WINDOW {
            break;
        }
        let row = trimmed(&rest[..end]);
        let cells = reader.read(row, row.len());
        let cells = cells.map(|cell| String::from_utf8_lossy(cell.text).trim().to_owned()).collect();
        rows.push(HeadRow { end: from + end, cells, is_utf8: str::from_utf8(row).is_ok() });
        from += end;
    }
    rows
}

/// Rows that are being looked at.
struct FirstRows<'r, 'n> {
    rows: &'r [HeadRow],
    names: &'n BankNames<'n>,
}

/// The rows of a header, and the names that they give each column.
struct Found {
    first: usize,
    last: usize,
    columns: Vec<Vec<String>>,
}

impl FirstRows<'_, '_> {
    fn header(&self) -> Found {
        if let Some(json) = self.rows.iter().position(is_import_ids) {
            let first = json.saturating_sub(2);
            return Found { first, last: json, columns: columns(&self.rows[first..json]) };
        }
        let first = self.first();
        let Some([above, below]) = self.rows.get(first..first + 2) else {
            let columns = self.rows.get(first).map(|row| columns(std::slice::from_ref(row))).unwrap_or_default();
            return Found { first, last: first, columns };
        };
        if let Some(columns) = self.choices_below(&above.cells, &below.cells) {
            return Found { first, last: first + 1, columns };
        }
        let has_texts = self.has_texts(&above.cells, &below.cells);
        let last = if has_texts { first + 1 } else { first };
        Found { first, last, columns: columns(&self.rows[first..=last]) }
    }

    /// Returns the first row with columns about questions. A title may name one question, and a header below it more.
    fn first(&self) -> usize {
        let Some(first) = self.rows.iter().position(|row| self.count(row) > 0) else { return 0 };
        if self.rows[first].cells.iter().filter(|cell| !cell.is_empty()).count() > 1 {
            return first;
        }
        let better = (first + 1..self.rows.len()).find(|&row| self.count(&self.rows[row]) > 1);
        better.unwrap_or(first)
    }

    /// Returns the number of columns that are about questions.
    fn count(&self, row: &HeadRow) -> usize {
        row.cells.iter().filter(|cell| self.is_about(cell)).count()
    }

    /// Returns true if a header is about a question, understood or not.
    fn is_about(&self, cell: &str) -> bool {
        !cell.is_empty() && !matches!(self.names.column(cell), ColumnMatch::Role(ColumnRole::Ignored, _))
    }

    /// Returns the names of columns whose questions stand above and whose choices stand below; `None` if the row below is
    /// no part of the header.
    fn choices_below(&self, above: &[String], below: &[String]) -> Option<Vec<Vec<String>>> {
        let (mut question, mut columns, mut parts, mut responses, mut others) = ("", Vec::new(), 0, 0, 0);
        for (index, name) in above.iter().enumerate() {
            let choice = below.get(index).map_or("", String::as_str);
            if !name.is_empty() {
                question = name;
            }
            if choice.is_empty() {
                columns.push(vec![name.clone()]);
                continue;
            }
            let joined = format!("{question} [{choice}]");
            let is_question = self.is_about(question);
            if is_response(choice) {
                responses += usize::from(is_question);
                columns.push(vec![question.to_owned()]);
            } else if matches!(self.names.column(&joined), ColumnMatch::Role(role, _) if role.question().is_some()) {
                // A row of answers can have a choice below its question, though none below a blank.
                parts += usize::from(name.is_empty());
                columns.push(vec![joined]);
            } else if is_open_ended(choice) {
                columns.push(vec![format!("{question} other")]);
            } else {
                others += usize::from(is_question);
                columns.push(vec![joined]);
            }
        }
        (parts > 0 || responses > 0 && others == 0).then_some(columns)
    }

    /// Returns true if the row below has the text of a question, as no row of answers does.
    fn has_texts(&self, above: &[String], below: &[String]) -> bool {
        above.iter().any(|cell| !cell.is_empty()) && below.iter().any(|cell| self.is_text(cell))
    }

    fn is_text(&self, cell: &str) -> bool {
        match self.names.column(cell) {
            ColumnMatch::Role(ColumnRole::Question(question), MatchReason::Text | MatchReason::Spelling) => {
                fold(cell) != fold(&self.names.bank.questions[question].id)
            }
            _ => false,
        }
    }
}

/// Returns the names that rows give each column.
fn columns(rows: &[HeadRow]) -> Vec<Vec<String>> {
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    (0..count)
        .map(|column| rows.iter().map(|row| row.cells.get(column).cloned().unwrap_or_default()).collect())
        .collect()
}

/// Returns true if a row has an id in JSON for each column, as Qualtrics writes it.
fn is_import_ids(row: &HeadRow) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| cell.starts_with('{') && cell.contains("ImportId"))
}
