//! What two banks do not have in common, one change at a time. Comments, spacing and the order of keys are no content, and
//! a default counts as if it were written.

mod content;
mod plan;
mod thing;

use serde_json::Value as Json;

use super::Bank;
use crate::bank::named::named;

/// One thing that a bank says otherwise than another.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What sort of thing it is.
    pub sort: Sort,
    /// Its id behind those of the tables that it stands in, joined by slashes. A source or a fact without an id goes by its
    /// title, numbered where one table has it several times.
    pub id: String,
    /// What became of it.
    pub what: What,
    /// What the old bank says; null where it says nothing.
    pub from: Json,
    /// What the new bank says; null where it says nothing.
    pub to: Json,
}

/// What became of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The old bank does not have it. Its title is what the new bank says; what stands in it is not listed one by one.
    Added,
    /// The new bank does not have it. Its title is what the old bank says.
    Removed,
    /// It stands elsewhere among those that both banks have; positions in the two lists, from 1.
    Moved,
    /// A key of it has another value.
    Key(&'static str),
    /// It gives a role that both banks have other points.
    Points {
        /// The key under which a bank has them.
        key: &'static str,
        /// The role's id.
        role: String,
    },
}

impl What {
    /// Its name in documents: the key as a bank has it, or what happened.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "position",
            Self::Key(key) | Self::Points { key, .. } => key,
        }
    }
}

named! {
    /// A sort of thing that a bank holds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Sort {
        /// The bank itself.
        Bank = "bank",
        /// A role.
        Role = "role",
        /// A fact about the market for a role.
        Outlook = "outlook",
        /// A question.
        Question = "question",
        /// A choice of a question.
        Choice = "choice",
        /// A topic of a role's plan.
        Topic = "topic",
        /// Something to learn a topic from.
        Resource = "resource",
        /// A certification of a role's plan.
        Certification = "certification",
        /// A project of a role's plan.
        Project = "project",
        /// A persona.
        Persona = "persona",
        /// An answer of a persona.
        Answer = "answer",
    }
}

impl Sort {
    /// The part of a bank that it belongs to.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Self::Bank => Group::Bank,
            Self::Role | Self::Outlook => Group::Roles,
            Self::Question | Self::Choice => Group::Questions,
            Self::Topic | Self::Resource | Self::Certification | Self::Project => Group::Plan,
            Self::Persona | Self::Answer => Group::Personas,
        }
    }
}

/// A part of a bank, in the order in which changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What is said of the bank as a whole.
    Bank,
    /// Roles and facts about them.
    Roles,
    /// Questions and their choices.
    Questions,
    /// What study plans are made of.
    Plan,
    /// Personas.
    Personas,
}

impl Group {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Bank, Self::Roles, Self::Questions, Self::Plan, Self::Personas];
}

impl Bank {
    /// What a newer bank says otherwise than this one: by groups, each in the newer bank's order with what it no longer has
    /// behind it.
    #[must_use]
    pub fn changes(&self, newer: &Self) -> Vec<Change> {
        let mut changes = content::bank(self).changes(&content::bank(newer));
        changes.sort_by_key(|change| change.sort.group());
        changes
    }
}
