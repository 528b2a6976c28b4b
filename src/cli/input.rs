//! Files and streams coming in.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use crate::bank::{self, Bank};

use super::error::Error;

/// Largest file of answers, in bytes.
const LARGEST_ANSWERS: usize = 1 << 20;

/// A bank with the bytes and the name it was read from.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Source {
    /// The bank file, or the shipped bank.
    pub(super) fn bank(file: Option<&Path>) -> Result<Self, Error> {
        match file {
            None => Ok(Self { name: "questions.toml".to_owned(), bytes: bank::SHIPPED.into() }),
            Some(file) => Self::read(file, bank::LARGEST_FILE),
        }
    }

    /// A file of answers.
    pub(super) fn answers(file: &Path) -> Result<Self, Error> {
        let source = Self::read(file, LARGEST_ANSWERS)?;
        if source.bytes.len() <= LARGEST_ANSWERS {
            return Ok(source);
        }
        let error = io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {LARGEST_ANSWERS} bytes"));
        Err(Error::File { action: "read", name: source.name, source: error })
    }

    /// Reads a file, or standard input for `-`, up to one byte more than is allowed.
    fn read(file: &Path, largest: usize) -> Result<Self, Error> {
        let stdin = file == Path::new("-");
        let name = if stdin { "standard input".to_owned() } else { bank::quoted(&file.to_string_lossy()) };
        let limit = u64::try_from(largest).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        let read = if stdin {
            io::stdin().lock().take(limit).read_to_end(&mut bytes)
        } else {
            File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes))
        };
        match read {
            Ok(_) => Ok(Self { name: name.trim_matches('`').to_owned(), bytes }),
            Err(source) => Err(Error::File { action: "read", name, source }),
        }
    }

    /// The text, as far as it can be shown.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn parse(&self) -> Result<Bank, Error> {
        Bank::parse(&self.bytes).map_err(|source| Error::InvalidBank {
            name: self.name.clone(),
            text: self.text(),
            source,
        })
    }
}

/// Whether a person can be asked: dialoguer looks at standard error alone and would read past a pipe.
pub(super) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
