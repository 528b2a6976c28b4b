//! Covariances of items, and what each item has to do with the others.

use super::{ROUNDING, count};

/// Covariances of the values of some items, with n − 1 below the line.
#[derive(Clone, Debug)]
pub struct Covariances {
    items: usize,
    people: u64,
    means: Vec<f64>,
    /// Row by row.
    entries: Vec<f64>,
}

impl Covariances {
    pub(super) fn new(means: Vec<f64>, people: u64, entry: impl Fn(usize, usize) -> f64) -> Self {
        let items = means.len();
        let entries = (0..items).flat_map(|i| (0..items).map(move |j| (i, j))).map(|(i, j)| entry(i, j)).collect();
        Self { items, people, means, entries }
    }

    /// How many items there are.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// How many people two items have in common: on average, rounded down, where that differs. With gaps this is what
    /// an interval is reckoned with; everybody would make it too narrow, and only who answered all of it too wide.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people
    }

    /// Mean of an item's values.
    ///
    /// # Panics
    ///
    /// When there is no such item.
    #[must_use]
    pub fn mean(&self, item: usize) -> f64 {
        self.means[item]
    }

    /// The covariance of two items, or the variance of one.
    ///
    /// # Panics
    ///
    /// When there are no such items.
    #[must_use]
    pub fn entry(&self, i: usize, j: usize) -> f64 {
        self.entries[i * self.items + j]
    }

    /// Sum of an item's covariances with all items, itself included: its covariance with the total.
    fn with_total(&self, item: usize) -> f64 {
        (0..self.items).map(|other| self.entry(item, other)).sum()
    }

    /// Variance of the total.
    pub(super) fn total(&self) -> f64 {
        self.entries.iter().sum()
    }

    /// Sum of the variances of the items.
    pub(super) fn trace(&self) -> f64 {
        (0..self.items).map(|item| self.entry(item, item)).sum()
    }

    /// Corrected item-total correlation: of an item with the total of all other items. Nothing where one of the two
    /// does not vary, or where pairs with gaps contradict each other so far that it would be no correlation.
    ///
    /// # Panics
    ///
    /// When there is no such item.
    #[must_use]
    pub fn item_total(&self, item: usize) -> Option<f64> {
        let variance = self.entry(item, item);
        let with_others = self.with_total(item) - variance;
        let others = self.total() - 2.0 * with_others - variance;
        let size = (variance * others).sqrt();
        // What is left of a variance of nothing after rounding is nothing.
        let varies = variance > 0.0 && others > 1e-12 * self.total().abs();
        let correlation = (varies && size > 0.0).then(|| with_others / size);
        correlation.filter(|correlation| correlation.abs() <= 1.0 + ROUNDING)
    }

    /// The same without one item.
    ///
    /// # Panics
    ///
    /// When there is no such item.
    #[must_use]
    pub fn without(&self, item: usize) -> Self {
        assert!(item < self.items, "there are {} items", self.items);
        let kept = |at: usize| at + usize::from(at >= item);
        let means = (0..self.items - 1).map(|i| self.mean(kept(i))).collect();
        Self::new(means, self.people, |i, j| self.entry(kept(i), kept(j)))
    }

    /// Correlations; nothing where an item does not vary.
    #[must_use]
    pub(crate) fn correlations(&self) -> Option<Self> {
        let spreads: Vec<f64> = (0..self.items).map(|item| self.entry(item, item).sqrt()).collect();
        let varies = spreads.iter().all(|&spread| spread > 0.0);
        let entry = |i: usize, j: usize| if i == j { 1.0 } else { self.entry(i, j) / (spreads[i] * spreads[j]) };
        // Values scaled to a spread of 1 are counted from their means.
        varies.then(|| Self::new(vec![0.0; self.items], self.people, entry))
    }

    /// Mean correlation of two items; nothing where an item does not vary or there is only one.
    #[must_use]
    pub fn mean_correlation(&self) -> Option<f64> {
        let correlations = self.correlations()?;
        let pairs = count(self.items) * (count(self.items) - 1.0);
        (pairs > 0.0).then(|| (correlations.total() - correlations.trace()) / pairs)
    }
}
