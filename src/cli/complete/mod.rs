//! Completes words for a shell. The script of `pathquiz completions` asks the program through an environment variable,
//! so that it can offer ids and values of the bank in use; the scripts of clap do not know them, and in bash they lose
//! what follows a `=`. Whatever goes wrong, the answer is a list of candidates, if an empty one.

mod line;
mod values;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::ValueEnum as _;
use clap_complete::engine::{self, CompletionCandidate};

use crate::bank::clean;
use crate::cli::args::Shell;
use crate::cli::error::Error;
use crate::cli::streams::Target;

use line::ShellLine;

/// The variable that makes of a run a request, with the shell's name.
const VARIABLE: &str = "PATHQUIZ_COMPLETE";

/// The variable with the characters at which bash breaks words.
const BREAKS: &str = "PATHQUIZ_BREAKS";

const MAX_HELP: usize = 70;

/// Prints the script that makes a shell ask.
pub(super) fn run(shell: Shell) -> Result<(), Error> {
    let script = match shell {
        Shell::Bash => include_str!("scripts/bash"),
        Shell::Zsh => include_str!("scripts/zsh"),
        Shell::Fish => include_str!("scripts/fish"),
        Shell::Powershell => include_str!("scripts/powershell"),
        Shell::Elvish => include_str!("scripts/elvish"),
    };
    Target::Stdout.write(script).map(drop)
}

/// Returns the shell that asks for candidates, and the words that it sends. The variable alone is no request: the words
/// of one stand behind `--`, which no other run begins with.
pub(super) fn request(arguments: &[OsString]) -> Option<(Shell, &[OsString])> {
    let shell = Shell::from_str(env::var_os(VARIABLE)?.to_str()?, false).ok()?;
    match arguments {
        [_, escape, words @ ..] if escape == "--" => Some((shell, words)),
        _ => None,
    }
}

/// Prints what the last word may become. All but bash send their words, the program's name first and the one to
/// complete last; bash, which breaks words in the middle, sends its line up to the cursor.
pub(super) fn answer(shell: Shell, words: &[OsString]) -> ExitCode {
    let text = match (shell, words) {
        (Shell::Bash, [line]) => {
            let breaks = env::var_os(BREAKS).unwrap_or_default();
            let line = ShellLine::new(&line.to_string_lossy(), &breaks.to_string_lossy());
            lines(candidates(line.words()).iter().filter_map(|candidate| line.rest(&candidate.value)))
        }
        (Shell::Bash, _) => String::new(),
        (Shell::Powershell, [words @ .., word]) => {
            // Windows PowerShell drops empty words, so the last one comes with a sign in front.
            let word = word.to_string_lossy();
            explained(&[words, &[OsString::from(word.strip_prefix('=').unwrap_or_default())]].concat())
        }
        _ => explained(words),
    };
    // A shell that has gone away needs no candidates.
    let _ = Target::Stdout.write(&text);
    ExitCode::SUCCESS
}

struct Candidate {
    value: String,
    help: String,
}

impl Candidate {
    /// Returns a candidate that is safe to show. A name that could steer a terminal or does not fit in a line is none,
    /// since it could not be given back as it is.
    fn new(candidate: &CompletionCandidate) -> Option<Self> {
        let value = candidate.get_value().to_str().filter(|value| clean(value) == **value)?.to_owned();
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let help = clean(help.lines().next().unwrap_or_default());
        let help = match help.char_indices().nth(MAX_HELP) {
            Some((end, _)) => format!("{}…", help.get(..end).unwrap_or_default()),
            None => help,
        };
        Some(Self { value, help })
    }
}

fn candidates(words: Vec<OsString>) -> Vec<Candidate> {
    let Some((last, before @ [_, ..])) = words.split_last() else { return Vec::new() };
    let (index, empty) = (before.len(), last.is_empty());
    let mut command = values::command(before);
    let folder = env::current_dir().ok();
    let found = engine::complete(&mut command, words, index, folder.as_deref()).unwrap_or_default();
    let mut found: Vec<Candidate> = found.iter().filter_map(Candidate::new).collect();
    // All flags at once would hide the commands or files that an empty word more likely becomes.
    if empty && found.iter().any(|candidate| !candidate.value.starts_with('-')) {
        found.retain(|candidate| !candidate.value.starts_with('-'));
    }
    found
}

/// Returns a line for each candidate, the explanation behind a tab.
fn explained(words: &[OsString]) -> String {
    lines(candidates(words.to_vec()).iter().map(|Candidate { value, help }| format!("{value}\t{help}")))
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}
