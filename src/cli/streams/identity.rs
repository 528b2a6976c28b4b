//! Keeps outputs apart from inputs and from each other. Files are compared by device and inode, not by name.

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
    let outputs: Vec<Endpoint> = outputs.iter().map(|path| Endpoint::output(*path)).collect();
    let inputs: Vec<Endpoint> = inputs.iter().flatten().map(|path| Endpoint::input(path)).collect();
    // Notes go there even where no document does; one log may take both.
    let streams = [Endpoint::output(None), Endpoint::stream(STDERR, STANDARD_ERROR)];
    // An error would be appended to an input behind standard error, so that this one is looked for first.
    ensure_apart(&inputs, streams.iter().skip(1))?;
    for (index, second) in outputs.iter().enumerate() {
        let streams = streams.iter().filter(|_| second.stream.is_none());
        if let Some(first) = outputs.iter().take(index).chain(streams).find(|first| first.is_same(second)) {
            return Err(Error::SameOutput { first: first.name.clone(), second: second.name.clone() });
        }
    }
    ensure_apart(&inputs, outputs.iter().chain(&streams))
}

/// Refuses to write over the files of saved answers, whether they are there yet or not.
pub(crate) fn ensure_not_saved(saved: &[PathBuf], outputs: &[Option<&Path>]) -> Result<(), Error> {
    let outputs: Vec<Endpoint> = outputs.iter().map(|path| Endpoint::output(*path)).collect();
    let saved: Vec<Endpoint> = saved.iter().map(|path| Endpoint::output(Some(path))).collect();
    ensure_apart(&saved, outputs.iter())
}

fn ensure_apart<'e>(inputs: &[Endpoint], outputs: impl Iterator<Item = &'e Endpoint>) -> Result<(), Error> {
    let outputs: Vec<&Endpoint> = outputs.collect();
    for input in inputs {
        if let Some(output) = outputs.iter().find(|output| output.is_same(input)) {
            return Err(Error::OwnInput { output: output.name.clone(), input: input.name.clone() });
        }
    }
    Ok(())
}

/// Something to read or to write, with its name as it is shown.
struct Endpoint {
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

impl Endpoint {
    fn output(path: Option<&Path>) -> Self {
        let Some(path) = path else { return Self::stream(STDOUT, STANDARD_OUTPUT) };
        match standard_stream(path) {
            Some(stream) => Self::stream(stream, &quoted(path)),
            None => Self { name: quoted(path), stream: None, file: Identity::new(path) },
        }
    }

    fn stream(stream: &'static str, name: &str) -> Self {
        Self { name: name.to_owned(), stream: Some(stream), file: Identity::new(Path::new(stream)) }
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

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Returns the code of the error that these names of files in a folder lead to.
    fn code(inputs: &[&str], outputs: &[&str]) -> Option<&'static str> {
        let base = tempfile::TempDir::new().unwrap();
        fs::write(base.path().join("file"), "").unwrap();
        fs::hard_link(base.path().join("file"), base.path().join("hard")).unwrap();
        symlink("file", base.path().join("soft")).unwrap();
        symlink("new", base.path().join("dangling")).unwrap();
        let paths = |names: &[&str]| names.iter().map(|name| base.path().join(name)).collect::<Vec<_>>();
        let (inputs, outputs) = (paths(inputs), paths(outputs));
        let [inputs, outputs] = [&inputs, &outputs].map(|paths| paths.iter().map(|path| Some(path.as_path())));
        ensure_not_input(&inputs.collect::<Vec<_>>(), &outputs.collect::<Vec<_>>()).err().map(|error| error.code())
    }

    #[test]
    fn a_file_is_the_same_whatever_it_is_called() {
        for name in ["file", "hard", "soft", "./file"] {
            assert_eq!(code(&["file"], &["new", name]), Some("output-is-input"), "{name}");
            assert_eq!(code(&[], &["file", name]), Some("output-named-twice"), "{name}");
        }
        assert_eq!(code(&[], &["new", "dangling"]), Some("output-named-twice"));
        assert_eq!(code(&["file"], &["new", "other"]), None);
        assert_eq!(code(&["new"], &["new"]), None, "there is no such input yet");
    }
}
