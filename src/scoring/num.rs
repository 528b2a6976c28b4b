//! Where numbers count as equal, and where whole numbers become floats.

use crate::bank::gcd;

/// Differences of z below this are none: sums of whole numbers are divided by square roots, so equal sums can differ in
/// the last bits.
pub(crate) const TOLERANCE: f64 = 1e-9;

/// Returns a whole number as a float: exact below 2⁵³, correctly rounded above.
#[expect(clippy::cast_precision_loss, reason = "the one place where numbers stop being whole; the rounding is stated")]
pub(super) fn to_f64(number: impl Into<i128>) -> f64 {
    let number = number.into();
    // The same for both, and much faster for what fits.
    i64::try_from(number).map_or_else(|_| number as f64, |number| number as f64)
}

pub(super) fn count_to_f64(count: usize) -> f64 {
    to_f64(count as u64)
}

/// Returns a sum of points, which the limits of a bank keep far inside 64 bits: points are below 10⁵ and their common
/// multiple is at most 10¹¹, so a centred point stays below 2·10¹⁶, and 200 of them below 4·10¹⁸.
pub(super) fn narrow(points: i128) -> i64 {
    debug_assert!(i64::try_from(points).is_ok(), "a bug: {points} points");
    #[expect(clippy::cast_possible_truncation, reason = "the limits of a bank are stated above")]
    let narrow = points as i64;
    narrow
}

/// Returns the greatest common divisor of some points, 1 if all are zero.
pub(super) fn common_divisor(points: impl Iterator<Item = i64>) -> i64 {
    narrow(points.fold(0, |divisor, points| gcd(divisor, i128::from(points))).max(1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;

    #[test]
    fn whole_numbers_become_the_nearest_floats() {
        assert_eq!(to_f64(-3_i64), -3.0);
        assert_eq!(to_f64((1_i128 << 53) + 1), 9_007_199_254_740_992.0);
        assert_eq!(to_f64(i128::from(i64::MAX) * 4), 36_893_488_147_419_103_228.0);
        assert_eq!(count_to_f64(7), 7.0);
    }

    #[test]
    fn the_common_divisor_of_zeros_is_one() {
        assert_eq!(common_divisor([12, -18, 0].into_iter()), 6);
        assert_eq!(common_divisor([0, 0].into_iter()), 1);
        assert_eq!(common_divisor([].into_iter()), 1);
    }
}
