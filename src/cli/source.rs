//! Reads whole files: banks, and the answers of one person.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::Path;

use crate::answers::FileType;
use crate::bank::{self, Bank, InvalidBank};
use crate::cli::args::CommonArgs;
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::streams::{ensure_not_input, ensure_one_stdin, input_name, is_typed, open_input};
use crate::scoring::{Audit, Scorer};

/// The shipped bank as it was understood when the program was built.
const SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/questions.bin"));

pub(super) struct Source {
    pub(super) name: String,
    pub(super) bytes: Cow<'static, [u8]>,
}

impl Source {
    /// Reads a bank file; without one it is the shipped bank.
    pub(super) fn bank(file: Option<&Path>, notes: &mut Notes) -> Result<Self, Error> {
        match file {
            None => Ok(Self { name: "questions.toml".to_owned(), bytes: bank::SHIPPED.as_bytes().into() }),
            Some(file) => Self::read(file, notes)?.ensure_bank(),
        }
    }

    /// Refuses a file that is no text.
    fn ensure_bank(self) -> Result<Self, Error> {
        let Some(file_type) = FileType::of(&self.bytes) else { return Ok(self) };
        let advice = "a bank is a text in TOML; `pathquiz bank new FILE` begins one";
        Err(Error::ForeignFile { status: 3, name: self.name, what: file_type.name(), advice })
    }

    /// Reads a file, or standard input for `-`, up to one byte more than any file may have.
    pub(super) fn read(file: &Path, notes: &mut Notes) -> Result<Self, Error> {
        if is_typed(file) {
            notes.note("reading from the terminal; end it with Ctrl-D, or name a file");
        }
        let limit = u64::try_from(bank::LARGEST_FILE).unwrap_or(u64::MAX).saturating_add(1);
        let (name, mut bytes) = (input_name(file), Vec::new());
        open_input(file)?.take(limit).read_to_end(&mut bytes).map_err(Error::read(&name))?;
        Ok(Self { name, bytes: bytes.into() })
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn parse(&self) -> Result<Bank, Error> {
        if self.is_shipped()
            && let Ok(bank) = postcard::from_bytes(SHIPPED)
        {
            return Ok(bank);
        }
        Bank::parse(&self.bytes).map_err(|InvalidBank { problems }| Error::InvalidBank {
            name: self.name.clone(),
            text: self.text(),
            problems,
        })
    }

    /// Returns the bank, with a note where it is unfair.
    pub(super) fn with_audit_note(&self, notes: &mut Notes) -> Result<Bank, Error> {
        let bank = self.parse()?;
        self.warn_if_unfair(&Scorer::new(&bank), "this bank", notes);
        Ok(bank)
    }

    /// Tells where a bank, so called, is unfair. The shipped one is known to be fair.
    pub(super) fn warn_if_unfair(&self, scorer: &Scorer<'_>, bank: &str, notes: &mut Notes) {
        if !self.is_shipped()
            && let Some(errors) = audit_errors(&Audit::new(scorer))
        {
            notes.note(&format!("the audit of {bank} finds {errors}; `pathquiz bank audit` shows what is unfair"));
        }
    }

    fn is_shipped(&self) -> bool {
        *self.bytes == *bank::SHIPPED.as_bytes()
    }
}

/// Returns how many errors an audit finds, in words, `None` if there is none.
pub(super) fn audit_errors(audit: &Audit<'_>) -> Option<String> {
    match audit.errors() {
        0 => None,
        1 => Some("an error".to_owned()),
        errors => Some(format!("{errors} errors")),
    }
}

/// Refuses to write over the bank or the other input, and to read both from one stream.
pub(super) fn check(common: &CommonArgs, input: Option<&Path>, outputs: &[Option<&Path>]) -> Result<(), Error> {
    let inputs = [common.bank.as_deref(), input];
    ensure_one_stdin(&inputs)?;
    ensure_not_input(&inputs, outputs)
}

/// Returns the bank that is used, with a note where it is unfair, once it is sure that no output is written over it or
/// over the other input.
pub(super) fn bank(
    common: &CommonArgs,
    input: Option<&Path>,
    outputs: &[Option<&Path>],
    notes: &mut Notes,
) -> Result<Bank, Error> {
    check(common, input, outputs)?;
    Source::bank(common.bank.as_deref(), notes)?.with_audit_note(notes)
}
