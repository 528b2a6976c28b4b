//! The steps of a plan with everything that is known of them.

use crate::bank::{Certification, Resource};
use crate::plan::{Step, StepKind};

use super::document::{ListItem, Task};
use super::phrases::{self, DateStyle};

/// Returns a step with everything that is known of it.
pub(super) fn task<'r>(step: &Step<'r>, dates: DateStyle) -> Task<'r> {
    let about = match step.kind {
        StepKind::Topic(topic) => Task {
            why: topic.why.as_deref().map(Into::into),
            resources: topic.resources.iter().map(resource).collect(),
            ..Task::default()
        },
        StepKind::Certification(exam) => certification(exam, phrases::certification(exam, dates)),
        StepKind::Project(project) => Task {
            data: project
                .dataset
                .as_ref()
                .map(|data| ListItem::new(format!("Data: {}", data.name), "", data.url.as_deref())),
            done_when: project.done_when.as_ref().map(|done_when| format!("Done when: {done_when}").into()),
            ..Task::default()
        },
    };
    Task { title: step.kind.title(), done: step.dates.is_none(), dates: phrases::dates(step, dates), ..about }
}

pub(super) fn certification(certification: &Certification, facts: String) -> Task<'_> {
    Task {
        title: &certification.name,
        facts: Some(ListItem::new(facts, "", certification.url.as_deref())),
        note: certification.note.as_deref().map(Into::into),
        ..Task::default()
    }
}

fn resource(resource: &Resource) -> ListItem<'_> {
    ListItem::new(&resource.title, phrases::resource_kind(resource), resource.url.as_deref())
}
