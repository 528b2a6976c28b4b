//! The quiz as a person meets it, through a pseudo-terminal with a real screen. Every session that ends must leave the
//! terminal as it was.

use std::fs;

use crate::harness::{DOWN, ENTER, ESCAPE, LEFT, RIGHT, Session, Setup, UP};
use pathquiz::internals::bank::{Answer, Bank, Response, SHIPPED, Sheet};
use rustix::process::Signal;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

const KINDS: [&str; 2] = ["--bank", "tests/data/banks/kinds.toml"];

fn result(path: &std::path::Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn one_key_answers_one_question_and_the_result_stands_at_the_end() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let total = bank.questions().len();
    let mut session = Setup::new(40, 80).arguments(&["--start", "2026-11-23"]).start();
    let (scored, rest): (Vec<_>, Vec<_>) = bank.questions().iter().partition(|question| question.is_scored());
    for (number, question) in (1..).zip(scored.iter().chain(&rest)) {
        session.wait(&format!(" {number} of {total}"));
        session.press(if question.id == "known" { "12\r" } else { "1" });
    }
    session.wait("You gave the same answer to all 12 activities.");
    session.press(ENTER);
    session.wait("q done");
    session.press("q");
    let end = session.end();
    assert_eq!(end.status, 0);
    assert!(end.screen.contains("Neither seems to be for you"), "{}", end.screen);
    assert!(!end.screen.contains(" of 27"), "the frame is gone\n{}", end.screen);
}

/// A calendar that cannot be made does not spoil a quiz that was answered to its end.
#[test]
fn equal_answers_can_be_looked_at_again_before_the_result() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (ics, written) = (path("plan.ics"), path("result.json"));
    let mut session = Setup::new(24, 80).arguments(&["-o", &ics, "-o", &written]).start();
    session.wait(" 1 of 27");
    session.press(&format!("{}1{ENTER}1", "1".repeat(25)));
    session.wait("All answered. You gave the same answer to all 12 activities.");
    session.press("r");
    session.wait("Review: 27 of 27 answered");
    session.press(ESCAPE);
    session.wait_without("to all 12 activities", "Review:");
    session.press(&format!("r1{ENTER}"));
    session.wait(" 1 of 27");
    session.press("2");
    session.wait("Review: 27 of 27 answered");
    session.press(LEFT);
    session.wait("You gave the same answer to 11 activities in a row.");
    session.press(ENTER);
    session.wait("q done");
    session.press("q");
    let end = session.end();
    assert_eq!(end.status, 0);
    let told = String::from_utf8_lossy(&end.bytes).into_owned();
    assert_eq!(told.matches("note: no ics can be made of this: no role is recommended").count(), 1, "{told}");
    assert!(told.contains("`pathquiz plan ROLE`") && told.contains("Neither seems to be for you"), "{told}");
    let result = result(written.as_ref());
    assert_eq!((&result["recommendation"]["verdict"], &result["plan"]), (&json!("neither"), &Value::Null));
    assert_eq!(result["recommendation"]["flags"], json!(["straight-line"]));
    assert!(!fs::exists(&ics).unwrap());
}

#[test]
fn every_kind_of_question_is_answered_by_one_hand() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("result.json");
    let arguments = ["--json", "-o", file.to_str().unwrap()];
    let mut session = Setup::new(30, 60).arguments(&KINDS).arguments(&arguments).start();
    session.wait("1 of 4");
    session.press(&format!("{ENTER}{DOWN}{DOWN}{DOWN}{ENTER}"));
    session.wait("2 of 4");
    session.press(ENTER);
    session.wait("Please mark 1 to 2; 0 marked so far.");
    session.press(&format!("jjk {DOWN}{DOWN} {ENTER}"));
    session.wait("3 of 4");
    session.press(ENTER);
    session.wait("Enter again keeps this order");
    session.press(&format!("j {DOWN}{DOWN} {ENTER}"));
    session.wait("shapes only your plan");
    session.press("2");
    session.wait("All answered.");
    session.press(ENTER);
    assert_eq!(session.end().status, 0);
    let result = result(&file);
    assert_eq!(result["answers"], json!({ "pace": "nine", "step": 3, "some": ["x", "z"], "order": ["v", "w"] }));
    assert_eq!(result["plan"]["hours_per_week"], 9);
}

