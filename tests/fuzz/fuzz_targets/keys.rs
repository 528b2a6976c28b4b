//! Any bytes from a keyboard: the same keys however they are cut, and none left behind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pathquiz::internals::terminal::{Key, KeyDecoder};

fn keys<'b>(chunks: impl Iterator<Item = &'b [u8]>) -> Vec<Key> {
    let mut decoder = KeyDecoder::default();
    let mut keys = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        keys.extend(std::iter::from_fn(|| decoder.next()));
    }
    keys.extend(decoder.flush());
    keys
}

fuzz_target!(|bytes: &[u8]| {
    let whole = keys(std::iter::once(bytes));
    assert_eq!(whole, keys(bytes.chunks(1)));
    assert_eq!(whole, keys(bytes.chunks(3)));
});
