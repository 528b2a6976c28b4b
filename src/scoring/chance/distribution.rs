//! The distribution of the gap between the best role and the second, and who leads.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::scoring::axis::AxisSum;
use crate::scoring::model::{Item, Model};
use crate::scoring::num::TOLERANCE;

use super::fronts::{Sampling, each_front};
use super::marginals::Marginals;
use super::monte_carlo::{STANDARD_ERROR, SampledGaps};

/// The distribution of the gap between the best role and the second under random answering, and who leads.
#[derive(Clone, Debug)]
pub struct Chance {
    gaps: Arc<GapDistribution>,
    wins: Vec<f64>,
    max_lead: Vec<f64>,
}

/// The distribution of that gap over any questions, whoever leads.
#[derive(Clone, Debug)]
pub(in crate::scoring) struct GapDistribution {
    reference: Reference,
    error: Option<f64>,
}

#[derive(Clone, Debug)]
enum Reference {
    /// Gaps from large to small, each with the probability of a gap at least as large.
    Listed(Vec<(f64, f64)>),
    Sampled(SampledGaps),
    Independent(Marginals),
}

impl Chance {
    /// Returns the distribution over all scored questions of the bank.
    pub fn of_bank(model: &Model<'_>) -> Self {
        // This is what banks are compared by, so it stays with the roles' own sums, whatever says the same sooner.
        Self::over(model, &model.items.iter().collect::<Vec<_>>(), &AxisSum::all(model))
    }

    /// Returns the distribution over some questions by way of some sums of theirs.
    pub(super) fn over(model: &Model<'_>, items: &[&Item<'_>], sums: &[AxisSum]) -> Self {
        if let Some(marginals) = Marginals::new(model, items) {
            let (wins, max_lead) = (marginals.wins(), marginals.max_lead());
            let gaps = GapDistribution { reference: Reference::Independent(marginals), error: None };
            return Self { gaps: Arc::new(gaps), wins, max_lead };
        }
        let from = vec![0.0; model.spreads.len()];
        let mut tally = Tally { gaps: Vec::new(), wins: from.clone(), max_lead: from.clone() };
        let sampling = each_front(model, items, sums, &from, |winner, gap, count| tally.add(winner, gap, count));
        tally.finish(sampling)
    }

    /// Returns the probability that random answers lead by at least this gap (in z), whichever role leads.
    pub fn at_least(&self, gap: f64) -> f64 {
        self.gaps.at_least(gap)
    }

    /// Returns the smallest attainable gap that random answers reach with at most this probability, `None` if every gap is
    /// reached more often.
    pub fn threshold(&self, probability: f64) -> Option<f64> {
        self.gaps.threshold(probability)
    }

    /// Returns the largest standard error of a probability where the distribution is sampled, `None` where it is exact.
    pub fn standard_error(&self) -> Option<f64> {
        self.gaps.error
    }

    /// Returns the distribution of the gap alone.
    pub(in crate::scoring) fn gaps(&self) -> &Arc<GapDistribution> {
        &self.gaps
    }

    /// Returns the probability that each role leads alone, in bank order.
    pub fn wins(&self) -> &[f64] {
        &self.wins
    }

    /// Returns the probability that nobody leads alone.
    pub fn tie(&self) -> f64 {
        (1.0 - self.wins.iter().sum::<f64>()).max(0.0)
    }

    /// Returns the largest gap by which each role leads on any sheet that was looked at, in bank order; zero or less where
    /// it leads on none.
    pub(in crate::scoring) fn max_lead(&self) -> &[f64] {
        &self.max_lead
    }
}

impl GapDistribution {
    pub(super) fn sampled(gaps: SampledGaps) -> Self {
        Self { reference: Reference::Sampled(gaps), error: Some(STANDARD_ERROR) }
    }

    /// Returns how much there is to remember: gaps, or points of z.
    pub(in crate::scoring) fn len(&self) -> usize {
        match &self.reference {
            Reference::Listed(gaps) => gaps.len(),
            Reference::Sampled(gaps) => gaps.len(),
            Reference::Independent(marginals) => marginals.len(),
        }
    }

    /// Returns the same as [`Chance::at_least`].
    pub(in crate::scoring) fn at_least(&self, gap: f64) -> f64 {
        match &self.reference {
            _ if gap < TOLERANCE => 1.0,
            Reference::Listed(gaps) => {
                let within = gaps.partition_point(|&(other, _)| other >= gap - TOLERANCE);
                gaps[..within].last().map_or(0.0, |&(_, probability)| probability)
            }
            Reference::Sampled(gaps) => gaps.at_least(gap),
            Reference::Independent(marginals) => marginals.at_least(gap),
        }
    }

