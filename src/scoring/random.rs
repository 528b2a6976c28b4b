//! Random answering, state by state: packed into a grid where the sums allow it, else sheet by sheet, all of them where
//! they are few and otherwise random ones, always the same.

use super::grid::Grid;
use super::model::{Item, Model};

/// Most work to put into listing sums before sheets are drawn, which costs about as much; see [`Grid::new`].
pub(super) const MOST_WORK: usize = 1 << 23;

/// How many sheets are drawn; the standard error of a probability is then below 0.0012.
pub(super) const SHEETS: u32 = 200_000;

/// `SplitMix64` (Steele, Lea, Flood 2014): whole-number arithmetic only, so every machine draws the same sheets.
pub(super) struct Generator(u64);

impl Generator {
    /// The generator from its one beginning.
    pub(super) fn fixed() -> Self {
        Self(0x7061_7468_7175_697A)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; for bounds of a few thousand the bias of the multiplication is below 2⁻⁵⁰.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}

/// Which sheets were handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheets {
    /// Every sheet there is.
    All,
    /// Random ones.
    Drawn,
}

/// Hands z of every role over for each state that random answers to some questions lead to, with its weight.
pub(super) fn states(model: &Model<'_>, items: &[&Item<'_>], mut each: impl FnMut(&[f64], f64)) -> Sheets {
    let roles: Vec<usize> = (0..model.spreads.len()).collect();
    let Some(grid) = Grid::new(model, items, &roles, MOST_WORK) else { return sheets(model, items, each) };
    let mut buffer = vec![0.0; roles.len()];
    for (zs, count) in grid.states() {
        buffer.iter_mut().zip(zs).for_each(|(place, z)| *place = z);
        each(&buffer, count);
    }
    Sheets::All
}

/// The role with the largest z and how far it is ahead of the second.
pub(super) fn front(zs: &[f64]) -> (usize, f64) {
    let (mut best, mut second, mut winner) = (f64::NEG_INFINITY, f64::NEG_INFINITY, 0);
    for (role, &z) in zs.iter().enumerate() {
        if z > best {
            (best, second, winner) = (z, best, role);
        } else if z > second {
            second = z;
        }
    }
    (winner, best - second)
}

/// Hands z of every role over for each of the random sheets, or for every sheet where there are no more than those.
fn sheets(model: &Model<'_>, items: &[&Item<'_>], mut each: impl FnMut(&[f64], f64)) -> Sheets {
    let roles = model.spreads.len();
    let tables = tables(model, items);
    let all = tables.iter().try_fold(1_usize, |all, table| all.checked_mul(table.len() / roles));
    let listed = all.filter(|&all| u32::try_from(all).is_ok_and(|all| all <= SHEETS));
    let mut generator = Generator::fixed();
    let mut sums = vec![0.0; roles];
    for sheet in 0..listed.unwrap_or(SHEETS as usize) {
        sums.fill(0.0);
        let mut rest = sheet;
        for table in &tables {
            let count = table.len() / roles;
            let outcome = if listed.is_some() { rest % count } else { generator.below(count) };
            rest /= count;
            let shares = table.get(outcome * roles..(outcome + 1) * roles).unwrap_or_default();
            sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
        }
        each(&sums, 1.0);
    }
    if listed.is_some() { Sheets::All } else { Sheets::Drawn }
}

/// z of every role for each outcome, outcome after outcome, one table for as many neighbouring questions as make a small
/// one: every combination of their outcomes is as likely as any other, so one draw answers them all.
fn tables(model: &Model<'_>, items: &[&Item<'_>]) -> Vec<Vec<f64>> {
    // Small enough for all tables together to stay in a processor's cache.
    const LARGEST: usize = 512;
    let roles = model.spreads.len();
    let mut tables: Vec<Vec<f64>> = Vec::new();
    for item in items {
        let shares = |outcome| (0..roles).map(move |role| model.z(outcome, role));
        let table: Vec<f64> = item.outcomes.iter().flat_map(shares).collect();
        match tables.last_mut() {
            Some(last) if last.len() * table.len() <= LARGEST * roles * roles => {
                let pairs = last.chunks(roles).flat_map(|a| table.chunks(roles).map(move |b| a.iter().zip(b)));
                *last = pairs.flat_map(|pair| pair.map(|(a, b)| a + b)).collect();
            }
            _ => tables.push(table),
        }
    }
    tables
}
