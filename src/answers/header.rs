//! The header of a table: which column is about what, and why.

use super::import_options::ImportOptions;
use super::previous_result::PERSON;
use super::spelling::{BankNames, ColumnMatch, ColumnRole, FirstStep, MatchReason, Slot, is_same_header};
use crate::bank::{Bank, Kind, ProblemKind, UnknownWord, quoted};

/// Columns of a table of results, with what those of the fits begin with.
pub(crate) const COLUMNS: [&str; 8] = ["id", "role", "verdict", "lead", "error", "same_side", "chance", "coverage"];
pub(crate) const FIT: &str = "fit_";
pub(crate) const LIKING: &str = "liking_";
pub(crate) const FLAGS: &str = "flags";

/// Most names to list in a note, and to look for what may have been meant by.
const MOST_NAMES: usize = 12;

/// Most names to remember of fields that are left alone.
pub(crate) const MOST_IGNORED: usize = 4_096;

/// Shortest id that a mistyped header is taken for.
const SHORTEST_SIGN: usize = 5;

/// The layout of the rows of a file.
#[derive(Clone, Debug)]
pub(super) enum RowLayout {
    /// A JSON object a line.
    Lines,
    /// A table: what separates the cells, and what each column is about.
    Table { delimiter: u8, roles: Vec<ColumnRole> },
}

/// A column by its header.
#[derive(Clone, Debug)]
pub(crate) struct HeaderColumn {
    /// Its names in the rows of the header, at least one.
    pub(crate) names: Vec<String>,
    pub(crate) role: ColumnRole,
    pub(crate) why: MatchReason,
}

/// The header of a table.
pub(super) struct Header<'n> {
    pub(super) delimiter: u8,
    names: &'n BankNames<'n>,
    columns: Vec<HeaderColumn>,
    /// Problems of single columns.
    wrong: Vec<String>,
}

impl HeaderColumn {
    /// Returns the first name that is not blank.
    pub(crate) fn name(&self) -> &str {
        self.names.iter().map(String::as_str).find(|name| !name.is_empty()).unwrap_or_default()
    }
}

impl<'n> Header<'n> {
    /// Reads the names of each column.
    pub(super) fn new(
        columns: Vec<Vec<String>>,
        delimiter: u8,
        names: &'n BankNames<'n>,
        options: &ImportOptions,
    ) -> Self {
        let person = person(&columns, names);
        let mut wrong = Vec::new();
        let columns = columns.into_iter().enumerate().map(|(index, column)| {
            let texts: Vec<&str> = column.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            let (role, why) = match options.column(&texts, names) {
                ColumnMatch::Role(_, why) if why != MatchReason::Flag && person == Some(index) => {
                    (ColumnRole::Person, MatchReason::Person)
                }
                ColumnMatch::Role(role, why) => (role, why),
                other => {
                    wrong
                        .extend(problem(&other, texts.first().unwrap_or(&""), names.bank).map(|kind| kind.to_string()));
                    (ColumnRole::Ignored, MatchReason::Unknown)
                }
            };
            HeaderColumn { names: column, role, why }
        });
        let mut header = Self { delimiter, names, columns: columns.collect(), wrong };
        header.find_choice_texts();
        header
    }

    /// Finds the columns whose headers are texts of choices alone, of questions that no other column is about.
    fn find_choice_texts(&mut self) {
        let present = self.questions();
        let several = self.names.bank.questions.iter().filter(|question| {
            !present.contains(&question.index) && matches!(question.kind, Kind::Multi { .. } | Kind::Rank { .. })
        });
        let several: Vec<usize> = several.map(|question| question.index).collect();
        for question in several {
            let texts: Vec<&str> = self.columns.iter().map(HeaderColumn::name).collect();
            let choices = self.names.choice_texts(question, &texts);
            for (column, choice) in self.columns.iter_mut().zip(choices) {
                if let Some(choice) = choice.filter(|_| column.why == MatchReason::Unknown) {
                    column.role = ColumnRole::Part(question, Slot::Choice(choice));
                    column.why = MatchReason::ChoiceText;
                }
            }
        }
    }

    /// Returns how well a delimiter fits: columns that mean something, then columns at all.
    pub(super) fn weight(&self) -> (usize, usize) {
        (
            self.columns
                .iter()
                .filter(|column| column.role != ColumnRole::Ignored || column.why == MatchReason::Flag)
                .count()
                + self.wrong.len(),
            self.columns.len(),
        )
    }

    /// Returns every column.
    pub(crate) fn columns(&self) -> &[HeaderColumn] {
        &self.columns
    }

