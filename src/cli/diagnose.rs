//! Errors as other programs read them: a code, a sentence, and every problem with its data.

use std::error::Error as _;
use std::iter;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::bank::{Allowed, Diagnostic, Problem, Value, clean};

use super::error::{Error, WrongFlag};

impl Error {
    /// Returns the name of the kind of error, which is the same in every version; of several errors the one they share.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Answers { .. } => "invalid-answers",
            Self::Banks { .. } => "misplaced-bank",
            Self::CheckFailed { .. } => "failed-check",
            Self::Exists { .. } => "file-exists",
            Self::File { action: "read", .. } => "cannot-read",
            Self::File { action: "write", .. } => "cannot-write",
            Self::File { .. } => "cannot-remove",
            Self::Flag { .. } => "wrong-flag",
            Self::Format { .. } => "unsuitable-format",
            Self::InvalidBank { .. } => "invalid-bank",
            Self::Left { .. } => "quiz-left",
            Self::Misplaced => "misplaced-flags",
            Self::NoFolder { .. } => "no-folder",
            Self::OneStdin => "stdin-used-twice",
            Self::Open { .. } => "open-questions",
            Self::OwnInput { .. } => "output-is-input",
            Self::Rejected { .. } => "rejected-rows",
            Self::Roles { .. } => "wrong-number-of-roles",
            Self::SameOutput { .. } => "output-named-twice",
            Self::Several(errors) => {
                let mut codes = errors.iter().map(Self::code);
                let first = codes.next().unwrap_or("several-errors");
                if codes.all(|code| code == first) { first } else { "several-errors" }
            }
            Self::Sheets { .. } => "unreadable-sheets",
            Self::Terminal(_) => "terminal-failed",
            Self::TooLong(_) => "plan-too-long",
            Self::UnknownRole(_) => "unknown-role",
        }
    }

    /// Returns what is wrong, why, and what to do, in one line.
    pub(super) fn message(&self) -> String {
        let text = match self {
            Self::Open { questions } => format!("{}; {}", Self::unanswered(questions.len()), Self::TO_ANSWER),
            other => other.to_string(),
        };
        let causes = iter::successors(self.source(), |&cause| cause.source()).map(|cause| format!(": {cause}"));
        one_line(&(text + &causes.collect::<String>()))
    }

    /// Returns everything that is wrong, one thing or more.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let own = || Diagnostic::new(self.code(), self.message());
        let found = |name: &str, problems: &[Problem]| problems.iter().map(|it| it.diagnostic(name)).collect();
        match self {
            Self::Several(errors) => errors.iter().flat_map(Self::diagnostics).collect(),
            Self::Answers { name, problems, .. } | Self::CheckFailed { name, problems, .. } => found(name, problems),
            Self::InvalidBank { name, source, .. } => found(name, &source.problems),
            Self::Flag { flag, wrong } => vec![wrong.diagnostic(flag, self.message())],
            Self::Open { questions } => {
                let open = questions.iter().map(|(id, allowed)| Diagnostic {
                    question: Some(id.clone()),
                    allowed: Some(allowed.clone()),
                    ..Diagnostic::new("open-question", format!("`{id}` is not answered; allowed: {allowed}"))
                });
                open.collect()
            }
            Self::Sheets { name, wrong } => {
                let wrong = wrong.iter().map(|wrong| Diagnostic::new(self.code(), wrong.clone()));
                wrong.map(|wrong| Diagnostic { file: Some(name.clone()), ..wrong }).collect()
            }
            Self::Exists { name }
            | Self::File { name, .. }
            | Self::NoFolder { name, .. }
            | Self::OwnInput { output: name, .. }
            | Self::SameOutput { second: name, .. } => vec![Diagnostic { file: Some(name.clone()), ..own() }],
            Self::Format { format, .. } => {
                vec![Diagnostic { value: Some(Value::Text(format.name().to_owned())), ..own() }]
            }
            Self::Roles { known, .. } => vec![Diagnostic { allowed: Some(known.clone()), ..own() }],
            Self::UnknownRole(word) => vec![own().with_word(word)],
            _ => vec![own()],
        }
    }
}

impl WrongFlag {
    /// Returns what is wrong with a flag: what follows its `=` is the value, unless one word of it is wrong.
    fn diagnostic(&self, flag: &str, message: String) -> Diagnostic {
        let told = match self {
            Self::NoId | Self::NoValue => Diagnostic::new("malformed-answer", String::new()),
            Self::Scored { question } => {
                Diagnostic { question: Some(question.clone()), ..Diagnostic::new("shapes-no-plan", String::new()) }
            }
            Self::Answer(wrong) => Diagnostic::from(&**wrong),
        };
        let given = || Value::Text(clean(flag.split_once('=').map_or(flag, |(_, value)| value)));
        Diagnostic { message, value: told.value.or_else(|| Some(given())), ..told }
    }
}

/// Returns what is wrong with a command line.
pub(super) fn usage(error: &clap::Error) -> Diagnostic {
    let (code, given) = match error.kind() {
        ErrorKind::UnknownArgument => ("unknown-argument", Some(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => ("unknown-command", Some(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => ("invalid-value", Some(ContextKind::InvalidValue)),
        ErrorKind::MissingRequiredArgument => ("missing-argument", None),
        ErrorKind::ArgumentConflict => ("conflicting-arguments", None),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => ("missing-command", None),
        _ => ("wrong-usage", None),
    };
    let rendered = error.render().to_string();
    let message = match code {
        "missing-command" => "a command is missing; `--help` lists the commands",
        // What follows the first blank line is where to read more.
        _ => rendered.trim_start_matches("error: ").split("\n\n").next().unwrap_or_default(),
    };
    let suggested = [ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
    let allowed = words(error, ContextKind::ValidValue);
    Diagnostic {
        value: given.and_then(|kind| words(error, kind).pop()).filter(|word| !word.is_empty()).map(Value::Text),
        allowed: (!allowed.is_empty()).then(|| Allowed::words(allowed.iter().map(String::as_str))),
        nearest: suggested.iter().find_map(|&kind| words(error, kind).into_iter().next()),
        ..Diagnostic::new(code, one_line(message))
    }
}

/// Returns the words that clap remembers of one kind.
fn words(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

/// Returns a text without its line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
