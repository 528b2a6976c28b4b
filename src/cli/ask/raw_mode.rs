//! Puts the terminal into raw mode while a prompt asks, and restores it whatever ends the asking.
//!
//! Meanwhile signals are noted and not obeyed; at all other times they end the program as usual. Control keys arrive as
//! keys, and what is typed between two keys is not echoed.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::process::getpgrp;
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
};
use signal_hook::consts::{SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU};
use signal_hook::flag;

/// Signals that end a program without a fault in it. The console crate answers any interrupted read by raising
/// SIGINT, so that one is looked at last.
pub(crate) const SIGNALS: [i32; 10] =
    [SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGINT];

/// Notes of signals. Handlers stay for as long as the program runs, so there is one set of them for every session.
struct NotedSignals {
    /// True while no session holds the terminal, and signals end the program.
    idle: Arc<AtomicBool>,
    noted: Vec<(i32, Arc<AtomicBool>)>,
}

static NOTED: OnceLock<NotedSignals> = OnceLock::new();

impl NotedSignals {
    fn register() -> io::Result<Self> {
        let idle = Arc::new(AtomicBool::new(true));
        let mut noted = Vec::new();
        for signal in SIGNALS {
            let seen = Arc::new(AtomicBool::new(false));
            flag::register_conditional_default(signal, Arc::clone(&idle))?;
            flag::register(signal, Arc::clone(&seen))?;
            noted.push((signal, seen));
        }
        Ok(Self { idle, noted })
    }

    fn get() -> io::Result<&'static Self> {
        if let Some(noted) = NOTED.get() {
            return Ok(noted);
        }
        let registered = Self::register()?;
        Ok(NOTED.get_or_init(|| registered))
    }
}

/// A terminal in raw mode, which ends when this is dropped.
pub(crate) struct RawMode {
    signals: &'static NotedSignals,
    before: Termios,
}

impl RawMode {
    pub(crate) fn new() -> io::Result<Self> {
        let raw_mode = Self { signals: NotedSignals::get()?, before: tcgetattr(io::stdin())? };
        raw_mode.signals.idle.store(false, Ordering::SeqCst);
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

    /// Forgets a Ctrl-C that another program in front has got as well.
    pub(crate) fn forget_interrupt(&self) {
        for (_, seen) in self.signals.noted.iter().filter(|(signal, _)| *signal == SIGINT) {
            seen.store(false, Ordering::SeqCst);
        }
    }

    pub(crate) fn signal(&self) -> Option<u8> {
        let seen = self.signals.noted.iter().find(|(_, seen)| seen.load(Ordering::SeqCst));
        seen.and_then(|&(signal, _)| u8::try_from(signal).ok())
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        // Where the terminal has gone there is nothing to give back.
        let _ = self.restore();
        self.signals.idle.store(true, Ordering::SeqCst);
    }
}
