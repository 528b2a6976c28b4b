//! Answers survive whatever happens to the program, and nothing that was saved is overwritten unasked.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::harness::{DOWN, ENTER, Setup, kept};
use serde_json::{Value, json};
use tempfile::TempDir;

fn answers(file: &Path) -> Value {
    let document: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    document["answers"].clone()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Answers the first questions by these keys and leaves.
fn leave_after(state: &Path, keys: &[&str]) {
    let mut session = Setup::new(24, 80).state(state).start();
    for (number, key) in (1..).zip(keys) {
        session.wait(&format!(" {number} of 27"));
        session.press(key);
    }
    session.wait(&format!(" {} of 27", keys.len() + 1));
    session.press("q");
    let end = session.end();
    assert_eq!(end.status, 130);
    assert!(end.screen.contains(&format!("{} of 27 answered", keys.len())), "{}", end.screen);
}

#[test]
fn a_quiz_that_was_left_goes_on_where_it_was() {
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4", "3"]);
    let files = kept(state.path());
    assert_eq!(files.len(), 1);
    assert_eq!(answers(&files[0]), json!({ "stores": 4, "music": "moods" }));
    assert_eq!((mode(&files[0]), mode(&state.path().join("pathquiz"))), (0o600, 0o700));
    let mut session = Setup::new(24, 80).state(state.path()).arguments(&["--start", "2026-11-23"]).start();
    session.wait("Go on where it was left");
    session.press(ENTER);
    session.wait(" 3 of 27");
    session.press("\x1b[D");
    session.wait("❯ 3 (x)");
    session.press("\x1b[C");
    session.wait(" 3 of 27");
    session.press(&"1".repeat(23));
    session.wait(" 26 of 27");
    session.press(&format!("1{ENTER}1{ENTER}"));
    session.wait("q done");
    session.press("q");
    assert_eq!(session.end().status, 0);
    assert_eq!(kept(state.path()), Vec::<std::path::PathBuf>::new(), "nothing is kept once the result is shown");
}

/// A folder that somebody has chosen by a link keeps its permissions; the answers in it are private all the same.
#[test]
fn a_folder_behind_a_link_is_not_changed() {
    let state = TempDir::new().unwrap();
    let (chosen, own) = (state.path().join("chosen"), state.path().join("pathquiz"));
    fs::create_dir(&chosen).unwrap();
    fs::set_permissions(&chosen, fs::Permissions::from_mode(0o755)).unwrap();
    symlink(&chosen, &own).unwrap();
    leave_after(state.path(), &["4"]);
    assert_eq!((mode(&chosen), mode(&kept(state.path())[0])), (0o755, 0o600));
    fs::remove_file(&own).unwrap();
    fs::rename(&chosen, &own).unwrap();
    let mut session = Setup::new(24, 80).state(state.path()).start();
    session.wait("Go on where it was left");
    session.press("q");
    session.end();
    assert_eq!(mode(&own), 0o700, "a folder of its own is made private");
}

#[test]
fn starting_again_discarding_and_fresh() {
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4", "3"]);
    let mut session = Setup::new(24, 80).state(state.path()).start();
    session.wait("Start again");
    session.press(&format!("{DOWN}{ENTER}"));
    session.wait(" 1 of 27");
    assert_eq!(answers(&kept(state.path())[0])["stores"], 4, "kept until there is something to put in its place");
    session.press("2");
    session.wait(" 2 of 27");
    session.press("q");
    session.end();
    assert_eq!(answers(&kept(state.path())[0]), json!({ "stores": 2 }));
    let mut session = Setup::new(24, 80).state(state.path()).arguments(&["--fresh"]).start();
    session.wait(" 1 of 27");
    session.press("q");
    session.end();
    // In a small window it is the same list.
    let mut session = Setup::new(12, 30).state(state.path()).start();
    session.wait("Discard the");
    session.press("3");
    let end = session.end();
    assert_eq!(end.status, 0);
    assert!(end.screen.contains("the saved answers are"), "{}", end.screen);
    assert_eq!(kept(state.path()).len(), 0);
}

#[test]
fn ctrl_c_in_the_dialog_keeps_everything() {
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4", "3"]);
    for key in ["\x03", "\x1b"] {
        let mut session = Setup::new(24, 80).state(state.path()).start();
        session.wait("Go on where it was left");
        session.press(key);
        let end = session.end();
        assert_eq!(end.status, 130);
        assert!(end.screen.contains("the answers saved before stay."), "{}", end.screen);
    }
    assert_eq!(answers(&kept(state.path())[0])["stores"], 4);
}

#[test]
fn flags_win_over_what_was_saved() {
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4", "3"]);
    let mut session = Setup::new(24, 80).state(state.path()).arguments(&["-a", "stores=1"]).start();
    session.wait("Go on where it was left");
    session.press(ENTER);
    session.wait(" 3 of 27");
    session.press("5");
    session.wait(" 4 of 27");
    session.press("q");
    session.end();
    let expected = json!({ "stores": 1, "music": "moods", "signs": 5 });
    assert_eq!(answers(&kept(state.path())[0]), expected);
}

#[test]
fn a_flag_against_what_was_saved_overwrites_nothing_unasked() {
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4"]);
    let mut session = Setup::new(24, 80).state(state.path()).arguments(&["-a", "stores=1"]).start();
    session.wait("A quiz was left: 1 of 27 answered");
    session.press("\x03");
    session.end();
    assert_eq!(answers(&kept(state.path())[0]), json!({ "stores": 4 }));
}

#[test]
fn a_second_session_is_told_and_saves_nothing() {
    let state = TempDir::new().unwrap();
    let mut first = Setup::new(24, 80).state(state.path()).start();
    first.wait(" 1 of 27");
    first.press("5");
    first.wait(" 2 of 27");
    let mut second = Setup::new(24, 80).state(state.path()).arguments(&["--quick"]).start();
    second.wait("Answers are not being saved: another pathquiz is running");
    second.press("1");
    second.wait(" 2 of about 21");
    second.press("q");
    let end = second.end();
    assert!(end.screen.contains("pathquiz --quick -a stores=1"), "{}", end.screen);
    first.press("q");
    first.end();
    assert_eq!(answers(&kept(state.path())[0]), json!({ "stores": 5 }));
}

#[test]
fn what_cannot_be_read_is_reported_and_stays() {
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4", "3"]);
    let file = kept(state.path()).remove(0);
    for broken in ["{\"answers\": {\"stor", "{\"answers\": {\"stores\": 77}}", "\u{1b}[2J", ""] {
        fs::write(&file, broken).unwrap();
        let mut session = Setup::new(24, 80).state(state.path()).start();
        session.wait(" 1 of 27");
        session.press("5");
        if broken.is_empty() {
            session.wait(" 2 of 27");
        } else {
            session.wait("an earlier session cannot be read and");
        }
        session.press("q");
        let end = session.end();
        if !broken.is_empty() {
            assert!(end.screen.contains("cannot be read; --fresh replaces them"), "{}", end.screen);
            assert_eq!(fs::read_to_string(&file).unwrap(), broken);
        }
    }
}

#[test]
fn answers_to_another_version_of_the_bank_are_left_alone() {
    let state = TempDir::new().unwrap();
    let bank = state.path().join("bank.toml");
    let text = fs::read_to_string("tests/data/banks/kinds.toml").unwrap();
    let start = || Setup::new(24, 80).state(state.path()).arguments(&["--bank", bank.to_str().unwrap()]).start();
    fs::write(&bank, &text).unwrap();
    let mut session = start();
    session.wait("1 of 4");
    session.press("1");
    session.wait("2 of 4");
    session.press("q");
    session.end();
    let before = kept(state.path());
    fs::write(&bank, text.replace("version = \"1\"", "version = \"2\"")).unwrap();
    let mut session = start();
    session.wait("1 of 4");
    session.wait("another version of this bank");
    session.press("2");
    session.wait("2 of 4");
    session.press("q");
    session.end();
    assert_eq!(kept(state.path()).len(), 2);
    assert_eq!(answers(&before[0]), json!({ "step": 1 }));
}

#[test]
fn the_quiz_goes_on_where_nothing_can_be_saved() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("no-folder");
    fs::write(&file, "").unwrap();
    let mut session = Setup::new(24, 80).state(&file).start();
    session.wait(" 1 of 27");
    session.press("5");
    session.wait("Answers are not being saved:");
    session.press("q");
    assert!(session.end().screen.contains("pathquiz -a stores=5"));
    // A full disk is played by a limit on the size of files.
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4", "3"]);
    let before = answers(&kept(state.path())[0]);
    let script = format!("trap '' XFSZ; ulimit -f 0; exec {} --fresh $FLAGS", env!("CARGO_BIN_EXE_pathquiz"));
    let setup = || Setup::new(24, 80).program("/bin/sh").arguments(&["-c", &script]).state(state.path());
    let mut session = setup().start();
    session.wait(" 1 of 27");
    session.press("5");
    session.wait("Answers are not being saved:");
    session.press("q");
    assert!(session.end().screen.contains("The answers are not saved."));
    assert_eq!(answers(&kept(state.path())[0]), before);
    // What could not be replaced is not removed at the end either.
    let mut session = setup().variable("FLAGS", "--json").start();
    session.wait(" 1 of 27");
    session.press(&format!("{}1{ENTER}1{ENTER}", "1".repeat(25)));
    let end = session.end();
    assert_eq!(end.status, 0);
    assert!(String::from_utf8_lossy(&end.bytes).contains("note: answers were not saved on the way:"));
    assert_eq!(answers(&kept(state.path())[0]), before);
}

