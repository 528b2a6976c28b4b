//! Where results go and how they look there: files, closed pipes, full disks, colour and width.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for each test, empty at first.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.env_clear().env("LANG", "C.UTF-8").stdin(Stdio::null()).args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

const SCORE: [&str; 4] = ["--no-input", "-a", "stores=5", "--start=2026-11-23"];

#[test]
fn a_file_is_replaced_only_when_the_result_is_complete() {
    let folder = folder("replaced");
    let (target, link) = (folder.join("result.json"), folder.join("link.json"));
    fs::write(&target, "before").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&target, &link).unwrap();
    let output = |more: &[&str]| run(&[&SCORE[..], &["--json", "-o", link.to_str().unwrap()], more].concat());
    assert_eq!(output(&["-a", "nonsense=1"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&target).unwrap(), "before");
    let done = output(&[]);
    assert!(done.status.success() && done.stdout.is_empty());
    assert_eq!(fs::read(&target).unwrap(), run(&[&SCORE[..], &["--json"]].concat()).stdout);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "no draft is left");
}

#[test]
fn a_link_to_nothing_makes_its_target() {
    let folder = folder("dangling");
    let at = |name: &str| folder.join(name);
    fs::create_dir(at("below")).unwrap();
    symlink("below/second", at("first")).unwrap();
    symlink("../result.json", at("below/second")).unwrap();
    symlink("loop", at("loop")).unwrap();
    let output = |name| run(&[&SCORE[..], &["--json", "-o", at(name).to_str().unwrap()]].concat());
    assert!(output("first").status.success());
    assert_eq!(fs::read(at("result.json")).unwrap(), run(&[&SCORE[..], &["--json"]].concat()).stdout);
    assert_eq!(output("loop").status.code(), Some(1));
    for link in ["first", "below/second", "loop"] {
        assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link}");
    }
}

/// Runs a line of the shell in a folder, `$P` being the program.
fn shell(folder: &Path, line: &str) -> Output {
    let mut command = Command::new("sh");
    command.env("P", env!("CARGO_BIN_EXE_pathquiz")).current_dir(folder);
    command.args(["-c", line]).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_file_that_is_open_already_is_not_replaced_by_its_descriptor() {
    let folder = folder("descriptor");
    for path in ["/dev/fd/3", "/proc/self/fd/3"] {
        let output = shell(&folder, &format!("echo before > out; \"$P\" questions --json -o {path} 3>> out"));
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(error.contains("a file that is open already"), "{error}");
        assert_eq!(fs::read_to_string(folder.join("out")).unwrap(), "before\n");
    }
    let output = shell(&folder, "\"$P\" questions --json -o /dev/fd/3 3>&1 >/dev/null | head -c 1");
    assert_eq!(output.stdout, b"{", "a pipe is written into");
}

#[test]
fn no_error_is_appended_to_an_input() {
    let folder = folder("appended");
    for (file, text, line) in [
        ("in.csv", "stores\n5\n", "\"$P\" score in.csv 2>> in.csv"),
        ("in.csv", "stores\n5\n", "\"$P\" cohort -o in.csv < in.csv 2>> in.csv"),
        ("a.json", "{}", "\"$P\" --json --no-input --answers a.json 2>> a.json"),
    ] {
        fs::write(folder.join(file), text).unwrap();
        assert_eq!(shell(&folder, line).status.code(), Some(2), "{line}");
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), text, "{line}");
    }
}

#[test]
fn help_is_shown_to_programs_too() {
    for line in [&["help", "--json"][..], &["help", "plan", "--json"], &["help", "bank", "check", "--format=json"]] {
        let output = run(line);
        let of_people = line.iter().copied().filter(|word| !word.starts_with('-'));
        assert_eq!(output, run(&of_people.collect::<Vec<_>>()), "{line:?}");
        assert!(output.status.success(), "{line:?}");
    }
    let output = run(&["help", "json", "--json"]);
    assert_eq!(output.status.code(), Some(2), "`json` is no command");
    assert!(output.stderr.starts_with(b"{"));
}

