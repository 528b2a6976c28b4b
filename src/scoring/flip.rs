//! The fewest changed answers after which the leader no longer leads alone.
//!
//! Against one rival an answer can be changed to lower the lead by the difference between its own share and the smallest
//! share of its question, whatever the other answers are. The k largest of these are the most that k changes can take
//! away, so taking them in order finds the smallest k exactly. The leader is caught as soon as one rival catches it, so
//! with several rivals the smallest of their k is exact too.

use crate::bank::{Answer, Question, Role};

use super::TOLERANCE;
use super::model::{Item, Outcome};
use super::score::Score;

/// A smallest set of changed answers that ends the lead.
#[derive(Clone, Debug)]
pub struct Flip<'m> {
    /// Who leads alone after the changes; nothing on a tie.
    pub to: Option<&'m Role>,
    /// What changes, in bank order.
    pub changes: Vec<AnswerChange<'m>>,
}

/// One changed answer.
#[derive(Clone, Debug)]
pub struct AnswerChange<'m> {
    /// The question.
    pub question: &'m Question,
    /// The answer given.
    pub from: &'m Answer,
    /// The answer instead.
    pub to: &'m Answer,
}

/// An answered question with the outcome that lowers a lead most, and by how much.
#[derive(Clone, Copy)]
struct LeadReduction<'m> {
    index: usize,
    to: &'m Outcome,
    size: f64,
}

impl<'m> Flip<'m> {
    /// The smallest flip of a sheet; nothing if nobody leads alone or no change of answers ends the lead.
    pub(super) fn find(score: &Score<'m>) -> Option<Self> {
        let leader = score.leader()?;
        let rivals = score.fits.iter().filter(|fit| fit.index != leader.index);
        let drops = rivals.filter_map(|rival| fewest(score, leader.index, rival.index, leader.z - rival.z));
        // Of equally small sets the one of the better placed rival: `min_by_key` keeps the first.
        let mut drops = drops.min_by_key(Vec::len)?;
        drops.sort_by_key(|drop| drop.index);
        let change = |drop: &LeadReduction<'m>| {
            let (item, from): (&'m Item<'m>, &'m Outcome) = score.answered[drop.index];
            AnswerChange { question: item.question, from: &from.answer, to: &drop.to.answer }
        };
        let mut changed = score.answered.clone();
        for drop in &drops {
            changed[drop.index].1 = drop.to;
        }
        let after = Score::new(score.model, changed, Vec::new());
        Some(Self { to: after.leader().map(|fit| fit.role), changes: drops.iter().map(change).collect() })
    }
}

/// The fewest drops that take a lead away, the largest first and equal ones in bank order.
fn fewest<'m>(score: &Score<'m>, leader: usize, rival: usize, lead: f64) -> Option<Vec<LeadReduction<'m>>> {
    let mut drops: Vec<LeadReduction<'m>> =
        (0..score.answered.len()).filter_map(|index| largest(score, index, leader, rival)).collect();
    drops.sort_by(|a, b| b.size.total_cmp(&a.size));
    let mut left = lead;
    let needed = drops.iter().position(|drop| {
        left -= drop.size;
        left < TOLERANCE
    })?;
    drops.truncate(needed + 1);
    Some(drops)
}

/// The change of one answer that lowers the lead most; of several the first.
fn largest<'m>(score: &Score<'m>, index: usize, leader: usize, rival: usize) -> Option<LeadReduction<'m>> {
    let &(item, given) = score.answered.get(index)?;
    let share = |outcome: &Outcome| outcome.lead(leader, rival);
    let to = item.outcomes.iter().min_by(|a, b| share(a).total_cmp(&share(b)))?;
    let size = share(given) - share(to);
    (size >= TOLERANCE).then_some(LeadReduction { index, to, size })
}
