//! Types of files that are no plain text, by their first bytes.

/// Bytes to look at.
pub(super) const HEAD: usize = 64;

/// A type of file that may be given in place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileType {
    /// A workbook of today, or an archive.
    Zip,
    /// A document of an old Office program, or a workbook with a password.
    Ole,
    /// An archive of another type, so called.
    Archive(&'static str),
    /// A document of another program, so called.
    Document(&'static str),
    /// Text in UTF-16.
    Utf16,
}

/// Types with the bytes that their files begin with.
const SIGNATURES: [(&[u8], FileType); 17] = [
    (b"PK\x03\x04", FileType::Zip),
    (b"PK\x05\x06", FileType::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileType::Ole),
    (b"\x1F\x8B", FileType::Archive("a gzip archive")),
    (b"BZh", FileType::Archive("a bzip2 archive")),
    (b"\xFD7zXZ", FileType::Archive("an xz archive")),
    (b"\x28\xB5\x2F\xFD", FileType::Archive("a Zstandard archive")),
    (b"7z\xBC\xAF", FileType::Archive("a 7z archive")),
    (b"Rar!", FileType::Archive("a RAR archive")),
    (b"%PDF", FileType::Document("a PDF document")),
    (b"{\\rtf", FileType::Document("an RTF document")),
    (b"\x89PNG", FileType::Document("a picture")),
    (b"\xFF\xD8\xFF", FileType::Document("a picture")),
    (b"SQLite format 3", FileType::Document("an SQLite database")),
    (b"PAR1", FileType::Document("a Parquet file")),
    (b"\xFF\xFE", FileType::Utf16),
    (b"\xFE\xFF", FileType::Utf16),
];

/// Markup with what its files begin with, in lower case.
const MARKUP: [(&[u8], &str); 4] =
    [(b"<!doctype html", "a web page"), (b"<html", "a web page"), (b"<table", "a web page"), (b"<?xml", "an XML file")];

impl FileType {
    /// Returns the type of a file by its first bytes, `None` if it may be plain text.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        if let Some((_, file_type)) = SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes)) {
            return Some(*file_type);
        }
        let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
        let markup = MARKUP.iter().find(|(start, _)| text.starts_with(start));
        let utf16 = is_utf16(head.get(..HEAD).unwrap_or(head)).then_some(Self::Utf16);
        markup.map(|(_, name)| Self::Document(name)).or(utf16)
    }

    /// Returns what it is, in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Zip => "a workbook or a zip archive",
            Self::Ole => "a workbook or another document of an old Office program",
            Self::Archive(name) | Self::Document(name) => name,
            Self::Utf16 => "text in UTF-16",
        }
    }

    /// Returns what to do with such a file of many sheets.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::Archive(_) => "unpack it, and give the file that is in it",
            Self::Zip | Self::Ole | Self::Document(_) => "export the answers as CSV or as an Excel workbook (.xlsx)",
            Self::Utf16 => "save it as CSV in UTF-8",
        }
    }
}

/// Returns true if every second byte is zero, as in UTF-16 text of Latin letters, and none between.
fn is_utf16(head: &[u8]) -> bool {
    let (pairs, _) = head.as_chunks::<2>();
    let [high, low] = [0, 1].map(|at| pairs.iter().filter(|pair| pair[at] == 0).count());
    pairs.len() > 1 && (high == 0 || low == 0) && 2 * high.max(low) > pairs.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        for (head, file_type) in [
            (&b"PK\x03\x04\x14"[..], Some(FileType::Zip)),
            (b"\x1F\x8B\x08\0", Some(FileType::Archive("a gzip archive"))),
            (b"\xEF\xBB\xBF \n<!DOCTYPE HTML>", Some(FileType::Document("a web page"))),
            (b"i\0d\0,\0\n\0", Some(FileType::Utf16)),
            (b"\0i\0d\0,\0\xE9\x01\x53", Some(FileType::Utf16)),
            (b"id,stores\n", None),
            (b"a\0", None),
            (b"", None),
            (b"PKW,stores\n", None),
        ] {
            assert_eq!(FileType::of(head), file_type, "{head:?}");
        }
    }
}