#[test]
fn every_way_back_works_and_shows_what_was_answered() {
    let mut session = Setup::new(30, 60).arguments(&KINDS).start();
    session.wait("1 of 4");
    for back in [LEFT, "\x7f", ESCAPE] {
        session.press("1");
        session.wait("2 of 4");
        session.press(back);
        session.wait("1 of 4");
        session.wait("❯ 1 (x) no");
    }
    session.press(RIGHT);
    session.wait("2 of 4");
    session.press("2\r");
    session.wait("3 of 4");
    session.press(LEFT);
    session.wait("❯ 2 [x] The second");
    session.press(LEFT);
    session.wait("❯ 1 (x) no");
    session.press("3");
    session.wait("2 of 4");
    session.press(LEFT);
    session.wait("❯ 3 (x) yes");
    session.press("q");
    assert_eq!(session.end().status, 130);
}

#[test]
fn any_answer_can_be_changed_in_the_review() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("result.json");
    let arguments = ["--json", "-o", file.to_str().unwrap()];
    let mut session = Setup::new(30, 60).arguments(&KINDS).arguments(&arguments).start();
    session.wait("1 of 4");
    session.press("11\r");
    session.wait("3 of 4");
    session.press("r");
    session.wait("Review: 2 of 4 answered");
    session.wait("❯  3 In which order?");
    session.press(&format!("{UP}{UP}{ENTER}"));
    session.wait("❯ 1 (x) no");
    session.press("3");
    session.wait("→ yes");
    // From there it goes on where it was.
    session.press(ESCAPE);
    session.wait_without("In which order?", "Review");
    session.press(&format!("1{ENTER}{ENTER}"));
    session.wait("shapes only your plan");
    session.press(&format!("s{ENTER}"));
    let end = session.end();
    assert_eq!(end.status, 0);
    let (words, name) = (end.screen.split_whitespace().collect::<Vec<_>>().join(" "), file.file_name().unwrap());
    assert!(words.contains("Your answers lean to Role A (Role A fit 100"), "{words}");
    assert!(words.contains("The result is in") && words.contains(name.to_str().unwrap()), "{words}");
    assert_eq!(result(&file)["answers"], json!({ "step": 3, "some": ["x"], "order": ["u", "v"] }));
    assert_eq!(result(&file)["skipped"], json!(["pace"]));
}

#[test]
fn keys_that_mean_nothing_answer_nothing() {
    let mut session = Setup::new(24, 80).start();
    session.wait(" 1 of 27");
    // Ctrl-Right, Alt-1, F1, F5, an answer of the terminal, a paste, a digit too high, Enter.
    session.press("\x1b[1;5C\x1b1\x1bOP\x1b[15~\x1b[?1;2c\x1b[200~12345\r\x1b[201~9\r");
    session.wait("Press a number");
    assert!(session.look().0.iter().any(|row| row.contains(" 1 of 27")));
    // A key behind a long paste is not lost.
    session.press(&format!("\x1b[200~{}\x1b[201~j", "5".repeat(3000)));
    session.wait("❯ 1  dislike a lot");
    session.press("?");
    session.wait("Any other key goes back");
    session.press("5");
    session.wait_without(" 1 of 27", "Any other key");
    session.press("q");
    assert_eq!(session.end().status, 130);
}

