//! How much of a quiz `--quick` asks of somebody who answers at random.
//!
//! With two roles the verdict depends on the lead alone, so the leads that are still going are carried forward, question
//! by question, and each is stopped as the rule would; the sums of the open questions are listed once. With more roles, or
//! too many leads, random people are simulated, and the verdicts of the open questions are counted over random sheets.

use std::collections::BTreeSet;

use super::super::TOLERANCE;
use super::super::model::{Item, Model, real};
use super::super::quick::{FEWEST, enough};
use super::super::random::{Generator, front};
use super::super::recommendation::ENOUGH;

/// Most different leads that are carried.
const MOST_LEADS: usize = 1 << 15;

/// People that are simulated where leads cannot be listed, and sheets that stand for what they have not answered yet.
const PEOPLE: u32 = 100;
const RESTS: usize = 1_000;

/// Share of the scored questions that are asked.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// Mean share, from 0 to 1.
    pub mean: f64,
    /// Standard error where people are simulated; nothing where the share is exact.
    pub standard_error: Option<f64>,
}

/// What the rule needs to know beside the leads.
struct Rule<'m> {
    model: &'m Model<'m>,
    /// Questions in the order in which they are asked.
    order: Vec<&'m Item<'m>>,
    /// Smallest gap that is a call.
    call: f64,
    /// Probability at which asking stops.
    enough: f64,
}

impl Share {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let by_weight = model.by_weight();
        let item =
            |question: &&crate::bank::Question| model.items.iter().find(|item| item.question.index == question.index);
        let close = model.bank.thresholds.close;
        let call = model.chance(&model.items.iter().collect::<Vec<_>>()).threshold(close);
        let rule = Rule {
            model,
            order: by_weight.iter().filter_map(item).collect(),
            call: call.map_or(f64::INFINITY, |gap| gap - TOLERANCE),
            enough: enough(close),
        };
        rule.exact().unwrap_or_else(|| rule.sampled())
    }
}