#[test]
fn a_kill_loses_no_answer() {
    let state = TempDir::new().unwrap();
    let mut session = Setup::new(24, 80).state(state.path()).start();
    session.wait(" 1 of 27");
    session.press("45");
    session.wait(" 2 of 27");
    session.press("2");
    session.wait(" 3 of 27");
    session.kill();
    assert_eq!(answers(&kept(state.path())[0]), json!({ "stores": 4, "music": "archive" }));
    let mut session = Setup::new(24, 80).state(state.path()).start();
    session.wait("A quiz was left: 2 of 27 answered");
    session.press(ENTER);
    session.wait(" 3 of 27");
    session.press("q");
    assert!(session.end().screen.contains("The answers are kept; `pathquiz` goes on from there."));
    assert_eq!(kept(state.path()).len(), 1);
}

/// Kills sessions at all moments while answers are written; `KILLS` says how many.
#[test]
fn every_kill_leaves_a_readable_state() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let state = TempDir::new().unwrap();
    for round in 0..kills {
        let mut session = Setup::new(24, 80).state(state.path()).arguments(&["--fresh"]).start();
        session.wait(" 1 of 27");
        let pressed = 1 + round % 17;
        session.press(&"3".repeat(pressed));
        session.wait_for("so many answers", |lines, _| {
            let number = lines.iter().find_map(|line| line.split_once(" of 27")?.0.rsplit(' ').next()?.parse().ok());
            number.is_some_and(|number: usize| number > round % 7 % pressed)
        });
        session.kill();
        let files = kept(state.path());
        for file in &files {
            let read = Command::new(env!("CARGO_BIN_EXE_pathquiz"))
                .args(["--no-input", "--json", "--answers", file.to_str().unwrap()])
                .stderr(Stdio::piped())
                .output()
                .unwrap();
            assert!(read.status.success(), "round {round}: {}", String::from_utf8_lossy(&read.stderr));
        }
        assert!(round == 0 || files.len() == 1, "round {round}: {files:?}");
    }
    let session = Setup::new(24, 80).state(state.path()).start();
    session.wait("A quiz was left: ");
    let names = fs::read_dir(state.path().join("pathquiz")).unwrap().count();
    assert_eq!(names, 2, "drafts of killed sessions are swept");
    session.kill();
}

