//! The statistics of many sheets, held against other people's programs, closed forms and brute force.

use pathquiz::scoring::reliability::{
    Covariances, Moments, f_quantile, feldt, lengthened, longest_run, run_chance, upper_lower,
};
use proptest::collection::vec;
use proptest::prelude::*;

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

type Row = Vec<Option<i64>>;

fn attitude() -> Vec<Row> {
    ATTITUDE.iter().map(|row| row.iter().map(|&value| Some(value)).collect()).collect()
}

/// The digits of the cohort as they were answered.
fn answered() -> Vec<Vec<i64>> {
    COHORT.iter().map(|row| row.bytes().map(|digit| i64::from(digit - b'0')).collect()).collect()
}

/// The same with the last question turned around.
fn cohort() -> Vec<Row> {
    let turned = |(item, value): (usize, i64)| Some(if item == 5 { 6 - value } else { value });
    answered().into_iter().map(|row| row.into_iter().enumerate().map(turned).collect()).collect()
}

fn moments(rows: &[Row]) -> Moments {
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

fn item_totals(covariances: &Covariances) -> Vec<f64> {
    (0..covariances.items()).map(|item| covariances.item_total(item).unwrap()).collect()
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
    all_same(item_totals(&found), &reference, 1e-9);
    let reference =
        [0.809_760_206, 0.796_917_457, 0.827_847_766, 0.803_030_975, 0.795_386_574, 0.863_872_311, 0.840_464_868];
    all_same(alphas_without(&found), &reference, 6e-10);
    let reference = [0.757_773_20, 0.833_826_09, 0.603_427_22, 0.788_726_38, 0.841_119_93, 0.284_465_12, 0.491_046_56];
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
    all_same(item_totals(&found), &reference, 6e-10);
    let reference = [0.954_664_782, 0.971_548_507, 0.966_919_941, 0.967_217_682, 0.958_160_647, 0.958_160_647];
    all_same(alphas_without(&found), &reference, 6e-10);
    same(found.omega().unwrap(), 0.969_610_019);
    let (low, high) = feldt(found.alpha().unwrap(), 12, 6).unwrap();
    same(low, 0.930_558_016);
    same(high, 0.989_701_315);
    let unturned: Vec<Row> = answered().into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
    let unturned = covariances(&unturned);
    same(unturned.alpha().unwrap(), 0.660_225_846_926);
    assert!(unturned.item_total(5).unwrap() < 0.0, "keyed wrong");
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
fn careless_answers_are_measured_as_r_does() {
    let rows = answered();
    let runs: Vec<usize> = rows.iter().map(|row| longest_run(row.iter().copied())).collect();
    assert_eq!(runs, [2, 1, 3, 3, 1, 2, 6, 1, 2, 2, 2, 2]);
    let reference = [
        1.095_445, 1.032_796, 0.408_248, 1.549_193, 1.549_193, 0.836_660, 0.0, 1.032_796, 1.169_045, 1.602_082,
        1.378_405, 0.547_723,
    ];
    // The answers of one person, as if as many people had answered one question.
    let spread = |row: &Vec<i64>| {
        covariances(&row.iter().map(|&value| vec![Some(value)]).collect::<Vec<Row>>()).entry(0, 0).sqrt()
    };
    all_same(rows.iter().map(spread), &reference, 6e-7);
    assert_eq!(longest_run([0; 0]), 0);
}

#[test]
fn chances_of_runs_are_those_of_all_sequences() {
    near(run_chance(12, 5, 4), 0.058_534_727_68, 6e-12);
    near(run_chance(12, 5, 6), 0.001_855_918_08, 6e-12);
    near(run_chance(10, 5, 5), 0.007_997_952, 6e-12);
    near(run_chance(24, 4, 6), 0.014_109_052_135, 6e-12);
    for (answers, positions) in [(1_usize, 3_usize), (2, 2), (5, 3), (7, 2), (6, 4)] {
        let all = positions.pow(u32::try_from(answers).unwrap());
        let sequence = |code: usize| {
            (0..answers).scan(code, move |rest, _| {
                let digit = *rest % positions;
                *rest /= positions;
                Some(digit)
            })
        };
        for longest in 0..=answers + 1 {
            let found = (0..all).filter(|&code| longest_run(sequence(code)) >= longest).count();
            near(run_chance(answers, positions, longest), found as f64 / all as f64, 1e-12);
        }
    }
}

/// With two degrees of freedom on one side the distribution has a closed form.
#[test]
fn quantiles_are_those_of_closed_forms_from_two_people_to_millions() {
    for many in [1.0, 2.0, 3.0, 7.5, 29.0, 1e3, 1e6, 3e7] {
        for probability in [1e-6, 0.025, 0.5, 0.9, 0.975, 0.999_999_f64] {
            // P(F <= f) is (m f / (m f + 2))^(m / 2) with m and 2 degrees, and 1 - (1 + 2 f / m)^(-m / 2) with 2 and m.
            let ratio = 2.0 / many * probability.ln();
            let upper = 2.0 / many * ratio.exp() / -ratio.exp_m1();
            let lower = many / 2.0 * f64::exp_m1(-2.0 / many * f64::ln_1p(-probability));
            let off = if many < 100.0 { 1e-13 } else { 1e-10 };
            near(f_quantile(probability, many, 2.0) / upper, 1.0, off);
            near(f_quantile(probability, 2.0, many) / lower, 1.0, off);
        }
    }
    near(f_quantile(0.5, 1.0, 1.0), 1.0, 1e-12);
    // Tables have four to six digits.
    near(f_quantile(0.975, 5.0, 10.0), 4.236_086, 1e-6);
    near(f_quantile(0.95, 1.0, 1.0), 161.447_639, 1e-5);
    near(1.0 / f_quantile(0.025, 4_000.0, 90_000.0), f_quantile(0.975, 90_000.0, 4_000.0), 1e-12);
}

#[test]
fn an_interval_holds_alpha_and_narrows_with_people() {
    let width = |people: u64| {
        let (low, high) = feldt(0.8, people, 24).unwrap();
        assert!(low < 0.8 && 0.8 < high, "{people}");
        high - low
    };
    let widths = [5, 30, 1_000, 100_000, 10_000_000].map(width);
    assert!(widths.is_sorted_by(|a, b| a > b), "{widths:?}");
    assert_eq!((feldt(0.8, 1, 24), feldt(0.8, 30, 1)), (None, None));
}

#[test]
fn a_longer_test_is_better() {
    same(lengthened(0.5, 2.0), 2.0 / 3.0);
    same(lengthened(lengthened(0.94, 1.0 / 3.0), 3.0), 0.94);
    near(lengthened(0.94, 10.0 / 30.0), 0.839, 5e-4);
}

/// Values far from zero have covariances as exact as those near it.
#[test]
fn a_common_distance_from_zero_is_taken_away_exactly() {
    let far = |item: usize| (1 << 46) - i64::try_from(item).unwrap();
    let moved = |row: &Row| row.iter().enumerate().map(|(item, value)| value.map(|value| value + far(item))).collect();
    let rows = cohort();
    let distant: Vec<Row> = rows.iter().map(moved).collect();
    assert_eq!(bits(moments(&distant).pairwise().as_ref()), bits(moments(&rows).pairwise().as_ref()));
    let (near_zero, found) = (covariances(&rows), covariances(&distant));
    assert!((0..6).all(|item| (found.mean(item) - near_zero.mean(item) - far(item) as f64).abs() < 0.01));
}

#[test]
fn what_cannot_be_worked_out_is_nothing() {
    let rows = |rows: &[[i64; 3]]| -> Vec<Row> {
        rows.iter().map(|row| row.iter().map(|&value| Some(value)).collect()).collect()
    };
    assert!(moments(&rows(&[[1, 2, 3]])).pairwise().is_none());
    let flat = covariances(&rows(&[[1, 2, 3], [1, 2, 3], [1, 2, 3]]));
    assert_eq!((flat.alpha(), flat.omega(), flat.item_total(0), flat.mean_correlation()), (None, None, None, None));
    let one = covariances(&rows(&[[1, 2, 3], [1, 5, 3], [1, 4, 3]]));
    assert_eq!((one.item_total(0), one.item_total(1)), (None, None));
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
    assert_eq!((contradicting.alpha(), contradicting.item_total(0)), (None, None), "both would be far above 1");
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
    let (one, two) = pairs.iter().fold((0.0, 0.0), |(one, two), pair| (one + pair.0 / people, two + pair.1 / people));
    let product = |part: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(part).sum::<f64>();
    let (a, b) = (product(&|pair| (pair.0 - one).powi(2)), product(&|pair| (pair.1 - two).powi(2)));
    product(&|pair| (pair.0 - one) * (pair.1 - two)) / (a * b).sqrt()
}

/// Values of some people, small or as large as they may be.
fn people(missing: f64) -> impl Strategy<Value = Vec<Row>> {
    (2_usize..=7, prop_oneof![Just(1_i64), Just(1 << 42)]).prop_flat_map(move |(items, unit)| {
        let number = (-20_i64..=20).prop_map(move |value| value * unit + unit / 3);
        let value = (number, 0.0..1.0_f64).prop_map(move |(number, chance)| (chance >= missing).then_some(number));
        vec(vec(value, items), 3..40)
    })
}

fn bits(covariances: Option<&Covariances>) -> Option<(u64, Vec<u64>)> {
    let covariances = covariances?;
    let all = (0..covariances.items()).flat_map(|i| (0..covariances.items()).map(move |j| (i, j)));
    Some((covariances.people(), all.map(|(i, j)| covariances.entry(i, j).to_bits()).collect()))
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

    #[test]
    fn the_figures_are_those_of_a_textbook(rows in people(0.0)) {
        let found = covariances(&rows);
        let values: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| value.unwrap() as f64).collect()).collect();
        if let Some(alpha) = found.alpha() {
            prop_assert!((alpha - textbook(&values)).abs() < 1e-9 * (1.0 + alpha.abs()), "{alpha}");
        }
        for item in 0..found.items() {
            let Some(correlation) = found.item_total(item) else { continue };
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

    /// Covariances of pairs, by the pairs alone.
    #[test]
    fn gaps_leave_each_pair_its_people(rows in people(0.4)) {
        let Some(found) = moments(&rows).pairwise() else { return Ok(()) };
        let totals = (0..found.items()).filter_map(|item| found.item_total(item));
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
