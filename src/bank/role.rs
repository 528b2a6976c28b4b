//! Roles and the steps that lead to them. None of it is ever scored.
#![allow(missing_docs, reason = "`source.rs` describes each key of a bank file, and a field is what its key says")]

use serde::{Deserialize, Serialize};

use crate::bank::date::PartialDate;
use crate::bank::named::named;
use crate::bank::problem::Place;

/// A job that a bank can recommend.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Role {
    pub id: String,
    pub place: Place,
    pub name: String,
    pub summary: String,
    pub growth: Option<String>,
    pub outlook: Vec<Outlook>,
    pub knowledge: Vec<Topic>,
    pub certifications: Vec<Certification>,
    pub expertise: Vec<Project>,
}

/// A fact about the market for a role, as somebody stated it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outlook {
    pub claim: String,
    pub value: String,
    pub as_of: Option<PartialDate>,
    pub source: Option<String>,
}

/// Estimated hours of work, for somebody quick and for somebody thorough; both zero where a bank gives no estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub low: u32,
    pub high: u32,
}

/// A topic of the knowledge phase.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Topic {
    pub id: String,
    pub title: String,
    pub why: Option<String>,
    pub hours: Hours,
    pub resources: Vec<Resource>,
}

/// Something to learn from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resource {
    pub title: String,
    pub kind: Option<ResourceKind>,
    pub cost: Option<Cost>,
    pub url: Option<String>,
}

named! {
    /// The medium of a resource.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum ResourceKind {
        /// A book, on paper or online.
        Book = "book",
        /// A course at one's own pace.
        Course = "course",
        /// Documentation to read along.
        Docs = "docs",
        /// A class with a teacher.
        InPerson = "in-person",
    }
}

named! {
    /// The cost of a resource.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Cost {
        Free = "free",
        Paid = "paid",
    }
}

/// An exam and the title it gives.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Certification {
    pub id: String,
    pub name: String,
    pub code: Option<String>,
    pub provider: Option<String>,
    pub level: Option<String>,
    pub hours: Hours,
    pub price_usd: Option<u32>,
    pub valid_years: Option<u32>,
    pub suits: Vec<String>,
    pub note: Option<String>,
    pub url: Option<String>,
    pub as_of: Option<PartialDate>,
    pub retired: Option<PartialDate>,
    pub successors: Vec<String>,
}

/// A project of the expertise phase.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Project {
    pub id: String,
    pub title: String,
    pub level: Option<u32>,
    pub hours: Hours,
    pub dataset: Option<Dataset>,
    pub done_when: Option<String>,
}

/// Public data for a project.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dataset {
    pub name: String,
    pub url: Option<String>,
}
