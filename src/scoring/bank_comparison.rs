//! What a change of a bank does to what its questions weigh, and to the results of people who answered it.

use std::collections::BTreeMap;

use crate::bank::{Bank, Kind, Question, Role, Sheet, Verdict};

use super::lead_change::{ChangedContribution, LeadChange, id, union};
use super::model::Model;
use super::num::TOLERANCE;
use super::score::Score;
use super::scorer::Scorer;
use super::verdict::Length;

/// Most answers that are named as the reason for another result.
const MAX_CAUSES: usize = 3;

/// A question whose points changed, and what it weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightChange<'m> {
    pub question: &'m str,
    /// Largest share, from 0 to 1, that it has of the chance variance of a lead in the old bank, `None` where it is not
    /// scored.
    pub from: Option<f64>,
    pub to: Option<f64>,
}

/// A result that a person gets from one bank.
#[derive(Clone, Copy, Debug)]
pub struct BankResult<'m> {
    /// The role with the best fit, `None` on an exact tie.
    pub role: Option<&'m Role>,
    pub verdict: Verdict,
    /// Fit of the best role less fit of the second.
    pub lead: f64,
}

/// A person who gets another role or verdict from the new bank.
#[derive(Clone, Debug)]
pub struct ResultChange<'m> {
    pub old: BankResult<'m>,
    pub new: BankResult<'m>,
    /// The answers whose share of the lead changed most, the largest change in front.
    pub causes: Vec<ChangedContribution<'m>>,
}

/// Two banks that the same people are scored with.
#[derive(Debug)]
pub struct BankComparison<'m> {
    old: &'m Scorer<'m>,
    new: &'m Scorer<'m>,
}

impl ResultChange<'_> {
    /// Returns true if another role is recommended, and not only with another verdict.
    pub fn changes_role(&self) -> bool {
        id(self.old.role) != id(self.new.role)
    }
}

impl<'m> BankComparison<'m> {
    /// Compares two banks by their scorers.
    pub fn new(old: &'m Scorer<'m>, new: &'m Scorer<'m>) -> Self {
        Self { old, new }
    }

    /// Returns what every question whose points changed weighs, in the new bank's order with those that are gone behind;
    /// without those that weigh the same.
    pub fn weight_changes(&self) -> Vec<WeightChange<'m>> {
        let (old, new) = (self.old.bank(), self.new.bank());
        let (before, after) = (weights(self.old.model()), weights(self.new.model()));
        let mut changes = Vec::new();
        for question in union(new, old).into_iter().filter(|id| points_table(old, id) != points_table(new, id)) {
            let (from, to) = (before.get(question).copied(), after.get(question).copied());
            let moved = match (from, to) {
                (Some(from), Some(to)) => (from - to).abs() >= TOLERANCE,
                (from, to) => from.is_some() || to.is_some(),
            };
            if moved {
                changes.push(WeightChange { question, from, to });
            }
        }
        changes
    }

    /// Returns what becomes of a person's result, `None` if role and verdict stay. The sheets are of the old and the new
    /// bank.
    pub fn result_change(&self, old: &Sheet<'_>, new: &Sheet<'_>) -> Option<ResultChange<'m>> {
        let (before, after) = (self.old.score(old), self.new.score(new));
        let (old, new) = (BankResult::new(&before), BankResult::new(&after));
        if id(old.role) == id(new.role) && old.verdict == new.verdict {
            return None;
        }
        Some(ResultChange { old, new, causes: causes(&before, &after) })
    }
}

impl<'m> BankResult<'m> {
    fn new(score: &Score<'m>) -> Self {
        let role = score.leader().map(|fit| fit.role);
        Self { role, verdict: score.decide_verdict(Length::Quick), lead: score.lead() }
    }
}

/// Returns the answers that moved the old leader's lead over the new one most.
fn causes<'m>(before: &Score<'m>, after: &Score<'m>) -> Vec<ChangedContribution<'m>> {
    let mut causes = LeadChange::new(before, after).map_or_else(Vec::new, |change| change.parts);
    causes.truncate(MAX_CAUSES);
    causes
}

/// Returns what each scored question weighs.
fn weights<'m>(model: &Model<'m>) -> BTreeMap<&'m str, f64> {
    model.questions().map(|question| &*question.id).zip(model.weights()).collect()
}

/// The points of a choice, by the ids of the roles.
type RolePoints<'b> = Vec<(&'b str, i64)>;

/// Returns how a question is answered and what its choices give by the id of the role, in an order that is the same
/// wherever choices and roles stand; `None` if it is not scored.
fn points_table<'b>(bank: &'b Bank, id: &str) -> Option<(&'b Kind, Vec<RolePoints<'b>>)> {
    let Question { kind, choices, .. } = bank.question(id).filter(|question| question.is_scored())?;
    let mut rows = Vec::with_capacity(choices.len());
    for choice in choices {
        let mut row: RolePoints<'_> =
            bank.roles.iter().map(|role| &*role.id).zip(choice.points.iter().copied()).collect();
        row.sort_unstable();
        rows.push(row);
    }
    rows.sort_unstable();
    Some((kind, rows))
}
