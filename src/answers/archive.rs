//! Zip archives: the one table in them, and the size of what is packed.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::{ZipError, ZipResult};

/// Most bytes that an archive or a workbook may have once it is unpacked.
pub(super) const MOST_UNPACKED: usize = 1 << 28;

/// Endings of files that may hold a table.
const ENDINGS: [&str; 8] = [".csv", ".tsv", ".txt", ".ndjson", ".jsonl", ".json", ".xlsx", ".ods"];

/// A file that a document of some type has in its archive, and what the document is.
const DOCUMENTS: [(&str, &str); 3] = [
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a presentation"),
    ("Index/Document.iwa", "a document of Numbers or Pages"),
];

/// A zip archive, opened.
pub(super) struct Archive<'z>(ZipArchive<Cursor<&'z [u8]>>);

impl<'z> Archive<'z> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what to do.
    pub(super) fn open(bytes: &'z [u8]) -> Result<Self, String> {
        ZipArchive::new(Cursor::new(bytes)).map(Self).map_err(|error| problem(&error))
    }

    /// Returns true if a file is in it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// Unpacks the one table in it.
    ///
    /// # Errors
    ///
    /// Where there is none or there are several, or it cannot be unpacked.
    pub(super) fn table(&mut self) -> Result<Vec<u8>, String> {
        if let Some((_, document)) = DOCUMENTS.iter().find(|(name, _)| self.has(name)) {
            return Err(format!("the file is {document}; export the answers as CSV or as an Excel workbook (.xlsx)"));
        }
        let mut names: Vec<String> =
            self.0.file_names().flatten().filter(|name| is_visible(name)).map(Cow::into_owned).collect();
        if names.len() > 1 {
            names.retain(|name| ENDINGS.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending)));
        }
        let [name] = names.as_slice() else {
            let count = if names.is_empty() { "no table".to_owned() } else { format!("{} tables", names.len()) };
            return Err(format!("the zip archive has {count} in it; unpack it, and give one table"));
        };
        let Some(index) = self.0.index_for_name(name) else { return Err(problem(&ZipError::FileNotFound)) };
        self.check_declared_size()?;
        let mut table = Vec::new();
        let read = self
            .0
            .by_index(index)
            .and_then(|file| file.take(MOST_UNPACKED as u64 + 1).read_to_end(&mut table).map_err(ZipError::from));
        read.map_err(|error| problem(&error))?;
        if table.len() > MOST_UNPACKED { Err(too_large()) } else { Ok(table) }
    }

    /// Unpacks everything in it and throws it away: what an archive says of its size may be wrong.
    ///
    /// # Errors
    ///
    /// Where it is too large or cannot be unpacked.
    pub(super) fn check_size(&mut self) -> Result<(), String> {
        self.check_declared_size()?;
        let mut rest = MOST_UNPACKED as u64 + 1;
        for index in 0..self.0.len() {
            let read: ZipResult<u64> = self
                .0
                .by_index(index)
                .and_then(|file| io::copy(&mut file.take(rest), &mut io::sink()).map_err(ZipError::from));
            rest = rest.saturating_sub(read.map_err(|error| problem(&error))?);
        }
        if rest == 0 { Err(too_large()) } else { Ok(()) }
    }

    /// Refuses an archive that says itself that it is too large.
    fn check_declared_size(&self) -> Result<(), String> {
        if self.0.decompressed_size().is_some_and(|size| size > MOST_UNPACKED as u128) {
            Err(too_large())
        } else {
            Ok(())
        }
    }
}

/// Returns true if a person has put a file into an archive, not a program for itself.
fn is_visible(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    !file.is_empty() && !file.starts_with('.') && !name.starts_with("__MACOSX")
}

/// Returns the sentence on a file that is too large once it is unpacked.
pub(super) fn too_large() -> String {
    format!(
        "the file has more than {} MiB once it is unpacked; give the answers as CSV, which may have any length",
        MOST_UNPACKED >> 20
    )
}

fn problem(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "the zip archive has a password; unpack it, and give the table that is in it".to_owned()
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            "the zip archive is packed in a way that is not read here; unpack it, and give the table that is in it"
                .to_owned()
        }
        _ => {
            "the file is broken: it begins like a workbook or a zip archive, and does not go on so; export or download \
              it again"
                .to_owned()
        }
    }
}
