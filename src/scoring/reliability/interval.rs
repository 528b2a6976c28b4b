//! How far alpha can be from that of everybody: Feldt's interval (1965).

use super::beta::regularised;
use super::count;

/// Probability left out at each end of an interval: 95 of 100 intervals hold the true value.
const TAIL: f64 = 0.025;

/// Feldt's interval, at 95 %, of an alpha found with some people on some items: from 1 − (1 − alpha) F(0.975) to
/// 1 − (1 − alpha) F(0.025) with n − 1 and (n − 1) (k − 1) degrees of freedom. Nothing for fewer than two of either.
#[must_use]
pub fn feldt(alpha: f64, people: u64, items: usize) -> Option<(f64, f64)> {
    let people = usize::try_from(people).ok().map(count)?;
    if people < 2.0 || items < 2 {
        return None;
    }
    let (one, two) = (people - 1.0, (people - 1.0) * (count(items) - 1.0));
    let end = |probability| 1.0 - (1.0 - alpha) * f_quantile(probability, one, two);
    Some((end(1.0 - TAIL), end(TAIL)))
}

/// The value that the F distribution with these degrees of freedom stays below with a probability, which is between 0
/// and 1.
#[must_use]
pub fn f_quantile(probability: f64, one: f64, two: f64) -> f64 {
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

/// The same of the beta distribution, where it is not above ½. Halving ends when no number is left between the two ends;
/// no start has to be guessed, and nothing can run away.
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
