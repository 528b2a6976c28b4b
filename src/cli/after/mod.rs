//! The result on a terminal: one window, and the keys under it.

#[cfg(unix)]
mod keys;
#[cfg(unix)]
mod pager;
#[cfg(unix)]
mod save;
mod window;

pub(super) use window::{ResultWindow, has_window, next_steps};
