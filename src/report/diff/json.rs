//! What a change of a bank changes, as a JSON document.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::bank::{Bank, Change, ChangeKind, EntryKind};
use crate::scoring::{BankResult, WeightChange};

use super::people::{Person, Tally};
use crate::report::json::{BankId, SCHEMA_VERSION, Tool, bounded, object, pretty};

/// The changes of a bank, what they shift, and whose result they change, as JSON.
#[must_use]
pub fn diff_json(
    old: &Bank,
    new: &Bank,
    changes: &[Change],
    shifts: &[WeightChange<'_>],
    people: Option<(&Tally, &[Person<'_>])>,
) -> String {
    pretty(&object! {
        schema_version: SCHEMA_VERSION,
        tool: Tool::SELF,
        old: BankId::new(old),
        new: BankId::new(new),
        changes: changes.iter().map(entry).chain(shifts.iter().map(share)).collect::<Vec<_>>(),
        people: people.map(|(tally, changed)| self::people(tally, changed)),
    })
}

#[derive(Serialize)]
struct Entry<'r> {
    kind: &'static str,
    id: &'r str,
    what: &'static str,
    /// Whose points they are; only where points changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'r str>,
    from: Json,
    to: Json,
}

fn entry(change: &Change) -> Entry<'_> {
    let Change { entry, id, kind, from, to } = change;
    let role = match kind {
        ChangeKind::Points { role, .. } => Some(&**role),
        ChangeKind::Added | ChangeKind::Removed | ChangeKind::Moved | ChangeKind::Key(_) => None,
    };
    Entry { kind: entry.name(), id, what: kind.name(), role, from: from.clone(), to: to.clone() }
}

fn share<'r>(shift: &WeightChange<'r>) -> Entry<'r> {
    let (from, to) = (json!(shift.from), json!(shift.to));
    Entry { kind: EntryKind::Question.name(), id: shift.question, what: "share", role: None, from, to }
}

fn people(tally: &Tally, changed: &[Person<'_>]) -> impl Serialize {
    object! {
        sheets: tally.sheets,
        same: tally.same,
        other_verdict: tally.other_verdict,
        other_role: tally.other_role,
        rejected: tally.rejected,
        skipped: object! { old: tally.skipped_old, new: tally.skipped_new },
        changed: changed.iter().map(person).collect::<Vec<_>>(),
    }
}

fn person(person: &Person<'_>) -> impl Serialize {
    let causes = person.turn.causes.iter();
    object! {
        id: &person.id,
        line: person.line,
        old: outcome(&person.turn.old),
        new: outcome(&person.turn.new),
        why: causes.map(|cause| object! { question: cause.question, from: cause.from, to: cause.to }).collect::<Vec<_>>(),
    }
}

fn outcome(outcome: &BankResult<'_>) -> impl Serialize {
    object! {
        role: outcome.role.map(|role| &role.id),
        verdict: outcome.verdict.name(),
        lead: bounded(outcome.lead, 100.0),
    }
}
