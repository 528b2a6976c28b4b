//! What the answers of a group say together.

use std::fmt::Write as _;
use std::path::Path;

use crate::bank::Bank;
use crate::cohort::{Cohort, Flag, Respondent, Seen, Summary};
use crate::report;
use crate::scoring::Model;

use super::args::{self, Common, Format};
use super::error::Error;
use super::input::{self, STDIN, Source};
use super::lines::Sheets;
use super::output::{self, Output, Outputs};

pub(super) fn run(common: &Common, args: &args::Cohort) -> Result<(), Error> {
    let file = args.file.as_deref().unwrap_or(Path::new(STDIN));
    input::one_stdin(&[common.bank.as_deref(), Some(file)])?;
    let bank = Source::bank(common.bank.as_deref())?.fair()?;
    let outputs = Outputs::open(&args.output)?;
    if outputs.has(Format::Ics) {
        return Err(Error::NO_GROUP_PLAN);
    }
    let model = Model::new(&bank);
    let (summary, rejected) = read(&bank, &model, file, args)?;
    let flags: &[Flag] = if args.duplicates { &Flag::ALL } else { &Flag::ALONE };
    let cohort = Cohort::new(&summary, u64::try_from(rejected).unwrap_or(u64::MAX), flags);
    outputs.write(common.color, |format, style| match format {
        Format::Text => Ok(report::cohort_text(&cohort, style)),
        Format::Json => Ok(report::cohort_json(&cohort)),
        Format::Markdown => Ok(report::cohort_markdown(&cohort)),
        Format::Html => Ok(report::cohort_html(&cohort)),
        Format::Ics => Err(Error::NO_GROUP_PLAN),
    })?;
    if rejected > 0 { Err(Error::Rejected { lines: rejected }) } else { Ok(()) }
}

/// Sums all sheets of a file up, and says how many lines are none; these are told with their number and the reason.
fn read<'m>(
    bank: &Bank,
    model: &'m Model<'m>,
    file: &Path,
    args: &args::Cohort,
) -> Result<(Summary<'m>, usize), Error> {
    let rejects = args.rejects.as_deref().map(|path| Output::open(Some(path))).transpose()?;
    let mut sheets = Sheets::open(file, bank, bank)?;
    let (mut summary, mut seen) = (Summary::new(model), Seen::new());
    let (mut rejected, mut reasons) = (0, String::new());
    while let Some((line, sheet)) = sheets.next()? {
        match sheet {
            Ok(twin) => {
                let mut respondent = Respondent::new(model, &twin.new);
                if args.duplicates {
                    respondent.compare(&mut seen);
                }
                summary.add(&respondent.scored());
            }
            Err(reason) => {
                rejected += 1;
                let reason = format!("{}:{line}{reason}", sheets.name);
                match rejects {
                    Some(_) => drop(writeln!(reasons, "{reason}")),
                    None => output::tell(&reason),
                }
            }
        }
    }
    if let Some(rejects) = rejects {
        rejects.write(&reasons)?;
    }
    Ok((summary, rejected))
}
