//! Folds of a text, the least first: what programs and people change when they copy it.

use unicode_normalization::UnicodeNormalization as _;

use super::words::{DIGIT_ZEROS, REQUIRED};

/// Times that a program may have escaped a text for HTML.
const MOST_ESCAPES: usize = 2;

/// Returns a text in one spelling of Unicode, of letters in either case, and of quotes, dashes, digits and spaces, without
/// HTML entities and invisible characters. Line breaks become spaces.
pub(in crate::answers) fn fold(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_ESCAPES {
        if !text.contains('&') {
            break;
        }
        text = html_escape::decode_html_entities(&text).into_owned();
    }
    let letters = text.chars().filter(|character| !is_invisible(*character)).map(plain).nfkc();
    // By way of the capital, so that ß is ss and each sigma the same.
    let cased = letters.map(plain).flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let folded: String = cased.nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a folded text with its line breaks, blank lines aside.
pub(super) fn fold_lines(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(fold).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns a folded text without quotes around it, marks of a required question, and closing punctuation.
pub(super) fn bare(folded: &str) -> &str {
    let mut rest = folded;
    loop {
        let mut next = rest.trim_matches([' ', '*']).trim_end_matches(['.', ':', ';', ',', '?', '!', '。', '؟']);
        next = REQUIRED.iter().find_map(|mark| next.strip_suffix(mark)).unwrap_or(next);
        for quote in ['"', '\''] {
            next = next.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote)).unwrap_or(next);
        }
        if next == rest || next.is_empty() {
            return rest;
        }
        rest = next;
    }
}

/// Returns a folded text without the number in front of it: `1.`, `1)`, `(1)`, `1:`, `Q1`, `Question 1 -`. `None` if there is
/// none, or no text behind it.
pub(super) fn unnumbered(folded: &str) -> Option<&str> {
    let (rest, closing): (_, &[char]) = match folded.strip_prefix('(') {
        Some(rest) => (rest, &[')']),
        None => (folded, &['.', ')', ':']),
    };
    let lettered = ["question ", "question", "q"].iter().find_map(|word| rest.strip_prefix(word));
    let number = lettered.unwrap_or(rest);
    let digits = number.find(|character: char| !character.is_ascii_digit()).filter(|&digits| digits > 0)?;
    let mut behind = &number[digits..];
    // Q1.2 and 1.2.
    while let Some(more) = behind.strip_prefix('.').filter(|more| more.starts_with(|next: char| next.is_ascii_digit()))
    {
        behind = more.trim_start_matches(|next: char| next.is_ascii_digit());
    }
    let separators: &[char] = if lettered.is_some() { &['.', ')', ':', '-', '_', ' ', ']'] } else { closing };
    let text = behind.strip_prefix(separators)?;
    if text.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    let text = text.trim_start_matches(['.', ')', ':', '-', ' ']);
    (!text.is_empty()).then_some(text)
}

/// Returns the words of a folded text, as headers keep them whatever stands between them.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|character: char| !character.is_alphanumeric() && !matches!(character, '+' | '#'))
        .filter(|word| !word.is_empty())
}

/// Returns a character in the one spelling of its kind.
fn plain(character: char) -> char {
    match character {
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2B9}'..='\u{2BD}' | '`' | '\u{B4}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{AB}' | '\u{BB}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' => '-',
        '\u{66B}' => '.',
        other => digit(other).unwrap_or(other),
    }
}

/// Returns the ASCII digit that a digit of another script is, `None` for anything else.
fn digit(character: char) -> Option<char> {
    let value = |zero: &char| u32::from(character).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    DIGIT_ZEROS.iter().find_map(value).and_then(|value| char::from_digit(value, 10))
}

fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn typography_case_and_entities_are_folded() {
        for (text, folded) in [
            ("  In the\u{a0}Workshop\n", "in the workshop"),
            ("Friend’s „Tools“ – ja", "friend's \"tools\" - ja"),
            ("R&amp;amp;D &lt;5 &#39;a&rsquo;", "r&d <5 'a'"),
            ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
            ("cafe\u{301}", "café"),
            ("STRASSE ΟΔΟΣ", "strasse οδοσ"),
            ("Straße οδος", "strasse οδοσ"),
            ("٥", "5"),
            ("so\u{ad}ft\u{200b}", "soft"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
        assert_eq!(fold_lines(" A\r\n\n b "), "a\nb");
    }

    #[test]
    fn marks_and_punctuation_around_a_text_go() {
        for (folded, expected) in [
            ("do you like it? *", "do you like it"),
            ("place:(required)", "place"),
            ("\"a\"", "a"),
            ("*", "*"),
            ("c++", "c++"),
        ] {
            assert_eq!(bare(folded), expected);
        }
    }

    #[test]
    fn a_number_goes_only_with_a_mark_of_its_own() {
        for (folded, expected) in [
            ("1. making", Some("making")),
            ("q1: making", Some("making")),
            ("question 12 - making", Some("making")),
            ("(3) making", Some("making")),
            ("2) 3 hours", Some("3 hours")),
            ("1.2. making", Some("making")),
            ("3 hours", None),
            ("1.5 hours", None),
            ("10:30", None),
            ("q1", None),
            ("4.", None),
            ("quality: high", None),
        ] {
            assert_eq!(unnumbered(folded), expected, "{folded}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in "[^&]{0,20}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
