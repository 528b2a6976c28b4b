//! What a change of a bank does to what its questions weigh, and to the results of people who answered it.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Bank, Kind, Question, Role, Sheet, Verdict};

use super::TOLERANCE;
use super::judge::Judge;
use super::model::Model;
use super::score::Score;

/// Most answers that are named as the reason for another result.
const MOST_CAUSES: usize = 3;

/// A question whose points changed, and what it weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightChange<'m> {
    /// Id of the question.
    pub question: &'m str,
    /// Largest share, from 0 to 1, that it has of the chance variance of a lead in the old bank; nothing where it is not
    /// scored.
    pub from: Option<f64>,
    /// The same in the new bank.
    pub to: Option<f64>,
}

/// A result that a person gets from one bank.
#[derive(Clone, Copy, Debug)]
pub struct BankResult<'m> {
    /// The role with the best fit; nothing on an exact tie.
    pub role: Option<&'m Role>,
    /// How much the sheet says.
    pub verdict: Verdict,
    /// Fit of the best role less fit of the second.
    pub lead: f64,
}

/// A person who gets another role or verdict from the new bank.
#[derive(Clone, Debug)]
pub struct ResultChange<'m> {
    /// The result by the old bank.
    pub old: BankResult<'m>,
    /// The result by the new bank.
    pub new: BankResult<'m>,
    /// The answers whose share of the lead changed most, the largest change in front.
    pub causes: Vec<ChangedContribution<'m>>,
}

/// An answer that counts otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangedContribution<'m> {
    /// Id of the question.
    pub question: &'m str,
    /// What it gave in the old bank, in points of the old leader's lead over the new one; zero where it is skipped.
    pub from: f64,
    /// The same in the new bank.
    pub to: f64,
}

/// Two banks that the same people are scored with.
#[derive(Debug)]
pub struct BankComparison<'m> {
    old: Judge<'m>,
    new: Judge<'m>,
}

impl ResultChange<'_> {
    /// Whether another role is recommended, and not only with another verdict.
    #[must_use]
    pub fn changes_role(&self) -> bool {
        id(self.old.role) != id(self.new.role)
    }
}

impl<'m> BankComparison<'m> {
    /// Lays the models of two banks side by side.
    #[must_use]
    pub fn new(old: &'m Model<'m>, new: &'m Model<'m>) -> Self {
        Self { old: Judge::new(old), new: Judge::new(new) }
    }

    /// What every question whose points changed weighs, in the new bank's order with those that are gone behind; without
    /// those that weigh the same.
    #[must_use]
    pub fn weight_changes(&self) -> Vec<WeightChange<'m>> {
        let (old, new) = (self.old.model(), self.new.model());
        let (before, after) = (weights(old), weights(new));
        let ids = union(new.bank, old.bank);
        let shift =
            |question| WeightChange { question, from: before.get(question).copied(), to: after.get(question).copied() };
        let reweighted = |id: &&str| table(old.bank, id) != table(new.bank, id);
        let moved = |shift: &WeightChange<'_>| match (shift.from, shift.to) {
            (Some(from), Some(to)) => (from - to).abs() >= TOLERANCE,
            (from, to) => from.is_some() || to.is_some(),
        };
        ids.into_iter().filter(reweighted).map(shift).filter(moved).collect()
    }

    /// What becomes of a person's result; nothing if role and verdict stay. The sheets are of the old and the new bank.
    #[must_use]
    pub fn result_change(&self, old: &Sheet<'_>, new: &Sheet<'_>) -> Option<ResultChange<'m>> {
        let (before, after) = (self.old.model().score(old), self.new.model().score(new));
        let (old, new) = (BankResult::new(&self.old, &before), BankResult::new(&self.new, &after));
        if id(old.role) == id(new.role) && old.verdict == new.verdict {
            return None;
        }
        Some(ResultChange { old, new, causes: causes(&before, &after) })
    }
}

impl<'m> BankResult<'m> {
    fn new(judge: &Judge<'m>, score: &Score<'m>) -> Self {
        Self { role: score.leader().map(|fit| fit.role), verdict: judge.verdict(score), lead: score.lead() }
    }
}

