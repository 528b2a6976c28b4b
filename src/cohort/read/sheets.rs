//! A file of many sheets: what it is written in, which column is about what, and its rows.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::bank::{Bank, PERSON, quoted, suggest};
use crate::scoring::Model;

use super::super::Form;
use super::super::csv::{self, End};
use super::super::line::{COLUMNS, FIT, FLAGS};
use super::block::{Block, Blocks};
use super::reader::Reader;

/// What may stand between the cells of a table.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Most names to list in a note.
const MOST_NAMES: usize = 12;

/// A stream of sheets, opened.
#[derive(Debug)]
pub struct Sheets<R> {
    blocks: Blocks<R>,
    layout: Layout,
    /// What somebody should know about the file: columns that are left alone, questions without one.
    pub notes: Vec<String>,
}

/// How rows are laid out.
#[derive(Clone, Debug)]
pub(super) enum Layout {
    /// A JSON object a line.
    Lines,
    /// A table: what separates the cells, and what each column is about.
    Table { delimiter: u8, columns: Vec<About> },
}

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Nothing that the bank knows.
    Else,
    /// Who answered.
    Person,
    /// A question, by its position in the bank.
    Question(usize),
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

impl<R: Read> Sheets<R> {
    /// Looks at the beginning of a stream: lines of JSON begin with a brace, everything else is a table with a header.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is neither, or its header names no question of the bank or one twice.
    pub fn open(reader: R, bank: &Bank) -> Result<Self, Unreadable> {
        let mut blocks = Blocks::new(reader);
        let head = blocks.peek(|bytes| bytes.len() >= 3)?;
        match head {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Err(wrong("the file is UTF-16; save it as CSV in UTF-8")),
            [0xEF, 0xBB, 0xBF, ..] => blocks.skip(3),
            _ => {}
        }
        let begun = |bytes: &[u8]| bytes.iter().position(|byte| !byte.is_ascii_whitespace());
        let head = blocks.peek(|bytes| begun(bytes).is_some())?;
        let layout = match begun(head).and_then(|at| head.get(at).copied()) {
            Some(b'{') if opens_alone(&mut blocks)? => {
                return Err(wrong("the file is JSON over several lines; write one object a line, as `jq -c .` does"));
            }
            None | Some(b'{') => Layout::Lines,
            Some(b'[') => {
                return Err(wrong("the file is a JSON list; write one object a line, as `jq -c '.[]'` does"));
            }
            Some(_) => return Self::table(blocks, bank),
        };
        Ok(Self { blocks, layout, notes: Vec::new() })
    }

    /// What it is written in.
    #[must_use]
    pub fn form(&self) -> Form {
        match self.layout {
            Layout::Lines => Form::Ndjson,
            Layout::Table { .. } => Form::Csv,
        }
    }

    fn table(mut blocks: Blocks<R>, bank: &Bank) -> Result<Self, Unreadable> {
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
        // Where a cell is quoted, each separator may see the row end elsewhere, and which one holds is not known yet.
        let ends = |bytes: &[u8], separator| matches!(csv::end(bytes, separator, false), End::Whole(_) | End::Broken);
        let head = blocks.peek(|bytes| DELIMITERS.iter().all(|&separator| ends(bytes, separator)))?.to_vec();
        let end = |delimiter| match csv::end(&head, delimiter, blocks.is_last()) {
            End::Whole(end) => Some(end),
            _ => None,
        };
        let header = |delimiter| {
            let end = end(delimiter)?;
            Some((end, Header::new(csv::trimmed(head.get(..end)?), delimiter, bank)))
        };
        let candidates = named.map_or(DELIMITERS.to_vec(), |named| vec![named]);
        let best = candidates.into_iter().filter_map(header).max_by_key(|(_, header)| header.weight());
        let Some((end, header)) = best else {
            return Err(wrong("the header of the table has a quote that is not closed; mend it"));
        };
        header.check(bank)?;
        blocks.skip(end);
        blocks.delimiter = Some(header.delimiter);
        let notes = header.notes(bank);
        let layout = Layout::Table { delimiter: header.delimiter, columns: header.about };
        Ok(Self { blocks, layout, notes })
    }

    /// What reads its blocks.
    pub(in crate::cohort) fn reader<'b>(&self, model: &Model<'b>) -> Reader<'b> {
        Reader::new(model, self.layout.clone())
    }

    /// The next whole rows; whether there are any.
    pub(in crate::cohort) fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        self.blocks.next(block)
    }
}

/// The first row of a table.
struct Header {
    delimiter: u8,
    names: Vec<String>,
    about: Vec<About>,
    /// Names that several questions have.
    unclear: Vec<String>,
}