#[test]
fn every_kill_at_the_end_leaves_the_answers_or_the_result() {
    const TINY: [&str; 2] = ["--bank", "tests/data/banks/tiny.toml"];
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    for round in 0..kills {
        let (state, data) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let setup = Setup::new(24, 80).state(state.path()).variable("XDG_DATA_HOME", data.path());
        let mut session = setup.arguments(&TINY).start();
        session.wait(" 1 of 2");
        session.press("1");
        session.wait(" 2 of 2");
        session.press("1");
        session.wait("All answered");
        session.press(ENTER);
        // Another moment each time.
        (0..round * 20_000).for_each(|_| std::hint::spin_loop());
        session.kill();
        let folder = data.path().join("pathquiz/results");
        let results = results(data.path()).into_iter().filter(|name| name.starts_with("weekend-1-"));
        let files: Vec<_> = results.map(|name| folder.join(name)).chain(kept(state.path())).collect();
        assert!(!files.is_empty(), "round {round}: the answers are lost");
        for file in files {
            let mut read = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
            let read = read.args(TINY).args(["--no-input", "--json", "--answers"]).arg(&file).output().unwrap();
            assert!(read.status.success(), "round {round}: {}", String::from_utf8_lossy(&read.stderr));
        }
    }
}

#[test]
fn piped_lines_neither_use_nor_touch_what_was_saved() {
    let state = TempDir::new().unwrap();
    leave_after(state.path(), &["4", "3"]);
    let before = fs::read(&kept(state.path())[0]).unwrap();
    let run = |input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pathquiz"))
            .args(["--plain", "--bank", "tests/data/banks/kinds.toml", "--json"])
            .env("XDG_STATE_HOME", state.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let ended = run("1\n2\n");
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("the input ended before the quiz did: 2 of 4 answered"));
    assert_eq!(kept(state.path()).len(), 2, "end of input keeps what there is");
    let whole = run("1\n2\n2 1\n2");
    assert_eq!(whole.status.code(), Some(0));
    let result: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(result["answers"], json!({ "pace": "nine", "step": 1, "some": ["y"], "order": ["v", "u"] }));
    assert!(!whole.stderr.contains(&0x1B));
    assert_eq!(kept(state.path()).len(), 2, "a script leaves alone what a session saved");
    assert_eq!(fs::read(&kept(state.path())[0]).unwrap(), before);
}

