//! One number for all that a judgement depends on: the sums of all roles and which questions are answered.
//!
//! Sums are packed like the digits of a counter, each so wide that none runs over, with a bit for every question on top.
//! Each answer then adds one number to the key of its row, and rows with equal keys are judged alike.

use crate::bank::gcd;
use crate::scoring::Model;

/// What each outcome of each scored question adds to a key.
#[derive(Clone, Debug)]
pub(in crate::cohort) struct Keys {
    /// By position among the scored questions.
    pub(super) shares: Vec<Vec<u64>>,
    /// Whether keys tell all there is; else rows with one key have to be compared by their answers.
    pub(in crate::cohort) is_exact: bool,
}

impl Keys {
    pub(in crate::cohort) fn new(model: &Model<'_>) -> Self {
        let none = |item| vec![0; model.outcomes(item)];
        let mut keys = Self { shares: (0..model.questions().len()).map(none).collect(), is_exact: true };
        let mut width = Some(1);
        for role in 0..model.bank().roles.len() {
            width = width.and_then(|width| keys.add_sum(model, role, width));
        }
        for shares in &mut keys.shares {
            width = width.and_then(|width: u64| {
                let wider = width.checked_mul(2)?;
                for share in shares {
                    *share += width;
                }
                Some(wider)
            });
        }
        keys.is_exact = width.is_some();
        keys
    }

    /// Adds the sum of one role as a digit on top of what is `width` wide already, and gives the width with it; nothing
    /// where that is too much.
    fn add_sum(&mut self, model: &Model<'_>, role: usize, width: u64) -> Option<u64> {
        let above = |item| {
            let points =
                (0..model.outcomes(item)).filter_map(|outcome| model.centred(item, outcome).get(role).copied());
            let points: Vec<i128> = points.collect();
            let lowest = points.iter().copied().min().unwrap_or(0);
            points.into_iter().map(|points| points - lowest).collect::<Vec<i128>>()
        };
        let above: Vec<Vec<i128>> = (0..self.shares.len()).map(above).collect();
        let step = above.iter().flatten().copied().fold(0, gcd).max(1);
        let highest = above.iter().map(|points| points.iter().max().map_or(0, |highest| highest / step)).sum::<i128>();
        let wider = width.checked_mul(u64::try_from(highest).ok()?.checked_add(1)?)?;
        for (shares, points) in self.shares.iter_mut().zip(above) {
            let digits = points.iter().map(|points| u64::try_from(points / step).unwrap_or_default() * width);
            shares.iter_mut().zip(digits).for_each(|(share, digit)| *share += digit);
        }
        Some(wider)
    }
}
