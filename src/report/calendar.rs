//! The plan as a calendar (RFC 5545): one all-day event a step that is still to be done.
//!
//! Events are identified by bank, role and step, so that importing a changed plan moves what is there and adds nothing.
//! What is stamped is the start of the plan and not the clock, so that equal plans give equal bytes.

use icalendar::{Calendar, Component as _, Event, Property};
use jiff::civil::Date;

use crate::bank::{Bank, Certification, Dataset};
use crate::plan::{Plan, Step, Subject};

use super::words;

/// A calendar; nothing where no step is left to do, because a calendar without events is none.
pub(super) fn plan(bank: &Bank, plan: &Plan<'_>) -> Option<String> {
    let mut calendar = Calendar::empty();
    let product = concat!("-//pathquiz//pathquiz ", env!("CARGO_PKG_VERSION"), "//EN");
    for (key, value) in [("VERSION", "2.0"), ("PRODID", product), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&words::plan_title(plan.role));
    for step in &plan.steps {
        calendar.components.extend(event(bank, plan, step).map(Into::into));
    }
    (!calendar.components.is_empty()).then(|| calendar.to_string())
}

/// A step from its first day to its last; nothing if it is known already, or ends with the calendar.
fn event(bank: &Bank, plan: &Plan<'_>, step: &Step<'_>) -> Option<Event> {
    let (start, finish) = step.dates?;
    // The end of an all-day event is the day after its last.
    let end = finish.tomorrow().ok()?;
    let subject = step.subject;
    let mut event = Event::new();
    event.uid(&format!("{}.{}.{}@pathquiz", bank.id, plan.role.id, subject.id()));
    event.summary(&format!("{}: {}", words::phase(subject.phase()), subject.title()));
    event.description(&description(step));
    event.append_property(Property::new("DTSTAMP", format!("{}T000000Z", compact(plan.pace.start))));
    event.append_property(day("DTSTART", start)).append_property(day("DTEND", end));
    // Of two calendars with one stamp the one in which more is known is the newer.
    let known = plan.steps.iter().filter(|step| step.dates.is_none()).count();
    event.append_property(Property::new("SEQUENCE", known.to_string()));
    // Studying in the evenings takes no day off the calendar.
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    event.append_property(Property::new("CATEGORIES", subject.phase().name()));
    if let Subject::Certification(Certification { url: Some(url), .. }) = subject {
        event.url(url);
    }
    Some(event)
}

/// A property that is a day without a time.
fn day(key: &str, day: Date) -> Property {
    Property::new(key, compact(day)).add_parameter("VALUE", "DATE").done()
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// What there is to know on the day, a line each.
fn description(step: &Step<'_>) -> String {
    let mut lines = vec![words::hours(step.subject.hours())];
    match step.subject {
        Subject::Topic(topic) => {
            lines.extend(topic.why.clone());
            lines.extend(
                topic.resources.iter().map(|resource| with(&words::resource(resource), resource.url.as_deref())),
            );
        }
        Subject::Certification(certification) => {
            lines.extend(Some(words::certification(certification)).filter(|facts| !facts.is_empty()));
            lines.extend([&certification.note, &certification.url].into_iter().flatten().cloned());
        }
        Subject::Project(project) => {
            let data = |dataset: &Dataset| with(&words::data(dataset), dataset.url.as_deref());
            lines.extend(project.dataset.as_ref().map(data));
            lines.extend(words::done_when(project));
        }
    }
    lines.join("\n")
}

/// Text with its address behind it.
fn with(text: &str, url: Option<&str>) -> String {
    url.map_or_else(|| text.to_owned(), |url| format!("{text} {url}"))
}
