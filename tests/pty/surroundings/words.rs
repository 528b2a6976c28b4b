//! Words that come in without being text, and words that go out where only ASCII can be shown.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use tempfile::TempDir;

use super::{COMMANDS, command, feed, run, told};

/// No text in any encoding.
fn foreign(prefix: &str) -> OsString {
    OsString::from_vec([prefix.as_bytes(), b"\xFF\xFE"].concat())
}

#[test]
fn an_argument_that_is_no_text_is_a_path_or_wrong() {
    let sheets = "tests/data/cohort/sheets.ndjson";
    for (before, prefix, status) in [
        (&[][..], "", 2),
        (&[], "--", 2),
        (&[], "-", 2),
        (&["--"], "", 2),
        (&["help"], "", 2),
        (&["-a"], "", 2),
        (&["-a"], "stores=", 2),
        (&["--no-input", "--bank"], "", 1),
        (&["--no-input"], "--bank=", 1),
        (&["--no-input", "--answers"], "", 1),
        (&["--no-input", "--color"], "", 2),
        (&["--no-input", "--format"], "", 2),
        (&["--no-input", "--start"], "", 2),
        (&["--no-input", "--hours-per-week"], "", 2),
        (&["questions"], "", 2),
        (&["questions", "--format"], "", 2),
        (&["plan"], "", 2),
        (&["plan", "-a"], "cloud=", 2),
        (&["plan", "data-engineering", "--answers"], "", 1),
        (&["score"], "", 1),
        (&["score", sheets, "--to"], "", 2),
        (&["score", sheets, "--threads"], "", 2),
        (&["cohort"], "", 1),
        (&["cohort", sheets, "--format"], "", 2),
        (&["bank"], "", 2),
        (&["bank", "check"], "", 1),
        (&["bank", "audit"], "", 1),
        (&["bank", "show"], "", 1),
        (&["bank", "diff", "tests/data/banks/tiny.toml"], "", 1),
        (&["bank", "diff", "tests/data/banks/tiny.toml", "tests/data/banks/tiny.toml", "--answers"], "", 1),
        (&["schema"], "", 2),
    ] {
        let output = command(before).arg(foreign(prefix)).output().unwrap();
        let told = told(&output);
        assert_eq!(output.status.code(), Some(status), "{before:?} {prefix}: {told}");
        assert!(told.contains("error: ") && !told.contains("panicked"), "{before:?} {prefix}: {told}");
        assert!(output.stdout.is_empty(), "{before:?} {prefix}");
    }
}

/// Systems that take any name for a file get it written as it was given.
#[cfg(target_os = "linux")]
#[test]
fn a_file_with_a_name_that_is_no_text_is_written() {
    let sheets = "tests/data/cohort/sheets.ndjson";
    for arguments in [
        &["--no-input", "-a", "stores=5", "-o"][..],
        &["questions", "-o"],
        &["plan", "data-engineering", "-o"],
        &["score", sheets, "-o"],
        &["score", sheets, "--rejects"],
        &["cohort", sheets, "-o"],
        &["cohort", sheets, "--rejects"],
        &["schema", "bank", "-o"],
        &["bank", "new"],
    ] {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join(foreign(""));
        let output = command(arguments).arg(&file).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", told(&output));
        assert!(file.is_file(), "{arguments:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{arguments:?}");
    }
}

#[test]
fn where_only_ascii_can_be_shown_nothing_else_is() {
    let bank = "id = \"x\"\nverdict = { clear = 2 }\n[[role]]\n[[role.knowledge]]\nhours = [9, 1]\n[[question]]\npick = [3, 1]\n\
                [[question.choice]]\n[[persona]]\n";
    let long = format!("{}=1", "p".repeat(100));
    for locale in [&[][..], &[("LANG", "C")], &[("LC_ALL", "C"), ("LANG", "C.UTF-8")], &[("LANG", "")]] {
        let ascii = |arguments: &[&str], input: &str| {
            let mut command = command(arguments);
            command.env_remove("LANG").envs(locale.iter().copied());
            let (output, _) = feed(command, input.to_owned(), |_| {});
            let text = [output.stdout, output.stderr].concat();
            assert!(text.is_ascii(), "{locale:?} {arguments:?}: {}", String::from_utf8_lossy(&text));
            text.len()
        };
        for (arguments, _) in COMMANDS {
            // Pages, documents and banks are UTF-8 everywhere.
            let is_utf8 = ["html", "--json", "schema", "show"].iter().any(|word| arguments.contains(word));
            if !is_utf8 {
                ascii(arguments, "");
            }
        }
        assert!(ascii(&["bank", "check", "-"], bank) > 1_000);
        ascii(&["--no-input", "--bank", "-"], bank);
        ascii(&["--no-input", "-a", &long], "");
        ascii(&["cohort"], &format!("{{\"{long}\": 1, \"stores\": 77}}\n"));
    }
}

#[test]
fn a_width_beyond_all_sense_is_none() {
    for columns in ["0", "1", "-1", "18446744073709551615", "wide"] {
        for (arguments, status) in COMMANDS {
            let output = command(arguments).env("COLUMNS", columns).output().unwrap();
            assert_eq!(output.status.code(), Some(status), "{columns} {arguments:?}: {}", told(&output));
            assert!(output.stdout.len() < 10_000 + 20 * run(arguments).stdout.len(), "{columns} {arguments:?}");
        }
    }
}
