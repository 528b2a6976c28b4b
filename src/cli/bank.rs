//! The `bank` commands: new, check, audit and show.

use std::path::Path;

use crate::bank::{self, Bank, Problem, ProblemKind, Severity};
use crate::cli::args::{AuditArgs, BankCommand, BankFileArgs, CheckArgs, CommonArgs};
use crate::cli::diff;
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::source::{Source, audit_errors};
use crate::cli::streams::{STDOUT, Target, create, ensure_not_input, shown, standard_stream};
use crate::report::{AuditReport, ProblemReport};
use crate::scoring::{self, Audit, Scorer};

pub(super) fn run(common: &CommonArgs, command: &BankCommand, notes: &mut Notes) -> Result<(), Error> {
    match command {
        BankCommand::New { .. } if common.bank.is_some() => Err(Error::Banks {
            advice: "`bank new` reads no bank; leave out `--bank`, or copy one with `pathquiz bank show FILE > COPY`",
        }),
        BankCommand::New { file } => begin(file, notes),
        BankCommand::Check(args) => check(common, args, notes),
        BankCommand::Audit(args) => audit(common, args, notes),
        BankCommand::Show(bank) => {
            let source = source(common, bank, &[None], notes)?;
            source.with_audit_note(notes)?;
            Target::Stdout.write(&source.text()).map(drop)
        }
        BankCommand::Diff(args) => diff::run(common, args, notes),
    }
}

/// Returns the one bank that is named, or the shipped one.
fn source(
    common: &CommonArgs,
    bank: &BankFileArgs,
    outputs: &[Option<&Path>],
    notes: &mut Notes,
) -> Result<Source, Error> {
    match (bank.file.as_deref(), common.bank.as_deref()) {
        (Some(_), Some(_)) => {
            Err(Error::Banks { advice: "two banks are named; leave out `--bank` or the file behind the command" })
        }
        (file, bank) => {
            ensure_not_input(&[file, bank], outputs)?;
            Source::bank(file.or(bank), notes)
        }
    }
}

/// Writes the small bank to a new file, and says what to do with it.
fn begin(file: &Path, notes: &mut Notes) -> Result<(), Error> {
    if standard_stream(file) == Some(STDOUT) {
        return Target::Stdout.write(bank::STARTER).map(drop);
    }
    create(file, bank::STARTER)?;
    let name = shown(file);
    if file.extension().is_some_and(|ending| !ending.eq_ignore_ascii_case("toml")) {
        notes.note(&format!("{name} is TOML, whatever its ending says"));
    }
    notes.line(&format!(
        "{name} is a bank to make your own; change it, then run `pathquiz bank check {name}` and \
         `pathquiz bank audit {name}`"
    ));
    Ok(())
}

/// Shows every problem; the result of a check stands on standard output whatever it is.
fn check(common: &CommonArgs, args: &CheckArgs, notes: &mut Notes) -> Result<(), Error> {
    let source = source(common, &args.bank, &[None], notes)?;
    let (problems, contents) = match Bank::parse(&source.bytes) {
        Ok(bank) => (problems(&bank), contents(&bank)),
        Err(invalid) => (invalid.problems, String::new()),
    };
    let target = Target::Stdout;
    let report = ProblemReport { name: &source.name, text: &source.text(), problems: &problems };
    let text = if args.json { report.json() } else { report.text(target.style(common.color)) + &contents };
    target.write(&text)?;
    let strict = args.strict;
    let problems: Vec<Problem> =
        problems.into_iter().filter(|problem| strict || problem.severity == Severity::Error).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::CheckFailed { strict, name: source.name, problems }) }
}

/// Returns the warnings of a bank, personas that do not come out as expected, and what is unfair, in file order.
fn problems(bank: &Bank) -> Vec<Problem> {
    let scorer = Scorer::new(bank);
    let mut problems = bank.warnings.clone();
    problems.extend(scoring::mismatches(&scorer).iter().map(|mismatch| {
        Problem::finding(Severity::Error, &mismatch.persona.place, ProblemKind::PersonaMismatch(mismatch.what()))
    }));
    problems.extend(Audit::new(&scorer).findings());
    problems.retain(|problem| problem.severity != Severity::Note);
    problems.sort_by_key(|problem| problem.place.span.start);
    problems
}

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
fn audit(common: &CommonArgs, args: &AuditArgs, notes: &mut Notes) -> Result<(), Error> {
    let source = source(common, &args.bank, &args.output.paths(), notes)?;
    let bank = source.parse()?;
    let outputs = Outputs::open(&args.output, notes)?;
    let scorer = Scorer::new(&bank);
    let audit = Audit::new(&scorer);
    let (share, problems) = (audit.share(), audit.findings());
    let problems = ProblemReport { name: &source.name, text: &source.text(), problems: &problems };
    outputs.write_report(common.color, &AuditReport { bank: &bank, audit: &audit, share, problems })?;
    if let Some(errors) = audit_errors(&audit) {
        notes.note(&format!("the audit of this bank finds {errors}, with which `pathquiz bank check` fails"));
    }
    Ok(())
}
