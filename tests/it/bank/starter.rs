//! What an author begins with: the small bank that `bank new` writes, and a whole one with three roles to look at.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use pathquiz::internals::bank::{Bank, Certification, Kind, QuestionUse, Role, SHIPPED, STARTER, Verdict};
use pathquiz::internals::scoring::{self, Attainability, Audit, Scorer};
use serde_json::Value;

const THREE: &str = include_str!("../../data/banks/three.toml");

/// A folder of its own for each test, empty at first.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("author").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// The program, run in a folder, so that file names stand in messages as they are typed.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.env_clear().env("LANG", "C.UTF-8").stdin(Stdio::null()).current_dir(folder).args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Names of everything in a folder, hidden drafts too.
fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Everything for which `bank check --strict` would refuse a bank, and the notes of its audit.
fn blemishes(bank: &Bank) -> Vec<String> {
    let scorer = Scorer::new(bank);
    let mut found: Vec<String> = bank.warnings().iter().map(ToString::to_string).collect();
    found.extend(scoring::mismatches(&scorer).iter().map(scoring::Mismatch::what));
    found.extend(Audit::new(&scorer).findings().iter().map(ToString::to_string));
    found
}

#[test]
fn the_starter_is_fair_and_has_every_part_once() {
    let bank = Bank::parse(STARTER.as_bytes()).unwrap();
    assert_eq!(blemishes(&bank), <[String; 0]>::default());
    let scored = || bank.questions().iter().filter(|question| question.purpose == QuestionUse::Score);
    assert_eq!((bank.roles().len(), scored().count(), bank.questions().len()), (2, 8, 9));
    for kind in ["scale", "single", "multi", "rank"] {
        assert!(scored().any(|question| question.kind.name() == kind), "{kind}");
        assert!(STARTER.contains(&format!("\n# Of a {kind} question")) || kind == "scale", "{kind} is explained");
    }
    let steps = |count: fn(&Role) -> usize| bank.roles().iter().map(count).sum::<usize>();
    assert!(steps(|role| role.knowledge.len()) > 0);
    assert!(steps(|role| role.certifications.len()) > 0);
    assert!(steps(|role| role.expertise.len()) > 0);
    let hints = bank.questions().iter().flat_map(|question| &question.choices).map(|choice| &choice.effect);
    assert!(hints.clone().any(|hint| hint.hours_per_week.is_some()));
    assert!(hints.clone().any(|hint| !hint.knows.is_empty()));
    assert!(hints.clone().any(|hint| !hint.prefers.is_empty()));
    assert!(bank.personas().iter().any(|persona| persona.expect.role.is_some() && persona.expect.verdict.is_some()));
    assert!(STARTER.lines().count() < 200, "short enough to be read");
}

#[test]
fn what_is_written_can_be_used_at_once() {
    let folder = folder("used");
    let output = run(&folder, &["bank", "new", "mine.toml"]);
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
    assert_eq!(fs::read_to_string(folder.join("mine.toml")).unwrap(), STARTER);
    assert_eq!(names(&folder), BTreeSet::from(["mine.toml".to_owned()]), "no draft is left");
    let told = String::from_utf8(output.stderr).unwrap();
    let next = |place| told.split('`').nth(place).unwrap().split(' ').skip(1).collect::<Vec<&str>>();
    assert_eq!([next(1), next(3)], ["check", "audit"].map(|command| vec!["bank", command, "mine.toml"]));
    assert!(run(&folder, &next(1)).status.success());
    let audit = run(&folder, &next(3));
    let figures = String::from_utf8(audit.stdout).unwrap();
    assert!(audit.status.success() && figures.ends_with("0 errors, 0 warnings\nThe bank is fair.\n"), "{figures}");
    assert!(run(&folder, &["bank", "check", "--strict", "mine.toml"]).status.success());
    let quiz = run(&folder, &["--bank", "mine.toml", "--no-input", "--json", "-a", "night=5"]);
    assert!(quiz.status.success() && quiz.stderr.is_empty(), "{quiz:?}");
    let document: Value = serde_json::from_slice(&quiz.stdout).unwrap();
    assert_eq!(document["bank"]["id"], "stars-or-birds");
    assert_eq!(document["recommendation"]["role"], "stargazer");
}

