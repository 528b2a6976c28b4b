//! A file of many sheets as it is opened: what it is written in, what its header says, and its rows block by block.

use std::io::{self, Cursor, Read};

use crate::bank::{Bank, Kind, quoted};

use super::Form;
use super::archive::{MOST_UNPACKED, too_large};
use super::block::{Blocks, RowBlock};
use super::file_type::{FileType, HEAD};
use super::head::{Head, is_enough};
use super::header::{HeaderColumn, RowLayout};
use super::import_options::ImportOptions;
use super::json_items::JsonItems;
use super::reader::RowReader;
use super::spelling::{BankNames, ColumnRole, FirstStep};
use super::table::{RowEnd, row_end};
use super::unpack::{SheetTable, Unpacked, no_sheet, unpack_foreign};

/// What may stand between the cells of a table.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Bytes to look at before anything is scored.
const FIRST_LOOK: usize = 1 << 20;

/// A stream of sheets, opened.
#[derive(Debug)]
pub struct Rows<R> {
    blocks: Blocks<JsonItems<Text<R>>>,
    layout: RowLayout,
    first_steps: Vec<FirstStep>,
    options: ImportOptions,
    /// Every column of a table, with what it became and why.
    pub(crate) columns: Vec<HeaderColumn>,
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
    /// When it cannot be read, or is none of this, or something of its header is not understood.
    pub fn open(reader: R, bank: &Bank, options: &ImportOptions) -> Result<Self, Unreadable> {
        let mut blocks = Blocks::new(JsonItems::new(Text::Stream(reader)));
        let head = blocks.peek(|bytes| bytes.len() >= HEAD || bytes.contains(&b'\n'))?;
        match FileType::of(head) {
            None => {
                no_sheet(options.sheet.as_deref()).map_err(|told| wrong(&told))?;
                Self::text(blocks, bank, options)
            }
            Some(FileType::Zip | FileType::Ole) => Self::packed(blocks, bank, options),
            Some(other) => Err(wrong(&format!("the file is {}; {}", other.name(), other.advice()))),
        }
    }

