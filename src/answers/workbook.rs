//! Workbooks: each sheet as a table in CSV whose rows have the numbers that a spreadsheet program shows.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Ods, Reader, Sheets, Xlsx};

use super::archive::{Archive, MOST_UNPACKED, too_large};
use super::table::write_cell;

/// A workbook, opened.
pub(super) struct Workbook<'w>(Sheets<Cursor<&'w [u8]>>);

impl<'w> Workbook<'w> {
    /// Opens a workbook that is an archive, `None` if it is another archive.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what to do.
    pub(super) fn open(bytes: &'w [u8], archive: &mut Archive<'_>) -> Result<Option<Self>, String> {
        let types = ["xl/workbook.xml", "content.xml"];
        let Some(found) = types.into_iter().find(|name| archive.has(name)) else { return Ok(None) };
        archive.check_size()?;
        let data = Cursor::new(bytes);
        let sheets = match found {
            "xl/workbook.xml" => Xlsx::new(data).map(Sheets::Xlsx).map_err(calamine::Error::from),
            _ => Ods::new(data).map(Sheets::Ods).map_err(calamine::Error::from),
        };
        sheets.map(|sheets| Some(Self(sheets))).map_err(|error| problem(&error))
    }

    /// Returns the names of its sheets, in their order.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    /// Returns a sheet as a table in CSV.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what to do.
    pub(super) fn table(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let mut table = TableWriter::default();
        if let Sheets::Xlsx(workbook) = &mut self.0 {
            // Cell by cell, since one far away would make a range of billions.
            let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| problem(&error.into()))?;
            while let Some(cell) = cells.next_cell().map_err(|error| problem(&error.into()))? {
                table.write(cell.get_position(), &text(cell.get_value().clone().into()))?;
            }
            return Ok(table.finish());
        }
        let range = self.0.worksheet_range(name).map_err(|error| problem(&error))?;
        let (row, column) = range.start().unwrap_or_default();
        for (down, right, cell) in range.used_cells() {
            let position = (down + row as usize, right + column as usize);
            let position = u32::try_from(position.0).ok().zip(u32::try_from(position.1).ok());
            table.write(position.ok_or_else(too_large)?, &text(cell.clone()))?;
        }
        Ok(table.finish())
    }
}

pub(super) const BROKEN: &str =
    "the workbook is broken; export it again, or open it in a spreadsheet program and save it";
pub(super) const LOCKED: &str = "the workbook has a password; save it without one, or as CSV";

fn problem(error: &calamine::Error) -> String {
    use calamine::{Error, OdsError, XlsxError};
    match error {
        Error::Xlsx(XlsxError::Password) | Error::Ods(OdsError::Password) => LOCKED.to_owned(),
        _ => BROKEN.to_owned(),
    }
}

/// A table in CSV that grows cell by cell.
#[derive(Default)]
struct TableWriter {
    text: Vec<u8>,
    /// The place of the next cell, `None` before the first one.
    next: Option<(u32, u32)>,
}

impl TableWriter {
    /// Writes a cell; all that come before it in a row and have no text are empty.
    fn write(&mut self, (row, column): (u32, u32), text: &str) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let (at_row, at_column) = self.next.unwrap_or_default();
        let (breaks, from) = if row == at_row { (0, at_column) } else { (row.wrapping_sub(at_row), 0) };
        if row < at_row || column < from {
            return Err(
                "the cells of the workbook are out of order; open it in a spreadsheet program and save it".to_owned()
            );
        }
        // The separator in front of this cell stands behind the one before it.
        let (breaks, commas) = (breaks as usize, (column - from) as usize + usize::from(from > 0));
        if self.text.len() + breaks + commas + text.len() > MOST_UNPACKED {
            return Err(too_large());
        }
        self.text.resize(self.text.len() + breaks, b'\n');
        self.text.resize(self.text.len() + commas, b',');
        write_cell(text.as_bytes(), &mut self.text);
        self.next = Some((row, column + 1));
        Ok(())
    }

    fn finish(mut self) -> Vec<u8> {
        self.text.push(b'\n');
        self.text
    }
}

/// Returns a cell as a spreadsheet program shows it where nobody has chosen a format.
fn text(cell: Data) -> String {
    match cell {
        Data::String(text) | Data::DurationIso(text) => text,
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(number),
        Data::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(time) => time_text(&time),
        Data::DateTimeIso(time) => time.replacen('T', " ", 1),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// Returns a number with the fifteen digits that spreadsheet programs keep.
fn number_text(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

/// Returns a day, a time of day or both.
fn time_text(time: &ExcelDateTime) -> String {
    let days = time.as_f64();
    if !time.is_datetime() {
        return number_text(days);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let mut text = String::new();
    if days >= 1.0 {
        let _ = write!(text, "{year:04}-{month:02}-{day:02}");
    }
    if days.fract() != 0.0 || days < 1.0 {
        let blank = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{blank}{hour:02}:{minute:02}:{second:02}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[((u32, u32), &str)]) -> Result<String, String> {
        let mut table = TableWriter::default();
        cells.iter().try_for_each(|(position, text)| table.write(*position, text))?;
        Ok(String::from_utf8(table.finish()).unwrap())
    }

    #[test]
    fn cells_stand_where_the_sheet_has_them() {
        assert_eq!(written(&[]).unwrap(), "\n");
        let cells = [((1, 1), "a"), ((1, 2), "b,c"), ((1, 4), "d"), ((4, 0), "e"), ((4, 1), ""), ((4, 2), "f")];
        assert_eq!(written(&cells).unwrap(), "\n,a,\"b,c\",,d\n\n\ne,,f\n");
        for backward in [[((1, 1), "a"), ((0, 0), "b")], [((1, 1), "a"), ((1, 1), "b")]] {
            assert!(written(&backward).unwrap_err().contains("out of order"));
        }
    }

    #[test]
    fn numbers_have_the_digits_that_a_spreadsheet_shows() {
        for (number, text) in [(5.0, "5"), (0.1 + 0.2, "0.3"), (-2.5, "-2.5"), (1e15, "1000000000000000")] {
            assert_eq!(number_text(number), text);
        }
    }
}
