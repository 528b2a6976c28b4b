//! Writes output bit by bit: to standard output as it comes, or to a file that appears once it is complete.

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use crate::bank::clean;
use crate::cli::error::Error;
use crate::cli::streams::atomic_file::AtomicFile;
use crate::cli::streams::path::STANDARD_OUTPUT;
use crate::cli::streams::target::{Delivery, Target, cannot_write};

pub(crate) struct Writer {
    sink: Sink,
    name: PathBuf,
    /// True if a person sees the lines as they come.
    pub(crate) is_shown: bool,
    /// True if writing has failed, and not reading what is to be written.
    pub(crate) failed: bool,
}

enum Sink {
    Stream(Box<dyn Write + Send>),
    File(AtomicFile),
}

impl Writer {
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Error> {
        let name = path.unwrap_or(Path::new(STANDARD_OUTPUT)).to_owned();
        let (is_shown, sink) = match Target::open(path)? {
            Target::Stdout => (io::stdout().is_terminal(), Sink::Stream(Box::new(io::stdout()))),
            Target::Stream { file, .. } => (file.is_terminal(), Sink::Stream(Box::new(file))),
            Target::File(path) => match AtomicFile::new(&path) {
                Ok(file) => (false, Sink::File(file)),
                Err(source) => return Err(cannot_write(&path, source)),
            },
        };
        Ok(Self { sink, name, is_shown, failed: false })
    }

    /// Puts a file in its place, now that it is complete. It is not waited for until it is on the disk, which can take
    /// longer than to make it: after a power failure it can be made again from the sheets.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        Delivery::of(self.flush()).map_err(|source| cannot_write(&self.name, source))?;
        match self.sink {
            Sink::File(file) => file.replace().map_err(|source| cannot_write(&self.name, source)),
            Sink::Stream(_) => Ok(()),
        }
    }

    pub(crate) fn error(&self, source: io::Error) -> Error {
        cannot_write(&self.name, source)
    }

    fn stream(&mut self) -> &mut dyn Write {
        match &mut self.sink {
            Sink::Stream(stream) => stream,
            Sink::File(file) => &mut file.file,
        }
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.is_shown {
            // What people are called in a file is data there, and must not steer a terminal.
            self.stream().write_all(cleaned(bytes).as_bytes()).map(|()| bytes.len())
        } else {
            self.stream().write(bytes)
        };
        self.failed |= written.is_err();
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.stream().flush();
        self.failed |= flushed.is_err();
        flushed
    }
}

/// Returns lines, each cleaned.
fn cleaned(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).split('\n').map(clean).collect::<Vec<_>>().join("\n")
}
