//! What one cell says: all that a row needs of it.

use std::num::NonZero;

/// A decoded cell: its code, and its share of the row's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DecodedCell {
    pub(super) code: CellCode,
    pub(super) share: u64,
}

impl DecodedCell {
    /// The question is skipped, which adds to no sum.
    pub(super) const SKIPPED: Self = Self { code: CellCode::SKIPPED, share: 0 };
}

/// Open, skipped, or the position of an answer in its column's list, in four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellCode(NonZero<u32>);

impl CellCode {
    /// Neither answered nor skipped.
    pub(super) const OPEN: Self = Self(NonZero::<u32>::MAX);

    /// The question is skipped.
    pub(super) const SKIPPED: Self = Self(NonZero::<u32>::MIN);

    /// Creates the code of an answer from its position in the list of its column.
    pub(super) fn at(position: usize) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a block has far fewer rows, and an outcome is one of 5,040"
        )]
        let position = position as u32;
        debug_assert!(position < u32::MAX - 2, "bug: a list of answers grows without end");
        Self(NonZero::<u32>::MIN.saturating_add(position + 1))
    }

    /// Returns the position of the answer, `None` where there is none.
    pub(super) fn answer(self) -> Option<u32> {
        if self == Self::OPEN { None } else { (self.0.get() - 1).checked_sub(1) }
    }
}
