//! What a shell is offered when it asks, over the protocol that the scripts of `pathquiz completions` speak; and that the
//! pages of help can be read.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Output, Stdio};
use std::thread;

use tempfile::TempDir;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// Where bash breaks words unless told otherwise.
const BREAKS: &str = " \t\n\"'@><=;|&(:";

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.env_clear().env("COLUMNS", "80").stdin(Stdio::null()).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The answer to a request, which is never an error and says nothing beside its candidates.
fn ask(shell: &str, words: &[impl AsRef<OsStr>]) -> String {
    let mut request = command();
    let output =
        request.env("PATHQUIZ_COMPLETE", shell).env("PATHQUIZ_BREAKS", BREAKS).arg("--").args(words).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    text(&output.stdout)
}

/// The candidates for the last of these words, behind the program's name.
fn candidates(words: &[&str]) -> Vec<String> {
    let answer = ask("fish", &[&["pathquiz"], words].concat());
    answer.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn answers_come_from_the_bank_in_use() {
    assert_eq!(candidates(&["-a", "stor"]), ["stores="]);
    assert_eq!(candidates(&["take", "--answer=stor"]), ["--answer=stores="]);
    let steps: Vec<String> = ["1", "2", "3", "4", "5", "skip"].map(|step| format!("stores={step}")).into();
    assert_eq!(candidates(&["-a", "stores="]), steps);
    assert_eq!(candidates(&["-a", "birds=s"]), ["birds=songs", "birds=seen", "birds=skip"]);
    for bank in [&["--bank", "tests/data/banks/tiny.toml"][..], &["--bank=tests/data/banks/tiny.toml"]] {
        assert_eq!(candidates(&[bank, &["-a", ""]].concat()), ["recipes=", "saturday="]);
        assert_eq!(candidates(&[bank, &["-a", "recipes=3", "-a", ""]].concat()), ["saturday="]);
        assert_eq!(candidates(&[bank, &["plan", ""]].concat()), ["cook", "gardener"]);
    }
    assert_eq!(
        candidates(&["--bank", "questions.toml", "--bank", "tests/data/banks/tiny.toml", "-a", "rec"]),
        ["recipes="]
    );
}

#[test]
fn behind_a_comma_comes_one_more_choice() {
    let first = candidates(&["-a", "known="]);
    let second = candidates(&["-a", "known=python,"]);
    assert!(first.contains(&"known=python".to_owned()) && first.contains(&"known=skip".to_owned()), "{first:?}");
    assert!(second.contains(&"known=python,sql".to_owned()), "{second:?}");
    assert_eq!(second.len(), first.len() - 2, "neither what is picked nor `skip`");
    let kinds = |word| candidates(&["--bank", "tests/data/banks/kinds.toml", "-a", word]);
    assert_eq!(kinds("order=w,"), ["order=w,u", "order=w,v"]);
    assert!(kinds("order=w,u,").is_empty() && kinds("some=x,y,").is_empty(), "all are picked that may be");
    assert!(kinds("pace=two,").is_empty(), "one choice is all there is");
}

#[test]
fn a_plan_takes_its_own_questions_and_one_role() {
    assert_eq!(candidates(&["plan", "-a", ""]), ["cloud=", "known=", "hours="]);
    assert!(candidates(&["plan", "-a", "stores="]).is_empty());
    assert_eq!(candidates(&["plan", "ma"]), ["machine-learning-engineering"]);
    assert!(candidates(&["plan", "data-engineering", ""]).iter().all(|candidate| candidate.starts_with('-')));
    assert_eq!(candidates(&["plan", "--compare", "data-engineering", ""]), ["machine-learning-engineering"]);
}

#[test]
fn an_empty_word_becomes_a_command_and_a_dash_a_flag() {
    let commands = candidates(&[""]);
    assert!(commands.contains(&"completions".to_owned()) && commands.contains(&"man".to_owned()), "{commands:?}");
    assert!(commands.iter().all(|command| !command.starts_with('-')), "{commands:?}");
    assert!(candidates(&["--"]).contains(&"--no-input".to_owned()));
    assert_eq!(candidates(&["--bank", "tests/data/banks/ti"]), ["tests/data/banks/tiny.toml"]);
    assert_eq!(candidates(&["score", "tests/data/cohort/forms"]), ["tests/data/cohort/forms.csv"]);
}

#[test]
fn a_bank_that_cannot_be_read_completes_nothing() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Whoever waits for the pipe gets a good bank from it.
    let writer = thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, fs::read("tests/data/banks/tiny.toml").unwrap())
    });
    for bank in ["tests/data/banks/broken.toml", "no/such.toml", "-", "tests", "/dev/zero", pipe.to_str().unwrap()] {
        assert!(candidates(&["--bank", bank, "-a", ""]).is_empty(), "{bank}");
        assert!(candidates(&["--bank", bank, "-a", "stores="]).is_empty(), "{bank}");
    }
    let reader = fs::File::options().read(true).write(true).open(&pipe).unwrap();
    let _ = writer.join().unwrap();
    drop(reader);
    // Standard input belongs to the person, even where a good bank stands in it.
    let mut request = command();
    request.env("PATHQUIZ_COMPLETE", "zsh").args(["--", "pathquiz", "--bank", "-", "-a", ""]);
    let output = request.stdin(fs::File::open("tests/data/banks/tiny.toml").unwrap()).output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
}