    /// Unpacks a stream and looks at what was packed in it: of a workbook, the first sheet whose header names questions.
    fn packed(
        mut blocks: Blocks<JsonItems<Text<R>>>,
        bank: &Bank,
        options: &ImportOptions,
    ) -> Result<Self, Unreadable> {
        let bytes = blocks.all(MOST_UNPACKED)?;
        let bytes = bytes.ok_or_else(|| wrong(&too_large()))?;
        let tables = match unpack_foreign(&bytes, options.sheet.as_deref()).map_err(|told| wrong(&told))? {
            Unpacked::Text(text) => {
                return Self::text(Blocks::new(JsonItems::new(Text::Unpacked(Cursor::new(text)))), bank, options);
            }
            Unpacked::Tables(tables) => tables,
        };
        drop(bytes);
        let mut first = None;
        let is_alone = tables.len() == 1;
        for SheetTable { name, text } in tables {
            match Self::table(Blocks::new(JsonItems::new(Text::Unpacked(Cursor::new(text)))), bank, Some(b','), options)
            {
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
    fn text(mut blocks: Blocks<JsonItems<Text<R>>>, bank: &Bank, options: &ImportOptions) -> Result<Self, Unreadable> {
        if blocks.peek(|bytes| bytes.len() >= 3)?.starts_with(b"\xEF\xBB\xBF") {
            blocks.skip(3);
        }
        let begun = |bytes: &[u8]| bytes.iter().position(|byte| !byte.is_ascii_whitespace());
        let head = blocks.peek(|bytes| begun(bytes).is_some())?;
        let layout = match begun(head).and_then(|at| head.get(at).copied()) {
            None => RowLayout::Lines,
            Some(b'[') => {
                blocks.edit(JsonItems::split);
                RowLayout::Lines
            }
            Some(b'{') => {
                if opens_alone(&mut blocks)? {
                    blocks.edit(JsonItems::split);
                }
                RowLayout::Lines
            }
            Some(_) => return Self::table(blocks, bank, None, options),
        };
        let names = BankNames::new(bank);
        let wrong = options.problems(&names);
        if !wrong.is_empty() {
            return Err(Unreadable::Wrong(wrong));
        }
        let first_steps = options.first_steps(&[], &names);
        let (columns, notes) = (Vec::new(), Vec::new());
        Self { blocks, layout, first_steps, options: options.clone(), columns, notes }.looked_at(bank)
    }

    /// Returns the form of the file.
    pub fn form(&self) -> Form {
        match self.layout {
            RowLayout::Lines => Form::Ndjson,
            RowLayout::Table { .. } => Form::Csv,
        }
    }

    /// Reads the header of a table; its delimiter may be known already.
    fn table(
        mut blocks: Blocks<JsonItems<Text<R>>>,
        bank: &Bank,
        delimiter: Option<u8>,
        options: &ImportOptions,
    ) -> Result<Self, Unreadable> {
        let head = blocks.peek(|bytes| bytes.contains(&b'\n'))?;
        let empty = head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or_default();
        blocks.skip(empty);
        // Excel names the separator in a line of its own.
        let head = blocks.peek(|bytes| bytes.contains(&b'\n'))?;
        let separator = head.strip_prefix(b"sep=").and_then(<[u8]>::first).copied();
        let separator = separator.filter(|separator| !matches!(separator, b'\r' | b'\n' | b'"'));
        if separator.is_some() {
            let line = head.iter().position(|&byte| byte == b'\n').map_or(head.len(), |end| end + 1);
            blocks.skip(line);
        }
        // Where a cell is quoted, each delimiter may see a row end elsewhere, and which one holds is not known yet.
        let head = blocks.peek(|bytes| DELIMITERS.iter().all(|&delimiter| is_enough(bytes, delimiter)))?.to_vec();
        if head.contains(&b'\r') && !head.contains(&b'\n') && memchr::memchr_iter(b'\r', &head).count() > 1 {
            return Err(wrong(RETURNS));
        }
        let candidates = delimiter.or(separator).map_or(DELIMITERS.to_vec(), |separator| vec![separator]);
        let names = BankNames::new(bank);
        let is_last = blocks.is_last();
        let heads =
            candidates.into_iter().filter_map(|delimiter| Head::new(&head, is_last, delimiter, &names, options));
        let Some(Head { header, end, is_broken }) = heads.max_by_key(|head| head.header.weight()) else {
            let is_long = DELIMITERS.iter().all(|&delimiter| row_end(&head, delimiter) == RowEnd::Unfinished);
            return Err(wrong(if is_long {
                "the first line is too long for the header of a table; remove columns that are not answers"
            } else {
                "the header of the table has a quote that is not closed; fix it"
            }));
        };
        if is_broken {
            return Err(wrong("the header is not UTF-8 text; save the file as UTF-8"));
        }
        header.check(options).map_err(Unreadable::Wrong)?;
        blocks.skip(end);
        blocks.delimiter = Some(header.delimiter);
        let (layout, first_steps, notes) = (header.layout(), header.first_steps(options), header.notes());
        let columns = header.columns().to_vec();
        Self { blocks, layout, first_steps, options: options.clone(), columns, notes }.looked_at(bank)
    }

    /// Looks at the first rows for scales that count from 0, before anything is made of them.
    fn looked_at(mut self, bank: &Bank) -> Result<Self, Unreadable> {
        if bank.questions.iter().all(|question| question.kind != Kind::Scale) {
            return Ok(self);
        }
        let bytes = self.blocks.peek(|bytes| bytes.len() >= FIRST_LOOK)?;
        let block = RowBlock::of(bytes.get(..FIRST_LOOK).unwrap_or(bytes).to_vec());
        let shares = bank.questions.iter().filter(|question| question.is_scored());
        let shares: Vec<Vec<u64>> = shares.map(|question| vec![0; question.outcomes().len()]).collect();
        let mut found: Vec<String> = Vec::new();
        self.reader(bank, &shares).read(&block, |read| {
            let id = read.as_ref().err().and_then(|row| row.error.zero_question());
            found.extend(id.filter(|id| !found.iter().any(|other| other == id)).map(str::to_owned));
        });
        let wrong: Vec<String> = found.iter().map(|id| self.zero_problem(id, bank)).collect();
        if wrong.is_empty() { Ok(self) } else { Err(Unreadable::Wrong(wrong)) }
    }

    /// Returns what is wrong with a file in which a question is answered by 0.
    fn zero_problem(&self, id: &str, bank: &Bank) -> String {
        let question = bank.question(id).map(|question| question.index);
        let column = self.columns.iter().find(|column| column.role.question() == question);
        let (name, steps) = (column.map_or(id, HeaderColumn::name), bank.scale.len());
        format!(
            "the column {} has a 0, and the steps of the scale are 1 to {steps}; if it counts from 0 to {}, add \
             `--from-zero` with its name, and if not, remove the 0",
            quoted(name),
            steps.saturating_sub(1)
        )
    }

    /// Returns the questions that the header of a table has columns for, by their positions in the bank; `None` for lines of
    /// JSON.
    pub(crate) fn questions(&self) -> Option<Vec<usize>> {
        let RowLayout::Table { roles, .. } = &self.layout else { return None };
        Some(roles.iter().filter_map(|role: &ColumnRole| role.question()).collect())
    }

    /// Returns what decodes its blocks. `shares` says what each outcome of each scored question adds to the key of a row.
    pub(crate) fn reader<'b>(&self, bank: &'b Bank, shares: &[Vec<u64>]) -> RowReader<'b> {
        RowReader::new(bank, shares, &self.layout, &self.first_steps, &self.options)
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
