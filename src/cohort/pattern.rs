//! Short pieces of text found at the beginning of a longer one, by one comparison of sixteen bytes.

/// How many bytes a pattern looks at.
pub(super) const SIZE: usize = 16;

/// Most pieces of one set.
const MOST: usize = 64;

/// A piece of at most sixteen bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern {
    bytes: u128,
    mask: u128,
    length: usize,
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
    pub(super) fn begins(&self, window: &[u8; SIZE]) -> bool {
        (u128::from_le_bytes(*window) ^ self.bytes) & self.mask == 0
    }

    fn byte(&self, at: usize) -> Option<u8> {
        (at < self.length).then(|| self.bytes.to_le_bytes()[at])
    }
}

/// A few pieces, none of which another one begins with, and what they mean. One byte of the text, at a place where all
/// pieces differ, tells which of them it can begin with.
#[derive(Clone, Debug)]
pub(super) struct Patterns<T> {
    all: Vec<(Pattern, T)>,
    /// The place of the byte.
    at: usize,
    /// The piece that each byte stands for; other bytes stand for the first one.
    by: Box<[u8; 256]>,
    /// Its length. The next piece cannot be looked at before it is known, so it stands here and not only with the rest.
    lengths: Box<[u8; 256]>,
}

impl<T> Default for Patterns<T> {
    fn default() -> Self {
        Self { all: Vec::new(), at: 0, by: Box::new([0; 256]), lengths: Box::new([0; 256]) }
    }
}

impl<T: Copy> Patterns<T> {
    /// The piece that a text begins with, by its next bytes: what it means and how long it is.
    #[inline]
    pub(super) fn find(&self, window: &[u8; SIZE]) -> Option<(T, usize)> {
        let byte = usize::from(window[self.at % SIZE]);
        let (pattern, meaning) = self.all.get(usize::from(self.by[byte]))?;
        pattern.begins(window).then_some((*meaning, usize::from(self.lengths[byte])))
    }

    /// Adds a piece, unless no one byte would tell it from the others.
    pub(super) fn add(&mut self, piece: &[u8], meaning: T) {
        let Some(pattern) = Pattern::new(piece).filter(|_| self.all.len() < MOST) else { return };
        let of = |at: usize| self.all.iter().map(|(pattern, _)| pattern).chain([&pattern]).map(move |p| p.byte(at));
        let tells = |at: &usize| {
            let mut seen = [false; 256];
            of(*at).all(|byte| byte.is_some_and(|byte| !std::mem::replace(&mut seen[usize::from(byte)], true)))
        };
        let Some(at) = (0..SIZE).find(tells) else { return };
        self.at = at;
        self.all.push((pattern, meaning));
        self.by.fill(0);
        for (number, (pattern, _)) in (0..).zip(&self.all) {
            if let Some(byte) = pattern.byte(at) {
                self.by[usize::from(byte)] = number;
                self.lengths[usize::from(byte)] = u8::try_from(pattern.length).unwrap_or_default();
            }
        }
    }
}
