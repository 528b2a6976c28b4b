//! What is no file of sheets, or names nobody.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::cohort::command::{run_command, text as text_of};

const SHEET: &str = "id,stores,buses\n7,4,places\n";

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
        assert!(told.contains("these are results, not answers; give the file that they were made from"), "{told}");
    }
    // Beside answers they are columns like any others.
    let beside = "id,stores,role,verdict,lead,chance,coverage,fit_a,flags\n7,4,a,b,c,3,d,e,f\n";
    assert_eq!(run(&["score"], beside).status.code(), Some(0));
    let line = run(&["score", "--to", "ndjson"], SHEET).stdout;
    for arguments in [&["score"][..], &["--answers", "-", "--no-input"]] {
        let output = run(arguments, str::from_utf8(&line).unwrap());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.stdout.is_empty() && told.contains("this is output of `pathquiz score`"), "{told}");
    }
}

#[test]
fn an_object_or_a_list_names_nobody() {
    for id in ["{\"name\": \"Ada\"}", "[7]", "true", "\"\\ud800\""] {
        for line in
            [format!("{{\"id\": {id}, \"answers\": {{\"stores\": 4}}}}"), format!("{{\"id\": {id}, \"stores\": 4}}")]
        {
            let output = run(&["score"], &line);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(4), 0), "{line}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains("column 8: `id` does not name anyone; write a text or a number"), "{told}");
        }
    }
    let output = run(&["--answers", "-", "--no-input"], "id = true\nstores = 4\n");
    assert!(String::from_utf8(output.stderr).unwrap().contains("`id` does not name anyone"));
    assert!(text_of(&run(&["score"], "{\"id\": null, \"stores\": 4}")).starts_with("{\"id\":null,"));
}

#[test]
fn a_question_may_be_called_as_a_person_is() {
    let bank = fs::read_to_string("tests/data/banks/tiny.toml").unwrap().replace("recipes", "id");
    let (folder, sheet) = (TempDir::new().unwrap(), "{\"id\": [\"5\"]}");
    let file = folder.path().join("bank.toml");
    fs::write(&file, bank).unwrap();
    let bank = ["--bank", file.to_str().unwrap()];
    let output = run(&[&bank[..], &["--answers", "-", "--no-input", "--json"]].concat(), sheet);
    assert!(text_of(&output).contains("\"id\": 5"), "{output:?}");
    assert_eq!(run(&[&bank[..], &["score"]].concat(), sheet).status.code(), Some(4));
}

#[test]
fn a_file_without_sheets_is_told() {
    for empty in ["", "\n\n", "stores,buses\n"] {
        let output = run(&["score"], empty);
        assert_eq!(output.status.code(), Some(0));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("note: standard input: there are no sheets in it"), "{told}");
    }
}

#[test]
fn many_people_are_not_one() {
    let text = "\u{feff}\n\"How much would you enjoy building a program that gathers the sales of a hundred stores each \
                night?\";x\n4;5\n";
    let lines = "{\"stores\": 4}\n\n{\"stores\": 5}\n";
    for (sheets, what) in [
        (SHEET, "this is a table, the answers of many people"),
        ("É,stores\n1,4\n", "this is a table, the answers of many people"),
        ("\u{3000}\nsep=;\nstores;buses\n4;places\n", "this is a table, the answers of many people"),
        (text, "this is a table, the answers of many people"),
        (lines, "this is one JSON object per line, the answers of many people"),
        (&format!("\u{feff}{lines}"), "this is one JSON object per line, the answers of many people"),
    ] {
        let output = run(&["--answers", "-", "--no-input"], sheets);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(what) && told.contains("pathquiz score FILE"), "{told}");
        assert!(told.contains("1 error, 0 warnings"), "{told}");
    }
    let output = run(
        &["bank", "diff", "tests/data/banks/tiny.toml", "tests/data/banks/tiny.toml", "--answers", "-"],
        "recipes,x\n1,2\n",
    );
    let told = String::from_utf8(output.stderr).unwrap() + str::from_utf8(&output.stdout).unwrap();
    assert!(told.contains("write the answers of each person as a line of JSON"), "{told}");
}

#[test]
fn a_list_behind_a_wide_blank_is_told() {
    let output = run(&["--answers", "-", "--no-input"], "\u{3000}\n[1]\n");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn a_document_over_several_lines_and_a_list_are_read_like_lines() {
    let result = run(&["-a", "stores=4", "--no-input", "--json", "--start=2027-01-04"], "");
    let document = str::from_utf8(&result.stdout).unwrap();
    let line = text_of(&run(&["score"], "{\"stores\": 4}"));
    assert_eq!(text_of(&run(&["score"], document)), line);
    assert_eq!(text_of(&run(&["score"], &format!("[{document},\n {{\"stores\": 4}}]"))), line.repeat(2));
}

#[test]
fn capitals_and_nulls_are_understood() {
    let sheet = |text: &str| {
        let output = run(&["score", "--to", "csv"], text);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        text_of(&output)
    };
    let plain = sheet("id,stores,buses\n7,4,\n");
    assert_eq!(sheet("ID,Stores,BUSES\n7,4,\n"), plain);
    assert_eq!(sheet("{\"id\": 7, \"answers\": {\"stores\": 4, \"buses\": null}}"), plain);
    assert_eq!(sheet("{\"id\": 7, \"buses\": null, \"stores\": 4}"), plain);
}
