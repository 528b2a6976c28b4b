//! How far random answers lead: every outcome of an answered question equally likely, questions independent.
//!
//! Exact wherever the distribution can be listed (`grid`), or where no two roles share a question; for the rest fixed sets
//! of random sheets stand in, for all questions of a bank `random` and for some of them `drawn`, and the standard error is
//! told. Over some of the questions of a bank with two roles, or three with one spread, `convolution` says the same sooner.

mod convolution;
mod drawn;
mod grid;
mod random;

use std::cmp::Reverse;

use super::TOLERANCE;
use super::model::{Item, Model};

use convolution::Lattice;
use drawn::Drawn;
use grid::{Grid, Sum};
use random::{MOST_WORK, Sheets, fronts_of};

pub(super) use random::{Generator, fronts, top_two};

/// Most marks of all independent roles together; every probability of theirs takes a walk over all of them.
const MOST_MARKS: usize = 1 << 13;

/// Most work to list the sums for all questions where they are listed anew for each set of questions that somebody has
/// answered, instead of counting drawn sheets, which costs about as much.
const LITTLE_WORK: usize = 1 << 16;

/// How chance over some of the questions of a bank is worked out. The bank alone decides, so nobody's questions take
/// longer than those of others.
#[derive(Debug)]
pub(super) enum Subsets {
    /// From the distribution over all questions.
    Exact(Lattice),
    /// From the distribution over the questions themselves.
    Listed,
    /// From the sheets drawn for the bank.
    Drawn(Drawn),
}

/// The distribution of the gap between the best role and the second under random answering, and who leads.
#[derive(Clone, Debug)]
pub struct Chance {
    gaps: Gaps,
    wins: Vec<f64>,
    max_lead: Vec<f64>,
}

/// The distribution of that gap over any questions, whoever leads.
#[derive(Clone, Debug)]
pub(super) struct Gaps {
    reference: Reference,
    error: Option<f64>,
}

#[derive(Clone, Debug)]
enum Reference {
    /// Gaps from large to small, each with the probability of a gap at least as large.
    Gaps(Vec<(f64, f64)>),
    /// Gaps of the sheets drawn for the bank.
    Drawn(drawn::Gaps),
    /// z of independent roles, rising, each with its probability and that of anything up to it.
    Marginals(Vec<Vec<CdfPoint>>),
}

#[derive(Clone, Copy, Debug)]
struct CdfPoint {
    z: f64,
    probability: f64,
    up_to: f64,
}

impl Subsets {
    /// Returns how chance is worked out over some of the questions of a bank.
    pub(super) fn new(model: &Model<'_>) -> Self {
        if let Some(lattice) = Lattice::new(model) {
            return Self::Exact(lattice);
        }
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        // The lead of one of two roles over the other is a single sum, and little work however large the bank.
        let work = if model.spreads.len() == 2 { MOST_WORK } else { LITTLE_WORK };
        let is_listed = || Grid::new(model, &items, &Sum::all(model), work).is_some();
        if is_listed() || marginals(model, &items).is_some() { Self::Listed } else { Self::Drawn(Drawn::new(model)) }
    }

    /// Returns the probability that random answers to some questions, given by their positions, lead by at least this gap
    /// in z, whichever role leads; `None` where [`Chance`] says it.
    pub(super) fn at_least(&self, model: &Model<'_>, answered: &[usize], gap: f64) -> Option<f64> {
        match self {
            Self::Listed => None,
            _ if gap < TOLERANCE => Some(1.0),
            Self::Exact(lattice) => lattice.at_least(model, answered, gap),
            Self::Drawn(drawn) => Some(drawn.at_least(answered, gap)),
        }
    }
}

impl Chance {
    /// The distribution over all scored questions of the bank.
    #[must_use]
    pub fn of_bank(model: &Model<'_>) -> Self {
        // This is what banks are compared by, so it stays with the roles' own sums, whatever says the same sooner.
        Self::listed(model, &model.items.iter().collect::<Vec<_>>(), &Sum::all(model))
    }

