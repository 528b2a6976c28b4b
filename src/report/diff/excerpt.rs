//! Two long texts cut to the part in which they differ.

/// Longest text that is shown whole, in characters.
const LONGEST: usize = 60;

/// Characters before the first difference that are kept.
const CONTEXT: usize = 20;

/// Both texts, cut where they are long: what they begin with alike goes first, but for a few words, then the end.
pub(super) fn excerpts(old: &str, new: &str) -> (String, String) {
    let long = |text: &str| text.chars().count() > LONGEST;
    let alike = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let start = if long(old) || long(new) { word(old, alike.saturating_sub(CONTEXT)) } else { 0 };
    (cut(old, start), cut(new, start))
}

/// Where the word begins in which this character stands, both counted in characters. A very long word is cut anywhere.
fn word(text: &str, place: usize) -> usize {
    let spaces = text.chars().take(place).enumerate().filter(|(_, character)| *character == ' ');
    let after = spaces.last().map_or(0, |(space, _)| space + 1);
    if place - after > CONTEXT { place } else { after }
}

fn cut(text: &str, start: usize) -> String {
    let mut rest = text.chars().skip(start);
    let shown: String = rest.by_ref().take(LONGEST).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{shown}{after}")
}
