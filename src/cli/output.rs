//! What goes out: results to standard output or a file, everything else to standard error; and how text may look there.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::report::Style;
use console::Term;

use super::args::{self, ColorWhen, Format};
use super::atomic_file::{AtomicFile, folder};
use super::error::Error;
use super::identity::{STDERR, standard_stream};
use super::input::shown;
use super::stderr;

/// Standard output as it is shown.
pub(super) const STANDARD: &str = "standard output";

/// Columns where nothing tells how many there are.
const COLUMNS: usize = 80;

/// Most columns that anything is fitted to, whatever the environment says.
const MOST_COLUMNS: usize = 1_000;

/// Every place that a result goes to, each with its format.
pub(super) struct Outputs(Vec<(Format, Output)>);

impl Outputs {
    /// Looks at all targets before any work is done, so that everything wrong with them is known at once.
    pub(super) fn open(output: &args::Output) -> Result<Self, Error> {
        let targets = output.targets();
        let outputs = Error::collect(targets.iter().map(|&(format, path)| Ok((format, Output::open(path)?))))?;
        for (format, file) in targets.into_iter().filter_map(|(format, file)| Some((format, file?))) {
            let name = shown(file);
            match Format::of(file) {
                Some(named) if named != format => {
                    stderr::note(&format!("{name} is written as {}, whatever its ending says", format.name()));
                }
                None if file.extension().is_some() && !output.is_given() => {
                    stderr::note(&format!("{name} is written as text, since its ending names no format"));
                }
                _ => {}
            }
        }
        Ok(Self(outputs))
    }

    /// The files that the result goes to, where none of it is shown.
    pub(super) fn unseen(&self) -> Option<String> {
        let name = |(_, output): &(_, Output)| (!matches!(output, Output::Standard)).then(|| shown(output.path()));
        self.0.iter().map(name).collect::<Option<Vec<String>>>().map(|names| names.join(", "))
    }

    /// Whether a result is asked for in a format.
    pub(super) fn has(&self, format: Format) -> bool {
        self.0.iter().any(|(other, _)| *other == format)
    }

    /// Writes the result to all of them; one that fails does not keep it from the others. The reader is gone where nobody
    /// got the result.
    pub(super) fn write(
        self,
        color: ColorWhen,
        render: impl Fn(Format, Style) -> Result<String, Error>,
    ) -> Result<Audience, Error> {
        let write = |(format, output): &(_, Output)| output.write(&render(*format, output.style(color))?);
        let audiences = Error::collect(self.0.iter().map(write))?;
        Ok(if audiences.contains(&Audience::There) { Audience::There } else { Audience::Gone })
    }
}

/// Who reads what is written. A pipe that is closed before its end is not an error: its reader has seen enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    There,
    Gone,
}

/// Where a result goes.
pub(super) enum Output {
    /// Standard output.
    Standard,
    /// A file that is replaced once the result is complete.
    File(PathBuf),
    /// A device or pipe, which cannot be replaced.
    Stream { path: PathBuf, file: fs::File },
}

impl Output {
    /// Looks at the target before any work is done, so that a wrong path is known at once.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path else { return Ok(Self::Standard) };
        let opened = match standard_stream(path) {
            Some(STDERR) => stderr_file().map(|file| Self::Stream { path: PathBuf::from(STDERR), file }),
            Some(_) => Ok(Self::Standard),
            None => Self::open_file(path),
        };
        opened.map_err(|source| cannot_write(path, source))
    }

    fn open_file(path: &Path) -> io::Result<Self> {
        // A link is followed, so that the file it points to is replaced and not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => Self::open_stream(path),
            _ => {
                AtomicFile::check(&path)?;
                Ok(Self::File(path))
            }
        }
    }

    fn open_stream(path: PathBuf) -> io::Result<Self> {
        let file = fs::OpenOptions::new().append(true).open(&path)?;
        Ok(Self::Stream { path, file })
    }

    /// Returns the target as it is named in an error.
    fn path(&self) -> &Path {
        match self {
            Self::Standard => Path::new(STANDARD),
            Self::File(path) | Self::Stream { path, .. } => path,
        }
    }

    /// Writes the whole result.
    pub(super) fn write(&self, text: &str) -> Result<Audience, Error> {
        let written = match self {
            Self::Standard => write_all(io::stdout().lock(), text),
            Self::Stream { file, .. } => write_all(file, text),
            Self::File(path) => complete(path, text).and_then(AtomicFile::replace),
        };
        unless_closed(written).map_err(|source| cannot_write(self.path(), source))
    }

    /// How text may look there.
    pub(super) fn style(&self, color: ColorWhen) -> Style {
        if !matches!(self, Self::Standard) {
            return style(None, color);
        }
        let links = color != ColorWhen::Never && !is_accessible() && !is_dumb();
        // Whether standard output goes to a terminal that is known to follow links behind text.
        let links = links && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        Style { links, ..style(Some(Term::stdout()), color) }
    }
}

