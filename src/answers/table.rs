//! Rows of a table in CSV (RFC 4180, with any delimiter): where each one ends, and its cells; csv-core decodes those with
//! doubled quotes.

use std::slice;

use csv_core::{Reader, ReaderBuilder, Terminator};
use memchr::{memchr, memchr2, memrchr};

use crate::bank::LARGEST_FILE;

use super::cell::Cell;

/// Longest row, in bytes.
pub(super) const LONGEST_ROW: usize = LARGEST_FILE;

/// Where a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowEnd {
    /// Behind its line break, this many bytes on.
    Whole(usize),
    /// Something other than a delimiter or a line break stands behind a closing quote. So many bytes are lines up to
    /// there, which are rows of their own.
    Broken(usize),
    /// A quote is still open where the bytes end. So many bytes are lines that would be rows of their own.
    Open(usize),
    /// No line break has come yet.
    Unfinished,
}

/// Finds the end of the row at the beginning of `bytes`. Of a row that is longer than any may be, only so many bytes are
/// looked at for quotes, so that it ends at the same place however much of it has been read.
pub(super) fn row_end(bytes: &[u8], delimiter: u8) -> RowEnd {
    let window = bytes.get(..=LONGEST_ROW).unwrap_or(bytes);
    match row_end_in(window, delimiter) {
        RowEnd::Unfinished if window.len() < bytes.len() => match memchr(b'\n', &bytes[LONGEST_ROW..]) {
            Some(at) => RowEnd::Whole(LONGEST_ROW + at + 1),
            None => RowEnd::Unfinished,
        },
        end => end,
    }
}

/// Finds the end of a row. A quote opens a cell only where the cell begins; anywhere else it is a character like any other.
fn row_end_in(bytes: &[u8], delimiter: u8) -> RowEnd {
    let mut from = 0;
    while let Some(at) = memchr2(b'"', b'\n', bytes.get(from..).unwrap_or_default()).map(|at| from + at) {
        if bytes[at] == b'\n' {
            return RowEnd::Whole(at + 1);
        }
        if at > 0 && bytes[at - 1] != delimiter {
            from = at + 1;
            continue;
        }
        let Some(quote) = closing_quote(bytes, at) else { return RowEnd::Open(lines_before(bytes, bytes.len())) };
        match &bytes[quote + 1..] {
            [] | [b'\r'] => return RowEnd::Unfinished,
            [b'\n', ..] | [b'\r', b'\n', ..] => {}
            [byte, ..] if *byte == delimiter => {}
            _ => return RowEnd::Broken(lines_before(bytes, quote)),
        }
        from = quote + 1;
    }
    RowEnd::Unfinished
}

