//! Columns that hold a part of an answer, and what a cell of one says.

use super::fold::{bare, fold};
use super::words::{BETWEEN, ORDINALS, TICKED, UNTICKED};

/// The part of an answer that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    /// All of it, beside other columns of the same question.
    Whole,
    /// One choice, by its position: ticked or not, or its place in a ranking.
    Choice(usize),
    /// One place of a ranking, from 0.
    Place(usize),
}

/// A mark in the column of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tick {
    Ticked,
    Unticked,
}

impl Tick {
    /// Reads a mark, `None` if it is none.
    pub(super) fn new(cell: &str) -> Option<Self> {
        let folded = fold(cell);
        let word = bare(&folded);
        // Spreadsheet programs write whole numbers with decimals.
        let whole = word.trim_end_matches('0').strip_suffix(['.', ',']).filter(|whole| !whole.is_empty());
        let word = whole.unwrap_or(word);
        let is_in = |words: &[&str]| words.contains(&word);
        if is_in(&TICKED) { Some(Self::Ticked) } else { is_in(&UNTICKED).then_some(Self::Unticked) }
    }
}

impl Slot {
    /// Reads a place of a ranking, counted from 0: `1`, `1.0`, `1st`, `first`, `rank 1`.
    pub(super) fn place(text: &str) -> Option<usize> {
        let folded = fold(text);
        let between = |character: char| matches!(character, ' ' | '_' | '-' | '#' | '.' | ':' | '(' | ')' | '[' | ']');
        let mut words = folded.split(between).filter(|word| !word.is_empty() && !BETWEEN.contains(word));
        let (word, decimals) = (words.next()?, words.next().unwrap_or_default());
        if words.next().is_some() || decimals.bytes().any(|byte| byte != b'0') {
            return None;
        }
        let word = word.strip_suffix(",0").unwrap_or(word);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let by_number = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        by_number.or_else(|| ORDINALS.iter().position(|ordinal| *ordinal == word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_read_in_every_spelling() {
        for cell in ["1", "1.0", "Yes", "TRUE", "x", "Checked", "1,00"] {
            assert_eq!(Tick::new(cell), Some(Tick::Ticked), "{cell}");
        }
        for cell in ["0", "0.0", "No", "false", "UNCHECKED"] {
            assert_eq!(Tick::new(cell), Some(Tick::Unticked), "{cell}");
        }
        for cell in ["", "2", "10", "maybe", "100"] {
            assert_eq!(Tick::new(cell), None, "{cell}");
        }
    }

    #[test]
    fn places_are_read_in_every_spelling() {
        for text in ["1", "1.0", "1st", "First", "Rank 1", "#1", "1st choice", "rank_1"] {
            assert_eq!(Slot::place(text), Some(0), "{text}");
        }
        for text in ["", "0", "1.5", "first second", "a"] {
            assert_eq!(Slot::place(text), None, "{text}");
        }
    }
}
