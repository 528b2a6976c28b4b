//! How much of a quiz `--quick` asks of somebody who answers at random.
//!
//! With two roles the verdict depends on the lead alone, so the leads that are still going are carried forward, question
//! by question, and each is stopped as the rule would; the sums of the open questions are listed once. With more roles, or
//! too many leads, random people are simulated, and the verdicts of the open questions are counted over random sheets.

use std::collections::BTreeSet;

use super::super::TOLERANCE;
use super::super::chance::{Generator, top_two};
use super::super::model::{Item, Model, to_f64};
use super::super::quick::{FEWEST, enough};
use super::super::recommendation::ENOUGH;

/// Most different leads that are carried.
const MOST_LEADS: usize = 1 << 15;

/// People that are simulated where leads cannot be listed, and sheets whose ends stand for what they have not answered yet.
const PEOPLE: u32 = 100;
const RESTS: u32 = 1_000;

/// Share of the scored questions that are asked.
#[derive(Clone, Copy, Debug)]
pub struct QuickShare {
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
    /// Fewest answers before the rule may stop. Everybody here answers everything, so they are the same for all.
    fewest: usize,
    /// Smallest gap that is a call.
    call: f64,
    /// Probability at which asking stops.
    enough: f64,
}

impl QuickShare {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let by_weight = model.by_weight();
        let item =
            |question: &&crate::bank::Question| model.items.iter().find(|item| item.question.index == question.index);
        let close = model.bank.thresholds.close;
        let call = model.chance().threshold(close);
        let order: Vec<&Item<'_>> = by_weight.iter().filter_map(item).collect();
        let rule = Rule {
            fewest: FEWEST.max(introduction(&order)).max(coverage(model, &order)),
            model,
            order,
            call: call.map_or(f64::INFINITY, |gap| gap - TOLERANCE),
            enough: enough(close),
        };
        rule.exact().unwrap_or_else(|| rule.sampled())
    }
}

/// Answers after which every topic has one.
fn introduction(order: &[&Item<'_>]) -> usize {
    let mut topics = BTreeSet::new();
    let new = |item: &&Item<'_>| item.question.topic.as_ref().is_some_and(|topic| topics.insert(topic.clone()));
    order.iter().map(new).collect::<Vec<_>>().iter().rposition(|&new| new).map_or(0, |last| last + 1)
}

/// Answers after which half of the evidence on every pair of roles is there, which is that on the leading two at least.
fn coverage(model: &Model<'_>, order: &[&Item<'_>]) -> usize {
    let needed = |(a, b)| {
        let variances: Vec<f64> = order.iter().map(|item| item.variance(a, b)).collect();
        let half = (ENOUGH - TOLERANCE) * variances.iter().sum::<f64>();
        let mut sum = 0.0;
        let open = variances.iter().take_while(|&variance| {
            let is_open = sum < half;
            sum += variance;
            is_open
        });
        open.count()
    };
    model.pairs().map(needed).max().unwrap_or(0)
}

impl Rule<'_> {
    fn exact(&self) -> Option<QuickShare> {
        if self.model.bank.roles.len() != 2 {
            return None;
        }
        let tails = self.tails()?;
        let mut going = vec![(0.0, 1.0)];
        let mut mean = 0.0;
        for (asked, item) in self.order.iter().enumerate() {
            let stops = |lead: f64| asked >= self.fewest && tails.get(asked).is_some_and(|rest| self.stops(lead, rest));
            going.retain(|&(lead, _)| !stops(lead));
            mean += going.iter().map(|(_, mass)| mass).sum::<f64>();
            going = Self::convolve(&going, item)?;
        }
        let questions = to_f64(i128::try_from(self.order.len()).unwrap_or(1));
        Some(QuickShare { mean: mean / questions, standard_error: None })
    }

    /// The leads that the questions from each one on add, with the probability of each and all smaller ones.
    fn tails(&self) -> Option<Vec<Vec<(f64, f64)>>> {
        let mut tail = vec![(0.0, 1.0)];
        let mut tails = Vec::new();
        for item in self.order.iter().rev() {
            tail = Self::convolve(&tail, item)?;
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
    fn convolve(leads: &[(f64, f64)], item: &Item<'_>) -> Option<Vec<(f64, f64)>> {
        let share = 1.0 / to_f64(i128::try_from(item.outcomes.len()).unwrap_or(1));
        if leads.len().saturating_mul(item.outcomes.len()) > 32 * MOST_LEADS {
            return None;
        }
        let shifts: Vec<f64> = item.outcomes.iter().map(|way| way.lead(0, 1)).collect();
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

    fn sampled(&self) -> QuickShare {
        let mut random = Generator::fixed();
        let rests = self.rests(&mut random);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..PEOPLE {
            let mut now = vec![0.0; self.model.bank.roles.len()];
            let mut asked = 0;
            while asked < self.order.len() && !rests.get(asked).is_some_and(|rest| self.foreseen(&now, rest)) {
                self.order
                    .get(asked..=asked)
                    .into_iter()
                    .flatten()
                    .for_each(|item| answer(item, &mut now, &mut random));
                asked += 1;
            }
            let share =
                to_f64(i128::try_from(asked).unwrap_or(0)) / to_f64(i128::try_from(self.order.len()).unwrap_or(1));
            sum += share;
            squares += share * share;
        }
        let people = f64::from(PEOPLE);
        let mean = sum / people;
        let variance = (squares / people - mean * mean).max(0.0);
        QuickShare { mean, standard_error: Some((variance / people).sqrt()) }
    }

    /// For every number of answers z that the open questions add, sheet after sheet; nothing where the rule may not stop.
    fn rests(&self, random: &mut Generator) -> Vec<Vec<f64>> {
        let roles = self.model.bank.roles.len();
        let mut ends = vec![0.0; RESTS as usize * roles];
        let mut rests = vec![Vec::new(); self.order.len()];
        for (item, rest) in self.order.iter().zip(&mut rests).skip(self.fewest).rev() {
            ends.chunks_exact_mut(roles).for_each(|end| answer(item, end, random));
            rest.clone_from(&ends);
        }
        rests
    }

    /// Whether a verdict comes out on enough of the sheets that stand for the rest: too close, or a call for who leads.
    fn foreseen(&self, now: &[f64], rest: &[f64]) -> bool {
        let most = (1.0 - self.enough) * f64::from(RESTS) + TOLERANCE;
        let (leader, gap) = top_two(now);
        let (mut not_close, mut no_call) = (0.0, if gap > TOLERANCE { 0.0 } else { f64::INFINITY });
        let mut sums = now.to_vec();
        for end in rest.chunks_exact(now.len()) {
            sums.iter_mut().zip(now).zip(end).for_each(|((sum, now), end)| *sum = now + end);
            let (winner, gap) = top_two(&sums);
            let called = gap >= self.call;
            not_close += f64::from(u8::from(called));
            no_call += f64::from(u8::from(!called || winner != leader));
            if f64::min(not_close, no_call) > most {
                return false;
            }
        }
        !rest.is_empty()
    }
}

/// Adds a random answer to z of the roles.
fn answer(item: &Item<'_>, zs: &mut [f64], random: &mut Generator) {
    let way = item.outcomes.get(random.below(item.outcomes.len()));
    zs.iter_mut().zip(way.map_or(&[][..], |way| &way.z)).for_each(|(z, share)| *z += share);
}
