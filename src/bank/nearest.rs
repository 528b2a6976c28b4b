//! "Did you mean": the known word nearest to a mistyped one.

use std::collections::BTreeSet;

/// The known word nearest to `given`, if it is near enough to be what was meant: at most a third of the letters differ,
/// a swap of neighbours counting as one.
#[must_use]
pub(super) fn nearest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let given: String = given.chars().take(80).flat_map(char::to_lowercase).collect();
    let most = (given.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&given, &word.to_lowercase()), word))
        .filter(|&(distance, word)| distance <= most && distance < word.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}

/// Advice for an unknown word: the nearest known one, else all of them.
#[must_use]
pub fn suggest<'k>(given: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> String {
    match nearest(given, known.clone()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("known here: {}", list(known)),
    }
}

/// Words in backquotes, each once, joined by commas; a long list is cut with the number of what is left out.
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
