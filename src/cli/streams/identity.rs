//! Keeps outputs apart from inputs and from each other: files are compared by device and inode, not by name.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::streams::path::{
    STANDARD_ERROR, STANDARD_OUTPUT, STDERR, STDIN, STDOUT, folder, follow_links, input_name, shown, standard_stream,
};

/// Refuses, before anything is read, to write over an input, and to write two documents to one place. An output of
/// `None` is standard output.
pub(crate) fn ensure_not_input(inputs: &[Option<&Path>], outputs: &[Option<&Path>]) -> Result<(), Error> {
    let stream = |path, name: &str| Place::output(Path::new(path), name.to_owned());
    let output = |path: &Path| Place::output(path, quoted(path));
    let outputs = outputs.iter().map(|path| path.map_or_else(|| stream(STDOUT, STANDARD_OUTPUT), output));
    let outputs: Vec<Place> = outputs.collect();
    // Notes go there even where no document does; one log may take both.
    let streams = [stream(STDOUT, STANDARD_OUTPUT), stream(STDERR, STANDARD_ERROR)];
    let inputs: Vec<Place> = inputs.iter().flatten().map(|path| Place::input(path)).collect();
    // An error would be appended to such an input, so that this one is looked for first.
    ensure_different(&inputs, &streams.iter().skip(1))?;
    for (index, second) in outputs.iter().enumerate() {
        let streams = streams.iter().filter(|_| second.stream.is_none());
        if let Some(first) = outputs.iter().take(index).chain(streams).find(|first| first.is_same(second)) {
            return Err(Error::SameOutput { first: first.name.clone(), second: second.name.clone() });
        }
    }
    ensure_different(&inputs, &outputs.iter().chain(&streams))
}

fn ensure_different<'p>(inputs: &[Place], outputs: &(impl Iterator<Item = &'p Place> + Clone)) -> Result<(), Error> {
    for input in inputs {
        if let Some(output) = outputs.clone().find(|output| output.is_same(input)) {
            return Err(Error::OwnInput { output: output.name.clone(), input: input.name.clone() });
        }
    }
    Ok(())
}

/// Something to read or to write, with its name as it is shown.
struct Place {
    name: String,
    stream: Option<&'static str>,
    /// The regular file or pipe behind it, `None` for a terminal or any other device.
    file: Option<Identity>,
}

/// A regular file or a pipe, whatever it is called.
#[derive(PartialEq, Eq)]
enum Identity {
    /// One that is there, by device and inode.
    #[cfg(unix)]
    Inode(u64, u64),
    /// One that is to be made, or of a system without inodes: its folder without links, and its name there.
    Path(PathBuf, OsString),
}

impl Place {
    fn output(path: &Path, name: String) -> Self {
        let stream = standard_stream(path);
        Self { name, stream, file: Identity::new(stream.map_or(path, Path::new)) }
    }

    fn input(path: &Path) -> Self {
        let (name, path) = match path.to_str() {
            Some(STDIN) => (input_name(path), Path::new("/dev/stdin")),
            _ => (quoted(path), path),
        };
        Self { name, stream: None, file: path.exists().then(|| Identity::new(path)).flatten() }
    }

    /// Returns true if both are one stream, one regular file or one pipe.
    fn is_same(&self, other: &Self) -> bool {
        self.stream.is_some() && self.stream == other.stream || self.file.is_some() && self.file == other.file
    }
}

impl Identity {
    fn new(path: &Path) -> Option<Self> {
        match fs::metadata(path) {
            #[cfg(unix)]
            Ok(metadata) => {
                use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
                let is_kept = metadata.is_file() || metadata.file_type().is_fifo();
                is_kept.then(|| Self::Inode(metadata.dev(), metadata.ino()))
            }
            #[cfg(not(unix))]
            Ok(metadata) if !metadata.is_file() => None,
            _ => {
                let path = follow_links(path).ok()?;
                Some(Self::Path(fs::canonicalize(folder(&path)).ok()?, path.file_name()?.to_owned()))
            }
        }
    }
}

fn quoted(path: &Path) -> String {
    format!("`{}`", shown(path))
}
