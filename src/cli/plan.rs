//! A study plan without the quiz.

use crate::bank::{Bank, Role, Sheet, suggest};
use crate::plan::{Plan, Wishes};
use crate::report;

use super::answers;
use super::args::{self, Common, Format};
use super::error::Error;
use super::input::Source;
use super::output::Outputs;
use super::pace;

pub(super) fn run(common: &Common, args: &args::Plan) -> Result<(), Error> {
    let bank = Source::bank(common.bank.as_deref())?.parse()?;
    let outputs = Outputs::open(&args.output)?;
    let (role, sheet) = subject(&bank, args)?;
    let wishes = Wishes::new(&sheet);
    let plan = Plan::new(role, &wishes, pace::choose(&args.pace, wishes.hours_per_week, None))?;
    outputs.write(common.color, |format, style| match format {
        Format::Text => Ok(report::plan_text(&plan, style)),
        Format::Json => Ok(report::plan_json(&plan)),
        Format::Markdown => Ok(report::plan_markdown(&plan)),
        Format::Ics => report::plan_calendar(&bank, &plan).ok_or(Error::NO_EVENTS),
    })
}

/// The role and the answers that shape its plan, or everything that is wrong with either. An answer to a scored question
/// would change nothing here, so it is a mistake.
fn subject<'b>(bank: &'b Bank, args: &args::Plan) -> Result<(&'b Role, Sheet<'b>), Error> {
    let mut errors = Vec::new();
    let mut sheet = Sheet::new(bank);
    let responses = answers::flags(bank, &args.answer, &mut errors);
    for (flag, response) in responses {
        if response.question.is_scored() {
            let what = format!("`{}` is scored and shapes no plan", response.question.id);
            let advice = "leave it out, or take the quiz".to_owned();
            errors.push(Error::Flag { flag: flag.to_owned(), what, advice });
        }
        sheet.put(response);
    }
    let Some(role) = bank.role(&args.role) else {
        let advice = suggest(&args.role, bank.roles.iter().map(|role| role.id.as_str()));
        errors.insert(0, Error::UnknownRole { id: args.role.clone(), advice });
        return Err(Error::Several(errors));
    };
    Error::all(errors)?;
    Ok((role, sheet))
}