/// The answers that moved the old leader's lead over the new one most.
fn causes<'m>(before: &Score<'m>, after: &Score<'m>) -> Vec<ChangedContribution<'m>> {
    let Some((first, second)) = rivals(before, after) else { return Vec::new() };
    let (old, new) = (leads(before, first, second), leads(after, first, second));
    let lead = |leads: &BTreeMap<&str, f64>, question| leads.get(question).copied().unwrap_or_default();
    let cause = |question| ChangedContribution { question, from: lead(&old, question), to: lead(&new, question) };
    let mut causes: Vec<ChangedContribution<'m>> = union(after.bank(), before.bank()).into_iter().map(cause).collect();
    causes.retain(|cause| cause.change() > 0.0);
    causes.sort_by(|a, b| b.change().total_cmp(&a.change()));
    causes.truncate(MOST_CAUSES);
    causes
}

impl ChangedContribution<'_> {
    /// How far it moved, in whole billionths of a point, so that equal changes reached by other sums do not swap places.
    fn change(&self) -> f64 {
        (1e9 * (self.to - self.from).abs()).round()
    }
}

/// Who led before and who leads now; where that is the same role, or nobody leads, the nearest other one. Nothing unless
/// both banks have both.
fn rivals<'m>(before: &Score<'m>, after: &Score<'m>) -> Option<(&'m str, &'m str)> {
    let leader = after.leader().map(|fit| &*fit.role.id);
    let other = |than: Option<&'m str>| move |id: &&'m str| Some(*id) != than;
    let ranks = |score: &Score<'m>| score.fits.iter().map(|fit| &*fit.role.id).collect::<Vec<&'m str>>();
    let first = match before.leader() {
        Some(fit) => &*fit.role.id,
        None => ranks(before).into_iter().find(other(leader))?,
    };
    let second = match leader.filter(|leader| *leader != first) {
        Some(leader) => leader,
        None if leader.is_some() => ranks(before).into_iter().find(other(Some(first)))?,
        None => ranks(after).into_iter().find(other(Some(first)))?,
    };
    let known = |id: &str| before.bank().role(id).is_some() && after.bank().role(id).is_some();
    (known(first) && known(second)).then_some((first, second))
}

/// What every answer gives the lead of one role over another, in fit points.
fn leads<'m>(score: &Score<'m>, first: &str, second: &str) -> BTreeMap<&'m str, f64> {
    let roles = &score.bank().roles;
    let share = |shares: &[f64], id: &str| {
        let place = roles.iter().position(|role| role.id == id);
        place.and_then(|place| shares.get(place)).copied().unwrap_or_default()
    };
    let contributions = score.contributions().into_iter();
    contributions.map(|part| (&*part.question.id, share(&part.shares, first) - share(&part.shares, second))).collect()
}

/// What each scored question weighs.
fn weights<'m>(model: &Model<'m>) -> BTreeMap<&'m str, f64> {
    model.questions().map(|question| &*question.id).zip(model.weights()).collect()
}

/// Ids of the questions of one bank in its order, then those that only the other one has.
fn union<'b>(bank: &'b Bank, other: &'b Bank) -> Vec<&'b str> {
    let ids: BTreeSet<&str> = bank.questions.iter().map(|question| &*question.id).collect();
    let rest = other.questions.iter().filter(|question| !ids.contains(&*question.id));
    bank.questions.iter().chain(rest).map(|question| &*question.id).collect()
}

/// What a choice gives, by the ids of the roles.
type Row<'b> = Vec<(&'b str, i64)>;

/// How a question is answered and what its choices give by the id of the role, in an order that is the same wherever
/// choices and roles stand; nothing if it is not scored.
fn table<'b>(bank: &'b Bank, id: &str) -> Option<(&'b Kind, Vec<Row<'b>>)> {
    let Question { kind, choices, .. } = bank.question(id).filter(|question| question.is_scored())?;
    let row = |points: &[i64]| {
        let mut row: Vec<_> = bank.roles.iter().map(|role| &*role.id).zip(points.iter().copied()).collect();
        row.sort_unstable();
        row
    };
    let mut rows: Vec<_> = choices.iter().map(|choice| row(&choice.points)).collect();
    rows.sort_unstable();
    Some((kind, rows))
}

fn id(role: Option<&Role>) -> Option<&str> {
    role.map(|role| &*role.id)
}
