//! A small map from short pieces of text, made for looking the same few up again and again.

use std::collections::BTreeMap;

/// Most pieces to remember: what collisions can cost is bounded with them.
const MOST: usize = 4_096;

/// Longest piece that is compared as two numbers.
const SHORT: usize = 16;

/// Longest piece to remember.
const LONGEST: usize = 512;

/// Pieces of text with what they mean.
#[derive(Clone, Debug)]
pub(super) struct Words<T> {
    /// A power of two of slots, at most half of them taken; a piece stands in the first free one from its own on.
    slots: Vec<Option<(Word, T)>>,
    short: usize,
    long: BTreeMap<Box<[u8]>, T>,
}

/// A piece of at most sixteen bytes. Its beginning and its end overlap where it is shorter, so its length belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    start: u64,
    end: u64,
    length: usize,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), short: 0, long: BTreeMap::new() }
    }
}

impl<T: Copy> Words<T> {
    /// What a piece means, if it is remembered.
    #[inline]
    pub(super) fn get(&self, piece: &[u8]) -> Option<T> {
        let Some(word) = Word::new(piece) else { return self.long.get(piece).copied() };
        let mask = self.slots.len().checked_sub(1)?;
        let mut place = word.hash() & mask;
        while let Some((other, meaning)) = self.slots.get(place)? {
            if *other == word {
                return Some(*meaning);
            }
            place = (place + 1) & mask;
        }
        None
    }

    /// Remembers a piece that is not remembered yet, as long as there is room.
    pub(super) fn insert(&mut self, piece: &[u8], meaning: T) {
        if self.short + self.long.len() >= MOST || piece.len() > LONGEST {
            return;
        }
        let Some(word) = Word::new(piece) else {
            self.long.insert(piece.into(), meaning);
            return;
        };
        self.short += 1;
        if self.short * 2 > self.slots.len() {
            let larger = vec![None; (self.short * 4).next_power_of_two()];
            let all = std::mem::replace(&mut self.slots, larger);
            all.into_iter().flatten().for_each(|(word, meaning)| self.put(word, meaning));
        }
        self.put(word, meaning);
    }

    fn put(&mut self, word: Word, meaning: T) {
        let places = self.slots.len();
        let mut around = (0..places).map(|step| (word.hash() + step) % places);
        if let Some(place) = around.find(|&place| self.slots.get(place).is_some_and(Option::is_none)) {
            self.slots[place] = Some((word, meaning));
        }
    }
}

impl Word {
    #[inline]
    fn new(piece: &[u8]) -> Option<Self> {
        let length = piece.len();
        let (start, end) = match (piece.first_chunk::<8>(), piece.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (piece.first_chunk::<4>(), piece.last_chunk::<4>()) {
                (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
                _ => (piece.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)), 0),
            },
        };
        (length <= SHORT).then_some(Self { start, end, length })
    }

    #[inline]
    fn hash(self) -> usize {
        let mixed = (self.start ^ self.end.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        usize::try_from(mixed >> 40).unwrap_or_default() + self.length
    }
}
