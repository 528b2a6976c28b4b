//! The upper-lower index (Johnson 1951): whether people with a high total answer an item otherwise than those with a low one.

use crate::scoring::num::to_f64;

/// Share of the people in each of the two groups: 27 of 100, as half of them would take in who is neither.
const TAIL_SHARE: (usize, usize) = (27, 100);

/// A person's values by item, `None` where one is missing, which leaves the total as it is.
type Values = Vec<Option<i64>>;

/// Returns D of each item: its mean among those with the highest totals less that among those with the lowest, as a part of
/// the item's range; `ranges` is how far apart values of each item can be. Of people with equal totals the one in front
/// counts as lower. `None` for an item without range, or without a value in one of the groups.
pub(crate) fn upper_lower(rows: &[Values], ranges: &[i64]) -> Vec<Option<f64>> {
    let mut order: Vec<&Values> = rows.iter().collect();
    order.sort_by_cached_key(|row| row.iter().flatten().map(|&value| i128::from(value)).sum::<i128>());
    // Half a person or more makes a whole one.
    let size = (TAIL_SHARE.0 * rows.len() + TAIL_SHARE.1 / 2) / TAIL_SHARE.1;
    let (lower, upper) = (&order[..size], &order[order.len() - size..]);
    let mut indices = Vec::with_capacity(ranges.len());
    for (item, &range) in ranges.iter().enumerate() {
        let means = mean(upper, item).zip(mean(lower, item)).filter(|_| range > 0);
        indices.push(means.map(|(high, low)| (high - low) / to_f64(range)));
    }
    indices
}

/// Returns the mean of an item in a group, `None` if nobody there has a value for it.
fn mean(group: &[&Values], item: usize) -> Option<f64> {
    let values = group.iter().filter_map(|row| row.get(item).copied().flatten());
    let (sum, people) = values.fold((0, 0_u64), |(sum, people), value| (sum + i128::from(value), people + 1));
    (people > 0).then(|| to_f64(sum) / to_f64(people))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of four people one is in each group, as 27 of 100 are 1.08 of them; of two with equal totals the first is lower.
    #[test]
    fn the_best_are_held_against_the_worst() {
        let rows: Vec<Values> = [[4, 1], [0, 1], [2, 1], [1, 0]].map(|row| row.map(Some).to_vec()).to_vec();
        assert_eq!(upper_lower(&rows, &[4, 0]), [Some(1.0), None]);
        let gapped = [vec![None, Some(9)], vec![Some(1), Some(0)]];
        assert_eq!(upper_lower(&gapped, &[4, 9]), [None, Some(1.0)]);
        assert_eq!(upper_lower(&[], &[1]), [None]);
    }
}
