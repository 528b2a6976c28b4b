//! What a change of a bank changes, as a JSON document.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::bank::{self, Bank, What};
use crate::scoring::{self, Shift};

use super::super::json::{BankId, SCHEMA_VERSION, Tool, bounded, pretty};
use super::people::{self, Tally};

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    old: BankId<'r>,
    new: BankId<'r>,
    changes: Vec<Change<'r>>,
    people: Option<People<'r>>,
}

#[derive(Serialize)]
struct Change<'r> {
    kind: &'static str,
    id: &'r str,
    what: &'static str,
    /// Whose points they are; only where points changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'r str>,
    from: Json,
    to: Json,
}

#[derive(Serialize)]
struct People<'r> {
    sheets: usize,
    same: usize,
    other_verdict: usize,
    other_role: usize,
    rejected: usize,
    skipped: Skipped,
    changed: Vec<Person<'r>>,
}

#[derive(Serialize)]
struct Skipped {
    old: usize,
    new: usize,
}

#[derive(Serialize)]
struct Person<'r> {
    id: Option<&'r str>,
    line: u64,
    old: Outcome<'r>,
    new: Outcome<'r>,
    why: Vec<Cause<'r>>,
}

#[derive(Serialize)]
struct Outcome<'r> {
    role: Option<&'r str>,
    verdict: &'static str,
    lead: f64,
}

#[derive(Serialize)]
struct Cause<'r> {
    question: &'r str,
    from: f64,
    to: f64,
}

/// The changes of a bank, what they shift, and whose result they change, as JSON.
#[must_use]
pub fn diff_json(
    old: &Bank,
    new: &Bank,
    changes: &[bank::Change],
    shifts: &[Shift<'_>],
    people: Option<(&Tally, &[people::Person<'_>])>,
) -> String {
    let shares = shifts.iter().map(Change::of_share);
    pretty(&Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool::SELF,
        old: BankId::new(old),
        new: BankId::new(new),
        changes: changes.iter().map(Change::new).chain(shares).collect(),
        people: people.map(|(tally, changed)| People::new(tally, changed)),
    })
}

impl<'r> Change<'r> {
    fn new(change: &'r bank::Change) -> Self {
        let role = match &change.what {
            What::Points { role, .. } => Some(&**role),
            What::Added | What::Removed | What::Moved | What::Key(_) => None,
        };
        Self {
            kind: change.sort.name(),
            id: &change.id,
            what: change.what.name(),
            role,
            from: change.from.clone(),
            to: change.to.clone(),
        }
    }

    fn of_share(shift: &Shift<'r>) -> Self {
        let (from, to) = (json!(shift.from), json!(shift.to));
        Self { kind: bank::Sort::Question.name(), id: shift.question, what: "share", role: None, from, to }
    }
}

impl<'r> People<'r> {
    fn new(tally: &Tally, changed: &'r [people::Person<'_>]) -> Self {
        Self {
            sheets: tally.sheets,
            same: tally.same,
            other_verdict: tally.other_verdict,
            other_role: tally.other_role,
            rejected: tally.rejected,
            skipped: Skipped { old: tally.skipped_old, new: tally.skipped_new },
            changed: changed.iter().map(Person::new).collect(),
        }
    }
}

impl<'r> Person<'r> {
    fn new(person: &'r people::Person<'_>) -> Self {
        let scoring::Turn { old, new, causes } = &person.turn;
        let why = causes.iter().map(|cause| Cause { question: cause.question, from: cause.from, to: cause.to });
        Self {
            id: person.id.as_deref(),
            line: person.line,
            old: Outcome::new(old),
            new: Outcome::new(new),
            why: why.collect(),
        }
    }
}

impl<'r> Outcome<'r> {
    fn new(outcome: &scoring::Outcome<'r>) -> Self {
        let role = outcome.role.map(|role| &*role.id);
        Self { role, verdict: outcome.verdict.name(), lead: bounded(outcome.lead, 100.0) }
    }
}
