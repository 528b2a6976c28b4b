//! Output that is written bit by bit: to standard output as it comes, to a file that appears when it is complete.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use crate::bank::clean;

use super::draft::Draft;
use super::error::Error;
use super::output::{self, Output, cannot_write};

/// Where lines go.
pub(super) struct Writer {
    target: Target,
    /// The target as it is shown.
    name: PathBuf,
    /// Whether writing has failed, and not reading what is to be written.
    pub(super) failed: bool,
}

enum Target {
    Standard(io::Stdout),
    Stream(File),
    Draft(Draft),
}

impl Writer {
    /// Opens a target before any work is done.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Error> {
        let name = path.map_or_else(|| PathBuf::from("standard output"), Path::to_owned);
        let target = match Output::open(path)? {
            Output::Standard => Target::Standard(io::stdout()),
            Output::Stream { file, .. } => Target::Stream(file),
            Output::File(path) => Target::Draft(Draft::new(&path).map_err(|source| cannot_write(&path, source))?),
        };
        Ok(Self { target, name, failed: false })
    }

    /// Puts a file in its place, now that it is complete. It is not waited for until it is on the disk, which can take
    /// longer than to make it: after a power failure it can be made again from the sheets.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        output::unless_closed(self.flush()).map_err(|source| cannot_write(&self.name, source))?;
        match self.target {
            Target::Draft(draft) => draft.swap().map_err(|source| cannot_write(&self.name, source)),
            Target::Standard(_) | Target::Stream(_) => Ok(()),
        }
    }

    /// Whether a person sees the lines as they come.
    pub(super) fn is_shown(&self) -> bool {
        matches!(&self.target, Target::Standard(stdout) if stdout.is_terminal())
    }

    /// The error that writing has failed with.
    pub(super) fn error(&self, source: io::Error) -> Error {
        cannot_write(&self.name, source)
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_shown = self.is_shown();
        let written = match &mut self.target {
            // What people are called in a file is data there, and must not steer a terminal.
            Target::Standard(stdout) if is_shown => stdout.write_all(cleaned(bytes).as_bytes()).map(|()| bytes.len()),
            Target::Standard(stdout) => stdout.write(bytes),
            Target::Stream(file) => file.write(bytes),
            Target::Draft(draft) => draft.write(bytes),
        };
        self.failed |= written.is_err();
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = match &mut self.target {
            Target::Standard(stdout) => stdout.flush(),
            Target::Stream(file) => file.flush(),
            Target::Draft(draft) => draft.flush(),
        };
        self.failed |= flushed.is_err();
        flushed
    }
}

/// Whole lines, each cleaned.
fn cleaned(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.split_inclusive('\n').map(|line| match line.strip_suffix('\n') {
        Some(line) => clean(line) + "\n",
        None => clean(line),
    });
    lines.collect()
}
