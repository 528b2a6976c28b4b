//! JSON that is one list, or objects spread over several lines, as a stream with a line for each object.

use std::io::{self, Read};

/// A stream that passes through as it is until it is told to give each item a line.
#[derive(Debug)]
pub(super) struct JsonItems<R> {
    reader: R,
    splitter: Option<Splitter>,
}

/// The place of the next byte in the JSON.
#[derive(Clone, Copy, Debug, Default)]
struct Splitter {
    /// Lists and objects that are open.
    depth: usize,
    /// Depth of the items: one in a list.
    base: usize,
    is_text: bool,
    is_escaped: bool,
}

impl<R> JsonItems<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, splitter: None }
    }

    /// Gives each item a line from now on, beginning with what has been read already.
    pub(super) fn split(&mut self, read: &mut Vec<u8>) {
        let is_list = read.trim_ascii_start().starts_with(b"[");
        let mut splitter = Splitter { base: usize::from(is_list), ..Splitter::default() };
        let length = splitter.split(read);
        read.truncate(length);
        self.splitter = Some(splitter);
    }
}

impl<R: Read> Read for JsonItems<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let Some(splitter) = &mut self.splitter else { return Ok(count) };
        match splitter.split(&mut buffer[..count]) {
            // What has been read is not the end, even where none of it stays.
            0 if count > 0 => {
                buffer[0] = b'\n';
                Ok(1)
            }
            length => Ok(length),
        }
    }
}

impl Splitter {
    /// Rewrites bytes so that each item has a line. Returns how many there are then.
    fn split(&mut self, bytes: &mut [u8]) -> usize {
        let mut length = 0;
        for index in 0..bytes.len() {
            if let Some(byte) = self.next(bytes[index]) {
                bytes[length] = byte;
                length += 1;
            }
        }
        length
    }

    /// Returns what stands in place of a byte, `None` if it goes.
    fn next(&mut self, byte: u8) -> Option<u8> {
        if self.is_text {
            self.is_text = byte != b'"' || self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            // A line break is an error in a text, and must not end the line.
            return Some(if byte == b'\n' { b'\t' } else { byte });
        }
        match byte {
            b'[' | b'{' => {
                self.depth += 1;
                (self.depth > self.base).then_some(byte)
            }
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth < self.base { Some(b'\n') } else { Some(byte) }
            }
            b',' if self.depth == self.base => Some(b'\n'),
            b'"' => {
                self.is_text = true;
                Some(byte)
            }
            b'\n' | b'\r' => Some(if self.depth == 0 { b'\n' } else { b' ' }),
            _ => Some(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(json: &str) -> Vec<String> {
        let mut items = JsonItems::new(json.as_bytes());
        let mut begun = vec![0; 3.min(json.len())];
        items.read_exact(&mut begun).unwrap();
        items.split(&mut begun);
        items.read_to_end(&mut begun).unwrap();
        let text = String::from_utf8(begun).unwrap();
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn each_item_has_a_line() {
        assert_eq!(
            lines("[{\"a\": [1, 2]},\n {\"b\": \"],\\\"\\n{\"}\n]\n"),
            ["{\"a\": [1, 2]}", "{\"b\": \"],\\\"\\n{\"}"]
        );
        assert_eq!(lines("{\n  \"a\": {\n \"b\": 1}\n}\n{\"c\": 2}"), ["{   \"a\": {  \"b\": 1} }", "{\"c\": 2}"]);
        assert!(lines("[ ]").is_empty());
        assert_eq!(lines("[1, {}] x"), ["1", "{}", "x"]);
    }
}
