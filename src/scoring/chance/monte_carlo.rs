//! Monte Carlo: one fixed set of random sheets for a bank, from which any question can be taken out again.
//!
//! Sheets stand in groups as wide as a processor adds at once. For each question a group has one pattern, which says what
//! each of its sheets answers: in the patterns of a question every place has every outcome equally often, in an order of
//! its own, so that an outcome is as likely as any other and places have no more to do with each other than sheets drawn
//! one by one. Only what moves a lead counts, so sums are those of all roles less that of the last.

use std::array;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Mutex;

use crate::scoring::model::{Item, Model};
use crate::scoring::threads::{lock, on_threads};

use super::generator::Generator;

/// Number of sheets, and the largest standard error of a probability then.
const SHEETS: usize = PLACES * GROUPS;
const PLACES: usize = 8;
const GROUPS: usize = 25_000;
pub(super) const STANDARD_ERROR: f64 = 0.001_118_033_988_749_895; // √(¼ / 200,000)

/// Groups that a thread works on at a time.
const PORTION: usize = 500;

/// Most patterns of a question with fewer outcomes, and most numbers in them all, which should be near when looked at.
const MAX_PATTERNS: usize = 256;
const MAX_NUMBERS: usize = 1 << 12;

/// Differences of z below this are none where sheets are drawn: single floats, of which more fit into a processor, hold
/// equal sums less exactly. The share of sheets that this can add is far below the standard error.
const ROUNDING: f64 = 5e-5;

/// One number for each sheet of a group.
type Lanes = [f32; PLACES];

/// The sums of some roles for a group of sheets.
type LaneSums<const N: usize> = [Lanes; N];

/// The sheets drawn for a bank.
#[derive(Debug)]
pub(in crate::scoring) enum SampledSheets {
    One(LaneSheets<1>),
    Two(LaneSheets<2>),
    Four(LaneSheets<4>),
}

/// Sampled sheets, their roles taken so many at a time.
#[derive(Debug)]
pub(in crate::scoring) struct LaneSheets<const N: usize> {
    /// Blocks of roles for each group.
    blocks: usize,
    /// Sums over all questions, group by group.
    sums: Vec<LaneSums<N>>,
    questions: Vec<LaneQuestion<N>>,
}

/// The answers of the sheets to one question.
#[derive(Debug)]
struct LaneQuestion<const N: usize> {
    /// The pattern of each group.
    drawn: Vec<u16>,
    /// The shares of the roles, pattern by pattern.
    shares: Vec<LaneSums<N>>,
}

impl SampledSheets {
    /// Draws sheets for a bank, always the same.
    pub(in crate::scoring) fn new(model: &Model<'_>) -> Self {
        match model.spreads.len() {
            ..=2 => Self::One(LaneSheets::new(model)),
            3 => Self::Two(LaneSheets::new(model)),
            _ => Self::Four(LaneSheets::new(model)),
        }
    }

    /// Returns the share of the sheets that lead by at least a gap in z over some questions, given by their positions.
    pub(in crate::scoring) fn at_least(&self, answered: &[usize], gap: f64) -> f64 {
        let limit = limit(gap);
        let mut reached = [0_u32; PLACES];
        self.each(answered, 0..GROUPS, |gaps| {
            reached.iter_mut().zip(gaps).for_each(|(reached, &gap)| *reached += u32::from(gap >= limit));
        });
        share(reached.iter().sum())
    }

    /// Returns the gaps of all sheets over some questions.
    pub(super) fn gaps(&self, answered: &[usize]) -> SampledGaps {
        let mut gaps = vec![0.0; SHEETS];
        share_out(&mut gaps, PORTION * PLACES, |portion, gaps| {
            let mut places = gaps.as_chunks_mut().0.iter_mut();
            let groups = portion * PORTION..portion * PORTION + places.len();
            self.each(answered, groups, |lanes| places.by_ref().take(1).for_each(|place| *place = *lanes));
        });
        // Gaps are not negative, so their bits have the same order.
        gaps.sort_unstable_by_key(|gap| Reverse(gap.to_bits()));
        SampledGaps(gaps)
    }

    fn each(&self, answered: &[usize], groups: Range<usize>, each: impl FnMut(&Lanes)) {
        match self {
            Self::One(sheets) => sheets.each(answered, groups, each),
            Self::Two(sheets) => sheets.each(answered, groups, each),
            Self::Four(sheets) => sheets.each(answered, groups, each),
        }
    }
}

