//! Paths as they are shown, and those that stand for standard streams.

use std::path::Path;

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
