//! Study plans without the quiz: of one role, of several side by side, or of a former result that goes on.

use crate::bank::{Allowed, Bank, Diagnostic, Response, Role, UnknownWord};
use crate::plan::{Plan, PlanPreferences};
use crate::report;

use super::answers::{self, Given};
use super::args::{self, Common, Format};
use super::error::Error;
use super::input;
use super::output::Outputs;
use super::pace;

pub(super) fn run(common: &Common, args: &args::Plan) -> Result<(), Error> {
    let bank = input::bank(common, args.answers.as_deref(), &args.output.paths())?;
    let outputs = Outputs::open(&args.output)?;
    let (given, roles) = subject(&bank, args)?;
    let preferences = PlanPreferences::new(&given.sheet);
    let pace = pace::choose(&args.pace, given.hours_per_week(), given.former.start);
    if let &[role] = roles.as_slice() {
        let plan = Plan::new(role, &preferences, pace)?;
        let document = report::plan(&bank, &plan);
        outputs.write(common.color, |format, style| match format {
            Format::Text => Ok(document.text(style)),
            Format::Json => Ok(report::plan_json(&plan)),
            Format::Markdown => Ok(document.markdown()),
            Format::Html => Ok(document.html()),
            Format::Ics => report::plan_calendar(&bank, &plan).ok_or_else(|| Error::no_events(Some(&plan))),
        })?;
        return Ok(());
    }
    let plans = Plan::for_roles(&roles, &preferences, pace)?;
    if outputs.has(Format::Ics) {
        return Err(Error::NO_COMPARISON);
    }
    let document = report::comparison(&bank, &plans);
    outputs.write(common.color, |format, style| match format {
        Format::Text => Ok(document.text(style)),
        Format::Json => Ok(report::comparison_json(&bank, &plans)),
        Format::Markdown => Ok(document.markdown()),
        Format::Html => Ok(document.html()),
        Format::Ics => Err(Error::NO_COMPARISON),
    })?;
    Ok(())
}

/// The answers that shape the plan and the roles it is for, or everything that is wrong with either.
fn subject<'b>(bank: &'b Bank, args: &args::Plan) -> Result<(Given<'b>, Vec<&'b Role>), Error> {
    let given = answers::given(bank, args.answers.as_deref(), &args.answer, shapes_plan);
    let former = given.as_ref().ok().and_then(|given| given.former.role.as_deref());
    let mut errors = Vec::new();
    let roles = roles(bank, args, former, &mut errors);
    match (Error::all(errors), given) {
        (Ok(()), Ok(given)) => Ok((given, roles)),
        (Err(role), Err(answers)) => Err(Error::Several { errors: vec![role, answers] }),
        (Err(error), Ok(_)) | (Ok(()), Err(error)) => Err(error),
    }
}

/// The roles that are named, else all of them to compare, else that of a former result.
fn roles<'b>(bank: &'b Bank, args: &args::Plan, former: Option<&str>, errors: &mut Vec<Error>) -> Vec<&'b Role> {
    let named: Vec<&str> = args.roles.iter().map(String::as_str).collect();
    let ids = bank.roles.iter().map(|role| role.id.as_str());
    let wanted: Vec<&str> = match (args.compare, named.as_slice(), former) {
        (true, [], _) => ids.clone().collect(),
        (false, [], Some(former)) => vec![former],
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

/// An answer to a scored question would change nothing here, so as a flag it is a mistake.
fn shapes_plan(flag: &str, Response { question, .. }: &Response<'_>) -> Option<Error> {
    let message = format!("`{}` is scored and shapes no plan; leave it out, or take the quiz", question.id);
    let wrong = Diagnostic { question: Some(question.id.clone()), ..Diagnostic::new("shapes-no-plan", message) };
    question.is_scored().then(|| Error::flag(flag, wrong))
}
