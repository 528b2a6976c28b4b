//! Names that are not known: what may have been meant by a header, and whether a text has one.

use crate::answers::spelling::{BankNames, ColumnMatch, ColumnRole};
use crate::bank::{Bank, nearest_by};

/// Separators of the cells of a table.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

impl Bank {
    /// Returns the id of the question that a header without one was probably meant for.
    pub fn nearest_column(&self, header: &str) -> Option<&str> {
        let header = header.trim();
        let by_id = nearest_by(header, &self.questions, |question| &question.id);
        let question = by_id.or_else(|| nearest_by(header, &self.questions, |question| &question.text));
        question.map(|question| &*question.id)
    }

    /// Returns true if a text begins with the header of a table and not with a line of JSON or TOML.
    pub(super) fn heads_table(&self, text: &str) -> bool {
        let mut lines = text.trim_start_matches('\u{feff}').trim_start().lines();
        let header = lines.find(|line| !line.starts_with("sep=")).unwrap_or_default();
        if header.starts_with(['#', '[', '{']) || header.contains('=') || !header.contains(DELIMITERS) {
            return false;
        }
        let mut cells = header.split(DELIMITERS).map(|cell| cell.trim().trim_matches('"'));
        let names = BankNames::new(self);
        cells.any(|cell| !matches!(names.column(cell), ColumnMatch::Role(ColumnRole::Ignored, _)))
            || self.questions.iter().any(|question| header.contains(question.text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_told_from_json_and_toml_by_its_first_line() {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        for (text, is_table) in [
            ("step,some\n1,x\n", true),
            ("\u{feff}\nsep=;\nname;STEP\n", true),
            ("Do you like it?\tname\n", true),
            ("\"In which order?\",a\n", true),
            ("name,age\n", false),
            ("step = 1\n", false),
            ("{\"step\": 1, \"some\": \"x\"}", false),
            ("# step, some\nstep = 1\n", false),
            ("step", false),
        ] {
            assert_eq!(bank.heads_table(text), is_table, "{text:?}");
        }
    }
}
