//! The one road from the file as written to a bank that holds: every rule of the format is checked here, and every
//! broken one is reported before the road ends.

mod bank;
mod checks;
mod persona;
mod question;
mod role;
mod scorable;

pub(super) use bank::validate;
