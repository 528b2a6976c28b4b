//! The command line as typed. Types only; the commands say what they mean.

mod bank;
mod output;
mod sheets;
mod texts;

pub(crate) use bank::{AuditArgs, BankCommand, BankFileArgs, CheckArgs, DiffArgs};
pub(crate) use output::{
    CALENDAR, DocumentFormat, Format, OutputArgs, PaceArgs, PlanFormat, SchemaSubject, WindowArgs, ending_format,
};
pub(crate) use sheets::{CohortArgs, ScoreArgs, SheetsArgs};
pub(crate) use texts::{ENVIRONMENT, EXAMPLES, FILES, STATUSES, TextEntry};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use texts::{TEMPLATE, ending, examples};

/// Tells whether Data Engineering or Machine Learning Engineering suits your interests, how sure that is and why, with a
/// dated study plan
///
/// Without a command it takes the quiz. The plan has three phases: knowledge, certification, expertise.
#[derive(Debug, Parser)]
#[command(name = "pathquiz", version, max_term_width = 100, subcommand_precedence_over_arg = true)]
#[command(help_template = TEMPLATE, before_long_help = examples(EXAMPLES), after_long_help = ending())]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: CommonArgs,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) take: TakeArgs,
}

/// Flags that every command takes.
#[derive(Args, Debug)]
pub(crate) struct CommonArgs {
    /// Question bank to use [default: the shipped one]
    ///
    /// A TOML file, or `-` for standard input
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath, display_order = 900)]
    pub(crate) bank: Option<PathBuf>,

    /// Use colour: auto, always or never
    ///
    /// With `auto` where a terminal shows it, unless the environment speaks against it
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 901)]
    #[arg(hide_possible_values = true, hide_short_help = true)]
    pub(crate) color: ColorWhen,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take the quiz: result and plan (the default)
    ///
    /// On a terminal whatever no flag and no file answers is asked; elsewhere that is an error, unless `--no-input` skips
    /// it or `--plain` reads it line by line. All answers are kept until the end, so a quiz can be left and gone on with.
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::TAKE))]
    Take(TakeArgs),
    /// Show every question with its id and the values it takes
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::QUESTIONS))]
    Questions(OutputArgs<DocumentFormat>),
    /// Show a result again: results are kept on this machine
    ///
    /// Without a number it is the last one. A result keeps its questions, so it can be shown when they have changed.
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::RESULT))]
    Result(ResultArgs),
    /// Show the study plan of a role without the quiz
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::PLAN))]
    Plan(PlanArgs),
    /// Score many people: a table or lines of JSON in and out
    ///
    /// A line for each person comes out, in the order and form of the input. A row that is no sheet of answers stops
    /// nothing: it is told with line and reason, and the exit status is 4.
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::SCORE))]
    Score(ScoreArgs),
    /// Show what the answers of a group say together
    ///
    /// Counts roles and verdicts, and tells how well the questions of each role go together and which one to rewrite.
    /// Groups under five people are not broken down.
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::COHORT))]
    Cohort(CohortArgs),
    /// Begin, check, audit, compare or show question banks
    #[command(subcommand, help_template = TEMPLATE, before_long_help = examples(texts::BANK))]
    Bank(BankCommand),
    /// Print a JSON Schema, for editors and other programs
    ///
    /// An editor that knows the schema of a file completes, explains and checks it as you type. In the first line of a
    /// bank write `#:schema ./bank.schema.json`, in a JSON file of answers write `"$schema": "./answers.schema.json"`.
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::SCHEMA))]
    Schema(SchemaArgs),
    /// Print a script that lets Tab complete words in a shell
    ///
    /// Commands, flags and files are completed, and from the bank in use roles, ids of questions and their values. The
    /// shell reads the script at each start and then asks the program, so `pathquiz` has to be found on `PATH`.
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::COMPLETIONS))]
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(help_template = TEMPLATE, before_long_help = examples(texts::MAN))]
    Man,
}

/// Flags of the quiz.
#[derive(Args, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "flags as typed, each its own switch")]
pub(crate) struct TakeArgs {
    /// Answer a question, as in `-a stores=5`
    ///
    /// The value is a number on a scale, a choice, several joined by commas, or `skip`; `pathquiz questions` shows them.
    /// The flag may be given for each question.
    #[arg(short, long = "answer", value_name = "ID=VALUE")]
    pub(crate) answer: Vec<String>,

    /// Read answers from a file or a former result
    ///
    /// A JSON or TOML table such as `{"stores": 5}`, or what `--json` gave; `-` for standard input. Flags win over it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) answers: Option<PathBuf>,

    /// Ask nothing: open questions count as skipped
    #[arg(long)]
    pub(crate) no_input: bool,

    /// Ask what weighs most first, and stop early
    ///
    /// The end comes as soon as it is all but certain whom the result leans to
    #[arg(long)]
    pub(crate) quick: bool,

