//! What moves a lead between two results of one person: the same answers with two banks, or other answers with one bank.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Bank, Role};

use super::score::Score;

/// An answer that counts otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangedContribution<'m> {
    pub question: &'m str,
    /// Its part in the old bank, in points of the old leader's lead over the new one; zero where it is skipped.
    pub from: f64,
    pub to: f64,
}

/// The lead of the same role over the same other one in two results.
#[derive(Clone, Debug)]
pub struct LeadChange<'m> {
    /// Ids of the two roles: who led before, and who leads now or was nearest.
    pub roles: [&'m str; 2],
    /// The fit of the first role less that of the second, before and after.
    pub from: f64,
    pub to: f64,
    /// The answers whose share of it changed, the largest change in front. Their changes add up to that of the lead.
    pub parts: Vec<ChangedContribution<'m>>,
}

impl<'m> LeadChange<'m> {
    /// Compares two results, `None` unless both banks have both roles.
    pub fn new(before: &Score<'m>, after: &Score<'m>) -> Option<Self> {
        let (first, second) = rivals(before, after)?;
        let (old, new) = (leads(before, first, second), leads(after, first, second));
        let mut parts: Vec<ChangedContribution<'m>> = union(after.bank(), before.bank())
            .into_iter()
            .map(|question| {
                let [from, to] = [&old, &new].map(|leads| leads.get(question).copied().unwrap_or_default());
                ChangedContribution { question, from, to }
            })
            .filter(|part| part.size() > 0.0)
            .collect();
        parts.sort_by(|a, b| b.size().total_cmp(&a.size()));
        let [from, to] = [before, after].map(|score| fit(score, first) - fit(score, second));
        Some(Self { roles: [first, second], from, to, parts })
    }

    /// Returns by how much the lead moved: what the parts add up to in their order, so that they explain it to the last
    /// digit.
    pub fn difference(&self) -> f64 {
        self.parts.iter().map(|part| part.to - part.from).sum()
    }
}

impl ChangedContribution<'_> {
    /// Returns how far it moved, in whole billionths of a point, so that equal changes reached by other sums do not swap
    /// places.
    fn size(&self) -> f64 {
        (1e9 * (self.to - self.from).abs()).round()
    }
}

/// Returns the ids of who led before and who leads now; where that is the same role, or nobody leads, of the nearest other
/// one. `None` unless both banks have both.
fn rivals<'m>(before: &Score<'m>, after: &Score<'m>) -> Option<(&'m str, &'m str)> {
    let leader = id(after.leader().map(|fit| fit.role));
    let first = match before.leader() {
        Some(fit) => &*fit.role.id,
        None => best_but(before, leader)?,
    };
    let second = match leader {
        Some(leader) if leader != first => leader,
        Some(_) => best_but(before, Some(first))?,
        None => best_but(after, Some(first))?,
    };
    let are_known =
        [first, second].iter().all(|id| before.bank().role(id).is_some() && after.bank().role(id).is_some());
    are_known.then_some((first, second))
}

/// Returns the id of the best placed role but one.
fn best_but<'m>(score: &Score<'m>, other: Option<&str>) -> Option<&'m str> {
    score.fits.iter().map(|fit| &*fit.role.id).find(|id| Some(*id) != other)
}

/// Returns what every answer gives the lead of one role over another, in fit points.
fn leads<'m>(score: &Score<'m>, first: &str, second: &str) -> BTreeMap<&'m str, f64> {
    let places = [first, second].map(|id| score.bank().roles.iter().position(|role| role.id == id));
    let contributions = score.contributions().into_iter().map(|part| {
        let [first, second] = places.map(|place| place.map_or(0.0, |place| part.shares[place]));
        (&*part.question.id, first - second)
    });
    contributions.collect()
}

/// Returns the fit of a role, which both banks have.
fn fit(score: &Score<'_>, role: &str) -> f64 {
    score.fits.iter().filter(|fit| fit.role.id == role).map(|fit| fit.fit).sum()
}

/// Returns the ids of the questions of one bank in its order, then those that only the other one has.
pub(super) fn union<'b>(bank: &'b Bank, other: &'b Bank) -> Vec<&'b str> {
    let ids: BTreeSet<&str> = bank.questions.iter().map(|question| &*question.id).collect();
    let rest = other.questions.iter().filter(|question| !ids.contains(&*question.id));
    bank.questions.iter().chain(rest).map(|question| &*question.id).collect()
}

pub(super) fn id(role: Option<&Role>) -> Option<&str> {
    role.map(|role| &*role.id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::LeadChange;
    use crate::bank::{Bank, Response, SHIPPED, Sheet, Value};
    use crate::scoring::Scorer;

    /// Returns a sheet of answers by the position of the choice, `None` for a skip.
    fn sheet<'b>(bank: &'b Bank, picks: &[Option<usize>]) -> Sheet<'b> {
        let mut sheet = Sheet::new(bank);
        for (question, pick) in bank.questions.iter().filter(|question| question.is_scored()).zip(picks) {
            let choice = pick.map_or("skip", |pick| &question.choices[pick % question.choices.len()].id);
            let response: Response<'_> = bank.respond(&question.id, &Value::Text(choice.to_owned())).unwrap();
            sheet.put(response);
        }
        sheet
    }

    proptest! {
        #[test]
        fn the_parts_explain_the_change_to_the_last_digit(
            picks in proptest::collection::vec((proptest::option::of(0_usize..60), proptest::option::of(0_usize..60)), 24),
        ) {
            let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
            let scorer = Scorer::new(&bank);
            let (old, new): (Vec<_>, Vec<_>) = picks.into_iter().unzip();
            let [before, after] = [old, new].map(|picks| scorer.score(&sheet(&bank, &picks)));
            let change = LeadChange::new(&before, &after).unwrap();
            let (moved, parts) = (change.to - change.from, change.difference());
            prop_assert!((parts - moved).abs() < 1e-6, "{} {}", parts, moved);
        }
    }
}
