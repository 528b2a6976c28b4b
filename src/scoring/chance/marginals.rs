//! The exact distribution where no two roles share a question: their sums are independent, so a product of one
//! distribution for each role stands for the joint one, however many roles there are.

use crate::scoring::axis::AxisSum;
use crate::scoring::model::{Item, Model};
use crate::scoring::num::TOLERANCE;

use super::fronts::MAX_WORK;
use super::grid::Grid;

/// Most points of all distributions together; every probability of theirs takes a walk over all of them.
const MAX_POINTS: usize = 1 << 13;

/// The distributions of z of independent roles.
#[derive(Clone, Debug)]
pub(super) struct Marginals {
    /// For each role the z that it can have, rising.
    roles: Vec<Vec<CdfPoint>>,
}

/// A value with its probability and that of anything up to it.
#[derive(Clone, Copy, Debug)]
struct CdfPoint {
    z: f64,
    probability: f64,
    up_to: f64,
}

impl Marginals {
    /// Returns the distributions over some questions, `None` where two roles share a question or where there are too many
    /// points.
    pub(super) fn new(model: &Model<'_>, items: &[&Item<'_>]) -> Option<Self> {
        if !items.iter().all(|item| concerns_one_role(item)) {
            return None;
        }
        let roles = (0..model.spreads.len()).map(|role| marginal(model, items, role)).collect::<Option<_>>()?;
        Some(Self { roles })
    }

    /// Returns the probability that each role leads alone.
    pub(super) fn wins(&self) -> Vec<f64> {
        (0..self.roles.len()).map(|role| self.prob_leads(role, |z| z - 2.0 * TOLERANCE)).collect()
    }

    /// Returns the largest gap by which each role can lead.
    pub(super) fn max_lead(&self) -> Vec<f64> {
        let mut leads = Vec::with_capacity(self.roles.len());
        for (role, points) in self.roles.iter().enumerate() {
            let rivals = self.rivals(role).filter_map(|rival| rival.first()).map(|point| point.z);
            leads.push(points.last().map_or(0.0, |point| point.z) - rivals.fold(f64::NEG_INFINITY, f64::max));
        }
        leads
    }

    pub(super) fn len(&self) -> usize {
        self.roles.iter().map(Vec::len).sum()
    }

    /// Returns the probability that a role leads by at least a gap.
    pub(super) fn at_least(&self, gap: f64) -> f64 {
        (0..self.roles.len()).map(|role| self.prob_leads(role, |z| z - gap)).sum::<f64>().min(1.0)
    }

    /// Returns the smallest distance of two roles that is rare. Rarity only grows with distance, so it is narrowed down
    /// first and the distances near it are looked up then; listing them all would take the square of the points.
    pub(super) fn smallest(&self, is_rare: impl Fn(f64) -> bool) -> Option<f64> {
        let highest =
            self.roles.iter().filter_map(|points| points.last()).fold(0.0, |high, point| f64::max(high, point.z));
        let lowest =
            self.roles.iter().filter_map(|points| points.first()).fold(0.0, |low, point| f64::min(low, point.z));
        let (mut common, mut high) = (0.0, highest - lowest + 1.0);
        while high - common > TOLERANCE / 4.0 {
            let middle = f64::midpoint(common, high);
            if is_rare(middle) { high = middle } else { common = middle }
        }
        let mut distances = Vec::new();
        for (role, points) in self.roles.iter().enumerate() {
            for (leader, rival) in points.iter().flat_map(|leader| self.rivals(role).map(move |rival| (leader, rival)))
            {
                let below = rival.partition_point(|point| leader.z - point.z >= common);
                distances.extend(rival[..below].last().map(|point| leader.z - point.z));
            }
        }
        distances.sort_unstable_by(f64::total_cmp);
        distances.into_iter().find(|&distance| is_rare(distance))
    }

    /// Returns the probability that one role stands at some z while every other one is at most at `limit` of it, which
    /// rises with z.
    fn prob_leads(&self, leader: usize, limit: impl Fn(f64) -> f64) -> f64 {
        let points = &self.roles[leader];
        let mut behind = vec![1.0; points.len()];
        for rival in self.rivals(leader) {
            let (mut rest, mut up_to) = (rival.iter().peekable(), 0.0);
            for (behind, point) in behind.iter_mut().zip(points) {
                let limit = limit(point.z) + TOLERANCE;
                while let Some(within) = rest.next_if(|other| other.z <= limit) {
                    up_to = within.up_to;
                }
                *behind *= up_to;
            }
        }
        points.iter().zip(behind).map(|(point, behind)| point.probability * behind).sum()
    }

    /// Returns the points of all roles but one.
    fn rivals(&self, role: usize) -> impl Iterator<Item = &[CdfPoint]> {
        self.roles.iter().enumerate().filter(move |&(other, _)| other != role).map(|(_, points)| points.as_slice())
    }
}

/// Returns true if a question is about one role alone.
pub(super) fn concerns_one_role(item: &Item<'_>) -> bool {
    let roles = item.outcomes.first().map_or(0, |outcome| outcome.centred.len());
    (0..roles).filter(|&role| item.concerns(role)).count() <= 1
}

fn marginal(model: &Model<'_>, items: &[&Item<'_>], role: usize) -> Option<Vec<CdfPoint>> {
    let roles = model.spreads.len();
    let own: Vec<&Item<'_>> = items.iter().copied().filter(|item| item.concerns(role)).collect();
    let grid = Grid::new(model, &own, &[AxisSum::of_role(role)], MAX_WORK / roles)?;
    if grid.counts().count() > MAX_POINTS / roles {
        return None;
    }
    let total: f64 = grid.counts().map(|(_, count)| count).sum();
    let (mut sum, mut points) = (0.0, Vec::new());
    grid.each(|zs, count| {
        sum += count;
        points.push(CdfPoint { z: zs[0], probability: count / total, up_to: sum / total });
    });
    Some(points)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::scoring::tests::{bank, coins};

    /// One coin for each role: either leads by 2 in one of four cases, and else they are even.
    #[test]
    fn roles_without_common_questions_are_independent() {
        let bank = bank(&[&[&[1, 0], &[0, 0]], &[&[0, 1], &[0, 0]]]);
        let model = Model::new(&bank);
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        let marginals = Marginals::new(&model, &items).unwrap();
        assert_eq!((marginals.wins(), marginals.max_lead(), marginals.len()), (vec![0.25; 2], vec![2.0; 2], 4));
        assert_eq!([1.0, 2.0, 2.1].map(|gap| marginals.at_least(gap)), [0.5, 0.5, 0.0]);
        assert_eq!(marginals.smallest(|gap| marginals.at_least(gap) <= 0.5), Some(2.0));
        assert_eq!(marginals.smallest(|gap| marginals.at_least(gap) <= 0.4), None);
    }

    #[test]
    fn a_common_question_makes_none() {
        let bank = coins(&[1, 2]);
        let model = Model::new(&bank);
        assert!(Marginals::new(&model, &model.items.iter().collect::<Vec<_>>()).is_none());
    }
}
