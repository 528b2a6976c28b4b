//! Keeps outputs apart from inputs and from each other: files are compared by device and inode, not by name.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::bank::clean;

use super::error::Error;
use super::input::STDIN;

/// Refuses, before anything is read, to write over an input, and to write two documents to one place. An output of
/// `None` is standard output.
///
/// # Errors
///
/// [`Error::OwnInput`] and [`Error::SameOutput`], with both names.
pub(super) fn ensure_not_input(inputs: &[Option<&Path>], outputs: &[Option<&Path>]) -> Result<(), Error> {
    let outputs: Vec<Place> =
        outputs.iter().map(|path| path.map_or(Place::stream(Stream::Output), Place::output)).collect();
    for (index, second) in outputs.iter().enumerate() {
        if let Some(first) = outputs.iter().take(index).find(|first| first.is_same(second)) {
            return Err(Error::SameOutput { first: first.name.clone(), second: second.name.clone() });
        }
    }
    // The shell has opened these, and notes go there even where no document does.
    let streams = [Stream::Output, Stream::Error].map(Place::stream);
    for stream in &streams {
        if let Some(output) = outputs.iter().find(|output| output.stream.is_none() && output.is_same(stream)) {
            return Err(Error::SameOutput { first: output.name.clone(), second: stream.name.clone() });
        }
    }
    let inputs: Vec<Place> = inputs.iter().flatten().map(|path| Place::input(path)).collect();
    for output in outputs.iter().chain(&streams) {
        if let Some(input) = inputs.iter().find(|input| input.is_same(output)) {
            return Err(Error::OwnInput { output: output.name.clone(), input: input.name.clone() });
        }
    }
    Ok(())
}

/// A standard stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Input,
    Output,
    Error,
}

impl Stream {
    /// Returns the output stream that a path stands for, `None` for a file or any other device. Opened by its path, a
    /// file behind it would be written from its beginning again, or be replaced.
    pub(super) fn of_output(path: &Path) -> Option<Self> {
        match path.to_str()? {
            "-" | "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => Some(Self::Output),
            "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => Some(Self::Error),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Input => "standard input",
            Self::Output => "standard output",
            Self::Error => "standard error",
        }
    }

    /// Returns a handle of its own.
    #[cfg(unix)]
    pub(super) fn open(self) -> std::io::Result<fs::File> {
        use std::os::fd::AsFd as _;
        let stream = match self {
            Self::Input => std::io::stdin().as_fd().try_clone_to_owned(),
            Self::Output => std::io::stdout().as_fd().try_clone_to_owned(),
            Self::Error => std::io::stderr().as_fd().try_clone_to_owned(),
        };
        stream.map(fs::File::from)
    }

    #[cfg(not(unix))]
    pub(super) fn open(self) -> std::io::Result<fs::File> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// Something to read or to write, with its name as it is shown.
struct Place {
    name: String,
    stream: Option<Stream>,
    /// The regular file behind it, `None` for a pipe, a terminal or any other device.
    file: Option<Identity>,
}

/// A regular file, whatever it is called.
#[derive(PartialEq, Eq)]
enum Identity {
    /// One that is there, by device and inode.
    #[cfg(unix)]
    Inode(u64, u64),
    /// One that is to be made, or one of a system without inodes: by its folder without links, and its name there.
    Path(PathBuf, OsString),
}

impl Place {
    fn stream(stream: Stream) -> Self {
        Self {
            name: stream.name().to_owned(),
            stream: Some(stream),
            file: Identity::new(Path::new(STDIN), Some(stream)),
        }
    }

    fn output(path: &Path) -> Self {
        let stream = Stream::of_output(path);
        Self { name: quoted(path), stream, file: Identity::new(path, stream) }
    }

    fn input(path: &Path) -> Self {
        if path == Path::new(STDIN) {
            return Self::stream(Stream::Input);
        }
        let file = path.exists().then(|| Identity::new(path, None)).flatten();
        Self { name: quoted(path), stream: None, file }
    }

    /// Returns true if both are one stream or one regular file.
    fn is_same(&self, other: &Self) -> bool {
        self.stream.is_some() && self.stream == other.stream || self.file.is_some() && self.file == other.file
    }
}

impl Identity {
    fn new(path: &Path, stream: Option<Stream>) -> Option<Self> {
        match stream.map_or_else(|| fs::metadata(path), |stream| stream.open()?.metadata()) {
            Ok(metadata) if !metadata.is_file() => None,
            #[cfg(unix)]
            Ok(metadata) => {
                use std::os::unix::fs::MetadataExt as _;
                Some(Self::Inode(metadata.dev(), metadata.ino()))
            }
            _ => Self::of_path(path),
        }
    }

    fn of_path(path: &Path) -> Option<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(Self::Path(fs::canonicalize(folder).ok()?, path.file_name()?.to_owned()))
    }
}

fn quoted(path: &Path) -> String {
    format!("`{}`", clean(&path.to_string_lossy()))
}
