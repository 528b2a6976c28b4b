//! Outputs that are inputs or other outputs, by whatever name, and files that must not be replaced.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::told;
use crate::harness::Setup;

const SHEETS: &str = "id,stores\na,5\nb,4\n";
const ANSWERS: &str = "{\"stores\": 5}\n";

/// A folder with a bank, sheets and answers, each by several names.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy("tests/data/banks/tiny.toml", at("bank.toml")).unwrap();
    fs::write(at("in.csv"), SHEETS).unwrap();
    fs::write(at("a.json"), ANSWERS).unwrap();
    fs::hard_link(at("in.csv"), at("hard.csv")).unwrap();
    symlink("in.csv", at("soft.csv")).unwrap();
    fs::create_dir(at("sub")).unwrap();
    symlink("sub", at("link")).unwrap();
    folder
}

/// Runs a line of a shell in a folder, where `$0` is the program.
fn shell(folder: &Path, line: &str) -> Output {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", line, env!("CARGO_BIN_EXE_pathquiz")]).current_dir(folder);
    shell.env_clear().env("LANG", "C.UTF-8").output().unwrap()
}

/// Every name and content in a folder and the one below it.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = [folder.to_owned(), folder.join("sub")].map(|folder| fs::read_dir(folder).unwrap());
    let mut files: Vec<_> = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    for (line, output, input) in [
        ("$0 score -o in.csv < in.csv", "`in.csv`", "standard input"),
        ("$0 score - -o ./hard.csv < in.csv", "`./hard.csv`", "standard input"),
        ("$0 score in.csv -o hard.csv", "`hard.csv`", "`in.csv`"),
        ("$0 score soft.csv -o in.csv", "`in.csv`", "`soft.csv`"),
        ("$0 score in.csv -o sub/../in.csv", "`sub/../in.csv`", "`in.csv`"),
        ("$0 score in.csv -o out.csv --rejects soft.csv", "`soft.csv`", "`in.csv`"),
        ("$0 score in.csv --bank bank.toml -o ./bank.toml", "`./bank.toml`", "`bank.toml`"),
        ("$0 score in.csv >> in.csv", "standard output", "`in.csv`"),
        ("$0 score -o out.csv < in.csv >> in.csv", "standard output", "standard input"),
        ("$0 score in.csv -o out.csv 2>> in.csv", "", ""),
        ("$0 score in.csv -o /dev/fd/7 7>> in.csv", "`/dev/fd/7`", "`in.csv`"),
        ("$0 cohort -o in.csv < in.csv", "`in.csv`", "standard input"),
        ("$0 cohort in.csv -o out.json -o soft.csv", "`soft.csv`", "`in.csv`"),
        ("$0 cohort in.csv --rejects hard.csv", "`hard.csv`", "`in.csv`"),
        ("$0 --bank bank.toml --no-input -o ./bank.toml", "`./bank.toml`", "`bank.toml`"),
        ("$0 --answers a.json --no-input -o ./a.json", "`./a.json`", "`a.json`"),
        ("$0 --answers - --no-input -o a.json < a.json", "`a.json`", "standard input"),
        ("$0 --plain -o a.json < a.json", "`a.json`", "standard input"),
        ("$0 --answers a.json --no-input >> a.json", "standard output", "`a.json`"),
        ("$0 plan data-engineering --answers a.json -o ./a.json", "`./a.json`", "`a.json`"),
        ("$0 questions --bank bank.toml -o ./bank.toml", "`./bank.toml`", "`bank.toml`"),
        ("$0 questions --bank - < bank.toml >> bank.toml", "standard output", "standard input"),
        ("$0 schema answers --bank bank.toml -o ./bank.toml", "`./bank.toml`", "`bank.toml`"),
        ("$0 bank check bank.toml >> bank.toml", "standard output", "`bank.toml`"),
        ("$0 bank audit --bank bank.toml >> bank.toml", "standard output", "`bank.toml`"),
        ("$0 bank show bank.toml >> bank.toml", "standard output", "`bank.toml`"),
        ("$0 bank diff bank.toml bank.toml --answers a.json >> a.json", "standard output", "`a.json`"),
    ] {
        let folder = folder();
        let before = contents(folder.path());
        let run = shell(folder.path(), line);
        assert_eq!(run.status.code(), Some(2), "{line}: {}", told(&run));
        assert!(run.stdout.is_empty(), "{line}");
        if output.is_empty() {
            // What goes to standard error stands in the file itself.
            assert!(fs::read_to_string(folder.path().join("in.csv")).unwrap().starts_with(SHEETS));
            continue;
        }
        let same = format!("error: {output} is the same file as {input}, which is read, and would be written over;");
        assert!(told(&run).starts_with(&same), "{line}: {}", told(&run));
        assert_eq!(contents(folder.path()), before, "{line}");
    }
}

/// What the shell has emptied before the program begins cannot be saved, but is told.
#[test]
fn an_input_that_the_shell_has_emptied_is_told() {
    for line in ["$0 score in.csv > in.csv", "$0 cohort in.csv > hard.csv", "$0 --answers in.csv --no-input > in.csv"] {
        let run = shell(folder().path(), line);
        assert_eq!(run.status.code(), Some(2), "{line}");
        assert!(
            told(&run).starts_with("error: standard output is the same file as `in.csv`,"),
            "{line}: {}",
            told(&run)
        );
    }
}

