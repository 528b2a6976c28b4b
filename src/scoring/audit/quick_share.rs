//! How much of a quiz `--quick` asks of somebody who answers at random.
//!
//! Where there are two roles and no sheet is `neither`, the verdict depends on the lead alone, so the leads that are still
//! going are carried forward, question by question, and each is stopped as the rule would; the sums of the open questions
//! are listed once. Else, and with too many leads, random people are simulated, and the verdicts of the open questions are
//! counted over random sheets.

use std::collections::BTreeSet;
use std::iter;

use crate::scoring::chance::{Generator, top_two};
use crate::scoring::liking::Activities;
use crate::scoring::model::Item;
use crate::scoring::num::{TOLERANCE, count_to_f64, to_f64};
use crate::scoring::quick::{MIN_ANSWERS, enough};
use crate::scoring::score::MIN_COVERAGE;
use crate::scoring::scorer::Scorer;

/// Most different leads that are carried.
const MAX_LEADS: usize = 1 << 15;

/// People that are simulated where leads cannot be listed, and sheets whose ends stand for what they have not answered yet.
const PEOPLE: u32 = 1_000;
const RESTS: u32 = 1_000;

/// Share of the scored questions that are asked.
#[derive(Clone, Copy, Debug)]
pub struct QuickShare {
    /// Mean share, from 0 to 1.
    pub mean: f64,
    /// Standard error where people are simulated, `None` where the share is exact.
    pub standard_error: Option<f64>,
}

/// The quick rule for one bank.
struct Rule<'m> {
    roles: usize,
    activities: &'m Activities,
    /// Questions in the order in which they are asked.
    order: Vec<&'m Item<'m>>,
    /// Fewest answers before the rule may stop. Everybody here answers everything, so they are the same for all.
    min_answers: usize,
    /// Smallest gap that is a call.
    call: f64,
    /// Smallest gap that is a clear call.
    clear: f64,
    /// The largest sum of the steps of each role's activities that is a low level; empty where no sheet is `neither`.
    low_ends: Vec<f64>,
    /// Probability at which asking stops.
    enough: f64,
}

/// Leads, rising, each with a probability.
type Leads = Vec<(f64, f64)>;

impl QuickShare {
    pub(super) fn new(scorer: &Scorer<'_>) -> Self {
        let rule = Rule::new(scorer);
        rule.exact().unwrap_or_else(|| rule.sampled())
    }
}

