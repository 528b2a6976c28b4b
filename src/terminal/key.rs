//! Decodes keys from bytes.
//!
//! The sequence of a key is one key however slowly it arrives, and one without a meaning here is swallowed whole.
//! Libraries that decide on a lone escape at the end of a read, or give up in the middle of a sequence, let the rest
//! through as digits, which would answer questions.

use std::collections::VecDeque;

/// One key, or what a terminal says like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character typed without modifiers other than shift.
    Char(char),
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Tab,
    BackTab,
    Enter,
    Backspace,
    /// Escape alone.
    Escape,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D.
    Close,
    /// Ctrl-Z.
    Suspend,
    /// Ctrl-L.
    Redraw,
    /// Anything else: function keys, keys with modifiers, pasted text, answers of the terminal.
    Other,
}

const ESCAPE: u8 = 0x1B;

/// Longest sequence that is waited for; no key sends one half as long.
const LONGEST: usize = 64;

/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into keys, keeping what is not complete yet; it outlives a question, so that nothing typed ahead is
/// lost.
#[derive(Debug, Default)]
pub struct KeyDecoder {
    bytes: VecDeque<u8>,
    pasting: bool,
}

impl KeyDecoder {
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    /// Returns the next complete key.
    #[expect(clippy::should_implement_trait, reason = "an iterator that goes on after its end would surprise")]
    pub fn next(&mut self) -> Option<Key> {
        if self.pasting {
            return self.paste();
        }
        let (length, key) = parse(self.bytes.make_contiguous())?;
        let begins = self.bytes.iter().take(length).eq(b"\x1b[200~");
        self.bytes.drain(..length);
        if begins {
            self.pasting = true;
            return self.paste();
        }
        Some(key)
    }

    /// Returns true if bytes are kept back that a silence behind them would decide on: an escape, or one before a
    /// letter that begins a string from the terminal and is a key with Alt as well. The other sequences end in a letter
    /// of their own and are waited for, or their rest would pass for keys.
    pub(crate) fn is_waiting(&self) -> bool {
        let is_escape = self.bytes.iter().all(|&byte| byte == ESCAPE);
        let begins_string = self.bytes.len() == 2
            && self.bytes[0] == ESCAPE
            && matches!(self.bytes[1], b']' | b'P' | b'^' | b'_' | b'X');
        !self.pasting && !self.bytes.is_empty() && (is_escape || begins_string)
    }

    /// Decides on what is kept back, because nothing has come for a while.
    pub fn flush(&mut self) -> Vec<Key> {
        if !self.is_waiting() {
            return Vec::new();
        }
        let bytes: Vec<u8> = self.bytes.drain(..).collect();
        if bytes.iter().all(|&byte| byte == ESCAPE) { vec![Key::Escape; bytes.len()] } else { vec![Key::Other] }
    }

    /// Drops pasted text; a paste is one key.
    fn paste(&mut self) -> Option<Key> {
        let bytes = self.bytes.make_contiguous();
        let Some(end) = bytes.windows(PASTE_END.len()).position(|window| window == PASTE_END) else {
            // The last bytes may be the beginning of the end.
            let kept = bytes.len().min(PASTE_END.len() - 1);
            self.bytes.drain(..self.bytes.len() - kept);
            return None;
        };
        self.bytes.drain(..end + PASTE_END.len());
        self.pasting = false;
        Some(Key::Other)
    }
}

/// Returns the first key with its length, `None` while it is not complete.
fn parse(bytes: &[u8]) -> Option<(usize, Key)> {
    let (&first, rest) = bytes.split_first()?;
    let key = match first {
        ESCAPE => return escape(rest).map(|(length, key)| (length + 1, key)),
        0x03 => Key::Interrupt,
        0x04 => Key::Close,
        b'\t' => Key::Tab,
        // Ctrl-J is what some terminals and all scripts send for Return.
        b'\r' | b'\n' => Key::Enter,
        0x0C => Key::Redraw,
        0x1A => Key::Suspend,
        0x08 | 0x7F => Key::Backspace,
        0x20..0x7F => Key::Char(char::from(first)),
        0x80.. => return character(bytes),
        _ => Key::Other,
    };
    Some((1, key))
}

