//! Holding the terminal while a prompt asks, so that whatever ends the asking can give it back in good order.
//!
//! Signals are noted instead of obeyed; at all other times they end the program as usual. Control keys arrive as keys:
//! dialoguer reads in raw mode key by key, and a Ctrl-C typed between two keys would otherwise be a signal that nobody
//! waits for.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

#[cfg(unix)]
const SIGNALS: [i32; 3] = [SIGTERM, signal_hook::consts::SIGHUP, SIGINT];
#[cfg(not(unix))]
const SIGNALS: [i32; 2] = [SIGTERM, SIGINT];

/// The terminal is held until this is dropped.
pub(super) struct Hold {
    idle: Arc<AtomicBool>,
    noted: Vec<(i32, Arc<AtomicBool>)>,
    _keyboard: Keyboard,
}

impl Hold {
    /// Begins to hold the terminal behind standard input.
    pub(super) fn new() -> io::Result<Self> {
        let idle = Arc::new(AtomicBool::new(false));
        let mut noted = Vec::new();
        for signal in SIGNALS {
            let seen = Arc::new(AtomicBool::new(false));
            flag::register_conditional_default(signal, Arc::clone(&idle))?;
            flag::register(signal, Arc::clone(&seen))?;
            noted.push((signal, seen));
        }
        Ok(Self { idle, noted, _keyboard: Keyboard::take()? })
    }

    /// The signal that came, if one did. The console crate answers any interrupted read by raising SIGINT, so that one
    /// is looked at last.
    pub(super) fn signal(&self) -> Option<u8> {
        let seen = self.noted.iter().find(|(_, seen)| seen.load(Ordering::SeqCst));
        seen.and_then(|&(signal, _)| u8::try_from(signal).ok())
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.idle.store(true, Ordering::SeqCst);
    }
}

/// The keyboard in a mode where every key is a key, and the mode it was in before.
#[cfg(unix)]
struct Keyboard(rustix::termios::Termios);

#[cfg(unix)]
impl Keyboard {
    fn take() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin())?;
        let mut modes = before.clone();
        modes.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(io::stdin(), OptionalActions::Now, &modes)?;
        Ok(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Keyboard {
    fn drop(&mut self) {
        // Where the terminal has gone there is nothing to give back.
        let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, &self.0);
    }
}

#[cfg(not(unix))]
struct Keyboard;

#[cfg(not(unix))]
impl Keyboard {
    fn take() -> io::Result<Self> {
        Ok(Self)
    }
}
