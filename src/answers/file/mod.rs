//! A file with the answers of one person: a table in JSON or TOML, or a whole previous result, whose `answers` and
//! `skipped` are read.

mod json;
mod read;
mod text;
mod value;

pub use read::AnswersFile;
pub(super) use read::responses;
pub(super) use text::{beginning, read_entries};
pub(super) use value::{Entries, FileValue};
