//! Checks that several parts of a bank need.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;

use crate::bank::field::{Field, List};
use crate::bank::limits::LONGEST_ID;
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::role::Role;
use crate::bank::suggest::UnknownWord;

/// Ids that must differ from each other.
#[derive(Default)]
pub(super) struct Ids {
    lines: BTreeMap<String, usize>,
    broken: bool,
}

impl Ids {
    /// Returns the id of a table, `None` after reporting that it is missing or malformed. One that is taken is reported too.
    pub(super) fn take(
        &mut self,
        id: Field<String>,
        what: &'static str,
        owner: &Range<usize>,
        problems: &mut Problems<'_>,
    ) -> Option<String> {
        let id = id.required("id = \"first-hour\"", what, owner, problems).filter(|id| is_id(id, problems));
        let Some(id) = id else {
            self.broken = true;
            return None;
        };
        let line = problems.place(&id.span()).line;
        if let Some(first) = self.lines.insert(id.get_ref().clone(), line) {
            self.broken = true;
            problems.error(&id.span(), ProblemKind::DuplicateId(what, id.get_ref().clone(), first));
        }
        Some(id.into_inner())
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.lines.contains_key(id)
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns true if an id was missing, malformed or taken twice.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }
}

/// Returns true if an id is lower-case words joined by hyphens; reports it otherwise.
pub(super) fn is_id(id: &Spanned<String>, problems: &mut Problems<'_>) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let good = id.get_ref().len() <= LONGEST_ID && id.get_ref().split('-').all(is_word);
    if !good {
        problems.error(&id.span(), ProblemKind::NotAnId(id.get_ref().clone()));
    }
    good
}

/// Returns a text that must be there, an empty one after reporting that it is not.
pub(super) fn needed(
    field: Field<String>,
    example: &'static str,
    what: &'static str,
    owner: &Range<usize>,
    problems: &mut Problems<'_>,
) -> String {
    field.required(example, what, owner, problems).map(Spanned::into_inner).unwrap_or_default()
}

/// Returns the items of a list, of which there are none where it is missing or wrong. Reports a list that is too long and
/// keeps its allowed part.
pub(super) fn at_most<T>(
    field: Field<List<T>>,
    most: usize,
    things: &'static str,
    problems: &mut Problems<'_>,
) -> List<T> {
    let mut items = field.value().unwrap_or_default();
    if let Some(first_too_many) = items.get(most) {
        problems.error(&first_too_many.span(), ProblemKind::TooMany(items.len(), things, most));
        items.truncate(most);
    }
    items
}

/// Returns a whole number within bounds, `None` if it is missing or after reporting that it is outside.
pub(super) fn within<N: TryFrom<i64>>(
    number: Field<i64>,
    bounds: RangeInclusive<i64>,
    what: &'static str,
    problems: &mut Problems<'_>,
) -> Option<N> {
    number_within(&number.optional()?, bounds, what, problems)
}

/// Returns a whole number within bounds, `None` after reporting that it is outside.
pub(super) fn number_within<N: TryFrom<i64>>(
    number: &Spanned<i64>,
    bounds: RangeInclusive<i64>,
    what: &'static str,
    problems: &mut Problems<'_>,
) -> Option<N> {
    let value = *number.get_ref();
    if bounds.contains(&value) {
        return N::try_from(value).ok();
    }
    problems.error(&number.span(), ProblemKind::OutOfRange(what, value, *bounds.start(), *bounds.end()));
    None
}

/// Returns the position of a word among those that are known; reports one that is not among them with the nearest.
pub(super) fn position<'k>(
    word: &Spanned<String>,
    known: impl Iterator<Item = &'k str> + Clone,
    kind: fn(UnknownWord) -> ProblemKind,
    problems: &mut Problems<'_>,
) -> Option<usize> {
    let position = known.clone().position(|name| name == word.get_ref());
    if position.is_none() {
        let unknown = problems.unknown(word.get_ref(), known);
        problems.error(&word.span(), kind(unknown));
    }
    position
}

/// Returns the one of a few values that has this name; reports a name that none has.
pub(super) fn one_of<T: Copy>(
    all: &[T],
    name: fn(T) -> &'static str,
    word: Option<Spanned<String>>,
    kind: fn(UnknownWord) -> ProblemKind,
    problems: &mut Problems<'_>,
) -> Option<T> {
    position(&word?, all.iter().map(|value| name(*value)), kind, problems).map(|index| all[index])
}

/// Returns the position of a role by its id; reports an id that none has.
pub(super) fn role_index(id: &Spanned<String>, roles: &[Role], problems: &mut Problems<'_>) -> Option<usize> {
    position(id, roles.iter().map(|role| &*role.id), ProblemKind::UnknownRole, problems)
}
