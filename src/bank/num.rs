//! Common divisors and multiples, in the lowest layer because the rules for a bank need them as well as the scoring.

/// Returns the greatest common divisor, by Euclid; never negative.
pub(crate) fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

/// Returns the least common multiple, or the largest number where that would be larger.
pub(crate) fn lcm(a: i128, b: i128) -> i128 {
    (a / gcd(a, b).max(1)).saturating_mul(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisors_are_never_negative_and_multiples_never_overflow() {
        for (a, b, divisor, multiple) in [(12, 18, 6, 36), (-12, 18, 6, -36), (7, 5, 1, 35), (0, 5, 5, 0), (0, 0, 0, 0)]
        {
            assert_eq!((gcd(a, b), lcm(a, b)), (divisor, multiple), "{a}, {b}");
        }
        assert_eq!(lcm(i128::MAX, i128::MAX - 1), i128::MAX);
    }
}