/// Returns the position of the quote that closes the one at `open`, `None` if none does. A quote inside is doubled.
fn closing_quote(bytes: &[u8], open: usize) -> Option<usize> {
    let mut from = open + 1;
    loop {
        let quote = from + memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// Returns how many bytes are lines that end before a position, at least the first line. The quotes of one that is not
/// closed are looked at once for all of them: they could be looked at for each again only in quadratic time.
fn lines_before(bytes: &[u8], position: usize) -> usize {
    memrchr(b'\n', &bytes[..position]).map_or_else(|| line_end(bytes), |end| end + 1)
}

/// Returns where the first line ends, behind its line break.
pub(super) fn line_end(bytes: &[u8]) -> usize {
    memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1)
}

/// Returns a row without its line break.
pub(super) fn trimmed(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// Splits rows into cells, reusing its memory from row to row.
#[derive(Debug)]
pub(super) struct CellReader {
    delimiter: u8,
    reader: Reader,
    /// Where each cell of the row begins and ends.
    spans: Vec<(usize, usize)>,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl CellReader {
    pub(super) fn new(delimiter: u8) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(delimiter).terminator(Terminator::Any(b'\n')).build();
        // csv-core drops a byte order mark from the first row it sees, which is mid-file here; so it sees another row first.
        reader.read_record(b"-\n", &mut [0; 2], &mut [0; 2]);
        Self { delimiter, reader, spans: Vec::new(), text: Vec::new(), ends: vec![0; 64] }
    }

    /// Splits a row whose quotes match, given without its line break at the beginning of a text.
    pub(super) fn read<'r>(&'r mut self, text: &'r [u8], row: usize) -> Cells<'r> {
        self.spans.clear();
        if memchr(b'"', &text[..row]).is_none() {
            self.split(&text[..row]);
        } else if !self.find(&text[..row]) {
            let length = self.unquote(&text[..row]);
            return Cells { text: &self.text[..length], spans: self.spans.iter() };
        }
        Cells { text, spans: self.spans.iter() }
    }

    /// Finds the cells of a row without quotes, 64 bytes at a time: most cells are too short for a search of their own.
    fn split(&mut self, row: &[u8]) {
        let mut start = 0;
        let (chunks, rest) = row.as_chunks::<64>();
        let mut last = [!self.delimiter; 64];
        last[..rest.len()].copy_from_slice(rest);
        for (number, chunk) in chunks.iter().chain([&last]).enumerate() {
            let mut found = positions(chunk, self.delimiter);
            while found != 0 {
                let end = 64 * number + found.trailing_zeros() as usize;
                self.spans.push((start, end));
                (start, found) = (end + 1, found & (found - 1));
            }
        }
        self.spans.push((start, row.len()));
    }

    /// Finds the cells of a row with quotes. Returns false if one has doubled quotes and needs `unquote`.
    fn find(&mut self, row: &[u8]) -> bool {
        let mut at = 0;
        loop {
            let cell = &row[at..];
            let end = if cell.first() == Some(&b'"') {
                let Some(quote) = memchr(b'"', &cell[1..]).map(|length| at + 1 + length) else { return false };
                self.spans.push((at + 1, quote));
                quote + 1
            } else {
                let end = memchr(self.delimiter, cell).map_or(row.len(), |length| at + length);
                self.spans.push((at, end));
                end
            };
            match row.get(end) {
                None => return true,
                Some(byte) if *byte == self.delimiter => at = end + 1,
                Some(_) => return false,
            }
        }
    }

    /// Removes the quotes of a row and halves doubled ones. Returns how long the text of its cells is then.
    fn unquote(&mut self, row: &[u8]) -> usize {
        // No cell is longer than its row; one byte more, since the reader wants room for output to read the line break.
        self.text.resize(self.text.len().max(row.len() + 1), 0);
        let (mut length, mut count) = (0, 0);
        for mut input in [row, b"\n"] {
            while !input.is_empty() {
                if count == self.ends.len() {
                    self.ends.resize(2 * count, 0);
                }
                let (_, read, written, ended) =
                    self.reader.read_record(input, &mut self.text[length..], &mut self.ends[count..]);
                (input, length, count) = (&input[read..], length + written, count + ended);
            }
        }
        self.spans.clear();
        let starts = std::iter::once(&0).chain(&self.ends);
        self.spans.extend(starts.zip(&self.ends).take(count).map(|(start, end)| (*start, *end)));
        length
    }
}

impl Clone for CellReader {
    /// Makes a new reader: a cloned csv-core reader splits at every byte.
    fn clone(&self) -> Self {
        Self::new(self.delimiter)
    }
}

/// Returns a bit for each byte that equals the given one, that of the first byte lowest.
fn positions(bytes: &[u8; 64], byte: u8) -> u64 {
    /// Moves the highest bits of all bytes into the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let words = bytes.as_chunks::<8>().0.iter().rev();
    words.fold(0, |positions, word| {
        let found = equal_bytes(u64::from_le_bytes(*word), byte);
        positions << 8 | (found >> 7).wrapping_mul(GATHER) >> 56
    })
}

/// Returns the highest bit of each byte of a word that equals the given one, as in Warren, Hacker's Delight, section 6-1.
fn equal_bytes(word: u64, byte: u8) -> u64 {
    const LOW_BITS: u64 = u64::from_ne_bytes([0x7F; 8]);
    let difference = word ^ u64::from_ne_bytes([byte; 8]);
    !(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS)
}

/// The cells of one row in their order, without their quotes.
#[derive(Clone, Debug)]
pub(super) struct Cells<'r> {
    text: &'r [u8],
    spans: slice::Iter<'r, (usize, usize)>,
}

impl<'r> Iterator for Cells<'r> {
    type Item = Cell<'r>;

    #[inline]
    fn next(&mut self) -> Option<Cell<'r>> {
        self.spans.next().map(|&(start, end)| Cell::within(self.text, start, end))
    }
}

