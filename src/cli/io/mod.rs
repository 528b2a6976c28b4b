//! Files, streams and terminals as they are. Nothing here knows a command, and nothing tells anything to a person: what
//! there is to tell comes back as a value.

pub(super) mod atomic_file;
#[cfg(unix)]
mod cleanup;
pub(super) mod identity;
pub(super) mod input;
pub(super) mod path;
pub(super) mod stderr;
pub(super) mod style;
pub(super) mod target;
pub(super) mod writer;
