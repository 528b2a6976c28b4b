//! The regularised incomplete beta function.
//!
//! What stands before its continued fraction is worked out from how far x is from the mean and from Stirling's errors
//! (Loader 2000), since logarithms of gamma functions lose their last digits where there are millions of people.

use std::f64::consts::TAU;

/// Least number for the series of Stirling's error: its first left out term is below 10⁻¹⁵ there.
const LARGE: f64 = 10.0;

/// Steps after which the continued fraction ends at the latest; it takes about as many as the root of the larger parameter.
const MAX_STEPS: u32 = 1 << 20;

/// Returns `I_x(a, b)`, the probability of a value up to x under the beta distribution; a and b above 0, x from 0 to 1.
pub(super) fn regularised(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = front(x, a, b);
    // The fraction converges fast on this side of the mean.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// Returns x^a (1 − x)^b / B(a, b).
fn front(x: f64, a: f64, b: f64) -> f64 {
    let (sum, mean) = (a + b, a / (a + b));
    let (below, above) = ((x - mean) / mean, (mean - x) / (b / sum));
    // Next to the mean the one, far from it the other keeps all digits.
    let log = |off: f64, ratio: f64| if off.abs() < 0.5 { off.ln_1p() } else { ratio.ln() };
    // a `below` and b `above` add up to zero, so taking them away leaves small numbers only.
    let exponent = a * (log(below, x / mean) - below) + b * (log(above, (1.0 - x) / (b / sum)) - above);
    let errors = stirling(sum) - stirling(a) - stirling(b);
    (a * b / (TAU * sum)).sqrt() * (exponent + errors).exp()
}

/// Returns ln Γ(z) less Stirling's (z − ½) ln z − z + ½ ln 2π.
fn stirling(z: f64) -> f64 {
    if z < LARGE {
        return stirling(z + 1.0) + (z + 0.5) * (1.0 / z).ln_1p() - 1.0;
    }
    let square = 1.0 / (z * z);
    let coefficients = [-691.0 / 360_360.0, 1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0, -1.0 / 360.0, 1.0 / 12.0];
    coefficients.iter().fold(1.0 / 156.0, |sum, coefficient| sum * square + coefficient) / z
}

/// Returns the continued fraction of DLMF 8.17.22, by the method of Lentz.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let mut below = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let (mut above, mut value) = (1.0, below);
    for step in (1..MAX_STEPS).map(f64::from) {
        let twice = a + 2.0 * step;
        let even = step * (b - step) * x / ((twice - 1.0) * twice);
        let odd = -(a + step) * (a + b + step) * x / (twice * (twice + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            below = 1.0 / nonzero(1.0 + term * below);
            above = nonzero(1.0 + term / above);
            change *= above * below;
        }
        value *= change;
        if (change - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}

fn nonzero(value: f64) -> f64 {
    if value.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_polynomial_where_parameters_are_whole() {
        for x in [0.0, 0.01, 0.3, 0.5, 0.99, 1.0] {
            assert!((regularised(x, 1.0, 1.0) - x).abs() < 1e-14);
            assert!((regularised(x, 2.0, 1.0) - x * x).abs() < 1e-14);
            assert!((regularised(x, 2.0, 3.0) - x * x * (6.0 - 8.0 * x + 3.0 * x * x)).abs() < 1e-14);
        }
        assert!((regularised(0.5, 1e7, 1e7) - 0.5).abs() < 1e-10);
    }
}
