//! Common divisors and multiples, which the rules for a bank need as well as the scoring: so they stand in the lowest
//! layer.

/// Greatest common divisor, by Euclid; never negative.
pub(crate) fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

/// Least common multiple, or the largest number where that would be larger.
pub(crate) fn lcm(a: i128, b: i128) -> i128 {
    (a / gcd(a, b).max(1)).saturating_mul(b)
}
