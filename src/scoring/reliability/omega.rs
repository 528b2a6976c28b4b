//! Omega total (Revelle and Zinbarg 2009) from one factor, which is found by principal axes.

use crate::scoring::num::count_to_f64;

use super::covariances::Covariances;

/// Rounds after which the factor has been found or is given up.
const MAX_ROUNDS: usize = 4_000;

/// Communalities that change by less than this have settled.
const SETTLED: f64 = 1e-13;

impl Covariances {
    /// Returns the loadings of the items on one factor: principal axes of the correlations, iterated from squared multiple
    /// correlations until they stay. `None` where an item does not vary, or in a Heywood case: where the factor would be
    /// all of an item.
    pub(super) fn loadings(&self) -> Option<Vec<f64>> {
        let correlations = self.correlations()?;
        let mut common = correlations.squared_multiple();
        let mut axis = vec![1.0 / count_to_f64(self.items()).sqrt(); self.items()];
        for _ in 0..MAX_ROUNDS {
            // One step towards the first axis a round: both come to rest together, as one inside the other would, sooner.
            let mut moved = vec![0.0; self.items()];
            for (i, moved) in moved.iter_mut().enumerate() {
                let entry = |j: usize| if i == j { common[i] } else { correlations.entry(i, j) };
                *moved = axis.iter().enumerate().map(|(j, part)| entry(j) * part).sum();
            }
            let value = moved.iter().map(|part| part * part).sum::<f64>().sqrt();
            if value <= 0.0 || !value.is_finite() {
                return None;
            }
            let turned: Vec<f64> = moved.iter().map(|part| part / value).collect();
            let next: Vec<f64> = turned.iter().map(|part| value * part * part).collect();
            let has_settled = max_change(&next, &common).max(max_change(&turned, &axis)) < SETTLED;
            (common, axis) = (next, turned);
            if has_settled {
                let is_part = common.iter().all(|&part| part < 1.0);
                return is_part.then(|| axis.iter().map(|part| value.sqrt() * part).collect());
            }
        }
        None
    }

    /// Returns omega = (Σ l)² / ((Σ l)² + Σ (1 − l²)) with the loadings l on one factor. It differs little from alpha where
    /// one factor holds, and depends on how the factor is found where it does not.
    pub(crate) fn omega(&self) -> Option<f64> {
        let loadings = self.loadings()?;
        let common = loadings.iter().sum::<f64>().powi(2);
        let unique: f64 = loadings.iter().map(|loading| 1.0 - loading * loading).sum();
        Some(common / (common + unique))
    }

    /// Returns how much of each item the others tell, 1 − 1 / r with r from the diagonal of the inverse. Where that is no
    /// part of a whole, as gaps in the answers can make it, the largest correlation stands in.
    fn squared_multiple(&self) -> Vec<f64> {
        let inverse = self.inverse_diagonal();
        let mut told = Vec::with_capacity(self.items());
        for i in 0..self.items() {
            let part = inverse.as_ref().map(|diagonal| 1.0 - 1.0 / diagonal[i]);
            let others = (0..self.items()).filter(|&j| j != i).map(|j| self.entry(i, j).abs());
            let largest = others.fold(0.0, f64::max).min(1.0);
            told.push(part.filter(|part| (0.0..=1.0).contains(part)).unwrap_or(largest));
        }
        told
    }

    /// Returns the diagonal of the inverse, by Gauss and Jordan with the largest pivot of a column; `None` where there is no
    /// inverse.
    fn inverse_diagonal(&self) -> Option<Vec<f64>> {
        let size = self.items();
        let mut rows = vec![vec![0.0; 2 * size]; size];
        for (i, row) in rows.iter_mut().enumerate() {
            (0..size).for_each(|j| row[j] = self.entry(i, j));
            row[size + i] = 1.0;
        }
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

fn max_change(new: &[f64], old: &[f64]) -> f64 {
    new.iter().zip(old).map(|(new, old)| (new - old).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items that are one factor and noise have the loadings that they are made with.
    #[test]
    fn one_factor_is_found_again() {
        let loadings = [0.9, 0.8, 0.7, 0.6];
        let found = Covariances::new(vec![0.0; 4], 100, |i, j| if i == j { 1.0 } else { loadings[i] * loadings[j] });
        assert!(found.loadings().unwrap().iter().zip(loadings).all(|(found, due)| (found - due).abs() < 1e-6));
        assert!((found.omega().unwrap() - 9.0 / 10.7).abs() < 1e-6);
    }

    #[test]
    fn a_heywood_case_has_no_factor() {
        let entries = [[1.0, 0.9, 0.9], [0.9, 1.0, 0.5], [0.9, 0.5, 1.0]];
        assert_eq!(Covariances::new(vec![0.0; 3], 100, |i, j| entries[i][j]).omega(), None);
    }
}
