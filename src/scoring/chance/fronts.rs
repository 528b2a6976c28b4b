//! Who is in front after random answers, state by state: packed into a grid where the sums allow it, else sheet by sheet,
//! all of them where they are few and otherwise random ones, always the same.

use std::array;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::bank::MOST_ROLES;
use crate::scoring::axis::AxisSum;
use crate::scoring::model::{Item, Model};
use crate::scoring::threads::{lock, on_threads};

use super::generator::{Generator, below};
use super::grid::Grid;

/// Most work to put into listing sums before sheets are drawn, which costs about as much; see [`Grid::new`].
pub(super) const MAX_WORK: usize = 1 << 23;

/// Number of sheets that are drawn; the standard error of a probability is then below 0.0012.
const SHEETS: usize = BLOCK * BLOCKS;

/// Sheets that a thread draws at a time, an even number as a random number serves two, and number of such blocks.
const BLOCK: usize = 1_000;
const BLOCKS: usize = 200;

/// Most numbers in a table: small enough for a processor's first cache.
const MAX_TABLE: usize = 1 << 12;

/// Which states were handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scoring) enum Sampling {
    /// Those of every sheet there is.
    Exhaustive,
    /// Those of random sheets.
    Random,
}

/// A use of the winner of a state, its gap and its weight.
pub(in crate::scoring) trait Each: FnMut(usize, f64, f64) + Send {}

impl<F: FnMut(usize, f64, f64) + Send> Each for F {}

/// z of the roles, and zeros behind them.
type RoleSums<const N: usize> = [f64; N];

