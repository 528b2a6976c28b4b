//! Signals that end a run at any time.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::Signal;
use tempfile::TempDir;

use super::command;
use crate::harness::{Setup, kept};

/// Signals that end a program wherever it is, with their names and numbers.
const SIGNALS: [(&str, i32); 3] = [("-HUP", 1), ("-INT", 2), ("-TERM", 15)];

/// Signals that end a program and would leave a terminal as it is while single keys are read.
const ALL: [Signal; 10] = [
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::TERM,
    Signal::USR1,
    Signal::USR2,
    Signal::ALARM,
    Signal::VTALARM,
    Signal::PROF,
    Signal::XCPU,
];

/// Those that end a program started here: where this test ignores one, as under `nohup`, its programs do too.
fn ending() -> impl Iterator<Item = (&'static str, i32)> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or_default();
    let ignored = u64::from_str_radix(mask.trim(), 16).unwrap_or_default();
    SIGNALS.into_iter().filter(move |(_, number)| ignored >> (number - 1) & 1 == 0)
}

fn signal(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

/// Leaves a quiz with one answer behind.
fn leave(state: &Path) {
    let mut session = Setup::new(24, 80).state(state).start();
    session.wait(" 1 of 27");
    session.press("4");
    session.wait(" 2 of 27");
    session.press("q");
    session.end();
}

#[test]
fn a_signal_ends_every_view_and_keeps_the_answers() {
    for signal in ALL {
        for (keys, shown) in [("", "A quiz was left"), ("\r", " 2 of 27"), ("\rr", "Review"), ("\r?", "Any other key")]
        {
            let state = TempDir::new().unwrap();
            leave(state.path());
            let before = fs::read(&kept(state.path())[0]).unwrap();
            let mut session = Setup::new(24, 80).state(state.path()).start();
            session.wait("A quiz was left");
            for key in keys.chars() {
                session.press(&key.to_string());
                session.wait(if key == '\r' { " 2 of 27" } else { shown });
            }
            session.signal(signal);
            let end = session.end();
            assert_eq!(end.status, 128 + signal.as_raw().unsigned_abs(), "{signal:?} in {shown}: {}", end.screen);
            assert!(end.screen.contains("the quiz was interrupted"), "{signal:?} in {shown}: {}", end.screen);
            assert_eq!(fs::read(&kept(state.path())[0]).unwrap(), before, "{signal:?} in {shown}");
        }
    }
}

#[test]
fn a_signal_ends_a_wait_for_a_line_and_keeps_the_answers() {
    for (name, number) in ending() {
        let state = TempDir::new().unwrap();
        let mut plain = command(&["--plain"]);
        plain.env("XDG_STATE_HOME", state.path()).env("HOME", state.path());
        let mut child = plain.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(b"4\n").unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains("Question 2 of 27")));
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.signal(), output.stdout.len()), (Some(number), 0));
        let text = fs::read_to_string(&kept(state.path())[0]).unwrap();
        assert!(text.contains("\"stores\": 4"), "{text}");
    }
}

/// Work that is stopped while it reads and writes leaves the file that was there, and on Linux no other one.
#[test]
fn a_signal_leaves_no_half_file() {
    let sheets = fs::read_to_string("tests/data/cohort/sheets.ndjson").unwrap();
    let sheets = sheets.repeat(1 + (1 << 20) / sheets.len());
    for (name, number) in ending() {
        for arguments in [&["score"][..], &["score", "--to", "csv"], &["cohort", "--json"]] {
            let folder = TempDir::new().unwrap();
            let (file, rejects) = (folder.path().join("result"), folder.path().join("rejects"));
            fs::write(&file, "before").unwrap();
            let mut work = command(arguments);
            work.arg("-o").arg(&file).arg("--rejects").arg(&rejects).stdin(Stdio::piped());
            let mut child = work.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
            // When all but what pipes hold has been taken, the work is under way; its end is not in sight.
            let mut stdin = child.stdin.take().unwrap();
            stdin.write_all(sheets.as_bytes()).unwrap();
            signal(&child, name);
            let output = child.wait_with_output().unwrap();
            drop(stdin);
            assert_eq!(output.status.signal(), Some(number), "{arguments:?}");
            assert_eq!(fs::read_to_string(&file).unwrap(), "before", "{arguments:?}");
            assert!(!rejects.exists(), "{arguments:?}");
            if cfg!(target_os = "linux") {
                assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{arguments:?}");
            }
        }
    }
}

/// Without an answer to keep, a signal before the first question says so, and nothing is left.
#[test]
fn a_signal_before_the_first_answer_leaves_nothing() {
    for signal in ALL {
        let state = TempDir::new().unwrap();
        let session = Setup::new(24, 80).state(state.path()).start();
        session.wait(" 1 of 27");
        session.signal(signal);
        let end = session.end();
        assert_eq!(end.status, 128 + signal.as_raw().unsigned_abs(), "{signal:?}");
        assert!(end.screen.contains("0 of 27 answered"), "{}", end.screen);
        assert!(kept(state.path()).is_empty());
    }
}

/// A signal between the first line of the list and the wait for a key is obeyed without one.
#[test]
fn a_signal_while_the_list_is_painted_is_obeyed_at_once() {
    let state = TempDir::new().unwrap();
    leave(state.path());
    for round in 0..40 {
        let session = Setup::new(24, 80).state(state.path()).start();
        session.wait("A quiz was left");
        session.signal(Signal::USR1);
        let end = session.end();
        assert_eq!(end.status, 128 + Signal::USR1.as_raw().unsigned_abs(), "{round}: {}", end.screen);
    }
}
