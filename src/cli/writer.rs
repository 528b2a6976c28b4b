//! Output that is written bit by bit: to standard output as it comes, to a file that appears when it is complete.

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use crate::bank::clean;

use super::atomic_file::AtomicFile;
use super::error::Error;
use super::output::{self, Output, STANDARD, cannot_write};

/// Where lines go.
pub(super) struct Writer {
    target: Target,
    /// The target as it is shown.
    name: PathBuf,
    /// Whether a person sees the lines as they come.
    pub(super) is_shown: bool,
    /// Whether writing has failed, and not reading what is to be written.
    pub(super) failed: bool,
}

enum Target {
    Stream(Box<dyn Write + Send>),
    File(AtomicFile),
}

impl Writer {
    /// Opens a target before any work is done.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Error> {
        let name = path.unwrap_or(Path::new(STANDARD)).to_owned();
        let (is_shown, target) = match Output::open(path)? {
            Output::Standard => (io::stdout().is_terminal(), Target::Stream(Box::new(io::stdout()))),
            Output::Stream { file, .. } => (file.is_terminal(), Target::Stream(Box::new(file))),
            Output::File(path) => match AtomicFile::new(&path) {
                Ok(file) => (false, Target::File(file)),
                Err(source) => return Err(cannot_write(&path, source)),
            },
        };
        Ok(Self { target, name, is_shown, failed: false })
    }

    /// Puts a file in its place, now that it is complete. It is not waited for until it is on the disk, which can take
    /// longer than to make it: after a power failure it can be made again from the sheets.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        output::unless_closed(self.flush()).map_err(|source| cannot_write(&self.name, source))?;
        match self.target {
            Target::File(file) => file.replace().map_err(|source| cannot_write(&self.name, source)),
            Target::Stream(_) => Ok(()),
        }
    }

    /// The error that writing has failed with.
    pub(super) fn error(&self, source: io::Error) -> Error {
        cannot_write(&self.name, source)
    }

    fn target(&mut self) -> &mut dyn Write {
        match &mut self.target {
            Target::Stream(stream) => stream,
            Target::File(draft) => &mut draft.file,
        }
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.is_shown {
            // What people are called in a file is data there, and must not steer a terminal.
            self.target().write_all(cleaned(bytes).as_bytes()).map(|()| bytes.len())
        } else {
            self.target().write(bytes)
        };
        self.failed |= written.is_err();
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.target().flush();
        self.failed |= flushed.is_err();
        flushed
    }
}

/// Returns lines, each cleaned.
fn cleaned(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).split('\n').map(clean).collect::<Vec<_>>().join("\n")
}
