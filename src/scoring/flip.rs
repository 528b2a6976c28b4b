//! The fewest changed answers after which the leader no longer leads alone.
//!
//! Against one rival an answer can be changed to lower the lead by the difference between its own share and the smallest
//! share of its question, whatever the other answers are. The k largest of these are the most that k changes can take
//! away, so taking them in order finds the smallest k exactly. The leader is caught as soon as one rival catches it, so
//! with several rivals the smallest of their k is exact too.

use crate::bank::{Answer, Question, Role};

use super::model::Outcome;
use super::num::TOLERANCE;
use super::score::{Fit, Score};

/// A smallest set of changed answers that ends the lead.
#[derive(Clone, Debug)]
pub struct Flip<'m> {
    /// The role that leads alone after the changes, `None` on a tie.
    pub to: Option<&'m Role>,
    pub changes: Vec<AnswerChange<'m>>,
}

#[derive(Clone, Debug)]
pub struct AnswerChange<'m> {
    pub question: &'m Question,
    pub from: &'m Answer,
    pub to: &'m Answer,
}

/// An answered question with the outcome that lowers a lead most, and by how much.
#[derive(Clone, Copy)]
struct LeadReduction<'m> {
    /// Position among the answered questions.
    index: usize,
    to: &'m Outcome,
    size: f64,
}

impl<'m> Flip<'m> {
    /// Returns the smallest flip of a sheet, `None` if nobody leads alone or no change of answers ends the lead.
    pub(super) fn find(score: &Score<'m>) -> Option<Self> {
        let leader = score.leader()?;
        let rivals = score.fits.iter().filter(|fit| fit.index != leader.index);
        // Of equally small sets the one of the better placed rival: `min_by_key` keeps the first.
        let mut reductions = rivals.filter_map(|rival| fewest_reductions(score, leader, rival)).min_by_key(Vec::len)?;
        reductions.sort_by_key(|reduction| reduction.index);
        let (mut answered, mut changes) = (score.answered.clone(), Vec::with_capacity(reductions.len()));
        for LeadReduction { index, to, .. } in reductions {
            let (item, from) = answered[index];
            changes.push(AnswerChange { question: item.question, from: &from.answer, to: &to.answer });
            answered[index].1 = to;
        }
        let after = Score::new(score.scorer, answered, Vec::new());
        Some(Self { to: after.leader().map(|fit| fit.role), changes })
    }
}

/// Returns the fewest reductions that take a lead away, the largest first and equal ones in bank order.
fn fewest_reductions<'m>(score: &Score<'m>, leader: &Fit<'m>, rival: &Fit<'m>) -> Option<Vec<LeadReduction<'m>>> {
    let mut reductions: Vec<LeadReduction<'m>> = Vec::with_capacity(score.answered.len());
    for (index, &(item, given)) in score.answered.iter().enumerate() {
        let share = |outcome: &Outcome| outcome.lead(leader.index, rival.index);
        let to = item.outcomes.iter().min_by(|a, b| share(a).total_cmp(&share(b)))?;
        let size = share(given) - share(to);
        if size >= TOLERANCE {
            reductions.push(LeadReduction { index, to, size });
        }
    }
    reductions.sort_by(|a, b| b.size.total_cmp(&a.size));
    let mut left = leader.z - rival.z;
    let needed = reductions.iter().position(|reduction| {
        left -= reduction.size;
        left < TOLERANCE
    })?;
    reductions.truncate(needed + 1);
    Some(reductions)
}

#[cfg(test)]
mod tests {
    use crate::scoring::scorer::Scorer;
    use crate::scoring::tests::{coins, sheet};

    /// Ids of the changed questions, and of the role that leads then.
    fn flip(weights: &[i64], picks: &str) -> Option<(Vec<String>, Option<String>)> {
        let bank = coins(weights);
        let scorer = Scorer::new(&bank);
        let flip = scorer.recommend(&sheet(&bank, picks)).flip?;
        let ids = flip.changes.iter().map(|change| change.question.id.clone()).collect();
        Some((ids, flip.to.map(|role| role.id.clone())))
    }

    #[test]
    fn the_fewest_changes_end_the_lead() {
        let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        assert_eq!(flip(&[1, 2, 5], "000"), Some((ids(&["q2"]), Some("r1".to_owned()))));
        assert_eq!(flip(&[2, 2, 2, 2], "0000"), Some((ids(&["q0", "q1"]), None)), "a tie is enough, in bank order");
        assert_eq!(flip(&[1, 1, 2], "00-"), Some((ids(&["q0"]), None)), "what is skipped is not changed");
        assert_eq!(flip(&[1, 1], "01"), None, "nobody leads alone");
    }
}