impl Rule<'_> {
    /// Whether enough is answered after this many questions for the rule to stop at all. Everybody here answers
    /// everything, so this is the same for all.
    fn is_open(&self, asked: usize) -> bool {
        let topics =
            |items: &[&Item<'_>]| items.iter().filter_map(|item| item.question.topic.clone()).collect::<BTreeSet<_>>();
        let (answered, open) = self.order.split_at(asked);
        asked >= FEWEST && !open.is_empty() && topics(open).is_subset(&topics(answered)) && self.coverage(asked)
    }

    /// Whether half of the evidence on every pair of roles is answered, which is that on the leading two at least.
    fn coverage(&self, asked: usize) -> bool {
        let (answered, _) = self.order.split_at(asked);
        let sum =
            |items: &[&Item<'_>], a, b| items.iter().map(|item| self.model.pair_variance(item, a, b)).sum::<f64>();
        self.model.pairs().all(|(a, b)| sum(answered, a, b) >= (ENOUGH - TOLERANCE) * sum(&self.order, a, b))
    }

    fn exact(&self) -> Option<Share> {
        if self.model.bank.roles.len() != 2 {
            return None;
        }
        let tails = self.tails()?;
        let mut going = vec![(0.0, 1.0)];
        let mut mean = 0.0;
        for (asked, item) in self.order.iter().enumerate() {
            let stops = |lead: f64| self.is_open(asked) && tails.get(asked).is_some_and(|rest| self.stops(lead, rest));
            going.retain(|&(lead, _)| !stops(lead));
            mean += going.iter().map(|(_, mass)| mass).sum::<f64>();
            going = self.convolve(&going, item)?;
        }
        let questions = real(i128::try_from(self.order.len()).unwrap_or(1));
        Some(Share { mean: mean / questions, standard_error: None })
    }

    /// The leads that the questions from each one on add, with the probability of each and all smaller ones.
    fn tails(&self) -> Option<Vec<Vec<(f64, f64)>>> {
        let mut tail = vec![(0.0, 1.0)];
        let mut tails = Vec::new();
        for item in self.order.iter().rev() {
            tail = self.convolve(&tail, item)?;
            let mut sum = 0.0;
            let summed = tail.iter().map(|&(lead, mass)| {
                sum += mass;
                (lead, sum)
            });
            tails.push(summed.collect());
        }
        tails.reverse();
        Some(tails)
    }

    /// Leads with one more question answered, rising; equal ones become one. Nothing if they are too many.
    fn convolve(&self, leads: &[(f64, f64)], item: &Item<'_>) -> Option<Vec<(f64, f64)>> {
        let share = 1.0 / real(i128::try_from(item.outcomes.len()).unwrap_or(1));
        if leads.len().saturating_mul(item.outcomes.len()) > 32 * MOST_LEADS {
            return None;
        }
        let shifts: Vec<f64> = item.outcomes.iter().map(|way| self.model.difference(way, 0, 1)).collect();
        let moved = leads.iter().flat_map(|&(lead, mass)| shifts.iter().map(move |shift| (lead + shift, mass * share)));
        let mut moved: Vec<(f64, f64)> = moved.collect();
        moved.sort_by(|a, b| a.0.total_cmp(&b.0));
        moved.dedup_by(|next, kept| {
            let same = next.0 - kept.0 < TOLERANCE;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        (moved.len() <= MOST_LEADS).then_some(moved)
    }

    /// Whether a verdict is probable enough at a lead of the first role over the second; a call only for who leads.
    fn stops(&self, lead: f64, rest: &[(f64, f64)]) -> bool {
        let below = |limit: f64| {
            let within = rest.partition_point(|&(sum, _)| sum < limit);
            within.checked_sub(1).and_then(|last| rest.get(last)).map_or(0.0, |&(_, mass)| mass)
        };
        let (first, second) = (1.0 - below(self.call - lead), below(-self.call - lead + 2.0 * TOLERANCE));
        1.0 - first - second >= self.enough
            || first >= self.enough && lead > TOLERANCE
            || second >= self.enough && lead < -TOLERANCE
    }

    fn sampled(&self) -> Share {
        let roles = self.model.bank.roles.len();
        let mut random = Generator::fixed();
        let mut draw = |items: &[&Item<'_>]| {
            let mut sums = vec![0.0; roles];
            for item in items {
                let way = item.outcomes.get(random.below(item.outcomes.len()));
                sums.iter_mut()
                    .enumerate()
                    .for_each(|(role, sum)| *sum += way.map_or(0.0, |way| self.model.z(way, role)));
            }
            sums
        };
        let rests: Vec<Vec<Vec<f64>>> = (0..self.order.len())
            .map(|asked| {
                if self.is_open(asked) { (0..RESTS).map(|_| draw(&self.order[asked..])).collect() } else { Vec::new() }
            })
            .collect();
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..PEOPLE {
            let mut now = vec![0.0; roles];
            let mut asked = 0;
            while asked < self.order.len() && !rests.get(asked).is_some_and(|rests| self.foreseen(&now, rests)) {
                let step = draw(&self.order[asked..=asked]);
                now.iter_mut().zip(step).for_each(|(now, step)| *now += step);
                asked += 1;
            }
            let share = real(i128::try_from(asked).unwrap_or(0)) / real(i128::try_from(self.order.len()).unwrap_or(1));
            sum += share;
            squares += share * share;
        }
        let people = f64::from(PEOPLE);
        let mean = sum / people;
        let variance = (squares / people - mean * mean).max(0.0);
        Share { mean, standard_error: Some((variance / people).sqrt()) }
    }

    /// Whether a verdict comes out on enough of the sheets that stand for the rest.
    fn foreseen(&self, now: &[f64], rests: &[Vec<f64>]) -> bool {
        let mut calls = vec![0_u32; now.len()];
        for rest in rests {
            let sums: Vec<f64> = now.iter().zip(rest).map(|(now, rest)| now + rest).collect();
            let (winner, gap) = front(&sums);
            calls[winner] += u32::from(gap >= self.call);
        }
        let all = u32::try_from(rests.len()).unwrap_or(u32::MAX);
        let needed = |count: u32| f64::from(count) >= self.enough * f64::from(all);
        let (leader, gap) = front(now);
        all > 0 && (needed(all - calls.iter().sum::<u32>()) || needed(calls[leader]) && gap > TOLERANCE)
    }
}
