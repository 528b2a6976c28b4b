//! A stream cut into blocks of whole rows, so that threads can work on them independently.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};

use super::table::{LONGEST_ROW, RowEnd, row_end};

/// Most bytes to read at once: enough for thousands of rows, little enough to stay in a processor's cache.
const SIZE: usize = 1 << 18;

/// Bytes to read at first, so that the rows of a small file are work for several threads too.
const FIRST_SIZE: usize = 1 << 12;

/// What is kept of a row that is too long, in bytes.
pub(super) const KEPT_OF_LONG_ROW: usize = 80;

/// Some whole rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowBlock {
    bytes: Vec<u8>,
    /// Number of the first line.
    pub(super) line: u64,
    /// True if the block holds only the beginning of one row that is longer than [`LONGEST_ROW`].
    pub(super) too_long: bool,
}

impl RowBlock {
    /// Creates a block of rows, the first of which is on the first line.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self { bytes, line: 1, too_long: false }
    }

    /// Returns the rows.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads at most so many bytes more. Returns how many came, 0 at the end.
    fn read(&mut self, reader: &mut impl Read, most: usize) -> io::Result<usize> {
        let start = self.bytes.len();
        self.bytes.resize(start + most, 0);
        let count = loop {
            match reader.read(&mut self.bytes[start..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.bytes.truncate(start + count);
        Ok(count)
    }
}

/// The stream behind the blocks.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    reader: R,
    /// What has been read and not been handed out.
    rest: Vec<u8>,
    /// Number of the line where the rest begins.
    line: u64,
    /// Bytes that have been read.
    count: usize,
    ended: bool,
    /// Separates the cells of a table; `None` for lines of JSON.
    pub(super) delimiter: Option<u8>,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, rest: Vec::new(), line: 1, count: 0, ended: false, delimiter: None }
    }

    /// Reads on until `is_enough`, the end of the stream or the longest row, and returns the bytes without consuming them.
    pub(super) fn peek(&mut self, is_enough: impl Fn(&[u8]) -> bool) -> io::Result<&[u8]> {
        let mut block = RowBlock { bytes: std::mem::take(&mut self.rest), ..RowBlock::default() };
        while !self.ended && !is_enough(block.bytes()) && block.bytes.len() <= LONGEST_ROW {
            self.read(&mut block)?;
        }
        self.rest = block.bytes;
        Ok(&self.rest)
    }

    /// Reads a little more, at first less than later.
    fn read(&mut self, block: &mut RowBlock) -> io::Result<()> {
        let count = block.read(&mut self.reader, (self.count / 16).clamp(FIRST_SIZE, SIZE))?;
        self.count += count;
        self.ended = count == 0;
        Ok(())
    }

    /// Reads everything, `None` if it is more than so many bytes.
    pub(super) fn all(&mut self, most: usize) -> io::Result<Option<Vec<u8>>> {
        let mut block = RowBlock { bytes: std::mem::take(&mut self.rest), ..RowBlock::default() };
        while !self.ended && block.bytes.len() <= most {
            self.read(&mut block)?;
        }
        Ok(Some(block.bytes).filter(|bytes| bytes.len() <= most))
    }

    /// Passes over the beginning of what has been peeked at.
    pub(super) fn skip(&mut self, count: usize) {
        let skipped = self.rest.drain(..count.min(self.rest.len()));
        self.line += memchr_iter(b'\n', skipped.as_slice()).count() as u64;
    }

    /// Changes the stream from what has been peeked at on.
    pub(super) fn edit(&mut self, edit: impl FnOnce(&mut R, &mut Vec<u8>)) {
        edit(&mut self.reader, &mut self.rest);
    }

    /// Returns true if the stream has ended with what has been peeked at.
    pub(super) fn is_last(&self) -> bool {
        self.ended
    }

    /// Fills a block with the next rows, as many as one read gives; false at the end.
    pub(super) fn next(&mut self, block: &mut RowBlock) -> io::Result<bool> {
        block.bytes.clear();
        block.too_long = false;
        self.take_rest(block, SIZE);
        loop {
            let whole = self.whole(block.bytes());
            if whole > 0 {
                self.keep(block, whole);
                return Ok(true);
            }
            if !self.rest.is_empty() {
                self.take_rest(block, usize::MAX);
                continue;
            }
            if self.ended {
                return Ok(false);
            }
            if block.bytes.len() > LONGEST_ROW {
                block.line = self.line;
                block.too_long = true;
                self.pass(block)?;
                return Ok(true);
            }
            self.read(block)?;
        }
    }

    /// Gives a block at most so many bytes of what has been read: much may have been peeked at, which is work for several
    /// threads.
    fn take_rest(&mut self, block: &mut RowBlock, most: usize) {
        let count = self.rest.len().min(most);
        block.bytes.extend(self.rest.drain(..count));
    }

    /// Keeps what is not whole for the next block.
    fn keep(&mut self, block: &mut RowBlock, whole: usize) {
        self.rest.splice(..0, block.bytes[whole..].iter().copied());
        block.bytes.truncate(whole);
        block.line = self.line;
        self.line += memchr_iter(b'\n', block.bytes()).count() as u64;
    }

    /// Passes over the rest of a line that is too long, of which the block keeps the beginning.
    fn pass(&mut self, block: &mut RowBlock) -> io::Result<()> {
        self.line += memchr_iter(b'\n', block.bytes()).count() as u64;
        block.bytes.truncate(KEPT_OF_LONG_ROW);
        let mut more = RowBlock::default();
        while !self.ended {
            more.bytes.clear();
            self.read(&mut more)?;
            if let Some(end) = memchr(b'\n', &more.bytes) {
                self.rest.extend_from_slice(&more.bytes[end + 1..]);
                self.line += 1;
                break;
            }
        }
        Ok(())
    }

    /// Returns true if a block has all that is left of the stream.
    fn is_all(&self) -> bool {
        self.ended && self.rest.is_empty()
    }

    /// Returns how many bytes are whole rows.
    fn whole(&self, bytes: &[u8]) -> usize {
        let Some(delimiter) = self.delimiter.filter(|_| memchr(b'"', bytes).is_some()) else {
            return match memrchr(b'\n', bytes) {
                _ if self.is_all() => bytes.len(),
                Some(end) => end + 1,
                None => 0,
            };
        };
        let mut whole = 0;
        loop {
            let rest = bytes.get(whole..).unwrap_or_default();
            match row_end(rest, delimiter) {
                _ if rest.is_empty() => return whole,
                RowEnd::Whole(end) => whole += end,
                RowEnd::Unfinished if self.is_all() => return bytes.len(),
                RowEnd::Broken(lines) if self.is_all() || rest.contains(&b'\n') => whole += lines,
                // A quote that is never closed spoils only its own line; the lines after it are rows again.
                RowEnd::Open(lines) if whole == 0 && (self.is_all() || rest.len() > LONGEST_ROW) => return lines,
                RowEnd::Broken(_) | RowEnd::Open(_) | RowEnd::Unfinished => return whole,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A stream that gives so many bytes at a time.
    struct Drops<'t>(&'t [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(buffer.len());
            self.0.read(&mut buffer[..most])
        }
    }

    /// Every block with the number of its first line and whether it is only the beginning of a row.
    fn blocks(text: &[u8], drops: usize, delimiter: Option<u8>) -> Vec<(u64, bool, Vec<u8>)> {
        let mut blocks = Blocks::new(Drops(text, drops));
        blocks.delimiter = delimiter;
        let (mut block, mut all) = (RowBlock::default(), Vec::new());
        while blocks.next(&mut block).unwrap() {
            all.push((block.line, block.too_long, block.bytes().to_vec()));
        }
        all
    }

    proptest! {
        /// However a stream is cut, its blocks are all of it, begin with a row each and know their line.
        #[test]
        fn blocks_hold_whole_rows(text in "([ab,]{0,3}|\"[a,\n\"]{0,4}\"|\n){0,30}", drops in 1_usize..40) {
            for delimiter in [None, Some(b',')] {
                let blocks = blocks(text.as_bytes(), drops, delimiter);
                let all: Vec<u8> = blocks.iter().flat_map(|(_, _, bytes)| bytes.clone()).collect();
                prop_assert_eq!(all, text.as_bytes());
                let mut line = 1;
                for (number, (first, _, bytes)) in blocks.iter().enumerate() {
                    prop_assert_eq!(*first, line);
                    line += memchr_iter(b'\n', bytes).count() as u64;
                    prop_assert!(number + 1 == blocks.len() || bytes.ends_with(b"\n"));
                }
            }
        }
    }

    #[test]
    fn a_row_that_is_too_long_is_passed_over() {
        let long = "x".repeat(LONGEST_ROW + 2 * SIZE);
        let text = format!("a\n{long}\nb\n");
        let blocks = blocks(text.as_bytes(), SIZE, None);
        let lengths: Vec<_> = blocks.iter().map(|(line, too_long, bytes)| (*line, *too_long, bytes.len())).collect();
        assert_eq!(lengths, [(1, false, 2), (2, true, KEPT_OF_LONG_ROW), (3, false, 2)]);
    }

    /// Every line ends inside quotes, whether the one before it does or not.
    #[test]
    fn lines_in_a_quote_that_is_never_closed_are_looked_at_once() {
        for end in ["", "\"x\n"] {
            let text = "x\",\"\n".repeat(3 * LONGEST_ROW / 5) + end;
            let blocks = blocks(text.as_bytes(), SIZE, Some(b','));
            let all: usize = blocks.iter().map(|(_, _, bytes)| bytes.len()).sum();
            assert!(all == text.len() && blocks.len() < 9, "{} blocks", blocks.len());
        }
    }

    #[test]
    fn what_is_peeked_at_is_read_all_the_same() {
        let mut blocks = Blocks::new(Drops(b"head\nrow\n", 3));
        assert_eq!(blocks.peek(|bytes| bytes.len() >= 2).unwrap(), b"hea");
        blocks.peek(|bytes| bytes.contains(&b'\n')).unwrap();
        blocks.skip(5);
        let mut block = RowBlock::default();
        assert!(blocks.next(&mut block).unwrap());
        assert_eq!((block.bytes(), block.line), (&b"row\n"[..], 2));
    }
}
