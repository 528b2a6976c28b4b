//! A bank made ready for scoring: its constants, and the distributions of chance over its questions, each worked out when
//! it is first needed and remembered for the sheets that follow.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::bank::Bank;

use super::chance::{Chance, GapDistribution, SubsetMethod};
use super::model::{Item, Model};
use super::threads::lock;

/// Most gaps to remember, of all distributions together: 16 bytes each.
const MAX_GAPS: usize = 1 << 20;

/// Scores sheets of one bank, on any number of threads.
#[derive(Debug)]
pub struct Scorer<'b> {
    model: Model<'b>,
    chance: OnceLock<Chance>,
    /// How chance over some of the questions is worked out.
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
        Self { model: Model::new(bank), chance, method, remembered: Mutex::default() }
    }

    pub fn model(&self) -> &Model<'b> {
        &self.model
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
