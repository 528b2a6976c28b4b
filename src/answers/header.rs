//! The header of a table: which column is about what.

use super::previous_result::PERSON;
use super::table::CellReader;
use crate::bank::{Bank, UnknownWord, quoted};

/// Columns of a table of results, with what those of the fits begin with.
pub(crate) const COLUMNS: [&str; 8] = ["id", "role", "verdict", "lead", "error", "same_side", "chance", "coverage"];
pub(crate) const FIT: &str = "fit_";
pub(crate) const LIKING: &str = "liking_";
pub(crate) const FLAGS: &str = "flags";

/// Most names to list in a note, and to look for what may have been meant by.
const MOST_NAMES: usize = 12;

/// Most names to remember of fields that are left alone.
pub(crate) const MOST_IGNORED: usize = 4_096;

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// None of what the bank knows.
    Ignored,
    /// Who answered.
    Person,
    /// A question, by its position in the bank.
    Question(usize),
}

/// How the rows of a file are laid out.
#[derive(Clone, Debug)]
pub(super) enum Layout {
    /// A JSON object a line.
    Lines,
    /// A table: what separates the cells, and what each column is about.
    Table { delimiter: u8, roles: Vec<ColumnRole> },
}

/// The first row of a table.
pub(super) struct Header {
    pub(super) delimiter: u8,
    names: Vec<String>,
    roles: Vec<ColumnRole>,
    /// Names that several questions have.
    unclear: Vec<String>,
}

impl Header {
    pub(super) fn new(row: &[u8], delimiter: u8, bank: &Bank) -> Self {
        let mut reader = CellReader::new(delimiter);
        let cells = reader.read(row, row.len());
        let names: Vec<String> = cells.map(|cell| String::from_utf8_lossy(cell.text).trim().to_owned()).collect();
        // Form tools write `ID`; a column that is called exactly so comes first.
        let person = names.iter().position(|name| name == PERSON);
        let person = person.or_else(|| {
            names.iter().position(|name| name.eq_ignore_ascii_case(PERSON) && bank.columns(name).is_empty())
        });
        let mut unclear = Vec::new();
        let mut roles = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            let questions = bank.columns(name);
            roles.push(match questions.as_slice() {
                _ if person == Some(index) => ColumnRole::Person,
                [question] => ColumnRole::Question(question.index),
                [] => ColumnRole::Ignored,
                _ => {
                    unclear.push(name.clone());
                    ColumnRole::Ignored
                }
            });
        }
        Self { delimiter, names, roles, unclear }
    }

    /// Returns how well a delimiter fits: columns that mean something, then columns at all.
    pub(super) fn weight(&self) -> (usize, usize) {
        (self.roles.iter().filter(|role| **role != ColumnRole::Ignored).count(), self.roles.len())
    }

    /// Checks the header.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub(super) fn check(&self, bank: &Bank) -> Result<(), Vec<String>> {
        if self.is_results() {
            return Err(vec!["these are results, not answers; give the file that they were made from".to_owned()]);
        }
        let several =
            |name: &String| format!("the column {} has the text of several questions; use their ids", quoted(name));
        let mut wrong: Vec<String> = self.unclear.iter().map(several).collect();
        for question in &bank.questions {
            let count = self.roles.iter().filter(|role| **role == ColumnRole::Question(question.index)).count();
            if count > 1 {
                wrong.push(format!("{count} columns answer the question `{}`; keep one", question.id));
            }
        }
        if wrong.is_empty() && !self.roles.iter().any(|role| matches!(role, ColumnRole::Question(_))) {
            // To look for what may have been meant takes long.
            let first = self.names.iter().take(MOST_NAMES).find(|name| bank.nearest_column(name).is_some());
            let first = first.or(self.names.first());
            let (name, ids) = (first.map_or("", String::as_str), bank.questions.iter().map(|question| &*question.id));
            wrong.push(format!(
                "no column is about a question of the bank `{}`; the first line has to name ids or texts of questions, \
                 and {} is neither; {}",
                bank.id,
                quoted(name),
                UnknownWord::new(name, ids).advice()
            ));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// Returns the layout that the header says.
    pub(super) fn layout(self) -> Layout {
        Layout::Table { delimiter: self.delimiter, roles: self.roles }
    }

    /// Returns true if this is a table of results, whose columns a bank may have questions of the same name for.
    fn is_results(&self) -> bool {
        let is_own = |name: &str| {
            COLUMNS.contains(&name) || [FIT, LIKING].iter().any(|figure| name.starts_with(figure)) || name == FLAGS
        };
        let answers = self.names.iter().zip(&self.roles).filter(|(_, role)| matches!(role, ColumnRole::Question(_)));
        let has = |column: &&str| self.names.iter().any(|name| name == column);
        // No question is called like the columns of fits: there is no `_` in an id.
        // Results of earlier versions have fewer columns.
        ["role", "verdict", "lead", "chance", FLAGS].iter().all(has)
            && self.names.iter().any(|name| name.starts_with(FIT))
            && answers.into_iter().all(|(name, _)| is_own(name))
    }

    /// Returns notes on columns that are left alone and questions that nobody can have answered.
    pub(super) fn notes(&self, bank: &Bank) -> Vec<String> {
        let ignored = self.names.iter().zip(&self.roles).filter(|(_, role)| **role == ColumnRole::Ignored);
        let ignored: Vec<&str> = ignored.map(|(name, _)| name.as_str()).collect();
        let missing = bank.questions.iter().filter(|question| question.is_scored());
        let missing = missing.filter(|question| !self.roles.contains(&ColumnRole::Question(question.index)));
        let missing: Vec<String> = missing.map(|question| format!("`{}`", question.id)).collect();
        let skipped = (!missing.is_empty())
            .then(|| format!("skipped for everyone, since no column has it: {}", some(&missing, missing.len())));
        ignored_note(&ignored, bank).into_iter().chain(skipped).collect()
    }
}

