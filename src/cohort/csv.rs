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

/// The first cell of a row without its line break, in which every quote is closed, and how far on the next one begins:
/// one more than there is where this is the last.
#[inline]
pub(super) fn cell(row: &[u8], delimiter: u8) -> (Cow<'_, [u8]>, usize) {
    if row.first() == Some(&b'"') {
        let closing = closing(row).unwrap_or(row.len());
        return (unquoted(row.get(1..closing).unwrap_or_default()), closing + 2);
    }
    // Cells are short: looking byte by byte is faster than a search that is made for long texts.
    let end = row.iter().position(|&byte| byte == delimiter).unwrap_or(row.len());
    (Cow::Borrowed(row.get(..end).unwrap_or_default()), end + 1)
}

/// All cells of a row without its line break.
pub(super) fn cells(row: &[u8], delimiter: u8) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let (cell, next) = cell(rest?, delimiter);
        rest = rest?.get(next..);
        Some(cell)
    })
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