fn character(bytes: &[u8]) -> Option<(usize, Key)> {
    let length = match bytes.first()? {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Some((1, Key::Other)),
    };
    let found = bytes.get(..length).unwrap_or(bytes);
    match std::str::from_utf8(found) {
        Ok(text) => Some((length, text.chars().next().map_or(Key::Other, Key::Char))),
        Err(error) if error.error_len().is_some() => Some((1, Key::Other)),
        Err(_) => None,
    }
}

/// Reads what follows an escape.
fn escape(rest: &[u8]) -> Option<(usize, Key)> {
    match rest {
        [] | [ESCAPE] => None,
        [b'[', rest @ ..] => control_sequence(rest).map(|(length, key)| (length + 1, key)),
        [b'O', rest @ ..] => single_shift(rest).map(|(length, key)| (length + 1, key)),
        [b']' | b'P' | b'^' | b'_' | b'X', rest @ ..] => string(rest).map(|length| (length + 1, Key::Other)),
        // Some terminals put an escape before the sequence of a key that is pressed with Alt.
        [ESCAPE, rest @ ..] if matches!(rest, [b'[' | b'O', ..]) => {
            escape(rest).map(|(length, _)| (length + 1, Key::Other))
        }
        [ESCAPE, ..] => Some((0, Key::Escape)),
        // Whatever came before it, this one must never be lost.
        [0x03, ..] => Some((0, Key::Other)),
        _ => parse(rest).map(|(length, _)| (length, Key::Other)),
    }
}

/// Reads a control sequence (ECMA-48, 5.4): parameters, intermediates and one final byte.
fn control_sequence(rest: &[u8]) -> Option<(usize, Key)> {
    match rest {
        // The console of Linux sends its function keys with a second bracket.
        [b'['] => return None,
        [b'[', ..] => return Some((2, Key::Other)),
        // A mouse that an earlier program left on tells button and place in three bytes.
        [b'M', rest @ ..] => return (rest.len() >= 3).then_some((4, Key::Other)),
        _ => {}
    }
    let length = rest.iter().position(|byte| !(0x20..0x40).contains(byte));
    let Some(length) = length.filter(|&length| length < LONGEST) else {
        return (rest.len() >= LONGEST).then_some((LONGEST, Key::Other));
    };
    let (parameters, last) = (rest.get(..length)?, rest.get(length)?);
    let key = match (parameters, last) {
        (b"" | b"1" | b"1;1", b'A') => Key::Up,
        (b"" | b"1" | b"1;1", b'B') => Key::Down,
        (b"" | b"1" | b"1;1", b'C') => Key::Right,
        (b"" | b"1" | b"1;1", b'D') => Key::Left,
        (b"" | b"1" | b"1;1", b'F') | (b"4" | b"8", b'~') => Key::End,
        (b"" | b"1" | b"1;1", b'H') | (b"1" | b"7", b'~') => Key::Home,
        (b"", b'Z') => Key::BackTab,
        (b"5", b'~') => Key::PageUp,
        (b"6", b'~') => Key::PageDown,
        // A control character or another escape ends a sequence that was never finished, and is a key itself.
        (_, 0..0x20 | 0x7F..) => return Some((length, Key::Other)),
        _ => Key::Other,
    };
    Some((length + 1, key))
}

/// Reads a key of the terminal's other mode: one byte, behind digits where modifiers are held.
fn single_shift(rest: &[u8]) -> Option<(usize, Key)> {
    let length = rest.iter().position(|byte| !(0x30..0x40).contains(byte));
    let Some(length) = length.filter(|&length| length < LONGEST) else {
        return (rest.len() >= LONGEST).then_some((LONGEST, Key::Other));
    };
    let key = match (length, rest.get(length)?) {
        (0, b'A') => Key::Up,
        (0, b'B') => Key::Down,
        (0, b'C') => Key::Right,
        (0, b'D') => Key::Left,
        (0, b'F') => Key::End,
        (0, b'H') => Key::Home,
        (0, b'M') => Key::Enter,
        (_, 0..0x20 | 0x7F..) => return Some((length, Key::Other)),
        _ => Key::Other,
    };
    Some((length + 1, key))
}

