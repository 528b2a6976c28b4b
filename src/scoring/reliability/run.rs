//! Runs of equal positions, as answers have that are given without reading.

use crate::scoring::num::count_to_f64;

/// Returns the length of the longest run of equal positions, in the order given; 0 where there are none.
pub(crate) fn longest_run<T: Copy + PartialEq>(positions: impl IntoIterator<Item = T>) -> usize {
    let (mut last, mut run, mut longest) = (None, 0, 0);
    for position in positions {
        // Whether two answers are equal is random to a processor, which a branch would make it guess.
        run = run * usize::from(last == Some(position)) + 1;
        last = Some(position);
        longest = longest.max(run);
    }
    longest
}

/// Returns the probability that the longest run is at least as long as given, where each of some answers takes one of some
/// positions at random: exact, by the number of the answers since the last run began.
pub(crate) fn run_chance(answers: usize, positions: usize, longest: usize) -> f64 {
    if longest <= 1 || positions == 0 {
        return if answers >= longest { 1.0 } else { 0.0 };
    }
    let positions = count_to_f64(positions);
    // Probability of no such run in the first answers. The run that ends there began after one of the answers before it.
    let mut none = vec![1.0; longest];
    while none.len() <= answers {
        let (mut sum, mut weight) = (0.0, 1.0);
        for before in none.iter().rev().take(longest - 1) {
            weight /= positions;
            sum += weight * before;
        }
        none.push((positions - 1.0) * sum);
    }
    1.0 - none[answers]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::cast_precision_loss, reason = "there are a few hundred people at most")]

    use super::*;

    #[track_caller]
    fn near(found: f64, reference: f64, off: f64) {
        assert!((found - reference).abs() < off, "{found} is not {reference}");
    }

    #[test]
    fn chances_of_runs_are_those_of_all_sequences() {
        near(run_chance(12, 5, 4), 0.058_534_727_68, 6e-12);
        near(run_chance(12, 5, 6), 0.001_855_918_08, 6e-12);
        near(run_chance(10, 5, 5), 0.007_997_952, 6e-12);
        near(run_chance(24, 4, 6), 0.014_109_052_135, 6e-12);
        for (answers, positions) in [(1_usize, 3_usize), (2, 2), (5, 3), (7, 2), (6, 4)] {
            let all = positions.pow(u32::try_from(answers).unwrap());
            let sequence = |code: usize| {
                (0..answers).scan(code, move |rest, _| {
                    let digit = *rest % positions;
                    *rest /= positions;
                    Some(digit)
                })
            };
            for longest in 0..=answers + 1 {
                let found = (0..all).filter(|&code| longest_run(sequence(code)) >= longest).count();
                near(run_chance(answers, positions, longest), found as f64 / all as f64, 1e-12);
            }
        }
    }

    #[test]
    fn the_longest_run_is_counted() {
        let cases = [("454452", 2), ("212324", 1), ("334333", 3), ("555441", 3), ("333333", 6), ("", 0)];
        for (answers, longest) in cases {
            assert_eq!(longest_run(answers.bytes()), longest, "{answers}");
        }
    }
}
