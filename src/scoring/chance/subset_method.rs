//! How chance over some of the questions of a bank is worked out. The bank alone decides, so nobody's questions take
//! longer than those of others.

use std::sync::Arc;

use crate::scoring::axis::AxisSum;
use crate::scoring::model::{Item, Model};
use crate::scoring::num::TOLERANCE;

use super::convolution::Lattice;
use super::distribution::{Chance, GapDistribution};
use super::fronts::MAX_WORK;
use super::grid::Grid;
use super::marginals::Marginals;
use super::monte_carlo::SampledSheets;

/// Most work to list the sums for all questions where they are listed anew for each set of questions that somebody has
/// answered, instead of counting sampled sheets, which costs about as much.
const LITTLE_WORK: usize = 1 << 16;

/// Most points of all lattices together that leave one question out, for the distributions over them to be remembered.
const MAX_REMEMBERED_POINTS: usize = 1 << 19;

/// A way to work chance out over some of the questions.
#[derive(Debug)]
pub(in crate::scoring) enum SubsetMethod {
    /// From the distribution over all questions.
    Deconvolved(Lattice),
    /// From the distribution over the questions themselves.
    Listed,
    /// From the sheets sampled for the bank.
    Sampled(SampledSheets),
}

impl SubsetMethod {
    pub(in crate::scoring) fn new(model: &Model<'_>) -> Self {
        if let Some(lattice) = Lattice::new(model) {
            return Self::Deconvolved(lattice);
        }
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        // The lead of one of two roles over the other is a single sum, and little work however large the bank.
        let work = if model.spreads.len() == 2 { MAX_WORK } else { LITTLE_WORK };
        let is_listed = Grid::new(model, &items, &AxisSum::all(model), work).is_some();
        if is_listed || Marginals::new(model, &items).is_some() {
            Self::Listed
        } else {
            Self::Sampled(SampledSheets::new(model))
        }
    }

    /// Returns the probability that random answers to some questions, given by their rising positions, lead by at least
    /// this gap in z, whichever role leads; `None` where only the [distribution](Self::gaps) says it.
    pub(in crate::scoring) fn at_least(&self, model: &Model<'_>, answered: &[usize], gap: f64) -> Option<f64> {
        match self {
            Self::Listed => None,
            _ if gap < TOLERANCE => Some(1.0),
            // There are as many ways to leave one question out as questions, and most people who skip any skip one.
            Self::Deconvolved(lattice)
                if answered.len() + 1 == model.items.len()
                    && lattice.points() * model.items.len() <= MAX_REMEMBERED_POINTS =>
            {
                None
            }
            Self::Deconvolved(lattice) => lattice.at_least(model, answered, gap),
            Self::Sampled(sheets) => Some(sheets.at_least(answered, gap)),
        }
    }

    /// Returns the distribution of how far random answers to some questions, in bank order, lead.
    pub(in crate::scoring) fn gaps(&self, model: &Model<'_>, items: &[&Item<'_>]) -> Arc<GapDistribution> {
        match self {
            Self::Sampled(sheets) => {
                let answered: Vec<usize> = items.iter().map(|item| item.index).collect();
                Arc::new(GapDistribution::sampled(sheets.gaps(&answered)))
            }
            _ => Arc::clone(Chance::over(model, items, &AxisSum::fewest(model)).gaps()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Bank;
    use crate::scoring::tests::{bank, coins};

    fn name(bank: &Bank) -> &'static str {
        match SubsetMethod::new(&Model::new(bank)) {
            SubsetMethod::Deconvolved(_) => "deconvolved",
            SubsetMethod::Listed => "listed",
            SubsetMethod::Sampled(_) => "sampled",
        }
    }

    #[test]
    fn the_bank_decides_how_chance_is_worked_out() {
        assert_eq!(name(&coins(&[1, 2, 3])), "deconvolved");
        assert_eq!(name(&coins(&[1; 60])), "listed", "more sheets than floats can count one by one");
        let uneven: &[&[i64]] = &[&[3, 0, 1], &[0, 2, 0], &[1, 0, 5]];
        assert_eq!(name(&bank(&[uneven; 3])), "listed");
        let wide: Vec<[[i64; 3]; 3]> = (1..=14).map(|n| [[7 * n, 1, n], [3, 5 * n, 2], [n, 0, 4 * n + 1]]).collect();
        let wide: Vec<[&[i64]; 3]> = wide.iter().map(|choices| choices.each_ref().map(|points| &points[..])).collect();
        assert_eq!(name(&bank(&wide.iter().map(|choices| &choices[..]).collect::<Vec<_>>())), "sampled");
    }
}