    /// Returns the distribution over some questions by way of some sums of theirs.
    fn listed(model: &Model<'_>, items: &[&Item<'_>], sums: &[Sum]) -> Self {
        if let Some(marginals) = marginals(model, items) {
            return Self::independent(marginals);
        }
        let mut tally = Tally::new(model.spreads.len());
        let grid = Grid::new(model, items, sums, MOST_WORK);
        let from = vec![0.0; model.spreads.len()];
        let sheets = fronts_of(grid, items, &from, |winner, gap, count| tally.add(winner, gap, count));
        tally.finish(sheets)
    }

    fn independent(marginals: Vec<Vec<CdfPoint>>) -> Self {
        let wins = (0..marginals.len()).map(|role| prob_leads(&marginals, role, |z| z - 2.0 * TOLERANCE)).collect();
        let end = |mark: Option<&CdfPoint>| mark.map_or(0.0, |mark| mark.z);
        let lowest = |rival: &Vec<CdfPoint>| end(rival.first());
        let others = |role| marginals.iter().enumerate().filter(move |&(other, _)| other != role);
        let second = |role| others(role).map(|(_, rival)| lowest(rival)).fold(f64::NEG_INFINITY, f64::max);
        let max_lead = marginals.iter().enumerate().map(|(role, marks)| end(marks.last()) - second(role)).collect();
        Self { gaps: Gaps { reference: Reference::Marginals(marginals), error: None }, wins, max_lead }
    }

    /// Probability that random answers lead by at least this gap (in z), whichever role leads.
    #[must_use]
    pub fn at_least(&self, gap: f64) -> f64 {
        self.gaps.at_least(gap)
    }

    /// The smallest attainable gap that random answers reach with at most this probability, `None` if every gap is reached
    /// more often.
    #[must_use]
    pub fn threshold(&self, probability: f64) -> Option<f64> {
        self.gaps.threshold(probability)
    }

    /// Largest standard error of a probability where the distribution is sampled, `None` where it is exact.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.gaps.error
    }

    /// The distribution of the gap alone.
    pub(super) fn gaps(&self) -> &Gaps {
        &self.gaps
    }

    /// Probability that each role leads alone, in bank order.
    #[must_use]
    pub fn wins(&self) -> &[f64] {
        &self.wins
    }

    /// Probability that nobody leads alone.
    #[must_use]
    pub fn tie(&self) -> f64 {
        (1.0 - self.wins.iter().sum::<f64>()).max(0.0)
    }

    /// The largest gap by which each role leads on any sheet that was looked at, in bank order; zero or less where it leads
    /// on none.
    pub(super) fn max_lead(&self) -> &[f64] {
        &self.max_lead
    }
}

