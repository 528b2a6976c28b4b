//! From the bytes of a row to a row that is understood, on one thread.

use std::borrow::Cow;
use std::str;

use crate::bank::{Bank, Ending, Person, Problem, Value, WrongAnswer};
use crate::scoring::Model;

use super::super::csv::{self, End};
use super::Rejected;
use super::block::{BEGINNING, Block, LONGEST};
use super::column::Column;
use super::glance::{Order, Table};
use super::ndjson::{Found, Lines};
use super::row::{Id, Row};
use super::sheets::{About, Layout};

/// Reads rows into one row that is filled anew each time.
#[derive(Clone, Debug)]
pub(in crate::cohort) struct Reader<'b> {
    bank: &'b Bank,
    layout: Layout,
    pub(super) columns: Vec<Column<'b>>,
    table: Option<Table>,
    lines: Lines,
    order: Order,
    row: Row,
}

/// Takes a row, or why it is none.
pub(in crate::cohort) trait Each: FnMut(Result<(Id<'_>, &Row, &[Column<'_>]), Rejected>) {}

impl<F: FnMut(Result<(Id<'_>, &Row, &[Column<'_>]), Rejected>)> Each for F {}

impl<'b> Reader<'b> {
    pub(super) fn new(model: &Model<'b>, layout: Layout) -> Self {
        let bank = model.bank();
        let mut columns = Column::all(model);
        let mut table = None;
        if let Layout::Table { delimiter, columns: abouts } = &layout {
            arrange(&mut columns, abouts);
            table = Some(Table::new(*delimiter, abouts, &mut columns));
        }
        let (lines, row) = (Lines::new(&columns), Row::new(model, &columns));
        Self { bank, layout, columns, table, lines, order: Order::default(), row }
    }

    /// Hands every row of a block over, or why it is none.
    pub(in crate::cohort) fn read(&mut self, block: &Block, mut each: impl Each) {
        if block.too_long {
            return each(Err(rejected(block.line, too_long(), block.bytes())));
        }
        if self.columns.iter_mut().filter_map(|column| column.forget().then_some(())).count() > 0 {
            self.table.iter_mut().for_each(Table::forget);
        }
        match self.delimiter().filter(|_| memchr::memchr(b'"', block.bytes()).is_some()) {
            Some(delimiter) => self.quoted(block, delimiter, each),
            None => self.plain(block, each),
        }
    }

    /// Reads a table in which some cells are quoted.
    fn quoted(&mut self, block: &Block, delimiter: u8, mut each: impl Each) {
        let (mut rest, mut line) = (block.bytes(), block.line);
        while !rest.is_empty() {
            let (end, lines, broken) = end(rest, delimiter);
            let (row, behind) = rest.split_at(end.min(rest.len()));
            self.any(csv::trimmed(row), line, broken, &mut each);
            (rest, line) = (behind, line + lines);
        }
    }

    /// Reads rows of one line each.
    fn plain(&mut self, block: &Block, mut each: impl Each) {
        let text = block.bytes();
        // A quick look takes bytes as they are; in a table they have to be text.
        let table = self.table.as_ref().and_then(|_| str::from_utf8(text).ok());
        let (mut line, mut from) = (block.line, 0);
        while from < text.len() {
            let quick = self.quick(text, table, from, line);
            let end = if let Some((id, end)) = quick.filter(|(_, end)| end - from <= LONGEST) {
                each(Ok((id, &self.row, &self.columns)));
                end
            } else {
                let rest = text.get(from..).unwrap_or_default();
                let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                let row = rest.get(..length).unwrap_or_default();
                if self.any(csv::trimmed(row), line, None, &mut each) {
                    self.order.learn(row, &self.lines, &mut self.columns);
                }
                from + length
            };
            (from, line) = (end + 1, line + 1);
        }
    }

