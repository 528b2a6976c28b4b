//! The layers as a table: which may use which. Fails when a source file uses one that it may not, or touches the world
//! outside from where it should not.

use std::collections::BTreeSet;

use super::{Source, sources};

/// Each layer with the layers it may use, itself aside.
const LAYERS: [(&str, &[&str]); 8] = [
    ("bank", &[]),
    ("answers", &["bank"]),
    ("scoring", &["bank", "answers"]),
    ("plan", &["bank"]),
    ("cohort", &["bank", "answers", "scoring"]),
    ("report", &["bank", "answers", "scoring", "plan", "cohort"]),
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

#[test]
fn every_folder_is_a_layer() {
    let sources = sources();
    let folders: BTreeSet<&str> = sources.iter().map(Source::layer).filter(|layer| !layer.is_empty()).collect();
    assert_eq!(folders, LAYERS.iter().map(|(layer, _)| *layer).collect());
}

#[test]
fn layers_only_look_down() {
    let mut found = Vec::new();
    for source in sources() {
        let Some((layer, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == source.layer()) else { continue };
        for (number, line) in source.code() {
            let used = line
                .split("crate::")
                .skip(1)
                .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap())
                .filter(|used| used != layer && !allowed.contains(used));
            found.extend(used.map(|used| format!("{}:{number} uses `{used}`", source.path)));
            // `use crate::{a, b}` would hide what it uses from the line above.
            assert!(!line.contains("crate::{"), "{}:{number} imports several layers in one line", source.path);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_command_line_touches_the_outside() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !["", "cli"].contains(&source.layer())) {
        for (number, line) in source.code() {
            let touched = OUTSIDE.iter().filter(|outside| line.contains(**outside));
            found.extend(touched.map(|outside| format!("{}:{number} touches `{outside}`", source.path)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
