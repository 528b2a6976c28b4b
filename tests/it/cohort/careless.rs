//! Signs of careless answers.

use pathquiz::internals::cohort::{Careless, Flags};
use pathquiz::internals::scoring::Scorer;

use super::bank;
use crate::support::Spec;

/// Scale questions, each with a key for one of two roles in turn, and single questions behind them.
fn specs(scales: usize, singles: usize) -> Vec<Spec> {
    let scale = |index: usize| Spec::Scale(if index.is_multiple_of(2) { vec![1, 0] } else { vec![0, 1] });
    let single = |_| Spec::Single(vec![vec![1, 0], vec![0, 1], vec![0, 0]]);
    (0..scales).map(scale).chain((0..singles).map(single)).collect()
}

/// What the digits of a sheet show, `-` being a skip: straight line, then constant.
fn flags(scales: usize, singles: usize, answers: &str) -> (bool, bool) {
    let bank = bank(2, &specs(scales, singles));
    let model = Scorer::new(&bank);
    let outcomes: Vec<Option<u16>> =
        answers.chars().map(|answer| answer.to_digit(10).map(|digit| u16::try_from(digit).unwrap())).collect();
    let careless = Careless::new(model.model());
    let watched = careless.items().iter().map(|&item| outcomes[item]);
    let Flags { straight_line, constant, duplicate } = careless.flags(watched);
    assert!(!duplicate);
    (straight_line, constant)
}

#[test]
fn a_run_over_half_of_the_scales_is_a_straight_line() {
    assert_eq!(flags(8, 0, "22224132"), (true, false));
    assert_eq!(flags(8, 0, "22214122"), (false, false));
    assert_eq!(flags(7, 0, "4133330"), (true, false), "half of seven is four");
    assert_eq!(flags(7, 0, "4133310"), (false, false));
    assert_eq!(flags(8, 0, "22-2-214"), (true, false), "a skip breaks no run");
    assert_eq!(flags(4, 0, "2243"), (false, false), "three at least");
    assert_eq!(flags(4, 0, "2224"), (true, false));
    assert_eq!(flags(2, 6, "22000000"), (false, false), "two scales are too few, and singles are none");
}

#[test]
fn the_same_position_everywhere_is_constant() {
    assert_eq!(flags(6, 2, "33333312"), (true, true));
    assert_eq!(flags(8, 0, "3-33-33-"), (true, true), "five answers");
    assert_eq!(flags(8, 0, "3-33-3--"), (true, false), "four are too few");
    assert_eq!(flags(8, 0, "33333334"), (true, false));
    assert_eq!(flags(0, 6, "11111-"), (false, true), "single questions, where there is no scale");
    assert_eq!(flags(0, 6, "111112"), (false, false));
    assert_eq!(flags(1, 6, "0111111"), (false, false), "one scale question, so the others do not count");
}

#[test]
fn chance_is_told_where_a_line_is_possible() {
    let chance = |scales, singles| {
        let bank = bank(2, &specs(scales, singles));
        Careless::new(Scorer::new(&bank).model()).chance()
    };
    assert!((chance(12, 3).unwrap() - 0.001_855_918_08).abs() < 1e-12);
    assert_eq!((chance(2, 3), chance(0, 3)), (None, None));
    assert!((chance(3, 0).unwrap() - 0.04).abs() < 1e-12);
}