    /// Reads a row that is shaped as usual and begins here, and gives the end of its line.
    #[inline]
    fn quick<'r>(&mut self, text: &'r [u8], table: Option<&'r str>, from: usize, line: u64) -> Option<(Id<'r>, usize)> {
        let Self { table: cells, columns, row, order, .. } = self;
        match cells {
            Some(cells) => cells.row(table?, from, line, columns, row),
            None => order.line(text, from, columns, row),
        }
    }

    /// Reads a row of any shape. Whether it is a line of JSON that could be understood.
    fn any(&mut self, row: &[u8], line: u64, broken: Option<&str>, each: &mut impl Each) -> bool {
        let delimiter = self.delimiter();
        if row.iter().all(|byte| byte.is_ascii_whitespace() && Some(*byte) != delimiter) {
            return false;
        }
        let read = match broken {
            _ if row.len() > LONGEST => Err(too_long()),
            Some(reason) => Err(reason.to_owned()),
            None if self.delimiter().is_some() && str::from_utf8(row).is_err() => {
                Err("the row is not UTF-8 text; save the file as UTF-8".to_owned())
            }
            None => self.row(row, line),
        };
        match read {
            Ok(id) => each(Ok((id.as_id(), &self.row, &self.columns))),
            Err(reason) => {
                each(Err(rejected(line, reason, row)));
                return false;
            }
        }
        self.delimiter().is_none()
    }

    /// What separates the cells of a table.
    fn delimiter(&self) -> Option<u8> {
        match self.layout {
            Layout::Lines => None,
            Layout::Table { delimiter, .. } => Some(delimiter),
        }
    }

    fn row<'r>(&mut self, row: &'r [u8], line: u64) -> Result<Named<'r>, String> {
        self.row.clear();
        match &self.layout {
            Layout::Table { delimiter, columns } => {
                let id = table_row(row, *delimiter, columns, &mut self.columns, &mut self.row)?;
                Ok(id.map_or(Named::Line(line), Named::Text))
            }
            Layout::Lines => self.line(row),
        }
    }

    fn line<'r>(&mut self, bytes: &'r [u8]) -> Result<Named<'r>, String> {
        loop {
            match self.lines.read(bytes, &self.columns, &mut self.row) {
                Found::Sheet(None) => return Ok(Named::None),
                Found::Sheet(Some(id)) => match str::from_utf8(id) {
                    Ok(id) => return Ok(Named::Json(Cow::Borrowed(id))),
                    Err(_) => return self.any_line(bytes),
                },
                Found::New(question, value) => {
                    let Some(column) = self.columns.get_mut(question) else { return self.any_line(bytes) };
                    let answer = Value::from_json(value).and_then(|value| column.question.accept(&value).ok());
                    let Some(answer) = answer else { return self.any_line(bytes) };
                    column.learn(value, answer);
                    // Where there is no room to remember it, the line would be read again without end.
                    if column.known(value).is_none() {
                        return self.any_line(bytes);
                    }
                    self.row.clear();
                }
                Found::Other => return self.any_line(bytes),
            }
        }
    }

    /// A line of any shape that a file of answers can have.
    fn any_line<'r>(&mut self, bytes: &[u8]) -> Result<Named<'r>, String> {
        self.row.clear();
        if !bytes.trim_ascii_start().starts_with(b"{") {
            return Err("this is no JSON object; write the answers of one person, as in {\"pipelines\": 5}".to_owned());
        }
        let record = self.bank.read_sheet(bytes).map_err(|problems| reason(&problems))?;
        for response in record.responses {
            if let Some(column) = self.columns.get_mut(response.question.index) {
                let meaning = column.meaning(response.answer);
                self.row.answer(column, meaning);
            }
        }
        if record.former.ending == Ending::Quick {
            self.row.leave_open();
        }
        Ok(match record.former.person {
            None => Named::None,
            Some(Person::Number(digits)) => Named::Json(Cow::Owned(digits)),
            Some(Person::Name(name)) => Named::Json(Cow::Owned(serde_json::to_string(&name).unwrap_or_default())),
        })
    }
}

/// A row that is none; of one that is too long only the beginning is kept.
fn rejected(line: u64, reason: String, row: &[u8]) -> Rejected {
    let row = if row.len() > LONGEST { row.get(..BEGINNING).unwrap_or_default() } else { row };
    Rejected { line, reason, row: String::from_utf8_lossy(row).into_owned() }
}

