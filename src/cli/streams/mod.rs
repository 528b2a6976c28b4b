//! Files, streams and terminals. No file here knows a command or prints a note: what there is to tell comes back as a
//! value.

mod atomic_file;
#[cfg(unix)]
mod cleanup;
mod identity;
mod input;
mod path;
mod private_folder;
mod stderr;
mod style;
mod target;
mod writer;

pub(super) use identity::{ensure_not_input, ensure_not_saved};
pub(super) use input::{Stream, ensure_one_stdin, is_interactive, is_typed, open_input};
pub(super) use path::{STANDARD_ERROR, STANDARD_OUTPUT, STDIN, STDOUT, input_name, shown, standard_stream};
pub(super) use private_folder::{LOCK, LockError, PrivateFolder};
pub(super) use stderr::{fitted, write_stderr};
pub(super) use style::{is_accessible, is_dumb, is_set, stderr_style, stdout_style};
pub(super) use target::{Delivery, Target, create};
pub(super) use writer::Writer;
