//! Puts the terminal into raw mode while a prompt asks, and restores it whatever ends the asking.
//!
//! Meanwhile signals are noted and not obeyed; at all other times they end the program as usual. Control keys arrive as
//! keys, and what is typed between two keys is not echoed.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::{Signal, getpgrp, getpid, kill_process};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
};
use signal_hook::consts::{SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU};
use signal_hook::flag;

/// Signals that end a program without a fault in it. The console crate answers any interrupted read by raising
/// SIGINT, so that one is looked at last.
pub(crate) const SIGNALS: [i32; 10] =
    [SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGINT];

/// The time that a signal may be missed for which came in the moment before a wait.
const MOMENT: Duration = Duration::from_millis(50);

/// A terminal in raw mode, which ends when this is dropped.
pub(crate) struct RawMode {
    idle: Arc<AtomicBool>,
    noted: Vec<(i32, Arc<AtomicBool>)>,
    before: Termios,
}

impl RawMode {
    pub(crate) fn new() -> io::Result<Self> {
        let idle = Arc::new(AtomicBool::new(false));
        let mut noted = Vec::new();
        for signal in SIGNALS {
            let seen = Arc::new(AtomicBool::new(false));
            flag::register_conditional_default(signal, Arc::clone(&idle))?;
            flag::register(signal, Arc::clone(&seen))?;
            noted.push((signal, seen));
        }
        let raw_mode = Self { idle, noted, before: tcgetattr(io::stdin())? };
        raw_mode.enter()?;
        Ok(raw_mode)
    }

    /// Makes every key a key.
    pub(crate) fn enter(&self) -> io::Result<()> {
        let mut modes = self.before.clone();
        modes.input_modes -= InputModes::ICRNL | InputModes::IXON;
        modes.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        Ok(tcsetattr(io::stdin(), OptionalActions::Now, &modes)?)
    }

    /// Gives the keyboard back as it was found.
    pub(crate) fn restore(&self) -> io::Result<()> {
        // In the background the modes are those of whoever is in front, and touching them would stop the program.
        if tcgetpgrp(io::stdin()).is_ok_and(|front| front != getpgrp()) {
            return Ok(());
        }
        Ok(tcsetattr(io::stdin(), OptionalActions::Now, &self.before)?)
    }

    /// Waits in a way that any signal interrupts, as the console crate does. One that comes in the moment before the
    /// wait would be obeyed only after the next key, so it is repeated until the wait is over.
    pub(crate) fn interruptibly<T>(&self, wait: impl FnOnce() -> T) -> T {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let repeater = scope.spawn(|| {
                while !is_over.load(Ordering::SeqCst) {
                    if self.signal().is_some() {
                        let _ = kill_process(getpid(), Signal::INT);
                    }
                    thread::park_timeout(MOMENT);
                }
            });
            let waited = wait();
            is_over.store(true, Ordering::SeqCst);
            repeater.thread().unpark();
            waited
        })
    }

    pub(crate) fn signal(&self) -> Option<u8> {
        let seen = self.noted.iter().find(|(_, seen)| seen.load(Ordering::SeqCst));
        seen.and_then(|&(signal, _)| u8::try_from(signal).ok())
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        // Where the terminal has gone there is nothing to give back.
        let _ = self.restore();
        self.idle.store(true, Ordering::SeqCst);
    }
}
