//! Signals while a prompt holds the terminal: they are noted, so that the prompt ends in good order and the terminal is
//! given back. At all other times they end the program as usual.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// Signals that have been noted, until this is dropped.
pub(super) struct Signals {
    idle: Arc<AtomicBool>,
    noted: Vec<(i32, Arc<AtomicBool>)>,
}

impl Signals {
    /// Begins to note signals instead of ending by them.
    pub(super) fn note() -> io::Result<Self> {
        let idle = Arc::new(AtomicBool::new(false));
        let mut noted = Vec::new();
        // The console crate answers any interrupted read by raising SIGINT, so that one comes last.
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            let seen = Arc::new(AtomicBool::new(false));
            flag::register_conditional_default(signal, Arc::clone(&idle))?;
            flag::register(signal, Arc::clone(&seen))?;
            noted.push((signal, seen));
        }
        Ok(Self { idle, noted })
    }

    /// The signal that came, if one did.
    pub(super) fn seen(&self) -> Option<u8> {
        let seen = self.noted.iter().find(|(_, seen)| seen.load(Ordering::SeqCst));
        seen.and_then(|&(signal, _)| u8::try_from(signal).ok())
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.idle.store(true, Ordering::SeqCst);
    }
}
