//! A perfect hash map for the few short cells that most questions have. None of its branches depends on which cell it is
//! asked for: people's answers are random to a processor, which loses more time by a wrong guess than by all the rest.

use super::decoded_cell::DecodedCell;

/// Longest cell to pack, in bytes: the last of sixteen says how long it is.
const LONGEST_PACKED: usize = 15;

/// Places of the map, a power of two.
const PLACES: usize = 16;

/// Most cells to hold, few enough for a multiplier that keeps them apart to be found soon.
const MOST_SHORT: usize = 8;

/// Multipliers to try before a cell is left to another map.
const MOST_TRIES: u64 = 64;

/// What stands in a place without a cell; no cell is as long as its last byte says.
const EMPTY: PackedCell = PackedCell(u128::MAX);

/// A cell as a number: its bytes, and in the highest one its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PackedCell(u128);

impl PackedCell {
    /// Packs a cell, `None` if it is too long.
    pub(super) fn new(cell: &[u8]) -> Option<Self> {
        let mut bytes = [0; 16];
        bytes[..LONGEST_PACKED].get_mut(..cell.len())?.copy_from_slice(cell);
        Some(Self(u128::from_le_bytes(bytes) | (cell.len() as u128) << 120))
    }

    /// Packs a cell that may stand within a longer text, at once if enough of the text is behind it.
    #[inline]
    fn within(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let length = end - start;
        match text[start..].first_chunk() {
            Some(bytes) if length <= LONGEST_PACKED => {
                let cell = u128::from_le_bytes(*bytes) & ((1 << (8 * length)) - 1);
                Some(Self(cell | (length as u128) << 120))
            }
            _ => Self::new(&text[start..end]),
        }
    }
}

/// A cell by its text, and packed if it is short.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    pub(super) text: &'t [u8],
    packed: Option<PackedCell>,
}

impl<'t> Cell<'t> {
    /// A cell with a text of its own.
    pub(super) fn new(text: &'t [u8]) -> Self {
        Self { text, packed: PackedCell::new(text) }
    }

    /// A cell within a longer text.
    #[inline]
    pub(super) fn within(text: &'t [u8], start: usize, end: usize) -> Self {
        Self { text: &text[start..end], packed: PackedCell::within(text, start, end) }
    }
}

/// Decoded cells by short cells.
#[derive(Clone, Debug)]
pub(super) struct ShortCells {
    multiplier: u64,
    cells: [PackedCell; PLACES],
    decoded: [DecodedCell; PLACES],
}

impl ShortCells {
    pub(super) fn new() -> Self {
        Self { multiplier: 1, cells: [EMPTY; PLACES], decoded: [DecodedCell::SKIPPED; PLACES] }
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
        let old = self.cells.iter().zip(&self.decoded).filter(|(cell, _)| **cell != EMPTY);
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
        self.cells.iter().filter(|cell| **cell != EMPTY).count()
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
        fn packed_cells_are_equal_only_if_the_cells_are(a in "[ab\\x00]{0,17}", b in "[ab\\x00]{0,17}") {
            let (one, other) = (PackedCell::new(a.as_bytes()), PackedCell::new(b.as_bytes()));
            prop_assert_eq!(one.is_none(), a.len() > 15);
            prop_assert!(one.is_none() || (one == other) == (a == b));
        }

        #[test]
        fn a_cell_is_the_same_wherever_it_stands(before in "[ab]{0,3}", cell in "[ab\u{1}ÿ]{0,17}", behind in "[ab]{0,20}") {
            let text = [before.as_str(), &cell, &behind].concat();
            let within = Cell::within(text.as_bytes(), before.len(), before.len() + cell.len());
            prop_assert_eq!(within.text, cell.as_bytes());
            prop_assert_eq!(within.packed, Cell::new(cell.as_bytes()).packed);
        }

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
