//! Tells a person who leaves what has become of the answers so far.

use crate::bank::{Answer, Question, Value};
use crate::cli::args::{CommonArgs, TakeArgs};
use crate::cli::ask::progress::{Progress, Saved};
use crate::cli::streams::shown;
use crate::terminal::{AnswerCounts, Interview};

pub(crate) fn text(interview: &Interview<'_, '_>, progress: &Progress, common: &CommonArgs, take: &TakeArgs) -> String {
    let sheet = interview.sheet();
    let command = command(common, take);
    let counts = AnswerCounts::new(sheet);
    if progress.is_kept() {
        return format!("{counts}.\nThe answers are kept; `{command}` goes on from there.");
    }
    if !interview.is_begun() && matches!(progress.saved(sheet.bank()), Saved::Answers(_)) {
        return "the answers saved before stay.".to_owned();
    }
    if sheet.responses().next().is_none() {
        return format!("{counts}.");
    }
    let flags: Vec<String> = sheet.responses().map(flag).collect();
    format!("{counts}.\nThe answers are not saved. To go on from there:\n  {command} {}", flags.join(" "))
}

fn flag((question, answer): (&Question, &Answer)) -> String {
    let value = match question.value(answer) {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text,
        Value::List(words) => words.join(","),
    };
    format!("-a {}={value}", question.id)
}

/// Returns what to type for the same quiz.
fn command(common: &CommonArgs, take: &TakeArgs) -> String {
    let bank = common.bank.as_ref().map(|file| format!(" --bank {}", shell_word(&shown(file))));
    format!("pathquiz{}{}", bank.unwrap_or_default(), if take.quick { " --quick" } else { "" })
}

/// Returns a word as a shell takes it.
fn shell_word(word: &str) -> String {
    let is_safe = word.chars().all(|character| character.is_ascii_alphanumeric() || "._-/".contains(character));
    if is_safe { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