#[test]
fn a_resize_redraws_the_whole_frame() {
    let mut session = Setup::new(24, 100).start();
    session.wait(" 1 of 27");
    session.press("3");
    session.wait(" 2 of 27");
    session.press(DOWN);
    session.wait("❯ 1");
    let question = "You join a team that makes a music app. Which task would you like most?";
    for (rows, columns, end) in [(24, 30, 28), (40, 200, 71), (12, 20, 15), (6, 80, 0), (24, 60, 56)] {
        session.resize(rows, columns);
        session.wait_for("a whole frame", |lines, cursor| {
            let count = |text: &str| lines.iter().filter(|line| line.contains(text)).count();
            let whole = rows < 20 || count("2 of 27") == 1 && count("q leave") == 1 && count("most?") == 1;
            let waits = "❯ 1  Gathering play counts from fifty countries";
            let wrapped = if rows < 10 { lines.contains(&waits) } else { lines.contains(&&question[..end]) };
            whole && wrapped && count("❯") == 1 && lines.get(cursor).is_some_and(|line| line.starts_with("❯ 1  "))
        });
    }
    session.press("q");
    assert_eq!(session.end().status, 130);
}

#[test]
fn small_windows_show_the_active_line_whole() {
    let mut session = Setup::new(5, 80).start();
    session.wait("How much would you enjoy");
    session.wait("⋮");
    session.press(&DOWN.repeat(5));
    session.wait("❯ 5  like a lot");
    session.press(ENTER);
    session.wait("You join a team");
    session.press(&DOWN.repeat(3));
    session.wait("❯ 3  Teaching the app which songs sound sad");
    session.press("\x03");
    assert_eq!(session.end().status, 130);
    let mut session = Setup::new(24, 20).start();
    session.wait("1 of 27");
    session.press("5");
    session.wait("You join a team");
    session.press(DOWN);
    session.wait("❯ 1  Gathering play");
    session.press("q");
    let end = session.end();
    assert_eq!(end.status, 130);
    assert!(!end.screen.contains('❯'), "{}", end.screen);
}

#[test]
fn leaving_and_signals_give_the_terminal_back() {
    for (key, expected) in [("\x03", 130), ("q", 130)] {
        let mut session = Setup::new(24, 80).start();
        session.wait(" 1 of 27");
        session.press(key);
        let end = session.end();
        assert_eq!(end.status, expected);
        assert!(end.screen.contains("the quiz was left before its end"), "{}", end.screen);
    }
    for (signal, expected) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let session = Setup::new(24, 80).start();
        session.wait(" 1 of 27");
        session.signal(signal);
        assert_eq!(session.end().status, expected, "{signal:?}");
    }
}

/// A shell with a quiz in it that was suspended at the second question.
fn suspended() -> Session {
    let mut session = Setup::new(24, 80).program("/bin/sh").arguments(&["-i"]).variable("PS1", "% ").start();
    session.wait("% ");
    session.press(&format!("{}{ENTER}", env!("CARGO_BIN_EXE_pathquiz")));
    session.wait(" 1 of 27");
    session.press("4");
    session.wait(" 2 of 27");
    session.press("\x1a");
    session.wait_without("Stopped", "2 of 27");
    session
}

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_comes_back() {
    let mut session = suspended();
    session.press(&format!("stty -a | grep -c -e ' icanon.* echo ' ; echo modes{ENTER}"));
    session.wait("1\nmodes");
    session.press(&format!("fg{ENTER}"));
    session.wait(" 2 of 27");
    session.press("2");
    session.wait(" 3 of 27");
    session.press("q");
    session.wait("2 of 27 answered");
    session.press(&format!("exit{ENTER}"));
    session.end();
}

#[test]
fn a_suspended_quiz_can_be_ended_from_the_shell() {
    let mut session = suspended();
    session.press(&format!("kill %1; kill -CONT %1{ENTER}"));
    session.wait("the quiz was interrupted: 1 of 27 answered");
    // A shell that has not seen the end yet warns at the first.
    session.press(&format!("exit{ENTER}exit{ENTER}"));
    session.end();
}

