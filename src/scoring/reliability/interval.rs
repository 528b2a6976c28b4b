//! How far figures can be from those of everybody: alpha by Feldt's interval (1965), a correlation by Fisher's z (1921), a
//! mean by Student's t (1908).

use crate::scoring::num::to_f64;

use super::beta::regularised;

/// Probability left out at each end of an interval: 95 of 100 intervals hold the true value.
const TAIL: f64 = 0.025;

/// The quantile of the normal distribution with so much above it.
const NORMAL: f64 = 1.959_963_984_540_054;

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

/// Returns Fisher's interval, at 95 %, of a correlation found with some people; `None` for fewer than four.
pub(crate) fn fisher(correlation: f64, people: u64) -> Option<(f64, f64)> {
    let freedom = people.checked_sub(3).filter(|freedom| *freedom > 0)?;
    let (z, half) = (correlation.clamp(-1.0, 1.0).atanh(), NORMAL / to_f64(freedom).sqrt());
    Some(((z - half).tanh(), (z + half).tanh()))
}

/// Returns Student's interval, at 95 %, of a mean found with some people who have this variance; `None` for fewer than two.
pub(crate) fn student(mean: f64, variance: f64, people: u64) -> Option<(f64, f64)> {
    let freedom = to_f64(people.checked_sub(2)? + 1);
    // The square of t has the F distribution.
    let quantile = f_quantile(1.0 - 2.0 * TAIL, 1.0, freedom).sqrt();
    let half = quantile * (variance.max(0.0) / to_f64(people)).sqrt();
    Some((mean - half, mean + half))
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

    /// R gives these: `tanh(atanh(.3) + c(-1, 1) * qnorm(.975) / sqrt(97))`, `qt(.975, 9)`, `qt(.975, 999)`.
    #[test]
    fn correlations_and_means_have_the_intervals_of_tables() {
        let (low, high) = fisher(0.3, 100).unwrap();
        near(low, 0.110_068, 1e-6);
        near(high, 0.468_794, 1e-6);
        assert_eq!((fisher(1.0 + 1e-9, 10), fisher(0.3, 3)), (Some((1.0, 1.0)), None));
        for (people, quantile) in [(10, 2.262_157), (1_000, 1.962_341)] {
            let (low, high) = student(5.0, 4.0, people).unwrap();
            near((high - 5.0) / (2.0 / to_f64(people).sqrt()), quantile, 1e-6);
            near(5.0 - low, high - 5.0, 1e-12);
        }
        assert_eq!(student(5.0, 4.0, 1), None);
    }
}