    /// Checks the header.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub(super) fn check(&self, options: &ImportOptions) -> Result<(), Vec<String>> {
        if self.is_results() {
            return Err(vec!["these are results, not answers; give the file that they were made from".to_owned()]);
        }
        let bank = self.names.bank;
        let mut wrong = options.problems(self.names);
        let named =
            options.ignored.iter().chain(&options.from_zero).chain(options.columns.iter().map(|(_, column)| column));
        for name in named {
            if !self.columns.iter().any(|column| column.names.iter().any(|other| is_same_header(other, name))) {
                let known = self.columns.iter().map(HeaderColumn::name);
                wrong.push(format!("there is no column {}; {}", quoted(name), UnknownWord::new(name, known).advice()));
            }
        }
        wrong.extend(self.wrong.iter().cloned());
        wrong.extend(self.signs());
        if wrong.is_empty() && !self.columns.iter().any(|column| column.role.question().is_some()) {
            // To look for what may have been meant takes long.
            let mut headers = self.columns.iter().map(HeaderColumn::name);
            let first = headers.clone().take(MOST_NAMES).find(|name| bank.nearest_column(name).is_some());
            let name = first.or_else(|| headers.next()).unwrap_or_default();
            let ids = bank.questions.iter().map(|question| &*question.id);
            wrong.push(format!(
                "no column is about a question of the bank `{}`; the header has to name ids or texts of questions, \
                 and {} is neither; {}",
                bank.id,
                quoted(name),
                UnknownWord::new(name, ids).advice()
            ));
        }
        let more = wrong.len().saturating_sub(MOST_NAMES);
        wrong.truncate(MOST_NAMES);
        wrong.extend((more > 0).then(|| format!("{more} more columns are not understood")));
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// Returns what is wrong with columns that are the only sign of a question.
    fn signs(&self) -> Vec<String> {
        let bank = self.names.bank;
        let unknown = self.columns.iter().filter(|column| {
            column.role == ColumnRole::Ignored && column.why == MatchReason::Unknown && !column.name().is_empty()
        });
        let signs = unknown.take(MOST_NAMES).filter_map(|column| {
            let id = bank
                .nearest_column(column.name())
                .filter(|id| bank.question(id).is_some_and(|question| self.count(question.index) == 0))?;
            (column.name().chars().count() >= SHORTEST_SIGN)
                .then(|| ProblemKind::UnclearColumn(column.name().to_owned(), id.to_owned()).to_string())
        });
        signs.collect()
    }

    /// Returns the number of columns about a question.
    fn count(&self, question: usize) -> usize {
        self.columns.iter().filter(|column| column.role.question() == Some(question)).count()
    }

    /// Returns the layout that the header says.
    pub(super) fn layout(&self) -> RowLayout {
        let roles = self.columns.iter().map(|column| match column.role {
            ColumnRole::Question(question) if self.count(question) > 1 => ColumnRole::Part(question, Slot::Whole),
            role => role,
        });
        RowLayout::Table { delimiter: self.delimiter, roles: roles.collect() }
    }

    /// Returns the number of the lowest step of each question, in bank order.
    pub(super) fn first_steps(&self, options: &ImportOptions) -> Vec<FirstStep> {
        let columns: Vec<(Vec<String>, ColumnRole)> =
            self.columns.iter().map(|column| (column.names.clone(), column.role)).collect();
        options.first_steps(&columns, self.names)
    }

    /// Returns the position of each question that has a column, in bank order.
    pub(super) fn questions(&self) -> Vec<usize> {
        (0..self.names.bank.questions.len()).filter(|question| self.count(*question) > 0).collect()
    }

    /// Returns true if this is a table of results, whose columns a bank may have questions of the same name for.
    fn is_results(&self) -> bool {
        let mut answers = self.columns.iter().filter(|column| column.role.question().is_some());
        // No question is called like the columns of fits: there is no `_` in an id.
        // Results of earlier versions have fewer columns.
        ["role", "verdict", "lead", "chance", FLAGS]
            .iter()
            .all(|name| self.columns.iter().any(|column| column.name() == *name))
            && self.columns.iter().any(|column| column.name().starts_with(FIT))
            && answers.all(|column| is_own(column.name()))
    }

    /// Returns the names of columns that are left alone for a reason.
    fn ignored(&self, why: MatchReason) -> Vec<&str> {
        let columns = self.columns.iter().filter(|column| column.role == ColumnRole::Ignored && column.why == why);
        columns.map(HeaderColumn::name).filter(|name| !name.is_empty()).collect()
    }

    /// Returns notes on columns that are left alone and questions that nobody can have answered.
    pub(super) fn notes(&self) -> Vec<String> {
        let bank = self.names.bank;
        let asides: Vec<String> = self.ignored(MatchReason::Aside).into_iter().map(quoted).collect();
        let asides = (!asides.is_empty())
            .then(|| format!("ignored, since it was asked beside a question: {}", some(&asides, asides.len())));
        let present = self.questions();
        let missing =
            bank.questions.iter().filter(|question| question.is_scored() && !present.contains(&question.index));
        let missing: Vec<String> = missing.map(|question| format!("`{}`", question.id)).collect();
        let skipped = (!missing.is_empty())
            .then(|| format!("skipped for everyone, since no column has it: {}", some(&missing, missing.len())));
        ignored_note(&self.ignored(MatchReason::Unknown), bank).into_iter().chain(asides).chain(skipped).collect()
    }
}

