//! The result in one window and the keys under it, through a pseudo-terminal.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::harness::{DOWN, ENTER, ESCAPE, LEFT, Session, Setup};
use pathquiz::internals::bank::{Bank, SHIPPED};
use rustix::process::Signal;
use serde_json::{Map, Value, json};
use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

const PLUMBER: [&str; 4] = ["--answers", "tests/data/answers/plumber.json", "--start", "2026-11-30"];

/// A session with the keys of this result under it.
fn shown(rows: u16, columns: u16, arguments: &[&str]) -> Session {
    let session = Setup::new(rows, columns).arguments(arguments).start();
    session.wait(if columns < 60 { "o w " } else { "q done" });
    session
}

/// Waits for some words, however they are broken into lines.
#[track_caller]
fn wait_for_words(session: &Session, words: &str) {
    session.wait_for(words, |lines, _| {
        lines.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ").contains(words)
    });
}

/// Writes a file of answers to the shipped bank, the same choice of every question that has one, `skip` of the others.
fn same_answers(folder: &Path, choice: Option<u64>) -> String {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let answers = bank.questions().iter().map(|question| {
        let answer = choice.filter(|_| question.is_scored()).map_or(json!("skip"), |choice| {
            let choice = usize::try_from(choice).unwrap() % question.choices.len();
            question.choices[choice].id.parse::<u64>().map_or_else(|_| json!(question.choices[choice].id), |n| json!(n))
        });
        (question.id.clone(), answer)
    });
    let path = folder.join("answers.json");
    fs::write(&path, Value::Object(answers.collect::<Map<_, _>>()).to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Makes a program of a shell script.
fn script(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_result_is_one_window_and_stays_when_the_keys_end() {
    for key in ["q", ENTER, ESCAPE, "\x03", "\x04"] {
        let mut session = shown(24, 80, &PLUMBER);
        let (rows, (row, _)) = session.look();
        let first = rows.iter().position(|row| row.contains("clearly suits")).unwrap();
        let keys = rows.iter().position(|row| row.contains("q done")).unwrap();
        assert!(keys - first < 22, "{rows:#?}");
        assert_eq!(usize::from(row), keys, "the cursor waits on the keys");
        session.press("x7");
        session.press(key);
        let end = session.end();
        assert_eq!(end.status, 0, "{key:?}");
        assert!(end.screen.contains("Data Engineering clearly suits your interests better."), "{}", end.screen);
        assert!(end.screen.contains("now      ") && !end.screen.contains("q done"), "{}", end.screen);
    }
}

#[test]
fn a_small_window_shows_the_next_step_and_the_letters_of_the_keys() {
    let mut session = shown(12, 30, &PLUMBER);
    let (rows, _) = session.look();
    let text = rows.join("\n");
    for part in ["Data Engineering clearly suits", "liked 6 of 6", "now: ", "o w p y c q"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    session.resize(24, 80);
    session.wait("o page · w files");
    session.wait("How sure");
    session.resize(12, 30);
    session.wait_without("o w p y c q", "How sure");
    let (rows, _) = session.look();
    assert_eq!(rows.join("\n"), text, "as it was before");
    session.press("q");
    assert_eq!(session.end().status, 0);
}

#[test]
fn a_pipe_a_format_and_full_get_everything() {
    let full = Setup::new(24, 80).arguments(&PLUMBER).arguments(&["--full"]).start().end();
    let text = String::from_utf8(full.bytes).unwrap();
    assert!(text.contains("What would change it") && text.contains("Build") && !text.contains("q done"), "{text}");
    let json = Setup::new(24, 80).arguments(&PLUMBER).arguments(&["--json"]).start().end();
    assert!(String::from_utf8(json.bytes).unwrap().starts_with('{'));
    let script = "\"$0\" \"$@\" | cat";
    let arguments = [&["-c", script, env!("CARGO_BIN_EXE_pathquiz")], &PLUMBER[..]].concat();
    let piped = Setup::new(24, 80).program("/bin/sh").arguments(&arguments).start().end();
    assert!(String::from_utf8(piped.bytes).unwrap().contains("What would change it"));
}

#[test]
fn files_get_everything_and_are_named_in_the_window() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("r.md");
    let name = file.to_str().unwrap();
    let mut session = Setup::new(24, 120).arguments(&PLUMBER).arguments(&["-o", name]).start();
    session.wait(&format!("The whole result is in {name}."));
    session.wait("q done");
    session.press("q");
    assert_eq!(session.end().status, 0);
    assert!(fs::read_to_string(&file).unwrap().contains("What would change it"));
}

#[test]
fn the_page_is_opened_and_its_path_told() {
    let folder = TempDir::new().unwrap();
    let (temporary, opened) = (folder.path().join("tmp"), folder.path().join("opened"));
    fs::create_dir(&temporary).unwrap();
    script(folder.path(), "xdg-open", &format!("echo \"$1\" > {0}.new; mv {0}.new {0}", opened.display()));
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let setup = Setup::new(24, 80).arguments(&PLUMBER).variable("PATH", path).variable("TMPDIR", &temporary);
    let mut session = setup.start();
    session.wait("q done");
    session.press("o");
    wait_for_words(&session, "w saves it elsewhere.");
    while !opened.exists() {
        std::thread::yield_now();
    }
    let page = fs::read_to_string(&opened).unwrap();
    assert!(fs::read_to_string(page.trim()).unwrap().contains("<html"), "{page}");
    assert!(Path::new(page.trim()).starts_with(temporary.canonicalize().unwrap()), "{page}");
    session.press("q");
    assert_eq!(session.end().status, 0);
    let mut session = Setup::new(24, 80).arguments(&PLUMBER).variable("PATH", "/nowhere").start();
    session.wait("q done");
    session.press("o");
    wait_for_words(&session, "No browser was found");
    session.press("q");
    session.end();
}

#[test]
fn several_files_are_saved_and_none_is_written_over() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("result.md"), "mine").unwrap();
    let mut session = shown(40, 100, &PLUMBER);
    session.press("w");
    session.wait("Which files?");
    session.press(ENTER);
    session.wait("Please mark 1 to 4");
    session.press(&format!("1{DOWN}2 3{ENTER}"));
    session.wait("Into which folder?");
    session.press(&format!("\x7f{}{ENTER}", folder.path().display()));
    wait_for_words(&session, "Written:");
    wait_for_words(&session, "is there already and was left as it is");
    session.press("w");
    session.wait("Which files?");
    session.press(ESCAPE);
    session.wait_without("q done", "Which files?");
    session.press("q");
    assert_eq!(session.end().status, 0);
    let file = |name: &str| fs::read_to_string(folder.path().join(name));
    assert!(file("result.html").unwrap().contains("<html"));
    assert_eq!(file("result.md").unwrap(), "mine");
    file("result.json").unwrap_err();
}

#[test]
fn plan_and_reasons_come_through_the_pager() {
    let folder = TempDir::new().unwrap();
    let texts = folder.path().join("texts");
    script(
        folder.path(),
        "pager",
        &format!("(cat; echo END) >> {0}; echo seen $(grep -c END {0}); read line < /dev/tty", texts.display()),
    );
    let pager = folder.path().join("pager");
    let mut session = Setup::new(24, 80).arguments(&PLUMBER).variable("PAGER", &pager).start();
    session.wait("q done");
    session.press("p");
    session.wait("seen 1");
    session.press(ENTER);
    session.wait_for("the window is there again", |lines, _| lines.last().is_some_and(|line| line.contains("q done")));
    session.press("y");
    session.wait_for("the pager waits", |lines, _| lines.last().is_some_and(|line| line.contains("seen 2")));
    // Meant for the pager: it ends nothing else.
    session.press("\x03");
    session.wait_for("the window is there again", |lines, _| lines.last().is_some_and(|line| line.contains("q done")));
    session.press("q");
    assert_eq!(session.end().status, 0);
    let texts = fs::read_to_string(&texts).unwrap();
    let texts: Vec<&str> = texts.split_terminator("END\n").collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("Study plan:") && !text.contains("mattered most")));
    assert!(texts.iter().any(|text| text.contains("mattered most") && !text.contains("Study plan:")));
}

