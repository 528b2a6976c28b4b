//! Short pieces of text and what they mean, found by one look each.

use std::array;

/// Most pieces of one set.
const MOST: usize = 64;

/// How often another factor is tried before a table is made larger, and the bits of the largest one's places.
const TRIES: u64 = 64;
const MOST_BITS: u32 = 10;

/// A piece of text of at most so many words of eight bytes, and nothing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<const WORDS: usize> {
    words: [u64; WORDS],
    length: u8,
}

impl<const WORDS: usize> Piece<WORDS> {
    /// What is kept of the words of a piece of each length.
    const MASKS: [[u64; WORDS]; 33] = {
        let mut masks = [[0; WORDS]; 33];
        let mut length = 0;
        while length <= 8 * WORDS {
            let mut byte = 0;
            while byte < length {
                masks[length][byte / 8] |= 0xFF << (8 * (byte % 8));
                byte += 1;
            }
            length += 1;
        }
        masks
    };

    /// A part of a text; nothing where it is too long or stands so near the end of the text that it would have to be read
    /// byte by byte.
    #[inline]
    pub(super) fn new(text: &[u8], from: usize, to: usize) -> Option<Self> {
        let length = to.wrapping_sub(from);
        if length > 8 * WORDS {
            return None;
        }
        let (words, _) = text.get(from..)?.as_chunks();
        let (words, masks) = (words.first_chunk::<WORDS>()?, Self::MASKS.get(length)?);
        let words = array::from_fn(|word| u64::from_le_bytes(words[word]) & masks[word]);
        Some(Self { words, length: u8::try_from(length).ok()? })
    }

    #[inline]
    fn place(&self, factor: u64, shift: u32) -> usize {
        let mixed = self.words.iter().fold(0, |mixed: u64, word| mixed.rotate_left(17) ^ word);
        usize::try_from(mixed.wrapping_mul(factor) >> shift).unwrap_or_default()
    }
}

/// Pieces with what they mean, each in a place of its own: a factor is looked for that sends no two to the same one.
#[derive(Clone, Debug)]
pub(super) struct Pieces<const WORDS: usize, T> {
    slots: Vec<Slot<WORDS, T>>,
    factor: u64,
    shift: u32,
    count: usize,
}

/// One place, which shares no line of a processor's cache with another one.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Slot<const WORDS: usize, T> {
    piece: Piece<WORDS>,
    meaning: T,
}

impl<const WORDS: usize, T: Default> Slot<WORDS, T> {
    /// A place for a piece; no piece is as long as the one that stands there now.
    fn empty() -> Self {
        Self { piece: Piece { words: [0; WORDS], length: u8::MAX }, meaning: T::default() }
    }

    fn is_empty(&self) -> bool {
        self.piece.length == u8::MAX
    }
}

impl<const WORDS: usize, T> Default for Pieces<WORDS, T> {
    fn default() -> Self {
        Self { slots: Vec::new(), factor: 1, shift: 63, count: 0 }
    }
}

impl<const WORDS: usize, T: Copy + Default> Pieces<WORDS, T> {
    /// What a piece means, if it is among them.
    #[inline]
    pub(super) fn find(&self, piece: &Piece<WORDS>) -> Option<&T> {
        let slot = self.slots.get(piece.place(self.factor, self.shift))?;
        (slot.piece == *piece).then_some(&slot.meaning)
    }

    /// Adds a piece that is not among them, as long as there is room.
    pub(super) fn add(&mut self, piece: Piece<WORDS>, meaning: T) {
        if self.count >= MOST {
            return;
        }
        let mut all: Vec<Slot<WORDS, T>> = self.slots.iter().filter(|slot| !slot.is_empty()).copied().collect();
        all.push(Slot { piece, meaning });
        let fewest = all.len().next_power_of_two().trailing_zeros() + 1;
        let tables = (fewest..=MOST_BITS).flat_map(|bits| (1..=TRIES).map(move |number| (bits, number)));
        match tables.map(|(bits, number)| Self::of(&all, bits, number)).find_map(|table| table) {
            Some(table) => *self = table,
            // Some pieces fall together under every factor, and looking for one takes long.
            None => self.count = MOST,
        }
    }

    /// The pieces in a table with places of so many bits; nothing where two fall into one place.
    fn of(all: &[Slot<WORDS, T>], bits: u32, number: u64) -> Option<Self> {
        let (factor, shift) = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, 64 - bits);
        let mut slots = vec![Slot::empty(); 1 << bits];
        for slot in all {
            *slots.get_mut(slot.piece.place(factor, shift)).filter(|slot| slot.is_empty())? = *slot;
        }
        Some(Self { slots, factor, shift, count: all.len() })
    }
}
