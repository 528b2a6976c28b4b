//! What a spreadsheet program makes of the tables that go out: no formulas, and numbers that a person can read.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::command::{run_command, text};

fn score(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    run_command(command.env_clear().env("LANG", "C.UTF-8").arg("score").args(arguments), input)
}

#[test]
fn what_people_type_is_no_formula() {
    let table =
        "id,stores\n\"=HYPERLINK(\"\"http://example.org\"\",\"\"look\"\")\",4\n@SUM(A1),4\n-5,4\n-5+3,4\n\"\tx\",4\n";
    let shown = text(&score(&[], table));
    let ids: Vec<&str> = shown.lines().skip(1).map(|line| line.split(",machine").next().unwrap()).collect();
    let ids: Vec<&str> = ids.iter().map(|id| id.split(",data").next().unwrap()).collect();
    assert_eq!(ids, ["\"'=HYPERLINK(\"\"http://example.org\"\",\"\"look\"\")\"", "'@SUM(A1)", "-5", "'-5+3", "'\tx"]);
    let line = text(&score(&["--to", "csv"], "{\"id\": \"=1+1\", \"stores\": 4}"));
    assert!(line.lines().nth(1).unwrap().starts_with("'=1+1,"), "{line}");
    let object = text(&score(&["--to", "ndjson"], "id,stores\n=1+1,4\n"));
    assert!(object.starts_with("{\"id\":\"=1+1\","), "{object}");
}

#[test]
fn rejected_rows_are_no_formulas() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("bad.csv");
    let output = score(&["--rejects", file.to_str().unwrap()], "id,stores\n=1+1,=2+2\n");
    assert_eq!(output.status.code(), Some(4));
    let rejects = fs::read_to_string(file).unwrap();
    assert!(rejects.ends_with(",\"'=1+1,=2+2\"\n"), "{rejects}");
}

#[test]
fn numbers_in_a_table_have_six_digits_unless_all_are_wanted() {
    let digits = |arguments: &[&str]| {
        let table = text(&score(arguments, "id,stores,signs\na,5,2\n"));
        let row = table.lines().nth(1).unwrap().to_owned();
        row.split(',').skip(3).map(|cell| cell.chars().filter(char::is_ascii_digit).count()).max().unwrap()
    };
    assert!(digits(&[]) <= 7, "six digits, and a zero in front of the point");
    assert!(digits(&["--exact"]) > 7);
}
