//! A file of many sheets as it is opened: what it is written in, what its header says, and its rows block by block.

use std::io::{self, Cursor, Read};

use crate::bank::{Bank, quoted};

use super::Form;
use super::archive::{MOST_UNPACKED, too_large};
use super::block::{Blocks, RowBlock};
use super::file_type::{FileType, HEAD};
use super::header::{Header, Layout};
use super::import_options::ImportOptions;
use super::reader::RowReader;
use super::table::{RowEnd, row_end, trimmed};
use super::unpack::{SheetTable, Unpacked, no_sheet, unpack_foreign};

/// What may stand between the cells of a table.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A stream of sheets, opened.
#[derive(Debug)]
pub struct Rows<R> {
    blocks: Blocks<Text<R>>,
    layout: Layout,
    /// What somebody should know about the file: columns that are left alone, questions without one.
    pub notes: Vec<String>,
}

/// The source of the text: the stream itself, or a text that was packed in it.
#[derive(Debug)]
enum Text<R> {
    Stream(R),
    Unpacked(Cursor<Vec<u8>>),
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.read(buffer),
            Self::Unpacked(text) => text.read(buffer),
        }
    }
}

/// Why a stream has no sheets.
#[derive(Debug)]
pub enum Unreadable {
    /// It cannot be read.
    Failed(io::Error),
    /// What is wrong with it and what to do, one thing or more.
    Wrong(Vec<String>),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

impl<R: Read> Rows<R> {
    /// Looks at the beginning of a stream: lines of JSON begin with a brace, a workbook or an archive is unpacked, everything
    /// else is a table with a header.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is none of this, or its header names no question of the bank or one twice.
    pub fn open(reader: R, bank: &Bank, options: &ImportOptions) -> Result<Self, Unreadable> {
        let mut blocks = Blocks::new(Text::Stream(reader));
        let head = blocks.peek(|bytes| bytes.len() >= HEAD || bytes.contains(&b'\n'))?;
        match FileType::of(head) {
            None => {
                no_sheet(options.sheet.as_deref()).map_err(|told| wrong(&told))?;
                Self::text(blocks, bank)
            }
            Some(FileType::Zip | FileType::Ole) => Self::packed(blocks, bank, options),
            Some(other) => Err(wrong(&format!("the file is {}; {}", other.name(), other.advice()))),
        }
    }