impl Gaps {
    /// Returns the distribution over some of the questions of a bank.
    pub(super) fn new(model: &Model<'_>, items: &[&Item<'_>]) -> Self {
        if let Subsets::Drawn(drawn) = model.subsets() {
            let answered: Vec<usize> = items.iter().map(|item| item.index).collect();
            return Self { reference: Reference::Drawn(drawn.gaps(&answered)), error: Some(drawn::STANDARD_ERROR) };
        }
        Chance::listed(model, items, &leads(model).unwrap_or_else(|| Sum::all(model))).gaps
    }

    /// Returns how much there is to remember: gaps, or points of z.
    pub(super) fn len(&self) -> usize {
        match &self.reference {
            Reference::Gaps(gaps) => gaps.len(),
            Reference::Drawn(gaps) => gaps.len(),
            Reference::Marginals(marginals) => marginals.iter().map(Vec::len).sum(),
        }
    }

    /// Returns the same as [`Chance::at_least`].
    pub(super) fn at_least(&self, gap: f64) -> f64 {
        match &self.reference {
            _ if gap < TOLERANCE => 1.0,
            Reference::Gaps(gaps) => {
                let within = gaps.partition_point(|&(other, _)| other >= gap - TOLERANCE);
                within.checked_sub(1).and_then(|last| gaps.get(last)).map_or(0.0, |&(_, probability)| probability)
            }
            Reference::Drawn(gaps) => gaps.at_least(gap),
            Reference::Marginals(marginals) => {
                (0..marginals.len()).map(|role| prob_leads(marginals, role, |z| z - gap)).sum::<f64>().min(1.0)
            }
        }
    }

    /// Returns the same as [`Chance::threshold`].
    pub(super) fn threshold(&self, probability: f64) -> Option<f64> {
        let rare = |gap: f64| self.at_least(gap) <= probability + TOLERANCE;
        match &self.reference {
            Reference::Gaps(gaps) => {
                let rarer = gaps.partition_point(|&(gap, _)| rare(gap));
                rarer.checked_sub(1).and_then(|last| gaps.get(last)).map(|&(gap, _)| gap)
            }
            Reference::Drawn(gaps) => gaps.smallest(rare),
            Reference::Marginals(marginals) => bisect(marginals, rare),
        }
    }

    /// Returns the same as [`Chance::standard_error`].
    pub(super) fn standard_error(&self) -> Option<f64> {
        self.error
    }
}

/// Counts sheets by gap and winner; counts are whole, and divided once at the end.
struct Tally {
    gaps: Vec<(f64, f64)>,
    wins: Vec<f64>,
    max_lead: Vec<f64>,
}

impl Tally {
    fn new(roles: usize) -> Self {
        Self { gaps: Vec::new(), wins: vec![0.0; roles], max_lead: vec![0.0; roles] }
    }

    fn add(&mut self, winner: usize, gap: f64, count: f64) {
        self.gaps.push((gap, count));
        if gap >= TOLERANCE {
            self.wins[winner] += count;
            self.max_lead[winner] = self.max_lead[winner].max(gap);
        }
    }

    /// Gaps from large to small with running sums; gaps that differ by less than the tolerance become one.
    fn finish(mut self, sheets: Sheets) -> Chance {
        // Gaps are not negative, so they are in the order of their bits. Drawn sheets count the same, wherever they stand.
        let falling = |&(gap, _): &(f64, f64)| Reverse(gap.to_bits());
        match sheets {
            Sheets::All => self.gaps.sort_by_key(falling),
            Sheets::Drawn => self.gaps.sort_unstable_by_key(falling),
        }
        let total: f64 = self.gaps.iter().map(|(_, count)| count).sum();
        let error = (sheets == Sheets::Drawn).then(|| (0.25 / total).sqrt());
        let mut sums: Vec<(f64, f64)> = Vec::with_capacity(self.gaps.len());
        let mut sum = 0.0;
        for (gap, count) in self.gaps {
            sum += count;
            match sums.last_mut() {
                Some(last) if last.0 - gap < TOLERANCE => last.1 = sum / total,
                _ => sums.push((gap, sum / total)),
            }
        }
        // Of drawn sheets many can share a gap; distributions are kept, so what they do not need is given back.
        sums.shrink_to_fit();
        let wins = self.wins.into_iter().map(|count| count / total).collect();
        Chance { gaps: Gaps { reference: Reference::Gaps(sums), error }, wins, max_lead: self.max_lead }
    }
}

/// Returns the leads of the first two of three roles over the third where all have the same spread: then these say who
/// leads and how far, and there are far fewer of them than sums of three.
fn leads(model: &Model<'_>) -> Option<Vec<Sum>> {
    let &[first, second, third] = model.spreads.as_slice() else { return None };
    let is_one = first.to_bits() == second.to_bits() && second.to_bits() == third.to_bits();
    is_one.then(|| (0..2).map(|role| Sum { role, less: Some(2) }).collect())
}

/// Whether a question says nothing about any role but one.
fn is_of_one_role(item: &Item<'_>) -> bool {
    let roles = item.outcomes.first().map_or(0, |outcome| outcome.centred.len());
    (0..roles).filter(|&role| moves(item, role)).count() <= 1
}

