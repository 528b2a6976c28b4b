//! Keys out of bytes.
//!
//! A sequence that a key sends is one key however slowly it comes, and one that means nothing here is swallowed whole:
//! libraries that decide on a lone escape at the end of a read, or give up in the middle of a sequence, let its rest
//! through as digits, which would answer questions.

use std::collections::VecDeque;

/// One key, or what a terminal says like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character typed without modifiers other than shift.
    Char(char),
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// To the first line.
    Home,
    /// To the last line.
    End,
    /// Several lines up.
    PageUp,
    /// Several lines down.
    PageDown,
    /// Tabulator.
    Tab,
    /// Shift and tabulator.
    BackTab,
    /// Return.
    Enter,
    /// Backspace.
    Backspace,
    /// Escape alone.
    Escape,
    /// Ctrl-C.
    Interrupt,
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

/// Turns bytes into keys, keeping what is not complete yet; it outlives a question, so that nothing typed ahead is lost.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: VecDeque<u8>,
    pasting: bool,
}

impl Decoder {
    /// Takes more bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    /// The next complete key.
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

    /// Whether bytes are kept back that a silence behind them would decide on: an escape, or one before a letter that
    /// begins a string from the terminal and is a key with Alt as well. The other sequences end in a letter of their own
    /// and are waited for, or their rest would pass for keys.
    #[must_use]
    pub(crate) fn is_waiting(&self) -> bool {
        let waits = |bytes: &[u8]| {
            bytes.iter().all(|&byte| byte == ESCAPE) || matches!(bytes, [ESCAPE, b']' | b'P' | b'^' | b'_' | b'X'])
        };
        !self.pasting && !self.bytes.is_empty() && waits(&self.bytes.iter().copied().collect::<Vec<_>>())
    }

    /// Decides on what is kept back, because nothing has come for a while.
    pub fn settle(&mut self) -> Vec<Key> {
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

/// The first key with its length; nothing while it is not complete.
fn parse(bytes: &[u8]) -> Option<(usize, Key)> {
    let (&first, rest) = bytes.split_first()?;
    let key = match first {
        ESCAPE => return escape(rest).map(|(length, key)| (length + 1, key)),
        0x03 => Key::Interrupt,
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

/// A character of several bytes.
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

/// What follows an escape.
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

/// A control sequence (ECMA-48, 5.4): parameters, intermediates and one final byte.
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

/// Keys in the terminal's other mode: one byte, behind digits where modifiers are held.
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

/// Length of a string that the terminal sends in answer to something: up to a bell, or an escape and a backslash.
fn string(rest: &[u8]) -> Option<usize> {
    let end = rest.iter().position(|&byte| matches!(byte, 0x03 | 0x07 | ESCAPE))?;
    match rest.get(end..)? {
        [0x07, ..] => Some(end + 1),
        [ESCAPE, b'\\', ..] => Some(end + 2),
        [ESCAPE] => None,
        _ => Some(end),
    }
}
