//! Columns of a table as form tools and spreadsheet programs head them: the question that one is about.

use crate::answers::previous_result::PERSON;
use crate::bank::{Bank, Question, nearest_by};

/// Separators of the cells of a table.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

impl Bank {
    /// Returns every question that a column may be about, by its header: an id or the text of a question, or something that
    /// ends in either in brackets, as form tools name the rows of a grid. A text that several questions share names all
    /// of them, and so does an id in other capitals.
    pub fn columns(&self, header: &str) -> Vec<&Question> {
        let header = header.trim();
        if let Some(question) = self.question(header) {
            return vec![question];
        }
        let others = self.questions.iter().filter(|question| question.id != PERSON);
        let by_id: Vec<&Question> = others.filter(|question| question.id.eq_ignore_ascii_case(header)).collect();
        if !by_id.is_empty() {
            return by_id;
        }
        let named = |name: &str| self.questions.iter().filter(|question| is_same(&question.text, name)).collect();
        let found: Vec<&Question> = named(header);
        let row = header.strip_suffix(']').and_then(|header| header.rsplit_once('['));
        match row {
            Some((_, row)) if found.is_empty() => self.question(row.trim()).map_or_else(|| named(row), |one| vec![one]),
            _ => found,
        }
    }

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
        if header.starts_with(['#', '[', '{']) || header.contains('=') {
            return false;
        }
        let mut cells = header.split(DELIMITERS).map(|cell| cell.trim().trim_matches('"'));
        header.contains(DELIMITERS)
            && (cells.any(|cell| !self.columns(cell).is_empty())
                || self.questions.iter().any(|question| header.contains(question.text.as_str())))
    }
}

/// Returns true if two texts are the same but for spaces and line breaks, which programs that show a text fold.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
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
