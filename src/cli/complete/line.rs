//! Splits the command line of bash up to the cursor. The words that bash itself passes are split at `=` and `:` and
//! still quoted, which no flag survives.

use std::ffi::OsString;

#[derive(Default)]
pub(super) struct ShellLine {
    /// The words in front, without their quotes.
    before: Vec<String>,
    word: String,
    /// Bytes of it that bash leaves alone: up to a quote or to one of the characters where it breaks words.
    kept: usize,
    /// The quote that is open at the end.
    quote: Option<char>,
}

impl ShellLine {
    /// Takes a line apart as bash would, but expands no part of it.
    pub(super) fn new(text: &str, breaks: &str) -> Self {
        let mut line = Self::default();
        // Two quotes are a word too, with nothing in it.
        let mut begun = false;
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            match (line.quote, character) {
                (None, ' ' | '\t' | '\n') => {
                    if begun {
                        line.before.push(std::mem::take(&mut line.word));
                    }
                    (line.kept, begun) = (0, false);
                    continue;
                }
                (Some(quote), _) if character == quote => line.quote = None,
                (None, '\'' | '"') => (line.quote, line.kept) = (Some(character), line.word.len()),
                (None | Some('"'), '\\') => line.word.extend(characters.next()),
                _ => line.word.push(character),
            }
            if line.quote.is_none() && character != '\\' && breaks.contains(character) && !"'\"".contains(character) {
                line.kept = line.word.len();
            }
            begun = true;
        }
        line
    }

    /// Returns the words as the program would get them, the one to complete last.
    pub(super) fn words(&self) -> Vec<OsString> {
        self.before.iter().chain([&self.word]).map(OsString::from).collect()
    }

    /// Returns what bash is to put in the place of the part it does not leave alone, `None` if that cannot be quoted.
    pub(super) fn rest(&self, value: &str) -> Option<String> {
        let rest = value.strip_prefix(self.word.get(..self.kept)?)?;
        if self.quote == Some('\'') {
            return (!rest.contains('\'')).then(|| rest.to_owned());
        }
        let mut quoted = String::new();
        for (index, character) in rest.char_indices() {
            if self.needs_escape(index, character) {
                quoted.push('\\');
            }
            quoted.push(character);
        }
        Some(quoted)
    }

    /// Returns true if bash would take a character of the rest for one of its own.
    fn needs_escape(&self, index: usize, character: char) -> bool {
        let is_home = self.kept == 0 && self.word.starts_with('~');
        match self.quote {
            Some(_) => matches!(character, '"' | '\\' | '$' | '`'),
            None if character == '~' => index == 0 && !is_home,
            None => character.is_ascii() && !character.is_ascii_alphanumeric() && !"_./=,:@%+-".contains(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ShellLine;

    fn words(line: &str) -> Vec<String> {
        let line = ShellLine::new(line, "=:\"'");
        line.words().into_iter().map(|word| word.into_string().unwrap()).collect()
    }

    #[test]
    fn quotes_and_escapes_are_taken_off() {
        assert_eq!(words("pathquiz -a 'a b'=\"c d\" e\\ f"), ["pathquiz", "-a", "a b=c d", "e f"]);
        assert_eq!(words("pathquiz \"\" "), ["pathquiz", "", ""]);
        assert_eq!(words("pathquiz 'open wor"), ["pathquiz", "open wor"]);
    }

    #[test]
    fn only_what_bash_does_not_leave_alone_is_put_in_place() {
        for (line, value, rest) in [
            ("p -a stor", "stores=", Some("stores=")),
            ("p -a stores=", "stores=5", Some("5")),
            ("p 'it", "it is", Some("it is")),
            ("p 'it", "it's", None),
            ("p \"a", "a$b", Some("a\\$b")),
            ("p a", "a b", Some("a\\ b")),
            ("p ~/a", "~/a b", Some("~/a\\ b")),
            ("p b", "c", Some("c")),
        ] {
            assert_eq!(ShellLine::new(line, "=:\"'").rest(value).as_deref(), rest, "{line} {value}");
        }
    }
}
