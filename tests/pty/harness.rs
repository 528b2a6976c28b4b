//! The program in a pseudo-terminal with a real screen.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

pub(crate) const UP: &str = "\x1b[A";
pub(crate) const DOWN: &str = "\x1b[B";
pub(crate) const RIGHT: &str = "\x1b[C";
pub(crate) const LEFT: &str = "\x1b[D";
pub(crate) const ENTER: &str = "\r";
pub(crate) const ESCAPE: &str = "\x1b";

/// Runs a program and stays: Linux may throw away what was written last as soon as the leader of a session has ended.
/// The first mark gives the program's id, the last one its status; no terminal shows them.
const LEADER: &str = r#"trap : INT QUIT TERM HUP
/bin/sh -c 'printf "\033_%d\033\\" "$$"; exec "$@"' sh "$@"
printf '\033_%d\033\\' "$?"
read -r _"#;
const MARK: &[u8] = b"\x1b_";
const MARK_END: &[u8] = b"\x1b\\";

/// How a session begins.
pub(crate) struct Setup {
    size: (u16, u16),
    program: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(OsString, OsString)>,
}

impl Setup {
    pub(crate) fn new(rows: u16, columns: u16) -> Self {
        let variables = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")];
        Self {
            size: (rows, columns),
            program: env!("CARGO_BIN_EXE_pathquiz").into(),
            arguments: Vec::new(),
            variables: variables.map(|(name, value)| (name.into(), value.into())).into(),
        }
    }

    pub(crate) fn program(mut self, program: &str) -> Self {
        self.program = program.into();
        self
    }

    pub(crate) fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Answers are kept in this folder; without one, nowhere that another test looks.
    pub(crate) fn state(self, folder: &Path) -> Self {
        self.variable("XDG_STATE_HOME", folder)
    }

    pub(crate) fn start(self) -> Session {
        let (rows, cols) = self.size;
        let pty = native_pty_system().openpty(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        let modes = format!("{:?}", pty.master.get_termios());
        let home = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", LEADER, "sh"]);
        command.arg(self.program);
        command.args(self.arguments);
        command.env_clear();
        command.env("HOME", home.path());
        for (name, value) in self.variables {
            command.env(name, value);
        }
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        // A terminal that tells no size is as large as most are.
        let (rows, cols) = if (rows, cols) == (0, 0) { (24, 80) } else { (rows, cols) };
        let parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 1000);
        let screen = Arc::new((Mutex::new(Screen { parser, bytes: Vec::new(), ended: false }), Condvar::new()));
        let (mut output, shared) = (pty.master.try_clone_reader().unwrap(), Arc::clone(&screen));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let read = output.read(&mut bytes).unwrap_or(0);
                let mut screen = shared.0.lock().unwrap();
                screen.parser.process(&bytes[..read]);
                screen.bytes.extend_from_slice(&bytes[..read]);
                screen.ended = read == 0 || screen.parts().is_some();
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let keyboard = pty.master.take_writer().unwrap();
        Session { master: pty.master, child, keyboard, screen, modes, _home: home }
    }
}

/// A session under way.
pub(crate) struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    screen: Arc<(Mutex<Screen>, Condvar)>,
    modes: String,
    _home: TempDir,
}

struct Screen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    ended: bool,
}

impl Screen {
    /// Returns the program's id, what it has written, and its status, or None before its end.
    fn parts(&self) -> Option<(&[u8], &[u8], &[u8])> {
        let (id, rest) = mark(&self.bytes)?;
        let end = rest.windows(MARK.len()).rposition(|bytes| bytes == MARK)?;
        let (status, _) = mark(&rest[end..])?;
        Some((id, &rest[..end], status))
    }

    fn contents(&self) -> String {
        self.parser.screen().contents()
    }
}

/// Splits text that begins with a mark into what the mark says and the rest.
fn mark(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let bytes = bytes.strip_prefix(MARK)?;
    let end = bytes.windows(MARK_END.len()).position(|bytes| bytes == MARK_END)?;
    Some((&bytes[..end], &bytes[end + MARK_END.len()..]))
}

fn number(digits: &[u8]) -> u32 {
    str::from_utf8(digits).unwrap().parse().unwrap()
}

/// What is left when a session has ended.
pub(crate) struct End {
    pub(crate) status: u32,
    pub(crate) screen: String,
    /// Everything that was ever written.
    pub(crate) bytes: Vec<u8>,
}