#[test]
fn the_end_is_offered_once_as_soon_as_it_is_certain() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("result.json");
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    // Of every question the answer that moves most toward the first role.
    let best = |question: &&pathquiz::internals::bank::Question| {
        let gain = |choice: &pathquiz::internals::bank::Choice| choice.points[0] - choice.points[1];
        let best = question.choices.iter().enumerate().max_by_key(|(_, choice)| gain(choice)).unwrap();
        (best.0 + 1).to_string()
    };
    let keys: Vec<String> = bank.questions().iter().filter(|question| question.is_scored()).map(|q| best(&q)).collect();
    let mut session = Setup::new(40, 100).arguments(&["--json", "-o", file.to_str().unwrap()]).start();
    for (number, key) in (1..=20).zip(&keys) {
        session.wait(&format!(" {number} of 27"));
        // Before the end is certain, its key does nothing.
        session.press(if number == 1 { "e" } else { "" });
        session.press(key);
    }
    session.wait(" 21 of 27");
    session.press("e");
    let end = session.end();
    assert_eq!(end.status, 0);
    assert_eq!(String::from_utf8_lossy(&end.bytes).matches("Whatever you answer").count(), 1);
    let result = result(&file);
    assert_eq!((&result["recommendation"]["asked"], &result["recommendation"]["of"]), (&json!(20), &json!(24)));
    assert_eq!(result["recommendation"]["settled"], true);
    assert_eq!(result["recommendation"]["verdict"], "clear");
    let range = &result["recommendation"]["range"];
    assert!(range[0].as_f64().unwrap() > 0.0 && range[0].as_f64() < range[1].as_f64(), "{range}");
}