#[test]
fn a_changed_answer_changes_the_result() {
    let folder = TempDir::new().unwrap();
    let arguments = ["--answers", &same_answers(folder.path(), None)];
    let mut session = shown(24, 80, &arguments);
    wait_for_words(&session, "Press c to answer some of the 24 questions left out.");
    session.press("c");
    session.wait("Review: 0 of 27 answered, 27 skipped");
    session.press(ENTER);
    session.wait("1 of 27");
    session.press("5");
    session.wait("Review: 1 of 27 answered, 26 skipped");
    session.press("3\r");
    session.wait("3 of 27");
    session.press("1");
    session.wait("Review: 2 of 27 answered, 25 skipped");
    session.press(LEFT);
    wait_for_words(&session, "22 questions left out");
    session.press("q");
    assert_eq!(session.end().status, 0);
}

#[test]
fn signals_end_the_keys_and_leave_the_result() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let session = shown(24, 80, &PLUMBER);
        session.signal(signal);
        let end = session.end();
        assert_eq!(end.status, status, "{signal:?}");
        assert!(end.screen.contains("clearly suits") && !end.screen.contains("q done"), "{}", end.screen);
    }
}

#[test]
fn the_keys_can_be_suspended() {
    let mut session = Setup::new(30, 80).program("/bin/sh").arguments(&["-i"]).variable("PS1", "% ").start();
    session.wait("% ");
    session.press(&format!("{} {}{ENTER}", env!("CARGO_BIN_EXE_pathquiz"), PLUMBER.join(" ")));
    session.wait("q done");
    session.press("\x1a");
    session.wait_without("Stopped", "q done");
    session.press(&format!("fg{ENTER}"));
    session.wait("q done");
    session.press("q");
    session.wait_without("clearly suits", "q done");
    session.press(&format!("exit{ENTER}"));
    session.end();
}

