//! The `plan` command: the study plan of one role, of several side by side, or of a previous result that goes on.

use std::path::Path;

use crate::bank::{Allowed, Bank, Diagnostic, Response, Role, UnknownWord};
use crate::cli::answers::{self, ResolvedAnswers};
use crate::cli::args::{CommonArgs, PlanArgs};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::outputs::Outputs;
use crate::cli::result::OpenResult;
use crate::cli::schedule_defaults;
use crate::cli::source;
use crate::cli::streams::ensure_not_input;
use crate::plan::{Plan, PlanPreferences};
use crate::report::{PlanComparison, PlanReport};

pub(super) fn run(common: &CommonArgs, args: &PlanArgs, notes: &mut Notes) -> Result<(), Error> {
    let kept = if args.takes_last_result() { OpenResult::last(common, notes)? } else { None };
    let (file, bank) = match kept {
        Some(OpenResult { path, bank, .. }) => {
            ensure_not_input(&[Some(&path)], &args.output.paths())?;
            (Some(path), bank)
        }
        None => (args.answers.clone(), source::bank(common, args.answers.as_deref(), &args.output.paths(), notes)?),
    };
    let outputs = Outputs::open(&args.output, notes)?;
    let (answers, roles) = subject(&bank, args, file.as_deref(), notes)?;
    let preferences = PlanPreferences::new(&answers.sheet);
    let pace = schedule_defaults::pace(&args.pace, answers.hours_per_week(), answers.previous.start);
    if let &[role] = roles.as_slice() {
        let plan = Plan::new(role, &preferences, pace)?;
        let sessions = schedule_defaults::sessions(&args.pace, pace)?;
        let report = PlanReport { bank: &bank, plan: &plan };
        outputs.write_plan(common.color, &report, || {
            report.calendar(sessions.as_ref()).map(Some).ok_or_else(|| Error::no_events(&plan))
        })?;
        return Ok(());
    }
    let plans = Plan::for_roles(&roles, &preferences, pace)?;
    let outputs = outputs.documents().ok_or(Error::NO_COMPARISON)?;
    outputs.write_report(common.color, &PlanComparison { bank: &bank, plans: &plans })?;
    Ok(())
}

/// Returns the answers that shape the plan and the roles it is for, or everything that is wrong with either.
fn subject<'b>(
    bank: &'b Bank,
    args: &PlanArgs,
    file: Option<&Path>,
    notes: &mut Notes,
) -> Result<(ResolvedAnswers<'b>, Vec<&'b Role>), Error> {
    let answers = answers::resolve(bank, file, &args.answer, shapes_plan, notes);
    let previous_role = answers.as_ref().ok().and_then(|answers| answers.previous.role.as_deref());
    let mut errors = Vec::new();
    let roles = roles(bank, args, previous_role, &mut errors);
    let (roles, answers) = Error::both(Error::all(errors).map(|()| roles), answers)?;
    Ok((answers, roles))
}

/// Returns the roles that are named, else all of them to compare, else that of a previous result.
fn roles<'b>(bank: &'b Bank, args: &PlanArgs, previous_role: Option<&str>, errors: &mut Vec<Error>) -> Vec<&'b Role> {
    let named: Vec<&str> = args.roles.iter().map(String::as_str).collect();
    let ids = bank.roles.iter().map(|role| role.id.as_str());
    let wanted: Vec<&str> = match (args.compare, named.as_slice(), previous_role) {
        (true, [], _) => ids.clone().collect(),
        (false, [], Some(previous_role)) => vec![previous_role],
        _ => named,
    };
    let mut roles: Vec<&Role> = Vec::new();
    for id in &wanted {
        match bank.role(id) {
            Some(role) if roles.iter().any(|other| other.id == role.id) => {}
            Some(role) => roles.push(role),
            None => errors.push(Error::UnknownRole { word: UnknownWord::new(id, ids.clone()) }),
        }
    }
    let enough = if args.compare { roles.len() > 1 } else { wanted.len() == 1 };
    if !enough && errors.is_empty() {
        let what = if args.compare { "name two roles or more to compare, or none for all" } else { "name one role" };
        errors.push(Error::Roles { what, known: Allowed::words(ids) });
    }
    roles
}

/// Returns an error if the question is scored: its answer would not change a plan, so as a flag it is a mistake.
fn shapes_plan(flag: &str, Response { question, .. }: &Response<'_>) -> Option<Error> {
    let message = format!("`{}` is scored and shapes no plan; leave it out, or take the quiz", question.id);
    let wrong = Diagnostic { question: Some(question.id.clone()), ..Diagnostic::new("shapes-no-plan", message) };
    question.is_scored().then(|| Error::flag(flag, wrong))
}