/// Whether a question says anything about a role.
fn moves(item: &Item<'_>, role: usize) -> bool {
    item.outcomes.iter().any(|outcome| outcome.centred[role] != 0)
}

/// Returns the distribution of each role's points, `None` where two roles share a question or where there are too many.
fn marginals(model: &Model<'_>, items: &[&Item<'_>]) -> Option<Vec<Vec<CdfPoint>>> {
    let are_apart = items.iter().all(|item| is_of_one_role(item));
    are_apart.then(|| (0..model.spreads.len()).map(|role| marginal(model, items, role)).collect())?
}

fn marginal(model: &Model<'_>, items: &[&Item<'_>], role: usize) -> Option<Vec<CdfPoint>> {
    let own: Vec<&Item<'_>> = items.iter().copied().filter(|item| moves(item, role)).collect();
    let grid = Grid::new(model, &own, &[Sum { role, less: None }], MOST_WORK / model.spreads.len())?;
    if grid.counts().count() > MOST_MARKS / model.spreads.len() {
        return None;
    }
    let total: f64 = grid.counts().map(|(_, count)| count).sum();
    let (mut sum, mut marks) = (0.0, Vec::new());
    grid.each(|zs, count| {
        sum += count;
        marks.extend(zs.iter().map(|&z| CdfPoint { z, probability: count / total, up_to: sum / total }));
    });
    Some(marks)
}

/// Probability that one role stands at some z while every other one is at most at `limit` of it, which rises with z.
fn prob_leads(marginals: &[Vec<CdfPoint>], leader: usize, limit: impl Fn(f64) -> f64) -> f64 {
    let mut behind = vec![1.0; marginals[leader].len()];
    for (_, marks) in marginals.iter().enumerate().filter(|&(role, _)| role != leader) {
        let (mut rest, mut up_to) = (marks.iter().peekable(), 0.0);
        for (behind, mark) in behind.iter_mut().zip(&marginals[leader]) {
            let limit = limit(mark.z) + TOLERANCE;
            while let Some(within) = rest.next_if(|other| other.z <= limit) {
                up_to = within.up_to;
            }
            *behind *= up_to;
        }
    }
    marginals[leader].iter().zip(behind).map(|(mark, behind)| mark.probability * behind).sum()
}

/// The smallest distance of two roles that is rare. Rarity only grows with distance, so it is narrowed down first and
/// the distances near it are looked up then; listing them all would take the square of the marks.
fn bisect(marginals: &[Vec<CdfPoint>], rare: impl Fn(f64) -> bool) -> Option<f64> {
    let ends = |end: fn(&[CdfPoint]) -> Option<&CdfPoint>| {
        marginals.iter().filter_map(move |marks| end(marks)).map(|mark| mark.z)
    };
    let span = ends(<[CdfPoint]>::last).fold(0.0, f64::max) - ends(<[CdfPoint]>::first).fold(0.0, f64::min);
    let (mut common, mut high) = (0.0, span + 1.0);
    while high - common > TOLERANCE / 4.0 {
        let middle = f64::midpoint(common, high);
        if rare(middle) { high = middle } else { common = middle }
    }
    let at_least = |leader: &CdfPoint, marks: &[CdfPoint]| {
        let below = marks.partition_point(|mark| leader.z - mark.z >= common);
        below.checked_sub(1).and_then(|last| marks.get(last)).map(|mark| leader.z - mark.z)
    };
    let pairs = (0..marginals.len()).flat_map(|a| (0..marginals.len()).map(move |b| (a, b))).filter(|(a, b)| a != b);
    let distances = pairs.flat_map(|(a, b)| marginals[a].iter().filter_map(move |mark| at_least(mark, &marginals[b])));
    let mut distances: Vec<f64> = distances.collect();
    distances.sort_unstable_by(f64::total_cmp);
    distances.into_iter().find(|&distance| rare(distance))
}
