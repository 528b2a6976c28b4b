//! Common divisors and multiples, in the lowest layer because the rules for a bank need them as well as the scoring.

/// Returns the greatest common divisor, by Euclid; never negative.
pub(crate) fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

/// Returns the least common multiple, or the largest number where that would be larger.
pub(crate) fn lcm(a: i128, b: i128) -> i128 {
    (a / gcd(a, b).max(1)).saturating_mul(b)
}
