//! Sums of values and of their products, from which covariances are made: whole numbers, so that neither the order of the
//! people nor the number of threads shows in a single bit.
//!
//! People who answered everything, who are most, share one count and one sum an item; each pair of items has its own only
//! for the others. The alternative, four sums a pair for everybody, takes four times as long.

use crate::scoring::num::to_f64;

use super::covariances::Covariances;

/// Moments of the values of some items, gathered from one person after the other.
///
/// Values may be as large as 2⁴⁷ and people as many as 2³¹: no sum leaves 128 bits then, and products need more than 64.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    items: usize,
    /// People with a value for every item.
    whole: i128,
    sums: Vec<i128>,
    /// Sums of products, one a pair.
    products: Vec<i128>,
    /// The others, one a pair.
    gaps: Vec<PairMoments>,
    /// The values of the person who is being added.
    row: Vec<(usize, i64)>,
}

/// Moments of two items over the people who have values for both. An item is a pair with itself, too.
#[derive(Clone, Copy, Debug, Default)]
struct PairMoments {
    people: i128,
    one: i128,
    two: i128,
    product: i128,
}

impl Moments {
    pub(crate) fn new(items: usize) -> Self {
        let pairs = items * (items + 1) / 2;
        Self {
            items,
            whole: 0,
            sums: vec![0; items],
            products: vec![0; pairs],
            gaps: vec![PairMoments::default(); pairs],
            row: Vec::with_capacity(items),
        }
    }

    /// Adds a person: the value of each item, `None` where it is missing.
    pub(crate) fn add(&mut self, values: impl IntoIterator<Item = Option<i64>>) {
        self.row.clear();
        self.row.extend(values.into_iter().enumerate().filter_map(|(item, value)| Some((item, value?))));
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
            for &(i, one) in &self.row[..=index] {
                let (one, two) = (i128::from(one), i128::from(two));
                self.gaps[position(i, j)].add(PairMoments { people: 1, one, two, product: one * two });
            }
        }
    }

    /// Adds the people of other moments of the same items.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.whole += other.whole;
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
        self.products.iter_mut().zip(&other.products).for_each(|(sum, more)| *sum += more);
        self.gaps.iter_mut().zip(&other.gaps).for_each(|(pair, more)| pair.add(*more));
    }

    /// Returns the same of some of the items only, which are given rising. Who has values for all of these, and not for all
    /// of the others, still counts by pairs alone.
    pub(crate) fn only(&self, items: &[usize]) -> Self {
        let pairs =
            || items.iter().enumerate().flat_map(|(j, &two)| items[..=j].iter().map(move |&one| position(one, two)));
        Self {
            items: items.len(),
            whole: self.whole,
            sums: items.iter().map(|&item| self.sums[item]).collect(),
            products: pairs().map(|pair| self.products[pair]).collect(),
            gaps: pairs().map(|pair| self.gaps[pair]).collect(),
            row: Vec::new(),
        }
    }

    /// Returns the covariances of each two items over everybody who has values for both, `None` where these are fewer than
    /// two.
    pub(crate) fn pairwise(&self) -> Option<Covariances> {
        let pairs: Vec<PairMoments> =
            (0..self.items).flat_map(|j| (0..=j).map(move |i| (i, j))).map(|(i, j)| self.pair(i, j)).collect();
        let covariances = pairs.iter().map(|pair| pair.covariance()).collect::<Option<Vec<f64>>>()?;
        let means = (0..self.items).map(|item| pairs[position(item, item)].mean()).collect();
        Some(Covariances::new(means, self.common(&pairs), |i, j| covariances[position(i.min(j), i.max(j))]))
    }

    /// Returns the moments of two items, the first one being the second or before it.
    fn pair(&self, i: usize, j: usize) -> PairMoments {
        let pair = position(i, j);
        let (one, two, product) = (self.sums[i], self.sums[j], self.products[pair]);
        let mut all = PairMoments { people: self.whole, one, two, product };
        all.add(self.gaps[pair]);
        all
    }

    /// Returns how many people two items have in common, on average; of a single item its people.
    fn common(&self, pairs: &[PairMoments]) -> u64 {
        let apart = (0..self.items).flat_map(|j| (0..j).map(move |i| position(i, j)));
        let mut people: Vec<i128> = apart.map(|pair| pairs[pair].people).collect();
        if self.items == 1 {
            people.push(pairs[0].people);
        }
        let mean = people.iter().sum::<i128>().checked_div(people.len() as i128);
        mean.and_then(|mean| u64::try_from(mean).ok()).unwrap_or(0)
    }
}

impl PairMoments {
    fn add(&mut self, other: Self) {
        self.people += other.people;
        self.one += other.one;
        self.two += other.two;
        self.product += other.product;
    }

    fn mean(self) -> f64 {
        let near = nearest(self.two, self.people);
        to_f64(near) + to_f64(self.two - self.people * near) / to_f64(self.people)
    }

    /// Returns the covariance, `None` for fewer than two people. Values are taken from the whole numbers nearest to their
    /// means before anything is rounded, which leaves the covariance as it is and nothing large to be subtracted; the one
    /// division comes last.
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

/// Returns the whole number nearest to a mean.
fn nearest(sum: i128, people: i128) -> i128 {
    (2 * sum + people).div_euclid(2 * people)
}

/// Returns where a pair stands, the first item being the second one or before it.
fn position(i: usize, j: usize) -> usize {
    j * (j + 1) / 2 + i
}

#[cfg(test)]
mod tests {
    #![allow(clippy::cast_precision_loss, reason = "the numbers are small")]

    use std::collections::BTreeSet;

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
            let kept: BTreeSet<usize> = picks.iter().map(|pick| pick % items).collect();
            let kept: Vec<usize> = kept.into_iter().collect();
            let alone: Vec<Row> = rows.iter().map(|row| kept.iter().map(|&item| row[item]).collect()).collect();
            let found = moments(&rows).only(&kept).pairwise();
            prop_assert_eq!(bits(found.as_ref()), bits(moments(&alone).pairwise().as_ref()));
        }
    }
}
