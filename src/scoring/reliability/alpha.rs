//! Cronbach's alpha (1951): how much of the variance of a total its items have in common; and stratified alpha (Cronbach
//! and others 1965), of a total whose strata need not go together.
//!
//! ```text
//! alpha            = k / (k − 1) · (1 − tr C / Σ C)          k items with the covariances C
//! stratified alpha = 1 − Σ over strata of σ² (1 − alpha) / σ² of the total
//! ```

use crate::scoring::num::count_to_f64;

use super::covariances::{Covariances, ROUNDING};

impl Covariances {
    /// Returns alpha, `None` for fewer than two items, or where the total does not vary or pairs with gaps contradict each
    /// other. It is high where items go together, be it around one thing or around several.
    pub(crate) fn alpha(&self) -> Option<f64> {
        self.stratified_alpha(&[(0..self.items()).collect()])
    }

    /// Returns stratified alpha, `None` where alpha would be or for a stratum of one item. Of one stratum it is alpha, of two
    /// it is the reliability of a difference or of a sum.
    pub(crate) fn stratified_alpha(&self, strata: &[Vec<usize>]) -> Option<f64> {
        let strata = strata.iter().filter(|stratum| !stratum.is_empty());
        let (error, total) = (strata.map(|stratum| self.error_variance(stratum)).sum::<Option<f64>>()?, self.total());
        // Rounding leaves a little of a total that does not vary.
        let varies = total > 1e-12 * self.trace();
        let alpha = varies.then(|| 1.0 - error / total);
        alpha.filter(|&alpha| alpha <= 1.0 + ROUNDING)
    }

    /// Returns σ² (1 − alpha) of some items, which is (k tr C − Σ C) / (k − 1) with their covariances C; `None` for one item.
    fn error_variance(&self, items: &[usize]) -> Option<f64> {
        let trace: f64 = items.iter().map(|&item| self.entry(item, item)).sum();
        let total: f64 = items.iter().map(|&i| items.iter().map(|&j| self.entry(i, j)).sum::<f64>()).sum();
        let count = count_to_f64(items.len());
        (items.len() > 1).then(|| (count * trace - total) / (count - 1.0))
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

    /// Three items a scale, each a common part and noise of variance 1: alpha is 3 c / (3 c + 1) for a common variance c. The
    /// second scale counts against the first, as the one role does in the lead over the other.
    #[test]
    fn two_pure_scales_give_the_reliability_of_a_difference() {
        let (first, second, shared) = (2.0, 0.5, 0.6);
        let entry = |i: usize, j: usize| match (i / 3, j / 3) {
            (0, 0) => first + f64::from(u8::from(i == j)),
            (1, 1) => second + f64::from(u8::from(i == j)),
            _ => -shared,
        };
        let found =
            Covariances::new(vec![0.0; 6], 100, entry).stratified_alpha(&[vec![0, 1, 2], vec![], vec![3, 4, 5]]);
        let [(one, alpha_one), (two, alpha_two)] =
            [first, second].map(|common| (9.0 * common + 3.0, 3.0 * common / (3.0 * common + 1.0)));
        let both = 9.0 * shared;
        let difference = (one * alpha_one + two * alpha_two - 2.0 * both) / (one + two - 2.0 * both);
        near(found.unwrap(), difference, 1e-12);
        let strata = [vec![0, 1, 2], vec![3, 4], vec![5]];
        assert_eq!(Covariances::new(vec![0.0; 6], 100, entry).stratified_alpha(&strata), None);
    }

    #[test]
    fn a_longer_test_is_better() {
        near(lengthened(0.5, 2.0), 2.0 / 3.0, 1e-12);
        near(lengthened(lengthened(0.94, 1.0 / 3.0), 3.0), 0.94, 1e-12);
        near(lengthened(0.94, 10.0 / 30.0), 0.839, 5e-4);
    }
}
