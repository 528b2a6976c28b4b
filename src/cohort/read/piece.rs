//! Short pieces of text and what they mean, found by one look each.

use std::array;

use wide::u8x16;

/// Most pieces of one set.
const MOST: usize = 64;

/// How often another factor is tried before a table is made larger, and the bits of the largest one's places.
const TRIES: u64 = 64;
const MOST_BITS: u32 = 10;

/// Bytes that are looked at together.
const CHUNK: usize = 16;

/// What stands between the cells of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Separator(pub(super) u8);

impl Separator {
    /// Which bytes of a window end a cell or the line, a bit for each.
    #[inline]
    pub(super) fn ends<const CHUNKS: usize>(self, window: Window<CHUNKS>) -> u32 {
        let [one, two] = [self.0, b'\n'].map(u8x16::splat);
        let ends = |chunk: &[u8; CHUNK]| {
            let bytes = u8x16::new(*chunk);
            (bytes.simd_eq(one) | bytes.simd_eq(two)).to_bitmask()
        };
        window.0.iter().rev().fold(0, |mask, chunk| mask << CHUNK | ends(chunk))
    }

    /// Where the cell ends that begins here, or the line; nothing in the last few bytes of a text.
    #[inline]
    pub(super) fn end(self, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let ends = self.ends(Window::<1>::at(text, at)?);
            if ends != 0 {
                return Some(at + ends.trailing_zeros() as usize);
            }
            at += CHUNK;
        }
    }
}

/// The next bytes of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window<'r, const CHUNKS: usize>(&'r [[u8; CHUNK]; CHUNKS]);

impl<'r, const CHUNKS: usize> Window<'r, CHUNKS> {
    /// The bytes from here on; nothing where there are too few.
    #[inline]
    pub(super) fn at(text: &'r [u8], from: usize) -> Option<Self> {
        text.get(from..)?.as_chunks().0.first_chunk().map(Self)
    }
}

/// A piece of text that is shorter than so many chunks. The last byte is its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<const CHUNKS: usize>([u128; CHUNKS]);

impl<const CHUNKS: usize> Piece<CHUNKS> {
    /// What is kept of the chunks of a piece of each length.
    const MASKS: [[u128; CHUNKS]; 2 * CHUNK] = {
        let mut masks = [[0; CHUNKS]; 2 * CHUNK];
        let mut length = 0;
        while length < CHUNKS * CHUNK && length < 2 * CHUNK {
            let mut byte = 0;
            while byte < length {
                masks[length][byte / CHUNK] |= 0xFF << (8 * (byte % CHUNK));
                byte += 1;
            }
            length += 1;
        }
        masks
    };

    /// The beginning of a window, up to a byte that ends it; nothing where none does.
    #[inline]
    pub(super) fn new(window: Window<CHUNKS>, ends: u32) -> Option<(Self, usize)> {
        let length = ends.trailing_zeros();
        let masks = Self::MASKS.get(length as usize)?;
        let chunks = array::from_fn(|chunk| u128::from_le_bytes(window.0[chunk]) & masks[chunk]);
        Some((Self::ending(chunks, length), length as usize))
    }

    /// A whole text; nothing where it is too long.
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let length = u32::try_from(text.len()).ok().filter(|_| text.len() < CHUNKS * CHUNK)?;
        let mut bytes = [[0; CHUNK]; CHUNKS];
        bytes.as_flattened_mut().get_mut(..text.len())?.copy_from_slice(text);
        Some(Self::ending(bytes.map(u128::from_le_bytes), length))
    }

    #[inline]
    fn ending(mut chunks: [u128; CHUNKS], length: u32) -> Self {
        if let Some(last) = chunks.last_mut() {
            *last |= u128::from(length) << 120;
        }
        Self(chunks)
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "both halves of a chunk are mixed in")]
    fn place(&self, factor: u64, shift: u32) -> usize {
        let mix = |mixed: u64, half: u64| mixed.rotate_left(17) ^ half;
        let mixed = self.0.iter().fold(0, |mixed, &chunk| mix(mix(mixed, chunk as u64), (chunk >> 64) as u64));
        (mixed.wrapping_mul(factor) >> shift) as usize
    }
}

/// Pieces with what they mean, each in a place of its own: a factor is looked for that sends no two to the same one.
#[derive(Clone, Debug)]
pub(super) struct Pieces<const CHUNKS: usize, T> {
    slots: Vec<Slot<CHUNKS, T>>,
    factor: u64,
    shift: u32,
    count: usize,
}

/// One place, aligned so that it lies in as few lines of a processor's cache as it can.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot<const CHUNKS: usize, T> {
    piece: Piece<CHUNKS>,
    meaning: T,
}

impl<const CHUNKS: usize, T: Default> Slot<CHUNKS, T> {
    /// A place for a piece. What stands there now is none: its last byte is no length.
    fn empty() -> Self {
        Self { piece: Piece([u128::MAX; CHUNKS]), meaning: T::default() }
    }

    fn is_empty(&self) -> bool {
        self.piece == Piece([u128::MAX; CHUNKS])
    }
}

impl<const CHUNKS: usize, T> Default for Pieces<CHUNKS, T> {
    fn default() -> Self {
        Self { slots: Vec::new(), factor: 1, shift: 63, count: 0 }
    }
}

impl<const CHUNKS: usize, T: Copy + Default> Pieces<CHUNKS, T> {
    /// What a piece means, if it is among them.
    #[inline]
    pub(super) fn find(&self, piece: &Piece<CHUNKS>) -> Option<&T> {
        let slot = self.slots.get(piece.place(self.factor, self.shift))?;
        (slot.piece == *piece).then_some(&slot.meaning)
    }

    /// Adds a piece that is not among them, as long as there is room.
    pub(super) fn add(&mut self, piece: Piece<CHUNKS>, meaning: T) {
        if self.count >= MOST {
            return;
        }
        let mut all: Vec<Slot<CHUNKS, T>> = self.slots.iter().filter(|slot| !slot.is_empty()).copied().collect();
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
    fn of(all: &[Slot<CHUNKS, T>], bits: u32, number: u64) -> Option<Self> {
        let (factor, shift) = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, 64 - bits);
        let mut slots = vec![Slot::empty(); 1 << bits];
        for slot in all {
            *slots.get_mut(slot.piece.place(factor, shift)).filter(|slot| slot.is_empty())? = *slot;
        }
        Some(Self { slots, factor, shift, count: all.len() })
    }
}