/// Returns a note on columns or fields that are left alone, `None` where there are none.
pub(crate) fn ignored_note(names: &[impl AsRef<str>], bank: &Bank) -> Option<String> {
    let shown = |name: &str| match bank.nearest_column(name) {
        Some(id) => format!("{} (did you mean `{id}`?)", quoted(name)),
        None => quoted(name),
    };
    // To look for what may have been meant takes long, and only a few names are shown.
    let first: Vec<String> = names.iter().take(MOST_NAMES).map(|name| shown(name.as_ref())).collect();
    (!names.is_empty()).then(|| format!("ignored, since no question has this name: {}", some(&first, names.len())))
}

/// Returns names as a list, cut where they would flood the note; so many there are.
fn some(names: &[String], count: usize) -> String {
    let shown = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match count.saturating_sub(MOST_NAMES) {
        0 => shown,
        // No more names of fields are remembered.
        rest if count >= MOST_IGNORED => format!("{shown} and at least {rest} more"),
        rest => format!("{shown} and {rest} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> (Bank, Header) {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        let header = Header::new(names.as_bytes(), b',', &bank);
        (bank, header)
    }

    #[test]
    fn a_column_is_named_by_id_text_or_row_of_a_grid() {
        let (bank, header) = header("ID,Step, Which of them? ,Rows [order],\"In which,order?\",e-mail");
        let question = ColumnRole::Question;
        let ignored = ColumnRole::Ignored;
        assert_eq!(header.roles, [ColumnRole::Person, question(1), question(2), question(3), ignored, ignored]);
        assert_eq!(header.weight(), (4, 6));
        assert_eq!(header.check(&bank), Ok(()));
        let notes = ["ignored, since no question has this name: `In which,order?` (did you mean `order`?), `e-mail`"];
        assert_eq!(header.notes(&bank), notes);
    }

    #[test]
    fn a_question_without_a_column_is_noted_unless_it_gives_no_points() {
        let (bank, header) = header("step,some");
        assert_eq!(header.notes(&bank), ["skipped for everyone, since no column has it: `order`"]);
    }

    #[test]
    fn headers_without_questions_with_one_twice_and_of_results_are_refused() {
        for (names, told) in [
            ("name,age", "no column is about a question of the bank `kinds`"),
            ("step,Do you like it?", "2 columns answer the question `step`; keep one"),
            ("id,role,verdict,lead,chance,coverage,fit_a,fit_b,flags", "these are results, not answers"),
            (
                "id,role,verdict,lead,error,same_side,chance,coverage,fit_a,fit_b,liking_a,liking_b,flags",
                "these are results",
            ),
        ] {
            let (bank, header) = header(names);
            let wrong = header.check(&bank).unwrap_err();
            assert!(wrong.len() == 1 && wrong[0].starts_with(told), "{wrong:?}");
        }
    }

    #[test]
    fn a_long_list_of_names_is_cut() {
        let names: Vec<String> = (1..=MOST_NAMES + 3).map(|number| format!("column {number}")).collect();
        let (bank, header) = header(&format!("step,some,order,{}", names.join(",")));
        assert!(header.notes(&bank)[0].ends_with("`column 12` and 3 more"));
        assert!(some(&names, MOST_IGNORED).ends_with("column 12 and at least 4084 more"));
    }
}