/// Returns the number of answers after which every topic has one.
fn answers_for_topics(order: &[&Item<'_>]) -> usize {
    let (mut topics, mut answers) = (BTreeSet::new(), 0);
    for (asked, item) in (1..).zip(order) {
        if item.question.topic.as_ref().is_some_and(|topic| topics.insert(topic)) {
            answers = asked;
        }
    }
    answers
}

/// Returns the number of answers after which half of the weight of all questions is there.
fn answers_for_half(order: &[&Item<'_>], weight: impl Fn(&Item<'_>) -> f64) -> usize {
    let half = MIN_COVERAGE * order.iter().map(|item| weight(item)).sum::<f64>();
    let (mut sum, mut answers) = (0.0, 0);
    while answers < order.len() && sum < half {
        sum += weight(order[answers]);
        answers += 1;
    }
    answers
}

impl<'m> Rule<'m> {
    fn new(scorer: &'m Scorer<'m>) -> Self {
        let (model, activities, thresholds) = (scorer.model(), scorer.activities(), scorer.bank().thresholds);
        let (roles, order) = (model.bank.roles.len(), model.items_by_weight());
        // Half of the evidence on every pair of roles is at least that on the leading two.
        let coverage = model.pairs().map(|(a, b)| answers_for_half(&order, |item| item.variance(a, b)));
        let is_activity = |role, item: &Item<'_>| f64::from(u8::from(activities.has(role, item.index)));
        let activity = (0..roles).map(|role| answers_for_half(&order, |item| is_activity(role, item)));
        let gap = |probability| scorer.chance().threshold(probability).map_or(f64::INFINITY, |gap| gap - TOLERANCE);
        let low_ends: Option<Vec<f64>> = (0..roles).map(|role| activities.low_end(role).map(to_f64)).collect();
        Self {
            roles,
            activities,
            min_answers: coverage.chain(activity).fold(MIN_ANSWERS.max(answers_for_topics(&order)), usize::max),
            order,
            call: gap(thresholds.close),
            clear: gap(thresholds.clear),
            low_ends: low_ends.unwrap_or_default(),
            enough: enough(thresholds.close),
        }
    }

    /// Returns the share of two roles, `None` for more, where a sheet can be `neither`, and where there are too many leads.
    fn exact(&self) -> Option<QuickShare> {
        if self.roles != 2 || !self.low_ends.is_empty() {
            return None;
        }
        let rests = self.rests()?;
        let mut going = vec![(0.0, 1.0)];
        let mut mean = 0.0;
        for (asked, (item, rest)) in self.order.iter().zip(&rests).enumerate() {
            if asked >= self.min_answers {
                going.retain(|&(lead, _)| !self.stops(lead, rest));
            }
            mean += going.iter().map(|(_, mass)| mass).sum::<f64>();
            going = convolve(&going, item)?;
        }
        Some(QuickShare { mean: mean / count_to_f64(self.order.len()), standard_error: None })
    }

    /// Returns the leads that the questions from each one on add, with the probability of each and all smaller ones.
    fn rests(&self) -> Option<Vec<Leads>> {
        let mut rest = vec![(0.0, 1.0)];
        let mut rests = Vec::new();
        for item in self.order.iter().rev() {
            rest = convolve(&rest, item)?;
            let (mut summed, mut sum) = (rest.clone(), 0.0);
            for (_, mass) in &mut summed {
                sum += *mass;
                *mass = sum;
            }
            rests.push(summed);
        }
        rests.reverse();
        Some(rests)
    }

    /// Returns true if a verdict is probable enough at a lead of the first role over the second; a call only for who leads.
    fn stops(&self, lead: f64, rest: &[(f64, f64)]) -> bool {
        let below = |limit: f64| {
            let within = rest.partition_point(|&(sum, _)| sum < limit);
            rest[..within].last().map_or(0.0, |&(_, mass)| mass)
        };
        let first = |gap: f64| 1.0 - below(gap - lead);
        let second = |gap: f64| below(-gap - lead + 2.0 * TOLERANCE);
        let close = 1.0 - first(self.call) - second(self.call);
        let (called, clear) = if lead > TOLERANCE {
            (first(self.call), first(self.clear))
        } else if lead < -TOLERANCE {
            (second(self.call), second(self.clear))
        } else {
            (0.0, 0.0)
        };
        [close, clear, called - clear].into_iter().any(|probability| probability >= self.enough)
    }

    fn sampled(&self) -> QuickShare {
        let mut random = Generator::fixed();
        let rests = self.sampled_rests(&mut random);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..PEOPLE {
            let mut now = vec![0.0; self.width()];
            let mut asked = 0;
            while asked < self.order.len() && !self.is_foreseen(&now, &rests[asked]) {
                self.add_random_answer(self.order[asked], &mut now, &mut random);
                asked += 1;
            }
            let share = count_to_f64(asked) / count_to_f64(self.order.len());
            sum += share;
            squares += share * share;
        }
        let people = f64::from(PEOPLE);
        let mean = sum / people;
        let variance = (squares / people - mean * mean).max(0.0);
        QuickShare { mean, standard_error: Some((variance / people).sqrt()) }
    }

    /// Returns the number of sums of a sheet: z of every role, and with them the steps of its activities where a sheet can be
    /// `neither`.
    fn width(&self) -> usize {
        self.roles + self.low_ends.len()
    }

    /// Returns for every number of answers the sums that the open questions add, sheet after sheet; empty where the rule may
    /// not stop.
    fn sampled_rests(&self, random: &mut Generator) -> Vec<Vec<f64>> {
        let mut ends = vec![0.0; RESTS as usize * self.width()];
        let mut rests = vec![Vec::new(); self.order.len()];
        for (item, rest) in self.order.iter().zip(&mut rests).skip(self.min_answers).rev() {
            ends.chunks_exact_mut(self.width()).for_each(|end| self.add_random_answer(item, end, random));
            rest.clone_from(&ends);
        }
        rests
    }

    /// Adds a random answer to the sums of a sheet.
    fn add_random_answer(&self, item: &Item<'_>, sums: &mut [f64], random: &mut Generator) {
        let outcome = &item.outcomes[random.below(item.outcomes.len())];
        let (zs, steps) = sums.split_at_mut(self.roles);
        zs.iter_mut().zip(&outcome.z).for_each(|(z, share)| *z += share);
        for (role, sum) in steps.iter_mut().enumerate() {
            *sum += self.activities.steps(role, iter::once((item.index, outcome))).map(to_f64).sum::<f64>();
        }
    }

    /// Returns true if a verdict comes out on enough of the sheets that stand for the rest; a call only for who leads. All of
    /// `neither` is taken off the others, as the rule does.
    fn is_foreseen(&self, now: &[f64], rest: &[f64]) -> bool {
        let most = (1.0 - self.enough) * f64::from(RESTS) + TOLERANCE;
        let (leader, gap) = top_two(&now[..self.roles]);
        let leader = (gap > TOLERANCE).then_some(leader);
        let (mut neither, mut close, mut lean, mut clear) = (0.0, 0.0, 0.0, 0.0);
        let mut sums = now.to_vec();
        for (seen, end) in (1_u32..).zip(rest.chunks_exact(now.len())) {
            sums.iter_mut().zip(now).zip(end).for_each(|((sum, now), end)| *sum = now + end);
            let (zs, steps) = sums.split_at(self.roles);
            if !steps.is_empty() && steps.iter().zip(&self.low_ends).all(|(sum, low_end)| sum <= low_end) {
                neither += 1.0;
            }
            match top_two(zs) {
                (_, gap) if gap < self.call => close += 1.0,
                (winner, _) if leader != Some(winner) => {}
                (_, gap) if gap < self.clear => lean += 1.0,
                _ => clear += 1.0,
            }
            let likeliest = f64::max(close, f64::max(lean, clear)) - neither;
            if f64::from(seen) - f64::max(likeliest, neither) > most {
                return false;
            }
        }
        !rest.is_empty()
    }
}

/// Returns leads with one more question answered, rising; equal ones become one. `None` if they are too many.
fn convolve(leads: &[(f64, f64)], item: &Item<'_>) -> Option<Leads> {
    if leads.len().saturating_mul(item.outcomes.len()) > 32 * MAX_LEADS {
        return None;
    }
    let share = 1.0 / count_to_f64(item.outcomes.len());
    let mut moved = Vec::with_capacity(leads.len() * item.outcomes.len());
    for &(lead, mass) in leads {
        moved.extend(item.outcomes.iter().map(|outcome| (lead + outcome.lead(0, 1), mass * share)));
    }
    moved.sort_by(|a, b| a.0.total_cmp(&b.0));
    moved.dedup_by(|next, kept| {
        let is_same = next.0 - kept.0 < TOLERANCE;
        kept.1 += if is_same { next.1 } else { 0.0 };
        is_same
    });
    (moved.len() <= MAX_LEADS).then_some(moved)
}
