//! A study plan without the quiz.

use crate::bank::{Bank, Role, Sheet, nearest};
use crate::plan::{Plan, Wishes};
use crate::report;

use super::answers;
use super::args::{self, Common, Format};
use super::error::{Error, WrongFlag};
use super::input::Source;
use super::output::Output;
use super::pace;

pub(super) fn run(common: &Common, args: &args::Plan) -> Result<(), Error> {
    let bank = Source::bank(common.bank.as_deref())?.parse()?;
    let output = Output::open(args.output.file.as_deref())?;
    let role = role(&bank, &args.role)?;
    let sheet = sheet(&bank, &args.answer)?;
    let wishes = Wishes::new(&sheet);
    let plan = Plan::new(role, &wishes, pace::choose(&args.pace, wishes.hours_per_week, None))?;
    let text = match args.output.format() {
        Format::Text => report::plan_text(&plan, output.style(common.color)),
        Format::Json => report::plan_json(&plan),
    };
    output.write(&text)
}

fn role<'b>(bank: &'b Bank, id: &str) -> Result<&'b Role, Error> {
    bank.role(id).ok_or_else(|| {
        let ids = || bank.roles.iter().map(|role| role.id.as_str());
        let advice = match nearest(id, ids()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("the roles are {}", ids().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")),
        };
        Error::UnknownRole { id: id.to_owned(), advice }
    })
}

/// The answers of flags; one to a scored question would change nothing here, so it is a mistake.
fn sheet<'b>(bank: &'b Bank, flags: &[String]) -> Result<Sheet<'b>, Error> {
    let mut sheet = Sheet::new(bank);
    let mut wrong = Vec::new();
    for (flag, response) in flags.iter().zip(answers::flags(bank, flags)?) {
        if response.question.is_scored() {
            let what = format!("`{}` is scored and shapes no plan", response.question.id);
            wrong.push(WrongFlag { flag: flag.clone(), what, advice: "leave it out, or take the quiz".to_owned() });
        }
        sheet.put(response);
    }
    if wrong.is_empty() { Ok(sheet) } else { Err(Error::Flags(wrong)) }
}
