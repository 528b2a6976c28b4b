//! The random numbers of everything that is simulated: always the same, on every machine.

/// By how much the state of the generator moves from number to number.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// `SplitMix64` (Steele, Lea, Flood 2014): whole-number arithmetic only, so every machine draws the same sheets.
pub(in crate::scoring) struct Generator(u64);

impl Generator {
    /// Returns the generator at its one beginning.
    pub(in crate::scoring) fn fixed() -> Self {
        Self(0x7061_7468_7175_697A)
    }

    /// Returns the generator after some more numbers.
    pub(super) fn skip(self, numbers: usize) -> Self {
        Self(self.0.wrapping_add(STEP.wrapping_mul(numbers as u64)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(in crate::scoring) fn below(&mut self, bound: usize) -> usize {
        below(self.next() >> 32, bound)
    }
}

/// Turns a random number of 32 bits into one below a bound. The bias of the multiplication is the bound over 2³²; for the
/// few thousand outcomes that a question can have it is far below what sampling itself leaves open.
pub(super) fn below(random: u64, bound: usize) -> usize {
    usize::try_from((random * bound as u64) >> 32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the reference implementation, seeded with 1234567.
    #[test]
    fn numbers_are_those_of_the_reference() {
        let mut generator = Generator(1_234_567);
        let numbers = [generator.next(), generator.next(), generator.next()];
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
        assert_eq!(Generator(1_234_567).skip(2).next(), numbers[2]);
    }

    #[test]
    fn numbers_stay_below_their_bound() {
        assert_eq!((below(0, 6), below(u64::from(u32::MAX), 6), below(1 << 31, 6)), (0, 5, 3));
        let mut generator = Generator::fixed();
        assert!((0..1_000).all(|_| generator.below(3) < 3));
    }
}