/// Returns the length of a string that the terminal sends in answer to something: up to a bell, or an escape and a
/// backslash.
fn string(rest: &[u8]) -> Option<usize> {
    let end = rest.iter().position(|&byte| matches!(byte, 0x03 | 0x07 | ESCAPE))?;
    match rest.get(end..)? {
        [0x07, ..] => Some(end + 1),
        [ESCAPE, b'\\', ..] => Some(end + 2),
        [ESCAPE] => None,
        _ => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::{Key, KeyDecoder};

    fn keys(chunks: &[&[u8]]) -> Vec<Key> {
        let mut decoder = KeyDecoder::default();
        let mut keys = Vec::new();
        for chunk in chunks {
            decoder.push(chunk);
            keys.extend(std::iter::from_fn(|| decoder.next()));
        }
        keys.extend(decoder.flush());
        keys
    }

    #[test]
    fn bytes_are_the_keys_that_sent_them() {
        use Key::{Char, Down, Enter, Escape, Interrupt, Left, Other, Right, Up};
        let cases: [(&[u8], &[Key]); 25] = [
            (b"5q ", &[Char('5'), Char('q'), Char(' ')]),
            (b"\x1b[A\x1bOB\x1b[1;1C\x1b[D", &[Up, Down, Right, Left]),
            (b"\r\n\x7f\x08\t\x1b[Z", &[Enter, Enter, Key::Backspace, Key::Backspace, Key::Tab, Key::BackTab]),
            (b"\x1b[H\x1b[4~\x1b[5~\x1b[6~", &[Key::Home, Key::End, Key::PageUp, Key::PageDown]),
            (b"\x1b", &[Escape]),
            (b"\x1b\x1b", &[Escape, Escape]),
            (b"\x1b\x1b5", &[Escape, Other]),
            (b"\x1b5", &[Other]),
            (b"\x1b\xc3\xa9", &[Other]),
            (b"\x1b\x1b[A5", &[Other, Char('5')]),
            (b"\x1b[1;5C5", &[Other, Char('5')]),
            (b"\x1bO5C", &[Other]),
            (b"\x1bOP\x1b[15~\x1b[[A", &[Other, Other, Other]),
            (b"\x1b[M !!1", &[Other, Char('1')]),
            (b"\x1b[<0;3;4M1", &[Other, Char('1')]),
            (b"\x1b[200~1\r2\x1b[A\x1b[201~3", &[Other, Char('3')]),
            (b"\x1b]11;rgb:1/2/3\x1b\\4", &[Other, Char('4')]),
            (b"\x1b]11;rgb:1/2/3\x074", &[Other, Char('4')]),
            (b"\x1bP1$r\x03", &[Other, Interrupt]),
            (b"\x1b[12\x03", &[Other, Interrupt]),
            (b"\x1b\x03", &[Other, Interrupt]),
            (b"\x1b[12", &[]),
            (b"\x1bP", &[Other]),
            ("é×５".as_bytes(), &[Char('é'), Char('×'), Char('５')]),
            (b"\xff\xc3(\x1a\x0c", &[Other, Other, Char('('), Key::Suspend, Key::Redraw]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(keys(&[bytes]), expected, "{}", bytes.escape_ascii());
        }
    }

    /// Bytes in which sequences, pastes and nonsense are likely.
    fn typed() -> impl Strategy<Value = Vec<u8>> {
        let pieces: [&[u8]; 16] = [
            b"\x1b",
            b"\x1b[",
            b"\x1bO",
            b"A",
            b"5",
            b"~",
            b";",
            b"\x1b[200~",
            b"\x1b[201~",
            b"\x1b]",
            b"\x07",
            b"\x03",
            "é".as_bytes(),
            "👍🏽".as_bytes(),
            b"\x1b[M",
            b"\r",
        ];
        let piece = prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(<[u8]>::to_vec), 1 => vec(any::<u8>(), 1..4)];
        vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_same_bytes_are_the_same_keys_however_they_are_cut(bytes in typed(), cuts in vec(any::<prop::sample::Index>(), 0..8)) {
            let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).chain([0, bytes.len()]).collect();
            places.sort_unstable();
            let chunks: Vec<&[u8]> = places.windows(2).map(|ends| &bytes[ends[0]..ends[1]]).collect();
            let single: Vec<&[u8]> = bytes.chunks(1).collect();
            prop_assert_eq!(keys(&chunks), keys(&[&bytes]));
            prop_assert_eq!(keys(&single), keys(&[&bytes]));
        }
    }
}
