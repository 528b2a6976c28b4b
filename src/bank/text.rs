//! Foreign text made safe to measure and to print. Nothing is parsed: a character either may stand in a terminal or it
//! is shown as something visible, so that no escape sequence of any terminal has to be known.

use std::fmt::{self, Display, Write as _};

use unicode_width::UnicodeWidthChar as _;

/// Zero-width characters that may follow one visible character; family emoji and stacked accents need fewer.
const MOST_MARKS: usize = 7;

/// Returns true if a character could steer a terminal or reorder the text around it.
pub(super) fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Returns true if a character is invisible and dropped; the joiners of emoji and of Persian are kept.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// Returns true if a text is invisible, even though a font may leave room for its fillers, joiners and selectors.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_whitespace()
            || is_invisible(character)
            || matches!(character,
                '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200C}' | '\u{200D}' | '\u{2065}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0080}'..='\u{E0FFF}')
    })
}

/// Returns true if a text has letters, digits and punctuation of ASCII alone, as nearly every text has: then it is clean.
pub(super) fn is_plain(text: &str) -> bool {
    // All bytes are looked at, which a compiler makes faster than stopping early.
    text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}

/// Returns the text with everything dangerous made visible (`^[`, `<U+202E>`), everything invisible dropped, floods of
/// combining marks cut, and line breaks and tabs turned into spaces. Cleaning twice changes nothing.
pub fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut marks = 0;
    for character in text.chars().filter(|&character| !is_invisible(character)) {
        marks = if character.width() == Some(0) { marks + 1 } else { 0 };
        match character {
            '\n' | '\r' | '\t' => cleaned.push(' '),
            // Caret notation, as `less` and `cat -v` have it: the letter is 64 above the control code.
            '\0'..='\x1F' => cleaned.extend(['^', char::from(b'@' + character as u8)]),
            '\x7F' => cleaned.push_str("^?"),
            _ if is_forbidden(character) => {
                let _ = write!(cleaned, "<U+{:04X}>", u32::from(character));
            }
            _ if marks > MOST_MARKS => {}
            _ => cleaned.push(character),
        }
    }
    cleaned
}

/// Returns foreign text as it is quoted in a message: cleaned, in backquotes, and cut where it would flood the line.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let cleaned = clean(text);
    match cleaned.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}...`", cleaned.get(..end).unwrap_or_default()),
        None => format!("`{cleaned}`"),
    }
}

/// A number of things, in words: its display is "1 question" or "2 questions". Behind the number are the words for one
/// thing and for several, with the verb where it depends on them ("line was", "lines were").
pub(crate) struct Count<N>(pub(crate) N, pub(crate) &'static str, pub(crate) &'static str);

impl<N: Copy + Display + From<u8> + PartialEq> Display for Count<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, one, several) = *self;
        write!(f, "{number} {}", if number == 1.into() { one } else { several })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_thing_has_its_own_words() {
        let lines = |number: usize| Count(number, "line was", "lines were").to_string();
        assert_eq!([0, 1, 2].map(lines), ["0 lines were", "1 line was", "2 lines were"]);
    }

    #[test]
    fn what_steers_a_terminal_is_made_visible() {
        for (text, cleaned) in [
            ("plain", "plain"),
            ("\u{1b}[31mred\u{7f}", "^[[31mred^?"),
            ("a\r\n\tb", "a   b"),
            ("\u{202e}evil\u{2066}", "<U+202E>evil<U+2066>"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("\u{9b}1m", "<U+009B>1m"),
        ] {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
        let flood = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(clean(&flood).chars().count(), 2 + MOST_MARKS);
    }

    #[test]
    fn a_long_text_is_cut_where_it_is_quoted() {
        assert_eq!(quoted("a\u{1b}"), "`a^[`");
        assert_eq!(quoted(&"é".repeat(60)), format!("`{}`", "é".repeat(60)));
        assert_eq!(quoted(&"é".repeat(61)), format!("`{}...`", "é".repeat(60)));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
            let cleaned = clean(&text);
            prop_assert!(!cleaned.chars().any(is_forbidden), "{cleaned:?}");
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
    }

    #[test]
    fn fillers_joiners_and_selectors_show_nothing() {
        for character in
            "\u{115F}\u{1160}\u{3164}\u{FFA0}\u{2800}\u{34F}\u{180E}\u{200B}\u{200D}\u{FE0F}\u{E0100} \t\u{3000}"
                .chars()
        {
            assert!(is_blank(&format!(" {character}{character}")), "U+{:04X}", u32::from(character));
            assert!(!is_blank(&format!("{character}x")), "U+{:04X}", u32::from(character));
        }
        assert!(is_blank("") && !is_blank("\u{2801}") && !is_blank("\u{3131}") && !is_blank("."));
    }
}
