//! Writes a result into files, and opens its page.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::kept::{KeptResult, ResultStore};
use crate::cli::streams::{create, shown};
use crate::report::{Report as _, ResultReport, StudySessions};

/// A document of a result that can be saved.
#[derive(Clone, Copy)]
pub(super) enum SavedDocument {
    Page,
    Calendar,
    Markdown,
    Json,
}

impl SavedDocument {
    pub(super) const ALL: [Self; 4] = [Self::Page, Self::Calendar, Self::Markdown, Self::Json];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Page => "Page for a browser (result.html)",
            Self::Calendar => "Plan for a calendar (plan.ics)",
            Self::Markdown => "Markdown with boxes to tick (result.md)",
            Self::Json => "JSON for programs (result.json)",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Page => "result.html",
            Self::Calendar => "plan.ics",
            Self::Markdown => "result.md",
            Self::Json => "result.json",
        }
    }

    /// Returns its text, `None` for a calendar without a plan.
    fn text(self, report: &ResultReport<'_>, sessions: Option<&StudySessions>) -> Option<String> {
        match self {
            Self::Page => Some(report.document().html()),
            Self::Calendar => report.calendar(sessions),
            Self::Markdown => Some(report.document().markdown()),
            Self::Json => Some(report.json()),
        }
    }

    /// Returns those that a result can be saved as.
    pub(super) fn possible(report: &ResultReport<'_>) -> Vec<Self> {
        let has_calendar = report.calendar(None).is_some();
        Self::ALL.into_iter().filter(|kind| has_calendar || !matches!(kind, Self::Calendar)).collect()
    }
}

/// Writes documents into a folder, never over a file that is there, and tells what became of each.
pub(super) fn save(
    report: &ResultReport<'_>,
    sessions: Option<&StudySessions>,
    documents: &[SavedDocument],
    folder: &Path,
) -> String {
    let (mut written, mut problems) = (Vec::new(), Vec::new());
    for document in documents {
        let path = folder.join(document.file());
        let Some(text) = document.text(report, sessions) else { continue };
        match create(&path, &text) {
            Ok(()) => written.push(shown(&path)),
            Err(error) => problems.push(told(&error)),
        }
    }
    let written = if written.is_empty() { Vec::new() } else { vec![format!("Written: {}.", written.join(", "))] };
    written.into_iter().chain(problems).collect::<Vec<_>>().join(" ")
}

/// Returns the folder that somebody means, `~` being their home.
pub(super) fn folder(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let home = typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
    match (home, std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest.trim_start_matches('/')),
        _ if typed.is_empty() => PathBuf::from("."),
        _ => PathBuf::from(typed),
    }
}

/// Writes the page, beside a kept result or else among temporary files, opens it with the system's browser, and tells
/// where it is.
pub(super) fn open_page(report: &ResultReport<'_>, kept: Option<&(ResultStore, KeptResult)>) -> String {
    let html = report.document().html();
    let page = match kept.map_or_else(|| write_temporary(&html), |(store, kept)| write_beside(store, kept, &html)) {
        Ok(page) => page,
        Err(error) => return told(&error),
    };
    let name = shown(&page);
    match open::that_detached(&page) {
        Ok(()) => format!("The page is {name}. If your browser cannot read that folder, w saves it elsewhere."),
        Err(_) => format!("The page is {name}. No browser was found, so open it yourself; w saves it elsewhere."),
    }
}

fn write_beside(store: &ResultStore, kept: &KeptResult, html: &str) -> Result<PathBuf, Error> {
    let path = store.page_path(kept);
    let failed = store.write_page(kept, html);
    failed.map_err(|source| Error::File { action: "write", name: shown(&path), source })?;
    Ok(path)
}

fn write_temporary(html: &str) -> Result<PathBuf, Error> {
    let folder = std::env::temp_dir();
    temporary_page(html, &folder).map_err(|source| Error::File { action: "write", name: shown(&folder), source })
}

fn temporary_page(html: &str, folder: &Path) -> io::Result<PathBuf> {
    let mut file = tempfile::Builder::new().prefix("pathquiz-").suffix(".html").tempfile_in(folder)?;
    file.write_all(html.as_bytes())?;
    let (_, path) = file.keep().map_err(|error| error.error)?;
    fs::canonicalize(path)
}

fn told(error: &Error) -> String {
    format!("Error: {}.", error.message())
}