    /// Ask line by line; a pipe may answer
    ///
    /// Numbered lines instead of single keys, without colour
    #[arg(long)]
    pub(crate) plain: bool,

    /// Begin anew, whatever was saved before
    ///
    /// Answers of a quiz that was left before its end are not asked about, and thrown away
    #[arg(long, hide_short_help = true)]
    pub(crate) fresh: bool,

    /// Keep neither the result nor the answers of a quiz that is left
    ///
    /// For machines that others use too; so does `PATHQUIZ_NO_KEEP=1`
    #[arg(long, hide_short_help = true)]
    pub(crate) no_keep: bool,

    /// Show the result of an invented person, without a question
    ///
    /// Every bank has some. Without an id it lists them
    #[arg(long, value_name = "ID", num_args = 0..=1)]
    #[arg(conflicts_with_all = ["answer", "answers", "no_input", "quick", "plain", "fresh", "no_keep"])]
    #[expect(clippy::option_option, reason = "a flag with or without a value")]
    pub(crate) persona: Option<Option<String>>,

    #[command(flatten)]
    pub(crate) window: WindowArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs<PlanFormat>,

    #[command(flatten)]
    pub(crate) pace: PaceArgs,
}

/// The word that stands for all kept results.
pub(crate) const ALL: &str = "all";

#[derive(Args, Debug)]
pub(crate) struct ResultArgs {
    /// Number of the result, as `--list` shows it [default: the last one]
    ///
    /// With `--compare` two numbers, or none for the last two
    #[arg(value_name = "NUMBER", num_args = 0..=2, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) numbers: Vec<u32>,

    /// List all kept results: number, day, questions, verdict
    #[arg(long, conflicts_with_all = ["numbers", "path", "delete", "compare", "hours_per_week", "start"])]
    pub(crate) list: bool,

    /// Print where the result is, as in `--answers "$(pathquiz result --path)"`
    #[arg(long, conflicts_with_all = ["delete", "compare", "format", "json", "files", "hours_per_week", "start"])]
    pub(crate) path: bool,

    /// Delete a result with its page, or `all` with everything that belongs to them
    #[arg(long, value_name = "NUMBER", value_parser = number_or_all)]
    #[arg(conflicts_with_all = ["numbers", "compare", "format", "json", "files", "hours_per_week", "start"])]
    pub(crate) delete: Option<String>,

    /// Show two results of one bank side by side, with the answers that differ
    #[arg(long, conflicts_with_all = ["hours_per_week", "start"])]
    pub(crate) compare: bool,

    #[command(flatten)]
    pub(crate) window: WindowArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs<PlanFormat>,

    #[command(flatten)]
    pub(crate) pace: PaceArgs,
}

/// Reads the number of a result, or the word for all.
fn number_or_all(text: &str) -> Result<String, String> {
    let is_known = text == ALL || text.parse::<u32>().is_ok_and(|number| number > 0);
    if is_known { Ok(text.to_owned()) } else { Err(format!("write the number of a result, or `{ALL}`")) }
}

#[derive(Args, Debug)]
pub(crate) struct PlanArgs {
    /// Id of the role [default: that of the former result, or of the last one kept]
    ///
    /// With `--compare` several, or none for all
    #[arg(value_name = "ROLE")]
    pub(crate) roles: Vec<String>,

    /// Show the plans of several roles side by side
    #[arg(long)]
    pub(crate) compare: bool,

    /// Answer a plan question, such as `cloud=aws` or `known=python,sql`
    #[arg(short, long = "answer", value_name = "ID=VALUE")]
    pub(crate) answer: Vec<String>,

    /// Go on with the plan of a former result
    ///
    /// A mere file of answers shapes the plan too; `-` for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) answers: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) output: OutputArgs<PlanFormat>,

    #[command(flatten)]
    pub(crate) pace: PaceArgs,
}

impl PlanArgs {
    /// Returns true if neither a role nor a file says whose plan it is.
    pub(crate) fn takes_last_result(&self) -> bool {
        self.roles.is_empty() && self.answers.is_none() && !self.compare
    }
}

#[derive(Args, Debug)]
pub(crate) struct SchemaArgs {
    /// What the schema is of
    pub(crate) document: SchemaSubject,

    /// Write to a file, once all is done
    ///
    /// It is replaced only then. Given again, the flag writes to another file as well [default: standard output]
    #[arg(short = 'o', long = "output", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
}

/// Shells that a script is printed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

impl Cli {
    /// Somebody who wants lines wants no escape sequence anywhere, unless colour is asked for by name.
    pub(crate) fn without_escapes(&mut self) {
        let plain = self.take.plain || matches!(&self.command, Some(Command::Take(take)) if take.plain);
        if plain && self.common.color == ColorWhen::Auto {
            self.common.color = ColorWhen::Never;
        }
    }
}
