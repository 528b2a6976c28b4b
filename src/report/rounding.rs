//! Rounding to whole numbers that still add up.

use std::ops::Sub;

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

/// Rounds the parts of two totals so that also their differences read true: among all ways to round every part up or
/// down to the two totals, the one that is nearest to the parts and their differences. Turning a difference around, or
/// putting a smaller one before a larger one in the first `ranked` parts, costs more than any rounding.
pub(super) fn pairs(a: &[f64], b: &[f64], totals: (i64, i64), ranked: usize) -> (Vec<i64>, Vec<i64>) {
    let exact = differences(a, b);
    let cost = |one: &[i64], two: &[i64]| {
        let rounded = differences(one, two);
        let turned = exact.iter().zip(&rounded).filter(|&(&exact, &rounded)| exact * to_f64(rounded) < -1e-9);
        let sizes = rounded.get(..ranked).unwrap_or(&rounded);
        let unranked = sizes.windows(2).filter(|pair| pair[0].abs() < pair[1].abs());
        1000.0 * count(turned) + 100.0 * count(unranked) + error(a, one) + error(b, two) + error(&exact, &rounded)
    };
    let (ones, twos) = (ways(a, totals.0), ways(b, totals.1));
    let all = ones.iter().flat_map(|one| twos.iter().map(move |two| (one, two)));
    let best = all.min_by(|x, y| cost(x.0, x.1).total_cmp(&cost(y.0, y.1)));
    best.map_or_else(Default::default, |(one, two)| (one.clone(), two.clone()))
}

fn differences<T: Copy + Sub<Output = T>>(a: &[T], b: &[T]) -> Vec<T> {
    a.iter().zip(b).map(|(&a, &b)| a - b).collect()
}

fn count(items: impl Iterator) -> f64 {
    u32::try_from(items.count()).map_or(f64::INFINITY, f64::from)
}

fn error(values: &[f64], rounded: &[i64]) -> f64 {
    values.iter().zip(rounded).map(|(value, &rounded)| (value - to_f64(rounded)).powi(2)).sum()
}

/// Returns every way to round each value up or down so that they add up to a total, and [`whole`] in case there is
/// none.
fn ways(values: &[f64], total: i64) -> Vec<Vec<i64>> {
    let mut ways = vec![Vec::new()];
    for value in values {
        let (down, up) = (integer(value.floor()), integer(value.ceil()));
        let ends = if down == up { vec![down] } else { vec![down, up] };
        ways = ways.iter().flat_map(|way| ends.iter().map(move |&end| [&way[..], &[end]].concat())).collect();
    }
    ways.retain(|way| way.iter().sum::<i64>() == total);
    ways.push(whole(values, total));
    ways
}

/// Returns the nearest whole number, halves away from zero: the one rounding of every figure that is shown alone.
pub(super) fn nearest(value: f64) -> i64 {
    integer(value.round())
}

/// Returns a float that holds a whole number as an integer.
#[expect(clippy::cast_possible_truncation, reason = "fit points and their remainders are far inside 64 bits")]
pub(super) fn integer(value: f64) -> i64 {
    value as i64
}

#[expect(clippy::cast_precision_loss, reason = "points of fit")]
fn to_f64(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_add_up_and_the_largest_remainders_are_rounded_up() {
        assert_eq!(whole(&[1.4, 1.4, 1.2], 4), [2, 1, 1]);
        assert_eq!(whole(&[-1.5, 0.25, 0.25], -1), [-1, 0, 0]);
        assert_eq!(whole(&[], 0), Vec::<i64>::new());
    }

    #[test]
    fn equal_remainders_are_rounded_up_from_the_front() {
        assert_eq!(whole(&[0.5, 0.5, 0.5, 0.5], 2), [1, 1, 0, 0]);
    }

    #[test]
    fn pairs_add_up_and_turn_no_difference_around() {
        // Rounded each for itself, 0.6 and 0.4 would become 1 and 0 on one side, and the same or less on the other.
        let (a, b) = pairs(&[0.6, 0.4], &[0.5, 0.5], (1, 1), 2);
        assert_eq!((a, b), (vec![1, 0], vec![1, 0]));
        let (a, b) = pairs(&[2.4, -0.4], &[0.4, 0.6], (2, 1), 2);
        assert_eq!((a.iter().sum::<i64>(), b.iter().sum::<i64>()), (2, 1));
        assert!(a[0] >= b[0] && a[1] <= b[1], "{a:?} {b:?}");
    }

    #[test]
    fn a_smaller_difference_is_not_put_before_a_larger_one() {
        let (a, b) = pairs(&[1.5, 1.5, 1.0], &[0.2, 0.4, 0.4], (4, 1), 3);
        let sizes: Vec<i64> = a.iter().zip(&b).map(|(a, b)| (a - b).abs()).collect();
        assert!(sizes.is_sorted_by(|one, next| one >= next), "{sizes:?}");
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!([0.5, -0.5, 1.4999, 2.5].map(nearest), [1, -1, 1, 3]);
    }
}
