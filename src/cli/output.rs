//! What goes out: results to standard output or a file, everything else to standard error; and how text may look there.

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Write as _};
use std::path::{Path, PathBuf};

use crate::report::Style;
use console::Term;

use super::args::{self, ColorWhen, Format};
use super::atomic_file::AtomicFile;
use super::error::Error;
use super::identity::{STDERR, standard_stream};
use super::input::shown;
use super::stderr;

/// Columns where nothing tells how many there are.
const COLUMNS: usize = 80;

/// Most columns that anything is fitted to, whatever the environment says.
const MOST_COLUMNS: usize = 1_000;

/// Every place that a result goes to, each with its format.
pub(super) struct Outputs(Vec<(Format, Output)>);

impl Outputs {
    /// Looks at all targets before any work is done, so that everything wrong with them is known at once.
    pub(super) fn open(output: &args::Output) -> Result<Self, Error> {
        let mut errors = Vec::new();
        let mut outputs = Vec::new();
        let targets = output.targets();
        for &(format, path) in &targets {
            match Output::open(path) {
                Ok(output) => outputs.push((format, output)),
                Err(error) => errors.push(error),
            }
        }
        Error::all(errors)?;
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
        let name = |(_, output): &(Format, Output)| match output {
            Output::Standard => None,
            Output::File(path) | Output::Stream { path, .. } => Some(shown(path)),
        };
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
        let (mut audience, mut errors) = (Audience::Gone, Vec::new());
        for (format, output) in self.0 {
            match render(format, output.style(color)).and_then(|text| output.write(&text)) {
                Ok(Audience::Gone) => {}
                Ok(Audience::There) => audience = Audience::There,
                Err(error) => errors.push(error),
            }
        }
        Error::all(errors).map(|()| audience)
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
            Some(STDERR) => Self::open_stream(Path::new(STDERR).to_owned()),
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

    /// Writes the whole result.
    pub(super) fn write(self, text: &str) -> Result<Audience, Error> {
        let bytes = text.as_bytes();
        match self {
            Self::Standard => standard(bytes),
            Self::Stream { path, mut file } => {
                unless_closed(file.write_all(bytes)).map_err(|source| cannot_write(&path, source))
            }
            Self::File(path) => {
                replace(&path, bytes).map_err(|source| cannot_write(&path, source)).map(|()| Audience::There)
            }
        }
    }

    /// How text may look there.
    pub(super) fn style(&self, color: ColorWhen) -> Style {
        let stream = match self {
            Self::Standard => Some(Term::stdout()),
            Self::File(_) | Self::Stream { .. } => None,
        };
        let style = style(stream.filter(Term::is_term).as_ref(), color);
        let standard = matches!(self, Self::Standard);
        Style { links: standard && color != ColorWhen::Never && !is_accessible() && !is_dumb() && links(), ..style }
    }
}

/// Whether standard output goes to a terminal that is known to follow links behind text.
fn links() -> bool {
    supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)
}

/// How text may look on standard error.
pub(super) fn error_style(color: ColorWhen) -> Style {
    style(Some(Term::stderr()).filter(|_| io::stderr().is_terminal()).as_ref(), color)
}

/// Writes bytes to standard output.
pub(super) fn standard(bytes: &[u8]) -> Result<Audience, Error> {
    let mut stdout = io::stdout().lock();
    let written = unless_closed(stdout.write_all(bytes).and_then(|()| stdout.flush()));
    written.map_err(|source| Error::File { action: "write", name: "standard output".to_owned(), source })
}

/// Tells a pipe closed by its reader from an error.
pub(super) fn unless_closed(written: io::Result<()>) -> io::Result<Audience> {
    match written {
        Ok(()) => Ok(Audience::There),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Audience::Gone),
        Err(error) => Err(error),
    }
}

/// Puts a complete file in the place of whatever is there.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    complete(path, bytes)?.replace()
}

/// Puts a complete file where nothing is, and gives its name as it is shown. Whatever is there stays, also a link to
/// nothing or what came a moment ago: looking first would leave a gap, and opening with `create_new` half a file.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<String, Error> {
    match complete(path, bytes).and_then(AtomicFile::create) {
        Ok(()) => Ok(shown(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists { name: shown(path) }),
        Err(error) => Err(cannot_write(path, error)),
    }
}

/// Returns a file with everything in it, safely on the disk and not in place yet.
fn complete(path: &Path, bytes: &[u8]) -> io::Result<AtomicFile> {
    let mut file = AtomicFile::new(path)?;
    file.write_all(bytes)?;
    file.sync()?;
    Ok(file)
}

/// Why nothing can be written there.
pub(super) fn cannot_write(path: &Path, source: io::Error) -> Error {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if source.kind() == io::ErrorKind::NotFound && !folder.exists() => {
            Error::NoFolder { name: shown(path), folder: shown(folder) }
        }
        _ => Error::File { action: "write", name: shown(path), source },
    }
}

fn style(terminal: Option<&Term>, color: ColorWhen) -> Style {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let columns = terminal.and_then(Term::size_checked).map(|(_, columns)| usize::from(columns));
    let given = set("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok()).filter(|&columns| columns > 0);
    Style {
        width: columns.filter(|&columns| columns > 0).or(given).unwrap_or(COLUMNS).min(MOST_COLUMNS),
        unicode: is_utf8() && !(terminal.is_some() && is_simple()),
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

/// Whether the terminal may lack block characters.
fn is_simple() -> bool {
    is_dumb() || env::var_os("TERM").is_some_and(|term| term == "linux")
}

/// Whether the locale writes UTF-8; the first variable that is set decides.
fn is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(env::var_os).find(|value| !value.is_empty());
    locale.is_some_and(|locale| {
        let locale = locale.to_string_lossy().to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
