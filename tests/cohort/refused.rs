//! What is no file of sheets, or names nobody.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::command::{run_command, text};

const SHEET: &str = "id,pipelines,watch\n7,4,loads\n";

fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    run_command(command.env_clear().env("LANG", "C.UTF-8").args(arguments), input)
}

#[test]
fn results_are_no_answers() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("results.csv");
    let results = run(&["score"], SHEET);
    assert_eq!(results.status.code(), Some(0));
    fs::write(&file, &results.stdout).unwrap();
    for command in ["score", "cohort"] {
        // The shipped bank has a question that is called like a column of results.
        let output = run(&[command, file.to_str().unwrap()], "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("these are results and no answers; give the file that they were made of"), "{told}");
    }
    // Beside answers they are columns like any others.
    let beside = "id,pipelines,role,verdict,lead,coverage\n7,4,a,b,c,d\n";
    assert_eq!(run(&["score"], beside).status.code(), Some(0));
}

#[test]
fn an_object_or_a_list_names_nobody() {
    for id in ["{\"name\": \"Ada\"}", "[7]", "true"] {
        for line in [
            format!("{{\"id\": {id}, \"answers\": {{\"pipelines\": 4}}}}"),
            format!("{{\"id\": {id}, \"pipelines\": 4}}"),
        ] {
            let output = run(&["score"], &line);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(4), 0), "{line}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains("column 8: `id` names nobody; write a text or a number"), "{told}");
        }
    }
    assert!(text(&run(&["score"], "{\"id\": null, \"pipelines\": 4}")).starts_with("{\"id\":null,"));
}

#[test]
fn a_question_may_be_called_as_a_person_is() {
    let bank = fs::read_to_string("tests/banks/tiny.toml").unwrap().replace("recipes", "id");
    let (folder, sheet) = (TempDir::new().unwrap(), "{\"id\": [\"5\"]}");
    let file = folder.path().join("bank.toml");
    fs::write(&file, bank).unwrap();
    let bank = ["--bank", file.to_str().unwrap()];
    let output = run(&[&bank[..], &["--answers", "-", "--no-input", "--json"]].concat(), sheet);
    assert!(text(&output).contains("\"id\": 5"), "{output:?}");
    assert_eq!(run(&[&bank[..], &["score"]].concat(), sheet).status.code(), Some(4));
}

#[test]
fn a_file_without_sheets_is_told() {
    for empty in ["", "\n\n", "pipelines,watch\n"] {
        let output = run(&["score"], empty);
        assert_eq!(output.status.code(), Some(0));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("note: standard input: there are no sheets in it"), "{told}");
    }
}

#[test]
fn a_table_is_not_the_answers_of_one_person() {
    let output = run(&["--answers", "-", "--no-input"], SHEET);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("this is a table, as of many people") && told.contains("pathquiz score FILE"), "{told}");
    assert!(told.contains("1 error, 0 warnings"), "{told}");
}
