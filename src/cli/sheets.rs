//! Files of many sheets: opens them, shows the progress of the work, and deals with rejected rows.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use serde_json::json;

use crate::answers::{self, Form, ImportOptions, RejectedRow, Rows, Unreadable, spreadsheet_text};
use crate::bank::{Bank, Response, Sheet, Verdict, clean};
use crate::cli::args::{CommonArgs, SheetsArgs};
use crate::cli::error::Error;
use crate::cli::notes::{Notes, RejectedRows};
use crate::cli::source::{self, Source};
use crate::cli::streams::{Delivery, STDIN, Stream, Writer, input_name, is_accessible, is_dumb, is_typed, open_input};
use crate::cohort::{Digits, Options, Totals};
use crate::scoring::Scorer;

impl SheetsArgs {
    pub(super) fn name(&self) -> String {
        input_name(self.path())
    }

    pub(super) fn path(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(STDIN))
    }

    fn import_options(&self) -> ImportOptions {
        ImportOptions {
            sheet: self.sheet.clone(),
            columns: self.column.clone(),
            ignored: self.ignore.clone(),
            from_zero: self.from_zero.clone(),
            is_lenient: self.lenient,
        }
    }

    pub(super) fn options(&self) -> Options {
        let given = self.threads.and_then(|threads| NonZero::new(usize::from(threads)));
        let threads = given.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
        Options { threads, duplicates: self.duplicates, digits: Digits::All }
    }
}

/// Refuses to write over the bank or the file.
pub(super) fn check<'p>(
    sheets: &'p SheetsArgs,
    common: &'p CommonArgs,
    mut outputs: Vec<Option<&'p Path>>,
) -> Result<(), Error> {
    outputs.extend(sheets.rejects.as_deref().map(Some));
    source::check(common, Some(sheets.path()), &outputs)
}

/// Returns the bank that is used.
pub(super) fn bank(common: &CommonArgs, notes: &mut Notes) -> Result<Bank, Error> {
    Source::bank(common.bank.as_deref(), notes)?.with_audit_note(notes)
}

/// Opens the file and tells what should be known about it.
pub(super) fn open(sheets: &SheetsArgs, scorer: &Scorer<'_>, notes: &mut Notes) -> Result<Rows<Stream>, Error> {
    let (name, bank) = (sheets.name(), scorer.bank());
    if is_typed(sheets.path()) {
        notes.note("reading sheets from the terminal; name a file, or end them with Ctrl-D");
    }
    let opened = Rows::open(open_input(sheets.path())?, bank, &sheets.import_options());
    let rows = opened.map_err(|error| match error {
        Unreadable::Failed(source) => Error::read(&name)(source),
        Unreadable::Wrong(wrong) => Error::Sheets { name: name.clone(), wrong },
    })?;
    if let Some(warning) = little_evidence(&rows, scorer) {
        notes.line(&format!("warning: {name}: {warning}"));
    }
    notes.notes(rows.notes.iter().map(|note| format!("{name}: {note}")));
    Ok(rows)
}

/// Returns a warning where the columns of a table have too little of the evidence for any verdict, `None` otherwise.
fn little_evidence<R: io::Read>(rows: &Rows<R>, scorer: &Scorer<'_>) -> Option<String> {
    let questions = rows.questions()?;
    let mut sheet = Sheet::new(scorer.bank());
    let answered = scorer.bank().questions().iter().filter(|question| questions.contains(&question.index));
    for question in answered {
        if let Some(answer) = question.outcomes().into_iter().next() {
            sheet.put(Response { question, answer });
        }
    }
    sheet.skip_open();
    let recommendation = scorer.recommend(&sheet);
    (recommendation.verdict == Verdict::Insufficient).then(|| {
        let percent = 100.0 * recommendation.coverage;
        format!(
            "the columns have only {percent:.0} % of the evidence, so every verdict will be `insufficient`; \
             `--column QUESTION=COLUMN` names columns that are not understood"
        )
    })
}

/// Returns which fields of lines of JSON were left alone, `None` if all were read.
pub(super) fn ignored_note(sheets: &SheetsArgs, bank: &Bank, totals: &Totals) -> Option<String> {
    answers::ignored_note(&totals.ignored, bank).map(|note| format!("{}: {note}", sheets.name()))
}

