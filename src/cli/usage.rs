//! Describes wrong command lines to other programs, and tells whether one reads them.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::bank::{Allowed, Diagnostic, Value};
use crate::cli::error::{Error, one_line};

/// Returns true if a program reads the errors: JSON is asked for, also by a command line that is wrong otherwise.
pub(super) fn asks_for_json(arguments: &[OsString]) -> bool {
    let flags: Vec<&OsString> = arguments.iter().take_while(|argument| *argument != "--").collect();
    let is_split = flags.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json");
    let mut flags = flags.iter().filter_map(|flag| flag.to_str());
    is_split || flags.any(|flag| flag == "--json" || flag.starts_with("--json=") || flag == "--format=json")
}

/// Drops the flags that ask for JSON from a command line that asks for help, which is text and takes no flags.
pub(super) fn drop_json_flags(arguments: &mut Vec<OsString>) {
    if let Some(place) = arguments.windows(2).position(|pair| pair[0] == "--format" && pair[1] == "json") {
        arguments.drain(place..place + 2);
    }
    arguments.retain(|word| word != "--json" && word != "--format=json");
}

pub(super) fn error(error: &clap::Error) -> Error {
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
    let wrong = Diagnostic {
        value: given.and_then(|kind| words(error, kind).pop()).filter(|word| !word.is_empty()).map(Value::Text),
        allowed: (!allowed.is_empty()).then(|| Allowed::words(allowed.iter().map(String::as_str))),
        nearest: suggested.iter().find_map(|&kind| words(error, kind).into_iter().next()),
        ..Diagnostic::new(code, one_line(message))
    };
    Error::Usage { status: status(error), wrong: Box::new(wrong) }
}

pub(super) fn status(message: &clap::Error) -> u8 {
    u8::try_from(message.exit_code()).unwrap_or(2)
}

fn words(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::asks_for_json;

    #[test]
    fn json_asks_for_json_by_either_flag_before_the_end_of_flags() {
        let asks_for_json = |line: &str| asks_for_json(&line.split(' ').map(Into::into).collect::<Vec<_>>());
        for line in
            ["pathquiz --json", "pathquiz --json=1", "pathquiz plan --format json", "pathquiz --format=json --nonsense"]
        {
            assert!(asks_for_json(line), "{line}");
        }
        for line in
            ["pathquiz", "pathquiz --format text", "pathquiz json", "pathquiz -o x.json", "pathquiz plan -- --json"]
        {
            assert!(!asks_for_json(line), "{line}");
        }
    }
}
