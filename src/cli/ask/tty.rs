//! The terminal for single keys: reads standard input, draws on standard error.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, kill_process_group};
use rustix::termios::tcgetwinsize;
use signal_hook::consts::{SIGCONT, SIGWINCH};
use signal_hook::{flag, low_level::pipe};

use crate::cli::ask::raw_mode::{RawMode, SIGNALS};
use crate::terminal::{Event, Size, Terminal, Timeout};

/// The time that the rest of a key's sequence may take, as over a slow line; a person takes longer between two keys.
const BRIEF: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// Pasted text comes between marks, and is told from typed text by them.
const PASTE_ON: &str = "\x1b[?2004h";
const PASTE_OFF: &str = "\x1b[?2004l";

pub(crate) struct Tty<'r> {
    raw_mode: &'r RawMode,
    /// A byte can be read here after every signal, so that none is missed between looking and waiting.
    wake: UnixStream,
    continued: Arc<AtomicBool>,
}

impl<'r> Tty<'r> {
    pub(crate) fn new(raw_mode: &'r RawMode) -> io::Result<Self> {
        let (wake, sender) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let continued = Arc::new(AtomicBool::new(false));
        flag::register(SIGCONT, Arc::clone(&continued))?;
        for signal in SIGNALS.into_iter().chain([SIGCONT, SIGWINCH]) {
            pipe::register(signal, sender.try_clone()?)?;
        }
        let mut tty = Self { raw_mode, wake, continued };
        tty.write(PASTE_ON)?;
        Ok(tty)
    }

    /// Returns what the signals since the last look mean.
    fn woken(&mut self) -> io::Result<Event> {
        self.drain();
        if self.raw_mode.signal().is_some() {
            return Ok(Event::Signal);
        }
        if self.continued.swap(false, Ordering::SeqCst) {
            self.raw_mode.enter()?;
            self.write(PASTE_ON)?;
        }
        Ok(Event::Resized)
    }

    fn drain(&mut self) {
        let mut bytes = [0; 64];
        while self.wake.read(&mut bytes).is_ok_and(|length| length > 0) {}
    }

    fn read() -> io::Result<Event> {
        let mut bytes = [0; 1024];
        // Past the buffer of the standard library, which would hide from the next wait what it holds.
        match rustix::io::read(io::stdin(), &mut bytes) {
            Ok(0) | Err(Errno::IO) => Ok(Event::Closed),
            Ok(length) => Ok(Event::Bytes(bytes.get(..length).unwrap_or_default().to_vec())),
            Err(error) => Err(error.into()),
        }
    }
}

impl Terminal for Tty<'_> {
    fn wait(&mut self, timeout: Timeout) -> io::Result<Event> {
        let limit = (timeout == Timeout::Brief).then_some(&BRIEF);
        loop {
            // One that came before there was anything to wake.
            if self.raw_mode.signal().is_some() {
                return Ok(Event::Signal);
            }
            let stdin = io::stdin();
            let mut watched = [PollFd::new(&self.wake, PollFlags::IN), PollFd::new(&stdin, PollFlags::IN)];
            match poll(&mut watched, limit) {
                Ok(0) => return Ok(Event::Quiet),
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            match watched.map(|watched| !watched.revents().is_empty()) {
                [true, _] => return self.woken(),
                [false, true] => return Self::read(),
                [false, false] => {}
            }
        }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let mut stderr = io::stderr().lock();
        stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush())
    }

    fn size(&self) -> Size {
        let size = tcgetwinsize(io::stderr()).ok().filter(|size| size.ws_row > 0 && size.ws_col > 0);
        size.map_or(Size { rows: 24, columns: 80 }, |size| Size {
            rows: size.ws_row.into(),
            columns: size.ws_col.into(),
        })
    }

    /// Stops the whole job, as the key does that is not read as one otherwise. Without a shell that could bring it back
    /// the system ignores the signal, and the quiz goes on.
    fn suspend(&mut self) -> io::Result<()> {
        self.write(PASTE_OFF)?;
        self.raw_mode.restore()?;
        kill_process_group(getpgrp(), Signal::TSTP)?;
        // Ended instead of brought back: the terminal is the shell's by now.
        if self.raw_mode.signal().is_some() {
            return Ok(());
        }
        self.continued.store(false, Ordering::SeqCst);
        self.drain();
        self.raw_mode.enter()?;
        self.write(PASTE_ON)
    }
}

impl Drop for Tty<'_> {
    fn drop(&mut self) {
        let _ = self.write(PASTE_OFF);
    }
}