impl Header {
    fn new(row: &[u8], delimiter: u8, bank: &Bank) -> Self {
        let name = |cell: Cow<'_, [u8]>| String::from_utf8_lossy(&cell).trim().to_owned();
        let names: Vec<String> = csv::cells(row, delimiter).map(name).collect();
        // Form tools write `ID`; a column that is called exactly so comes first.
        let person = names.iter().position(|name| name == PERSON);
        let person = person.or_else(|| {
            names.iter().position(|name| name.eq_ignore_ascii_case(PERSON) && bank.columns(name).is_empty())
        });
        let mut unclear = Vec::new();
        let mut about = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            let questions = bank.columns(name);
            about.push(match questions.as_slice() {
                _ if person == Some(index) => About::Person,
                [question] => About::Question(question.index),
                [] => About::Else,
                _ => {
                    unclear.push(name.clone());
                    About::Else
                }
            });
        }
        Self { delimiter, names, about, unclear }
    }

    /// How well a delimiter fits: columns that mean something, then columns at all.
    fn weight(&self) -> (usize, usize) {
        (self.about.iter().filter(|about| **about != About::Else).count(), self.about.len())
    }

    /// Everything that is wrong with it.
    fn check(&self, bank: &Bank) -> Result<(), Unreadable> {
        if self.is_results() {
            return Err(wrong("these are results and no answers; give the file that they were made of"));
        }
        let several =
            |name: &String| format!("the column {} has the text of several questions; use their ids", quoted(name));
        let mut wrong: Vec<String> = self.unclear.iter().map(several).collect();
        for question in &bank.questions {
            let count = self.about.iter().filter(|about| **about == About::Question(question.index)).count();
            if count > 1 {
                wrong.push(format!("{count} columns answer the question `{}`; keep one", question.id));
            }
        }
        if wrong.is_empty() && !self.about.iter().any(|about| matches!(about, About::Question(_))) {
            let first = self.names.iter().find(|name| bank.nearest_column(name).is_some()).or(self.names.first());
            let (name, ids) = (first.map_or("", String::as_str), bank.questions.iter().map(|question| &*question.id));
            wrong.push(format!(
                "no column is about a question of the bank `{}`; the first line has to name ids or texts of questions, \
                 and {} is neither; {}",
                bank.id,
                quoted(name),
                suggest(name, ids)
            ));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Unreadable::Wrong(wrong)) }
    }

    /// Whether this is a table of results, whose columns a bank may have questions of the same name for.
    fn is_results(&self) -> bool {
        let is_own = |name: &str| COLUMNS.contains(&name) || name.starts_with(FIT) || name == FLAGS;
        let answers = self.names.iter().zip(&self.about).filter(|(_, about)| matches!(about, About::Question(_)));
        let has = |column: &&str| self.names.iter().any(|name| name == column);
        // No question is called like the columns of fits: there is no `_` in an id.
        COLUMNS.iter().chain([&FLAGS]).all(has)
            && self.names.iter().any(|name| name.starts_with(FIT))
            && answers.into_iter().all(|(name, _)| is_own(name))
    }

    /// Columns that are left alone, and questions that nobody can have answered.
    fn notes(&self, bank: &Bank) -> Vec<String> {
        let alone = self.names.iter().zip(&self.about).filter(|(_, about)| **about == About::Else);
        let alone: Vec<String> = alone
            .map(|(name, _)| match bank.nearest_column(name) {
                Some(id) => format!("{} (did you mean `{id}`?)", quoted(name)),
                None => quoted(name),
            })
            .collect();
        let missing = bank.questions.iter().filter(|question| question.is_scored());
        let missing = missing.filter(|question| !self.about.contains(&About::Question(question.index)));
        let missing: Vec<String> = missing.map(|question| format!("`{}`", question.id)).collect();
        let mut notes = Vec::new();
        if !alone.is_empty() {
            notes.push(format!("left alone, since no question is called so: {}", some(&alone)));
        }
        if !missing.is_empty() {
            notes.push(format!("skipped for everyone, since no column has it: {}", some(&missing)));
        }
        notes
    }
}

/// Whether nothing but a brace is on the first line that is not blank, as programs write JSON for people.
fn opens_alone(blocks: &mut Blocks<impl Read>) -> io::Result<bool> {
    let first = |bytes: &[u8]| bytes.trim_ascii_start().iter().position(|byte| *byte == b'\n');
    let head = blocks.peek(|bytes| first(bytes).is_some())?;
    Ok(first(head)
        .is_some_and(|end| head.trim_ascii_start().get(1..end).is_some_and(|rest| rest.trim_ascii().is_empty())))
}

/// Names, cut where they would flood the note.
fn some(names: &[String]) -> String {
    let shown = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

fn wrong(what: &str) -> Unreadable {
    Unreadable::Wrong(vec![what.to_owned()])
}
