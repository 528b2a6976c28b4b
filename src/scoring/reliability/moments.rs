//! Sums of values and of their products, from which covariances are made: whole numbers, so that neither the order of the
//! people nor the number of threads shows in a single bit.
//!
//! People who answered everything, who are most, share one count and one sum an item; each pair of items has its own only
//! for the others. The alternative, four sums a pair for everybody, takes four times as long.

use super::Covariances;
use crate::scoring::num::to_f64;

/// Moments of the values of some items, gathered from one person after the other.
///
/// Values may be as large as 2⁴⁷ and people as many as 2³¹: no sum leaves 128 bits then.
#[derive(Clone, Debug)]
pub struct Moments {
    items: usize,
    /// People with a value for every item.
    whole: i128,
    sums: Vec<i128>,
    /// Sums of products, one a pair.
    products: Vec<i128>,
    /// The others, one a pair.
    gaps: Vec<Pair>,
    /// The values of the person who is being added.
    row: Vec<(usize, i64)>,
}

/// Moments of two items over the people who have values for both. An item is a pair with itself, too.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    people: i128,
    one: i128,
    two: i128,
    product: i128,
}

impl Moments {
    /// No people yet, and a number of items.
    pub fn new(items: usize) -> Self {
        let pairs = items * (items + 1) / 2;
        Self {
            items,
            whole: 0,
            sums: vec![0; items],
            products: vec![0; pairs],
            gaps: vec![Pair::default(); pairs],
            row: Vec::with_capacity(items),
        }
    }

    /// Adds a person: the value of each item, nothing where it is missing; more values than items are left aside.
    pub fn add(&mut self, values: impl IntoIterator<Item = Option<i64>>) {
        self.row.clear();
        let present = values.into_iter().take(self.items).enumerate();
        self.row.extend(present.filter_map(|(item, value)| value.map(|value| (item, value))));
        if self.row.len() == self.items { self.add_whole() } else { self.add_gapped() }
    }

    fn add_whole(&mut self) {
        self.whole += 1;
        let mut products = self.products.iter_mut();
        for (sum, &(item, two)) in self.sums.iter_mut().zip(&self.row) {
            *sum += i128::from(two);
            for (&(_, one), product) in self.row.iter().take(item + 1).zip(&mut products) {
                *product += i128::from(one) * i128::from(two);
            }
        }
    }

    fn add_gapped(&mut self) {
        for (index, &(j, two)) in self.row.iter().enumerate() {
            let two = i128::from(two);
            for &(i, one) in self.row.iter().take(index + 1) {
                let Some(pair) = self.gaps.get_mut(position(i, j)) else { continue };
                let one = i128::from(one);
                pair.people += 1;
                pair.one += one;
                pair.two += two;
                pair.product += one * two;
            }
        }
    }

    /// Adds the people of other moments of the same items.
    pub fn merge(&mut self, other: &Self) {
        self.whole += other.whole;
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
        self.products.iter_mut().zip(&other.products).for_each(|(sum, more)| *sum += more);
        for (pair, more) in self.gaps.iter_mut().zip(&other.gaps) {
            pair.people += more.people;
            pair.one += more.one;
            pair.two += more.two;
            pair.product += more.product;
        }
    }

    /// The same of some of the items only, in the order given; what is no item is left aside. Who has values for all of
    /// these, and not for all of the others, still counts by pairs alone.
    pub fn only(&self, items: &[usize]) -> Self {
        let known: Vec<usize> = items.iter().copied().filter(|&item| item < self.items).collect();
        let mut some = Self::new(known.len());
        some.whole = self.whole;
        for (j, &two) in known.iter().enumerate() {
            for (i, &one) in known.iter().take(j + 1).enumerate() {
                let (from, to) = (position(one.min(two), one.max(two)), position(i, j));
                some.products[to] = self.products[from];
                let Pair { one: first, two: second, .. } = self.gaps[from];
                let turned = Pair { one: second, two: first, ..self.gaps[from] };
                some.gaps[to] = if one <= two { self.gaps[from] } else { turned };
            }
            some.sums[j] = self.sums[two];
        }
        some
    }

    /// Covariances of each two items over everybody who has values for both; nothing where these are fewer than two.
    pub fn pairwise(&self) -> Option<Covariances> {
        let pairs: Vec<Pair> = (0..self.items).flat_map(|j| (0..=j).filter_map(move |i| self.pair(i, j))).collect();
        let covariances = pairs.iter().map(|pair| pair.covariance()).collect::<Option<Vec<f64>>>()?;
        let at = |i: usize, j: usize| position(i.min(j), i.max(j));
        let means = (0..self.items).filter_map(|item| pairs.get(at(item, item))).map(|pair| pair.mean()).collect();
        let entry = |i: usize, j: usize| covariances.get(at(i, j)).copied().unwrap_or(0.0);
        Some(Covariances::new(means, self.common(&pairs), entry))
    }

    /// The moments of two items, the first one being the second or before it.
    fn pair(&self, i: usize, j: usize) -> Option<Pair> {
        let at = position(i, j);
        let (one, two) = (*self.sums.get(i)?, *self.sums.get(j)?);
        let whole = Pair { people: self.whole, one, two, product: *self.products.get(at)? };
        self.gaps.get(at).map(|gaps| whole.and(*gaps))
    }

