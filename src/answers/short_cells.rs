//! A perfect hash map for the few short cells that most questions have. None of its branches depends on which cell it is
//! asked for: people's answers are random to a processor, which loses more time by a wrong guess than by all the rest.

use super::cell::{Cell, PackedCell};
use super::decoded_cell::DecodedCell;

/// Places of the map, a power of two.
const PLACES: usize = 16;

/// Most cells to hold, few enough for a multiplier that keeps them apart to be found soon.
const MOST_SHORT: usize = 8;

/// Multipliers to try before a cell is left to another map.
const MOST_TRIES: u64 = 64;

/// Decoded cells by short cells.
#[derive(Clone, Debug)]
pub(super) struct ShortCells {
    multiplier: u64,
    cells: [PackedCell; PLACES],
    decoded: [DecodedCell; PLACES],
}

impl ShortCells {
    pub(super) fn new() -> Self {
        Self { multiplier: 1, cells: [PackedCell::NONE; PLACES], decoded: [DecodedCell::SKIPPED; PLACES] }
    }

    /// Returns a decoded cell, `None` if it is not in the map.
    #[inline]
    pub(super) fn get(&self, cell: Cell<'_>) -> Option<DecodedCell> {
        let packed = cell.packed?;
        let place = place(packed, self.multiplier);
        (self.cells[place] == packed).then(|| self.decoded[place])
    }

    /// Puts a cell into the map. Returns false if it is long or there is no room for it.
    pub(super) fn insert(&mut self, cell: &[u8], decoded: DecodedCell) -> bool {
        let Some(packed) = PackedCell::new(cell) else { return false };
        let old = self.cells.iter().zip(&self.decoded).filter(|(cell, _)| **cell != PackedCell::NONE);
        let all: Vec<_> = old.map(|(cell, decoded)| (*cell, *decoded)).chain([(packed, decoded)]).collect();
        if all.len() > MOST_SHORT {
            return false;
        }
        // Odd numbers, the more different the later ones are.
        let multipliers = (1..=MOST_TRIES).map(|number| 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(2 * number + 1));
        let map = multipliers.map(|multiplier| Self::with(multiplier, &all)).find(|map| map.len() == all.len());
        map.map(|map| *self = map).is_some()
    }

    /// Makes a map in which the last of those cells stay that fall on one place.
    fn with(multiplier: u64, all: &[(PackedCell, DecodedCell)]) -> Self {
        let mut map = Self { multiplier, ..Self::new() };
        for &(cell, decoded) in all {
            let place = place(cell, multiplier);
            (map.cells[place], map.decoded[place]) = (cell, decoded);
        }
        map
    }

    fn len(&self) -> usize {
        self.cells.iter().filter(|cell| **cell != PackedCell::NONE).count()
    }
}

/// Returns the place of a cell: multiplicative hashing, of which the highest bits depend on all others.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "both halves are meant, and a few bits of their product")]
fn place(PackedCell(cell): PackedCell, multiplier: u64) -> usize {
    let folded = cell as u64 ^ ((cell >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(multiplier) >> (u64::BITS - PLACES.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(share: u64) -> DecodedCell {
        DecodedCell { share, ..DecodedCell::SKIPPED }
    }

    proptest! {
        #[test]
        fn each_cell_that_went_in_is_found_and_no_other(texts in proptest::collection::hash_set("[a-e\\x00]{0,16}", 0..20)) {
            let mut map = ShortCells::new();
            let inserted: Vec<bool> =
                (0..).zip(&texts).map(|(number, text)| map.insert(text.as_bytes(), decoded(number))).collect();
            let found = texts.iter().map(|text| map.get(Cell::new(text.as_bytes())));
            for ((number, found), inserted) in (0..).zip(found).zip(inserted) {
                prop_assert_eq!(found, inserted.then(|| decoded(number)));
            }
        }
    }

    #[test]
    fn eight_cells_find_a_place_each() {
        let mut map = ShortCells::new();
        for text in ["", "1", "2", "3", "4", "5", "queries", "infrastructure"] {
            assert!(map.insert(text.as_bytes(), decoded(0)), "{text}");
        }
        assert!(!map.insert(b"6", decoded(0)) && !ShortCells::new().insert(&[b'a'; 16], decoded(0)));
    }
}
