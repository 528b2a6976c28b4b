//! How much of a quiz `--quick` asks of somebody who answers at random.
//!
//! With two roles the verdict depends on the lead alone, so the leads that are still going are carried forward, question
//! by question, and each is stopped as the rule would; the sums of the open questions are listed once. With more roles, or
//! too many leads, random people are simulated, and the verdicts of the open questions are counted over random sheets.

use std::collections::BTreeSet;

use crate::scoring::chance::{Generator, top_two};
use crate::scoring::model::{Item, Model};
use crate::scoring::num::{TOLERANCE, count_to_f64};
use crate::scoring::quick::{MIN_ANSWERS, enough};
use crate::scoring::score::MIN_COVERAGE;
use crate::scoring::scorer::Scorer;

/// Most different leads that are carried.
const MAX_LEADS: usize = 1 << 15;

/// People that are simulated where leads cannot be listed, and sheets whose ends stand for what they have not answered yet.
const PEOPLE: u32 = 100;
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
    /// Questions in the order in which they are asked.
    order: Vec<&'m Item<'m>>,
    /// Fewest answers before the rule may stop. Everybody here answers everything, so they are the same for all.
    min_answers: usize,
    /// Smallest gap that is a call.
    call: f64,
    /// Probability at which asking stops.
    enough: f64,
}

/// Leads, rising, each with a probability.
type Leads = Vec<(f64, f64)>;

impl QuickShare {
    pub(super) fn new(scorer: &Scorer<'_>) -> Self {
        let (model, close) = (scorer.model(), scorer.bank().thresholds.close);
        let order = model.items_by_weight();
        let call = scorer.chance().threshold(close);
        let rule = Rule {
            roles: model.bank.roles.len(),
            min_answers: MIN_ANSWERS.max(answers_for_topics(&order)).max(answers_for_coverage(model, &order)),
            order,
            call: call.map_or(f64::INFINITY, |gap| gap - TOLERANCE),
            enough: enough(close),
        };
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

/// Returns the number of answers after which half of the evidence on every pair of roles is there, which is that on the
/// leading two at least.
fn answers_for_coverage(model: &Model<'_>, order: &[&Item<'_>]) -> usize {
    let mut most = 0;
    for (a, b) in model.pairs() {
        let half = MIN_COVERAGE * order.iter().map(|item| item.variance(a, b)).sum::<f64>();
        let (mut sum, mut answers) = (0.0, 0);
        while answers < order.len() && sum < half {
            sum += order[answers].variance(a, b);
            answers += 1;
        }
        most = most.max(answers);
    }
    most
}

impl Rule<'_> {
    /// Returns the share of two roles, `None` for more or where there are too many leads.
    fn exact(&self) -> Option<QuickShare> {
        if self.roles != 2 {
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
        let (first, second) = (1.0 - below(self.call - lead), below(-self.call - lead + 2.0 * TOLERANCE));
        1.0 - first - second >= self.enough
            || first >= self.enough && lead > TOLERANCE
            || second >= self.enough && lead < -TOLERANCE
    }

    fn sampled(&self) -> QuickShare {
        let mut random = Generator::fixed();
        let rests = self.sampled_rests(&mut random);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..PEOPLE {
            let mut now = vec![0.0; self.roles];
            let mut asked = 0;
            while asked < self.order.len() && !self.is_foreseen(&now, &rests[asked]) {
                add_random_answer(self.order[asked], &mut now, &mut random);
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

    /// Returns for every number of answers z that the open questions add, sheet after sheet; empty where the rule may not
    /// stop.
    fn sampled_rests(&self, random: &mut Generator) -> Vec<Vec<f64>> {
        let mut ends = vec![0.0; RESTS as usize * self.roles];
        let mut rests = vec![Vec::new(); self.order.len()];
        for (item, rest) in self.order.iter().zip(&mut rests).skip(self.min_answers).rev() {
            ends.chunks_exact_mut(self.roles).for_each(|end| add_random_answer(item, end, random));
            rest.clone_from(&ends);
        }
        rests
    }

    /// Returns true if a verdict comes out on enough of the sheets that stand for the rest: too close, or a call for who
    /// leads.
    fn is_foreseen(&self, now: &[f64], rest: &[f64]) -> bool {
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

/// Adds a random answer to z of the roles.
fn add_random_answer(item: &Item<'_>, zs: &mut [f64], random: &mut Generator) {
    let outcome = &item.outcomes[random.below(item.outcomes.len())];
    zs.iter_mut().zip(&outcome.z).for_each(|(z, share)| *z += share);
}
