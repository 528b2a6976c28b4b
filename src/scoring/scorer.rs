//! A bank made ready for scoring: its constants, and the distributions of chance over its questions, each worked out when
//! it is first needed and remembered for the sheets that follow.

use std::collections::HashMap;
use std::iter;
use std::sync::{Arc, Mutex, OnceLock};

use crate::bank::Bank;

use super::chance::{Chance, GapDistribution, SubsetMethod};
use super::lead_error::LeadShares;
use super::liking::Activities;
use super::model::{Item, Model};
use super::threads::lock;

/// Most gaps to remember, of all distributions together: 16 bytes each.
const MAX_GAPS: usize = 1 << 20;

/// Scores sheets of one bank, on any number of threads.
#[derive(Debug)]
pub struct Scorer<'b> {
    model: Model<'b>,
    activities: Activities,
    /// By two roles, the one that comes first in the bank in front.
    lead_shares: Vec<OnceLock<LeadShares>>,
    chance: OnceLock<Chance>,
    /// The way in which chance over some of the questions is worked out.
    method: OnceLock<SubsetMethod>,
    remembered: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    distributions: HashMap<Vec<usize>, Arc<GapDistribution>>,
    gaps: usize,
}

impl<'b> Scorer<'b> {
    pub fn new(bank: &'b Bank) -> Self {
        let (chance, method) = (OnceLock::new(), OnceLock::new());
        let model = Model::new(bank);
        let lead_shares = iter::repeat_with(OnceLock::new).take(bank.roles.len().pow(2)).collect();
        Self { activities: Activities::new(&model), lead_shares, model, chance, method, remembered: Mutex::default() }
    }

    pub fn model(&self) -> &Model<'b> {
        &self.model
    }

    /// Returns the variance of the error of the lead of the first of two roles over the second, given a function from the
    /// position of a scored question to its outcome; `None` where too little is answered.
    pub(crate) fn error_variance(
        &self,
        (first, second): (usize, usize),
        outcome: impl Fn(usize) -> Option<u16>,
    ) -> Option<f64> {
        let shares = self.lead_shares(first.min(second), first.max(second));
        shares.variance(usize::from(first > second), outcome)
    }

    /// Returns some scored questions, given by their positions, in the strata of the lead of one role over another that comes
    /// later in the bank: as places among the questions given.
    pub(crate) fn strata(
        &self,
        (first, second): (usize, usize),
        questions: &(impl Iterator<Item = usize> + Clone),
    ) -> [Vec<usize>; 3] {
        self.lead_shares(first, second).strata(questions)
    }

    fn lead_shares(&self, first: usize, second: usize) -> &LeadShares {
        let shares = &self.lead_shares[first * self.bank().roles.len() + second];
        shares.get_or_init(|| LeadShares::new(&self.model, &self.activities, first, second))
    }

    /// Returns the activities of the roles.
    pub fn activities(&self) -> &Activities {
        &self.activities
    }

    pub fn bank(&self) -> &'b Bank {
        self.model.bank
    }

    pub fn chance(&self) -> &Chance {
        self.chance.get_or_init(|| Chance::of_bank(&self.model))
    }

    /// Returns how often random answers to some questions, in bank order, lead by at least a gap in z, whichever role
    /// leads.
    pub(super) fn chance_of(&self, items: &[&Item<'_>], gap: f64) -> f64 {
        if items.len() == self.model.items.len() {
            return self.chance().at_least(gap);
        }
        // Where it can be had without the whole distribution, it takes less time so.
        let without = self.method().at_least(&self.model, &positions(items), gap);
        without.unwrap_or_else(|| self.gaps(items).at_least(gap))
    }

    /// Returns the distribution of how far random answers to some questions, in bank order, lead.
    pub(super) fn gaps(&self, items: &[&Item<'_>]) -> Arc<GapDistribution> {
        if items.len() == self.model.items.len() {
            return Arc::clone(self.chance().gaps());
        }
        let answered = positions(items);
        let known = lock(&self.remembered).distributions.get(&answered).cloned();
        known.unwrap_or_else(|| {
            let gaps = self.method().gaps(&self.model, items);
            lock(&self.remembered).add(answered, Arc::clone(&gaps));
            gaps
        })
    }

    fn method(&self) -> &SubsetMethod {
        self.method.get_or_init(|| SubsetMethod::new(&self.model))
    }
}

impl Remembered {
    fn add(&mut self, answered: Vec<usize>, distribution: Arc<GapDistribution>) {
        // The questions themselves take some room, too.
        let gaps = answered.len() + distribution.len();
        if self.gaps + gaps > MAX_GAPS {
            *self = Self::default();
        }
        self.gaps += gaps;
        self.distributions.insert(answered, distribution);
    }
}

fn positions(items: &[&Item<'_>]) -> Vec<usize> {
    items.iter().map(|item| item.index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::tests::{bank, sheet};

    /// Roles with other spreads have no lattice; what is skipped and what is open too are as if it were in no order.
    #[test]
    fn distributions_are_remembered_by_the_questions() {
        let choices: &[&[i64]] = &[&[3, 0, 1], &[0, 2, 0], &[1, 0, 5]];
        let bank = bank(&[choices; 5]);
        let scorer = Scorer::new(&bank);
        let gaps = |picks: &str| scorer.gaps(&scorer.score(&sheet(&bank, picks)).unskipped());
        assert!(Arc::ptr_eq(&gaps("0x-12"), &gaps("x1-xx")));
        assert!(!Arc::ptr_eq(&gaps("0x-12"), &gaps("0x1-2")));
        assert!(Arc::ptr_eq(&gaps("00000"), scorer.chance().gaps()));
        let items = scorer.score(&sheet(&bank, "01-20")).answered_items();
        for gap in [0.0, 0.5, 1.0, 2.0] {
            assert_eq!(scorer.chance_of(&items, gap).to_bits(), scorer.gaps(&items).at_least(gap).to_bits());
        }
    }

    #[test]
    fn too_many_gaps_are_forgotten() {
        let mut remembered = Remembered { gaps: MAX_GAPS, ..Remembered::default() };
        let bank = bank(&[&[&[1, 0], &[0, 1]]]);
        remembered.add(vec![0], Arc::clone(Scorer::new(&bank).chance().gaps()));
        assert!(remembered.gaps < 10 && remembered.distributions.len() == 1);
    }
}
