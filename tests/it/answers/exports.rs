//! Exports of form tools: each shape gives what the same answers give by id.

use std::fs;
use std::process::Command;

use crate::cohort::command::{run_command, text};

/// Returns the lines of a file in CSV without their first cell.
fn lines(file: &str) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    let command = command.env_clear().args(["score", "--to", "csv", "--bank", "tests/data/banks/team.toml", file]);
    let output = run_command(command, "");
    assert_eq!(output.status.code(), Some(0), "{file}: {output:?}");
    text(&output).lines().map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
}

#[test]
fn every_shape_gives_what_ids_give() {
    let expected = lines("tests/data/exports/ids.csv");
    assert_eq!(expected.len(), 4);
    let files = fs::read_dir("tests/data/exports").unwrap();
    let mut count = 0;
    for file in files {
        let file = file.unwrap().path();
        assert_eq!(lines(file.to_str().unwrap()), expected, "{}", file.display());
        count += 1;
    }
    assert_eq!(count, 13);
}