#[cfg(unix)]
#[test]
fn a_new_bank_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("permissions");
    let script = "umask 027 && exec \"$0\" bank new mine.toml";
    let status = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_pathquiz")]).current_dir(&folder).status();
    assert!(status.unwrap().success());
    assert_eq!(fs::metadata(folder.join("mine.toml")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn whatever_is_there_stays_as_it_is() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let folder = folder("stays");
    let at = |name: &str| folder.join(name);
    fs::write(at("file"), "mine").unwrap();
    fs::write(at("empty"), "").unwrap();
    fs::create_dir(at("folder")).unwrap();
    symlink("file", at("link")).unwrap();
    symlink("nothing", at("dangling")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let before = names(&folder);
    for name in ["file", "empty", "folder", "link", "dangling", "pipe"] {
        let output = run(&folder, &["bank", "new", name]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{name}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            told.starts_with(&format!("error: {name} is there already"))
                && told.contains("name a file that is not there"),
            "{told}"
        );
    }
    assert_eq!(names(&folder), before);
    assert_eq!(fs::read_to_string(at("file")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(at("empty")).unwrap(), "");
    assert_eq!(names(&at("folder")), BTreeSet::new());
    assert_eq!(fs::read_link(at("link")).unwrap(), Path::new("file"));
    assert_eq!(fs::read_link(at("dangling")).unwrap(), Path::new("nothing"));
    assert!(fs::metadata(at("pipe")).unwrap().file_type().is_fifo());
}

#[test]
fn of_runs_at_the_same_time_one_wins() {
    let folder = folder("race");
    for round in 0..5 {
        let name = format!("{round}.toml");
        let start = |_| command(&folder, &["bank", "new", &name]).stderr(Stdio::null()).spawn().unwrap();
        let runs: Vec<Child> = (0..6).map(start).collect();
        let mut statuses: Vec<_> = runs.into_iter().map(|mut run| run.wait().unwrap().code()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [Some(0), Some(1), Some(1), Some(1), Some(1), Some(1)]);
        assert_eq!(fs::read_to_string(folder.join(&name)).unwrap(), STARTER);
    }
    assert_eq!(names(&folder).len(), 5);
}

/// A limit on the size of files stands for a full disk.
#[cfg(unix)]
#[test]
fn a_bank_that_does_not_fit_leaves_nothing() {
    let folder = folder("full");
    let script = "trap '' XFSZ && ulimit -f 1 && exec \"$0\" bank new mine.toml";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_pathquiz")])
        .env("LANG", "C")
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: cannot write mine.toml\ncaused by: "));
    assert_eq!(names(&folder), BTreeSet::new());
}

#[test]
fn a_line_stands_for_standard_output() {
    let folder = folder("line");
    let output = run(&folder, &["bank", "new", "-"]);
    assert!(output.status.success() && output.stderr.is_empty());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), STARTER);
    assert_eq!(names(&folder), BTreeSet::new());
}

#[test]
fn the_bank_of_three_roles_is_complete() {
    let bank = Bank::parse(THREE.as_bytes()).unwrap();
    let ids: Vec<&str> = bank.roles().iter().map(|role| role.id.as_str()).collect();
    assert_eq!(ids, ["data-engineering", "data-science", "machine-learning-engineering"]);
    let scored = || bank.questions().iter().filter(|question| question.is_scored());
    assert_eq!((scored().count(), bank.questions().len()), (24, 27));
    assert_eq!(scored().filter(|question| question.kind == Kind::Scale).count(), 12);
    for question in scored().filter(|question| question.kind == Kind::Single) {
        for role in 0..3 {
            let whole = |points: &[i64]| points[role] >= 2 && points.iter().sum::<i64>() == points[role];
            let own = question.choices.iter().filter(|choice| whole(&choice.points)).count();
            assert_eq!(own, 1, "`{}` has one choice for `{}`", question.id, ids[role]);
        }
    }
    for role in bank.roles() {
        let active = role.certifications.iter().filter(|it| it.retired.is_none()).count();
        assert!(role.knowledge.len() >= 4 && active >= 2 && role.expertise.len() >= 2, "{}", role.id);
        assert!(role.certifications.iter().all(|it| it.as_of.is_some()), "{}", role.id);
        assert!(role.expertise.iter().all(|it| it.done_when.is_some() && it.dataset.is_some()), "{}", role.id);
    }
    let expected: BTreeSet<_> = bank.personas().iter().map(|it| (it.expect.role, it.expect.verdict)).collect();
    for (role, id) in ids.iter().enumerate() {
        assert!(expected.contains(&(Some(role), Some(Verdict::Clear))), "{id}");
        assert!(expected.contains(&(Some(role), Some(Verdict::Lean))), "{id}");
    }
    assert!(expected.contains(&(None, Some(Verdict::Close))));
}

/// Exams are as in the shipped bank, and so are all addresses but one.
#[test]
fn facts_are_those_of_the_shipped_bank() {
    let [three, shipped] = [THREE, SHIPPED].map(|text| Bank::parse(text.as_bytes()).unwrap());
    let all = |bank: &Bank| bank.roles().iter().flat_map(|role| role.certifications.clone()).collect::<Vec<_>>();
    let known = all(&shipped);
    for own in all(&three) {
        let same = known.iter().find(|it| it.id == own.id).unwrap();
        let facts = |it: &Certification| {
            (it.name.clone(), it.code.clone(), it.price_usd, it.valid_years, it.retired, it.as_of, it.url.clone())
        };
        assert_eq!(facts(&own), facts(same));
    }
    let addresses = |text: &str| -> BTreeSet<String> {
        text.split('"').filter(|word| word.starts_with("https://")).map(str::to_owned).collect()
    };
    let new: Vec<String> = addresses(THREE).difference(&addresses(SHIPPED)).cloned().collect();
    assert_eq!(new, ["https://archive.ics.uci.edu/static/public/222/bank+marketing.zip"]);
}

#[test]
fn the_bank_of_three_roles_is_fair() {
    let bank = Bank::parse(THREE.as_bytes()).unwrap();
    assert_eq!(blemishes(&bank), <[String; 0]>::default());
    let scorer = Scorer::new(&bank);
    let audit = Audit::new(&scorer);
    for role in &audit.roles {
        assert!((role.leads - audit.fair()).abs() < 0.015, "{role:?}");
        assert_eq!((role.attainability, role.questions, role.acquiescence), (Attainability::Reached, 17, 20));
        assert!(role.ceiling > 99.0, "{role:?}");
    }
}
