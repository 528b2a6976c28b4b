//! Roles and the steps that lead to them. None of it is ever scored.

use serde::{Deserialize, Serialize};

use super::date::When;
use super::problem::Place;
use crate::bank::named::named;

/// A job that a bank can recommend.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Role {
    /// Identifies the role in points, flags and results.
    pub id: String,
    /// Where it stands in the file.
    pub place: Place,
    /// Its name as people say it.
    pub name: String,
    /// What the person in this job does.
    pub summary: String,
    /// Where the role can lead.
    pub growth: Option<String>,
    /// Facts about the market.
    pub outlook: Vec<Outlook>,
    /// Topics to learn, in learning order.
    pub knowledge: Vec<Topic>,
    /// Certifications, the one to recommend first in front.
    pub certifications: Vec<Certification>,
    /// Projects, in rising difficulty.
    pub expertise: Vec<Project>,
}

/// A fact about the market for a role, as somebody stated it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outlook {
    /// What is claimed.
    pub claim: String,
    /// The claimed figure or statement.
    pub value: String,
    /// When it was true; nothing if the source does not say.
    pub as_of: Option<When>,
    /// Address of the source.
    pub source: Option<String>,
}

/// Estimated hours of work; both zero where a bank gives no estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// For somebody quick.
    pub low: u32,
    /// For somebody thorough.
    pub high: u32,
}

/// A topic of the knowledge phase.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Topic {
    /// Identifies the topic; the same id in two roles means the same topic.
    pub id: String,
    /// The topic's name.
    pub title: String,
    /// Why it is learned, and why here in the order.
    pub why: Option<String>,
    /// Work to expect.
    pub hours: Hours,
    /// Where to learn it.
    pub resources: Vec<Resource>,
}

/// Something to learn from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resource {
    /// Its title.
    pub title: String,
    /// What sort of thing it is.
    pub kind: Option<Medium>,
    /// Whether it costs money.
    pub cost: Option<Cost>,
    /// Its address.
    pub url: Option<String>,
}

named! {
    /// What sort of thing a resource is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Medium {
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
    /// Whether a resource costs money.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Cost {
        /// Nothing to pay.
        Free = "free",
        /// Something to pay.
        Paid = "paid",
    }
}

/// An exam and the title it gives.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Certification {
    /// Identifies it within the role.
    pub id: String,
    /// Official name.
    pub name: String,
    /// Official code, where there is one.
    pub code: Option<String>,
    /// Who examines.
    pub provider: Option<String>,
    /// The provider's own word for the level.
    pub level: Option<String>,
    /// Preparation to expect once the topics are known.
    pub hours: Hours,
    /// Price of one attempt in US dollars.
    pub price_usd: Option<u32>,
    /// Years until it must be renewed.
    pub valid_years: Option<u32>,
    /// Tags that a plan question can prefer.
    pub suits: Vec<String>,
    /// Something a learner must know before booking.
    pub note: Option<String>,
    /// The provider's page.
    pub url: Option<String>,
    /// When these facts were checked.
    pub as_of: Option<When>,
    /// Last day on which the exam could or can be sat.
    pub retired: Option<When>,
    /// Ids of certifications of this role that took its place.
    pub successors: Vec<String>,
}

/// A project of the expertise phase.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Project {
    /// Identifies it within the role.
    pub id: String,
    /// What is built.
    pub title: String,
    /// Difficulty, from 1.
    pub level: Option<u32>,
    /// Work to expect.
    pub hours: Hours,
    /// Data to work on.
    pub dataset: Option<Dataset>,
    /// How to tell that it is finished.
    pub done_when: Option<String>,
}

/// Public data for a project.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dataset {
    /// Its name.
    pub name: String,
    /// Where to get it.
    pub url: Option<String>,
}
