//! Random answering, state by state: packed into a grid where the sums allow it, else sheet by sheet, all of them where
//! they are few and otherwise random ones, always the same.

use std::array;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::bank::MOST_ROLES;
use crate::scoring::model::{Item, Model};

use super::grid::{Grid, Sum};

/// Most work to put into listing sums before sheets are drawn, which costs about as much; see [`Grid::new`].
pub(super) const MOST_WORK: usize = 1 << 23;

/// How many sheets are drawn; the standard error of a probability is then below 0.0012.
const SHEETS: usize = BLOCK * BLOCKS;

/// How many of them a thread draws at a time, which is even as a random number serves two, and how often that is done.
const BLOCK: usize = 1_000;
const BLOCKS: usize = 200;

/// Most threads that draw.
pub(super) const THREADS: usize = 4;

/// By how much the state of the generator moves from number to number.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// `SplitMix64` (Steele, Lea, Flood 2014): whole-number arithmetic only, so every machine draws the same sheets.
pub(in crate::scoring) struct Generator(u64);

impl Generator {
    /// The generator from its one beginning.
    pub(in crate::scoring) fn fixed() -> Self {
        Self(0x7061_7468_7175_697A)
    }

    /// The generator after some more numbers.
    fn skip(self, numbers: usize) -> Self {
        Self(self.0.wrapping_add(STEP.wrapping_mul(numbers as u64)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    pub(in crate::scoring) fn below(&mut self, bound: usize) -> usize {
        below(self.next() >> 32, bound)
    }
}

/// Turns a random number of 32 bits into one below a bound. The bias of the multiplication is the bound over 2³²; for the
/// few thousand outcomes that a question can have it is far below what sampling itself leaves open.
fn below(random: u64, bound: usize) -> usize {
    usize::try_from((random * bound as u64) >> 32).unwrap_or(0)
}

/// Which sheets were handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scoring) enum Sheets {
    /// Every sheet there is.
    All,
    /// Random ones.
    Drawn,
}

/// Hands over who is in front, by how much and with what weight for each state that random answers to some questions
/// lead to, from given z of the roles.
pub(in crate::scoring) fn fronts(model: &Model<'_>, items: &[&Item<'_>], from: &[f64], each: impl Each) -> Sheets {
    fronts_of(Grid::new(model, items, &Sum::all(model), MOST_WORK), items, from, each)
}

/// Does so by way of a grid, or without one sheet by sheet.
pub(super) fn fronts_of(grid: Option<Grid>, items: &[&Item<'_>], from: &[f64], mut each: impl Each) -> Sheets {
    let Some(grid) = grid else { return sheets(from, items, each) };
    let mut sums = from.to_vec();
    grid.each(|zs, count| {
        sums.iter_mut().zip(from).zip(zs).for_each(|((sum, from), z)| *sum = from + z);
        let (winner, gap) = top_two(&sums);
        each(winner, gap, count);
    });
    Sheets::All
}

/// What is done with the winner of a state, its gap and its weight.
pub(in crate::scoring) trait Each: FnMut(usize, f64, f64) + Send {}

impl<F: FnMut(usize, f64, f64) + Send> Each for F {}

/// The role with the largest z and how far it is ahead of the second.
pub(in crate::scoring) fn top_two(zs: &[f64]) -> (usize, f64) {
    let (mut best, mut second, mut winner) = (f64::NEG_INFINITY, f64::NEG_INFINITY, 0);
    for (role, &z) in zs.iter().enumerate() {
        // Without branches: who comes next is anybody's guess.
        second = f64::max(second, f64::min(best, z));
        winner = if z > best { role } else { winner };
        best = f64::max(best, z);
    }
    (winner, best - second)
}

/// Hands over the fronts of the random sheets, or of every sheet where there are no more than those. Sums of a fixed
/// length are added up several roles at a time, so a few lengths stand for all numbers of roles.
fn sheets(from: &[f64], items: &[&Item<'_>], each: impl Each) -> Sheets {
    match from.len() {
        ..=2 => sheets_of::<2>(from, items, each),
        3..=4 => sheets_of::<4>(from, items, each),
        5..=8 => sheets_of::<8>(from, items, each),
        9..=12 => sheets_of::<12>(from, items, each),
        _ => sheets_of::<MOST_ROLES>(from, items, each),
    }
}

/// z of the roles, and nothing behind them.
type Sums<const N: usize> = [f64; N];

fn sheets_of<const N: usize>(from: &[f64], items: &[&Item<'_>], mut each: impl Each) -> Sheets {
    let tables = tables(items);
    let start: Sums<N> = array::from_fn(|role| from.get(role).copied().unwrap_or_default());
    let front = |sums: &Sums<N>| top_two(sums.get(..from.len()).unwrap_or_default());
    let Some(all) = few(items) else {
        drawn(&tables, start, front, each);
        return Sheets::Drawn;
    };
    for number in 0..all {
        let (winner, gap) = front(&numbered(&tables, start, number));
        each(winner, gap, 1.0);
    }
    Sheets::All
}

/// Returns how many sheets there are, `None` where they are more than would be drawn.
pub(super) fn few(items: &[&Item<'_>]) -> Option<usize> {
    let all = items.iter().try_fold(1_usize, |all, item| all.checked_mul(item.outcomes.len()));
    all.filter(|&all| all <= SHEETS)
}

/// Hands over the fronts of the random sheets, in no order. Threads take blocks of them, and which numbers a block gets
/// depends on its place alone, so the sheets are the same for any number of threads.
fn drawn<const N: usize>(
    tables: &[Vec<Sums<N>>],
    start: Sums<N>,
    front: impl Fn(&Sums<N>) -> (usize, f64) + Copy + Send + Sync,
    each: impl Each,
) {
    let (next, each) = (AtomicUsize::new(0), Mutex::new(each));
    let work = || {
        let mut block = vec![start; BLOCK];
        while let number @ ..BLOCKS = next.fetch_add(1, Ordering::Relaxed) {
            block.fill(start);
            draw(tables, Generator::fixed().skip(number * tables.len() * BLOCK / 2), &mut block);
            let fronts: Vec<(usize, f64)> = block.iter().map(front).collect();
            let mut each = each.lock().unwrap_or_else(PoisonError::into_inner);
            for (winner, gap) in fronts {
                each(winner, gap, 1.0);
            }
        }
    };
    thread::scope(|scope| {
        // A thread that cannot be had leaves its blocks to the others.
        (1..THREADS).for_each(|_| drop(thread::Builder::new().spawn_scoped(scope, work)));
        work();
    });
}

/// One of all sheets, which are counted like the digits of a number.
fn numbered<const N: usize>(tables: &[Vec<Sums<N>>], mut sums: Sums<N>, mut number: usize) -> Sums<N> {
    for table in tables {
        add(&mut sums, table.get(number % table.len()));
        number /= table.len();
    }
    sums
}

/// Answers sheets at random, all of them a table further at a time: the sums of one do not wait for those of another, and
/// a table is near when it is looked at.
fn draw<const N: usize>(tables: &[Vec<Sums<N>>], mut generator: Generator, block: &mut [Sums<N>]) {
    for table in tables {
        let (pairs, _) = block.as_chunks_mut();
        for [one, two] in pairs {
            let random = generator.next();
            add(one, table.get(below(random >> 32, table.len())));
            add(two, table.get(below(random & u64::from(u32::MAX), table.len())));
        }
    }
}

fn add<const N: usize>(sums: &mut Sums<N>, more: Option<&Sums<N>>) {
    if let Some(more) = more {
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
}

/// z of every role for each outcome, one table for as many neighbouring questions as make a small one: every combination
/// of their outcomes is as likely as any other, so one draw answers them all.
fn tables<const N: usize>(items: &[&Item<'_>]) -> Vec<Vec<Sums<N>>> {
    // Small enough for a processor's first cache.
    const LARGEST: usize = 1 << 12;
    let mut tables: Vec<Vec<Sums<N>>> = Vec::new();
    for item in items {
        let sums = |z: &[f64]| array::from_fn(|role| z.get(role).copied().unwrap_or_default());
        let table: Vec<Sums<N>> = item.outcomes.iter().map(|outcome| sums(&outcome.z)).collect();
        match tables.last_mut() {
            Some(last) if last.len() * table.len() * N <= LARGEST => {
                let pairs = last.iter().flat_map(|one| table.iter().map(move |two| (one, two)));
                *last = pairs.map(|(one, two)| array::from_fn(|role| one[role] + two[role])).collect();
            }
            _ => tables.push(table),
        }
    }
    tables
}