    /// How many people two items have in common, on average; of a single item its people.
    fn common(&self, pairs: &[Pair]) -> u64 {
        let apart = (0..self.items).flat_map(|j| (0..j).map(move |i| position(i, j)));
        let mut people: Vec<i128> = apart.filter_map(|at| pairs.get(at)).map(|pair| pair.people).collect();
        if self.items == 1 {
            people.extend(pairs.iter().map(|pair| pair.people));
        }
        let mean = people.iter().sum::<i128>().checked_div(i128::try_from(people.len()).unwrap_or(0));
        mean.and_then(|mean| u64::try_from(mean).ok()).unwrap_or(0)
    }
}

impl Pair {
    fn and(self, other: Self) -> Self {
        Self {
            people: self.people + other.people,
            one: self.one + other.one,
            two: self.two + other.two,
            product: self.product + other.product,
        }
    }

    /// Mean of the second item.
    fn mean(self) -> f64 {
        let near = nearest(self.two, self.people);
        to_f64(near) + to_f64(self.two - self.people * near) / to_f64(self.people)
    }

    /// Values are taken from the whole numbers nearest to their means before anything is rounded, which leaves the
    /// covariance as it is and nothing large to be subtracted; the one division comes last.
    fn covariance(self) -> Option<f64> {
        let Self { people, one, two, product } = self;
        if people < 2 {
            return None;
        }
        let (first, second) = (nearest(one, people), nearest(two, people));
        let product = product - first * two - second * one + people * first * second;
        let (one, two) = (one - people * first, two - people * second);
        Some((to_f64(product) - to_f64(one) * to_f64(two) / to_f64(people)) / to_f64(people - 1))
    }
}

/// The whole number nearest to a mean.
fn nearest(sum: i128, people: i128) -> i128 {
    (2 * sum + people).div_euclid(2 * people)
}

/// Where a pair stands, the first item being the second one or before it.
fn position(i: usize, j: usize) -> usize {
    j * (j + 1) / 2 + i
}

#[cfg(test)]
mod tests {
    #![allow(clippy::cast_precision_loss, reason = "the numbers are small")]

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::scoring::reliability::covariances::tests::{Row, cohort, moments, people};

    fn bits(covariances: Option<&Covariances>) -> Option<(u64, Vec<u64>)> {
        let covariances = covariances?;
        let all = (0..covariances.items()).flat_map(|i| (0..covariances.items()).map(move |j| (i, j)));
        Some((covariances.people(), all.map(|(i, j)| covariances.entry(i, j).to_bits()).collect()))
    }

    /// Values far from zero have covariances as exact as those near it.
    #[test]
    fn a_common_distance_from_zero_is_taken_away_exactly() {
        let far = |item: usize| (1 << 46) - i64::try_from(item).unwrap();
        let moved =
            |row: &Row| row.iter().enumerate().map(|(item, value)| value.map(|value| value + far(item))).collect();
        let rows = cohort();
        let distant: Vec<Row> = rows.iter().map(moved).collect();
        assert_eq!(bits(moments(&distant).pairwise().as_ref()), bits(moments(&rows).pairwise().as_ref()));
        let [near_zero, found] = [&rows, &distant].map(|rows| moments(rows).pairwise().unwrap());
        assert!((0..6).all(|item| (found.mean(item) - near_zero.mean(item) - to_f64(far(item))).abs() < 0.01));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn neither_order_nor_threads_show(rows in people(0.2), cuts in vec(0_usize..40, 2), turned in any::<bool>()) {
            let whole = moments(&rows);
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % rows.len()).collect();
            cuts.sort_unstable();
            let mut parts =
                [&rows[..cuts[0]], &rows[cuts[0]..cuts[1]], &rows[cuts[1]..]].map(|part| {
                    let mut moments = Moments::new(rows[0].len());
                    part.iter().rev().for_each(|row| moments.add(row.iter().copied()));
                    moments
                });
            if turned {
                parts.reverse();
            }
            let mut merged = Moments::new(rows[0].len());
            for part in &parts {
                merged.merge(part);
            }
            prop_assert_eq!(bits(merged.pairwise().as_ref()), bits(whole.pairwise().as_ref()));
        }

        /// People with gaps are summed up otherwise; here everybody has one, in a question that nobody answered.
        #[test]
        fn a_gap_elsewhere_shows_in_no_bit(rows in people(0.0)) {
            let items: Vec<usize> = (0..rows[0].len()).collect();
            let gapped: Vec<Row> = rows.iter().map(|row| [&row[..], &[None]].concat()).collect();
            let found = moments(&gapped).only(&items).pairwise();
            prop_assert_eq!(bits(found.as_ref()), bits(moments(&rows).pairwise().as_ref()));
        }

        /// Some items by themselves, as if nobody had been asked for the others.
        #[test]
        fn some_items_are_as_good_as_asked_alone(rows in people(0.3), picks in vec(0_usize..7, 1..4)) {
            let items = rows[0].len();
            let mut kept: Vec<usize> = Vec::new();
            for pick in picks.iter().map(|pick| pick % items) {
                if !kept.contains(&pick) {
                    kept.push(pick);
                }
            }
            let alone: Vec<Row> = rows.iter().map(|row| kept.iter().map(|&item| row[item]).collect()).collect();
            let found = moments(&rows).only(&[&kept[..], &[items]].concat()).pairwise();
            prop_assert_eq!(bits(found.as_ref()), bits(moments(&alone).pairwise().as_ref()));
        }
    }
}