/// Returns standard error as a file that shares its offset: opened by its path, what is told there beside a document would
/// be written over it.
#[cfg(unix)]
fn stderr_file() -> io::Result<fs::File> {
    use std::os::fd::AsFd as _;
    Ok(io::stderr().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
fn stderr_file() -> io::Result<fs::File> {
    fs::OpenOptions::new().append(true).open(STDERR)
}

/// How text may look on standard error.
pub(super) fn error_style(color: ColorWhen) -> Style {
    style(Some(Term::stderr()), color)
}

fn write_all(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Tells a pipe closed by its reader from an error.
pub(super) fn unless_closed(written: io::Result<()>) -> io::Result<Audience> {
    match written {
        Ok(()) => Ok(Audience::There),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Audience::Gone),
        Err(error) => Err(error),
    }
}

/// Puts a complete file where nothing is, and gives its name as it is shown. Whatever is there stays, also a link to
/// nothing or what came a moment ago: looking first would leave a gap, and opening with `create_new` half a file.
pub(super) fn create(path: &Path, text: &str) -> Result<String, Error> {
    match complete(path, text).and_then(AtomicFile::create) {
        Ok(()) => Ok(shown(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists { name: shown(path) }),
        Err(error) => Err(cannot_write(path, error)),
    }
}

/// Returns a file with everything in it, safely on the disk and not in place yet.
fn complete(path: &Path, text: &str) -> io::Result<AtomicFile> {
    let mut draft = AtomicFile::new(path)?;
    draft.file.write_all(text.as_bytes())?;
    draft.file.sync_all()?;
    Ok(draft)
}

/// Why nothing can be written there.
pub(super) fn cannot_write(path: &Path, source: io::Error) -> Error {
    let (name, folder) = (shown(path), folder(path));
    if source.kind() == io::ErrorKind::NotFound && !folder.exists() {
        return Error::NoFolder { name, folder: shown(folder) };
    }
    Error::File { action: "write", name, source }
}

fn style(stream: Option<Term>, color: ColorWhen) -> Style {
    let terminal = stream.filter(Term::is_term);
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let columns = terminal.as_ref().and_then(Term::size_checked).map(|(_, columns)| usize::from(columns));
    let given = set("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok()).filter(|&columns| columns > 0);
    // One that may lack block characters.
    let is_simple = terminal.is_some() && (is_dumb() || set("TERM").is_some_and(|term| term == "linux"));
    Style {
        width: columns.filter(|&columns| columns > 0).or(given).unwrap_or(COLUMNS).min(MOST_COLUMNS),
        unicode: is_utf8() && !is_simple,
        color: match color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto if set("NO_COLOR").is_some() || is_accessible() => false,
            ColorWhen::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            ColorWhen::Auto => terminal.is_some() && !is_dumb() && set("CLICOLOR").is_none_or(|value| value != "0"),
        },
        links: false,
    }
}

/// Whether the terminal understands no escape sequences.
pub(super) fn is_dumb() -> bool {
    env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// Whether somebody asks all programs for lines instead of pictures.
pub(super) fn is_accessible() -> bool {
    env::var_os("ACCESSIBLE").is_some_and(|value| !matches!(value.to_str(), Some("" | "0" | "false")))
}

/// Whether the locale writes UTF-8; the first variable that is set decides.
fn is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(env::var_os).find(|value| !value.is_empty());
    locale.is_some_and(|locale| {
        let locale = locale.to_string_lossy().to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