/// The rows that are no sheets, on their way to a file or to standard error.
pub(super) struct Rejects {
    /// A file in the form of the input, so that the rows can be mended and scored again.
    writer: Option<Writer>,
    form: Form,
    /// Those that are named where there is no file.
    rows: RejectedRows,
    /// The reason why the work ended: a row that shows that a scale of the whole file counts from 0.
    from_zero: Option<String>,
}

impl Rejects {
    pub(super) fn open(sheets: &SheetsArgs) -> Result<Self, Error> {
        let writer = sheets.rejects.as_deref().map(|path| Writer::open(Some(path))).transpose()?;
        Ok(Self { writer, form: Form::Ndjson, rows: RejectedRows { name: sheets.name(), count: 0 }, from_zero: None })
    }

    pub(super) fn begin(&mut self, form: Form) -> Result<(), Error> {
        self.form = form;
        let Some(writer) = self.writer.as_mut().filter(|_| form == Form::Csv) else { return Ok(()) };
        let written = Delivery::of(writer.write_all(b"line,reason,row\n"));
        written.map(drop).map_err(|source| writer.error(source))
    }

    pub(super) fn add(&mut self, rejected: &RejectedRow, notes: &mut Notes) -> io::Result<()> {
        let RejectedRow { line, error, row } = rejected;
        if error.zero_question().is_some() {
            self.from_zero = Some(format!("line {line}: {error}"));
            return Err(io::ErrorKind::InvalidData.into());
        }
        let reason = error.to_string();
        let Some(writer) = &mut self.writer else {
            self.rows.add(*line, &format!(": {}", clean(&reason)), || error.diagnostics(), notes);
            return Ok(());
        };
        let row = match self.form {
            Form::Csv => {
                let [reason, row] = [&reason, row].map(|cell| spreadsheet_text(cell).replace('"', "\"\""));
                format!("{line},\"{reason}\",\"{row}\"\n")
            }
            Form::Ndjson => {
                let code = error.code();
                format!("{}\n", json!({ "line": line, "code": code, "reason": reason, "row": row }))
            }
        };
        // Whoever reads them may have seen enough; the sheets are what the work is for.
        Delivery::of(writer.write_all(row.as_bytes())).map(drop)
    }

    /// Returns why the work has ended early: this file could not be written, else the sheets could not be read.
    pub(super) fn attribute_error(&self, source: io::Error) -> Error {
        match (&self.from_zero, self.writer.as_ref().filter(|writer| writer.failed)) {
            (Some(wrong), _) => Error::Sheets { name: self.rows.name.clone(), wrong: vec![wrong.clone()] },
            (None, Some(writer)) => writer.error(source),
            (None, None) => Error::read(&self.rows.name)(source),
        }
    }

    pub(super) fn finish(self, notes: &mut Notes) -> Result<(), Error> {
        self.rows.finish("; `--rejects FILE` keeps them all", notes);
        self.writer.map_or(Ok(()), Writer::finish)
    }
}

/// Tells on a terminal how far long work is.
pub(super) struct ScoringProgress {
    bar: ProgressBar,
    begun: Instant,
}

/// Work that takes less needs no bar.
const LONG: Duration = Duration::from_secs(1);

impl ScoringProgress {
    /// Makes a bar of the work on a file, a hidden one where nobody looks.
    pub(super) fn new(path: &Path) -> Self {
        if !io::stderr().is_terminal() || is_dumb() || is_accessible() {
            return Self::hidden();
        }
        let length = fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
        let (bar, template) = match length {
            Some(length) => (ProgressBar::new(length), "{msg}  {bytes} of {total_bytes}  {wide_bar}  {eta} left"),
            None => (ProgressBar::no_length(), "{msg}  {bytes}  {elapsed}"),
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, begun: Instant::now() }
    }

    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), begun: Instant::now() }
    }

    /// Tells what is done so far; never fails.
    #[expect(clippy::unnecessary_wraps, reason = "whoever works asks for it after each block")]
    pub(super) fn tell(&self, totals: &Totals) -> io::Result<()> {
        let elapsed = self.begun.elapsed();
        if elapsed > LONG && !self.bar.is_hidden() {
            let rate = u128::from(totals.scored) * 1_000 / elapsed.as_millis().max(1);
            let rate = HumanCount(u64::try_from(rate).unwrap_or(u64::MAX));
            self.bar.set_message(format!("{} sheets, {rate} a second", HumanCount(totals.scored)));
            self.bar.set_position(totals.bytes);
        }
        Ok(())
    }

    /// Takes the bar away.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
