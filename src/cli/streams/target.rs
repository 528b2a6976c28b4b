//! A target of a result: standard output, a file that is replaced as a whole, or a stream.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::args::ColorWhen;
use crate::cli::error::Error;
use crate::cli::streams::atomic_file::AtomicFile;
use crate::cli::streams::path::{STANDARD_OUTPUT, STDERR, folder, follow_links, shown, standard_stream};
use crate::cli::streams::style::{file_style, stdout_style};
use crate::report::Style;

pub(crate) enum Target {
    Stdout,
    /// A file that is replaced once the result is complete.
    File(PathBuf),
    /// A device or pipe, which cannot be replaced.
    Stream {
        path: PathBuf,
        file: fs::File,
    },
}

/// The fate of something written. A pipe that is closed before its end is not an error: its reader has seen enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    Delivered,
    Closed,
    /// Standard output was closed before the program began.
    Nowhere,
}

impl Delivery {
    /// Tells a pipe closed by its reader from an error.
    pub(crate) fn of(written: io::Result<()>) -> io::Result<Self> {
        match written {
            Ok(()) => Ok(Self::Delivered),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Self::Closed),
            Err(error) => Err(error),
        }
    }
}

impl Target {
    /// Looks at the target before any work is done, so that a wrong path is known at once. Without a path it is
    /// standard output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        let opened = match standard_stream(path) {
            Some(STDERR) => stderr_file().map(|file| Self::Stream { path: PathBuf::from(STDERR), file }),
            Some(_) => Ok(Self::Stdout),
            None => Self::open_file(path),
        };
        opened.map_err(|source| cannot_write(path, source))
    }

    fn open_file(path: &Path) -> io::Result<Self> {
        let is_descriptor = is_descriptor(path);
        if path.as_os_str().as_encoded_bytes().ends_with(b"/") {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "this names a folder; name a file in it"));
        }
        let path = follow_links(path)?;
        match path.metadata() {
            // No other file can be made there either, as where the name is too long.
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => {
                let file = fs::OpenOptions::new().append(true).open(&path)?;
                Ok(Self::Stream { path, file })
            }
            // Opened by its path, it would be written from its beginning again, behind the back of whoever has it open.
            _ if is_descriptor => {
                let advice = "this is a file that is open already; name the file itself, or redirect standard output";
                Err(io::Error::new(io::ErrorKind::Unsupported, advice))
            }
            _ => {
                AtomicFile::check(&path)?;
                Ok(Self::File(path))
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Stdout => Path::new(STANDARD_OUTPUT),
            Self::File(path) | Self::Stream { path, .. } => path,
        }
    }

    pub(crate) fn write(&self, text: &str) -> Result<Delivery, Error> {
        let written = match self {
            Self::Stdout if is_stdout_closed() => return Ok(Delivery::Nowhere),
            Self::Stdout => write_all(io::stdout().lock(), text),
            Self::Stream { file, .. } => write_all(file, text),
            Self::File(path) => AtomicFile::with_text(path, text).and_then(AtomicFile::replace),
        };
        Delivery::of(written).map_err(|source| cannot_write(self.path(), source))
    }

    pub(crate) fn style(&self, color: ColorWhen) -> Style {
        if matches!(self, Self::Stdout) { stdout_style(color) } else { file_style(color) }
    }
}

/// Returns true if standard output was closed before the program began: Rust then opens the null device in its place, to
/// read and write.
#[cfg(target_os = "linux")]
fn is_stdout_closed() -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};

    let is_null = fstat(io::stdout()).and_then(|stdout| Ok(stdout.st_rdev == stat("/dev/null")?.st_rdev));
    is_null.unwrap_or(false) && fcntl_getfl(io::stdout()).is_ok_and(|flags| flags.contains(OFlags::RDWR))
}

#[cfg(not(target_os = "linux"))]
fn is_stdout_closed() -> bool {
    false
}

/// Returns true if the path stands for a descriptor that whoever started the program has opened.
fn is_descriptor(path: &Path) -> bool {
    let descriptors = fs::canonicalize("/dev/fd").ok();
    descriptors.is_some() && fs::canonicalize(folder(path)).ok() == descriptors
}

fn write_all(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Returns standard error as a file that shares its offset: opened by its path, what is told there beside a document
/// would be written over it.
#[cfg(unix)]
fn stderr_file() -> io::Result<fs::File> {
    use std::os::fd::AsFd as _;
    Ok(io::stderr().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
fn stderr_file() -> io::Result<fs::File> {
    fs::OpenOptions::new().append(true).open(STDERR)
}

/// Makes a complete file that is not there yet. Whatever is there stays, also a dangling link or a file that came a
/// moment ago: looking first would leave a gap, and opening with `create_new` half a file.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Error> {
    AtomicFile::with_text(path, text).and_then(AtomicFile::create).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists { name: shown(path) },
        _ => cannot_write(path, error),
    })
}

pub(crate) fn cannot_write(path: &Path, source: io::Error) -> Error {
    let (name, folder) = (shown(path), folder(path));
    if source.kind() == io::ErrorKind::NotFound && !folder.exists() {
        return Error::NoFolder { name, folder: shown(folder) };
    }
    Error::File { action: "write", name, source }
}
