//! Removes unfinished files when a signal ends the program.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

static FILES: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

static WATCHED: OnceLock<()> = OnceLock::new();

fn files() -> MutexGuard<'static, Vec<PathBuf>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a file removed when a signal asks the program to end, which it then does as it would have by itself.
pub(crate) fn remove_on_signal(file: &Path) -> io::Result<()> {
    let mut files = files();
    watch()?;
    files.push(file.to_owned());
    Ok(())
}

/// Does something short that a signal would leave half done: the program ends only when it is done.
pub(crate) fn uninterrupted<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let _files = files();
    watch()?;
    work()
}

/// Looks out for signals from the first call on; the files are locked.
fn watch() -> io::Result<()> {
    if WATCHED.set(()).is_err() {
        return Ok(());
    }
    let wanted = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(|&signal| !is_ignored(signal));
    let mut signals = Signals::new(wanted)?;
    thread::spawn(move || {
        for signal in signals.forever() {
            files().iter().for_each(|file| drop(fs::remove_file(file)));
            let _ = emulate_default_handler(signal);
        }
    });
    Ok(())
}

/// Returns true if whoever has started the program wants it to go on, as `nohup` does.
pub(crate) fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