/// Returns the names in a folder of kept results, without its lock.
fn results(data: &Path) -> Vec<String> {
    let entries = fs::read_dir(data.join("pathquiz/results")).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "lock").collect();
    names.sort();
    names
}

#[test]
fn a_result_is_kept_unless_the_person_wants_nothing_kept() {
    let (state, data) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let small = ["--bank", "tests/data/banks/tiny.toml", "--plain"];
    for (more, count) in [(&[][..], 2), (&["--no-keep"], 2), (&[], 3)] {
        let setup = Setup::new(24, 80).state(state.path()).variable("XDG_DATA_HOME", data.path());
        let mut session = setup.arguments(&[&small[..], more].concat()).start();
        for asked in ["Answer 1 to 5", "Answer 1 to 2"] {
            session.wait(asked);
            session.press("1\r");
        }
        session.wait("All answered.");
        session.press("\r");
        assert_eq!(session.end().status, 0);
        let names = results(data.path());
        assert_eq!(names.len(), count, "{names:?}");
        assert_eq!(
            kept(state.path()),
            Vec::<std::path::PathBuf>::new(),
            "unfinished answers go when the result is kept"
        );
    }
    let folder = data.path().join("pathquiz/results");
    assert_eq!(mode(&folder), 0o700);
    assert!(results(data.path()).iter().all(|name| mode(&folder.join(name)) == 0o600));
}

#[test]
fn a_result_that_cannot_be_kept_is_shown() {
    let (state, data) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fs::write(data.path().join("pathquiz"), "").unwrap();
    let small = ["--bank", "tests/data/banks/tiny.toml", "--plain"];
    let setup = Setup::new(24, 80).state(state.path()).variable("XDG_DATA_HOME", data.path());
    let mut session = setup.arguments(&small).start();
    for (asked, line) in [("Answer 1 to 5", "1\r"), ("Answer 1 to 2", "1\r"), ("All answered.", "\r")] {
        session.wait(asked);
        session.press(line);
    }
    let end = session.end();
    assert_eq!(end.status, 0);
    assert!(String::from_utf8_lossy(&end.bytes).contains("the result is not kept"), "{}", end.screen);
}
