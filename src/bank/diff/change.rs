//! One change between two banks: of which entry, and what became of it.

use serde_json::Value as Json;

use crate::bank::named::named;

/// One thing that a bank says otherwise than another.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The kind of the entry.
    pub entry: EntryKind,
    /// Its id behind those of the tables that it stands in, joined by slashes. A source or a fact without an id goes by its
    /// title, numbered where one table has it several times.
    pub id: String,
    /// Its fate.
    pub kind: ChangeKind,
    /// The old bank's value; null where it has none.
    pub from: Json,
    /// The new bank's value; null where it has none.
    pub to: Json,
}

/// The fate of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The old bank does not have it. The new value is its title; its parts are not listed one by one.
    Added,
    /// The new bank does not have it. The old value is its title.
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

impl ChangeKind {
    /// Returns its name in documents: the key as a bank has it, or what happened.
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
    /// A kind of entry that a bank holds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[allow(missing_docs, reason = "each is what its name says")]
    pub enum EntryKind {
        Bank = "bank",
        Role = "role",
        Outlook = "outlook",
        Question = "question",
        Choice = "choice",
        Topic = "topic",
        Resource = "resource",
        Certification = "certification",
        Project = "project",
        Persona = "persona",
        Answer = "answer",
    }
}

impl EntryKind {
    /// Returns the part of a bank that it belongs to.
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
    /// The bank as a whole.
    Bank,
    /// Roles and facts about them.
    Roles,
    /// Questions and their choices.
    Questions,
    /// The steps of study plans.
    Plan,
    /// Personas.
    Personas,
}

impl Group {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Bank, Self::Roles, Self::Questions, Self::Plan, Self::Personas];
}
