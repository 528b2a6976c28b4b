//! The quiz as a person meets it: through a list of steps where only the order matters, and through a pseudo-terminal
//! with a real screen where the terminal does.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

use std::fmt::Write as _;
use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use pathquiz::bank::{Answer, Bank, Question, SHIPPED, Sheet};
use pathquiz::terminal::{self, Position, Prompt, Step, Stopped};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Answers by a list; writes down what was asked, with the earlier answer if there was one.
struct Script {
    steps: Vec<Result<Step, Stopped>>,
    asked: Vec<String>,
}

impl Prompt for Script {
    fn ask(&mut self, question: &Question, position: Position, earlier: Option<&Answer>) -> Result<Step, Stopped> {
        let mut line = format!("{}/{} {}", position.number, position.of, question.id);
        if let Some(earlier) = earlier {
            let _ = write!(line, " was {}", question.words(earlier));
        }
        self.asked.push(line);
        self.steps.remove(0)
    }
}

/// A question of each kind; the first shapes only the plan.
const KINDS: &str = r#"format = 1
id = "kinds"
version = "1"
title = "Every kind of question"
scale = ["no", "neither", "yes"]
[[role]]
id = "a"
name = "Role A"
summary = "-"
[[role]]
id = "b"
name = "Role B"
summary = "-"
[[question]]
id = "pace"
kind = "single"
text = "How many hours?"
choice = [{ id = "two", text = "Two hours", hours_per_week = 2 }, { id = "nine", text = "Nine hours", hours_per_week = 9 }]
[[question]]
id = "step"
kind = "scale"
text = "Do you like it?"
key = { a = 1 }
[[question]]
id = "some"
kind = "multi"
pick = [1, 2]
text = "Which of them?"
choice = [{ id = "x", text = "The first", points = { a = 1 } }, { id = "y", text = "The second", points = { b = 1 } }, { id = "z", text = "The third" }]
[[question]]
id = "order"
kind = "rank"
places = [2, 1]
text = "In which order?"
choice = [{ id = "u", text = "Upper", points = { a = 1 } }, { id = "v", text = "Middle", points = { b = 1 } }, { id = "w", text = "Lower" }]
"#;

fn pick(position: usize) -> Step {
    Step::Answer(Answer::Picks(vec![position]))
}

#[test]
fn scored_questions_come_first_and_back_shows_the_earlier_answer() {
    let bank = Bank::parse(KINDS.as_bytes()).unwrap();
    let mut sheet = Sheet::new(&bank);
    let steps = [Step::Back, pick(2), pick(0), Step::Back, pick(1), pick(0), Step::Answer(Answer::Skip)];
    let steps = steps.map(Ok).into();
    let mut script = Script { steps, asked: Vec::new() };
    terminal::run(&mut script, &mut sheet).unwrap();
    let expected = ["1/4 step", "1/4 step", "2/4 some", "3/4 order", "2/4 some was The first", "3/4 order", "4/4 pace"];
    assert_eq!(script.asked, expected);
    let answers: Vec<String> = sheet.responses().map(|(question, answer)| question.words(answer)).collect();
    assert_eq!(answers, ["skipped", "yes", "The second", "Upper"]);
}

#[test]
fn only_open_questions_are_asked_and_a_stop_keeps_the_answers() {
    let bank = Bank::parse(KINDS.as_bytes()).unwrap();
    let mut sheet = Sheet::new(&bank);
    sheet.put(bank.respond("some", &pathquiz::bank::Value::Text("skip".to_owned())).unwrap());
    let mut script = Script { steps: vec![Ok(pick(0)), Err(Stopped::Quit)], asked: Vec::new() };
    assert!(matches!(terminal::run(&mut script, &mut sheet), Err(Stopped::Quit)));
    assert_eq!(script.asked, ["1/3 step", "2/3 order"]);
    assert_eq!(sheet.open().map(|question| question.id.as_str()).collect::<Vec<_>>(), ["pace", "order"]);
}

/// The program in a pseudo-terminal.
struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    screen: Arc<(Mutex<Screen>, Condvar)>,
    modes: String,
}

struct Screen {
    parser: vt100::Parser,
    ended: bool,
}

