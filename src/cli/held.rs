//! What is told beside a result while a program reads standard error: it waits until the end of the run is known, because
//! a failure leaves one JSON document there and nothing else.

use std::ffi::OsString;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::bank::Diagnostic;

/// Most rejected rows that are remembered; `--rejects` writes all.
const MOST_REJECTED: usize = 1_000;

/// What waits; `None` while everything is told at once.
static HELD: Mutex<Option<Held>> = Mutex::new(None);

/// What waits for the end of the run.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Notes, in their order.
    pub(super) notes: Vec<String>,
    /// What is wrong with rows of the input.
    pub(super) rejected: Vec<Diagnostic>,
}

fn held() -> MutexGuard<'static, Option<Held>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns whether a program reads the errors: JSON is asked for, also by a command line that is wrong otherwise.
pub(super) fn is_wanted(arguments: &[OsString]) -> bool {
    let flags: Vec<&OsString> = arguments.iter().take_while(|argument| *argument != "--").collect();
    let is_split = flags.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json");
    is_split || flags.iter().any(|flag| *flag == "--json" || *flag == "--format=json")
}

/// Begins to hold.
pub(super) fn begin() {
    *held() = Some(Held::default());
}

/// Ends it and returns what has waited.
pub(super) fn end() -> Held {
    held().take().unwrap_or_default()
}

/// Keeps a note and returns true, or returns false where nothing is held.
pub(super) fn keep(note: &str) -> bool {
    held().as_mut().map(|held| held.notes.push(note.to_owned())).is_some()
}

/// Keeps what is wrong with a row and returns true, or returns false where nothing is held.
pub(super) fn reject(wrong: impl FnOnce() -> Vec<Diagnostic>) -> bool {
    let mut held = held();
    let Some(held) = held.as_mut() else { return false };
    let room = MOST_REJECTED.saturating_sub(held.rejected.len());
    if room > 0 {
        held.rejected.extend(wrong().into_iter().take(room));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_wanted;

    #[test]
    fn json_is_wanted_by_either_flag_before_the_end_of_flags() {
        let is_wanted = |line: &str| is_wanted(&line.split(' ').map(Into::into).collect::<Vec<_>>());
        for line in ["pathquiz --json", "pathquiz plan --format json", "pathquiz --format=json --nonsense"] {
            assert!(is_wanted(line), "{line}");
        }
        for line in
            ["pathquiz", "pathquiz --format text", "pathquiz json", "pathquiz -o x.json", "pathquiz plan -- --json"]
        {
            assert!(!is_wanted(line), "{line}");
        }
    }
}