/// The gaps of all sheets over some questions, from large to small.
#[derive(Clone, Debug)]
pub(super) struct SampledGaps(Vec<f32>);

impl SampledGaps {
    /// Returns the share of the sheets that lead by at least a gap in z, the same as [`SampledSheets::at_least`].
    pub(super) fn at_least(&self, gap: f64) -> f64 {
        let limit = limit(gap);
        share(self.0.partition_point(|&other| other >= limit).try_into().unwrap_or(u32::MAX))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the smallest gap that is rare, `None` if none is. It is as small as a gap can be that counts as this one.
    pub(super) fn smallest(&self, is_rare: impl Fn(f64) -> bool) -> Option<f64> {
        let rarer = self.0.partition_point(|&gap| is_rare(f64::from(gap)));
        self.0[..rarer].last().map(|&gap| f64::from(gap) - ROUNDING)
    }
}

#[expect(clippy::cast_precision_loss, reason = "the number of sheets is small")]
fn share(sheets: u32) -> f64 {
    f64::from(sheets) / SHEETS as f64
}

/// Returns the least gap of a drawn sheet that counts as a gap in z.
fn limit(gap: f64) -> f32 {
    to_f32(gap - ROUNDING)
}

impl<const N: usize> LaneSheets<N> {
    fn new(model: &Model<'_>) -> Self {
        let blocks = (model.spreads.len() - 1).div_ceil(N);
        let mut generator = Generator::fixed();
        let questions: Vec<LaneQuestion<N>> =
            model.items.iter().map(|item| LaneQuestion::new(item, blocks, &mut generator)).collect();
        let mut sums = vec![[[0.0; PLACES]; N]; blocks * GROUPS];
        // A place without a role is behind whatever is answered.
        let roles = model.spreads.len() - 1;
        for group in sums.chunks_exact_mut(blocks) {
            group.as_flattened_mut()[roles..].fill([f32::NEG_INFINITY; PLACES]);
        }
        share_out(&mut sums, blocks * PORTION, |portion, sums| {
            for (group, sums) in (portion * PORTION..).zip(sums.chunks_exact_mut(blocks)) {
                for question in &questions {
                    sums.iter_mut().zip(question.of(group, blocks)).for_each(|(sums, shares)| add(sums, shares));
                }
            }
        });
        Self { blocks, sums, questions }
    }

    /// Hands over the gaps of some groups over some questions.
    fn each(&self, answered: &[usize], groups: Range<usize>, mut each: impl FnMut(&Lanes)) {
        let left_out = self.questions.iter().enumerate().filter(|(place, _)| answered.binary_search(place).is_err());
        let left_out: Vec<&LaneQuestion<N>> = left_out.map(|(_, question)| question).collect();
        let mut shares: Vec<&[LaneSums<N>]> = Vec::with_capacity(left_out.len());
        for (group, sums) in self.sums.chunks_exact(self.blocks).enumerate().take(groups.end).skip(groups.start) {
            shares.clear();
            shares.extend(left_out.iter().map(|question| question.of(group, self.blocks)));
            let (mut best, mut second) = ([0.0; PLACES], [f32::NEG_INFINITY; PLACES]);
            for (block, sums) in sums.iter().enumerate() {
                let mut sums = *sums;
                shares.iter().filter_map(|shares| shares.get(block)).for_each(|shares| subtract(&mut sums, shares));
                for lanes in &sums {
                    for place in 0..PLACES {
                        // `max` and `min` of floats look for what is no number, which takes longer than all the rest.
                        let (z, first) = (lanes[place], best[place]);
                        let lower = if z < first { z } else { first };
                        second[place] = if lower > second[place] { lower } else { second[place] };
                        best[place] = if z > first { z } else { first };
                    }
                }
            }
            each(&array::from_fn(|place| best[place] - second[place]));
        }
    }
}

/// Has some threads work on portions of a list, each with its number.
fn share_out<T: Send>(list: &mut [T], length: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let portions = Mutex::new(list.chunks_mut(length).enumerate());
    let next = || lock(&portions).next();
    on_threads(|| {
        while let Some((number, portion)) = next() {
            work(number, portion);
        }
    });
}

fn add<const N: usize>(sums: &mut LaneSums<N>, shares: &LaneSums<N>) {
    for (sums, shares) in sums.iter_mut().zip(shares) {
        sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
    }
}

fn subtract<const N: usize>(sums: &mut LaneSums<N>, shares: &LaneSums<N>) {
    for (sums, shares) in sums.iter_mut().zip(shares) {
        sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum -= share);
    }
}

