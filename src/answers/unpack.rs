//! What is packed: the tables of a workbook, or the one file of a zip archive.

use crate::bank::UnknownWord;

use super::archive::Archive;
use super::file_type::FileType;
use super::workbook::Workbook;

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

/// Unpacks a workbook or an archive. Of a workbook only the named sheet is read, if one is named.
///
/// # Errors
///
/// What is wrong with the file, and what to do.
pub(super) fn unpack(bytes: &[u8], sheet: Option<&str>) -> Result<Unpacked, String> {
    if FileType::of(bytes) == Some(FileType::Ole) {
        return tables(Workbook::open_old(bytes)?, sheet);
    }
    let mut archive = Archive::open(bytes)?;
    if let Some(workbook) = Workbook::open(bytes, &mut archive)? {
        return tables(workbook, sheet);
    }
    let inner = archive.table()?;
    match FileType::of(&inner) {
        None => no_sheet(sheet).map(|()| Unpacked::Text(inner)),
        Some(FileType::Ole) => tables(Workbook::open_old(&inner)?, sheet),
        Some(FileType::Zip) => match Workbook::open(&inner, &mut Archive::open(&inner)?)? {
            Some(workbook) => tables(workbook, sheet),
            None => Err("there is an archive in the zip archive; unpack it, and give one table".to_owned()),
        },
        Some(other) => Err(format!("there is {} in the zip archive; {}", other.name(), other.advice())),
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
