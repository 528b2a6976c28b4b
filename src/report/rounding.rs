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

/// Rounds the parts of two totals so that also their differences read true: among all ways to round every part up or down
/// to the two totals, the one that is nearest to the parts and their differences. Turning a difference around, or putting a
/// smaller one before a larger one in the first `ranked` parts, costs more than any rounding.
pub(super) fn pairs(a: &[f64], b: &[f64], totals: (i64, i64), ranked: usize) -> (Vec<i64>, Vec<i64>) {
    let ways = |values: &[f64], total| {
        let mut ways = ways(values, total);
        ways.push(whole(values, total));
        ways
    };
    let count = |number: usize| u32::try_from(number).map_or(f64::INFINITY, f64::from);
    let cost = |one: &[i64], two: &[i64]| {
        let apart: Vec<i64> = one.iter().zip(two).map(|(one, two)| one - two).collect();
        let exact = a.iter().zip(b).map(|(a, b)| a - b);
        let turned = exact.clone().zip(&apart).filter(|&(exact, &apart)| exact * real(apart) < -1e-9).count();
        let sizes = apart.get(..ranked).unwrap_or(&apart);
        let unranked = sizes.windows(2).filter(|pair| pair[0].abs() < pair[1].abs()).count();
        let off = |values: &[f64], rounded: &[i64]| -> f64 {
            values.iter().zip(rounded).map(|(value, &rounded)| (value - real(rounded)).powi(2)).sum()
        };
        let exact: Vec<f64> = exact.collect();
        1000.0 * count(turned) + 100.0 * count(unranked) + off(a, one) + off(b, two) + off(&exact, &apart)
    };
    let (ones, twos) = (ways(a, totals.0), ways(b, totals.1));
    let all = ones.iter().flat_map(|one| twos.iter().map(move |two| (one, two)));
    let best = all.min_by(|x, y| cost(x.0, x.1).total_cmp(&cost(y.0, y.1)));
    best.map_or_else(Default::default, |(one, two)| (one.clone(), two.clone()))
}

/// Every way to round each value up or down so that they add up to a total.
fn ways(values: &[f64], total: i64) -> Vec<Vec<i64>> {
    let mut ways = vec![Vec::new()];
    for value in values {
        let (down, up) = (integer(value.floor()), integer(value.ceil()));
        let ends = if down == up { vec![down] } else { vec![down, up] };
        ways = ways.iter().flat_map(|way| ends.iter().map(move |&end| [&way[..], &[end]].concat())).collect();
    }
    ways.retain(|way| way.iter().sum::<i64>() == total);
    ways
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

/// A small whole number as a float.
#[expect(clippy::cast_precision_loss, reason = "points of fit")]
fn real(value: i64) -> f64 {
    value as f64
}
