//! The people whose results a change of a bank changes.

use serde::Serialize;

use crate::bank::{Count, quoted};
use crate::report::document::{Block, Tone, apart, heading, list, paragraph};
use crate::report::json::{bounded, object};
use crate::report::rounding::nearest;
use crate::scoring::{BankResult, ChangedContribution, ResultChange};

/// A person who gets another result.
#[derive(Debug)]
pub struct PersonChange<'m> {
    /// The name that the file gives; `None` where it gives none.
    pub id: Option<String>,
    /// The line of the file, from 1.
    pub line: u64,
    /// The results.
    pub change: ResultChange<'m>,
}

impl PersonChange<'_> {
    /// Returns what becomes of the result, and why.
    fn sentence(&self) -> String {
        let ResultChange { old, new, causes } = &self.change;
        let name = self.id.as_ref().map_or_else(|| format!("line {}", self.line), |id| quoted(id));
        let change = format!("{name}: {} → {}", result_text(old), result_text(new));
        let causes: Vec<String> = causes.iter().map(cause_text).collect();
        if causes.is_empty() { change } else { format!("{change}; because of {}", causes.join(", ")) }
    }

    fn json(&self) -> impl Serialize {
        let causes = self.change.causes.iter();
        let why = causes.map(|cause| object! { question: cause.question, from: cause.from, to: cause.to });
        object! {
            id: &self.id,
            line: self.line,
            old: result_json(&self.change.old),
            new: result_json(&self.change.new),
            why: why.collect::<Vec<_>>(),
        }
    }
}

/// Everybody who answered, by what becomes of their results.
#[derive(Debug, Default)]
pub struct PeopleChanges<'m> {
    /// Number of those with the same role and verdict.
    pub same: usize,
    /// Those with another role or verdict.
    pub changed: Vec<PersonChange<'m>>,
    /// Lines that could not be read.
    pub rejected: usize,
    /// Answers that the old bank does not take.
    pub skipped_old: usize,
    /// Answers that the new bank does not take.
    pub skipped_new: usize,
}

impl<'m> PeopleChanges<'m> {
    /// Adds a person; `None` is one whose result stays.
    pub fn add(&mut self, change: Option<PersonChange<'m>>) {
        match change {
            None => self.same += 1,
            Some(change) => self.changed.push(change),
        }
    }

    /// Returns how many could be scored, and how many of them have another role.
    fn counts(&self) -> (usize, usize) {
        let other_role = self.changed.iter().filter(|person| person.change.changes_role()).count();
        (self.same + self.changed.len(), other_role)
    }

    pub(super) fn blocks(&self) -> Vec<Block<'static>> {
        let Self { same, changed, rejected, skipped_old, skipped_new } = self;
        let mut blocks = Vec::new();
        if !changed.is_empty() {
            let title = "Whose result changes, with points of the old leader's lead over the new one";
            blocks.extend([heading(2, title), list(Tone::Plain, changed.iter().map(PersonChange::sentence))]);
        }
        let (sheets, other_role) = self.counts();
        let (sheets, other_verdict) = (Count(sheets, "sheet", "sheets"), changed.len() - other_role);
        blocks.push(apart(format!(
            "{sheets}: {same} with the same role and verdict, {other_verdict} with another verdict, {other_role} with \
             another role."
        )));
        for (skipped, bank) in
            [(*skipped_old, "old"), (*skipped_new, "new")].into_iter().filter(|(skipped, _)| *skipped > 0)
        {
            let answers = Count(skipped, "answer", "answers");
            blocks.push(paragraph(format!("Skipped, since the {bank} bank does not have what they name: {answers}.")));
        }
        if *rejected > 0 {
            blocks.push(paragraph(format!("Not scored: {}.", Count(*rejected, "line", "lines"))));
        }
        blocks
    }

    pub(super) fn json(&self) -> impl Serialize {
        let (sheets, other_role) = self.counts();
        object! {
            sheets: sheets,
            same: self.same,
            other_verdict: self.changed.len() - other_role,
            other_role: other_role,
            rejected: self.rejected,
            skipped: object! { old: self.skipped_old, new: self.skipped_new },
            changed: self.changed.iter().map(PersonChange::json).collect::<Vec<_>>(),
        }
    }
}

fn result_text(result: &BankResult<'_>) -> String {
    let role = result.role.map_or("nobody", |role| &role.id);
    format!("{role}, {}, lead {}", result.verdict.name(), nearest(result.lead))
}

fn result_json(result: &BankResult<'_>) -> impl Serialize {
    object! {
        role: result.role.map(|role| &role.id),
        verdict: result.verdict.name(),
        lead: bounded(result.lead, 100.0),
    }
}

fn cause_text(cause: &ChangedContribution<'_>) -> String {
    format!("{} {} → {}", cause.question, points(cause.from), points(cause.to))
}

/// Returns points of a lead to one decimal; zero has no sign.
fn points(points: f64) -> String {
    let tenths = nearest(10.0 * points);
    if tenths == 0 { "0".to_owned() } else { format!("{points:+.1}") }
}
