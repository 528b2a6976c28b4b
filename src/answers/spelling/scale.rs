//! A step of a scale as people and form tools write it: its number, its label, or both.

use super::fold::{bare, fold};
use super::words::{OF, UNITS};

/// A step as a cell says it. Numbers are as the cell counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenStep {
    pub(super) number: i64,
    /// The highest number, where the cell says it, as in "4 of 5".
    pub(super) of: Option<i64>,
    /// The label beside the number, folded.
    pub(super) label: Option<String>,
}

/// Punctuation between a number and a label.
const BETWEEN: [char; 11] = [' ', '-', ':', '=', '.', ',', ';', '(', ')', '[', ']'];

impl WrittenStep {
    /// Reads a cell with a whole number at its beginning or end, `None` where there is none.
    pub(super) fn new(cell: &str) -> Option<Self> {
        let folded = fold(cell);
        let text = folded.trim_matches([' ', '\'']);
        Self::leading(text).or_else(|| Self::trailing(text))
    }

    fn leading(text: &str) -> Option<Self> {
        let (number, mut rest) = leading_number(text.trim_start_matches(['(', '[']))?;
        let of = total(rest);
        if let Some((_, behind)) = of {
            rest = behind;
        }
        let rest = rest.trim_start();
        let unit = UNITS.iter().find_map(|unit| rest.strip_prefix(unit));
        let unit = unit.filter(|rest| !rest.starts_with(char::is_alphanumeric));
        Some(Self { number, of: of.map(|(of, _)| of), label: label(unit.unwrap_or(rest)) })
    }

    /// Reads a label with a number behind it.
    fn trailing(text: &str) -> Option<Self> {
        let inner = text.trim_end_matches([')', ']', ' ']);
        let start =
            inner.rfind(|character: char| BETWEEN[5..].contains(&character) || character == ' ' || character == '-');
        let mut at = start?;
        // "very much (4 of 5)": the number that counts is the one in front.
        while let Some(before) = inner[..at].rfind(['(', '[']).filter(|_| inner.len() > at) {
            if leading_number(&inner[before + 1..]).is_none() {
                break;
            }
            at = before;
        }
        let step = Self::leading(inner[at..].trim_start_matches(BETWEEN)).filter(|step| step.label.is_none())?;
        Some(Self { label: label(&inner[..at]), ..step })
    }
}

/// Returns the label that a piece of a cell is, `None` if it is blank.
fn label(text: &str) -> Option<String> {
    let label = bare(text.trim_matches(BETWEEN));
    (!label.is_empty()).then(|| label.to_owned())
}

/// Returns the whole number at the beginning of a text, and what stands behind it. Spreadsheet programs write whole numbers
/// with decimals too, behind a point or a comma.
fn leading_number(text: &str) -> Option<(i64, &str)> {
    let signs = text.len() - text.trim_start_matches(['+', '-']).len();
    let is_digit = |character: char| character.is_ascii_digit();
    let digits = text[signs..].find(|character| !is_digit(character)).unwrap_or(text.len() - signs);
    let mut number = text[..signs + digits].trim_start_matches('+').parse::<i64>().ok()?;
    let mut rest = &text[signs + digits..];
    if let Some(decimals) = rest.strip_prefix(['.', ',']).filter(|decimals| decimals.starts_with(is_digit)) {
        let behind = decimals.trim_start_matches('0');
        if behind.starts_with(is_digit) {
            return exponent(text);
        }
        rest = behind;
    }
    if rest.starts_with('e') && rest[1..].starts_with(|character: char| is_digit(character) || character == '+') {
        (number, rest) = exponent(text)?;
    }
    Some((number, rest))
}

/// Returns a whole number that is written with an exponent alone.
fn exponent(text: &str) -> Option<(i64, &str)> {
    let number: f64 = text.replace(',', ".").parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
    (number.fract() == 0.0 && number.abs() < 1e9).then_some((number as i64, ""))
}

/// Returns the number of steps behind "of" or a slash, and what stands behind it.
fn total(text: &str) -> Option<(i64, &str)> {
    let text = text.trim_start();
    let text = OF.iter().find_map(|of| text.strip_prefix(of))?;
    leading_number(text.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_labels_and_totals_are_read() {
        for (cell, number, of, label) in [
            ("5", 5, None, None),
            (" 5,0 ", 5, None, None),
            ("5.00E+00", 5, None, None),
            ("'4", 4, None, None),
            ("+3", 3, None, None),
            ("5 stars", 5, None, None),
            ("4/5", 4, Some(5), None),
            ("4 out of 5 points", 4, Some(5), None),
            ("5 – very much", 5, None, Some("very much")),
            ("4. much", 4, None, Some("much")),
            ("(5) Very much", 5, None, Some("very much")),
            ("very much (5)", 5, None, Some("very much")),
            ("very much: 5", 5, None, Some("very much")),
            ("very much (5 of 5)", 5, Some(5), Some("very much")),
            ("5 = not at all", 5, None, Some("not at all")),
            ("0", 0, None, None),
        ] {
            let label = label.map(str::to_owned);
            assert_eq!(WrittenStep::new(cell), Some(WrittenStep { number, of, label }), "{cell}");
        }
        for cell in ["very much", "2.5", "", "inf"] {
            assert_eq!(WrittenStep::new(cell), None, "{cell}");
        }
    }
}