#[test]
fn without_keys_the_window_ends_at_once() {
    for setup in [
        Setup::new(24, 80).arguments(&["--plain"]),
        Setup::new(24, 80).variable("TERM", "dumb"),
        Setup::new(24, 80).variable("ACCESSIBLE", "1"),
        Setup::new(24, 80).arguments(&["--no-input"]),
    ] {
        let end = setup.arguments(&PLUMBER).start().end();
        assert_eq!(end.status, 0);
        assert!(end.screen.contains("clearly suits") && !end.screen.contains("q done"), "{}", end.screen);
    }
}

#[test]
fn the_quiz_stops_before_the_result() {
    let mut session = Setup::new(30, 80).arguments(&["--bank", "tests/data/banks/kinds.toml"]).start();
    session.wait("1 of 4");
    session.press(&format!("31{ENTER}1{ENTER}{ENTER}"));
    session.wait("4 of 4");
    session.press("2");
    session.wait_without("All answered. Enter shows the result, ← goes back, r reviews.", "4 of 4");
    session.press(LEFT);
    session.wait("4 of 4");
    session.press("1");
    session.wait("All answered.");
    session.press("r");
    session.wait("Review: 4 of 4 answered");
    session.press(LEFT);
    session.wait("All answered.");
    session.press(ENTER);
    session.wait("q done");
    session.press("q");
    assert_eq!(session.end().status, 0);
}

