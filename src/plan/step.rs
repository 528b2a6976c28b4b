//! The steps of a plan and the phases they belong to.

use jiff::civil::Date;

use crate::bank::{Certification, Hours, Project, Topic, named};

named! {
    /// The three phases, in their order.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Phase {
        /// Study the field.
        Knowledge = "knowledge",
        /// Have it certified.
        Certification = "certification",
        /// Solve problems with real data.
        Expertise = "expertise",
    }
}

/// One thing to do.
#[derive(Clone, Debug)]
pub struct Step<'b> {
    /// The topic, certification or project it is.
    pub kind: StepKind<'b>,
    /// First and last day; `None` where it is known already.
    pub dates: Option<(Date, Date)>,
}

/// A topic, certification or project.
#[derive(Clone, Copy, Debug)]
pub enum StepKind<'b> {
    /// A topic to learn.
    Topic(&'b Topic),
    /// An exam to sit.
    Certification(&'b Certification),
    /// A project to build.
    Project(&'b Project),
}

impl<'b> StepKind<'b> {
    /// Returns its id, unique within the role.
    pub fn id(self) -> &'b str {
        match self {
            Self::Topic(topic) => &topic.id,
            Self::Certification(certification) => &certification.id,
            Self::Project(project) => &project.id,
        }
    }

    /// Returns its title.
    pub fn title(self) -> &'b str {
        match self {
            Self::Topic(topic) => &topic.title,
            Self::Certification(certification) => &certification.name,
            Self::Project(project) => &project.title,
        }
    }

    /// Returns the estimate of its work.
    pub fn hours(self) -> Hours {
        match self {
            Self::Topic(topic) => topic.hours,
            Self::Certification(certification) => certification.hours,
            Self::Project(project) => project.hours,
        }
    }

    /// Returns the phase it belongs to.
    pub fn phase(self) -> Phase {
        match self {
            Self::Topic(_) => Phase::Knowledge,
            Self::Certification(_) => Phase::Certification,
            Self::Project(_) => Phase::Expertise,
        }
    }

    /// Returns the topic, `None` if it is anything else.
    pub(crate) fn topic(self) -> Option<&'b Topic> {
        if let Self::Topic(topic) = self { Some(topic) } else { None }
    }

    /// Returns the certification, `None` if it is anything else.
    pub(crate) fn certification(self) -> Option<&'b Certification> {
        if let Self::Certification(certification) = self { Some(certification) } else { None }
    }

    /// Returns the project, `None` if it is anything else.
    pub(crate) fn project(self) -> Option<&'b Project> {
        if let Self::Project(project) = self { Some(project) } else { None }
    }
}
