//! Sessions: the program in a pseudo-terminal, and what it does when streams, folders, signals or kills get in its way.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

mod harness;

mod progress;
mod quiz;
mod surroundings;
mod window;
