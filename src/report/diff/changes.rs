//! The changes of a bank by groups, and what they shift.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::answers::SCHEMA_VERSION;
use crate::bank::{Bank, Change, ChangeKind, EntryKind, Group};
use crate::report::document::{Document, Report, Tone, heading, list, paragraph, section};
use crate::report::json::{BankId, Tool, object, pretty};
use crate::scoring::WeightChange;

use super::people::PeopleChanges;

/// Longest text that is shown whole, in characters.
const MAX_SHOWN: usize = 60;

/// Characters before the first difference that are kept.
const CONTEXT: usize = 20;

/// The words for a value that is not there.
const NONE: &str = "none";

/// The changes from one bank to another.
#[derive(Debug)]
pub struct DiffReport<'r> {
    /// The bank as it was.
    pub old: &'r Bank,
    /// The bank as it is.
    pub new: &'r Bank,
    /// Everything that differs.
    pub changes: Vec<Change>,
    /// Questions whose share of a lead's chance variance differs.
    pub weight_changes: Vec<WeightChange<'r>>,
    /// The people who answered, `None` if none were scored.
    pub people: Option<PeopleChanges<'r>>,
}

impl Report for DiffReport<'_> {
    fn document(&self) -> Document<'_> {
        let Self { old, new, changes, weight_changes, people } = self;
        let title = format!("{} {} → {} {}", old.id, old.version, new.id, new.version);
        let mut blocks = vec![heading(1, &title)];
        if changes.is_empty() {
            blocks.push(paragraph(if old.fingerprint == new.fingerprint {
                "No difference: the two files are the same."
            } else {
                "No difference in content: the files differ only in comments or in the way they are written."
            }));
        }
        for group in Group::ALL {
            let changes = changes.iter().filter(|change| change.entry.group() == group);
            let items: Vec<String> = changes.map(sentence).collect();
            if !items.is_empty() {
                blocks.push(section(2, self::title(group), vec![list(Tone::Plain, items)]));
            }
            if group == Group::Questions && !weight_changes.is_empty() {
                let items = weight_changes.iter().map(|WeightChange { question, from, to }| {
                    format!("{question}: {} → {}", percent(*from), percent(*to))
                });
                let title = "Share of a lead's chance variance, where points changed";
                blocks.push(section(2, title, vec![list(Tone::Plain, items)]));
            }
        }
        blocks.extend(people.iter().flat_map(PeopleChanges::blocks));
        Document { bank: new, title, blocks }
    }

    fn json(&self) -> String {
        pretty(&object! {
            schema_version: SCHEMA_VERSION,
            tool: Tool::SELF,
            old: BankId::new(self.old),
            new: BankId::new(self.new),
            changes: self.changes.iter().map(entry).chain(self.weight_changes.iter().map(share)).collect::<Vec<_>>(),
            people: self.people.as_ref().map(PeopleChanges::json),
        })
    }
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
    share.map_or_else(|| NONE.to_owned(), |share| format!("{:.1}%", 100.0 * share))
}

/// Returns a change in one or two lines.
fn sentence(change: &Change) -> String {
    let Change { entry, id, kind, from, to } = change;
    let (old, new) = values(from, to);
    match kind {
        ChangeKind::Added => format!("{id}: {} added{}", entry.name(), behind(*entry, &new)),
        ChangeKind::Removed => format!("{id}: {} removed{}", entry.name(), behind(*entry, &old)),
        ChangeKind::Points { key, role } => format!("{id}: {key} for {role} {old} → {new}"),
        ChangeKind::Moved | ChangeKind::Key(_) if *entry == EntryKind::Bank => {
            format!("{} {old} → {new}", kind.name())
        }
        ChangeKind::Moved | ChangeKind::Key(_) => format!("{id}: {} {old} → {new}", kind.name()),
    }
}

/// Returns the title of what comes or goes, unless there is none or its id is made of it.
fn behind(entry: EntryKind, title: &str) -> String {
    let told = title == NONE || matches!(entry, EntryKind::Outlook | EntryKind::Resource);
    if told { String::new() } else { format!(", {title}") }
}

/// Returns two values as a bank has them, each cut to what tells them apart.
fn values(from: &Json, to: &Json) -> (String, String) {
    let (old, new) = excerpts(&plain(from), &plain(to));
    let quoted = |value: &Json, text: String| if value.is_string() { format!("\"{text}\"") } else { text };
    (quoted(from, old), quoted(to, new))
}

/// Returns a value as a bank has it; a text without its quotation marks.
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

/// Returns both texts, cut where they are long: what they begin with alike goes first, but for a few words, then the
/// end.
fn excerpts(old: &str, new: &str) -> (String, String) {
    let is_long = [old, new].iter().any(|text| text.chars().count() > MAX_SHOWN);
    let alike = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let start = if is_long { word_start(old, alike.saturating_sub(CONTEXT)) } else { 0 };
    (cut(old, start), cut(new, start))
}

/// Returns the place where the word begins in which this character stands, both counted in characters. A very long word
/// is cut anywhere.
fn word_start(text: &str, place: usize) -> usize {
    let spaces = text.chars().take(place).enumerate().filter(|(_, character)| *character == ' ');
    let after = spaces.last().map_or(0, |(space, _)| space + 1);
    if place - after > CONTEXT { place } else { after }
}

fn cut(text: &str, start: usize) -> String {
    let mut rest = text.chars().skip(start);
    let shown: String = rest.by_ref().take(MAX_SHOWN).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{shown}{after}")
}

#[derive(Serialize)]
struct ChangeEntry<'r> {
    kind: &'static str,
    id: &'r str,
    what: &'static str,
    /// The role whose points changed; only where points did.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'r str>,
    from: Json,
    to: Json,
}

fn entry(change: &Change) -> ChangeEntry<'_> {
    let Change { entry, id, kind, from, to } = change;
    let role = if let ChangeKind::Points { role, .. } = kind { Some(&**role) } else { None };
    ChangeEntry { kind: entry.name(), id, what: kind.name(), role, from: from.clone(), to: to.clone() }
}

fn share<'r>(change: &WeightChange<'r>) -> ChangeEntry<'r> {
    let (from, to) = (json!(change.from), json!(change.to));
    ChangeEntry { kind: EntryKind::Question.name(), id: change.question, what: "share", role: None, from, to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_shown_whole() {
        assert_eq!(excerpts("a b", "a c"), ("a b".to_owned(), "a c".to_owned()));
    }

    #[test]
    fn long_texts_are_cut_to_the_words_around_their_first_difference() {
        let same = "one two three four five six seven eight nine ten eleven twelve ";
        let (old, new) = excerpts(&format!("{same}old{}", " x".repeat(40)), &format!("{same}new"));
        assert!(old.starts_with("…nine ten eleven twelve old x") && old.ends_with('…'), "{old}");
        assert_eq!(new, "…nine ten eleven twelve new");
        assert_eq!(old.chars().count(), MAX_SHOWN + 2);
    }

    #[test]
    fn a_word_without_end_is_cut_anywhere() {
        let (old, _) = excerpts(&"x".repeat(100), &"x".repeat(99));
        assert_eq!(old, format!("…{}", "x".repeat(21)));
    }
}