impl<const N: usize> LaneQuestion<N> {
    fn new(item: &Item<'_>, blocks: usize, generator: &mut Generator) -> Self {
        let outcomes = item.outcomes.len();
        let most = (MAX_NUMBERS / (blocks * N * PLACES)).min(MAX_PATTERNS);
        let patterns = outcomes * (most / outcomes).max(1);
        let mut shares = vec![[[0.0; PLACES]; N]; blocks * patterns];
        for place in 0..PLACES {
            for (pattern, shares) in shuffled(patterns, generator).into_iter().zip(shares.chunks_exact_mut(blocks)) {
                let Some((last, others)) = item.outcomes[pattern % outcomes].z.split_last() else { continue };
                shares.as_flattened_mut().iter_mut().zip(others).for_each(|(lanes, z)| lanes[place] = to_f32(z - last));
            }
        }
        let drawn = (0..GROUPS).map(|_| u16::try_from(generator.below(patterns)).unwrap_or(0)).collect();
        Self { drawn, shares }
    }

    fn of(&self, group: usize, blocks: usize) -> &[LaneSums<N>] {
        let start = usize::from(self.drawn[group]) * blocks;
        &self.shares[start..start + blocks]
    }
}

#[expect(clippy::cast_possible_truncation, reason = "what is lost is far below the tolerance for drawn sheets")]
fn to_f32(z: f64) -> f32 {
    z as f32
}

fn shuffled(bound: usize, generator: &mut Generator) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..bound).collect();
    for end in (1..bound).rev() {
        numbers.swap(end, generator.below(end + 1));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use crate::bank::Bank;
    use crate::scoring::axis::AxisSum;
    use crate::scoring::chance::Chance;
    use crate::scoring::model::{Item, Model};

    use super::{GROUPS, SHEETS, STANDARD_ERROR, SampledSheets};

    fn three_roles() -> Bank {
        Bank::parse(include_bytes!("../../../tests/data/banks/three.toml")).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Positions of all scored questions but some.
    fn all_but(model: &Model<'_>, left_out: &[usize]) -> Vec<usize> {
        (0..model.items.len()).filter(|place| !left_out.contains(place)).collect()
    }

    /// The bank's roles have one spread, so chance over some of its questions is exact.
    #[test]
    fn shares_are_near_the_exact_ones() {
        let bank = three_roles();
        let model = Model::new(&bank);
        let drawn = SampledSheets::new(&model);
        for left_out in
            [&[3][..], &[0, 1], &[2, 9, 17], &[1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23], &(0..20).collect::<Vec<_>>()]
        {
            let answered = all_but(&model, left_out);
            let items: Vec<&Item<'_>> = answered.iter().map(|&place| &model.items[place]).collect();
            let chance = Chance::over(&model, &items, &AxisSum::fewest(&model));
            assert_eq!(chance.standard_error(), None);
            for gap in [0.1, 0.5, 1.0, 1.5, 2.0, 3.0] {
                let (exact, share) = (chance.at_least(gap), drawn.at_least(&answered, gap));
                let error = (exact * (1.0 - exact)).sqrt() * 2.0 * STANDARD_ERROR;
                assert!((exact - share).abs() <= 4.0 * error + 1e-9, "{left_out:?}, {gap}: {exact}, {share}");
            }
        }
    }

    /// One by one or sorted, by however many threads: the sheets that reach a gap are the same.
    #[test]
    fn sorted_gaps_count_the_same_sheets() {
        let bank = three_roles();
        let model = Model::new(&bank);
        let (drawn, again) = (SampledSheets::new(&model), SampledSheets::new(&model));
        let answered = all_but(&model, &[4, 11]);
        let gaps = drawn.gaps(&answered);
        let mut alone = Vec::new();
        again.each(&answered, 0..GROUPS, |lanes| alone.extend_from_slice(lanes));
        alone.sort_by(|one, other| other.total_cmp(one));
        assert_eq!(gaps.0, alone);
        assert_eq!(gaps.len(), SHEETS);
        for &gap in gaps.0.iter().step_by(997) {
            let gap = f64::from(gap);
            assert_eq!(gaps.at_least(gap).to_bits(), again.at_least(&answered, gap).to_bits());
        }
        let call = gaps.smallest(|gap| gaps.at_least(gap) <= 0.2);
        assert!(call.is_some_and(|call| gaps.at_least(call) <= 0.2 && gaps.at_least(call - 0.2) > 0.2));
    }
}
