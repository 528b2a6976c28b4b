//! Signs of answers given without reading: the same position again and again.

use super::count;

/// Length of the longest run of equal positions, in the order given; 0 where there are none.
#[must_use]
pub fn longest_run<T: Copy + PartialEq>(positions: impl IntoIterator<Item = T>) -> usize {
    let (mut last, mut run, mut longest) = (None, 0, 0);
    for position in positions {
        run = if last == Some(position) { run + 1 } else { 1 };
        last = Some(position);
        longest = longest.max(run);
    }
    longest
}

/// Probability that the longest run is at least as long as given, where each of some answers takes one of some positions
/// at random: exact, by the number of the answers since the last run began.
#[must_use]
pub fn run_chance(answers: usize, positions: usize, longest: usize) -> f64 {
    if longest <= 1 || positions == 0 {
        return if answers >= longest { 1.0 } else { 0.0 };
    }
    let positions = count(positions);
    // Probability of no such run in the first answers. The run that ends there began after one of the answers before it.
    let mut none: Vec<f64> = Vec::with_capacity(answers + 1);
    for length in 0..=answers {
        let probability = if length < longest {
            1.0
        } else {
            let ends = none.iter().rev().take(longest - 1);
            let (sum, _) = ends.fold((0.0, 1.0), |(sum, weight), before| {
                let weight = weight / positions;
                (sum + weight * before, weight)
            });
            (positions - 1.0) * sum
        };
        none.push(probability);
    }
    none.last().map_or(0.0, |none| 1.0 - none)
}
