//! Many sheets in, a line for each out.

use std::io;

use crate::answers::Form;
use crate::cohort::{self, Options, Totals};
use crate::scoring::{Judge, Model};

use super::args::{self, Common};
use super::error::Error;
use super::input::shown;
use super::sheets::{Progress, Rejects};
use super::stderr;
use super::writer::Writer;

pub(super) fn run(common: &Common, args: &args::Score) -> Result<(), Error> {
    let sheets = &args.sheets;
    let bank = sheets.bank(common, vec![args.output.as_deref()])?;
    let model = Model::new(&bank);
    let judge = Judge::new(&model);
    let mut writer = Writer::open(args.output.as_deref())?;
    let mut rejects = Rejects::open(sheets)?;
    let opened = sheets.open(&bank)?;
    rejects.begin(opened.form())?;
    let to = args.to.unwrap_or(opened.form());
    let options = Options { to, threads: sheets.threads(), duplicates: sheets.duplicates };
    note_form(args, to);
    let progress = Progress::new(sheets.path(), writer.is_shown);
    let tell = |totals: &Totals| progress.tell(totals);
    let scored = cohort::score(opened, &judge, options, &mut writer, |row| rejects.add(row), tell);
    progress.finish();
    let totals = match scored {
        Ok(totals) => totals,
        // Whoever read the lines has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && writer.failed => return Ok(()),
        Err(error) if writer.failed => return Err(writer.error(error)),
        Err(error) => return Err(rejects.blame(error)),
    };
    writer.finish()?;
    rejects.finish()?;
    sheets.note_ignored(&bank, &totals);
    if totals.scored + totals.rejected == 0 {
        stderr::note(&format!("{}: there are no sheets in it", sheets.name()));
    }
    Error::rejected(totals.rejected)
}

/// Tells where a file is called otherwise than what is written into it.
fn note_form(args: &args::Score, to: Form) {
    let (endings, advice): (&[&str], _) = match to {
        Form::Csv => (&["csv", "tsv", "txt"], "a table in CSV; `--to ndjson` writes lines of JSON"),
        Form::Ndjson => (&["ndjson", "jsonl", "json", "txt"], "lines of JSON; `--to csv` writes a table"),
    };
    if let Some(file) = &args.output
        && let Some(ending) = file.extension()
        && !endings.iter().any(|other| ending.eq_ignore_ascii_case(other))
    {
        stderr::note(&format!("{} becomes {advice}", shown(file)));
    }
}
