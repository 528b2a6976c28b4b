//! Checks that several parts of a bank need. Each reports what is wrong.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use toml::Spanned;

use crate::bank::field::{Field, List, Owner};
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
    /// Returns the id of a table, `None` if it is missing or malformed; one that is taken is only reported.
    pub(super) fn take(&mut self, id: Field<String>, owner: &Owner, problems: &mut Problems<'_>) -> Option<String> {
        let id = id.required("id = \"first-hour\"", owner, problems).filter(|id| problems.is_id(id));
        let Some(id) = id else {
            self.broken = true;
            return None;
        };
        let line = problems.place(&id.span()).line;
        if let Some(first) = self.lines.insert(id.get_ref().clone(), line) {
            self.broken = true;
            problems.error(&id.span(), ProblemKind::DuplicateId(owner.name, id.get_ref().clone(), first));
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

fn is_id_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

impl Problems<'_> {
    /// Returns true if an id is lower-case words joined by hyphens.
    pub(super) fn is_id(&mut self, id: &Spanned<String>) -> bool {
        let good = id.get_ref().len() <= LONGEST_ID && id.get_ref().split('-').all(is_id_word);
        if !good {
            self.error(&id.span(), ProblemKind::NotAnId(id.get_ref().clone()));
        }
        good
    }

    /// Returns a text that must be there, else an empty one.
    pub(super) fn needed(&mut self, field: Field<String>, example: &'static str, owner: &Owner) -> String {
        field.required(example, owner, self).map(Spanned::into_inner).unwrap_or_default()
    }

    /// Returns the items of a list, none if it is missing or wrong, and the allowed part of one that is too long.
    pub(super) fn at_most<T>(&mut self, field: Field<List<T>>, most: usize, things: &'static str) -> List<T> {
        let mut items = field.value().unwrap_or_default();
        if let Some(first_too_many) = items.get(most) {
            self.error(&first_too_many.span(), ProblemKind::TooMany(items.len(), things, most));
            items.truncate(most);
        }
        items
    }

    /// Returns a whole number, `None` if it is missing or out of its bounds.
    pub(super) fn within<N: TryFrom<i64>>(
        &mut self,
        number: impl Into<Option<Spanned<i64>>>,
        bounds: RangeInclusive<i64>,
        what: &'static str,
    ) -> Option<N> {
        let number = number.into()?;
        let value = *number.get_ref();
        if bounds.contains(&value) {
            return N::try_from(value).ok();
        }
        self.error(&number.span(), ProblemKind::OutOfRange(what, value, *bounds.start(), *bounds.end()));
        None
    }

    /// Returns the position of a word among those that are known, `None` if it is not among them.
    pub(super) fn position<'k>(
        &mut self,
        word: &Spanned<String>,
        known: impl Iterator<Item = &'k str> + Clone,
        kind: fn(UnknownWord) -> ProblemKind,
    ) -> Option<usize> {
        let position = known.clone().position(|name| name == word.get_ref());
        if position.is_none() {
            let unknown = self.unknown(word.get_ref(), known);
            self.error(&word.span(), kind(unknown));
        }
        position
    }

    /// Returns the one of a few values that has this name, `None` if none has it.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        all: &[T],
        name: fn(T) -> &'static str,
        word: Option<Spanned<String>>,
        kind: fn(UnknownWord) -> ProblemKind,
    ) -> Option<T> {
        self.position(&word?, all.iter().map(|value| name(*value)), kind).map(|index| all[index])
    }

    /// Returns the position of a role by its id, `None` if none has it.
    pub(super) fn role_index(&mut self, id: &Spanned<String>, roles: &[Role]) -> Option<usize> {
        self.position(id, roles.iter().map(|role| &*role.id), ProblemKind::UnknownRole)
    }
}
