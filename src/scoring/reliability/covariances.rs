//! Covariances of items, and what each item has to do with the others.

use crate::scoring::num::count_to_f64;

/// Largest excess over 1 that rounding can give a correlation.
pub(super) const ROUNDING: f64 = 1e-9;

/// Covariances of the values of some items, with n − 1 below the line.
#[derive(Clone, Debug)]
pub(crate) struct Covariances {
    items: usize,
    people: u64,
    means: Vec<f64>,
    entries: Vec<f64>,
}

impl Covariances {
    pub(super) fn new(means: Vec<f64>, people: u64, entry: impl Fn(usize, usize) -> f64) -> Self {
        let items = means.len();
        let entries = (0..items).flat_map(|i| (0..items).map(move |j| (i, j))).map(|(i, j)| entry(i, j)).collect();
        Self { items, people, means, entries }
    }

    pub(crate) fn items(&self) -> usize {
        self.items
    }

    /// Returns how many people two items have in common: on average, rounded down, where that differs. With gaps this is
    /// what an interval is reckoned with; everybody would make it too narrow, and only who answered all of it too wide.
    pub(crate) fn people(&self) -> u64 {
        self.people
    }

    pub(crate) fn mean(&self, item: usize) -> f64 {
        self.means[item]
    }

    /// Returns the covariance of two items, or the variance of one.
    pub(crate) fn entry(&self, i: usize, j: usize) -> f64 {
        self.entries[i * self.items + j]
    }

    pub(super) fn total(&self) -> f64 {
        self.entries.iter().sum()
    }

    /// Returns the sum of the variances of the items.
    pub(super) fn trace(&self) -> f64 {
        (0..self.items).map(|item| self.entry(item, item)).sum()
    }

    /// Returns the corrected item-rest correlation, of an item with the total of all other items; `None` where one of the
    /// two does not vary, or where pairs with gaps contradict each other so far that it would be no correlation.
    pub(crate) fn item_rest(&self, item: usize) -> Option<f64> {
        let variance = self.entry(item, item);
        let with_total: f64 = (0..self.items).map(|other| self.entry(item, other)).sum();
        let with_others = with_total - variance;
        let others = self.total() - 2.0 * with_others - variance;
        let size = (variance * others).sqrt();
        // What rounding leaves of a variance of zero is none.
        let varies = variance > 0.0 && others > 1e-12 * self.total().abs();
        let correlation = (varies && size > 0.0).then(|| with_others / size);
        correlation.filter(|correlation| correlation.abs() <= 1.0 + ROUNDING)
    }

    pub(super) fn without(&self, item: usize) -> Self {
        let kept = |at: usize| at + usize::from(at >= item);
        let means = (0..self.items - 1).map(|i| self.mean(kept(i))).collect();
        Self::new(means, self.people, |i, j| self.entry(kept(i), kept(j)))
    }

    /// Returns correlations, `None` where an item does not vary.
    pub(super) fn correlations(&self) -> Option<Self> {
        let spreads: Vec<f64> = (0..self.items).map(|item| self.entry(item, item).sqrt()).collect();
        let varies = spreads.iter().all(|&spread| spread > 0.0);
        let entry = |i: usize, j: usize| if i == j { 1.0 } else { self.entry(i, j) / (spreads[i] * spreads[j]) };
        // Values scaled to a spread of 1 are counted from their means.
        varies.then(|| Self::new(vec![0.0; self.items], self.people, entry))
    }

