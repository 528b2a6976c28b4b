//! Short pieces of text found at the beginning of a longer one, by one comparison of sixteen bytes.

/// A piece of at most sixteen bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern {
    bytes: u128,
    mask: u128,
    pub(super) length: usize,
}

/// How many bytes a pattern looks at.
const SIZE: usize = 16;

/// The next bytes of a text; nothing near its end.
#[inline]
pub(super) fn window(text: &[u8]) -> Option<u128> {
    text.first_chunk::<SIZE>().map(|bytes| u128::from_le_bytes(*bytes))
}

impl Pattern {
    /// Nothing for an empty piece or a longer one.
    pub(super) fn new(piece: &[u8]) -> Option<Self> {
        let length = piece.len();
        let bits = u32::try_from(8 * (SIZE.checked_sub(length)?)).ok()?;
        let mask = u128::MAX.checked_shr(bits)?;
        let mut bytes = [0; SIZE];
        bytes.iter_mut().zip(piece).for_each(|(place, byte)| *place = *byte);
        Some(Self { bytes: u128::from_le_bytes(bytes), mask, length })
    }

    /// Whether a text begins with the piece, by its next bytes.
    #[inline]
    pub(super) fn begins(&self, window: u128) -> bool {
        (window ^ self.bytes) & self.mask == 0
    }
}
