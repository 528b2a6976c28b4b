//! Paths as they are shown, and those that stand for standard streams.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::bank::clean;

/// The path of standard input, and as an output that of standard output.
pub(crate) const STDIN: &str = "-";

pub(crate) const STDOUT: &str = "/dev/stdout";
pub(crate) const STDERR: &str = "/dev/stderr";

/// Standard output as it is shown.
pub(crate) const STANDARD_OUTPUT: &str = "standard output";

/// Standard error as it is shown.
pub(crate) const STANDARD_ERROR: &str = "standard error";

/// Returns a path as it is shown.
pub(crate) fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

/// Returns a file to read as it is shown.
pub(crate) fn input_name(file: &Path) -> String {
    if file == Path::new(STDIN) { "standard input".to_owned() } else { shown(file) }
}

/// Returns the folder that a file is in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Returns the standard stream that an output stands for, `None` if it is a file or another device. Opened by its path, a
/// file behind a stream would be replaced, or written from its beginning again.
pub(crate) fn standard_stream(output: &Path) -> Option<&'static str> {
    match output.to_str()? {
        "-" | STDOUT | "/dev/fd/1" | "/proc/self/fd/1" => Some(STDOUT),
        STDERR | "/dev/fd/2" | "/proc/self/fd/2" => Some(STDERR),
        _ => None,
    }
}

/// Returns the file behind links, also one that is still to be made, so that it is replaced and not a link.
pub(crate) fn follow_links(path: &Path) -> io::Result<PathBuf> {
    if let Ok(path) = path.canonicalize() {
        return Ok(path);
    }
    match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::read_link(path) {
            Ok(target) => follow_links(&folder(path).join(target)),
            Err(_) => Ok(path.to_owned()),
        },
        // A loop of links.
        Err(error) if path.is_symlink() => Err(error),
        // A link of the system that leads to no path, as to a pipe, or a folder that is none.
        Ok(_) | Err(_) => Ok(path.to_owned()),
    }
}
