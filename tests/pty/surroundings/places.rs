//! Homes that are none, and terminals that can do little or have no room.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{ENTER, Session, Setup, kept};

fn answered(state: &Path) -> Value {
    let files = kept(state);
    assert_eq!(files.len(), 1, "{files:?}");
    let document: Value = serde_json::from_slice(&fs::read(&files[0]).unwrap()).unwrap();
    document["answers"]["stores"].clone()
}

/// Answers the first question and leaves by a typed word or a key: what stands on the screen then.
fn leave(setup: Setup) -> String {
    let mut session = setup.start();
    session.wait(" 1 of 27");
    session.press("4");
    session.wait(" 2 of 27");
    session.press("q");
    let end = session.end();
    assert_eq!(end.status, 130, "{}", end.screen);
    end.screen
}

#[test]
fn answers_that_cannot_be_kept_are_told() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    for (variables, trouble) in [
        (&[("HOME", "home")][..], "there is no home directory"),
        (&[("HOME", "home"), ("XDG_STATE_HOME", "")], "there is no home directory"),
        (&[("HOME", "home"), ("XDG_STATE_HOME", "state")], "there is no home directory"),
        (&[("HOME", "/dev/null")], "/dev/null/.local/state/pathquiz"),
        (&[("XDG_STATE_HOME", file.to_str().unwrap())], "file/pathquiz: "),
    ] {
        let setup = variables.iter().fold(Setup::new(24, 160), |setup, (name, value)| setup.variable(name, *value));
        let mut session = setup.start();
        session.wait(" 1 of 27");
        session.press("4");
        session.wait("Answers are not being saved: ");
        session.wait(trouble);
        session.press("q");
        let end = session.end();
        assert_eq!(end.status, 130, "{variables:?}");
        assert!(end.screen.contains("pathquiz -a stores=4"), "{variables:?}: {}", end.screen);
    }
    assert!(fs::read_to_string(&file).unwrap().is_empty());
    for name in [".local", "home", "state"] {
        assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join(name).exists(), "{name} is made where nobody looks for it");
    }
}

/// A folder for the state that is empty or relative counts as not named; one that is absolute needs no home.
#[test]
fn the_folder_of_the_state_is_found() {
    for state in ["", "state"] {
        let home = TempDir::new().unwrap();
        leave(Setup::new(24, 80).variable("HOME", home.path()).variable("XDG_STATE_HOME", state));
        assert_eq!(answered(&home.path().join(".local/state")), 4, "{state:?}");
    }
    for home in ["", "home", "/dev/null"] {
        let state = TempDir::new().unwrap();
        leave(Setup::new(24, 80).variable("HOME", home).state(state.path()));
        assert_eq!(answered(state.path()), 4, "{home:?}");
    }
}

#[test]
fn a_terminal_without_a_name_is_asked_by_lines() {
    let unnamed = Setup::new(40, 80).program("/usr/bin/env").arguments(&["-u", "TERM", env!("CARGO_BIN_EXE_pathquiz")]);
    for setup in [unnamed, Setup::new(40, 80).variable("TERM", "")] {
        let state = TempDir::new().unwrap();
        let mut session = setup.state(state.path()).start();
        session.wait("Question 1 of 27");
        session.press(&format!("4{ENTER}"));
        session.wait("Question 2 of 27");
        session.press(&format!("quit{ENTER}"));
        let end = session.end();
        assert_eq!(end.status, 130, "{}", end.screen);
        assert!(!end.bytes.contains(&0x1B));
        assert_eq!(answered(state.path()), 4);
    }
}

fn finish(session: &mut Session) {
    session.press(&format!("{}1{ENTER}1{ENTER}", "1".repeat(25)));
}

#[test]
fn a_terminal_without_room_can_be_used() {
    for (rows, columns) in [(0, 0), (1, 1), (1, 200), (50, 1)] {
        let state = TempDir::new().unwrap();
        let mut session = Setup::new(rows, columns).state(state.path()).arguments(&["--full"]).start();
        session.wait_for_keys();
        session.press("r?\rr");
        finish(&mut session);
        assert_eq!(session.end().status, 0, "{rows} by {columns}");
        assert!(kept(state.path()).is_empty(), "{rows} by {columns}");
        let mut session =
            Setup::new(rows, columns).arguments(&["--answers", "tests/data/answers/plumber.json"]).start();
        session.wait_for_keys();
        session.press("q");
        assert_eq!(session.end().status, 0, "{rows} by {columns}");
    }
}

#[test]
fn errors_keep_their_lines_where_a_terminal_tells_no_size() {
    let end = Setup::new(0, 0).arguments(&["-a", "stores=9"]).start().end();
    let told = String::from_utf8(end.bytes).unwrap();
    assert!(told.starts_with("error: -a `stores=9`: `stores` has no choice `9`; allowed:"), "{told}");
}

/// A pipe that is closed before the result comes: nobody has seen it, but it is kept.
#[test]
fn a_result_that_nobody_reads_costs_no_answer() {
    let (state, data) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let script =
        "mkfifo \"$XDG_STATE_HOME/p\"; exec 4<>\"$XDG_STATE_HOME/p\" 3>\"$XDG_STATE_HOME/p\" 4<&-; exec \"$0\" >&3";
    let arguments = ["-c", script, env!("CARGO_BIN_EXE_pathquiz")];
    let setup = || Setup::new(24, 80).state(state.path()).variable("XDG_DATA_HOME", data.path());
    let mut session = setup().program("/bin/sh").arguments(&arguments).start();
    session.wait(" 1 of 27");
    finish(&mut session);
    let end = session.end();
    assert_eq!(end.status, 0);
    assert!(end.screen.contains("note: nobody has read the result; `pathquiz result` shows it"), "{}", end.screen);
    assert!(kept(state.path()).is_empty());
    let mut session = setup().arguments(&["result"]).start();
    session.wait("q done");
    session.press("q");
    let end = session.end();
    assert!(end.screen.contains("Neither seems to be for you"), "{}", end.screen);
}
