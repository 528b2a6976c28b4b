//! Every error that can end a run before its result, in one table: its data, exit status, code for other programs, and
//! a message that says what is wrong and what to do next.

use std::error;
use std::io;
use std::iter;

use crate::bank::{Allowed, Count, Diagnostic, Problem, UnknownWord, Value, Verdict, clean, quoted};
use crate::cli::args::CALENDAR;
use crate::plan::{self, Plan};
use crate::terminal::PromptError;

/// Declares the errors. Behind the data of each stand its exit status, its code, which is the same in every version,
/// and its message.
macro_rules! errors {
    ($(
        $(#[doc = $doc:literal])*
        $kind:ident $({ $($field:ident: $type:ty),* })? => $status:expr, $code:expr, $message:expr;
    )*) => {
        /// A reason why there is no result.
        #[derive(Debug)]
        pub(super) enum Error { $($(#[doc = $doc])* $kind $({ $($field: $type),* })?,)* }

        impl Error {
            /// Returns the exit status, the code and the message.
            #[allow(unused_variables, reason = "some data is for what is shown beside the message")]
            fn parts(&self) -> (u8, &'static str, String) {
                match self { $(Self::$kind $({ $($field),* })? => ($status, $code, $message.into()),)* }
            }
        }
    };
}

errors! {
    Answers { name: String, text: String, problems: Vec<Problem> } => 2, "invalid-answers",
        format!(
            "the answers in {name} cannot be used: {}; `pathquiz questions` shows ids and values",
            Count(problems.len(), "problem", "problems")
        );
    /// Two banks are named where one is used, or one where none is.
    Banks { advice: &'static str } => 2, "misplaced-bank", *advice;
    /// A bank has errors, or warnings where none is allowed, and they have been shown.
    CheckFailed { strict: bool, name: String, problems: Vec<Problem> } => 3, "failed-check",
        if *strict { "the bank has errors or warnings" } else { "the bank has errors" };
    Exists { name: String } => 1, "file-exists",
        format!("{name} is there already and was left as it is; name a file that is not there yet, or remove it first");
    File { action: &'static str, name: String, source: io::Error } => 1,
        match *action { "read" => "cannot-read", "write" => "cannot-write", _ => "cannot-remove" },
        format!("cannot {action} {name}");
    Flag { wrong: Box<Diagnostic> } => 2, "wrong-flag", wrong.message.as_str();
    Calendar { advice: &'static str } => 2, "unsuitable-format",
        format!("no {CALENDAR} can be made of this: {advice}");
    /// A file of another type than the one that is wanted.
    ForeignFile { status: u8, name: String, what: &'static str, advice: &'static str } => *status, "foreign-file",
        format!("{name} is {what}; {advice}");
    InvalidBank { name: String, text: String, problems: Vec<Problem> } => 3, "invalid-bank",
        format!(
            "the bank in {name} cannot be used: {}; `pathquiz bank check FILE` tells when they are fixed",
            Count(problems.len(), "problem", "problems")
        );
    Left { status: u8, stopped: PromptError, kept: String } => *status, "quiz-left", format!("{stopped}: {kept}");
    Misplaced => 2, "misplaced-flags",
        "flags go behind the name of their command, as in `pathquiz plan --compare`; `pathquiz --help` lists the commands";
    /// A list of results is asked for as what it cannot be.
    ListFormat => 2, "unsuitable-format", "a list of results is text or JSON; leave out the other formats";
    NoKeptBank { number: u32 } => 2, "no-kept-bank",
        format!("the questions that result {number} answers are no longer kept; name their file with `--bank FILE`");
    /// There is no kept result of a number, or none at all.
    NoResult { number: Option<u32> } => 2, "no-kept-result", match number {
        Some(number) => format!("no result {number} is kept; `pathquiz result --list` shows which are"),
        None => "no result is kept yet; `pathquiz` takes the quiz, and keeps what comes out".to_owned(),
    };
    NoFolder { name: String, folder: String } => 1, "no-folder",
        format!("cannot write {name}: there is no folder {folder}; make it first, or name another file");
    OtherBank { numbers: [u32; 2] } => 2, "different-banks", {
        let [first, second] = numbers;
        format!("results {first} and {second} are of different questions; compare two of the same bank and version")
    };
    OneStdin => 2, "stdin-used-twice", "only one thing can come from standard input; name a file for the other";
    Open { questions: Vec<(String, Allowed)> } => 2, "open-questions", {
        let ids: Vec<&str> = questions.iter().map(|(id, _)| id.as_str()).collect();
        let ids = textwrap::fill(&ids.join(" "), 76).replace('\n', "\n  ");
        format!("{}\n  {ids}\n{TO_ANSWER}", unanswered(questions.len()))
    };
    OwnInput { output: String, input: String } => 2, "output-is-input", {
        let same = if output == input { "what".to_owned() } else { format!("the same file as {input}, which") };
        format!("{output} is {same} is read, and would be written over; name another file")
    };
    PersonaList => 2, "unsuitable-format",
        "the list of personas is text on standard output; name one with `--persona ID` to write its result";
    ResultsToCompare => 2, "wrong-number-of-results",
        "two results are compared; name two numbers of `pathquiz result --list`, or none once two are kept";
    /// All is done, but for lines that are no sheets, which have been named.
    Rejected { lines: usize } => 4, "rejected-rows",
        format!("{} rejected", Count(*lines, "line was", "lines were"));
    Roles { what: &'static str, known: Allowed } => 2, "wrong-number-of-roles", format!("{what}: {known}");
    SameOutput { first: String, second: String } => 2, "output-named-twice",
        if first == second {
            format!("{first} is to be written twice; name each file once")
        } else {
            format!(
                "{first} and {second} are the same place, which takes one document; name another file for one of them"
            )
        };
    SameNumber { number: u32, names: [String; 2] } => 2, "number-used-twice",
        format!("two kept results have the number {number}: {} and {}; rename one of them", names[0], names[1]);
    /// Several things are wrong, in the order of the command line. The first gives the status, and all the code that
    /// they share.
    Several { errors: Vec<Error> } => errors.first().map_or(1, Self::status),
        match errors.first().map(Self::code) {
            Some(first) if errors.iter().all(|error| error.code() == first) => first,
            _ => "several-errors",
        },
        format!("{} things are wrong", errors.len());
    Sheets { name: String, wrong: Vec<String> } => 2, "unreadable-sheets",
        format!("the sheets in {name} cannot be read: {}", wrong.join("\n  "));
    /// Fewer days for study sessions than the hours need.
    Sessions { missing: u32 } => 2, "too-few-days",
        format!(
            "{} for `--sessions`, since a session has two hours at most; name more days, or plan fewer hours with \
             `--hours-per-week`",
            Count(*missing, "more day is needed", "more days are needed")
        );
    /// A signal came while keys were read under a result, which has been shown.
    Stopped { status: u8 } => *status, "stopped", "the program was stopped; the result stands above";
    Terminal { stopped: PromptError } => 1, "terminal-failed", stopped.to_string();
    TooLong => 2, "plan-too-long", plan::TooLong.to_string();
    Usage { status: u8, wrong: Box<Diagnostic> } => *status, wrong.code, wrong.message.as_str();
    UnknownPersona { word: UnknownWord } => 2, "unknown-persona",
        format!("unknown persona {}; {}", word.quoted(), word.advice());
    UnreadableResult { name: String } => 2, "unreadable-result",
        format!("the kept result in {name} cannot be read; delete it, or give its answers with `--answers FILE`");
    UnknownRole { word: UnknownWord } => 2, "unknown-role",
        format!("unknown role {}; {}", word.quoted(), word.advice());
}

const TO_ANSWER: &str = "answer with `-a ID=VALUE` or `--answers FILE`, or add `--no-input` to skip what is open, or \
     `--plain` to be asked line by line; `pathquiz questions` shows ids and values, and \
     `pathquiz --persona` shows what a result looks like";

fn unanswered(count: usize) -> String {
    let questions = Count(count, "question is", "questions are");
    format!("{questions} not answered, and there is no terminal to ask on")
}

impl Error {
    pub(super) const NO_COMPARISON: Self = Self::Calendar {
        advice: "plans side by side are alternatives; leave out `--compare` and name the role of one",
    };

    pub(super) const NO_CALENDAR: Self =
        Self::Calendar { advice: "it has no plan; `pathquiz plan ROLE` makes the calendar of a plan" };

    /// Returns the error of the calendar of a plan without open steps.
    pub(super) fn no_events(plan: &Plan<'_>) -> Self {
        let is_empty = plan.steps.is_empty();
        let advice =
            if is_empty { "the bank lists no steps for this role" } else { "everything in the plan is known already" };
        Self::Calendar { advice }
    }

    /// Returns the error of the calendar of a result that recommends no role.
    pub(super) fn no_plan(verdict: Verdict) -> Self {
        let advice = match verdict {
            Verdict::Neither => {
                "no role is recommended, so there is no plan; `pathquiz plan ROLE` plans toward one role"
            }
            _ => "nobody leads, so there is no plan; `pathquiz plan ROLE` plans toward one role",
        };
        Self::Calendar { advice }
    }

    pub(super) fn read(name: &str) -> impl Fn(io::Error) -> Self {
        move |source| Self::File { action: "read", name: name.to_owned(), source }
    }

    /// Returns the error of a flag that is no answer. What follows its `=` is the value, unless one word of it is
    /// wrong.
    pub(super) fn flag(flag: &str, wrong: Diagnostic) -> Self {
        let given = Value::Text(clean(flag.split_once('=').map_or(flag, |(_, value)| value)));
        let message = format!("-a {}: {}", quoted(flag), wrong.message);
        Self::Flag { wrong: Box::new(Diagnostic { message, value: wrong.value.or(Some(given)), ..wrong }) }
    }

    /// Fails with everything that is wrong, if anything is.
    pub(super) fn all(mut errors: Vec<Self>) -> Result<(), Self> {
        match errors.len() {
            0 | 1 => errors.pop().map_or(Ok(()), Err),
            _ => Err(Self::Several { errors }),
        }
    }

    pub(super) fn collect<T>(results: impl IntoIterator<Item = Result<T, Self>>) -> Result<Vec<T>, Self> {
        let mut errors = Vec::new();
        let values = results.into_iter().filter_map(|result| result.map_err(|error| errors.push(error)).ok()).collect();
        Self::all(errors).map(|()| values)
    }

    /// Returns both values, or fails with everything that is wrong.
    pub(super) fn both<A, B>(first: Result<A, Self>, second: Result<B, Self>) -> Result<(A, B), Self> {
        match (first, second) {
            (Ok(first), Ok(second)) => Ok((first, second)),
            (Err(first), Err(second)) => Err(Self::Several { errors: vec![first, second] }),
            (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
        }
    }

    pub(super) fn rejected(lines: impl TryInto<usize>) -> Result<(), Self> {
        match lines.try_into().unwrap_or(usize::MAX) {
            0 => Ok(()),
            lines => Err(Self::Rejected { lines }),
        }
    }

    pub(super) fn status(&self) -> u8 {
        self.parts().0
    }

    /// Returns the name of the kind of error, which is the same in every version.
    pub(super) fn code(&self) -> &'static str {
        self.parts().1
    }

    /// Returns what is wrong and what to do, without the causes.
    pub(super) fn text(&self) -> String {
        self.parts().2
    }

    /// Returns what has caused it, and what has caused that.
    pub(super) fn causes(&self) -> impl Iterator<Item = &(dyn error::Error + 'static)> {
        let first: Option<&(dyn error::Error + 'static)> = match self {
            Self::File { source, .. } | Self::Terminal { stopped: PromptError::Failed(source) } => Some(source),
            _ => None,
        };
        iter::successors(first, |cause| cause.source())
    }

    /// Returns what is wrong, why, and what to do, in one line.
    pub(super) fn message(&self) -> String {
        let text = match self {
            Self::Open { questions } => format!("{}; {TO_ANSWER}", unanswered(questions.len())),
            other => other.text(),
        };
        let parts: Vec<String> = iter::once(text).chain(self.causes().map(ToString::to_string)).collect();
        one_line(&parts.join(": "))
    }

    /// Returns everything that is wrong, one thing or more.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let own = Diagnostic::new(self.code(), self.message());
        vec![match self {
            Self::Several { errors } => return errors.iter().flat_map(Self::diagnostics).collect(),
            Self::Answers { name, problems, .. }
            | Self::InvalidBank { name, problems, .. }
            | Self::CheckFailed { name, problems, .. } => {
                return problems.iter().map(|problem| problem.diagnostic(name)).collect();
            }
            Self::Open { questions } => return questions.iter().map(open).collect(),
            Self::Sheets { name, wrong } => {
                return wrong.iter().map(|wrong| of_file(name, Diagnostic::new(own.code, wrong.clone()))).collect();
            }
            Self::Exists { name }
            | Self::File { name, .. }
            | Self::ForeignFile { name, .. }
            | Self::NoFolder { name, .. }
            | Self::OwnInput { output: name, .. }
            | Self::SameOutput { second: name, .. }
            | Self::UnreadableResult { name } => of_file(unquoted(name), own),
            Self::Flag { wrong } | Self::Usage { wrong, .. } => {
                Diagnostic { message: own.message, ..(**wrong).clone() }
            }
            Self::Calendar { .. } => Diagnostic { value: Some(Value::Text(CALENDAR.to_owned())), ..own },
            Self::Roles { known, .. } => Diagnostic { allowed: Some(known.clone()), ..own },
            Self::UnknownPersona { word } | Self::UnknownRole { word } => own.with_word(word),
            _ => own,
        }]
    }
}

impl From<plan::TooLong> for Error {
    fn from(_: plan::TooLong) -> Self {
        Self::TooLong
    }
}

fn of_file(name: &str, wrong: Diagnostic) -> Diagnostic {
    Diagnostic { file: Some(name.to_owned()), ..wrong }
}

/// Returns a name without the quotes that stand around names of files in messages.
fn unquoted(name: &str) -> &str {
    name.strip_prefix('`').and_then(|name| name.strip_suffix('`')).unwrap_or(name)
}

fn open((id, allowed): &(String, Allowed)) -> Diagnostic {
    let message = format!("`{id}` is not answered; allowed: {allowed}");
    let (question, allowed) = (Some(id.clone()), Some(allowed.clone()));
    Diagnostic { question, allowed, ..Diagnostic::new("open-question", message) }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
