//! Scored questions and their outcomes by position, for whoever goes over many sheets: an outcome is then a small number,
//! and what it gives stands in a table.

use super::model::{Model, Outcome, to_f64};

impl Model<'_> {
    /// The centred points that an outcome gives each role, in bank order; none where there is no such outcome.
    #[must_use]
    pub fn centred(&self, item: usize, outcome: usize) -> &[i128] {
        self.at(item, outcome).map_or(&[], |outcome| &outcome.centred)
    }

    /// Fit points that an outcome gives a role: its contribution to the fit; 0 where there is none.
    #[must_use]
    pub fn share(&self, item: usize, outcome: usize, role: usize) -> f64 {
        let known = self.at(item, outcome);
        known.and_then(|outcome| outcome.z.get(role)).map_or(0.0, |&z| self.points(z))
    }

    /// The fit that a sum of centred points comes to, bit by bit that of a [`Score`](super::Score).
    ///
    /// # Panics
    ///
    /// When the bank has no such role.
    #[must_use]
    pub fn fit(&self, role: usize, sum: i128) -> f64 {
        50.0 + self.points(to_f64(sum) / self.spreads[role])
    }

    /// How many outcomes a scored question has; 0 where there is none.
    #[must_use]
    pub fn outcomes(&self, item: usize) -> usize {
        self.items.get(item).map_or(0, |item| item.outcomes.len())
    }

    fn at(&self, item: usize, outcome: usize) -> Option<&Outcome> {
        self.items.get(item)?.outcomes.get(outcome)
    }
}
