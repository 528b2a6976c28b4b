//! Streams that are closed, full, or left by their reader.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _, pipe};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tempfile::TempDir;

use super::{COMMANDS, command, feed, run, told};
use crate::harness::Setup;

const FULL: &str = "No space left on device";

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

/// Sheets in lines, far more than pipes and buffers hold.
fn sheets() -> String {
    "{\"pace\": \"nine\", \"step\": 1, \"some\": [\"x\"], \"order\": [\"u\", \"v\"]}\n".repeat(40_000)
}

#[test]
fn a_reader_that_is_gone_changes_nothing() {
    for (arguments, status) in COMMANDS {
        let usual = run(arguments);
        assert_eq!(usual.status.code(), Some(status), "{arguments:?}: {}", told(&usual));
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let output = command(arguments).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(told(&output), told(&usual), "{arguments:?}");
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let output = command(arguments).stderr(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(output.stdout, usual.stdout, "{arguments:?}");
    }
}

#[test]
fn a_reader_that_leaves_ends_the_work() {
    let bank = "tests/data/banks/kinds.toml";
    for arguments in [&["score", "--bank", bank][..], &["score", "--bank", bank, "--to", "csv"]] {
        let (output, read_all) = feed(command(arguments), sheets(), |child| {
            let mut stdout = child.stdout.take().unwrap();
            stdout.read_exact(&mut [0; 200]).unwrap();
        });
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", told(&output));
        assert!(!read_all, "{arguments:?} goes on for nobody");
    }
}

#[test]
fn a_full_standard_output_is_told() {
    for (arguments, status) in COMMANDS {
        let output = command(arguments).stdout(full()).output().unwrap();
        let told = told(&output);
        if run(arguments).stdout.is_empty() {
            assert_eq!(output.status.code(), Some(status), "{arguments:?}: {told}");
        } else {
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
            let reason = if arguments.contains(&"--json") {
                "\"message\": \"cannot write standard output: "
            } else {
                "error: cannot write standard output\ncaused by: "
            };
            assert!(told.contains(reason), "{arguments:?}: {told}");
            assert!(told.contains(FULL) && !told.contains("panicked"), "{arguments:?}: {told}");
        }
    }
}

#[test]
fn a_full_standard_error_keeps_the_result() {
    for (arguments, status) in COMMANDS {
        let output = command(arguments).stderr(full()).output().unwrap();
        let status = if arguments == ["--nonsense"] { 1 } else { status };
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(output.stdout, run(arguments).stdout, "{arguments:?}");
    }
}

#[test]
fn a_full_device_as_a_file_is_told() {
    let wrong = "{\"stores\": 77}\n".repeat(10);
    for (arguments, input) in [
        (&["--no-input", "-a", "stores=5", "-o", "/dev/full"][..], ""),
        (&["questions", "-o", "/dev/full"], ""),
        (&["plan", "data-engineering", "--format", "ics", "-o", "/dev/full"], ""),
        (&["plan", "--compare", "-o", "/dev/full"], ""),
        (&["schema", "bank", "-o", "/dev/full"], ""),
        (&["score", "tests/data/cohort/sheets.ndjson", "-o", "/dev/full"], ""),
        (&["score", "tests/data/cohort/microsoft.csv", "--rejects", "/dev/full"], ""),
        (&["score", "--rejects", "/dev/full"], &wrong),
        (&["cohort", "tests/data/cohort/sheets.ndjson", "-o", "/dev/full"], ""),
        (&["cohort", "tests/data/cohort/microsoft.csv", "--rejects", "/dev/full"], ""),
        (&["cohort", "--rejects", "/dev/full"], &wrong),
    ] {
        let (output, _) = feed(command(arguments), input.to_owned(), |_| {});
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let told = told(&output);
        assert!(told.contains("error: cannot write /dev/full\ncaused by: ") && told.contains(FULL), "{told}");
    }
}

/// Rows that nobody reads are still counted, and the sheets are still scored.
#[test]
fn a_reader_of_rejects_that_is_gone_changes_nothing() {
    let input = format!("{{\"stores\": 5}}\n{}", "{\"stores\": 77}\n".repeat(10));
    let csv = format!("stores\n5\n{}", "77\n".repeat(10));
    for (name, input) in [("score", &input), ("score", &csv), ("cohort", &input), ("cohort", &csv)] {
        let (usual, _) = feed(command(&[name]), input.clone(), |_| {});
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let script = format!("exec \"$0\" {name} --rejects /dev/fd/5 5>&1 >\"$1\"");
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("output");
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_pathquiz"), file.to_str().unwrap()]).env_clear();
        shell.env("LANG", "C.UTF-8").stdin(file_of(input, &folder)).stdout(writer);
        let output = shell.output().unwrap();
        assert_eq!((usual.status.code(), output.status.code()), (Some(4), Some(4)), "{}", told(&output));
        assert_eq!(fs::read(&file).unwrap(), usual.stdout);
    }
}

fn file_of(text: &str, folder: &TempDir) -> File {
    let path = folder.path().join("input");
    fs::write(&path, text).unwrap();
    File::open(path).unwrap()
}

/// Streams that are closed before the program begins swallow what is written, as `/dev/null` does; files are whole.
#[test]
fn closed_streams_are_like_none() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("result.json");
    let closed = |redirection: &str, arguments: &[&str]| {
        let script = format!("exec \"$0\" \"$@\" {redirection}");
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_pathquiz")]).args(arguments).env_clear();
        shell.env("LANG", "C.UTF-8").output().unwrap()
    };
    for redirection in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        for (arguments, status) in COMMANDS {
            let output = closed(redirection, arguments);
            assert_eq!(output.status.code(), Some(status), "{arguments:?} {redirection}: {}", told(&output));
        }
        for arguments in [&["score"][..], &["cohort", "--json"], &["cohort", "--format", "markdown"]] {
            let arguments = [arguments, &["tests/data/cohort/sheets.ndjson"]].concat();
            let output = closed(redirection, &[&arguments[..], &["-o", file.to_str().unwrap()]].concat());
            assert_eq!(output.status.code(), Some(0), "{arguments:?} {redirection}: {}", told(&output));
            assert_eq!(fs::read(&file).unwrap(), run(&arguments).stdout, "{arguments:?} {redirection}");
        }
    }
    // Nothing comes from a closed input, which is no sheet and no person.
    assert_eq!(closed("<&-", &["--plain"]).status.code(), Some(2));
    assert_eq!(closed("<&-", &["score"]).status.code(), run(&["score"]).status.code());
}

/// Tells on a terminal how far long work is, and leaves nothing of that on the screen.
#[test]
fn the_bar_of_long_work_is_taken_away() {
    for arguments in [&["score", "-o", "/dev/null"][..], &["cohort"]] {
        let folder = TempDir::new().unwrap();
        let fifo = folder.path().join("fifo.ndjson");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let arguments = [arguments, &["--bank", "tests/data/banks/kinds.toml", fifo.to_str().unwrap()]].concat();
        let session = Setup::new(100, 80).arguments(&arguments).start();
        let is_seen = Arc::new(AtomicBool::new(false));
        let (is_enough, sheets) = (Arc::clone(&is_seen), sheets());
        thread::spawn(move || {
            let mut pipe = OpenOptions::new().write(true).open(&fifo).unwrap();
            while !is_enough.load(Ordering::SeqCst) && pipe.write_all(sheets.as_bytes()).is_ok() {}
        });
        session.wait(" a second");
        is_seen.store(true, Ordering::SeqCst);
        let end = session.end();
        assert_eq!(end.status, 0, "{}", end.screen);
        assert!(!end.screen.contains(" a second"), "{}", end.screen);
    }
}
