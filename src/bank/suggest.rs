//! "Did you mean": the known word nearest to a mistyped one.

use std::collections::BTreeSet;

use crate::bank::answer::{Allowed, Value};
use crate::bank::text::quoted;

/// Returns the thing whose word is nearest to `given`, if it is near enough to be what was meant: at most a third of the
/// letters differ, a swap of neighbours counting as one.
pub(crate) fn nearest_by<'k, T>(
    given: &str,
    known: impl IntoIterator<Item = T>,
    word: impl Fn(&T) -> &'k str,
) -> Option<T> {
    let given: String = given.chars().take(80).flat_map(char::to_lowercase).collect();
    let most = (given.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|known| (strsim::osa_distance(&given, &word(&known).to_lowercase()), known))
        .filter(|(distance, known)| *distance <= most && *distance < word(known).chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, known)| known)
}

/// A word that is not known where it stands, with what may have been meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word as given.
    pub word: String,
    /// The known one that was probably meant.
    pub nearest: Option<String>,
    /// All that are known.
    pub known: Allowed,
}

impl UnknownWord {
    /// Compares a word with all that are known.
    pub fn new<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Self {
        let nearest = nearest_by(word, known.clone(), |word| word).map(str::to_owned);
        Self { word: word.to_owned(), nearest, known: Allowed::words(known) }
    }

    /// Creates a word that may mean each of several known ones.
    pub(crate) fn among<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Self {
        Self { word: word.to_owned(), nearest: None, known: Allowed::words(known) }
    }

    /// Returns the word as it is quoted in a message.
    pub fn quoted(&self) -> String {
        quoted(&self.word)
    }

    /// Returns what to do: to write the nearest known word, else one of all of them.
    pub fn advice(&self) -> String {
        match &self.nearest {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("known here: {}", self.known),
        }
    }
}

impl Allowed {
    /// Creates it from words, each as it is.
    pub fn words<'k>(words: impl IntoIterator<Item = &'k str> + Clone) -> Self {
        let values = words.clone().into_iter().map(|word| Value::Text(word.to_owned()));
        Self::new(list(words), values)
    }
}

/// Returns words in backquotes, each once, joined by commas; a long list is cut with the number of what is left out.
pub(super) fn list<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    const MOST: usize = 30;
    let mut seen = BTreeSet::new();
    let mut words = words.into_iter().filter(|word| seen.insert(*word));
    let shown: Vec<String> = words.by_ref().take(MOST).map(|word| format!("`{word}`")).collect();
    let joined = if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") };
    match words.count() {
        0 => joined,
        rest => format!("{joined} and {rest} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
        nearest_by(given, known.iter().copied(), |word| word)
    }

    #[test]
    fn a_third_of_the_letters_may_differ_and_neighbours_may_be_swapped() {
        let known = ["pipelines", "queries", "ab"];
        for (given, meant) in [
            ("pipelnes", Some("pipelines")),
            ("PIPELINES", Some("pipelines")),
            ("qeuries", Some("queries")),
            ("quer", None),
            ("pipe", None),
            ("ba", Some("ab")),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, &known), meant, "{given}");
        }
        assert_eq!(nearest("b", &["a"]), None);
        assert_eq!(nearest("steps", &["stop", "step", "steep"]), Some("step"));
    }

    #[test]
    fn a_word_that_is_like_none_is_told_all_of_them() {
        assert_eq!(UnknownWord::new("stpe", ["step", "some"]).advice(), "did you mean `step`?");
        assert_eq!(UnknownWord::new("order", ["step", "some", "step"]).advice(), "known here: `step`, `some`");
        assert_eq!(UnknownWord::new("order", []).advice(), "known here: nothing");
    }

    #[test]
    fn a_long_list_is_cut() {
        let words: Vec<String> = (1..=33).map(|number| format!("w{number}")).collect();
        let list = list(words.iter().chain(&words).map(String::as_str));
        assert!(list.starts_with("`w1`, `w2`") && list.ends_with("`w30` and 3 more"), "{list}");
    }
}
