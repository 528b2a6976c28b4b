//! What is packed: the tables of a workbook, or the one file of a zip archive.

use std::panic;

use crate::bank::UnknownWord;

use super::archive::Archive;
use super::file_type::FileType;
use super::workbook::{BROKEN, LOCKED, Workbook};

/// The content of a packed file.
pub(super) enum Unpacked {
    /// The sheets of a workbook as tables in CSV, with their names.
    Tables(Vec<SheetTable>),
    /// A table or lines of JSON as text.
    Text(Vec<u8>),
}

/// A sheet of a workbook.
pub(super) struct SheetTable {
    pub(super) name: String,
    pub(super) text: Vec<u8>,
}

/// Unpacks a file as [`unpack`] does. The library for workbooks panics on some that are broken, which is an error like any
/// other here, and not told on standard error.
pub(super) fn unpack_foreign(bytes: &[u8], sheet: Option<&str>) -> Result<Unpacked, String> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let unpacked = panic::catch_unwind(|| unpack(bytes, sheet));
    panic::set_hook(hook);
    unpacked.unwrap_or_else(|_| Err(BROKEN.to_owned()))
}

/// Unpacks a workbook or an archive. Of a workbook only the named sheet is read, if one is named.
///
/// # Errors
///
/// What is wrong with the file, and what to do.
fn unpack(bytes: &[u8], sheet: Option<&str>) -> Result<Unpacked, String> {
    if FileType::of(bytes) == Some(FileType::Ole) {
        return Err(old_office(bytes));
    }
    let mut archive = Archive::open(bytes)?;
    if let Some(workbook) = Workbook::open(bytes, &mut archive)? {
        return tables(workbook, sheet);
    }
    let inner = archive.table()?;
    match FileType::of(&inner) {
        None => no_sheet(sheet).map(|()| Unpacked::Text(inner)),
        Some(FileType::Ole) => Err(old_office(&inner)),
        Some(FileType::Zip) => match Workbook::open(&inner, &mut Archive::open(&inner)?)? {
            Some(workbook) => tables(workbook, sheet),
            None => Err("there is an archive in the zip archive; unpack it, and give one table".to_owned()),
        },
        Some(other) => Err(format!("there is {} in the zip archive; {}", other.name(), other.advice())),
    }
}

/// Returns the sentence on a file of an old Office program. Its workbooks are not read: a broken one of a few bytes can make
/// the library ask for any amount of memory.
fn old_office(bytes: &[u8]) -> String {
    // Excel packs a workbook with a password into such a file, under this name in UTF-16.
    let mark: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    match memchr::memmem::find(bytes, &mark) {
        Some(_) => LOCKED.to_owned(),
        None => "the file is a workbook (.xls) or another document of an old Office program; save the answers as .xlsx or as \
                 CSV"
        .to_owned(),
    }
}

/// Refuses the name of a sheet where there is none.
pub(super) fn no_sheet(sheet: Option<&str>) -> Result<(), String> {
    let told = "the file is no workbook, so it has no sheets; leave out `--sheet`";
    sheet.map_or(Ok(()), |_| Err(told.to_owned()))
}

fn tables(mut workbook: Workbook<'_>, sheet: Option<&str>) -> Result<Unpacked, String> {
    let mut names = workbook.names();
    if let Some(sheet) = sheet {
        let Some(name) = names.iter().find(|name| name.trim() == sheet.trim()).cloned() else {
            let word = UnknownWord::new(sheet, names.iter().map(String::as_str));
            return Err(format!("there is no sheet {}; {}", word.quoted(), word.advice()));
        };
        names = vec![name];
    }
    let tables = names.into_iter().map(|name| Ok(SheetTable { text: workbook.table(&name)?, name }));
    tables.collect::<Result<_, String>>().map(Unpacked::Tables)
}
