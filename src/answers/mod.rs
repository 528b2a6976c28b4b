//! Answers: those of one person from a file in JSON or TOML (`file`), and those of many from the bytes of a file or stream
//! to rows of decoded answers.
//!
//! ```text
//! bytes → RowBlock (whole rows) → RowReader ┬ table: CellReader → cells ┬→ Column → Respondent
//!                                           └ lines: serde → values     ┘
//! ```
//!
//! A file of any length passes through in blocks, so memory stays constant, and several threads can decode blocks at once.
//! Each format has one road, whatever its rows look like; what a cell means is remembered by its text.

mod archive;
mod block;
mod cell;
mod column;
mod column_match;
mod decode;
mod decoded_cell;
mod file;
mod file_type;
mod head;
mod header;
mod import_options;
mod json_items;
mod line_entry;
mod line_keys;
mod line_sheet;
mod lines;
mod paired_sheets;
mod previous_result;
mod reader;
mod result_field;
mod row;
mod row_error;
mod rows;
mod short_cells;
mod spelling;
mod spreadsheet_text;
mod table;
mod understand;
mod unpack;
mod workbook;

pub(crate) use block::RowBlock;
pub use file::AnswersFile;
pub(crate) use file_type::FileType;
#[expect(unused_imports, reason = "`score --explain` shows them")]
pub(crate) use header::HeaderColumn;
pub(crate) use header::{COLUMNS, FIT, FLAGS, LIKING, MOST_IGNORED, ignored_note};
pub use import_options::ImportOptions;
pub use paired_sheets::PairedSheets;
pub use previous_result::{Completion, PreviousResult, RESULT_KEYS, SCHEMA_KEY, SCHEMA_VERSION};
pub(crate) use reader::RowReader;
pub(crate) use row::{Respondent, RowId};
pub use row_error::{RejectedRow, RowError};
pub use rows::{Rows, Unreadable};
#[expect(unused_imports, reason = "`score --explain` shows them")]
pub(crate) use spelling::{ColumnRole, MatchReason};
pub(crate) use spreadsheet_text::{spreadsheet_text, write_text_cell};

/// What a file of many sheets is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table with a header, as spreadsheet programs write it.
    Csv,
    /// A JSON object a line.
    Ndjson,
}
