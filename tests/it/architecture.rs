//! The architecture as a table: which layer may use which. Fails when a source file uses one that it may not, or touches
//! the world outside from where it should not.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers it may use, itself aside.
const LAYERS: [(&str, &[&str]); 8] = [
    ("bank", &[]),
    ("answers", &["bank"]),
    ("scoring", &["bank"]),
    ("plan", &["bank"]),
    ("cohort", &["bank", "answers", "scoring"]),
    ("report", &["bank", "scoring", "plan", "cohort"]),
    ("terminal", &["bank", "scoring"]),
    ("cli", &["bank", "answers", "scoring", "plan", "cohort", "report", "terminal"]),
];

/// What only the command line may touch: files, streams, environment, clock, processes.
const OUTSIDE: [&str; 13] = [
    "std::env",
    "std::fs",
    "std::process",
    "std::net",
    "std::time",
    "fs::",
    "env::",
    "stdin(",
    "stdout()",
    "println!",
    "Zoned",
    "SystemTime",
    "Instant",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Lines of code, each with its number; comments say what they like.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn every_folder_is_a_layer() {
    let mut folders: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut layers: Vec<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    layers.sort_unstable();
    assert_eq!(folders, layers);
}

#[test]
fn layers_only_look_down() {
    let mut found = Vec::new();
    for (layer, allowed) in LAYERS {
        for file in sources(&root().join(layer)) {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in code(&text) {
                let used = line
                    .split("crate::")
                    .skip(1)
                    .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap());
                for used in used.filter(|used| *used != layer && !allowed.contains(used)) {
                    found.push(format!("{}:{number} uses `{used}`", file.display()));
                }
                // `use crate::{a, b}` would hide what it uses from the line above.
                assert!(!line.contains("crate::{"), "{}:{number} imports several layers in one line", file.display());
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_command_line_touches_the_outside() {
    let mut found = Vec::new();
    for (layer, _) in LAYERS.iter().filter(|(layer, _)| *layer != "cli") {
        for file in sources(&root().join(layer)) {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in code(&text) {
                for outside in OUTSIDE.iter().filter(|outside| line.contains(**outside)) {
                    found.push(format!("{}:{number} touches `{outside}`", file.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
