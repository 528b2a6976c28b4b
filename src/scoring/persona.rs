//! The personas of a bank, which are its tests.

use crate::bank::{Persona, Response, Sheet, Verdict};

use super::recommendation::Recommendation;
use super::score::Contribution;
use super::scorer::Scorer;
use super::verdict::Length;

/// Answers that are named as the reason for a result.
const MAX_EVIDENCE: usize = 3;

/// A persona that comes out otherwise than its author expected.
#[derive(Debug)]
pub struct Mismatch<'m> {
    pub persona: &'m Persona,
    /// The id of the role that it expects, `None` if any role will do.
    role: Option<&'m str>,
    pub actual: Recommendation<'m>,
    /// The answers that moved it most, at most three.
    pub evidence: Vec<Contribution<'m>>,
}

impl<'m> Mismatch<'m> {
    /// Scores a persona. Questions that it does not answer count as skipped.
    fn new(scorer: &'m Scorer<'m>, persona: &'m Persona) -> Self {
        let bank = scorer.bank();
        let mut sheet = Sheet::new(bank);
        for (index, answer) in &persona.answers {
            sheet.put(Response { question: &bank.questions[*index], answer: answer.clone() });
        }
        sheet.skip_open();
        let score = scorer.score(&sheet);
        let mut evidence = score.contributions();
        evidence.truncate(MAX_EVIDENCE);
        let role = persona.expect.role.map(|role| bank.roles[role].id.as_str());
        Self { persona, role, actual: Recommendation::new(&score, Length::Full), evidence }
    }

    /// Returns true if it is none after all.
    fn is_as_expected(&self) -> bool {
        let same_role = self.role.is_none_or(|role| self.actual.role.is_some_and(|actual| actual.id == role));
        same_role && self.persona.expect.verdict.is_none_or(|verdict| verdict == self.actual.verdict)
    }

    /// Returns expected and actual result in one phrase, and what the actual one rests on most: points of the lead of its
    /// first role over its second.
    pub fn what(&self) -> String {
        let expected = phrase(self.persona.expect.verdict, self.role);
        let actual = phrase(Some(self.actual.verdict), Some(self.actual.role.map_or("nobody", |role| &role.id)));
        let moved = self.evidence.iter().map(|part| format!("`{}` {:+.1}", part.question.id, part.lead));
        let moved: Vec<String> = moved.collect();
        let most = if moved.is_empty() { String::new() } else { format!(", most by {}", moved.join(", ")) };
        format!("persona `{}` expects {expected} and gets {actual}{most}", self.persona.id)
    }
}

/// Returns the personas of the bank that do not come out as expected.
pub fn mismatches<'m>(scorer: &'m Scorer<'m>) -> Vec<Mismatch<'m>> {
    let all = scorer.bank().personas.iter().map(|persona| Mismatch::new(scorer, persona));
    all.filter(|mismatch| !mismatch.is_as_expected()).collect()
}

fn phrase(verdict: Option<Verdict>, role: Option<&str>) -> String {
    match (verdict.map(Verdict::name), role) {
        (Some(verdict), Some(role)) => format!("`{verdict}` for `{role}`"),
        (Some(verdict), None) => format!("`{verdict}`"),
        (None, role) => format!("`{}`", role.unwrap_or("nobody")),
    }
}
