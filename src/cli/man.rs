//! The `man` command: one manual page for all commands, made of the same flags and texts as the help.

use clap::{Arg, Command, CommandFactory as _};
use roff::{Inline, Roff, bold, italic, roman};

use crate::cli::args::{Cli, ENVIRONMENT, EXAMPLES, FILES, STATUSES, TextEntry};
use crate::cli::error::Error;
use crate::cli::streams::Target;

/// The day of the last change to the page's wording. Fixed, so that the same program always prints the same bytes.
const DATE: &str = "2026-11-23";

/// Flags that stand in one place instead of in each command.
const EVERYWHERE: [&str; 3] = ["bank", "color", "help"];

pub(super) fn run() -> Result<(), Error> {
    Target::Stdout.write(&page()).map(drop)
}

fn page() -> String {
    let mut program = Cli::command();
    program.build();
    let mut page = Page(Roff::new());
    page.0.control("TH", ["PATHQUIZ", "1", DATE, concat!("pathquiz ", env!("CARGO_PKG_VERSION")), "User Commands"]);
    page.section("NAME");
    page.0.text([roman("pathquiz - a quiz that tells which job suits your interests, with a study plan")]);
    page.section("SYNOPSIS");
    page.0.control("nf", []);
    page.synopsis(&program);
    page.0.control("fi", []);
    page.section("DESCRIPTION");
    page.words(&said(program.get_long_about()));
    page.section("OPTIONS");
    page.words("The first ones are flags of the quiz, and stand alone or behind `take`.");
    page.flags(program.get_arguments());
    page.section("COMMANDS");
    commands(&program).for_each(|command| page.command(command));
    page.list("EXIT STATUS", STATUSES);
    page.list("FILES", FILES);
    page.list("ENVIRONMENT", ENVIRONMENT);
    page.list("EXAMPLES", EXAMPLES);
    page.section("SEE ALSO");
    page.words(
        "`pathquiz bank show` prints the shipped bank, `pathquiz schema` the form of files, and `--help` behind any \
                command its flags with examples.",
    );
    page.0.render()
}

fn said(text: Option<&impl ToString>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

struct Page(Roff);

impl Page {
    fn section(&mut self, name: &str) {
        self.0.control("SH", [name]);
    }

    /// Sets a paragraph whose words in backquotes are set bold. What help sets apart follows in it as the next
    /// sentence.
    fn words(&mut self, text: &str) {
        let text = text.trim_end_matches('.').replace("\n\n", ". ");
        self.0.text(inlines(&format!("{text}.")));
    }

    /// Lists every form of the program, with its own flags told by one word.
    fn synopsis(&mut self, program: &Command) {
        self.form(program);
        for command in commands(program) {
            if command.has_subcommands() {
                commands(command).for_each(|command| self.form(command));
            } else {
                self.form(command);
            }
        }
    }

    fn form(&mut self, command: &Command) {
        let mut line = vec![bold(name(command))];
        if command.get_arguments().any(|arg| !arg.is_positional() && !is_everywhere(arg)) {
            line.extend([roman(" ["), italic("OPTIONS"), roman("]")]);
        }
        for positional in command.get_positionals() {
            let (open, close) = if positional.is_required_set() { (" ", "") } else { (" [", "]") };
            let more = if positional.get_num_args().is_some_and(|count| count.max_values() > 1) { "..." } else { "" };
            line.extend([roman(open), italic(value(positional)), roman(close), roman(more)]);
        }
        self.0.text(line);
    }

    fn command(&mut self, command: &Command) {
        self.0.control("SS", [name(command).as_str()]);
        self.words(&said(command.get_long_about().or(command.get_about())));
        if command.get_name() == "take" {
            self.0.control("PP", []);
            return self.words("Its flags are those above.");
        }
        self.flags(command.get_arguments().filter(|arg| !is_everywhere(arg)));
        commands(command).for_each(|command| self.command(command));
    }

    fn flags<'a>(&mut self, args: impl Iterator<Item = &'a Arg>) {
        let mut args: Vec<&Arg> = args.collect();
        args.sort_by_key(|arg| arg.get_display_order());
        for arg in args {
            self.0.control("TP", []).text(heading(arg));
            self.words(&meaning(arg));
        }
    }

    fn list(&mut self, heading: &str, entries: &[TextEntry]) {
        self.section(heading);
        for (name, meaning) in entries {
            self.0.control("TP", []).text([bold(*name)]);
            self.words(meaning);
        }
    }
}

fn inlines(text: &str) -> Vec<Inline> {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(index, part)| if index % 2 == 0 { roman(part) } else { bold(part) }).collect()
}

fn name(command: &Command) -> String {
    command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn commands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| command.get_name() != "help")
}

fn takes_value(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

fn is_everywhere(arg: &Arg) -> bool {
    EVERYWHERE.contains(&arg.get_id().as_str())
}

/// Returns the help of a flag with its values or its default.
fn meaning(arg: &Arg) -> String {
    let text = said(arg.get_long_help().or(arg.get_help()));
    let possible = if arg.is_hide_possible_values_set() { Vec::new() } else { arg.get_possible_values() };
    let values: Vec<String> = possible.iter().map(|value| format!("`{}`", value.get_name())).collect();
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    match (takes_value(arg), values.is_empty(), default.is_empty()) {
        (true, false, _) => format!("{text}: {}", values.join(", ")),
        (true, true, false) => format!("{text} [default: {}]", default.join(",")),
        _ => text,
    }
}

fn value(arg: &Arg) -> String {
    arg.get_value_names().map_or_else(|| arg.get_id().to_string(), |names| names.join(" "))
}

/// Returns a flag as it is typed.
fn heading(arg: &Arg) -> Vec<Inline> {
    if arg.is_positional() {
        return vec![italic(value(arg))];
    }
    let short = arg.get_short().map(|short| [bold(format!("-{short}")), roman(", ")]);
    let long = bold(format!("--{}", arg.get_long().unwrap_or_default()));
    let value = takes_value(arg).then(|| [roman(" "), italic(value(arg))]);
    short.into_iter().flatten().chain([long]).chain(value.into_iter().flatten()).collect()
}
