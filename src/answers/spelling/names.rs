//! Names of questions or choices, found whatever their spelling: the exact one first, then each fold in turn.

use rustc_hash::FxHashMap;

use super::fold::{bare, fold, unnumbered, words};

/// Things by their names. Of two that share a name at one fold neither is found by it.
#[derive(Clone, Debug)]
pub(super) struct Names<T> {
    folds: [FxHashMap<String, Vec<T>>; NameFold::ALL.len()],
}

/// The folds of a name, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::answers) enum NameFold {
    /// The id as it is written.
    Id,
    /// The text as it is written, but for spaces.
    Text,
    /// Case, typography, spaces and entities.
    Typography,
    /// Closing punctuation and marks of a required question.
    Punctuation,
    /// A number in front.
    Number,
    /// In headers alone: whatever stands between words.
    Separators,
}

impl NameFold {
    const ALL: [Self; 6] = [Self::Id, Self::Text, Self::Typography, Self::Punctuation, Self::Number, Self::Separators];

    /// Returns a name at this fold.
    fn of(self, name: &str) -> String {
        match self {
            Self::Id => name.to_owned(),
            Self::Text => name.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Typography => fold(name),
            Self::Punctuation => bare(&fold(name)).to_owned(),
            Self::Number => {
                let folded = fold(name);
                bare(unnumbered(&folded).unwrap_or(&folded)).to_owned()
            }
            Self::Separators => words(&fold(name)).collect::<Vec<_>>().join(" "),
        }
    }
}

/// The meaning of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named<T> {
    Nothing,
    One(T, NameFold),
    /// Several things share it.
    Several(Vec<T>),
}

impl<T: Copy + PartialEq> Names<T> {
    /// Creates it from things with their ids and their other names.
    pub(super) fn new<'n>(things: impl Iterator<Item = (T, String, Vec<&'n str>)>) -> Self {
        let mut names = Self { folds: Default::default() };
        for (thing, id, texts) in things {
            names.add(NameFold::Id, &id, thing);
            for text in &texts {
                names.add(NameFold::Text, text, thing);
            }
            for name in texts.into_iter().chain([id.as_str()]) {
                NameFold::ALL[2..].iter().for_each(|fold| names.add(*fold, name, thing));
            }
        }
        names
    }

    fn add(&mut self, fold: NameFold, name: &str, thing: T) {
        let folded = fold.of(name);
        if folded.is_empty() {
            return;
        }
        let things = self.folds[fold as usize].entry(folded).or_default();
        if !things.contains(&thing) {
            things.push(thing);
        }
    }

    /// Returns what a cell names.
    pub(super) fn in_cell(&self, text: &str) -> Named<T> {
        self.find(text, &NameFold::ALL[..5])
    }

    /// Returns what a header names.
    pub(super) fn in_header(&self, text: &str) -> Named<T> {
        self.find(text, &NameFold::ALL)
    }

    fn find(&self, text: &str, folds: &[NameFold]) -> Named<T> {
        let text = text.trim();
        for &fold in folds {
            match self.folds[fold as usize].get(&fold.of(text)).map(Vec::as_slice) {
                Some([thing]) => return Named::One(*thing, fold),
                Some(things) => return Named::Several(things.to_vec()),
                None => {}
            }
        }
        Named::Nothing
    }

    /// Returns every name at a fold with the things that have it.
    pub(super) fn at(&self, fold: NameFold) -> impl Iterator<Item = (&str, &[T])> {
        self.folds[fold as usize].iter().map(|(name, things)| (name.as_str(), things.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names<usize> {
        let things = [
            ("wood", "Wood, metal"),
            ("w-2", "1. Wood"),
            ("three", "3 hours"),
            ("six", "6 hours"),
            ("c", "C"),
            ("p", "C!"),
        ];
        Names::new(things.into_iter().enumerate().map(|(index, (id, text))| (index, id.to_owned(), vec![text])))
    }

    #[test]
    fn the_exact_name_wins_and_the_least_fold_after_it() {
        use NameFold::{Id, Number, Punctuation, Separators, Text, Typography};
        let names = names();
        for (text, found) in [
            ("wood", Named::One(0, Id)),
            ("1.  Wood", Named::One(1, Text)),
            ("WOOD,\u{a0}metal", Named::One(0, Typography)),
            ("Wood, metal.", Named::One(0, Punctuation)),
            ("2) Wood, metal", Named::One(0, Number)),
            ("hours", Named::Nothing),
            ("C", Named::One(4, Text)),
            ("C?", Named::Several(vec![4, 5])),
        ] {
            assert_eq!(names.in_cell(text), found, "{text}");
        }
        assert_eq!(names.in_header("w_2"), Named::One(1, Separators));
        assert_eq!(names.in_cell("w_2"), Named::Nothing);
    }
}
