//! Broken surroundings: streams that are closed or full, folders that cannot be used, terminals that can do little,
//! signals at any time. Each ends with the right status and clear words, and takes nothing along.

mod failures;
mod files;
mod places;
mod stopped;
mod streams;
mod words;

use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::thread;

/// Every command in each form that it has, and its exit status where all is well. Nothing comes from standard input.
const COMMANDS: [(&[&str], i32); 27] = [
    (&["--no-input", "-a", "stores=5"], 0),
    (&["take", "--no-input", "-a", "stores=5", "--format", "html"], 0),
    (&["--no-input", "-a", "stores=5", "-o", "-"], 0),
    (&["-a", "stores=5"], 2),
    (&["-a", "stores=6", "--no-input"], 2),
    (&["questions"], 0),
    (&["questions", "--json"], 0),
    (&["plan", "data-engineering"], 0),
    (&["plan", "--compare"], 0),
    (&["plan", "baker"], 2),
    (&["score", "tests/data/cohort/sheets.ndjson"], 0),
    (&["score", "tests/data/cohort/sheets.ndjson", "--to", "csv"], 0),
    (&["cohort", "tests/data/cohort/sheets.ndjson"], 0),
    (&["bank", "check"], 0),
    (&["bank", "check", "tests/data/banks/broken.toml"], 3),
    (&["bank", "audit"], 0),
    (&["bank", "show"], 0),
    (&["bank", "show", "tests/data/banks/broken.toml"], 3),
    (&["bank", "diff", "tests/data/banks/kinds.toml", "tests/data/banks/kinds.toml"], 0),
    (&["bank", "new", "-"], 0),
    (&["schema", "result"], 0),
    (&["schema", "answers"], 0),
    (&["--help"], 0),
    (&["score", "-h"], 0),
    (&["help", "plan"], 0),
    (&["--version"], 0),
    (&["--nonsense"], 2),
];

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.env_clear().env("LANG", "C.UTF-8").stdin(Stdio::null()).args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// Runs with an input that may not be read to its end; whether it was stands behind the output.
fn feed(mut command: Command, input: String, watch: impl FnOnce(&mut std::process::Child)) -> (Output, bool) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feeder = thread::spawn(move || stdin.write_all(input.as_bytes()).is_ok());
    watch(&mut child);
    let output = child.wait_with_output().unwrap();
    (output, feeder.join().unwrap())
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
