//! How far alpha can be from that of everybody: Feldt's interval (1965).

use crate::scoring::num::to_f64;

use super::beta::regularised;

/// Probability left out at each end of an interval: 95 of 100 intervals hold the true value.
const TAIL: f64 = 0.025;

/// Returns Feldt's interval, at 95 %, of an alpha found with some people on some items: from 1 − (1 − alpha) F(0.975) to
/// 1 − (1 − alpha) F(0.025) with n − 1 and (n − 1) (k − 1) degrees of freedom. `None` for fewer than two of either.
pub(crate) fn feldt(alpha: f64, people: u64, items: usize) -> Option<(f64, f64)> {
    if people < 2 || items < 2 {
        return None;
    }
    let one = to_f64(people) - 1.0;
    let two = one * (to_f64(items as u64) - 1.0);
    let [low, high] = [1.0 - TAIL, TAIL].map(|probability| 1.0 - (1.0 - alpha) * f_quantile(probability, one, two));
    Some((low, high))
}

/// Returns the value that the F distribution with these degrees of freedom stays below with a probability, which is between
/// 0 and 1.
fn f_quantile(probability: f64, one: f64, two: f64) -> f64 {
    let (a, b) = (one / 2.0, two / 2.0);
    // Looked for from the nearer end: next to 1 a number would have too few digits left for its distance from it.
    if regularised(0.5, a, b) >= probability {
        let x = beta_quantile(probability, a, b);
        two * x / (one * (1.0 - x))
    } else {
        let rest = beta_quantile(1.0 - probability, b, a);
        two * (1.0 - rest) / (one * rest)
    }
}

/// Returns the same of the beta distribution, where it is not above ½. Halving ends when no number is left between the two
/// ends; no start has to be guessed, and nothing can run away.
fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 0.5);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if regularised(middle, a, b) < probability { low = middle } else { high = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, reference: f64, off: f64) {
        assert!((found - reference).abs() < off, "{found} is not {reference}");
    }

    /// With two degrees of freedom on one side the distribution has a closed form.
    #[test]
    fn quantiles_are_those_of_closed_forms_from_two_people_to_millions() {
        for many in [1.0, 2.0, 3.0, 7.5, 29.0, 1e3, 1e6, 3e7] {
            for probability in [1e-6, 0.025, 0.5, 0.9, 0.975, 0.999_999_f64] {
                // P(F <= f) is (m f / (m f + 2))^(m / 2) with m and 2 degrees, and 1 - (1 + 2 f / m)^(-m / 2) with 2 and m.
                let ratio = 2.0 / many * probability.ln();
                let upper = 2.0 / many * ratio.exp() / -ratio.exp_m1();
                let lower = many / 2.0 * f64::exp_m1(-2.0 / many * f64::ln_1p(-probability));
                let off = if many < 100.0 { 1e-13 } else { 1e-10 };
                near(f_quantile(probability, many, 2.0) / upper, 1.0, off);
                near(f_quantile(probability, 2.0, many) / lower, 1.0, off);
            }
        }
        near(f_quantile(0.5, 1.0, 1.0), 1.0, 1e-12);
        // Tables have four to six digits.
        near(f_quantile(0.975, 5.0, 10.0), 4.236_086, 1e-6);
        near(f_quantile(0.95, 1.0, 1.0), 161.447_639, 1e-5);
        near(1.0 / f_quantile(0.025, 4_000.0, 90_000.0), f_quantile(0.975, 90_000.0, 4_000.0), 1e-12);
    }

    #[test]
    fn an_interval_holds_alpha_and_narrows_with_people() {
        let width = |people: u64| {
            let (low, high) = feldt(0.8, people, 24).unwrap();
            assert!(low < 0.8 && 0.8 < high, "{people}");
            high - low
        };
        let widths = [5, 30, 1_000, 100_000, 10_000_000].map(width);
        assert!(widths.is_sorted_by(|a, b| a > b), "{widths:?}");
        assert_eq!((feldt(0.8, 1, 24), feldt(0.8, 30, 1)), (None, None));
    }
}
