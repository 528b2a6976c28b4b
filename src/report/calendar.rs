//! The plan as a calendar (RFC 5545): one all-day event a step that is still to be done, and on demand its study
//! sessions.
//!
//! Events are identified by bank, role and step, so that importing a changed plan moves what is there and adds nothing.
//! What is stamped is the start of the plan and not the clock, so that equal plans give equal bytes.

use icalendar::{Calendar, Component as _, Event, Property};
use jiff::civil::{Date, DateTime};

use crate::bank::Bank;
use crate::plan::{Plan, Step};

use super::document::ListItem;
use super::phrases::DateStyle;
use super::sessions::StudySessions;
use super::{phrases, tasks};

/// Octets of the longest line of a calendar, without its line break.
const MAX_OCTETS: usize = 75;

/// Returns a plan as a calendar, with study sessions where they are asked for; `None` where no step is left to do, because
/// a calendar without events is none.
pub(super) fn plan_calendar(bank: &Bank, plan: &Plan<'_>, sessions: Option<&StudySessions>) -> Option<String> {
    let mut calendar = Calendar::empty();
    let product = concat!("-//pathquiz//pathquiz ", env!("CARGO_PKG_VERSION"), "//EN");
    for (key, value) in [("VERSION", "2.0"), ("PRODID", product), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&phrases::plan_title(plan.role));
    for step in &plan.steps {
        calendar.components.extend(all_days(bank, plan, step).map(Into::into));
    }
    for (step, times) in sessions.map_or_else(Vec::new, |sessions| sessions.of_plan(plan)) {
        let sessions = (1..).zip(times).map(|(number, times)| session(event(bank, plan, step), number, times));
        calendar.components.extend(sessions.map(Into::into));
    }
    (!calendar.components.is_empty()).then(|| fold(&calendar.to_string()))
}

/// Returns a calendar whose lines have at most 75 octets, as RFC 5545 asks. The library that writes it can miss that by
/// one in the last line of a property.
fn fold(calendar: &str) -> String {
    let mut folded = String::with_capacity(calendar.len());
    for line in calendar.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut length = 0;
        for character in line.trim_end_matches("\r\n").chars() {
            length += character.len_utf8();
            if length > MAX_OCTETS {
                folded.push_str("\r\n ");
                length = 1 + character.len_utf8();
            }
            folded.push(character);
        }
        folded.push_str("\r\n");
    }
    folded
}

/// Returns a step from its first day to its last, `None` if it is known already or ends with the calendar.
fn all_days(bank: &Bank, plan: &Plan<'_>, step: &Step<'_>) -> Option<Event> {
    let (start, finish) = step.dates?;
    // The end of an all-day event is the day after its last.
    let end = finish.tomorrow().ok()?;
    let mut event = event(bank, plan, step);
    event.append_property(day("DTSTART", start)).append_property(day("DTEND", end));
    // What takes weeks makes no day busy.
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    Some(event)
}

/// Returns the event of a step as one of its sessions, at the same time wherever somebody is.
fn session(mut event: Event, number: usize, times: [DateTime; 2]) -> Event {
    let id = event.get_uid().unwrap_or_default().replacen('@', &format!(".{number}@"), 1);
    event.uid(&id);
    for (key, time) in ["DTSTART", "DTEND"].into_iter().zip(times) {
        event.append_property(Property::new(key, time.strftime("%Y%m%dT%H%M%S").to_string()));
    }
    event
}

/// Returns what every event of a step has.
fn event(bank: &Bank, plan: &Plan<'_>, step: &Step<'_>) -> Event {
    let kind = step.kind;
    let mut event = Event::new();
    event.uid(&format!("{}.{}.{}@pathquiz", bank.id, plan.role.id, kind.id()));
    event.summary(&format!("{}: {}", phrases::phase(kind.phase()), kind.title()));
    event.description(&description(step, DateStyle::of(&bank.language)));
    event.append_property(Property::new("DTSTAMP", format!("{}T000000Z", compact(plan.pace.start))));
    // Of two calendars with one stamp the one in which more is known is the newer.
    let known = plan.steps.iter().filter(|step| step.dates.is_none()).count();
    event.append_property(Property::new("SEQUENCE", known.to_string()));
    event.append_property(Property::new("CATEGORIES", kind.phase().name()));
    if let Some(url) = kind.certification().and_then(|certification| certification.url.as_deref()) {
        event.url(url);
    }
    event
}

