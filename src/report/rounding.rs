//! Whole numbers that still add up.

/// Rounds values to whole numbers that add up to a total, which is the sum of the values rounded either way: each is
/// rounded down, and what is missing goes to the largest remainders, the first ones where remainders are equal.
pub(super) fn whole(values: &[f64], total: i64) -> Vec<i64> {
    let mut rounded: Vec<i64> = values.iter().map(|value| integer(value.floor())).collect();
    let missing = total - rounded.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|&index| -integer((values[index] - values[index].floor()) * 1e9));
    for index in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        rounded[index] += 1;
    }
    rounded
}

/// The nearest whole number, halves away from zero: the one rounding of every figure that is shown alone.
pub(super) fn nearest(value: f64) -> i64 {
    integer(value.round())
}

/// A float that holds a whole number.
#[expect(clippy::cast_possible_truncation, reason = "fit points and their remainders are far inside 64 bits")]
pub(super) fn integer(value: f64) -> i64 {
    value as i64
}