#[test]
fn bash_gets_what_it_puts_behind_its_breaks() {
    let folder = TempDir::new().unwrap();
    let bank = folder.path().join("my bank's.toml");
    fs::copy("tests/data/banks/tiny.toml", &bank).unwrap();
    let name = folder.path().to_str().unwrap();
    let complete = |line: &str| ask("bash", &[line]).lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(complete("pathquiz -a stor"), ["stores="]);
    assert_eq!(complete("pathquiz -a stores="), ["1", "2", "3", "4", "5", "skip"]);
    assert_eq!(complete("pathquiz -a 'stores="), complete("pathquiz -a \"stores="));
    assert_eq!(complete("pathquiz -a 'stores=4"), ["stores=4"]);
    assert_eq!(complete("  /some/where/pathquiz   plan\tdat"), ["data-engineering"]);
    assert_eq!(complete(&format!("pathquiz --bank {name}/my")), [format!("{name}/my\\ bank\\'s.toml")]);
    assert_eq!(complete(&format!("pathquiz --bank=\"{name}/my")), [format!("{name}/my bank's.toml")]);
    assert!(complete(&format!("pathquiz --bank '{name}/my")).is_empty(), "no quote ends such a name");
    for quoted in [format!("{name}/my\\ bank\\'s.toml"), format!("\"{name}/my bank's.toml\"")] {
        assert_eq!(complete(&format!("pathquiz --bank {quoted} -a sat")), ["saturday="]);
    }
}

#[test]
fn nothing_hostile_reaches_the_shell() {
    let folder = TempDir::new().unwrap();
    for name in ["evil\u{1b}[2J.toml", "evil\nline.toml", "evil\u{202e}.toml", "evil\ttab.toml", "evil$(reboot).toml"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let files = format!("{}/evil", folder.path().display());
    for shell in SHELLS {
        let ask = |words: &[&str]| match shell {
            "bash" => ask(shell, &[words.join(" ")]),
            "powershell" => {
                let (last, words) = words.split_last().unwrap();
                ask(shell, &[words, &[format!("={last}").as_str()]].concat())
            }
            _ => ask(shell, words),
        };
        let bank = ["pathquiz", "--bank", "tests/data/banks/hostile.toml"];
        let told =
            [&["-a", ""][..], &["-a", "single="], &["plan", ""]].map(|more| ask(&[&bank, more].concat())).concat();
        assert!(told.lines().count() > 5, "{shell}: {told}");
        let steers = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!told.contains(steers), "{shell}: {told:?}");
        assert!(told.lines().all(|line| line.matches('\t').count() < 2), "{shell}: {told:?}");
        let found = ask(&["pathquiz", "--bank", &files]);
        assert!(found.lines().count() == 1 && found.contains("reboot"), "{shell}: {found:?}");
        assert_eq!(found.contains("\\$\\(reboot\\)"), shell == "bash", "{found}");
    }
}

#[test]
fn no_word_breaks_a_request() {
    let words: [&[u8]; 16] = [
        b"",
        b"-",
        b"--",
        b"=",
        b"-a",
        b"--bank",
        b"--bank=",
        b"\xff\xfe=\xff",
        b"-\xff",
        b"--\xff=",
        b"plan",
        b"'\"\\",
        b"~/",
        b"..",
        b"-a=known=,,,python",
        b"\x1b]0;\x07",
    ];
    let words = words.map(OsStr::from_bytes);
    for shell in SHELLS {
        ask(shell, &[""; 0]);
        for word in words {
            ask(shell, &[word]);
        }
    }
    for first in words {
        for second in words {
            ask("zsh", &[OsStr::new("pathquiz"), first, second]);
            let line = [b"pathquiz ", first.as_bytes(), b" ", second.as_bytes()].concat();
            ask("bash", &[OsStr::from_bytes(&line)]);
        }
    }
    let flood: OsString = ",".repeat(100_000).into();
    ask("zsh", &[OsStr::new("pathquiz"), OsStr::new("-a"), &flood]);
}

