//! Beginning, checking, auditing and showing banks.

use std::path::Path;

use crate::bank::{self, Bank, Problem, Severity};
use crate::report;
use crate::scoring::{self, Audit, Model};

use super::args::{self, Common};
use super::diff;
use super::error::Error;
use super::identity::{STDOUT, ensure_not_input, standard_stream};
use super::input::{self, Source};
use super::output::{self, Output};
use super::stderr;

pub(super) fn run(common: &Common, command: &args::Bank) -> Result<(), Error> {
    match command {
        args::Bank::New { .. } if common.bank.is_some() => Err(Error::Banks {
            advice: "`bank new` reads no bank; leave out `--bank`, or copy one with `pathquiz bank show FILE > COPY`",
        }),
        args::Bank::New { file } => begin(file),
        args::Bank::Check { file, json, strict } => check(common, &source(common, file.as_deref())?, *json, *strict),
        args::Bank::Audit { file, json } => audit(common, &source(common, file.as_deref())?, *json),
        args::Bank::Show { file } => {
            let source = source(common, file.as_deref())?;
            source.fair()?;
            Output::Standard.write(&source.text()).map(drop)
        }
        args::Bank::Diff(args) => diff::run(common, args),
    }
}

/// The one bank that is named, or the shipped one.
fn source(common: &Common, file: Option<&Path>) -> Result<Source, Error> {
    match (file, common.bank.as_deref()) {
        (Some(_), Some(_)) => {
            Err(Error::Banks { advice: "two banks are named; leave out `--bank` or the file behind the command" })
        }
        (file, bank) => {
            ensure_not_input(&[file, bank], &[None])?;
            Source::bank(file.or(bank))
        }
    }
}

/// Writes the small bank where nothing is yet, and says what to do with it.
fn begin(file: &Path) -> Result<(), Error> {
    if standard_stream(file) == Some(STDOUT) {
        return Output::Standard.write(bank::STARTER).map(drop);
    }
    let name = output::create(file, bank::STARTER)?;
    if file.extension().is_some_and(|ending| !ending.eq_ignore_ascii_case("toml")) {
        stderr::note(&format!("{name} is TOML, whatever its ending says"));
    }
    stderr::tell(&format!(
        "{name} is a bank to make your own; change it, then run `pathquiz bank check {name}` and \
         `pathquiz bank audit {name}`"
    ));
    Ok(())
}

/// Shows every problem; the result of a check stands on standard output whatever it is.
fn check(common: &Common, source: &Source, json: bool, strict: bool) -> Result<(), Error> {
    let (problems, contents) = match Bank::parse(&source.bytes) {
        Ok(bank) => (problems(&bank), contents(&bank)),
        Err(invalid) => (invalid.problems, String::new()),
    };
    let output = Output::Standard;
    let text = if json {
        report::problems_json(&source.name, &source.text(), &problems)
    } else {
        let problems = report::problems_text(&source.name, &source.text(), &problems, output.style(common.color));
        format!("{problems}{contents}")
    };
    output.write(&text)?;
    let fails = |problem: &Problem| problem.severity == Severity::Error || strict;
    let problems: Vec<Problem> = problems.into_iter().filter(fails).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::CheckFailed { strict, name: source.name.clone(), problems }) }
}

/// The warnings of a bank, personas that do not come out as expected, and what is unfair, in file order.
fn problems(bank: &Bank) -> Vec<Problem> {
    let model = Model::new(bank);
    let mut problems = bank.warnings.clone();
    problems.extend(scoring::mismatches(&model).iter().map(|mismatch| {
        let (place, what) = (&mismatch.persona.place, mismatch.what(&model));
        let advice = "mend the points, the answers or the expectation";
        Problem::finding(Severity::Error, place, "persona-mismatch", what, advice)
    }));
    problems.extend(Audit::new(&model).findings());
    problems.retain(|problem| problem.severity != Severity::Note);
    problems.sort_by_key(|problem| problem.place.span.start);
    problems
}

/// What the bank holds, in one line.
fn contents(bank: &Bank) -> String {
    let scored = bank.questions.iter().filter(|question| question.is_scored()).count();
    format!(
        "roles: {}, scored questions: {scored}, plan questions: {}, personas: {}\n",
        bank.roles.len(),
        bank.questions.len() - scored,
        bank.personas.len()
    )
}

/// Shows the figures of a bank, then what is wrong with them.
fn audit(common: &Common, source: &Source, json: bool) -> Result<(), Error> {
    let bank = source.parse()?;
    let model = Model::new(&bank);
    let audit = Audit::new(&model);
    let (share, problems) = (audit.share(), audit.findings());
    let output = Output::Standard;
    let text = if json {
        report::audit_json(&bank, &audit, share, &source.text(), &problems)
    } else {
        let style = output.style(common.color);
        let figures = report::audit_text(&audit, share, style);
        let problems_text = report::problems_text(&source.name, &source.text(), &problems, style);
        format!("{figures}{problems_text}{}\n", report::audit_verdict(&problems))
    };
    output.write(&text)?;
    if let Some(errors) = input::errors(&audit) {
        stderr::note(&format!("the audit of this bank finds {errors}, with which `pathquiz bank check` fails"));
    }
    Ok(())
}
