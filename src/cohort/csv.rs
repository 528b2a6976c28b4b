//! Tables as RFC 4180 and spreadsheet programs write them.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// Where a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Behind its line break, so many bytes on.
    Whole(usize),
    /// Something stands behind a closing quote.
    Broken,
    /// A quote is still open where the bytes end.
    Open,
    /// More has to be read to know.
    Unfinished,
}

/// Finds the end of the row that begins here. Nothing comes behind the last bytes.
pub(super) fn end(bytes: &[u8], delimiter: u8, is_last: bool) -> End {
    let last = if is_last { End::Whole(bytes.len()) } else { End::Unfinished };
    let mut cell = 0;
    loop {
        let rest = bytes.get(cell..).unwrap_or_default();
        if rest.first() == Some(&b'"') {
            let Some(behind) = closing(rest).map(|closing| closing + 1) else { return End::Open };
            match rest.get(behind..).unwrap_or_default() {
                [] | [b'\r'] => return last,
                [byte, ..] if *byte == delimiter => cell += behind + 1,
                [b'\n', ..] => return End::Whole(cell + behind + 1),
                [b'\r', b'\n', ..] => return End::Whole(cell + behind + 2),
                _ => return End::Broken,
            }
            continue;
        }
        match memchr2(delimiter, b'\n', rest) {
            Some(at) if rest.get(at) == Some(&b'\n') => return End::Whole(cell + at + 1),
            Some(at) => cell += at + 1,
            None => return last,
        }
    }
}

/// Where the quote is closed that a cell begins with.
fn closing(cell: &[u8]) -> Option<usize> {
    let mut from = 1;
    loop {
        let quote = from + memchr(b'"', cell.get(from..)?)?;
        if cell.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// The cells of a row without its line break, in which every quote is closed.
#[derive(Clone, Debug)]
pub(super) struct Cells<'r> {
    rest: Option<&'r [u8]>,
    delimiter: u8,
}

impl<'r> Cells<'r> {
    pub(super) fn new(row: &'r [u8], delimiter: u8) -> Self {
        Self { rest: Some(row), delimiter }
    }
}

impl<'r> Iterator for Cells<'r> {
    type Item = Cow<'r, [u8]>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest?;
        if rest.first() == Some(&b'"') {
            let closing = closing(rest).unwrap_or(rest.len());
            let inside = rest.get(1..closing).unwrap_or_default();
            self.rest = rest.get(closing + 2..).filter(|_| rest.get(closing + 1) == Some(&self.delimiter));
            return Some(unquoted(inside));
        }
        // Cells are short: looking byte by byte is faster than a search that is made for long texts.
        let end = rest.iter().position(|&byte| byte == self.delimiter);
        let cell = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.rest = end.and_then(|end| rest.get(end + 1..));
        Some(Cow::Borrowed(cell))
    }
}

/// The inside of a quoted cell, where a quote is written twice.
fn unquoted(inside: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'"', inside).is_none() {
        return Cow::Borrowed(inside);
    }
    let mut plain = Vec::with_capacity(inside.len());
    let mut escaped = false;
    for &byte in inside {
        escaped = byte == b'"' && !escaped;
        if !escaped {
            plain.push(byte);
        }
    }
    Cow::Owned(plain)
}

/// A row without its line break.
#[inline]
pub(super) fn trimmed(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// Writes a cell, quoted where it has to be.
pub(super) fn write(cell: &[u8], out: &mut Vec<u8>) {
    let is_plain = |byte: &u8| !matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if cell.iter().all(is_plain) {
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