fn day(key: &str, day: Date) -> Property {
    Property::new(key, compact(day)).add_parameter("VALUE", "DATE").done()
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Returns what there is to know on the day, a line each; an address stands behind what it belongs to.
fn description(step: &Step<'_>, dates: DateStyle) -> String {
    let known = tasks::task(step, dates);
    let mut lines = vec![phrases::hours(step.kind.hours())];
    lines.extend(known.why.iter().chain(&known.resources).map(with_address));
    if let Some(facts) = &known.facts {
        lines.extend(Some(facts.text()).filter(|facts| !facts.is_empty()));
        lines.extend(known.note.iter().map(ListItem::text));
        lines.extend(facts.url.map(str::to_owned));
    }
    lines.extend(known.data.iter().chain(&known.done_when).map(with_address));
    lines.join("\n")
}

fn with_address(item: &ListItem<'_>) -> String {
    item.url.map_or_else(|| item.text(), |url| format!("{} {url}", item.text()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::civil::{Weekday, date, time};

    use crate::bank::SHIPPED;
    use crate::plan::{Pace, PlanPreferences};

    use super::*;

    fn bank() -> Bank {
        Bank::parse(SHIPPED.as_bytes()).unwrap()
    }

    /// Returns the plan for the first role of a bank with these steps known.
    fn plan<'b>(bank: &'b Bank, known: &[&str]) -> Plan<'b> {
        let preferences = PlanPreferences { known: known.to_vec(), ..PlanPreferences::default() };
        Plan::new(&bank.roles[0], &preferences, Pace { start: date(2026, 11, 23), hours_per_week: 6 }).unwrap()
    }

    fn calendar(known: &[&str]) -> Option<String> {
        let bank = bank();
        plan_calendar(&bank, &plan(&bank, known), None)
    }

    fn ids() -> Vec<String> {
        plan(&bank(), &[]).steps.iter().map(|step| step.kind.id().to_owned()).collect()
    }

    #[test]
    fn every_open_step_is_an_event_that_ends_on_the_day_after_its_last() {
        let text = calendar(&[]).unwrap();
        assert_eq!(text.matches("BEGIN:VEVENT").count(), ids().len());
        assert!(text.contains("DTSTART;VALUE=DATE:20261123\r\n"), "{text}");
        assert!(text.contains("DTSTAMP:20261123T000000Z\r\n") && text.contains("SEQUENCE:0\r\n"));
    }

    #[test]
    fn a_known_step_is_no_event_and_raises_the_sequence() {
        let ids = ids();
        let text = calendar(&[&ids[0]]).unwrap();
        assert_eq!(text.matches("BEGIN:VEVENT").count(), ids.len() - 1);
        assert_eq!(text.matches("SEQUENCE:1\r\n").count(), ids.len() - 1);
        assert!(!text.contains(&format!(".{}@pathquiz", ids[0])));
    }

    #[test]
    fn sessions_stand_beside_the_days_of_their_step_and_have_ids_of_their_own() {
        let bank = bank();
        let sessions =
            StudySessions { days: vec![Weekday::Tuesday, Weekday::Friday, Weekday::Sunday], from: time(19, 0, 0, 0) };
        let text = plan_calendar(&bank, &plan(&bank, &[]), Some(&sessions)).unwrap();
        let events: HashSet<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
        assert_eq!(events.len(), text.matches("BEGIN:VEVENT").count());
        assert!(events.len() > 10 * ids().len());
        assert!(text.contains("DTSTART:20261124T190000\r\n") && text.contains("DTEND:20261124T210000\r\n"), "{text}");
        assert_eq!(text.matches("TRANSP:TRANSPARENT").count(), ids().len(), "sessions are busy");
    }

    #[test]
    fn a_plan_with_nothing_left_has_no_calendar() {
        let ids = ids();
        assert_eq!(calendar(&ids.iter().map(String::as_str).collect::<Vec<_>>()), None);
    }

    #[test]
    fn lines_are_folded_between_characters_at_75_octets() {
        let text = format!("SUMMARY:{}\r\nUID:1\r\n", "é".repeat(80));
        let folded = fold(&text);
        assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded}");
        assert_eq!((folded.replace("\r\n ", ""), folded.matches("\r\n ").count()), (text, 2));
    }
}
