//! Asking for the answers that no flag and no file gives.

mod farewell;
pub(super) mod policy;
mod progress;
mod prompts;
#[cfg(unix)]
mod raw_mode;
mod resume;
#[cfg(unix)]
mod tty;
