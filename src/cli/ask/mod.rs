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

#[cfg(unix)]
pub(super) use raw_mode::RawMode;
#[cfg(unix)]
pub(super) use tty::Tty;
