//! Omega total (Revelle and Zinbarg 2009) from one factor, which is found by principal axes.

use super::{Covariances, count};

/// Rounds after which the factor has been found or is given up.
const MOST_ROUNDS: usize = 4_000;

/// Communalities that change by less than this have settled.
const SETTLED: f64 = 1e-13;

impl Covariances {
    /// Loadings of the items on one factor: principal axes of the correlations, iterated from squared multiple
    /// correlations until nothing changes. Nothing where an item does not vary, or no such factor exists.
    pub fn loadings(&self) -> Option<Vec<f64>> {
        let correlations = self.correlations()?;
        let mut common = correlations.squared_multiple();
        let mut axis = vec![1.0 / count(self.items()).sqrt(); self.items()];
        for _ in 0..MOST_ROUNDS {
            // One step towards the first axis a round: both come to rest together, as one inside the other would, sooner.
            let moved: Vec<f64> = (0..self.items())
                .map(|i| {
                    let entry = |j: usize| if i == j { common[i] } else { correlations.entry(i, j) };
                    axis.iter().enumerate().map(|(j, part)| entry(j) * part).sum()
                })
                .collect();
            let value = moved.iter().map(|part| part * part).sum::<f64>().sqrt();
            if value <= 0.0 || !value.is_finite() {
                return None;
            }
            let turned: Vec<f64> = moved.iter().map(|part| part / value).collect();
            let next: Vec<f64> = turned.iter().map(|part| value * part * part).collect();
            let change =
                |new: &[f64], old: &[f64]| new.iter().zip(old).map(|(new, old)| (new - old).abs()).fold(0.0, f64::max);
            let still = change(&next, &common).max(change(&turned, &axis)) < SETTLED;
            (common, axis) = (next, turned);
            if still {
                // A part of the whole that is the whole or more is no factor.
                let sound = common.iter().all(|&part| part < 1.0);
                return sound.then(|| axis.iter().map(|part| value.sqrt() * part).collect());
            }
        }
        None
    }

    /// omega = (Σ l)² / ((Σ l)² + Σ (1 − l²)) with the loadings l on one factor. It differs little from alpha where one
    /// factor holds, and depends on how the factor is found where it does not.
    pub fn omega(&self) -> Option<f64> {
        let loadings = self.loadings()?;
        let common = loadings.iter().sum::<f64>().powi(2);
        let unique: f64 = loadings.iter().map(|loading| 1.0 - loading * loading).sum();
        Some(common / (common + unique))
    }

    /// How much of each item the others tell, 1 − 1 / r with r from the diagonal of the inverse. Where that is no part of
    /// a whole, as gaps in the answers can make it, the largest correlation stands in.
    fn squared_multiple(&self) -> Vec<f64> {
        let inverse = self.inverse();
        let largest = |i: usize| {
            let others = (0..self.items()).filter(|&j| j != i);
            others.map(|j| self.entry(i, j).abs()).fold(0.0, f64::max).min(1.0)
        };
        let told = |i: usize| inverse.as_ref().and_then(|inverse| inverse.get(i)).map(|entry| 1.0 - 1.0 / entry);
        let sound = |part: &f64| (0.0..=1.0).contains(part);
        (0..self.items()).map(|i| told(i).filter(sound).unwrap_or_else(|| largest(i))).collect()
    }

    /// The diagonal of the inverse, by Gauss and Jordan with the largest pivot of a column; nothing where there is none.
    fn inverse(&self) -> Option<Vec<f64>> {
        let size = self.items();
        let row = |i: usize| {
            let unit = (0..size).map(move |j| if i == j { 1.0 } else { 0.0 });
            (0..size).map(|j| self.entry(i, j)).chain(unit).collect::<Vec<f64>>()
        };
        let mut rows: Vec<Vec<f64>> = (0..size).map(row).collect();
        for column in 0..size {
            let pivot = (column..size).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
            rows.swap(column, pivot);
            let divisor = rows[column][column];
            if divisor.abs() < 1e-12 {
                return None;
            }
            rows[column].iter_mut().for_each(|entry| *entry /= divisor);
            let pivot = rows[column].clone();
            for (_, other) in rows.iter_mut().enumerate().filter(|(index, _)| *index != column) {
                let factor = other[column];
                other.iter_mut().zip(&pivot).for_each(|(entry, pivot)| *entry -= factor * pivot);
            }
        }
        Some((0..size).map(|i| rows[i][size + i]).collect())
    }
}
