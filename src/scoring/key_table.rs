//! A mixed-radix key: one number for all that a result depends on, the sums of all roles and which questions are answered.
//!
//! Sums are packed like the digits of a counter, each wide enough never to overflow, with a bit for every question on top.
//! Each answer then adds one number to the key of its row, and rows with equal keys have the same result.

use super::axis::{Axis, AxisSum};
use super::model::{Item, Model};

/// The numbers that the outcomes of scored questions add to a key.
#[derive(Clone, Debug)]
pub(crate) struct KeyTable {
    /// By position among the scored questions.
    pub(crate) shares: Vec<Vec<u64>>,
    /// True if keys tell all there is; else rows with one key have to be compared by their answers.
    pub(crate) is_exact: bool,
}

impl KeyTable {
    pub(crate) fn new(model: &Model<'_>) -> Self {
        let mut keys =
            Self { shares: model.items.iter().map(|item| vec![0; item.outcomes.len()]).collect(), is_exact: true };
        keys.is_exact = keys.fill(model).is_some();
        keys
    }

    /// Adds the digits, `None` if a key has no room for them all.
    fn fill(&mut self, model: &Model<'_>) -> Option<()> {
        let items: Vec<&Item<'_>> = model.items.iter().collect();
        let mut width: u64 = 1;
        for sum in AxisSum::all(model) {
            let axis = Axis::new(model, &items, sum, width);
            width = width.checked_mul(axis.size)?;
            for (shares, item) in self.shares.iter_mut().zip(&model.items) {
                shares.iter_mut().zip(axis.offsets(item)).for_each(|(share, offset)| *share += offset);
            }
        }
        for shares in &mut self.shares {
            let wider = width.checked_mul(2)?;
            for share in shares {
                *share += width;
            }
            width = wider;
        }
        Some(())
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
            let (mut by_key, mut by_result) = (HashMap::new(), HashMap::new());
            for mut sheet in sheets {
                // Most questions are left to one choice, so that equal sums do occur.
                sheet.iter_mut().skip(3).for_each(|outcome| *outcome = outcome.map(|_| 1));
                let answers = || sheet.iter().enumerate().filter_map(|(item, outcome)| Some((item, (*outcome)?)));
                let key = answers().fold(0_u64, |key, (item, outcome)| key.wrapping_add(keys.shares[item][outcome]));
                let sums: Vec<i64> =
                    (0..2).map(|role| answers().map(|(item, outcome)| model.items[item].outcomes[outcome].centred[role]).sum()).collect();
                let answered: Vec<bool> = sheet.iter().map(Option::is_some).collect();
                let result = (sums, answered);
                prop_assert_eq!(by_key.entry(key).or_insert_with(|| result.clone()), &result);
                prop_assert_eq!(*by_result.entry(result).or_insert(key), key);
            }
        }
    }
}
