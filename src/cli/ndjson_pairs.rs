//! Reads sheets for two banks: one JSON object a line from a file or stream of any length, or one file of answers.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use serde::de::IgnoredAny;

use crate::answers::PairedSheets;
use crate::bank::{Bank, Diagnostic, LARGEST_FILE, ProblemKind};
use crate::cli::error::Error;
use crate::cli::streams::{input_name, open_input};

/// Bytes of a longer one that are passed over before it counts as endless, as that of `/dev/zero` is.
const ENDLESS: u64 = 1 << 26;

/// Sheets one at a time, each for two banks.
pub(super) struct SheetPairs<'b> {
    pub(super) name: String,
    old: &'b Bank,
    new: &'b Bank,
    /// The sheet of a file that holds one.
    single: Option<PairedSheets<'b>>,
    lines: Box<dyn BufRead>,
    line: u64,
}

/// The number of a line, and its sheet or why it is none.
type Numbered<'b> = (u64, Result<PairedSheets<'b>, Vec<Diagnostic>>);

impl<'b> SheetPairs<'b> {
    /// Opens a file, or standard input for `-`. If its first line is a whole JSON object it has a sheet a line; else it
    /// is one sheet, unless other lines show that only the first one is broken.
    ///
    /// A file that is one sheet is read here, so that what is wrong with it is known before any work is done.
    pub(super) fn open(file: &Path, old: &'b Bank, new: &'b Bank) -> Result<Self, Error> {
        let name = input_name(file);
        let mut reader = BufReader::new(open_input(file)?);
        let (mut head, mut first) = (Vec::new(), Vec::new());
        while first.trim_ascii().is_empty() && head.len() <= LARGEST_FILE {
            first.clear();
            if take(&mut reader, &mut first).map_err(Error::read(&name))? == 0 {
                break;
            }
            head.extend_from_slice(&first);
        }
        let mut single = None;
        if !first.trim_ascii().is_empty() && !is_object(&first) {
            let limit = u64::try_from((LARGEST_FILE + 1).saturating_sub(head.len())).unwrap_or_default();
            reader.by_ref().take(limit).read_to_end(&mut head).map_err(Error::read(&name))?;
            let is_whole = head.len() <= LARGEST_FILE;
            if is_whole && (is_json(&head) || !head.split(|&byte| byte == b'\n').any(is_object)) {
                single = Some(PairedSheets::read(old, new, &head).map_err(|problems| Error::Answers {
                    name: name.clone(),
                    text: String::from_utf8_lossy(&head).into_owned(),
                    problems,
                })?);
                head.clear();
            }
        }
        Ok(Self { name, old, new, single, lines: Box::new(Cursor::new(head).chain(reader)), line: 0 })
    }

    /// Returns the next sheet with its line, `None` at the end. An error means that the file fails, not that a line is
    /// no sheet.
    pub(super) fn next(&mut self) -> Result<Option<Numbered<'b>>, Error> {
        if let Some(sheets) = self.single.take() {
            return Ok(Some((1, Ok(sheets))));
        }
        loop {
            let mut line = Vec::new();
            if take(&mut self.lines, &mut line).map_err(Error::read(&self.name))? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if !line.trim_ascii().is_empty() {
                return Ok(Some((self.line, self.sheet(&line))));
            }
        }
    }

    fn sheet(&self, line: &[u8]) -> Result<PairedSheets<'b>, Vec<Diagnostic>> {
        let line = line.trim_ascii_end();
        if line.len() > LARGEST_FILE {
            let message =
                format!("the line has more than {LARGEST_FILE} bytes; remove everything that is not an answer");
            return Err(vec![Diagnostic { message, ..ProblemKind::RowTooLarge.diagnostic() }]);
        }
        if !unmarked(line).starts_with(b"{") && std::str::from_utf8(line).is_ok() {
            return Err(vec![ProblemKind::NotAnObject.diagnostic()]);
        }
        PairedSheets::read(self.old, self.new, line)
            .map_err(|problems| problems.iter().map(|problem| problem.diagnostic(&self.name)).collect())
    }
}

/// Reads a line with its end, or a little too much of one that is too long and none of its rest, if that has an end.
/// Returns how much was read, zero at the end.
fn take(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    let most = LARGEST_FILE + 2;
    let read = reader.by_ref().take(u64::try_from(most).unwrap_or(u64::MAX)).read_until(b'\n', line)?;
    if read == most && !line.ends_with(b"\n") {
        let rest = reader.by_ref().take(ENDLESS).skip_until(b'\n')?;
        if u64::try_from(rest).is_ok_and(|rest| rest == ENDLESS) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a line has more than {ENDLESS} bytes")));
        }
        line.push(b'\n');
    }
    Ok(read)
}

fn unmarked(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text).trim_ascii_start()
}

fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(unmarked(text)).is_ok()
}

fn is_object(line: &[u8]) -> bool {
    unmarked(line).starts_with(b"{") && is_json(line)
}
