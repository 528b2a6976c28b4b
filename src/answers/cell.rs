//! A cell of a table by its text, and as a number if it is short.

/// Longest cell to pack, in bytes: the last of sixteen says how long it is.
const LONGEST_PACKED: usize = 15;

/// Masks that leave of sixteen bytes a cell of each length.
const MASKS: [u128; LONGEST_PACKED + 1] = {
    let mut masks = [0; LONGEST_PACKED + 1];
    let mut length = 1;
    while length <= LONGEST_PACKED {
        masks[length] = masks[length - 1] << 8 | 0xFF;
        length += 1;
    }
    masks
};

/// A cell as a number: its bytes, and in the highest one its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PackedCell(pub(super) u128);

impl PackedCell {
    /// No cell: none is as long as its last byte says.
    pub(super) const NONE: Self = Self(u128::MAX);

    /// Packs a cell, `None` if it is too long.
    #[inline]
    pub(super) fn new(cell: &[u8]) -> Option<Self> {
        let mut bytes = [0; 16];
        bytes[..LONGEST_PACKED].get_mut(..cell.len())?.copy_from_slice(cell);
        Some(Self(u128::from_le_bytes(bytes) | (cell.len() as u128) << 120))
    }

    /// Packs a cell that may stand within a longer text, at once if enough of the text is behind it.
    #[inline]
    fn within(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let length = end - start;
        match (text[start..].first_chunk(), MASKS.get(length)) {
            (Some(bytes), Some(mask)) => Some(Self(u128::from_le_bytes(*bytes) & mask | (length as u128) << 120)),
            _ => Self::new(&text[start..end]),
        }
    }
}

/// A cell by its text, and packed if it is short.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    pub(super) text: &'t [u8],
    pub(super) packed: Option<PackedCell>,
}

impl<'t> Cell<'t> {
    /// Creates a cell with a text of its own.
    #[inline]
    pub(super) fn new(text: &'t [u8]) -> Self {
        Self { text, packed: PackedCell::new(text) }
    }

    /// Creates a cell within a longer text.
    #[inline]
    pub(super) fn within(text: &'t [u8], start: usize, end: usize) -> Self {
        Self { text: &text[start..end], packed: PackedCell::within(text, start, end) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
    }
}
