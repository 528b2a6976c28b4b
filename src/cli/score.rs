//! The `score` command: many sheets in, one line out for each.

use std::io;

use crate::answers::{Form, RejectedRow};
use crate::cli::args::{CommonArgs, ScoreArgs};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::sheets::{self, Rejects, ScoringProgress};
use crate::cli::streams::{Writer, shown};
use crate::cohort::{self, Digits, Options};
use crate::scoring::Scorer;

pub(super) fn run(common: &CommonArgs, args: &ScoreArgs, notes: &mut Notes) -> Result<(), Error> {
    let sheets = &args.sheets;
    sheets::check(sheets, common, vec![args.output.as_deref()])?;
    let (mut writer, mut rejects) = Error::both(Writer::open(args.output.as_deref()), Rejects::open(sheets))?;
    let bank = sheets::bank(common, notes)?;
    let scorer = Scorer::new(&bank);
    let opened = sheets::open(sheets, &scorer, notes)?;
    rejects.begin(opened.form())?;
    let to = args.to.unwrap_or(opened.form());
    notes.notes(form_note(args, to));
    let progress = if writer.is_shown { ScoringProgress::hidden() } else { ScoringProgress::new(sheets.path()) };
    let reject = |row: &RejectedRow| rejects.add(row, notes);
    let digits = if to == Form::Csv && !args.exact { Digits::Six } else { Digits::All };
    let options = Options { digits, ..sheets.options() };
    let result = cohort::score(opened, &scorer, options, to, &mut writer, reject, |totals| progress.tell(totals));
    progress.finish();
    let totals = match result {
        Ok(totals) => totals,
        // Whoever read the lines has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && writer.failed => return rejects.finish(notes),
        Err(error) if writer.failed => return Err(writer.error(error)),
        Err(error) => return Err(rejects.attribute_error(error)),
    };
    writer.finish()?;
    rejects.finish(notes)?;
    notes.notes(sheets::ignored_note(sheets, &bank, &totals));
    if totals.scored + totals.rejected == 0 {
        notes.note(&format!("{}: there are no sheets in it", sheets.name()));
    }
    Error::rejected(totals.rejected)
}

/// Returns what should be known of a file whose ending says otherwise than what is written into it.
fn form_note(args: &ScoreArgs, to: Form) -> Option<String> {
    let (endings, advice): (&[&str], _) = match to {
        Form::Csv => (&["csv", "tsv", "txt"], "a table in CSV; `--to ndjson` writes lines of JSON"),
        Form::Ndjson => (&["ndjson", "jsonl", "json", "txt"], "lines of JSON; `--to csv` writes a table"),
    };
    let (file, ending) = args.output.as_ref().and_then(|file| Some((file, file.extension()?)))?;
    let is_expected = endings.iter().any(|other| ending.eq_ignore_ascii_case(other));
    (!is_expected).then(|| format!("{} becomes {advice}", shown(file)))
}
