//! Options of reading a file of many sheets, which the file itself does not tell.

/// Wishes of a person for reading a file of many sheets.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The sheet of a workbook; without it the first one whose header names questions.
    pub sheet: Option<String>,
}