impl Session {
    fn start(rows: u16, cols: u16, arguments: &[&str]) -> Self {
        let pty = native_pty_system().openpty(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        let modes = format!("{:?}", pty.master.get_termios());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pathquiz"));
        command.args(arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.cwd(env!("CARGO_TARGET_TMPDIR"));
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 1000);
        let screen = Arc::new((Mutex::new(Screen { parser, ended: false }), Condvar::new()));
        let (mut output, shared) = (pty.master.try_clone_reader().unwrap(), Arc::clone(&screen));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let read = output.read(&mut bytes).unwrap_or(0);
                let mut screen = shared.0.lock().unwrap();
                screen.parser.process(&bytes[..read]);
                screen.ended = read == 0;
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let keyboard = pty.master.take_writer().unwrap();
        Self { master: pty.master, child, keyboard, screen, modes }
    }

    /// Waits until the screen shows something; fails when the program ends without it. The time limit only keeps a
    /// broken program from hanging the tests.
    #[track_caller]
    fn wait(&self, what: &str) {
        let (lock, changed) = &*self.screen;
        let waiting = |screen: &mut Screen| !screen.parser.screen().contents().contains(what) && !screen.ended;
        let (screen, _) = changed.wait_timeout_while(lock.lock().unwrap(), Duration::from_secs(60), waiting).unwrap();
        let contents = screen.parser.screen().contents();
        assert!(contents.contains(what), "no `{what}` on the screen:\n{contents}");
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Sends a signal until the program ends: one that arrives between the drawing of a list and the reading of a key
    /// is noted, and acted upon at the next key or signal.
    fn kill(&mut self, signal: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let (lock, changed) = &*self.screen;
        let mut screen = lock.lock().unwrap();
        while !screen.ended {
            // Fails once the program has ended, which the screen then tells.
            let _ = std::process::Command::new("kill").args([signal, &id]).output().unwrap();
            screen = changed.wait_timeout_while(screen, Duration::from_millis(200), |screen| !screen.ended).unwrap().0;
        }
    }

    /// Waits for the end and gives exit status and last screen; the terminal must be as it was before.
    #[track_caller]
    fn end(mut self) -> (u32, String) {
        let status = self.child.wait().unwrap();
        let (lock, changed) = &*self.screen;
        let waiting = |screen: &mut Screen| !screen.ended;
        let (screen, _) = changed.wait_timeout_while(lock.lock().unwrap(), Duration::from_secs(60), waiting).unwrap();
        assert!(!screen.parser.screen().hide_cursor(), "the cursor is visible");
        assert_eq!(format!("{:?}", self.master.get_termios()), self.modes, "the modes are as before");
        assert_eq!(status.signal(), None, "it ends by itself");
        (status.exit_code(), screen.parser.screen().contents())
    }
}

const DOWN: &str = "\x1b[B";
const ENTER: &str = "\r";
const ESCAPE: &str = "\x1b";

fn bank_file(name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, KINDS).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_shipped_quiz_from_start_to_plan() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let total = bank.questions.len();
    let mut session = Session::start(40, 80, &["--start", "2026-11-23"]);
    let (scored, rest): (Vec<_>, Vec<_>) = bank.questions.iter().partition(|question| question.is_scored());
    for (number, question) in (1..).zip(scored.iter().chain(&rest)) {
        session.wait(&format!("{number} of {total}"));
        session.wait(if question.id == "known" { "Space marks" } else { "Your answer" });
        // Of every question the first choice; of the one with several none.
        if question.id != "known" {
            session.press(DOWN);
        }
        session.press(ENTER);
    }
    let (status, screen) = session.end();
    assert_eq!(status, 0);
    assert!(screen.contains("Too close to call: an exact tie"), "{screen}");
}

#[test]
fn every_kind_of_question_can_be_answered() {
    let bank = bank_file("kinds-answered.toml");
    let result = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kinds-answered.json");
    let mut session = Session::start(30, 60, &["--bank", &bank, "--json", "-o", result.to_str().unwrap()]);
    session.wait("1 of 4");
    session.press(&DOWN.repeat(3));
    session.press(ENTER);
    session.wait("Space marks 1 to 2");
    session.press(ENTER);
    session.wait("Please mark 1 to 2");
    session.press(&format!(" {DOWN}{DOWN} {ENTER}"));
    session.wait("the first 2 count");
    session.press(&format!(" {DOWN}{DOWN} {ENTER}"));
    session.wait("shapes only your plan");
    session.press(&format!("{DOWN}{DOWN}{ENTER}"));
    assert_eq!(session.end().0, 0);
    let result: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(result).unwrap()).unwrap();
    let expected = serde_json::json!({ "pace": "nine", "step": 3, "some": ["x", "z"], "order": ["v", "w"] });
    assert_eq!(result["answers"], expected);
    assert_eq!(result["plan"]["hours_per_week"], 9);
}

#[test]
fn going_back_skipping_and_leaving() {
    let bank = bank_file("kinds-back.toml");
    let mut session = Session::start(30, 60, &["--bank", &bank]);
    session.wait("1 of 4");
    session.press(&format!("{DOWN}{ENTER}"));
    session.wait("2 of 4");
    session.press(ESCAPE);
    session.wait("What now?");
    session.press(&format!("{DOWN}{ENTER}"));
    // The earlier answer is active, so Enter alone gives it again.
    session.wait("❯ no");
    session.press(ENTER);
    session.wait("Space marks");
    session.press(ESCAPE);
    session.wait("What now?");
    session.press(&format!("{DOWN}{DOWN}{ENTER}"));
    session.wait("3 of 4");
    session.press("q");
    session.wait("What now?");
    session.press(&format!("{}{ENTER}", DOWN.repeat(3)));
    let (status, screen) = session.end();
    assert_eq!(status, 130);
    assert!(screen.contains("error: the quiz was left before its end"), "{screen}");
}

#[test]
fn an_interrupt_gives_the_terminal_back() {
    let mut session = Session::start(24, 80, &[]);
    session.wait("Your answer");
    session.press("\x03");
    let (status, screen) = session.end();
    assert_eq!(status, 130);
    assert!(screen.contains("error: the quiz was interrupted"), "{screen}");
}

#[test]
fn signals_from_outside_give_the_terminal_back() {
    for (signal, expected) in [("-TERM", 143), ("-HUP", 129), ("-INT", 130)] {
        let mut session = Session::start(24, 80, &[]);
        session.wait("Your answer");
        session.kill(signal);
        assert_eq!(session.end().0, expected, "{signal}");
    }
}

#[test]
fn nothing_is_asked_where_nothing_is_open() {
    let mut arguments = vec!["--no-input", "-a", "pipelines=5", "--json"];
    let (status, screen) = Session::start(24, 80, &arguments).end();
    assert_eq!(status, 0);
    assert!(!screen.contains("Your answer"));
    arguments.retain(|argument| *argument != "--json");
    let (status, _) = Session::start(10, 30, &arguments).end();
    assert_eq!(status, 0);
}