impl ExactSizeIterator for Cells<'_> {
    fn len(&self) -> usize {
        self.spans.len()
    }
}

/// Writes a cell of a comma-separated row, quoted where it has to be.
pub(super) fn write_cell(cell: &[u8], out: &mut Vec<u8>) {
    if !cell.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(cell);
        return;
    }
    out.push(b'"');
    for &byte in cell {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(row: &[u8], delimiter: u8) -> Vec<String> {
        let mut reader = CellReader::new(delimiter).clone();
        reader.read(row, row.len()).map(|cell| String::from_utf8_lossy(cell.text).into_owned()).collect()
    }

    #[test]
    fn quotes_are_removed_and_doubled_ones_halved() {
        assert_eq!(
            cells(
                br#"a,"b,""c""
",,5" pipe,"#,
                b','
            ),
            ["a", "b,\"c\"\n", "", "5\" pipe", ""]
        );
        assert_eq!(cells("\u{feff}a;b\r".as_bytes(), b';'), ["\u{feff}a", "b\r"]);
        assert_eq!(cells(b"\"a;b\";\"\";c", b';'), ["a;b", "", "c"]);
        assert_eq!(cells(b"\"\"\"\"", b';'), ["\""]);
    }

    #[test]
    fn rows_end_behind_line_breaks_outside_of_quotes() {
        assert_eq!(row_end(b"a,\"b\nc\",d\nrest", b','), RowEnd::Whole(10));
        assert_eq!(row_end(b"\"a\"\r\nrest", b','), RowEnd::Whole(5));
        assert_eq!(row_end(b"5\" pipe\nrest", b','), RowEnd::Whole(8));
        assert_eq!(row_end(b"a;\"b\"\"\n\";\n", b';'), RowEnd::Whole(10));
        assert_eq!(row_end(b"a,\"b\n", b','), RowEnd::Open(5));
        assert_eq!(row_end(b"a,\"b\nc\nd", b','), RowEnd::Open(7));
        assert_eq!(row_end(b"\"a\"b\nc\n", b','), RowEnd::Broken(5));
        assert_eq!(row_end(b"\"a\nb\nc\"d\n", b','), RowEnd::Broken(5));
        for unfinished in [&b"a,b"[..], b"", b"\"a\"", b"\"a\"\r"] {
            assert_eq!(row_end(unfinished, b','), RowEnd::Unfinished);
        }
    }

    proptest! {
        #[test]
        fn rows_without_quotes_are_split_at_every_delimiter(row in "[a+,\\-é\u{80}\\x00]{0,200}") {
            prop_assert_eq!(cells(row.as_bytes(), b','), row.split(',').collect::<Vec<_>>());
        }

        /// More cells than the reader has room for at first are read too.
        #[test]
        fn what_is_written_is_read_again(rows in proptest::collection::vec("[a-c,;\"\r\n é]{0,9}", 1..200)) {
            let mut row = Vec::new();
            for (number, cell) in rows.iter().enumerate() {
                if number > 0 {
                    row.push(b',');
                }
                write_cell(cell.as_bytes(), &mut row);
            }
            // A row of one empty cell is a blank line.
            prop_assume!(!row.is_empty());
            prop_assert_eq!(&cells(&row, b','), &rows);
            row.push(b'\n');
            prop_assert_eq!(row_end(&row, b','), RowEnd::Whole(row.len()));
            prop_assert_eq!(trimmed(&row), &row[..row.len() - 1]);
        }
    }
}