    /// Returns the mean correlation of two items, `None` where an item does not vary or there is only one.
    pub(crate) fn mean_correlation(&self) -> Option<f64> {
        let correlations = self.correlations()?;
        let pairs = count_to_f64(self.items) * (count_to_f64(self.items) - 1.0);
        (pairs > 0.0).then(|| (correlations.total() - correlations.trace()) / pairs)
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::cast_precision_loss, reason = "there are a few hundred people at most")]

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::scoring::reliability::{Moments, feldt, upper_lower};

    /// `attitude` of R: thirty departments, seven questions (Chatterjee and Price 1977).
    const ATTITUDE: [[i64; 7]; 30] = [
        [43, 51, 30, 39, 61, 92, 45],
        [63, 64, 51, 54, 63, 73, 47],
        [71, 70, 68, 69, 76, 86, 48],
        [61, 63, 45, 47, 54, 84, 35],
        [81, 78, 56, 66, 71, 83, 47],
        [43, 55, 49, 44, 54, 49, 34],
        [58, 67, 42, 56, 66, 68, 35],
        [71, 75, 50, 55, 70, 66, 41],
        [72, 82, 72, 67, 71, 83, 31],
        [67, 61, 45, 47, 62, 80, 41],
        [64, 53, 53, 58, 58, 67, 34],
        [67, 60, 47, 39, 59, 74, 41],
        [69, 62, 57, 42, 55, 63, 25],
        [68, 83, 83, 45, 59, 77, 35],
        [77, 77, 54, 72, 79, 77, 46],
        [81, 90, 50, 72, 60, 54, 36],
        [74, 85, 64, 69, 79, 79, 63],
        [65, 60, 65, 75, 55, 80, 60],
        [65, 70, 46, 57, 75, 85, 46],
        [50, 58, 68, 54, 64, 78, 52],
        [50, 40, 33, 34, 43, 64, 33],
        [64, 61, 52, 62, 66, 80, 41],
        [53, 66, 52, 50, 63, 80, 37],
        [40, 37, 42, 58, 50, 57, 49],
        [63, 54, 42, 48, 66, 75, 33],
        [66, 77, 66, 63, 88, 76, 72],
        [78, 75, 58, 74, 80, 78, 49],
        [48, 57, 44, 45, 51, 83, 38],
        [85, 85, 71, 71, 77, 74, 55],
        [82, 82, 39, 59, 64, 78, 39],
    ];

    /// Twelve people, six questions from 1 to 5; the last one is asked the other way round.
    const COHORT: [&str; 12] = [
        "454452", "212324", "334333", "555441", "121215", "443442", "333333", "232124", "544552", "112115", "435441",
        "223233",
    ];

    pub(crate) type Row = Vec<Option<i64>>;

    fn attitude() -> Vec<Row> {
        ATTITUDE.iter().map(|row| row.iter().map(|&value| Some(value)).collect()).collect()
    }

    /// The digits of the cohort as they were answered.
    fn answered() -> Vec<Vec<i64>> {
        COHORT.iter().map(|row| row.bytes().map(|digit| i64::from(digit - b'0')).collect()).collect()
    }

    /// The same with the last question turned around.
    pub(crate) fn cohort() -> Vec<Row> {
        let turned = |(item, value): (usize, i64)| Some(if item == 5 { 6 - value } else { value });
        answered().into_iter().map(|row| row.into_iter().enumerate().map(turned).collect()).collect()
    }

    pub(crate) fn moments(rows: &[Row]) -> Moments {
        let mut moments = Moments::new(rows.first().map_or(0, Vec::len));
        for row in rows {
            moments.add(row.iter().copied());
        }
        moments
    }

    fn covariances(rows: &[Row]) -> Covariances {
        moments(rows).pairwise().unwrap()
    }

    /// As many digits as the reference has.
    #[track_caller]
    fn same(found: f64, reference: f64) {
        near(found, reference, 6e-10);
    }

    #[track_caller]
    fn near(found: f64, reference: f64, off: f64) {
        assert!((found - reference).abs() < off, "{found} is not {reference}");
    }

    #[track_caller]
    fn all_same(found: impl IntoIterator<Item = f64>, reference: &[f64], off: f64) {
        let found: Vec<f64> = found.into_iter().collect();
        assert_eq!(found.len(), reference.len());
        found.iter().zip(reference).for_each(|(found, reference)| near(*found, *reference, off));
    }

    fn item_rests(covariances: &Covariances) -> Vec<f64> {
        (0..covariances.items()).map(|item| covariances.item_rest(item).unwrap()).collect()
    }

    fn alphas_without(covariances: &Covariances) -> Vec<f64> {
        (0..covariances.items()).map(|item| covariances.alpha_without(item).unwrap()).collect()
    }

    #[test]
    fn the_data_set_is_that_of_r() {
        let sum = |item: usize, power: u32| ATTITUDE.iter().map(|row| row[item].pow(power)).sum::<i64>();
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|item| sum(item, 1)), [1939, 1998, 1594, 1691, 1939, 2243, 1288]);
        let squares = [129_621, 138_208, 89_036, 99_311, 128_459, 170_541, 58_368];
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|item| sum(item, 2)), squares);
    }

    #[test]
    fn the_figures_of_psych_are_found_again() {
        let found = covariances(&attitude());
        same(found.alpha().unwrap(), 0.843_142_769_565);
        same(found.standardised_alpha().unwrap(), 0.839_083_803_030);
        same(found.mean_correlation().unwrap(), 0.426_906_642_651);
        let reference =
            [0.671_262_057, 0.742_109_710, 0.560_711_111, 0.714_445_499, 0.786_275_594, 0.265_034_339, 0.460_810_549];
        all_same(item_rests(&found), &reference, 1e-9);
        let reference =
            [0.809_760_206, 0.796_917_457, 0.827_847_766, 0.803_030_975, 0.795_386_574, 0.863_872_311, 0.840_464_868];
        all_same(alphas_without(&found), &reference, 6e-10);
        let reference =
            [0.757_773_20, 0.833_826_09, 0.603_427_22, 0.788_726_38, 0.841_119_93, 0.284_465_12, 0.491_046_56];
        all_same(found.loadings().unwrap(), &reference, 6e-9);
        same(found.omega().unwrap(), 0.850_682_358_9);
        let (low, high) = feldt(found.alpha().unwrap(), found.people(), found.items()).unwrap();
        same(low, 0.739_375_686);
        same(high, 0.915_773_072);
    }

    #[test]
    fn the_figures_of_a_small_cohort_are_found_again() {
        let found = covariances(&cohort());
        same(found.alpha().unwrap(), 0.968_958_109_560);
        same(found.standardised_alpha().unwrap(), 0.968_716_087_685);
        same(found.mean_correlation().unwrap(), 0.837_685_663_466);
        let reference = [0.976_049_657, 0.814_674_186, 0.860_169_277, 0.856_825_869, 0.944_359_372, 0.944_359_372];
        all_same(item_rests(&found), &reference, 6e-10);
        let reference = [0.954_664_782, 0.971_548_507, 0.966_919_941, 0.967_217_682, 0.958_160_647, 0.958_160_647];
        all_same(alphas_without(&found), &reference, 6e-10);
        same(found.omega().unwrap(), 0.969_610_019);
        let (low, high) = feldt(found.alpha().unwrap(), 12, 6).unwrap();
        same(low, 0.930_558_016);
        same(high, 0.989_701_315);
        let unturned: Vec<Row> = answered().into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
        let unturned = covariances(&unturned);
        same(unturned.alpha().unwrap(), 0.660_225_846_926);
        assert!(unturned.item_rest(5).unwrap() < 0.0, "keyed wrong");
        let index = upper_lower(&cohort(), &[4; 6]);
        let reference = [0.833_333, 0.833_333, 0.666_667, 0.583_333, 0.833_333, 0.75];
        all_same(index.into_iter().map(Option::unwrap), &reference, 6e-7);
    }

    #[test]
    fn missing_answers_are_left_out_by_pairs_or_by_people() {
        let mut rows = cohort();
        for (person, item) in [(2, 3), (5, 1), (10, 6)] {
            rows[person - 1][item - 1] = None;
        }
        let whole: Vec<Row> = rows.iter().filter(|row| row.iter().all(Option::is_some)).cloned().collect();
        let (by_pairs, by_people) = (covariances(&rows), covariances(&whole));
        same(by_pairs.alpha().unwrap(), 0.955_623_752_346);
        same(by_people.alpha().unwrap(), 0.946_987_951_807);
        // Three pairs have all twelve people in common, nine have eleven and three ten.
        assert_eq!((by_pairs.people(), by_people.people()), (11, 9));
    }

    #[test]
    fn one_question_has_the_variance_of_its_answers() {
        let reference = [
            1.095_445, 1.032_796, 0.408_248, 1.549_193, 1.549_193, 0.836_660, 0.0, 1.032_796, 1.169_045, 1.602_082,
            1.378_405, 0.547_723,
        ];
        // The answers of one person, as if as many people had answered one question.
        let spread = |row: &Vec<i64>| {
            covariances(&row.iter().map(|&value| vec![Some(value)]).collect::<Vec<Row>>()).entry(0, 0).sqrt()
        };
        all_same(answered().iter().map(spread), &reference, 6e-7);
    }

    #[test]
    fn what_cannot_be_worked_out_is_none() {
        let rows = |rows: &[[i64; 3]]| -> Vec<Row> {
            rows.iter().map(|row| row.iter().map(|&value| Some(value)).collect()).collect()
        };
        assert!(moments(&rows(&[[1, 2, 3]])).pairwise().is_none());
        let flat = covariances(&rows(&[[1, 2, 3], [1, 2, 3], [1, 2, 3]]));
        assert_eq!((flat.alpha(), flat.omega(), flat.item_rest(0), flat.mean_correlation()), (None, None, None, None));
        let one = covariances(&rows(&[[1, 2, 3], [1, 5, 3], [1, 4, 3]]));
        assert_eq!((one.item_rest(0), one.item_rest(1)), (None, None));
        let opposite = covariances(&rows(&[[1, 5, 0], [2, 4, 0], [5, 1, 0], [3, 3, 0]]));
        assert_eq!(opposite.alpha(), None, "the total does not vary");
        let mut never_together = Moments::new(2);
        never_together.add([Some(1), None]);
        never_together.add([None, Some(2)]);
        assert!(never_together.pairwise().is_none());
        // Two people answer both questions, and far apart; a hundred answer one, in the middle.
        let apart = [vec![Some(10), Some(10)], vec![Some(-10), Some(-10)]].into_iter();
        let middle = (0..100).map(|person| if person % 2 == 0 { vec![Some(0), None] } else { vec![None, Some(0)] });
        let contradicting = moments(&apart.chain(middle).collect::<Vec<Row>>()).pairwise().unwrap();
        assert_eq!((contradicting.alpha(), contradicting.item_rest(0)), (None, None), "both would be far above 1");
        assert_eq!(upper_lower(&rows(&[[1, 2, 3], [2, 2, 4]]), &[4, 0, 4]), [Some(0.25), None, Some(0.25)]);
        assert_eq!(upper_lower(&[], &[4]), [None]);
    }

    /// alpha as a textbook has it: variances of columns and of the totals.
    fn textbook(rows: &[Vec<f64>]) -> f64 {
        let variance = |values: &[f64]| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64
        };
        let items = rows[0].len();
        let columns: f64 = (0..items).map(|item| variance(&rows.iter().map(|row| row[item]).collect::<Vec<_>>())).sum();
        let totals: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
        items as f64 / (items as f64 - 1.0) * (1.0 - columns / variance(&totals))
    }

    /// Pearson's correlation.
    fn pearson(pairs: &[(f64, f64)]) -> f64 {
        let people = pairs.len() as f64;
        let (one, two) =
            pairs.iter().fold((0.0, 0.0), |(one, two), pair| (one + pair.0 / people, two + pair.1 / people));
        let product = |part: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(part).sum::<f64>();
        let (a, b) = (product(&|pair| (pair.0 - one).powi(2)), product(&|pair| (pair.1 - two).powi(2)));
        product(&|pair| (pair.0 - one) * (pair.1 - two)) / (a * b).sqrt()
    }

    /// Values of some people, small or as large as they may be.
    pub(crate) fn people(missing: f64) -> impl Strategy<Value = Vec<Row>> {
        (2_usize..=7, prop_oneof![Just(1_i64), Just(1 << 42)]).prop_flat_map(move |(items, unit)| {
            let number = (-20_i64..=20).prop_map(move |value| value * unit + unit / 3);
            let value = (number, 0.0..1.0_f64).prop_map(move |(number, chance)| (chance >= missing).then_some(number));
            vec(vec(value, items), 3..40)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_figures_are_those_of_a_textbook(rows in people(0.0)) {
            let found = covariances(&rows);
            let values: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| value.unwrap() as f64).collect()).collect();
            if let Some(alpha) = found.alpha() {
                prop_assert!((alpha - textbook(&values)).abs() < 1e-9 * (1.0 + alpha.abs()), "{alpha}");
            }
            for item in 0..found.items() {
                let Some(correlation) = found.item_rest(item) else { continue };
                let rest = |row: &Vec<f64>| (row[item], row.iter().sum::<f64>() - row[item]);
                let reference = pearson(&values.iter().map(rest).collect::<Vec<_>>());
                prop_assert!((correlation - reference).abs() < 1e-9, "{correlation} {reference}");
                let without: Vec<Vec<f64>> =
                    values.iter().map(|row| row.iter().enumerate().filter(|(at, _)| *at != item).map(|(_, value)| *value).collect()).collect();
                if let Some(alpha) = found.alpha_without(item) {
                    prop_assert!((alpha - textbook(&without)).abs() < 1e-9 * (1.0 + alpha.abs()), "{alpha}");
                }
            }
        }

        /// Covariances of pairs, by the pairs alone.
        #[test]
        fn gaps_leave_each_pair_its_people(rows in people(0.4)) {
            let Some(found) = moments(&rows).pairwise() else { return Ok(()) };
            let totals = (0..found.items()).filter_map(|item| found.item_rest(item));
            prop_assert!(totals.chain(found.alpha()).all(|size| size < 1.0 + 1e-6), "pairs contradict each other");
            let mut common = Vec::new();
            for i in 0..found.items() {
                for j in 0..found.items() {
                    let both = rows.iter().filter_map(|row| row[i].zip(row[j])).map(|(one, two)| (one as f64, two as f64));
                    let both: Vec<(f64, f64)> = both.collect();
                    let people = both.len() as f64;
                    let (one, two) = both.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0 / people, sum.1 + pair.1 / people));
                    let covariance = both.iter().map(|pair| (pair.0 - one) * (pair.1 - two)).sum::<f64>() / (people - 1.0);
                    let size = found.entry(i, i).max(found.entry(j, j)).max(1.0);
                    prop_assert!((found.entry(i, j) - covariance).abs() < 1e-9 * size, "{covariance}");
                    if i < j {
                        common.push(both.len());
                    }
                }
            }
            prop_assert_eq!(found.people(), (common.iter().sum::<usize>() / common.len()) as u64);
        }
    }
}