#[test]
fn a_quick_quiz_stops_early_and_says_so() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("quick.json");
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let scorer = pathquiz::internals::scoring::Scorer::new(&bank);
    let mut session = Setup::new(40, 100).arguments(&["--quick", "--json", "-o", file.to_str().unwrap()]).start();
    let (mut sheet, mut asked) = (Sheet::new(&bank), 0);
    for question in scorer.model().by_weight() {
        asked += 1;
        session.wait(&format!(" {asked} of about 21"));
        let choices = question.choices.iter().enumerate();
        let best = choices.max_by_key(|(_, choice)| choice.points[1] - choice.points[0]).unwrap().0;
        session.press(&(best + 1).to_string());
        sheet.put(Response { question, answer: Answer::Picks(vec![best]) });
        if scorer.score(&sheet).quick_stop().is_some() {
            break;
        }
    }
    // The plan follows as soon as enough is known.
    assert!(asked < 16);
    session.wait(&format!(" {} of {}", asked + 1, asked + 3));
    session.wait(&format!("That is enough: {asked} of 24 questions"));
    session.press("ss1");
    session.wait(&format!("That is enough: {asked} of 24 questions"));
    session.press(ENTER);
    assert_eq!(session.end().status, 0);
    let first = fs::read(&file).unwrap();
    let result = result(&file);
    let recommendation = &result["recommendation"];
    assert_eq!(recommendation["role"], "machine-learning-engineering");
    assert_eq!((&recommendation["chance"], &recommendation["asked"]), (&Value::Null, &json!(asked)));
    assert!(recommendation["sentence"].as_str().unwrap().contains(&format!("based on {asked} of 24 questions")));
    assert!(recommendation["range"].is_array());
    // A quick result fed back is the same quick result.
    let again = std::process::Command::new(env!("CARGO_BIN_EXE_pathquiz"))
        .args(["--json", "--answers", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(again.stdout, first, "{}", String::from_utf8_lossy(&again.stderr));
}

#[test]
fn plain_sessions_send_no_escape_sequence() {
    for variable in [("TERM", "dumb"), ("ACCESSIBLE", "1")] {
        let mut session = Setup::new(24, 80).variable(variable.0, variable.1).arguments(&KINDS).start();
        session.wait("Answer 1 to 3:");
        session.press("3\n");
        session.wait("1 to 2 numbers");
        session.press("back\n");
        session.wait("Answered before: yes");
        session.press("2\nnext\n");
        session.wait("This question is still open");
        session.press("2 1\n3 1\nskip\n");
        session.wait("Press Enter for the result");
        session.press("\n");
        let end = session.end();
        assert_eq!(end.status, 0);
        assert!(
            end.screen.contains("Kept on this machine") && end.screen.contains("`pathquiz plan` shows"),
            "{}",
            end.screen
        );
        assert!(!end.bytes.contains(&0x1B), "{}", String::from_utf8_lossy(&end.bytes));
    }
}

/// The picture of a question in the README: what the program really shows. `SNAPSHOTS=overwrite` makes them anew.
#[test]
fn the_picture_of_a_question_is_true() {
    let mut session = Setup::new(22, 80).start();
    session.wait(" 1 of 27");
    session.press("4231");
    session.wait(" 5 of 27");
    session.press(LEFT);
    session.wait("→ forward");
    let question = session.colored();
    assert_data_eq!(question, file!["../data/pictures/question.term.svg"].raw());
    session.press("q");
    session.end();
}

#[test]
fn what_was_typed_steers_no_terminal_in_an_error() {
    for argument in ["\x1b[2Jevil", "--format=\x1b]0;evil\x07", "-aevil\x1b[2J=1", "--answers=/evil\u{9b}2J\u{202e}"] {
        let end = Setup::new(24, 80).arguments(&[argument, "--no-input"]).start().end();
        assert!(end.status == 1 || end.status == 2);
        assert!(end.screen.contains("evil"), "{}", end.screen);
        let written = String::from_utf8_lossy(&end.bytes);
        for steering in ["\x1b[2J", "\x1b]", "\x07", "\u{9b}", "\u{202e}"] {
            assert!(!written.contains(steering), "{written:?}");
        }
    }
}

#[test]
fn nothing_is_asked_where_nothing_is_open() {
    let mut arguments = vec!["--no-input", "-a", "stores=5", "--json"];
    let end = Setup::new(24, 80).arguments(&arguments).start().end();
    assert_eq!(end.status, 0);
    assert!(!end.screen.contains(" of 27"));
    arguments.retain(|argument| *argument != "--json");
    assert_eq!(Setup::new(10, 30).arguments(&arguments).start().end().status, 0);
}

#[test]
fn no_word_of_an_error_is_torn_on_a_small_screen() {
    let end = Setup::new(24, 30).arguments(&["-a", "stores=9"]).start().end();
    assert_eq!(end.status, 2);
    let told =
        "error: -a `stores=9`: `stores` has no choice `9`; allowed: 1 (dislike a lot) to 5 (like a lot), or `skip`";
    let shown = end.screen.lines().map(str::trim_end).collect::<Vec<_>>().join(" ");
    assert!(shown.contains(told), "{}", end.screen);
}

#[test]
fn what_people_are_called_does_not_steer_a_terminal() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("people.csv");
    fs::write(&file, "id,stores\n\x1b[2Jeve\u{202E}\u{9b}31m,4\nadam,5\n").unwrap();
    let scored = ["score", file.to_str().unwrap()];
    let end = Setup::new(24, 200).arguments(&scored).start().end();
    assert_eq!(end.status, 0);
    assert!(end.screen.contains("^[[2Jeve<U+202E><U+009B>31m,") && end.screen.contains("\nadam,"), "{}", end.screen);
    let text = String::from_utf8(end.bytes).unwrap();
    assert!(!text.contains(['\x1b', '\u{202E}', '\u{9b}']), "{text:?}");
    // A file is data for other programs.
    let piped = std::process::Command::new(env!("CARGO_BIN_EXE_pathquiz")).args(scored).output().unwrap();
    assert!(String::from_utf8(piped.stdout).unwrap().contains("\n\x1b[2Jeve\u{202E}\u{9b}31m,"));
}
