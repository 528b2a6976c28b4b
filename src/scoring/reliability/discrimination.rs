//! The upper-lower index (Johnson 1951): whether people with a high total answer an item otherwise than those with a low one.

use crate::scoring::num::to_f64;

/// Part of the people in each of the two groups: 27 of 100, as half of them would take in who is neither.
const PART: (usize, usize) = (27, 100);

/// D of each item: its mean among those with the highest totals less that among those with the lowest, as a part of the
/// item's range. `rows` are the values of people, nothing where one is missing, which adds nothing to a total; `ranges` is
/// how far apart values of each item can be. Of people with equal totals the one in front counts as lower. Nothing for an
/// item without range, or without a value in one of the groups.
pub fn upper_lower(rows: &[Vec<Option<i64>>], ranges: &[i64]) -> Vec<Option<f64>> {
    let total = |row: &[Option<i64>]| row.iter().flatten().map(|&value| i128::from(value)).sum::<i128>();
    let mut order: Vec<(i128, &Vec<Option<i64>>)> = rows.iter().map(|row| (total(row), row)).collect();
    order.sort_by_key(|&(total, _)| total);
    // Half a person or more makes a whole one.
    let size = (PART.0 * rows.len() + PART.1 / 2) / PART.1;
    let lower = order.get(..size).unwrap_or_default();
    let upper = order.get(order.len() - size..).unwrap_or_default();
    let mean = |group: &[(i128, &Vec<Option<i64>>)], item: usize| {
        let values = group.iter().filter_map(|(_, row)| row.get(item).copied().flatten());
        let (sum, people) = values.fold((0, 0), |(sum, people), value| (sum + i128::from(value), people + 1));
        (people > 0).then(|| to_f64(sum) / to_f64(people))
    };
    let index = |(item, &range): (usize, &i64)| {
        let (high, low) = mean(upper, item).zip(mean(lower, item))?;
        (range > 0).then(|| (high - low) / to_f64(i128::from(range)))
    };
    ranges.iter().enumerate().map(index).collect()
}