    /// Unpacks a stream and looks at what was packed in it: of a workbook, the first sheet whose header names questions.
    fn packed(mut blocks: Blocks<Text<R>>, bank: &Bank, options: &ImportOptions) -> Result<Self, Unreadable> {
        let bytes = blocks.all(MOST_UNPACKED)?;
        let bytes = bytes.ok_or_else(|| wrong(&too_large()))?;
        let tables = match unpack_foreign(&bytes, options.sheet.as_deref()).map_err(|told| wrong(&told))? {
            Unpacked::Text(text) => return Self::text(Blocks::new(Text::Unpacked(Cursor::new(text))), bank),
            Unpacked::Tables(tables) => tables,
        };
        drop(bytes);
        let mut first = None;
        let is_alone = tables.len() == 1;
        for SheetTable { name, text } in tables {
            match Self::table(Blocks::new(Text::Unpacked(Cursor::new(text))), bank, Some(b',')) {
                Ok(mut rows) => {
                    if !is_alone {
                        rows.notes
                            .insert(0, format!("read the sheet {}; `--sheet NAME` reads another one", quoted(&name)));
                    }
                    return Ok(rows);
                }
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(first.unwrap_or_else(|| wrong("the workbook has no sheets")))
    }

    /// Looks at the beginning of a text.
    fn text(mut blocks: Blocks<Text<R>>, bank: &Bank) -> Result<Self, Unreadable> {
        if blocks.peek(|bytes| bytes.len() >= 3)?.starts_with(b"\xEF\xBB\xBF") {
            blocks.skip(3);
        }
        let begun = |bytes: &[u8]| bytes.iter().position(|byte| !byte.is_ascii_whitespace());
        let head = blocks.peek(|bytes| begun(bytes).is_some())?;
        let layout = match begun(head).and_then(|at| head.get(at).copied()) {
            Some(b'{') if opens_alone(&mut blocks)? => {
                return Err(wrong(
                    "the file is JSON spread over several lines; write one object per line, as `jq -c .` does",
                ));
            }
            None | Some(b'{') => Layout::Lines,
            Some(b'[') => {
                return Err(wrong("the file is a JSON list; write one object per line, as `jq -c '.[]'` does"));
            }
            Some(_) => return Self::table(blocks, bank, None),
        };
        Ok(Self { blocks, layout, notes: Vec::new() })
    }

    /// Returns the form of the file.
    pub fn form(&self) -> Form {
        match self.layout {
            Layout::Lines => Form::Ndjson,
            Layout::Table { .. } => Form::Csv,
        }
    }

    /// Reads the header of a table; its delimiter may be known already.
    fn table(mut blocks: Blocks<Text<R>>, bank: &Bank, delimiter: Option<u8>) -> Result<Self, Unreadable> {
        let head = blocks.peek(|bytes| bytes.contains(&b'\n'))?;
        let empty = head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or_default();
        blocks.skip(empty);
        // Excel names the separator in a line of its own.
        let head = blocks.peek(|bytes| bytes.contains(&b'\n'))?;
        let named = head.strip_prefix(b"sep=").and_then(<[u8]>::first).copied();
        let named = named.filter(|separator| !matches!(separator, b'\r' | b'\n' | b'"'));
        if named.is_some() {
            let line = head.iter().position(|&byte| byte == b'\n').map_or(head.len(), |end| end + 1);
            blocks.skip(line);
        }
        // Where a cell is quoted, each delimiter may see the row end elsewhere, and which one holds is not known yet.
        let ends = |end: RowEnd| matches!(end, RowEnd::Whole(_) | RowEnd::Broken(_));
        let head = blocks.peek(|bytes| DELIMITERS.iter().all(|&delimiter| ends(row_end(bytes, delimiter))))?.to_vec();
        if head.contains(&b'\r') && !head.contains(&b'\n') && memchr::memchr_iter(b'\r', &head).count() > 1 {
            return Err(wrong(RETURNS));
        }
        let candidates = delimiter.or(named).map_or(DELIMITERS.to_vec(), |named| vec![named]);
        let headers = candidates.into_iter().filter_map(|delimiter| {
            let end = match row_end(&head, delimiter) {
                RowEnd::Whole(end) => end,
                RowEnd::Unfinished if blocks.is_last() => head.len(),
                _ => return None,
            };
            Some((end, Header::new(trimmed(head.get(..end)?), delimiter, bank)))
        });
        let Some((end, header)) = headers.max_by_key(|(_, header)| header.weight()) else {
            let is_long = DELIMITERS.iter().all(|&delimiter| row_end(&head, delimiter) == RowEnd::Unfinished);
            return Err(wrong(if is_long {
                "the first line is too long for the header of a table; remove columns that are not answers"
            } else {
                "the header of the table has a quote that is not closed; fix it"
            }));
        };
        header.check(bank).map_err(Unreadable::Wrong)?;
        blocks.skip(end);
        blocks.delimiter = Some(header.delimiter);
        let notes = header.notes(bank);
        Ok(Self { blocks, layout: header.layout(), notes })
    }

    /// Returns what decodes its blocks. `shares` says what each outcome of each scored question adds to the key of a row.
    pub(crate) fn reader<'b>(&self, bank: &'b Bank, shares: &[Vec<u64>]) -> RowReader<'b> {
        RowReader::new(bank, shares, &self.layout)
    }

    /// Fills a block with the next whole rows; false at the end.
    pub(crate) fn next(&mut self, block: &mut RowBlock) -> io::Result<bool> {
        self.blocks.next(block)
    }
}

const RETURNS: &str = "the lines of the file end in returns alone, as on an old Macintosh; save it as CSV in UTF-8 again, or \
     change them with `tr '\\r' '\\n'`";

/// Returns true if a brace stands alone on the first line that is not blank, as programs write JSON for people.
fn opens_alone(blocks: &mut Blocks<impl Read>) -> io::Result<bool> {
    let first = |bytes: &[u8]| bytes.trim_ascii_start().iter().position(|byte| *byte == b'\n');
    let head = blocks.peek(|bytes| first(bytes).is_some())?;
    Ok(first(head)
        .is_some_and(|end| head.trim_ascii_start().get(1..end).is_some_and(|rest| rest.trim_ascii().is_empty())))
}

fn wrong(what: &str) -> Unreadable {
    Unreadable::Wrong(vec![what.to_owned()])
}
