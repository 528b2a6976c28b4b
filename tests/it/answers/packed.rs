//! Workbooks, archives, and files of other types: read, or refused in one line that says what they are.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cohort::command::{run_command, text};

const TABLE: &str = "id,stores,buses\n7,4,places\n";

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    run_command(command.env_clear().env("LANG", "C.UTF-8").args(arguments), "")
}

/// Scores bytes as a file.
fn score(bytes: &[u8]) -> Output {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, bytes).unwrap();
    run(&["score", file.to_str().unwrap()])
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An archive that says of its file that it is very large.
fn bomb(name: &str) -> Vec<u8> {
    let size = 54_321_u32.to_le_bytes();
    let mut bytes = archive(&[(name, &vec![b'x'; 54_321])]);
    while let Some(at) = bytes.windows(4).position(|window| window == size) {
        bytes[at..at + 4].copy_from_slice(&0x7FFF_FFFF_u32.to_le_bytes());
    }
    bytes
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/data/cohort").join(name)).unwrap()
}

/// Returns the one sentence on a file that is refused.
fn told(output: Output) -> String {
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 1, "{told}");
    told
}

#[test]
fn a_workbook_scores_as_the_table_that_it_was_made_of() {
    for (workbook, table) in [("microsoft.xlsx", "microsoft.csv"), ("numbers.ods", "numbers.tsv")] {
        assert_eq!(text(&score(&fixture(workbook))), text(&score(&fixture(table))), "{workbook}");
        let packed = archive(&[("export.xlsx", &fixture(workbook))]);
        assert_eq!(text(&score(&packed)), text(&score(&fixture(table))), "{workbook} in an archive");
    }
}

#[test]
fn an_archive_has_one_table_in_it() {
    let files: [(&str, &[u8]); 3] =
        [("Form.csv", TABLE.as_bytes()), ("__MACOSX/._Form.csv", b"x"), ("note.pdf", b"%PDF")];
    assert_eq!(text(&score(&archive(&files))), text(&score(TABLE.as_bytes())));
    for (files, what) in [
        (&[][..], "no table in it"),
        (&[("a.csv", TABLE.as_bytes()), ("b.csv", TABLE.as_bytes())], "2 tables in it"),
        (&[("word/document.xml", b"".as_slice())], "is a Word document"),
        (&[("a.zip", &archive(&files))], "an archive in the zip archive"),
        (&[("a.pdf", b"%PDF-1.7")], "a PDF document in the zip archive"),
    ] {
        let told = told(score(&archive(files)));
        assert!(told.contains(what), "{told}");
    }
}

#[test]
fn a_sheet_is_chosen_by_name() {
    let file = "tests/data/cohort/microsoft.xlsx";
    assert!(text(&run(&["score", file, "--sheet", "Sheet1"])).lines().count() > 1);
    let wrong = told(run(&["score", file, "--sheet", "Sheet2"]));
    assert!(wrong.contains("there is no sheet `Sheet2`") && wrong.contains("`Sheet1`"), "{wrong}");
    assert!(told(run(&["score", file, "--sheet", "Read me"])).contains("no column is about a question"));
    let table = told(run(&["score", "tests/data/cohort/forms.csv", "--sheet", "Sheet1"]));
    assert!(table.contains("no workbook"), "{table}");
}

#[test]
fn files_of_other_types_are_told_in_one_line() {
    let utf16: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let workbook = fixture("microsoft.xlsx");
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    for (bytes, what) in [
        (&b"\x1F\x8B\x08\0\0\0"[..], "is a gzip archive; unpack it"),
        (b"%PDF-1.7\n", "is a PDF document; export"),
        (b"<!DOCTYPE html>\n<html></html>\n", "is a web page; export"),
        (&utf16, "is text in UTF-16; save it as CSV in UTF-8"),
        (TABLE.replace('\n', "\r").as_bytes(), "end in returns alone"),
        (&vec![b'x'; 2_000_000], "the first line is too long"),
        (&workbook[..workbook.len() / 2], "the file is broken"),
        (b"PK\x03\x04", "the file is broken"),
        (&locked, "has a password"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a workbook (.xls) or another document"),
        (&archive(&[("xl/workbook.xml", b"<workbook>")]), "the workbook is broken"),
        (&bomb("a.csv"), "more than 256 MiB once it is unpacked"),
        (&bomb("content.xml"), "more than 256 MiB once it is unpacked"),
    ] {
        let told = told(score(bytes));
        assert!(told.contains(what), "{told}");
    }
}

#[test]
fn a_result_for_people_says_where_the_answers_are() {
    let folder = TempDir::new().unwrap();
    for ending in ["md", "html", "txt", "ics"] {
        let file = folder.path().join(format!("result.{ending}"));
        let file = file.to_str().unwrap();
        assert_eq!(run(&["--no-input", "-a", "stores=5", "-o", file]).status.code(), Some(0));
        let told = told(run(&["--answers", file, "--no-input"]));
        assert!(told.contains("a result has them only as JSON"), "{told}");
    }
    let told = told(run(&["--answers", "tests/data/cohort/microsoft.xlsx", "--no-input"]));
    assert!(told.contains("`pathquiz score FILE`"), "{told}");
}
