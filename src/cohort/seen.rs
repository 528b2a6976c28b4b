//! Sheets that say the same as an earlier one.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

/// The answers of all sheets so far, 16 bytes each. Two sheets that differ are taken for the same once in 2⁶⁴ sheets.
#[derive(Clone, Debug, Default)]
pub struct Seen(HashSet<[u8; 16]>);

impl Seen {
    /// No sheet yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a sheet with these outcomes has been seen; from now on it has.
    pub fn again(&mut self, outcomes: &[Option<u16>]) -> bool {
        let mut digest = Sha256::new();
        for outcome in outcomes {
            // A skip is a number that no outcome has.
            digest.update(outcome.unwrap_or(u16::MAX).to_le_bytes());
        }
        let digest = digest.finalize();
        let mut half = [0; 16];
        half.iter_mut().zip(digest).for_each(|(byte, other)| *byte = other);
        !self.0.insert(half)
    }
}
