//! The steps of a plan with everything that is known of them.

use crate::bank::{Certification, Resource};
use crate::plan::{Step, StepKind};

use super::document::{ListItem, Task};
use super::phrases::{self, DateStyle};

/// Returns a step with everything that is known of it.
pub(super) fn task<'r>(step: &Step<'r>, dates: DateStyle) -> Task<'r> {
    let about = match step.kind {
        StepKind::Topic(topic) => Task {
            why: topic.why.as_deref().map(quoted),
            resources: topic.resources.iter().map(resource).collect(),
            ..Task::default()
        },
        StepKind::Certification(exam) => certification(exam, phrases::certification(exam, dates)),
        StepKind::Project(project) => Task {
            data: project.dataset.as_ref().map(|data| ListItem::labelled("Data: ", &data.name, data.url.as_deref())),
            done_when: project.done_when.as_ref().map(|done_when| ListItem::labelled("Done when: ", done_when, None)),
            ..Task::default()
        },
    };
    Task { title: step.kind.title(), done: step.dates.is_none(), dates: phrases::dates(step, dates), ..about }
}

pub(super) fn certification(certification: &Certification, facts: String) -> Task<'_> {
    Task {
        title: &certification.name,
        facts: Some(ListItem { url: certification.url.as_deref(), ..facts.into() }),
        note: certification.note.as_deref().map(quoted),
        ..Task::default()
    }
}

fn quoted(text: &str) -> ListItem<'_> {
    ListItem::new(text, "", None)
}

fn resource(resource: &Resource) -> ListItem<'_> {
    ListItem::new(&resource.title, phrases::resource_kind(resource), resource.url.as_deref())
}
