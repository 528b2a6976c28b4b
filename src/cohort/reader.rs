//! From the bytes of a row to a row that is understood, on one thread.

use std::borrow::Cow;

use crate::bank::{Bank, Person, Problem, Value, WrongAnswer};
use crate::scoring::Model;

use super::block::{Block, LONGEST};
use super::column::{Column, Meaning};
use super::csv::{self, End};
use super::ndjson::{Found, Lines};
use super::row::{Id, Row};
use super::score::Rejected;
use super::sheets::{About, Layout};

/// Reads rows into one row that is filled anew each time.
#[derive(Clone, Debug)]
pub(super) struct Reader<'b> {
    bank: &'b Bank,
    layout: Layout,
    pub(super) columns: Vec<Column<'b>>,
    lines: Lines,
    row: Row,
}

impl<'b> Reader<'b> {
    pub(super) fn new(model: &Model<'b>, layout: Layout) -> Self {
        let bank = model.bank();
        let delimiter = match layout {
            Layout::Lines => None,
            Layout::Table { delimiter, .. } => Some(delimiter),
        };
        let mut columns = Column::all(model, delimiter);
        if let Layout::Table { columns: abouts, .. } = &layout {
            arrange(&mut columns, abouts);
        }
        Self { bank, layout, lines: Lines::new(&columns), columns, row: Row::new(model) }
    }

    /// Hands every row of a block over, or why it is none.
    pub(super) fn read(
        &mut self,
        block: &Block,
        mut each: impl FnMut(Result<(Id<'_>, &Row, &[Column<'_>]), Rejected>),
    ) {
        let rejected =
            |line, reason, row: &[u8]| Rejected { line, reason, row: String::from_utf8_lossy(row).into_owned() };
        if block.too_long {
            let reason = format!("the row has more than {LONGEST} bytes; leave out what is no answer");
            return each(Err(rejected(block.line, reason, block.bytes())));
        }
        self.columns.iter_mut().for_each(Column::forget);
        let bytes = block.bytes();
        // The quick reader of lines takes nothing but what it knows, and the other one looks for itself.
        let is_text = self.delimiter().is_none() || bytes.is_ascii() || std::str::from_utf8(bytes).is_ok();
        let mut ends = memchr::memchr_iter(b'\n', bytes);
        let careful = self.delimiter().filter(|_| memchr::memchr(b'"', bytes).is_some());
        let (mut rest, mut line) = (bytes, block.line);
        while !rest.is_empty() {
            let (end, lines, broken) = match careful {
                // One search for all line breaks of a block is faster than one for each.
                None => (ends.next().map_or(rest.len(), |end| end + 1 + rest.len() - bytes.len()), 1, None),
                Some(delimiter) => end(rest, delimiter),
            };
            let (all, (row, behind)) = (rest, rest.split_at(end.min(rest.len())));
            let row = csv::trimmed(row);
            (rest, line) = (behind, line + lines);
            if row.trim_ascii().is_empty() {
                continue;
            }
            let number = line - lines;
            let read = match broken {
                Some(reason) => Err(reason.to_owned()),
                None if !is_text && std::str::from_utf8(row).is_err() => {
                    Err("the row is not UTF-8 text; save the file as UTF-8".to_owned())
                }
                None => self.row(all, row.len(), number),
            };
            match read {
                Ok(id) => each(Ok((id.as_id(), &self.row, &self.columns))),
                Err(reason) => each(Err(rejected(number, reason, row))),
            }
        }
    }

    /// What separates the cells of a table.
    fn delimiter(&self) -> Option<u8> {
        match self.layout {
            Layout::Lines => None,
            Layout::Table { delimiter, .. } => Some(delimiter),
        }
    }

    /// Reads the first bytes of a block's rest, so many of them.
    #[inline]
    fn row<'r>(&mut self, bytes: &'r [u8], length: usize, line: u64) -> Result<Named<'r>, String> {
        self.row.clear();
        match &self.layout {
            Layout::Table { delimiter, columns } => {
                let id = table_row(bytes, length, *delimiter, columns, &mut self.columns, &mut self.row)?;
                Ok(id.map_or(Named::Line(line), Named::Text))
            }
            Layout::Lines => self.line(bytes.get(..length).unwrap_or_default()),
        }
    }

    fn line<'r>(&mut self, bytes: &'r [u8]) -> Result<Named<'r>, String> {
        loop {
            match self.lines.read(bytes, &self.columns, &mut self.row) {
                Found::Sheet(None) => return Ok(Named::None),
                Found::Sheet(Some(id)) => match std::str::from_utf8(id) {
                    Ok(id) => return Ok(Named::Json(Cow::Borrowed(id))),
                    Err(_) => return self.any_line(bytes),
                },
                Found::New(question, value) => {
                    let Some(column) = self.columns.get_mut(question) else { return self.any_line(bytes) };
                    let answer = Value::from_json(value).and_then(|value| column.question.accept(&value).ok());
                    let Some(answer) = answer else { return self.any_line(bytes) };
                    // Where there is no room to remember it, the line would be read again without end.
                    if column.learn(value, Ok(answer)).is_err() || column.known(value).is_none() {
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
                self.row.put(column, meaning);
            }
        }
        Ok(match record.former.person {
            None => Named::None,
            Some(Person::Number(digits)) => Named::Json(Cow::Owned(digits)),
            Some(Person::Name(name)) => Named::Json(Cow::Owned(serde_json::to_string(&name).unwrap_or_default())),
        })
    }
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

/// Reads the cells of a row of a table, and gives the one that names the person. The text goes on behind the row, so that
/// its last cells can be looked up like all others.
#[inline]
fn table_row<'r>(
    text: &'r [u8],
    length: usize,
    delimiter: u8,
    abouts: &[About],
    columns: &mut [Column<'_>],
    row: &mut Row,
) -> Result<Option<Cow<'r, str>>, String> {
    let (mut id, mut wrong, mut at) = (None, Wrong::default(), 0);
    let mut columns = columns.iter_mut();
    for (number, about) in abouts.iter().enumerate() {
        let column = if matches!(about, About::Question(_)) { columns.next() } else { None };
        let quick = |column: &Column<'_>| column.quick(text.get(at..).filter(|_| at <= length)?);
        if let Some(column) = &column
            && let Some((meaning, next)) = quick(column)
        {
            row.put(column, meaning);
            at += next;
            continue;
        }
        let Some(rest) = text.get(at..length) else { return Err(cells_wrong(number, abouts.len())) };
        let (cell, next) = csv::cell(rest, delimiter);
        at += next;
        match (column, about) {
            (Some(column), _) => match meaning(column, &cell) {
                Ok(meaning) => row.put(column, meaning),
                Err(error) => wrong.add(&error),
            },
            (None, About::Person) => id = self::text(cell),
            (None, _) => {}
        }
    }
    if let Some(rest) = text.get(at..length) {
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
    let cells = if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
    format!("the row has {cells} and the header {columns}; quote a cell that has a separator or a line break in it")
}

/// What a cell means, and understood only once.
#[inline]
fn meaning(column: &mut Column<'_>, cell: &[u8]) -> Result<Meaning, WrongAnswer> {
    if let Some(meaning) = column.known(cell) {
        return Ok(meaning);
    }
    let answer = column.question.accept_cell(&String::from_utf8_lossy(cell));
    column.learn(cell, answer)
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
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}
