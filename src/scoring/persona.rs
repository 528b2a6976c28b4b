//! Running the personas of a bank.

use crate::bank::{Persona, Response, Sheet, Verdict};

use super::model::Model;
use super::recommendation::{Length, Recommendation};
use super::score::Contribution;

/// A persona that comes out otherwise than its author expected.
#[derive(Debug)]
pub struct Mismatch<'m> {
    /// The persona.
    pub persona: &'m Persona,
    /// What came out.
    pub actual: Recommendation<'m>,
    /// The answers that moved it most, at most three.
    pub evidence: Vec<Contribution<'m>>,
}

impl Mismatch<'_> {
    /// Expected and actual result in one phrase, and what the actual one rests on most: points of the lead of its first
    /// role over its second.
    #[must_use]
    pub fn what(&self, model: &Model<'_>) -> String {
        let expect = self.persona.expect;
        let expected_role = expect.role.and_then(|role| model.bank.roles.get(role));
        let phrase = |verdict: Option<Verdict>, role: Option<&str>| match (verdict.map(Verdict::name), role) {
            (Some(verdict), Some(role)) => format!("`{verdict}` for `{role}`"),
            (Some(verdict), None) => format!("`{verdict}`"),
            (None, role) => format!("`{}`", role.unwrap_or("nobody")),
        };
        let expected = phrase(expect.verdict, expected_role.map(|role| role.id.as_str()));
        let actual = phrase(Some(self.actual.verdict), Some(self.actual.role.map_or("nobody", |role| &role.id)));
        let moved = |part: &Contribution<'_>| format!("`{}` {:+.1}", part.question.id, part.lead);
        let moved: Vec<String> = self.evidence.iter().map(moved).collect();
        let most = if moved.is_empty() { String::new() } else { format!(", most by {}", moved.join(", ")) };
        format!("persona `{}` expects {expected} and gets {actual}{most}", self.persona.id)
    }
}

/// Scores every persona of the bank and gives those that do not come out as expected. Questions that a persona does not
/// answer count as skipped.
#[must_use]
pub fn mismatches<'m>(model: &'m Model<'m>) -> Vec<Mismatch<'m>> {
    let bank = model.bank;
    let score = |persona: &'m Persona| {
        let mut sheet = Sheet::new(bank);
        for (index, answer) in &persona.answers {
            if let Some(question) = bank.questions.get(*index) {
                sheet.put(Response { question, answer: answer.clone() });
            }
        }
        sheet.skip_open();
        let score = model.score(&sheet);
        let mut evidence = score.contributions();
        evidence.truncate(3);
        Mismatch { persona, actual: Recommendation::new(&score, Length::Full), evidence }
    };
    bank.personas.iter().map(score).filter(|mismatch| !holds(mismatch, model)).collect()
}

fn holds(mismatch: &Mismatch<'_>, model: &Model<'_>) -> bool {
    let Mismatch { persona, actual, .. } = mismatch;
    let role = persona.expect.role.and_then(|role| model.bank.roles.get(role));
    let same_role = role.is_none_or(|role| actual.role.is_some_and(|actual| actual.id == role.id));
    same_role && persona.expect.verdict.is_none_or(|verdict| verdict == actual.verdict)
}