/// Returns true if a column of results is called so.
fn is_own(name: &str) -> bool {
    COLUMNS.contains(&name) || [FIT, LIKING].iter().any(|figure| name.starts_with(figure)) || name == FLAGS
}

/// Returns the column that names the person. Form tools write `ID`; one that is called exactly so comes first.
fn person(columns: &[Vec<String>], names: &BankNames<'_>) -> Option<usize> {
    let exact = columns.iter().position(|column| column.iter().any(|name| name == PERSON));
    exact.or_else(|| {
        columns.iter().position(|column| {
            column.iter().any(|name| {
                name.eq_ignore_ascii_case(PERSON)
                    && matches!(names.column(name), ColumnMatch::Role(ColumnRole::Ignored, _))
            })
        })
    })
}

/// Returns what is wrong with a column or key, `None` if it is understood.
pub(super) fn problem(found: &ColumnMatch, name: &str, bank: &Bank) -> Option<ProblemKind> {
    match found {
        ColumnMatch::Role(..) => None,
        ColumnMatch::Several(questions) => Some(ProblemKind::AmbiguousColumn(UnknownWord::among(
            name,
            questions.iter().map(|question| bank.questions[*question].id.as_str()),
        ))),
        ColumnMatch::Unclear(question) => {
            Some(ProblemKind::UnclearColumn(name.to_owned(), bank.questions[*question].id.clone()))
        }
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

    fn bank() -> Bank {
        Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap()
    }

    fn header<'n>(row: &str, names: &'n BankNames<'n>) -> Header<'n> {
        let columns = row.split(';').map(|name| vec![name.trim().to_owned()]).collect();
        Header::new(columns, b';', names, &ImportOptions::default())
    }

    #[test]
    fn a_column_is_named_by_id_text_or_row_of_a_grid() {
        let bank = bank();
        let names = BankNames::new(&bank);
        let header = header("ID;Step; Which of them? ;Rows [order];e-mail", &names);
        let roles: Vec<ColumnRole> = header.columns.iter().map(|column| column.role).collect();
        let question = ColumnRole::Question;
        assert_eq!(roles, [ColumnRole::Person, question(1), question(2), question(3), ColumnRole::Ignored]);
        assert_eq!(header.weight(), (4, 5));
        assert_eq!(header.check(&ImportOptions::default()), Ok(()));
        assert_eq!(header.notes(), ["ignored, since no question has this name: `e-mail`"]);
    }

    #[test]
    fn a_question_without_a_column_is_noted_unless_it_gives_no_points() {
        let bank = bank();
        let names = BankNames::new(&bank);
        assert_eq!(header("step;some", &names).notes(), ["skipped for everyone, since no column has it: `order`"]);
    }

    #[test]
    fn headers_that_are_not_understood_are_refused() {
        let bank = bank();
        let names = BankNames::new(&bank);
        for (row, told) in [
            ("name;age", "no column is about a question of the bank `kinds`"),
            ("id;role;verdict;lead;chance;coverage;fit_a;fit_b;flags", "these are results, not answers"),
            (
                "id;role;verdict;lead;error;same_side;chance;coverage;fit_a;fit_b;liking_a;liking_b;flags",
                "these are results",
            ),
            ("step;some[q]", "the column `some[q]` looks like the question `some`"),
            ("step;Do you like it;Which of thems?", "the column `Which of thems?` looks like the question `some`"),
        ] {
            let wrong = header(row, &names).check(&ImportOptions::default()).unwrap_err();
            assert!(wrong.len() == 1 && wrong[0].starts_with(told), "{wrong:?}");
        }
    }

    #[test]
    fn the_command_line_says_what_a_column_is() {
        let bank = bank();
        let names = BankNames::new(&bank);
        let options = ImportOptions {
            columns: vec![("step".to_owned(), "A".to_owned())],
            ignored: vec!["some[q]".to_owned()],
            ..ImportOptions::default()
        };
        let columns = ["a", "some[q]"].map(|name| vec![name.to_owned()]).to_vec();
        let header = Header::new(columns, b';', &names, &options);
        assert_eq!(header.check(&options), Ok(()));
        assert_eq!(header.columns[0].role, ColumnRole::Question(1));
        let other = ImportOptions { ignored: vec!["b".to_owned()], ..options };
        let wrong = header.check(&other).unwrap_err();
        assert!(wrong[0].starts_with("there is no column `b`; known here: `a`, `some[q]`"), "{wrong:?}");
    }

    #[test]
    fn a_long_list_of_names_is_cut() {
        let bank = bank();
        let names = BankNames::new(&bank);
        let columns: Vec<String> = (1..=MOST_NAMES + 3).map(|number| format!("column {number}")).collect();
        let header = header(&format!("step;some;order;{}", columns.join(";")), &names);
        assert!(header.notes()[0].ends_with("`column 12` and 3 more"));
        let names: Vec<String> = columns.clone();
        assert!(some(&names, MOST_IGNORED).ends_with("column 12 and at least 4084 more"));
    }
}