/// Hands over who is in front, by how much and with what weight for each state that random answers to some questions
/// lead to, from given z of the roles: by way of some sums of the questions, or without sheet by sheet.
pub(in crate::scoring) fn each_front(
    model: &Model<'_>,
    items: &[&Item<'_>],
    sums: &[AxisSum],
    from: &[f64],
    mut each: impl Each,
) -> Sampling {
    let Some(grid) = Grid::new(model, items, sums, MAX_WORK) else { return each_sheet(from, items, each) };
    let mut sums = from.to_vec();
    grid.each(|zs, count| {
        sums.iter_mut().zip(from).zip(zs).for_each(|((sum, from), z)| *sum = from + z);
        let (winner, gap) = top_two(&sums);
        each(winner, gap, count);
    });
    Sampling::Exhaustive
}

/// Returns the role with the largest z and how far it is ahead of the second.
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
fn each_sheet(from: &[f64], items: &[&Item<'_>], each: impl Each) -> Sampling {
    match from.len() {
        ..=2 => each_sheet_of::<2>(from, items, each),
        3..=4 => each_sheet_of::<4>(from, items, each),
        5..=8 => each_sheet_of::<8>(from, items, each),
        9..=12 => each_sheet_of::<12>(from, items, each),
        _ => each_sheet_of::<MOST_ROLES>(from, items, each),
    }
}

fn each_sheet_of<const N: usize>(from: &[f64], items: &[&Item<'_>], mut each: impl Each) -> Sampling {
    let tables = tables(items);
    let start: RoleSums<N> = padded(from);
    let all = items.iter().try_fold(1_usize, |all, item| all.checked_mul(item.outcomes.len()));
    let Some(all) = all.filter(|&all| all <= SHEETS) else {
        each_random_sheet(&tables, start, from.len(), each);
        return Sampling::Random;
    };
    for number in 0..all {
        let (winner, gap) = top_two(&numbered(&tables, start, number)[..from.len()]);
        each(winner, gap, 1.0);
    }
    Sampling::Exhaustive
}

/// Hands over the fronts of the random sheets, in no order. Threads take blocks of them, and which numbers a block gets
/// depends on its place alone, so the sheets are the same for any number of threads.
fn each_random_sheet<const N: usize>(tables: &[Vec<RoleSums<N>>], start: RoleSums<N>, roles: usize, each: impl Each) {
    let (next, each) = (AtomicUsize::new(0), Mutex::new(each));
    on_threads(|| {
        let mut block = vec![start; BLOCK];
        while let number @ ..BLOCKS = next.fetch_add(1, Ordering::Relaxed) {
            block.fill(start);
            draw(tables, Generator::fixed().skip(number * tables.len() * BLOCK / 2), &mut block);
            let fronts: Vec<(usize, f64)> = block.iter().map(|sums| top_two(&sums[..roles])).collect();
            let mut each = lock(&each);
            for (winner, gap) in fronts {
                each(winner, gap, 1.0);
            }
        }
    });
}

/// Returns one of all sheets, which are counted like the digits of a number.
fn numbered<const N: usize>(tables: &[Vec<RoleSums<N>>], mut sums: RoleSums<N>, mut number: usize) -> RoleSums<N> {
    for table in tables {
        add(&mut sums, &table[number % table.len()]);
        number /= table.len();
    }
    sums
}

/// Answers sheets at random, all of them a table further at a time: the sums of one do not wait for those of another, and
/// a table is near when it is looked at.
fn draw<const N: usize>(tables: &[Vec<RoleSums<N>>], mut generator: Generator, block: &mut [RoleSums<N>]) {
    for table in tables {
        let (pairs, _) = block.as_chunks_mut();
        for [one, two] in pairs {
            let random = generator.next();
            add(one, &table[below(random >> 32, table.len())]);
            add(two, &table[below(random & u64::from(u32::MAX), table.len())]);
        }
    }
}

fn add<const N: usize>(sums: &mut RoleSums<N>, more: &RoleSums<N>) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

fn padded<const N: usize>(zs: &[f64]) -> RoleSums<N> {
    array::from_fn(|role| zs.get(role).copied().unwrap_or_default())
}

/// Returns z of every role for each outcome, one table for as many neighbouring questions as make a small one: every
/// combination of their outcomes is as likely as any other, so one draw answers them all.
fn tables<const N: usize>(items: &[&Item<'_>]) -> Vec<Vec<RoleSums<N>>> {
    let mut tables: Vec<Vec<RoleSums<N>>> = Vec::new();
    for item in items {
        let table: Vec<RoleSums<N>> = item.outcomes.iter().map(|outcome| padded(&outcome.z)).collect();
        match tables.last_mut() {
            Some(last) if last.len() * table.len() * N <= MAX_TABLE => {
                let pairs = last.iter().flat_map(|one| table.iter().map(move |two| (one, two)));
                *last = pairs.map(|(one, two)| array::from_fn(|role| one[role] + two[role])).collect();
            }
            _ => tables.push(table),
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "what is compared is exact")]

    use super::*;
    use crate::scoring::tests::bank;

    #[test]
    fn the_first_two_are_found_wherever_they_stand() {
        assert_eq!(top_two(&[1.0, 4.0, 2.5]), (1, 1.5));
        assert_eq!(top_two(&[3.0, -1.0]), (0, 4.0));
        assert_eq!(top_two(&[2.0, 2.0, 1.0]), (0, 0.0));
    }

    /// Every sheet one by one, and their sums: the same winners with the same gaps.
    #[test]
    fn sheets_and_sums_have_the_same_fronts() {
        let bank = bank(&[&[&[3, 0, 1], &[0, 2, 0], &[1, 0, 5]], &[&[2, 1, 0], &[0, 4, 1]], &[&[1, 0, 0], &[0, 1, 1]]]);
        let model = Model::new(&bank);
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        let mut fronts = [Vec::new(), Vec::new()];
        let from = [0.0; 3];
        let one = each_front(&model, &items, &AxisSum::all(&model), &from, |winner, gap, count| {
            fronts[0].push((winner, gap, count));
        });
        let other = each_sheet(&from, &items, |winner, gap, count| fronts[1].push((winner, gap, count)));
        assert_eq!((one, other), (Sampling::Exhaustive, Sampling::Exhaustive));
        let [sums, sheets] = fronts.map(|fronts| {
            let mut won = [(0.0, 0.0); 3];
            for (winner, gap, count) in fronts {
                won[winner].0 += count;
                won[winner].1 += gap * count;
            }
            won
        });
        assert!(sums.iter().zip(sheets).all(|(sum, sheet)| sum.0 == sheet.0 && (sum.1 - sheet.1).abs() < 1e-9));
    }
}
