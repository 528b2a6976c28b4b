//! Cronbach's alpha (1951): how much of the variance of a total its items have in common.

use crate::scoring::num::count_to_f64;

use super::covariances::{Covariances, ROUNDING};

impl Covariances {
    /// Returns alpha = k / (k − 1) · (1 − tr C / Σ C) of k items with the covariances C, `None` for fewer than two items, or
    /// where the total does not vary or pairs with gaps contradict each other. It is high where items go together, be it
    /// around one thing or around several.
    pub(crate) fn alpha(&self) -> Option<f64> {
        let (items, trace, total) = (count_to_f64(self.items()), self.trace(), self.total());
        // Rounding leaves a little of a total that does not vary.
        let varies = self.items() > 1 && total > 1e-12 * trace;
        let alpha = varies.then(|| items / (items - 1.0) * (1.0 - trace / total));
        alpha.filter(|&alpha| alpha <= 1.0 + ROUNDING)
    }

    pub(crate) fn alpha_without(&self, item: usize) -> Option<f64> {
        self.without(item).alpha()
    }

    /// Returns alpha of the items scaled to equal spread: Spearman and Brown's formula with their mean correlation.
    pub(crate) fn standardised_alpha(&self) -> Option<f64> {
        self.mean_correlation().map(|mean| lengthened(mean, count_to_f64(self.items())))
    }
}

/// Returns the reliability of a test that is `times` as long as one with this reliability: k r / (1 + (k − 1) r), by
/// Spearman and Brown (1910).
fn lengthened(reliability: f64, times: f64) -> f64 {
    times * reliability / (1.0 + (times - 1.0) * reliability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, reference: f64, off: f64) {
        assert!((found - reference).abs() < off, "{found} is not {reference}");
    }

    #[test]
    fn a_longer_test_is_better() {
        near(lengthened(0.5, 2.0), 2.0 / 3.0, 1e-12);
        near(lengthened(lengthened(0.94, 1.0 / 3.0), 3.0), 0.94, 1e-12);
        near(lengthened(0.94, 10.0 / 30.0), 0.839, 5e-4);
    }
}
