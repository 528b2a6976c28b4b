//! A mixed-radix key: one number for all that a result depends on, the sums of all roles and which questions are answered.
//!
//! Sums are packed like the digits of a counter, each wide enough never to overflow, with a bit for every question on top.
//! Each answer then adds one number to the key of its row, and rows with equal keys have the same result.

use crate::bank::gcd;
use crate::scoring::Model;

/// What each outcome of each scored question adds to a key.
#[derive(Clone, Debug)]
pub(super) struct KeyTable {
    /// By position among the scored questions.
    pub(super) shares: Vec<Vec<u64>>,
    /// True if keys tell all there is; else rows with one key have to be compared by their answers.
    pub(super) is_exact: bool,
}

impl KeyTable {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let none = (0..model.questions().len()).map(|item| vec![0; model.outcomes(item)]);
        let mut keys = Self { shares: none.collect(), is_exact: true };
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

    /// Adds the sum of one role as a digit on top of what is `width` wide already, and returns the width with it, `None`
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::bank::{Bank, SHIPPED};

    proptest! {
        /// Two sheets of few points have the same key exactly if they have the same sums and the same questions answered.
        #[test]
        fn keys_are_equal_where_sums_and_answered_questions_are(
            sheets in proptest::collection::vec(proptest::collection::vec(proptest::option::of(0_usize..3), 24), 2..40),
        ) {
            let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
            let model = Model::new(&bank);
            let keys = KeyTable::new(&model);
            prop_assert!(keys.is_exact);
            let mut seen = HashMap::new();
            for mut sheet in sheets {
                // Most questions are left to one choice, so that equal sums do occur.
                sheet.iter_mut().skip(3).for_each(|outcome| *outcome = outcome.map(|_| 1));
                let answers = || sheet.iter().enumerate().filter_map(|(item, outcome)| Some((item, (*outcome)?)));
                let key = answers().fold(0_u64, |key, (item, outcome)| key.wrapping_add(keys.shares[item][outcome]));
                let sums: Vec<i128> =
                    (0..2).map(|role| answers().map(|(item, outcome)| model.centred(item, outcome)[role]).sum()).collect();
                let answered: Vec<bool> = sheet.iter().map(Option::is_some).collect();
                prop_assert_eq!(seen.entry(key).or_insert_with(|| (sums.clone(), answered.clone())), &(sums, answered));
            }
        }
    }
}
