//! Random answering, state by state: packed into a grid where the sums allow it, else sheet by sheet, all of them where
//! they are few and otherwise random ones, always the same.

use std::array;

use crate::bank::MOST_ROLES;

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

    /// Two numbers that know nothing of each other.
    fn two(&mut self) -> [u32; 2] {
        let both = self.next();
        [both >> 32, both & u64::from(u32::MAX)].map(|half| u32::try_from(half).unwrap_or(0))
    }

    /// A number below a bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let [random, _] = self.two();
        below(random, bound)
    }
}

/// Turns a random number into one below a bound. The bias of the multiplication is the bound over 2³²; for the few
/// thousand outcomes that a question can have it is far below what sampling itself leaves open.
fn below(random: u32, bound: usize) -> usize {
    let wide = u64::from(random) * bound as u64;
    usize::try_from(wide >> 32).unwrap_or(0)
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

/// Hands z of every role over for each of the random sheets, or for every sheet where there are no more than those. Sums
/// of a fixed length are added up several roles at a time, so a few lengths stand for all numbers of roles.
fn sheets(model: &Model<'_>, items: &[&Item<'_>], each: impl FnMut(&[f64], f64)) -> Sheets {
    match model.spreads.len() {
        roles @ ..=2 => sheets_of::<2>(roles, items, each),
        roles @ ..=4 => sheets_of::<4>(roles, items, each),
        roles @ ..=8 => sheets_of::<8>(roles, items, each),
        roles @ ..=12 => sheets_of::<12>(roles, items, each),
        roles => sheets_of::<MOST_ROLES>(roles, items, each),
    }
}

/// z of the roles, and nothing behind them.
type Sums<const N: usize> = [f64; N];

fn sheets_of<const N: usize>(roles: usize, items: &[&Item<'_>], mut each: impl FnMut(&[f64], f64)) -> Sheets {
    let tables = tables(items);
    let mut hand_over = |sums: Sums<N>| each(sums.get(..roles).unwrap_or_default(), 1.0);
    let all = tables.iter().try_fold(1_usize, |all, table| all.checked_mul(table.len()));
    if let Some(all) = all.filter(|&all| all <= SHEETS as usize) {
        (0..all).for_each(|number| hand_over(numbered(&tables, number)));
        return Sheets::All;
    }
    let mut generator = Generator::fixed();
    (0..SHEETS).for_each(|_| hand_over(drawn(&tables, &mut generator)));
    Sheets::Drawn
}

/// One of all sheets, which are counted like the digits of a number.
fn numbered<const N: usize>(tables: &[Vec<Sums<N>>], mut number: usize) -> Sums<N> {
    let mut sums = [0.0; N];
    for table in tables {
        add(&mut sums, table.get(number % table.len()));
        number /= table.len();
    }
    sums
}

/// A random sheet.
fn drawn<const N: usize>(tables: &[Vec<Sums<N>>], generator: &mut Generator) -> Sums<N> {
    let mut sums = [0.0; N];
    for two in tables.chunks(2) {
        for (table, random) in two.iter().zip(generator.two()) {
            add(&mut sums, table.get(below(random, table.len())));
        }
    }
    sums
}

fn add<const N: usize>(sums: &mut Sums<N>, more: Option<&Sums<N>>) {
    if let Some(more) = more {
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
}

/// z of every role for each outcome, one table for as many neighbouring questions as make a small one: every combination
/// of their outcomes is as likely as any other, so one draw answers them all.
fn tables<const N: usize>(items: &[&Item<'_>]) -> Vec<Vec<Sums<N>>> {
    // Small enough for all tables together to stay in a processor's cache.
    const LARGEST: usize = 512;
    let mut tables: Vec<Vec<Sums<N>>> = Vec::new();
    for item in items {
        let sums = |z: &[f64]| array::from_fn(|role| z.get(role).copied().unwrap_or_default());
        let table: Vec<Sums<N>> = item.outcomes.iter().map(|outcome| sums(&outcome.z)).collect();
        match tables.last_mut() {
            Some(last) if last.len() * table.len() <= LARGEST => {
                let pairs = last.iter().flat_map(|one| table.iter().map(move |two| (one, two)));
                *last = pairs.map(|(one, two)| array::from_fn(|role| one[role] + two[role])).collect();
            }
            _ => tables.push(table),
        }
    }
    tables
}
