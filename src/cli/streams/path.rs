//! Paths: how they are shown, and which stand for standard streams.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::bank::clean;

/// The path of standard input, and as an output that of standard output.
pub(crate) const STDIN: &str = "-";

pub(crate) const STDOUT: &str = "/dev/stdout";
pub(crate) const STDERR: &str = "/dev/stderr";

pub(crate) const STANDARD_OUTPUT: &str = "standard output";

pub(crate) const STANDARD_ERROR: &str = "standard error";

pub(crate) fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

pub(crate) fn input_name(file: &Path) -> String {
    if file == Path::new(STDIN) { "standard input".to_owned() } else { shown(file) }
}

pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Returns the standard stream that an output stands for, `None` if it is a file or another device. Opened by its path,
/// a file behind a stream would be replaced, or written from its beginning again.
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

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_bare_name_is_this_one() {
        for (path, expected) in [("out", "."), ("a/out", "a"), ("/out", "/"), ("a/", ".")] {
            assert_eq!(folder(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn links_are_followed_to_what_is_still_to_be_made() {
        let base = tempfile::TempDir::new().unwrap();
        let at = |name: &str| base.path().canonicalize().unwrap().join(name);
        fs::create_dir(at("folder")).unwrap();
        std::os::unix::fs::symlink("folder/second", at("first")).unwrap();
        std::os::unix::fs::symlink("../target", at("folder/second")).unwrap();
        std::os::unix::fs::symlink("loop", at("loop")).unwrap();
        assert_eq!(follow_links(&at("first")).unwrap(), at("folder/../target"));
        fs::write(at("target"), "").unwrap();
        assert_eq!(follow_links(&at("first")).unwrap(), at("target"));
        assert_eq!(follow_links(&at("new")).unwrap(), at("new"));
        assert_eq!(follow_links(&at("target/new")).unwrap(), at("target/new"), "what is no folder is told elsewhere");
        follow_links(&at("loop")).unwrap_err();
    }
}
