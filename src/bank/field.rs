//! The value under one key of a bank file, which may be missing or wrong.

use std::ops::Range;

use toml::Spanned;

use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;

/// Several tables or values of one kind, each with its place.
pub(crate) type List<T> = Vec<Spanned<T>>;

/// A table whose keys are the author's own, such as role ids; in the file's order.
pub(super) type Map<T> = Vec<(Spanned<String>, Spanned<T>)>;

/// A table of the file: what messages call it, and where it stands.
pub(super) struct Owner {
    pub(super) name: &'static str,
    pub(super) span: Range<usize>,
}

impl Owner {
    pub(super) fn new<T>(name: &'static str, table: &Spanned<T>) -> Self {
        Self { name, span: table.span() }
    }
}

/// The value under one key of the file.
#[derive(Debug)]
pub(super) enum Field<T> {
    /// The key is not there.
    Missing,
    /// The key is there with something unusable, which has been reported.
    Wrong,
    /// The key is there with a value of the right type.
    Given(Spanned<T>),
}

impl<T> Field<T> {
    /// Returns the value, `None` if it is missing or has been reported.
    pub(super) fn optional(self) -> Option<Spanned<T>> {
        match self {
            Self::Given(value) => Some(value),
            Self::Missing | Self::Wrong => None,
        }
    }

    /// Returns the value without taking it.
    pub(super) fn given(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Given(value) => Some(value),
            Self::Missing | Self::Wrong => None,
        }
    }

    /// Returns the value; a missing one is reported against the table that should have it, with an example such as
    /// `format = 1` that begins with the key.
    pub(super) fn required(
        self,
        example: &'static str,
        owner: &Owner,
        problems: &mut Problems<'_>,
    ) -> Option<Spanned<T>> {
        if self.is_missing() {
            problems.error(&owner.span, ProblemKind::MissingKey(owner.name, example));
        }
        self.optional()
    }

    /// Returns the value without its place.
    pub(super) fn value(self) -> Option<T> {
        self.optional().map(Spanned::into_inner)
    }

    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    pub(super) fn span(&self) -> Option<Range<usize>> {
        self.given().map(Spanned::span)
    }
}
