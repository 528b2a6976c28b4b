//! The digits of numbers in the lines that go out.

/// The number of significant digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// At most six.
    Six,
    /// All, so that a number can be read back as it is.
    #[default]
    All,
}

impl Digits {
    /// Returns a number from 0 to a million that has no more digits than wanted, or its opposite.
    pub(super) fn round(self, number: f64) -> f64 {
        match self {
            Self::All => number,
            Self::Six => round_to_six(number),
        }
    }
}

fn round_to_six(number: f64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    // Up to 10^22 a power of ten is exact, and so is a quotient of two whole numbers but for its last bit: what comes out is
    // the number that is written with six digits.
    let mut scale = 1.0;
    while (number * scale).abs() < 1e5 && scale < 1e22 {
        scale *= 10.0;
    }
    if scale < 1e22 { (number * scale).round() / scale } else { format!("{number:.5e}").parse().unwrap_or(number) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_rounded_number_is_near_and_has_six_digits(number in prop_oneof![0.0..100.0, 0.0..1e-3, -1.0..1.0, 0.0..1e-30]) {
            let rounded = Digits::Six.round(number);
            prop_assert!((rounded - number).abs() <= number.abs() * 5.1e-6);
            let digits = format!("{rounded:e}").split('e').next().unwrap_or_default().replace(['.', '-'], "");
            prop_assert!(digits.len() <= 6, "{rounded:e}");
            prop_assert_eq!(Digits::All.round(number).to_bits(), number.to_bits());
        }
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest() {
        for (number, rounded) in [
            (30.000_000_000_000_004, 30.0),
            (0.363_636_363_636_363_6, 0.363_636),
            (99.999_999, 100.0),
            (2.323_722_222e-7, 2.32372e-7),
            (0.0, 0.0),
            (1.234_567_89e-40, 1.23457e-40),
        ] {
            assert_eq!(Digits::Six.round(number).to_string(), rounded.to_string());
        }
    }
}
