//! Asks for the answers that neither flags nor files give.

mod farewell;
pub(super) mod policy;
pub(super) mod progress;
mod prompts;
#[cfg(unix)]
mod raw_mode;
mod resume;
#[cfg(unix)]
mod tty;
mod unfinished;
