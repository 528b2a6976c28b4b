//! The command line: flags, files, streams, colour and exit status. Everything that touches the world outside is here.

mod after;
mod answers;
mod args;
mod ask;
mod bank;
mod cohort;
mod complete;
mod diff;
mod error;
mod kept;
mod man;
mod ndjson_pairs;
mod notes;
mod outputs;
mod persona;
mod plan;
mod questions;
mod result;
mod result_report;
mod schedule_defaults;
mod schema;
mod score;
mod sheets;
mod source;
mod streams;
mod take;
mod usage;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::iter;
use std::process::ExitCode;

use clap::Parser as _;

use crate::bank::{Diagnostic, clean};
use crate::report::{self, ProblemReport, Style};
use args::{Cli, ColorWhen, Command, CommonArgs, TakeArgs};
use error::Error;
use notes::Notes;
use streams::{Delivery, STANDARD_ERROR, STANDARD_OUTPUT, Target, fitted, is_interactive, stderr_style, write_stderr};

/// Runs the program with these arguments, the program's name first, and returns its exit status.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    keep_freed_memory();
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some((shell, words)) = complete::request(&arguments) {
        return complete::answer(shell, words);
    }
    let is_json = usage::asks_for_json(&arguments);
    if is_json && arguments.get(1).is_some_and(|word| word == "help") {
        usage::drop_json_flags(&mut arguments);
    }
    let mut cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // What was typed is part of the message, so the same message is made about it cleaned.
            let cleaned = arguments.iter().map(|argument| clean(&argument.to_string_lossy()));
            let error = Cli::try_parse_from(cleaned).err().unwrap_or(error);
            return if is_json && error.use_stderr() {
                write_json(&usage::error(&error), Vec::new())
            } else {
                print(&error)
            };
        }
    };
    cli.without_escapes();
    // Somebody who is asked reads along.
    let mut notes = if is_json && !is_interactive() { Notes::for_program() } else { Notes::for_person() };
    match dispatch(&cli, &mut notes) {
        Ok(()) => {
            notes.release();
            ExitCode::SUCCESS
        }
        Err(error) if is_json => write_json(&error, notes.into_rejected()),
        Err(error) => show(&error, cli.common.color),
    }
}

/// Leaves an error as JSON, and returns the exit status; of rows that were rejected each is a problem.
fn write_json(error: &Error, rejected: Vec<Diagnostic>) -> ExitCode {
    let mut problems = rejected;
    if problems.is_empty() || !matches!(error, Error::Rejected { .. }) {
        problems = [error.diagnostics(), problems].concat();
    }
    write_error(error, &report::error_json(error.code(), &error.message(), &problems));
    ExitCode::from(error.status())
}

/// Prints help, the version or what is wrong with the command line, and returns the exit status.
fn print(message: &clap::Error) -> ExitCode {
    let written = message.print().and_then(|()| io::stdout().flush());
    match Delivery::of(written) {
        Ok(_) => ExitCode::from(usage::status(message)),
        Err(source) => {
            let name = if message.use_stderr() { STANDARD_ERROR } else { STANDARD_OUTPUT };
            show(&Error::File { action: "write", name: name.to_owned(), source }, ColorWhen::Auto)
        }
    }
}

/// Lets the allocator keep what is freed for what comes next. The one of glibc gives a large block back to the system
/// until the first one has been freed, and most of a short run is spent on asking for pages anew.
fn keep_freed_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(1 << 20)));
}

fn dispatch(Cli { common, command, take }: &Cli, notes: &mut Notes) -> Result<(), Error> {
    match command {
        // Flags of the quiz may stand alone, without `take`; in front of another command they would be lost.
        Some(_) if *take != TakeArgs::default() => Err(Error::Misplaced),
        None => quiz(common, take, notes),
        Some(Command::Take(take)) => quiz(common, take, notes),
        Some(Command::Questions(output)) => questions::run(common, output, notes),
        Some(Command::Result(args)) => result::run(common, args, notes),
        Some(Command::Plan(args)) => plan::run(common, args, notes),
        Some(Command::Score(args)) => score::run(common, args, notes),
        Some(Command::Cohort(args)) => cohort::run(common, args, notes),
        Some(Command::Bank(command)) => bank::run(common, command, notes),
        Some(Command::Schema(args)) => schema::run(common, args, notes),
        Some(Command::Completions { .. } | Command::Man) if common.bank.is_some() => {
            Err(Error::Banks { advice: "no bank is used here; leave out `--bank`" })
        }
        Some(Command::Completions { shell }) => complete::run(*shell),
        Some(Command::Man) => man::run(),
    }
}

/// Takes the quiz, or shows what a persona gets from it.
fn quiz(common: &CommonArgs, take: &TakeArgs, notes: &mut Notes) -> Result<(), Error> {
    match &take.persona {
        Some(id) => persona::run(common, take, id.as_deref(), notes),
        None => take::run(common, take, notes),
    }
}

/// Shows an error, and returns the exit status: the problems of a file as a compiler shows them, then what failed and
/// why.
fn show(error: &Error, color: ColorWhen) -> ExitCode {
    write_error(error, &described(error, stderr_style(color)));
    ExitCode::from(error.status())
}

/// Leaves an error on standard error. Where that is a file which was to be read, a terminal is told instead, if there
/// is one.
fn write_error(error: &Error, text: &str) {
    match error {
        Error::OwnInput { output, .. } if output == STANDARD_ERROR => {
            if io::stdout().is_terminal() {
                let _ = Target::Stdout.write(text);
            }
        }
        _ => write_stderr(text),
    }
}

fn described(error: &Error, style: Style) -> String {
    let problems = match error {
        Error::Several { errors } => return errors.iter().map(|error| described(error, style)).collect(),
        Error::Answers { name, text, problems } | Error::InvalidBank { name, text, problems } => {
            ProblemReport { name, text, problems }.text(style)
        }
        _ => String::new(),
    };
    // Leaving is the person's right and no error.
    let label = if matches!(error, Error::Left { .. }) { "" } else { "error: " };
    let causes = error.causes().map(|cause| format!("caused by: {cause}"));
    let lines = iter::once(format!("{label}{}", error.text())).chain(causes);
    problems + &lines.map(|line| fitted(&line) + "\n").collect::<String>()
}