#[test]
fn two_documents_for_one_place_are_refused() {
    for (line, names) in [
        ("$0 score in.csv -o o.csv --rejects ./o.csv", ["`o.csv`", "`./o.csv`"]),
        ("$0 score in.csv -o sub/o.csv --rejects link/o.csv", ["`sub/o.csv`", "`link/o.csv`"]),
        ("$0 score bank.toml -o hard.csv --rejects in.csv", ["`hard.csv`", "`in.csv`"]),
        ("$0 score in.csv --rejects -", ["standard output", "`-`"]),
        ("$0 score in.csv -o - --rejects /dev/stdout", ["`-`", "`/dev/stdout`"]),
        ("$0 score in.csv -o /dev/fd/1 --rejects /proc/self/fd/1", ["`/dev/fd/1`", "`/proc/self/fd/1`"]),
        ("$0 score in.csv -o /dev/stderr --rejects /dev/fd/2", ["`/dev/stderr`", "`/dev/fd/2`"]),
        ("$0 score in.csv -o o.csv > o.csv", ["standard output", "`o.csv`"]),
        ("$0 score in.csv --rejects o.csv > o.csv", ["standard output", "`o.csv`"]),
        ("$0 score in.csv --rejects /dev/stderr > all.csv 2>&1", ["", ""]),
        ("$0 cohort in.csv --rejects -", ["standard output", "`-`"]),
        ("$0 cohort in.csv -o a.txt -o ./a.txt", ["`a.txt`", "`./a.txt`"]),
        ("$0 --no-input -o b.json -o ./b.json", ["`b.json`", "`./b.json`"]),
        ("$0 --no-input -o - -o /dev/stdout", ["`-`", "`/dev/stdout`"]),
        ("$0 --no-input -o b.json > b.json", ["standard output", "`b.json`"]),
        ("$0 plan data-engineering -o b.md -o sub/../b.md", ["`b.md`", "`sub/../b.md`"]),
        ("$0 questions -o b.txt -o link/../b.txt", ["`b.txt`", "`link/../b.txt`"]),
        ("$0 schema bank -o b.json -o ./b.json", ["`b.json`", "`./b.json`"]),
    ] {
        let folder = folder();
        let run = shell(folder.path(), line);
        assert_eq!(run.status.code(), Some(2), "{line}: {}", told(&run));
        assert!(run.stdout.is_empty(), "{line}");
        let [first, second] = names;
        let same = format!("error: {first} and {second} are the same place, which takes one document;");
        let all = fs::read_to_string(folder.path().join("all.csv")).unwrap_or_else(|_| told(&run));
        assert!(first.is_empty() && all.contains("are the same place") || all.starts_with(&same), "{line}: {all}");
        assert_eq!(fs::read_to_string(folder.path().join("in.csv")).unwrap(), SHEETS, "{line}");
        assert!(!folder.path().join("sub/o.csv").exists() && !folder.path().join("a.txt").exists(), "{line}");
    }
    let run = shell(folder().path(), "$0 --no-input -o b.json -o b.json");
    assert_eq!(told(&run), "error: `b.json` is to be written twice; name each file once\n");
}

/// Only regular files can be lost; a log may take both streams.
#[test]
fn devices_and_pipes_and_a_common_log_are_no_conflict() {
    for line in [
        "$0 score in.csv -o /dev/null --rejects /dev/null",
        "$0 score -o /dev/null --rejects /dev/null < /dev/null > /dev/null",
        "$0 --no-input -o /dev/null -o /dev/null",
        "$0 score in.csv > all.txt 2>&1",
        "$0 cohort in.csv -o - --rejects /dev/stderr",
        "$0 score in.csv -o out.csv --rejects - | cat",
        "cat in.csv | $0 score | cat",
        "$0 plan data-engineering -o a.json < a.json",
        "$0 --no-input -o a.json < a.json",
    ] {
        let run = shell(folder().path(), line);
        assert_eq!(run.status.code(), Some(0), "{line}: {}", told(&run));
    }
}

/// What people are called is data in a file, and steers no terminal, whatever that is called.
#[test]
fn a_terminal_gets_clean_text_by_every_name() {
    let folder = TempDir::new().unwrap();
    let sheets = folder.path().join("in.csv");
    fs::write(&sheets, "id,stores\n\u{1b}]0;bad\u{7}\u{202e},5\n\u{1b}]0;worse\u{7},77\n").unwrap();
    let sheets = sheets.to_str().unwrap();
    let script = "exec \"$0\" score \"$1\" -o /dev/null --rejects $(tty)";
    let by_number = ["-c", script, env!("CARGO_BIN_EXE_pathquiz"), sheets];
    let mut setups = vec![Setup::new(24, 160).program("/bin/sh").arguments(&by_number)];
    for path in ["-", "/dev/tty", "/dev/stdout", "/dev/stderr", "/dev/fd/1", "/dev/fd/2", "/proc/self/fd/1"] {
        setups.push(Setup::new(24, 160).arguments(&["score", sheets, "-o", path, "--rejects", "/dev/null"]));
        setups.push(Setup::new(24, 160).arguments(&["score", sheets, "-o", "/dev/null", "--rejects", path]));
    }
    for setup in setups {
        let end = setup.start().end();
        assert_eq!(end.status, 4, "{}", end.screen);
        let text = String::from_utf8_lossy(&end.bytes);
        assert!(text.contains("^[]0;bad^G<U+202E>,") || text.contains("^[]0;worse^G,77"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text}");
    }
}