fn too_long() -> String {
    format!("the row has more than {LONGEST} bytes; leave out what is no answer")
}

/// Where the first row of a table ends, how many lines it has, and what is wrong with its quotes.
#[inline]
fn end(bytes: &[u8], delimiter: u8) -> (usize, u64, Option<&'static str>) {
    let line = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    match csv::end(bytes, delimiter, true) {
        End::Whole(end) => {
            let lines = memchr::memchr_iter(b'\n', bytes.get(..end).unwrap_or_default()).count() as u64;
            (end, lines.max(1), None)
        }
        // Where a block ends decides which of these it is, so they are told alike.
        End::Open | End::Unfinished | End::Broken => {
            (line, 1, Some("the quotes of this row do not match; close each one, and double a quote inside a cell"))
        }
    }
}

/// Brings the columns into the order of the table, so that a row runs through them once.
fn arrange(columns: &mut [Column<'_>], abouts: &[About]) {
    let place = |index| abouts.iter().position(|about| *about == About::Question(index));
    columns.sort_by_key(|column| place(column.index).unwrap_or(usize::MAX));
}

/// Who a row is about; owned where the name is not written as it is meant.
enum Named<'r> {
    None,
    Line(u64),
    Text(Cow<'r, str>),
    Json(Cow<'r, str>),
}

impl Named<'_> {
    fn as_id(&self) -> Id<'_> {
        match self {
            Self::None => Id::None,
            Self::Line(line) => Id::Line(*line),
            Self::Text(text) => Id::Text(text),
            Self::Json(token) => Id::Json(token),
        }
    }
}

/// Reads the cells of a row of a table, and gives the one that names the person.
fn table_row<'r>(
    text: &'r [u8],
    delimiter: u8,
    abouts: &[About],
    columns: &mut [Column<'_>],
    row: &mut Row,
) -> Result<Option<Cow<'r, str>>, String> {
    let (mut id, mut wrong, mut at) = (None, Wrong::default(), 0);
    let mut columns = columns.iter_mut();
    for (number, about) in abouts.iter().enumerate() {
        let Some(rest) = text.get(at..) else { return Err(cells_wrong(number, abouts.len())) };
        let (cell, next) = csv::cell(rest, delimiter);
        at += next;
        match about {
            About::Question(_) => match columns.next().map(|column| (column.understand(&cell), column)) {
                Some((Ok(meaning), column)) => row.answer(column, meaning),
                Some((Err(error), _)) => wrong.add(&error),
                None => {}
            },
            About::Person => id = self::text(cell),
            About::Else => {}
        }
    }
    if let Some(rest) = text.get(at..) {
        return Err(cells_wrong(abouts.len() + csv::cells(rest, delimiter).count(), abouts.len()));
    }
    wrong.all().map_or(Ok(id), Err)
}

/// What is wrong with the cells of a row.
#[derive(Default)]
struct Wrong {
    first: Option<String>,
    more: usize,
}

impl Wrong {
    fn add(&mut self, wrong: &WrongAnswer) {
        match self.first {
            None => self.first = Some(wrong.to_string()),
            Some(_) => self.more += 1,
        }
    }

    fn all(self) -> Option<String> {
        let Self { first, more } = self;
        first.map(|first| if more == 0 { first } else { format!("{first}; {more} more") })
    }
}

fn cells_wrong(cells: usize, columns: usize) -> String {
    let has = if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
    let advice = if cells < columns {
        "add those that are missing, empty ones too"
    } else {
        "quote a cell that has a separator or a line break in it"
    };
    format!("the row has {has} and the header {columns}; {advice}")
}

/// The first problem of a line with its column, and how many more there are.
fn reason(problems: &[Problem]) -> String {
    let more = match problems.len() {
        0 | 1 => String::new(),
        count => format!("; {} more", count - 1),
    };
    let first = problems
        .first()
        .map(|Problem { place, what, advice, .. }| format!("column {}: {what}; {advice}", place.column));
    format!("{}{more}", first.unwrap_or_default())
}

fn text(cell: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match cell {
        Cow::Borrowed(bytes) => str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}