impl Session {
    /// Waits until the screen is as wanted; fails when the program ends before. The time limit only keeps a broken
    /// program from hanging the tests.
    #[track_caller]
    fn until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> MutexGuard<'_, Screen> {
        let (lock, changed) = &*self.screen;
        let waiting = |screen: &mut Screen| !wanted(&screen.contents()) && !screen.ended;
        let (screen, _) = changed.wait_timeout_while(lock.lock().unwrap(), Duration::from_secs(60), waiting).unwrap();
        let contents = screen.contents();
        assert!(wanted(&contents), "{what}:\n{contents}");
        screen
    }

    /// Waits until the screen shows something.
    #[track_caller]
    pub(crate) fn wait(&self, what: &str) {
        drop(self.until(&format!("`{what}` is shown"), |contents| contents.contains(what)));
    }

    /// Waits until the screen shows one thing and not the other.
    #[track_caller]
    pub(crate) fn wait_without(&self, what: &str, without: &str) {
        let wanted = |contents: &str| contents.contains(what) && !contents.contains(without);
        drop(self.until(&format!("`{what}` is shown without `{without}`"), wanted));
    }

    /// Waits until single keys are read, which the screen may be too small to show.
    #[track_caller]
    pub(crate) fn wait_for_keys(&self) {
        let (lock, changed) = &*self.screen;
        let waiting = |screen: &mut Screen| !screen.parser.screen().bracketed_paste() && !screen.ended;
        let (screen, _) = changed.wait_timeout_while(lock.lock().unwrap(), Duration::from_secs(60), waiting).unwrap();
        assert!(screen.parser.screen().bracketed_paste(), "keys are read:\n{}", screen.contents());
    }

    /// Waits until the rows of the screen and the row of the cursor are as wanted.
    #[track_caller]
    pub(crate) fn wait_for(&self, what: &str, wanted: impl Fn(&[&str], usize) -> bool) {
        let (lock, changed) = &*self.screen;
        let is_wanted = |screen: &Screen| {
            let contents = screen.contents();
            wanted(&contents.lines().collect::<Vec<_>>(), screen.parser.screen().cursor_position().0.into())
        };
        let waiting = |screen: &mut Screen| !is_wanted(screen) && !screen.ended;
        let (screen, _) = changed.wait_timeout_while(lock.lock().unwrap(), Duration::from_secs(60), waiting).unwrap();
        assert!(is_wanted(&screen), "{what}:\n{}", screen.contents());
    }

    /// The rows of the screen, and the row and column of the cursor.
    pub(crate) fn look(&self) -> (Vec<String>, (u16, u16)) {
        let screen = self.screen.0.lock().unwrap();
        let (_, columns) = screen.parser.screen().size();
        (screen.parser.screen().rows(0, columns.into()).collect(), screen.parser.screen().cursor_position())
    }

    /// The screen as text with colour and weight, without empty rows at its end.
    pub(crate) fn colored(&self) -> String {
        let screen = self.screen.0.lock().unwrap();
        let screen = screen.parser.screen();
        let (rows, columns) = screen.size();
        let mut text = String::new();
        for row in 0..rows.get() {
            let mut style = (false, vt100::Color::Default);
            for cell in (0..columns.get()).filter_map(|column| screen.cell(row, column)) {
                let new = (cell.bold(), cell.fgcolor());
                if new != style {
                    text.push_str("\x1b[0m");
                    text.push_str(if new.0 { "\x1b[1m" } else { "" });
                    if let vt100::Color::Idx(color) = new.1 {
                        let _ = write!(text, "\x1b[3{color}m");
                    }
                    style = new;
                }
                text.push_str(if cell.has_contents() { cell.contents() } else { " " });
            }
            text.truncate(text.trim_end_matches(' ').len());
            text.push_str("\x1b[0m\n");
        }
        let end = text.trim_end_matches("\x1b[0m\n").len();
        text.truncate(end);
        text
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, rows: u16, cols: u16) {
        let mut screen = self.screen.0.lock().unwrap();
        screen.parser.screen_mut().set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
        drop(screen);
        self.master.resize(PtySize { rows, cols, ..PtySize::default() }).unwrap();
    }

    pub(crate) fn id(&self) -> u32 {
        let (lock, changed) = &*self.screen;
        let waiting = |screen: &mut Screen| mark(&screen.bytes).is_none() && !screen.ended;
        let (screen, _) = changed.wait_timeout_while(lock.lock().unwrap(), Duration::from_secs(60), waiting).unwrap();
        number(mark(&screen.bytes).unwrap().0)
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(self.id().try_into().unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// Kills without a chance to do anything, and waits until it is over.
    pub(crate) fn kill(self) {
        self.signal(Signal::KILL);
        drop(self.ended());
    }

    #[track_caller]
    fn ended(&self) -> MutexGuard<'_, Screen> {
        let (lock, changed) = &*self.screen;
        let waiting = |screen: &mut Screen| !screen.ended;
        let (screen, limit) =
            changed.wait_timeout_while(lock.lock().unwrap(), Duration::from_secs(60), waiting).unwrap();
        assert!(!limit.timed_out(), "it ends:\n{}", screen.contents());
        screen
    }

    /// Waits for the end; the terminal must be as it was before.
    #[track_caller]
    pub(crate) fn end(self) -> End {
        let screen = self.ended();
        let (_, bytes, status) = screen.parts().unwrap();
        let last = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(400)..]);
        assert!(!screen.parser.screen().hide_cursor(), "the cursor is visible:\n{last:?}");
        assert!(!screen.parser.screen().bracketed_paste(), "pasted text is as before:\n{last:?}");
        assert_eq!(format!("{:?}", self.master.get_termios()), self.modes, "the modes are as before");
        End { status: number(status), screen: screen.contents(), bytes: bytes.to_vec() }
    }
}

impl Drop for Session {
    /// Leaves nothing running behind a test that failed.
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Files in the state folder, by name.
pub(crate) fn kept(state: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(state.join("pathquiz")).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}