#[test]
fn a_folder_is_no_target() {
    let output = run(&[&SCORE[..], &["-o", folder("target").to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: cannot write"));
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    let mut child = command(&["questions"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(&SCORE).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: cannot write standard output\ncaused by: "));
}

#[test]
fn colour_follows_the_flag_and_then_the_environment() {
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(&[&SCORE[..], arguments].concat());
        let output = command.envs(variables.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!colored(&[], &[]));
    assert!(!colored(&[], &[("TERM", "xterm-256color")]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&["--json", "--color", "always"], &[]));
}

/// No line of the text is wider than the columns, down to a narrow terminal; only addresses are never broken.
#[test]
fn text_keeps_to_the_width() {
    for columns in [20_usize, 30, 40, 60, 80, 120] {
        let mut command = command(&["--answers", "tests/data/answers/plumber.json", "--start=2026-11-23"]);
        let output = command.env("COLUMNS", columns.to_string()).output().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let width = line.chars().count();
            let address = line.trim_start().starts_with("https://");
            assert!(address || width <= columns.min(100), "{width} > {columns}: {line}");
        }
    }
}

#[test]
fn without_utf8_bars_are_ascii() {
    for (locale, blocks) in [("C", false), ("en_US.UTF-8", true), ("de_DE.utf8", true), ("", false)] {
        let mut command = command(&SCORE);
        let output = command.env("LANG", locale).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().contains('█'), blocks, "{locale}");
    }
}

#[test]
fn banks_and_answers_come_from_standard_input_too() {
    let bank = fs::File::open("tests/data/banks/tiny.toml").unwrap();
    let mut command = command(&["--bank", "-", "-a", "recipes=4", "-a", "saturday=market", "--json"]);
    let output = command.stdin(bank).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("\"role\": \"cook\""));
}

#[test]
fn foreign_text_in_errors_is_cleaned() {
    let output = run(&["-a", "evil\u{1b}[2J\u{202e}=\u{7}1", "--no-input"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("`evil^[[2J<U+202E>=^G1`"), "{errors}");
    assert!(!errors.contains(['\u{1b}', '\u{202e}', '\u{7}']));
}

#[test]
fn links_hide_behind_text_only_where_they_are_known_to_work() {
    let plan = |variables: &[(&str, &str)], more: &[&str]| {
        let mut command = command(&[&["plan", "data-engineering", "--start", "2026-11-23"], more].concat());
        String::from_utf8(command.envs(variables.iter().copied()).output().unwrap().stdout).unwrap()
    };
    let address = "https://www.postgresql.org/docs/current/tutorial.html";
    let bare = plan(&[], &[]);
    assert!(bare.contains(&format!("\n        {address}\n")) && !bare.contains('\u{1b}'));
    let force = [("FORCE_HYPERLINK", "1"), ("TERM", "xterm")];
    let linked = plan(&force, &[]);
    assert!(
        linked.contains(&format!("- \u{1b}]8;;{address}\u{1b}\\PostgreSQL tutorial (docs, free)\u{1b}]8;;\u{1b}\\\n"))
    );
    assert_eq!(linked.matches("\u{1b}]8;;http").count(), linked.matches("\u{1b}]8;;\u{1b}\\").count());
    assert_eq!(
        linked.matches("\u{1b}]8;;http").count(),
        linked.matches("http").count() - 1,
        "one stands in a sentence"
    );
    assert_eq!(plan(&force, &["--color", "never"]), bare);
    assert_eq!(plan(&[force[0], ("ACCESSIBLE", "1")], &[]), bare);
    let folder = folder("links");
    let file = folder.join("plan.txt");
    assert_eq!(plan(&force, &["-o", file.to_str().unwrap()]), "");
    assert_eq!(fs::read_to_string(&file).unwrap(), bare);
}

#[test]
fn an_ending_that_names_no_format_is_told() {
    let folder = folder("endings");
    let note = |name: &str, more: &[&str]| {
        let file = folder.join(name);
        let output = run(&[&SCORE[..], &["-o", file.to_str().unwrap()], more].concat());
        assert!(output.status.success() && file.exists());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(note("result.pdf", &[]).contains("result.pdf is written as text, since its ending names no format"));
    for (name, more) in
        [("result", &[][..]), ("result.TXT", &[]), ("result.htm", &[]), ("result.pdf", &["--format", "json"])]
    {
        assert_eq!(note(name, more), "", "{name}");
    }
}

#[test]
fn a_file_that_is_called_otherwise_than_what_it_holds_is_told() {
    let folder = folder("called");
    let sheets = folder.join("people.csv");
    fs::write(&sheets, "id,stores\n7,4\n").unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let told = |arguments: &[&str], name: &str| {
        let output = run(&[arguments, &[path(name).as_str()]].concat());
        assert!(output.status.success() && folder.join(name).is_file(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let score = ["score", sheets.to_str().unwrap(), "-o"];
    for (arguments, name, note) in [
        (&["-a", "stores=5", "--no-input", "--json", "-o"][..], "a.html", "is written as json, whatever its ending"),
        (&["-a", "stores=5", "--no-input", "--format", "text", "-o"], "b.md", "is written as text, whatever its"),
        (&["-a", "stores=5", "--no-input", "-o"], "c.pdf", "is written as text, since its ending names no format"),
        (&score, "d.json", "becomes a table in CSV; `--to ndjson` writes lines of JSON"),
        (
            &[&score[..2], &["--to", "ndjson", "-o"]].concat(),
            "e.csv",
            "becomes lines of JSON; `--to csv` writes a table",
        ),
        (&["bank", "new"], "f.json", "is TOML, whatever its ending says"),
    ] {
        let told = told(arguments, name);
        assert!(told.contains(note) && told.contains(name), "{told}");
    }
    for (arguments, name) in [
        (&["-a", "stores=5", "--no-input", "--json", "-o"][..], "g.json"),
        (&["-a", "stores=5", "--no-input", "--json", "-o"], "without"),
        (&score, "h.csv"),
        (&score, "i.txt"),
        (&["bank", "new"], "j.toml"),
    ] {
        let told = told(arguments, name);
        assert!(!told.contains(&format!("{name} is written")) && !told.contains(&format!("{name} becomes")), "{told}");
        assert!(!told.contains("whatever"), "{told}");
    }
}

#[test]
fn errors_name_the_file_that_was_asked_for() {
    let folder = folder("named");
    fs::write(folder.join("file"), "").unwrap();
    let missing = folder.join("none");
    let mut targets = vec![folder.join("file/result.json"), missing.join("result.json")];
    if cfg!(target_os = "linux") {
        targets.push("/proc/result.json".into());
    }
    for target in targets {
        let asked = target.to_str().unwrap();
        for arguments in [&[&SCORE[..], &["-o", asked]].concat()[..], &["bank", "new", asked]] {
            let output = run(arguments);
            assert_eq!(output.status.code(), Some(1));
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(!told.contains(".pathquiz-"), "{told}");
            if target.starts_with(&missing) {
                let what = format!("error: cannot write {asked}: there is no folder {}; make it", missing.display());
                assert!(told.starts_with(&what) && told.lines().count() == 1, "{told}");
            } else {
                assert!(told.starts_with(&format!("error: cannot write {asked}\n")), "{told}");
                assert_eq!(told.lines().count(), 2, "{told}");
            }
        }
    }
}

#[test]
fn rejected_rows_do_not_flood_standard_error() {
    let folder = folder("rejected");
    let (table, lines, all) = (folder.join("bad.csv"), folder.join("bad.ndjson"), folder.join("all"));
    let [table, lines, all] = [&table, &lines, &all].map(|path| path.to_str().unwrap());
    let bank = "tests/data/banks/kinds.toml";
    for (count, more) in [(50, None), (51, Some(1)), (1_000, Some(950))] {
        fs::write(table, format!("step\n{}", "?\n".repeat(count))).unwrap();
        fs::write(lines, "{\"step\": \"?\"}\n".repeat(count)).unwrap();
        for (arguments, file, advice) in [
            (&["score", "--bank", bank, table][..], table, "; `--rejects FILE` keeps them all"),
            (&["score", "--bank", bank, lines], lines, "; `--rejects FILE` keeps them all"),
            (&["cohort", "--bank", bank, table], table, "; `--rejects FILE` keeps them all"),
            (&["bank", "diff", bank, bank, "--answers", lines], lines, ""),
        ] {
            let output = run(arguments);
            assert_eq!(output.status.code(), Some(4), "{arguments:?}");
            let told = String::from_utf8(output.stderr).unwrap();
            let named = told.lines().filter(|line| line.starts_with(&format!("{file}:")) && line.contains("no choice"));
            assert_eq!(named.count(), 50, "{arguments:?}: {told}");
            let rest: Vec<&str> = told.lines().filter(|line| line.contains(" more rejected")).collect();
            let expected = more.map(|more| format!("{file}: {more} more rejected{advice}"));
            assert_eq!(rest, expected.iter().collect::<Vec<_>>(), "{arguments:?}");
            assert!(told.ends_with(&format!("error: {count} lines were rejected\n")), "{told}");
        }
        let output = run(&["score", "--bank", bank, table, "--rejects", all]);
        assert!(!String::from_utf8(output.stderr).unwrap().contains("no choice"));
        assert_eq!(fs::read_to_string(all).unwrap().lines().count(), 1 + count);
    }
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let folder = folder("read-only");
    let (target, sheets) = (folder.join("result.csv"), folder.join("in.csv"));
    fs::write(&target, "before").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o444)).unwrap();
    fs::write(&sheets, "stores\n5\n?\n").unwrap();
    let [target, sheets] = [&target, &sheets].map(|path| path.to_str().unwrap());
    for arguments in [
        &["--no-input", "-o", target][..],
        &["questions", "-o", target],
        &["plan", "data-engineering", "-o", target],
        &["schema", "bank", "-o", target],
        &["score", sheets, "-o", target],
        &["score", sheets, "--rejects", target],
        &["cohort", sheets, "-o", target],
        &["cohort", sheets, "--rejects", target],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        let why = "caused by: the file is read-only; make it writable, or name another one";
        // Nothing is told of rows or columns: no work has begun.
        assert!(told.ends_with(&format!("error: cannot write {target}\n{why}\n")), "{told}");
        assert!(!told.contains("in.csv:") && output.stdout.is_empty(), "{told}");
        assert_eq!(fs::read_to_string(target).unwrap(), "before", "{arguments:?}");
    }
    let output = run(&["bank", "new", target]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("is there already and was left as it is"));
}

#[test]
fn targets_that_cannot_be_are_told_before_anything_is_read() {
    let folder = folder("impossible");
    fs::write(folder.join("in.csv"), "stores\n5\n").unwrap();
    let long = "x".repeat(300);
    for target in ["nodir/x", &long, "in.csv/", "new/", "in.csv/x"] {
        for command in ["score in.csv", "cohort in.csv", "take --no-input", "score in.csv -o out --rejects"] {
            let flag = if command.ends_with("rejects") { "" } else { "-o" };
            let output = shell(&folder, &format!("\"$P\" {command} {flag} {target} --bank missing.toml"));
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{command}: {error}");
            assert!(error.starts_with("error: cannot write"), "{command}: {error}");
        }
    }
}

#[test]
fn rejected_rows_are_kept_though_nobody_reads_the_results() {
    let folder = folder("unread");
    fs::write(folder.join("in.csv"), format!("stores\n9\n{}", "5\n".repeat(20_000))).unwrap();
    shell(&folder, "\"$P\" score in.csv --rejects bad.csv | head -n 1");
    assert!(fs::read_to_string(folder.join("bad.csv")).unwrap().starts_with("line,reason,row\n2,"));
}

#[test]
fn saved_answers_are_no_target() {
    let folder = folder("saved");
    fs::create_dir_all(folder.join("state/pathquiz")).unwrap();
    for lock in ["", "before"] {
        if !lock.is_empty() {
            fs::write(folder.join("state/pathquiz/lock"), lock).unwrap();
        }
        let output = shell(&folder, "XDG_STATE_HOME=\"$PWD/state\" \"$P\" --no-input -o state/pathquiz/lock");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
    assert_eq!(fs::read_to_string(folder.join("state/pathquiz/lock")).unwrap(), "before");
}

#[test]
fn nobody_answers_for_a_closed_standard_output() {
    let folder = folder("closed");
    let line = |stdout| format!("yes 1 | XDG_STATE_HOME=\"$PWD\" \"$P\" --plain {stdout}");
    let output = shell(&folder, &line(">&-"));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.ends_with("error: cannot write standard output\ncaused by: it is closed\n"), "{error}");
    assert_eq!(output.status.code(), Some(1));
    assert!(shell(&folder, &line("> /dev/null")).status.success());
}

#[test]
fn errors_for_programs_are_one_document() {
    let folder = folder("document");
    fs::write(folder.join("a.json"), "{}").unwrap();
    for (line, file) in [
        ("echo nonsense | \"$P\" --json --plain", None),
        ("\"$P\" --json=1", None),
        ("\"$P\" --json --no-input --answers a.json -o a.json", Some("a.json")),
        ("\"$P\" --json --no-input -o b.json -o b.json", Some("b.json")),
    ] {
        let error: serde_json::Value = serde_json::from_slice(&shell(&folder, line).stderr).unwrap();
        assert_eq!(error["error"]["problems"][0]["file"].as_str(), file, "{error}");
    }
}
