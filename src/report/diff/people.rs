//! Whose result a change of a bank changes.

use crate::bank::{Count, quoted};
use crate::scoring::{BankResult, ChangedContribution, ResultChange};

use crate::report::page::{Style, TextPage};
use crate::report::rounding::nearest;

/// A person who gets another result.
#[derive(Debug)]
pub struct Person<'m> {
    /// The name that the file gives, if it does.
    pub id: Option<String>,
    /// The line of the file, from 1.
    pub line: u64,
    /// The results.
    pub turn: ResultChange<'m>,
}

/// How many people there are, by what becomes of their results.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Everybody who could be scored: those of the next three together.
    pub sheets: usize,
    /// Who gets the same role and verdict.
    pub same: usize,
    /// Who gets another verdict for the same role.
    pub other_verdict: usize,
    /// Who gets another role.
    pub other_role: usize,
    /// Lines that could not be read.
    pub rejected: usize,
    /// Answers that the old bank does not take.
    pub skipped_old: usize,
    /// Answers that the new bank does not take.
    pub skipped_new: usize,
}

impl Tally {
    /// Counts a person by what becomes of the result.
    pub fn count(&mut self, turn: Option<&ResultChange<'_>>) {
        self.sheets += 1;
        match turn {
            None => self.same += 1,
            Some(turn) if turn.changes_role() => self.other_role += 1,
            Some(_) => self.other_verdict += 1,
        }
    }
}

/// What stands above people, for a terminal.
#[must_use]
pub fn people_text(style: Style) -> String {
    let mut page = TextPage::new(style);
    page.gap();
    page.heading("Whose result changes, with points of the old leader's lead over the new one");
    page.finish()
}

/// What becomes of a person's result, for a terminal.
#[must_use]
pub fn person_text(person: &Person<'_>, style: Style) -> String {
    let mut page = TextPage::new(style);
    let arrow = style.arrow();
    let ResultChange { old, new, causes } = &person.turn;
    let name = person.id.as_ref().map_or_else(|| format!("line {}", person.line), |id| quoted(id));
    page.hanging("  ", "      ", &format!("{name}: {} {arrow} {}", outcome(old), outcome(new)));
    if !causes.is_empty() {
        let causes: Vec<String> = causes.iter().map(|cause| self::cause(cause, arrow)).collect();
        page.hanging("      because of ", "      ", &causes.join(", "));
    }
    page.finish()
}

fn outcome(outcome: &BankResult<'_>) -> String {
    let role = outcome.role.map_or("nobody", |role| &role.id);
    format!("{role}, {}, lead {}", outcome.verdict.name(), nearest(outcome.lead))
}

fn cause(cause: &ChangedContribution<'_>, arrow: &str) -> String {
    format!("{} {} {arrow} {}", cause.question, points(cause.from), points(cause.to))
}

/// Points of a lead to one decimal; what rounds to nothing has no sign.
fn points(points: f64) -> String {
    let tenths = nearest(10.0 * points);
    if tenths == 0 { "0".to_owned() } else { format!("{points:+.1}") }
}

/// How many people get what, for a terminal.
#[must_use]
pub fn tally_text(tally: &Tally, style: Style) -> String {
    let Tally { sheets, same, other_verdict, other_role, rejected, skipped_old, skipped_new } = *tally;
    let mut page = TextPage::new(style);
    page.paragraph(&format!(
        "{}: {same} with the same role and verdict, {other_verdict} with another verdict, {other_role} with another role.",
        Count(sheets, "sheet", "sheets")
    ));
    for (skipped, bank) in [(skipped_old, "old"), (skipped_new, "new")].into_iter().filter(|(skipped, _)| *skipped > 0)
    {
        let answers = Count(skipped, "answer", "answers");
        page.paragraph(&format!("Skipped, since the {bank} bank does not have what they name: {answers}."));
    }
    if rejected > 0 {
        page.paragraph(&format!("Not scored: {}.", Count(rejected, "line", "lines")));
    }
    page.finish()
}