#[test]
fn a_normal_run_is_left_alone() {
    let version = run(&["--version"]).stdout;
    for shell in SHELLS.iter().copied().chain(["", "0", "tcsh"]) {
        assert_eq!(command().env("PATHQUIZ_COMPLETE", shell).arg("--version").output().unwrap().stdout, version);
    }
    let other = command().env("PATHQUIZ_COMPLETE", "tcsh").args(["--", "pathquiz", "-"]).output().unwrap();
    assert_eq!((other.status.code(), other.stdout.len()), (Some(2), 0));
    assert_eq!(run(&["--", "pathquiz", "-"]).stdout, other.stdout);
}

#[test]
fn each_script_asks_by_its_own_name() {
    for shell in SHELLS {
        let script = text(&run(&["completions", shell]).stdout);
        let asks = [format!("PATHQUIZ_COMPLETE={shell} "), format!("PATHQUIZ_COMPLETE = '{shell}'")];
        assert!(asks.iter().any(|asks| script.contains(asks)), "{script}");
    }
    for command in [&["completions", "bash"][..], &["man"]] {
        assert_eq!(run(&[command, &["--bank", "questions.toml"]].concat()).status.code(), Some(2));
    }
}

/// Every command with the flags that its help lists.
fn pages() -> Vec<(Vec<&'static str>, String)> {
    let names: [&[&str]; 16] = [
        &[],
        &["take"],
        &["questions"],
        &["plan"],
        &["score"],
        &["cohort"],
        &["bank"],
        &["bank", "new"],
        &["bank", "check"],
        &["bank", "audit"],
        &["bank", "show"],
        &["bank", "diff"],
        &["schema"],
        &["completions"],
        &["man"],
        &["help"],
    ];
    names.iter().map(|name| (name.to_vec(), text(&run(&[name, &["--help"][..]].concat()).stdout))).collect()
}

#[test]
fn help_fits_the_screen() {
    for (name, long) in pages() {
        let short = text(&run(&[&name, &["-h"][..]].concat()).stdout);
        assert!(short.lines().count() <= 36, "{name:?} has {} lines", short.lines().count());
        for line in short.lines().chain(long.lines()) {
            assert!(line.chars().count() <= 80, "{name:?}: {line}");
        }
        // A line of a list that was broken would begin at the margin.
        for list in ["Examples:", "Exit status:", "Environment:"] {
            let lines = long.lines().skip_while(|line| *line != list).skip(1).take_while(|line| !line.is_empty());
            assert!(lines.clone().all(|line| line.starts_with("  ")), "{name:?}: {:?}", lines.collect::<Vec<_>>());
        }
    }
    let help = text(&run(&["--help"]).stdout);
    assert!(help.find("Examples:") < help.find("Commands:") && help.contains("Exit status:"), "{help}");
}

#[test]
fn every_example_is_understood() {
    let mut count = 0;
    for (_, help) in pages() {
        let examples = help.lines().skip_while(|line| *line != "Examples:").skip(1).take_while(|line| !line.is_empty());
        for example in examples.filter_map(|line| line.strip_prefix("  pathquiz")) {
            let line = example.split("  ").next().unwrap().split(['|', '>']).next().unwrap();
            // Help of the same command line shows that its names are known without doing it.
            let words: Vec<&str> = line.split_whitespace().chain(["--help"]).collect();
            assert!(run(&words).status.success(), "{line}");
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}

#[test]
fn the_manual_page_knows_every_command_and_flag() {
    let page = text(&run(&["man"]).stdout);
    assert_eq!(page, text(&run(&["man"]).stdout));
    let plain = page.replace("\\fB", "").replace("\\fR", "").replace("\\fI", "").replace("\\-", "-");
    for (name, help) in pages().iter().filter(|(name, _)| *name != ["help"]) {
        assert!(name.is_empty() || plain.contains(&format!("\n.SS \"pathquiz {}\"\n", name.join(" "))), "{name:?}");
        let section =
            plain.split("\n.SS ").find(|section| section.starts_with(&format!("\"pathquiz {}\"", name.join(" "))));
        let section = section.filter(|_| *name != ["take"]).unwrap_or(&plain);
        for line in help.lines().skip_while(|line| *line != "Options:") {
            let Some(at) = line.find("--").filter(|_| line.trim_start().starts_with('-')) else { continue };
            let flag = line[at..].split([' ', ',']).next().unwrap();
            let told = ["--bank", "--color", "--help"].contains(&flag) || section.contains(flag);
            assert!(told, "{name:?}: {flag}");
        }
    }
    for heading in [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "OPTIONS",
        "COMMANDS",
        "\"EXIT STATUS\"",
        "FILES",
        "ENVIRONMENT",
        "EXAMPLES",
    ] {
        assert!(plain.contains(&format!("\n.SH {heading}\n")), "{heading}");
    }
    assert!(plain.contains("PATHQUIZ_COMPLETE") && plain.contains("XDG_STATE_HOME"));
}
