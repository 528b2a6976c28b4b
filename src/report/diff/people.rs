//! The people whose results a change of a bank changes.

use serde::Serialize;

use crate::bank::{Count, quoted};
use crate::report::json::{bounded, object};
use crate::report::page::{Style, TextPage};
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
    /// Returns what becomes of the result, for a terminal.
    pub fn text(&self, style: Style) -> String {
        let mut page = TextPage::new(style);
        let arrow = style.arrow();
        let ResultChange { old, new, causes } = &self.change;
        let name = self.id.as_ref().map_or_else(|| format!("line {}", self.line), |id| quoted(id));
        page.hanging("  ", "      ", &format!("{name}: {} {arrow} {}", result_text(old), result_text(new)));
        if !causes.is_empty() {
            let causes: Vec<String> = causes.iter().map(|cause| cause_text(cause, arrow)).collect();
            page.hanging("      because of ", "      ", &causes.join(", "));
        }
        page.finish()
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

/// Numbers of people by what becomes of their results.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChangeTally {
    /// Everybody who could be scored: those of the next three together.
    pub sheets: usize,
    /// Those with the same role and verdict.
    pub same: usize,
    /// Those with another verdict for the same role.
    pub other_verdict: usize,
    /// Those with another role.
    pub other_role: usize,
    /// Lines that could not be read.
    pub rejected: usize,
    /// Answers that the old bank does not take.
    pub skipped_old: usize,
    /// Answers that the new bank does not take.
    pub skipped_new: usize,
}

impl ChangeTally {
    /// Counts a person; `None` is one whose result stays.
    pub fn count(&mut self, change: Option<&ResultChange<'_>>) {
        self.sheets += 1;
        match change {
            None => self.same += 1,
            Some(change) if change.changes_role() => self.other_role += 1,
            Some(_) => self.other_verdict += 1,
        }
    }

    /// Returns the numbers for a terminal.
    pub fn text(&self, style: Style) -> String {
        let Self { sheets, same, other_verdict, other_role, rejected, skipped_old, skipped_new } = *self;
        let sheets = Count(sheets, "sheet", "sheets");
        let mut page = TextPage::new(style);
        page.paragraph(&format!(
            "{sheets}: {same} with the same role and verdict, {other_verdict} with another verdict, {other_role} with \
             another role."
        ));
        for (skipped, bank) in [(skipped_old, "old"), (skipped_new, "new")] {
            if skipped > 0 {
                let answers = Count(skipped, "answer", "answers");
                page.paragraph(&format!("Skipped, since the {bank} bank does not have what they name: {answers}."));
            }
        }
        if rejected > 0 {
            page.paragraph(&format!("Not scored: {}.", Count(rejected, "line", "lines")));
        }
        page.finish()
    }

    pub(super) fn json(&self, changed: &[PersonChange<'_>]) -> impl Serialize {
        object! {
            sheets: self.sheets,
            same: self.same,
            other_verdict: self.other_verdict,
            other_role: self.other_role,
            rejected: self.rejected,
            skipped: object! { old: self.skipped_old, new: self.skipped_new },
            changed: changed.iter().map(PersonChange::json).collect::<Vec<_>>(),
        }
    }
}

/// Returns the heading of people, for a terminal.
pub fn people_heading(style: Style) -> String {
    let mut page = TextPage::new(style);
    page.gap();
    page.heading("Whose result changes, with points of the old leader's lead over the new one");
    page.finish()
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

fn cause_text(cause: &ChangedContribution<'_>, arrow: &str) -> String {
    format!("{} {} {arrow} {}", cause.question, points(cause.from), points(cause.to))
}

/// Returns points of a lead to one decimal; zero has no sign.
fn points(points: f64) -> String {
    let tenths = nearest(10.0 * points);
    if tenths == 0 { "0".to_owned() } else { format!("{points:+.1}") }
}
