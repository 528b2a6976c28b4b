//! Random sheets for banks whose chance distribution is too large to list: always the same ones.

use super::model::Item;
use super::model::Model;

/// How many sheets are drawn; the standard error of a probability is then at most 0.0012.
pub(super) const SHEETS: u32 = 200_000;

/// `SplitMix64` (Steele, Lea, Flood 2014): whole-number arithmetic only, so every machine draws the same sheets.
struct Generator(u64);

impl Generator {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; for bounds of a few thousand the bias of the multiplication is below 2⁻⁵⁰.
    fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}

/// z of every role for each of the random sheets, sheet after sheet.
pub(super) fn sheets(model: &Model<'_>, items: &[&Item<'_>]) -> Vec<Vec<f64>> {
    let roles = model.spreads.len();
    let shares = |item: &&Item<'_>| -> Vec<Vec<f64>> {
        item.outcomes.iter().map(|outcome| (0..roles).map(|role| model.z(outcome, role)).collect()).collect()
    };
    let tables: Vec<Vec<Vec<f64>>> = items.iter().map(shares).collect();
    let mut generator = Generator(0x7061_7468_7175_697A);
    let draw = |_| {
        let mut sums = vec![0.0; roles];
        for table in &tables {
            let outcome = &table[generator.below(table.len())];
            sums.iter_mut().zip(outcome).for_each(|(sum, share)| *sum += share);
        }
        sums
    };
    (0..SHEETS).map(draw).collect()
}
