//! Files and streams coming in.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;

use crate::bank::{self, Bank, InvalidBank};
use crate::scoring::{Audit, Model};

use super::args::Common;
use super::error::Error;
use super::identity::ensure_not_input;
use super::stderr;

/// The path that stands for standard input.
pub(super) const STDIN: &str = "-";

/// The shipped bank as it was understood when the program was built.
const SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/questions.bin"));

/// A file's bytes with the name it was read from.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) bytes: Cow<'static, [u8]>,
}

impl Source {
    /// The bank file, or the shipped bank.
    pub(super) fn bank(file: Option<&Path>) -> Result<Self, Error> {
        match file {
            None => Ok(Self { name: "questions.toml".to_owned(), bytes: bank::SHIPPED.as_bytes().into() }),
            Some(file) => Self::read(file),
        }
    }

    /// Reads a file, or standard input for `-`, up to one byte more than any file may have.
    pub(super) fn read(file: &Path) -> Result<Self, Error> {
        let stream = open(file, Some("reading from the terminal; end it with Ctrl-D, or name a file"))?;
        let limit = u64::try_from(bank::LARGEST_FILE).unwrap_or(u64::MAX).saturating_add(1);
        let (name, mut bytes) = (name(file), Vec::new());
        stream.take(limit).read_to_end(&mut bytes).map_err(Error::read(&name))?;
        Ok(Self { name, bytes: bytes.into() })
    }

    /// The text, as far as it can be shown.
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

    /// The bank, with a note where it is unfair.
    pub(super) fn fair(&self) -> Result<Bank, Error> {
        let bank = self.parse()?;
        self.judge(&Model::new(&bank), "this bank");
        Ok(bank)
    }

    /// Tells where a bank, so called, is unfair. The shipped one is known to be fair.
    pub(super) fn judge(&self, model: &Model<'_>, bank: &str) {
        if !self.is_shipped()
            && let Some(errors) = errors(&Audit::new(model))
        {
            stderr::note(&format!("the audit of {bank} finds {errors}; `pathquiz bank audit` shows what is unfair"));
        }
    }

    fn is_shipped(&self) -> bool {
        *self.bytes == *bank::SHIPPED.as_bytes()
    }
}

/// How many errors an audit finds, in words; nothing where there is none.
pub(super) fn errors(audit: &Audit<'_>) -> Option<String> {
    match audit.errors() {
        0 => None,
        1 => Some("an error".to_owned()),
        errors => Some(format!("{errors} errors")),
    }
}

/// Returns the bank that is used, with a note where it is unfair, once it is sure that no output is written over it or
/// over the other input.
pub(super) fn bank(common: &Common, input: Option<&Path>, outputs: &[Option<&Path>]) -> Result<Bank, Error> {
    let inputs = [common.bank.as_deref(), input];
    one_stdin(&inputs)?;
    ensure_not_input(&inputs, outputs)?;
    Source::bank(common.bank.as_deref())?.fair()
}

/// What is read bit by bit.
pub(super) type Stream = Box<dyn Read + Send>;

/// Opens a file, or standard input for `-`. The note is for a person who would have to type it.
pub(super) fn open(path: &Path, note: Option<&str>) -> Result<Stream, Error> {
    if path != Path::new(STDIN) {
        return Ok(Box::new(open_file(path).map_err(Error::read(&name(path)))?));
    }
    if io::stdin().is_terminal() {
        note.into_iter().for_each(stderr::note);
    }
    Ok(Box::new(io::stdin()))
}

/// Opens a file. A pipe that nobody has opened to write into is given a moment; to open it as other files would wait
/// without end.
#[cfg(unix)]
fn open_file(path: &Path) -> io::Result<impl Read + use<>> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};

    let mut file = File::options().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
    let mut head = Vec::new();
    if file.metadata()?.file_type().is_fifo() {
        let mut byte = [0];
        match file.read(&mut byte) {
            Ok(0) => {
                let moment = Timespec { tv_sec: 2, tv_nsec: 0 };
                if poll(&mut [PollFd::new(&file, PollFlags::IN)], Some(&moment))? == 0 {
                    return Err(io::Error::new(io::ErrorKind::TimedOut, "nobody writes into this pipe"));
                }
            }
            Ok(_) => head.extend(byte),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
    Ok(io::Cursor::new(head).chain(file))
}

#[cfg(not(unix))]
fn open_file(path: &Path) -> io::Result<impl Read + use<>> {
    File::open(path)
}

/// Returns a path as it is shown.
pub(super) fn shown(path: &Path) -> String {
    bank::clean(&path.to_string_lossy())
}

/// Returns a file to read as it is shown.
pub(super) fn name(file: &Path) -> String {
    if file == Path::new(STDIN) { "standard input".to_owned() } else { shown(file) }
}

/// Refuses to read standard input twice: the second file would be empty.
pub(super) fn one_stdin(files: &[Option<&Path>]) -> Result<(), Error> {
    let count = files.iter().flatten().filter(|file| **file == Path::new(STDIN)).count();
    if count > 1 { Err(Error::OneStdin) } else { Ok(()) }
}

/// Whether a person can be asked: dialoguer looks at standard error alone and would read past a pipe.
pub(super) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