    /// Returns the same as [`Chance::threshold`].
    pub(in crate::scoring) fn threshold(&self, probability: f64) -> Option<f64> {
        let is_rare = |gap: f64| self.at_least(gap) <= probability + TOLERANCE;
        match &self.reference {
            Reference::Listed(gaps) => {
                let rare = gaps.partition_point(|&(gap, _)| is_rare(gap));
                gaps[..rare].last().map(|&(gap, _)| gap)
            }
            Reference::Sampled(gaps) => gaps.smallest(is_rare),
            Reference::Independent(marginals) => marginals.smallest(is_rare),
        }
    }

    /// Returns the same as [`Chance::standard_error`].
    pub(in crate::scoring) fn standard_error(&self) -> Option<f64> {
        self.error
    }
}

/// Sheets counted by gap and winner; counts are whole, and divided once at the end.
struct Tally {
    gaps: Vec<(f64, f64)>,
    wins: Vec<f64>,
    max_lead: Vec<f64>,
}

impl Tally {
    fn add(&mut self, winner: usize, gap: f64, count: f64) {
        self.gaps.push((gap, count));
        if gap >= TOLERANCE {
            self.wins[winner] += count;
            self.max_lead[winner] = self.max_lead[winner].max(gap);
        }
    }

    /// Returns gaps from large to small with running sums; gaps that differ by less than the tolerance become one.
    fn finish(mut self, sampling: Sampling) -> Chance {
        // Gaps are not negative, so they are in the order of their bits. Random sheets count the same, wherever they stand.
        match sampling {
            Sampling::Exhaustive => self.gaps.sort_by_key(|&(gap, _)| Reverse(gap.to_bits())),
            Sampling::Random => self.gaps.sort_unstable_by_key(|&(gap, _)| Reverse(gap.to_bits())),
        }
        let total: f64 = self.gaps.iter().map(|(_, count)| count).sum();
        let error = (sampling == Sampling::Random).then(|| (0.25 / total).sqrt());
        let mut sums: Vec<(f64, f64)> = Vec::with_capacity(self.gaps.len());
        let mut sum = 0.0;
        for (gap, count) in self.gaps {
            sum += count;
            match sums.last_mut() {
                Some(last) if last.0 - gap < TOLERANCE => last.1 = sum / total,
                _ => sums.push((gap, sum / total)),
            }
        }
        // Of random sheets many can share a gap; distributions are kept, so what they do not need is given back.
        sums.shrink_to_fit();
        let wins = self.wins.into_iter().map(|count| count / total).collect();
        let gaps = GapDistribution { reference: Reference::Listed(sums), error };
        Chance { gaps: Arc::new(gaps), wins, max_lead: self.max_lead }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::scoring::tests::{bank, coins};

    /// Three coins lead by 3 in 2 of 8 sheets and by 1 in the others; one step of a lead is 2 / √(3 / 4) z.
    #[test]
    fn gaps_are_counted_from_the_largest() {
        let bank = coins(&[1; 3]);
        let chance = Chance::of_bank(&Model::new(&bank));
        let unit = 1.0 / 0.75_f64.sqrt();
        assert_eq!([0.0, 1.0, 1.1, 3.0, 3.1].map(|steps| chance.at_least(steps * unit)), [1.0, 1.0, 0.25, 0.25, 0.0]);
        assert!(chance.threshold(0.25).is_some_and(|gap| (gap - 3.0 * unit).abs() < 1e-12));
        assert_eq!((chance.threshold(0.2), chance.standard_error()), (None, None));
        assert_eq!((chance.wins(), chance.tie()), (&[0.5, 0.5][..], 0.0));
        assert!(chance.max_lead().iter().all(|lead| (lead - 3.0 * unit).abs() < 1e-12));
        assert_eq!(chance.gaps().len(), 2);
    }

    #[test]
    fn an_even_number_of_coins_can_tie() {
        let bank = coins(&[1; 4]);
        assert_eq!(Chance::of_bank(&Model::new(&bank)).tie(), 6.0 / 16.0);
    }

    /// A role that only shadows another never leads alone, so its largest lead is none.
    #[test]
    fn who_never_leads_has_no_lead() {
        let bank = bank(&[&[&[2, 2, 0], &[0, 0, 1]], &[&[2, 2, 0], &[0, 0, 1]]]);
        let chance = Chance::of_bank(&Model::new(&bank));
        assert_eq!((chance.wins()[1], chance.max_lead()[1]), (0.0, 0.0));
    }
}
