//! Completion candidates from a bank: ids of questions and roles, and the values of answers.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::ArgExt;
use clap::{Arg, Command, CommandFactory as _};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::bank::{Bank, Question, SKIP};
use crate::cli::args::Cli;
use crate::cli::kept::ResultStore;
use crate::cli::notes::Notes;
use crate::cli::source::Source;
use crate::cli::streams::STDIN;

/// Returns the command line, with candidates for what depends on the bank that these words in front name.
pub(super) fn command(words: &[OsString]) -> Command {
    let words: Arc<[String]> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let any = |arg: Arg| arg.add(completer(&words, |bank, words, word| answers(bank, words, word, |_| true)));
    let plan = |arg: Arg| {
        arg.add(completer(&words, |bank, words, word| answers(bank, words, word, |question| !question.is_scored())))
    };
    Cli::command()
        .mut_arg("answer", any)
        .mut_arg("persona", |arg| arg.add(completer(&words, personas)))
        .mut_subcommand("take", |take| {
            take.mut_arg("answer", any).mut_arg("persona", |arg| arg.add(completer(&words, personas)))
        })
        .mut_subcommand("result", |result| {
            let numbers = |arg: Arg| arg.add(ArgValueCompleter::new(numbers));
            result.mut_arg("numbers", numbers).mut_arg("delete", numbers)
        })
        .mut_subcommand("plan", |command| {
            command.mut_arg("answer", plan).mut_arg("roles", |arg| arg.add(completer(&words, roles)))
        })
}

type Give = fn(&Bank, &[String], &str) -> Vec<CompletionCandidate>;

/// Reads the bank only when one of its candidates is asked for.
fn completer(words: &Arc<[String]>, give: Give) -> impl ArgExt + 'static {
    let words = Arc::clone(words);
    ArgValueCompleter::new(move |word: &OsStr| {
        let bank = word.to_str().zip(bank(&words));
        bank.map_or_else(Vec::new, |(word, bank)| give(&bank, &words, word))
    })
}

/// Returns the bank that the words name, else the shipped one, `None` if it cannot be read. Standard input is not read,
/// since it is the person's, and neither is what is no file, since it might have no end.
fn bank(words: &[String]) -> Option<Bank> {
    let named = words.iter().enumerate().rev().find_map(|(index, word)| match word.strip_prefix("--bank")? {
        "" => Some(words.get(index + 1).map_or("", String::as_str)),
        rest => rest.strip_prefix('='),
    });
    let file = named.map(at_home);
    if file.as_deref().is_some_and(|file| file == Path::new(STDIN) || !file.is_file()) {
        return None;
    }
    Source::bank(file.as_deref(), &mut Notes::for_program()).ok()?.parse().ok()
}

/// Returns a path as the shell will hand it over once the line is run.
fn at_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

fn candidate(value: String, help: &str) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(help.to_owned().into()))
}

/// Returns ids of questions that are still open, or the values of the one that is named.
fn answers(bank: &Bank, words: &[String], word: &str, fits: fn(&Question) -> bool) -> Vec<CompletionCandidate> {
    let questions = bank.questions.iter().filter(|question| fits(question));
    if let Some((id, value)) = word.split_once('=') {
        return questions.filter(|question| question.id == id).flat_map(|question| values(question, value)).collect();
    }
    questions
        .filter(|question| question.id.starts_with(word) && !words.iter().any(|word| answers_to(word, question)))
        .map(|question| candidate(format!("{}=", question.id), &question.text))
        .collect()
}

/// Returns true if a word of the command line answers a question.
fn answers_to(word: &str, question: &Question) -> bool {
    let answer = word.strip_prefix("--answer=").or_else(|| word.strip_prefix("-a")).unwrap_or(word);
    answer.split_once('=').is_some_and(|(id, _)| id == question.id)
}

/// Returns answers that begin with this value; behind a comma a choice more.
fn values(question: &Question, value: &str) -> Vec<CompletionCandidate> {
    let (before, last) = value.split_at(value.rfind(',').map_or(0, |comma| comma + 1));
    let picked: Vec<&str> = before.split_terminator(',').collect();
    if picked.len() >= question.picks_allowed().1 {
        return Vec::new();
    }
    let choices = question.choices.iter().map(|choice| (choice.id.as_str(), choice.text.as_str()));
    let skip = before.is_empty().then_some((SKIP, "no answer"));
    choices
        .filter(|(id, _)| !picked.contains(id))
        .chain(skip)
        .filter(|(id, _)| id.starts_with(last))
        .map(|(id, text)| candidate(format!("{}={before}{id}", question.id), text))
        .collect()
}

/// Returns the personas of the bank.
fn personas(bank: &Bank, _: &[String], word: &str) -> Vec<CompletionCandidate> {
    let personas = bank.personas.iter().filter(|persona| persona.id.starts_with(word));
    personas.map(|persona| candidate(persona.id.clone(), persona.about.as_deref().unwrap_or_default())).collect()
}

/// Returns the numbers of kept results that begin so.
fn numbers(word: &OsStr) -> Vec<CompletionCandidate> {
    let results = ResultStore::find().map(|store| store.results()).unwrap_or_default();
    let numbered = results.iter().map(|kept| (kept.number.to_string(), format!("{}, {}", kept.day, kept.bank)));
    let fitting = numbered.filter(|(number, _)| word.to_str().is_some_and(|word| number.starts_with(word)));
    fitting.map(|(number, about)| candidate(number, &about)).collect()
}

/// Returns roles that are not named yet; without `--compare` a plan is of one.
fn roles(bank: &Bank, words: &[String], word: &str) -> Vec<CompletionCandidate> {
    let (named, open): (Vec<_>, Vec<_>) = bank.roles.iter().partition(|role| words.contains(&role.id));
    if !named.is_empty() && !words.iter().any(|word| word == "--compare") {
        return Vec::new();
    }
    let roles = open.into_iter().filter(|role| role.id.starts_with(word));
    roles.map(|role| candidate(role.id.clone(), &role.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what the value of an answer to the shipped bank may become.
    fn completed(id: &str, value: &str) -> Vec<String> {
        let bank = Bank::parse(crate::bank::SHIPPED.as_bytes()).ok();
        let question = bank.as_ref().and_then(|bank| bank.question(id));
        let found = question.into_iter().flat_map(|question| values(question, value));
        found.filter_map(|candidate| candidate.get_value().to_str().map(str::to_owned)).collect()
    }

    #[test]
    fn behind_a_comma_a_choice_more_is_offered_where_several_are_allowed() {
        assert_eq!(completed("known", "python,s"), ["known=python,sql", "known=python,spark"]);
        assert_eq!(completed("known", "sql,p"), ["known=sql,python", "known=sql,pipelines"]);
        assert_eq!(completed("stores", ""), ["1", "2", "3", "4", "5", "skip"].map(|value| format!("stores={value}")));
        for value in ["4,", ",", "4,5"] {
            assert_eq!(completed("stores", value), Vec::<String>::new(), "{value}");
        }
    }
}