#[test]
fn digits_choose_where_a_quiz_was_left() {
    let state = TempDir::new().unwrap();
    let mut session = Setup::new(24, 80).state(state.path()).start();
    session.wait(" 1 of 27");
    session.press("5");
    session.wait(" 2 of 27");
    session.press("q");
    session.end();
    for (digit, shown) in [("1", "You join a team"), ("2", "gathers the sales")] {
        let mut session = Setup::new(24, 80).state(state.path()).start();
        session.wait("1  Go on where it was left");
        session.press(digit);
        session.wait(shown);
        session.press("q");
        session.end();
    }
    let mut session = Setup::new(24, 80).state(state.path()).start();
    session.wait("3  Discard the saved answers and leave");
    session.press("3");
    let end = session.end();
    assert!(end.screen.contains("the saved answers are removed"), "{}", end.screen);
}

#[test]
fn a_kept_result_comes_back_changes_and_is_deleted_after_a_second_key() {
    let data = TempDir::new().unwrap();
    let results = data.path().join("pathquiz/results");
    let names = || {
        let names = fs::read_dir(&results).into_iter().flatten().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| Path::new(name).extension().is_some_and(|ending| ending == "json" || ending == "html"));
        names.sort();
        names
    };
    let setup = |arguments: &[&str]| {
        let path = format!("{}:/usr/bin:/bin", data.path().display());
        Setup::new(24, 80).arguments(arguments).variable("XDG_DATA_HOME", data.path()).variable("PATH", path)
    };
    script(data.path(), "xdg-open", "exit 0");
    let mut session = setup(&["--bank", "tests/data/banks/kinds.toml"]).start();
    session.wait("1 of 4");
    session.press(&format!("31{ENTER}1{ENTER}{ENTER}2"));
    session.wait("All answered.");
    session.press(ENTER);
    session.wait("Kept on this machine: `pathquiz result` shows it again.");
    session.wait("d delete · q done");
    session.press("o");
    wait_for_words(&session, "w saves it elsewhere.");
    assert_eq!(names().len(), 2, "the page lies beside it: {:?}", names());
    session.press("q");
    assert_eq!(session.end().status, 0);
    let before = fs::read(results.join(&names()[1])).unwrap();
    let mut session = setup(&["result"]).start();
    session.wait("q done");
    session.press(&format!("c{ENTER}"));
    session.wait("1 of 4");
    session.press("1");
    session.wait("Review: 4 of 4");
    session.press(LEFT);
    session.wait_for("the same number has the new answers", |lines, _| {
        let is_window = lines.last().is_some_and(|line| line.contains("q done"));
        is_window && fs::read(results.join(&names()[1])).unwrap() != before
    });
    session.press("d");
    wait_for_words(&session, "Press d once more");
    session.press("w");
    session.wait("Which files?");
    session.press(ESCAPE);
    session.wait_without("q done", "Which files?");
    assert_eq!(names().len(), 2);
    session.press("dd");
    wait_for_words(&session, "Deleted from this machine.");
    assert_eq!(names(), Vec::<String>::new());
    session.press("q");
    assert_eq!(session.end().status, 0);
}

/// The windows of four verdicts as they are on the screen. `SNAPSHOTS=overwrite` makes them anew.
#[test]
fn the_pictures_of_the_window_are_true() {
    let folder = TempDir::new().unwrap();
    let picture = |arguments: &[&str]| {
        let mut session = Setup::new(23, 80).arguments(arguments).arguments(&["--start", "2026-11-30"]).start();
        session.wait("q done");
        let picture = session.colored();
        session.press("q");
        session.end();
        picture
    };
    assert_data_eq!(picture(&PLUMBER[..2]), file!["../data/pictures/result.term.svg"].raw());
    let close = ["--answers", "tests/data/answers/torn.json"];
    assert_data_eq!(picture(&close), file!["../data/pictures/close.term.svg"].raw());
    let neither = same_answers(folder.path(), Some(0));
    assert_data_eq!(picture(&["--answers", &neither]), file!["../data/pictures/neither.term.svg"].raw());
    let insufficient = same_answers(folder.path(), None);
    assert_data_eq!(picture(&["--answers", &insufficient]), file!["../data/pictures/insufficient.term.svg"].raw());
}
