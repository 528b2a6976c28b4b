//! How a file is to be read where it does not say so itself.

use crate::bank::ProblemKind;

use super::spelling::{BankNames, ColumnMatch, ColumnRole, FirstStep, MatchReason, is_same_header};

/// Wishes of a person for reading a file of many sheets.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The sheet of a workbook; `None` for the first that names questions.
    pub sheet: Option<String>,
    /// Questions with the columns that answer them.
    pub columns: Vec<(String, String)>,
    /// Columns to leave alone.
    pub ignored: Vec<String>,
    /// Columns that count the steps of their scale from 0.
    pub from_zero: Vec<String>,
    /// True if a cell that is not understood is skipped.
    pub is_lenient: bool,
}

impl ImportOptions {
    /// Returns what a column is about, of which a file may have several names.
    pub(super) fn column(&self, column: &[&str], names: &BankNames<'_>) -> ColumnMatch {
        if self.ignored.iter().any(|header| is_any(column, header)) {
            return ColumnMatch::Role(ColumnRole::Ignored, MatchReason::Flag);
        }
        if let Some((question, _)) = self.columns.iter().find(|(_, header)| is_any(column, header))
            && let ColumnMatch::Role(role, _) = names.column(question)
        {
            return ColumnMatch::Role(role, MatchReason::Flag);
        }
        let mut found = column.iter().map(|name| names.column(name)).collect::<Vec<_>>();
        // The name that says most of the column counts.
        found.sort_by_key(rank);
        match found.as_slice() {
            [ColumnMatch::Role(one, _), ColumnMatch::Role(other, _), ..]
                if one != other && *other != ColumnRole::Ignored =>
            {
                ColumnMatch::Several([one, other].into_iter().filter_map(|role| role.question()).collect())
            }
            _ => found.into_iter().next().unwrap_or(ColumnMatch::Role(ColumnRole::Ignored, MatchReason::Unknown)),
        }
    }

    /// Returns what is wrong with the questions that the command line names.
    pub(super) fn problems(&self, names: &BankNames<'_>) -> Vec<String> {
        let unknown = self.columns.iter().filter(|(question, _)| {
            !matches!(names.column(question), ColumnMatch::Role(ColumnRole::Question(_) | ColumnRole::Part(..), _))
        });
        unknown.map(|(question, _)| ProblemKind::Answer(names.bank.unknown_question(question)).to_string()).collect()
    }

    /// Returns the number of the lowest step of each question, in bank order.
    pub(super) fn first_steps(&self, columns: &[(Vec<String>, ColumnRole)], names: &BankNames<'_>) -> Vec<FirstStep> {
        let mut first = vec![FirstStep::One; names.bank.questions.len()];
        for name in &self.from_zero {
            let role = columns
                .iter()
                .find(|column| column.0.iter().any(|header| is_same_header(header, name)))
                .map(|(_, role)| *role);
            let by_name = match names.column(name) {
                ColumnMatch::Role(role, _) => Some(role),
                _ => None,
            };
            if let Some(question) = role.or(by_name).and_then(ColumnRole::question) {
                first[question] = FirstStep::Zero;
            }
        }
        first
    }
}

/// Returns true if a header is one of the names of a column.
fn is_any(column: &[&str], header: &str) -> bool {
    column.iter().any(|name| is_same_header(name, header))
}

/// Returns the place of a match among those of one column, the one that says most first.
fn rank(found: &ColumnMatch) -> u8 {
    match found {
        ColumnMatch::Role(ColumnRole::Question(_) | ColumnRole::Part(..) | ColumnRole::Person, _) => 0,
        ColumnMatch::Several(_) => 1,
        ColumnMatch::Unclear(_) => 2,
        ColumnMatch::Role(ColumnRole::Ignored, MatchReason::Unknown) => 4,
        ColumnMatch::Role(ColumnRole::Ignored, _) => 3,
    }
}
