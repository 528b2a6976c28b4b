//! What a change of a bank changes, for a terminal or as JSON.

mod excerpt;
mod json;
mod people;

use serde_json::Value as Json;

use crate::bank::{Bank, Change, ChangeKind, EntryKind, Group};
use crate::scoring::WeightChange;

use super::page::{Style, TextPage};

pub use json::diff_json;
pub use people::{Person, Tally, people_text, person_text, tally_text};

use excerpt::excerpts;

/// The changes of a bank by groups, and what they shift, for a terminal.
#[must_use]
pub fn diff_text(old: &Bank, new: &Bank, changes: &[Change], shifts: &[WeightChange<'_>], style: Style) -> String {
    let mut page = TextPage::new(style);
    let arrow = style.arrow();
    page.heading(&format!("{} {} {arrow} {} {}", old.id, old.version, new.id, new.version));
    if changes.is_empty() {
        page.paragraph(if old.fingerprint == new.fingerprint {
            "No difference: the two files are the same."
        } else {
            "No difference in content: the files differ only in comments or in the way they are written."
        });
    }
    for group in Group::ALL {
        let mut changes = changes.iter().filter(|change| change.entry.group() == group).peekable();
        if changes.peek().is_some() {
            page.part(title(group));
        }
        for change in changes {
            page.hanging("  ", "      ", &sentence(change, arrow));
        }
        if group == Group::Questions && !shifts.is_empty() {
            page.part("Share of a lead's chance variance, where points changed");
            for shift in shifts {
                let text = format!("{}: {} {arrow} {}", shift.question, percent(shift.from), percent(shift.to));
                page.hanging("  ", "      ", &text);
            }
        }
    }
    page.finish()
}

fn title(group: Group) -> &'static str {
    match group {
        Group::Bank => "Bank",
        Group::Roles => "Roles",
        Group::Questions => "Questions",
        Group::Plan => "Plan",
        Group::Personas => "Personas",
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "none".to_owned(), |share| format!("{:.1} %", 100.0 * share))
}

/// A change in one or two lines.
fn sentence(change: &Change, arrow: &str) -> String {
    let Change { entry, id, kind, from, to } = change;
    let (old, new) = values(from, to);
    match kind {
        ChangeKind::Added => format!("{id}: {} added{}", entry.name(), behind(*entry, &new)),
        ChangeKind::Removed => format!("{id}: {} removed{}", entry.name(), behind(*entry, &old)),
        ChangeKind::Points { key, role } => format!("{id}: {key} for {role} {old} {arrow} {new}"),
        ChangeKind::Moved | ChangeKind::Key(_) if *entry == EntryKind::Bank => {
            format!("{} {old} {arrow} {new}", kind.name())
        }
        ChangeKind::Moved | ChangeKind::Key(_) => format!("{id}: {} {old} {arrow} {new}", kind.name()),
    }
}

/// The title of what comes or goes, unless there is none or its id is made of it.
fn behind(entry: EntryKind, title: &str) -> String {
    let told = title == NONE || matches!(entry, EntryKind::Outlook | EntryKind::Resource);
    if told { String::new() } else { format!(", {title}") }
}

/// What stands for a value that is not there.
const NONE: &str = "none";

/// Two values as a bank has them, each cut to what tells them apart.
fn values(from: &Json, to: &Json) -> (String, String) {
    let (old, new) = excerpts(&plain(from), &plain(to));
    let quoted = |value: &Json, text: String| if value.is_string() { format!("\"{text}\"") } else { text };
    (quoted(from, old), quoted(to, new))
}

/// A value as a bank has it; a text without its quotation marks.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => NONE.to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(Json::to_string).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}
