//! The targets of one result, each with its format.

use crate::cli::args::{CALENDAR, ColorWhen, DocumentFormat, Format, OutputArgs, PlanFormat, ending_format};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::streams::{Delivery, Target, shown};
use crate::report::{Report, Style};

pub(super) struct Outputs<F>(Vec<(F, Target)>);

impl<F: Format> Outputs<F> {
    /// Looks at all targets before any work is done, so that everything wrong with them is known at once.
    pub(super) fn open(output: &OutputArgs<F>, notes: &mut Notes) -> Result<Self, Error> {
        let targets = output.targets().into_iter().map(|(format, path)| {
            let lacks_plan =
                !output.is_given() && path.and_then(ending_format) == Some(CALENDAR) && name(format) != CALENDAR;
            if lacks_plan { Err(Error::NO_CALENDAR) } else { Ok((format, Target::open(path)?)) }
        });
        let outputs = Error::collect(targets).map(Self)?;
        notes.notes(ending_notes(output));
        Ok(outputs)
    }

    /// Returns the files that the result goes to, `None` if any of it is shown or there is no file.
    pub(super) fn unseen(&self) -> Option<String> {
        let is_shown = self.0.iter().any(|(_, target)| matches!(target, Target::Stdout));
        let names: Vec<String> = self.0.iter().map(|(_, target)| shown(target.path())).collect();
        (!is_shown && !names.is_empty()).then(|| names.join(", "))
    }

    /// Writes the result to all of them but those for which there is no text; one that fails does not keep it from the
    /// others. It is delivered if anybody got it.
    pub(super) fn write(
        &self,
        color: ColorWhen,
        render: impl Fn(F, Style) -> Result<Option<String>, Error>,
    ) -> Result<Delivery, Error> {
        let deliveries = self.0.iter().filter_map(|(format, target)| {
            let text = render(*format, target.style(color)).transpose()?;
            Some(text.and_then(|text| target.write(&text)))
        });
        let deliveries = Error::collect(deliveries)?;
        let delivered = deliveries.iter().find(|delivery| **delivery == Delivery::Delivered);
        Ok(delivered.or(deliveries.last()).copied().unwrap_or(Delivery::Closed))
    }
}

impl Outputs<DocumentFormat> {
    pub(super) fn write_report(&self, color: ColorWhen, report: &impl Report) -> Result<Delivery, Error> {
        self.write(color, |format, style| Ok(Some(render(report, format, style))))
    }
}

impl Outputs<PlanFormat> {
    /// Writes a report, and its plan where a calendar is asked for.
    pub(super) fn write_plan(
        &self,
        color: ColorWhen,
        report: &impl Report,
        calendar: impl Fn() -> Result<Option<String>, Error>,
    ) -> Result<Delivery, Error> {
        self.write(color, |format, style| match format {
            PlanFormat::Document(format) => Ok(Some(render(report, format, style))),
            PlanFormat::Calendar => calendar(),
        })
    }

    /// Returns those of a document without a calendar, `None` if one is asked for.
    pub(super) fn documents(self) -> Option<Outputs<DocumentFormat>> {
        let documents = self.0.into_iter().map(|(format, target)| match format {
            PlanFormat::Document(format) => Some((format, target)),
            PlanFormat::Calendar => None,
        });
        documents.collect::<Option<_>>().map(Outputs)
    }

    pub(super) fn has_calendar(&self) -> bool {
        self.0.iter().any(|(format, _)| *format == PlanFormat::Calendar)
    }
}

fn render(report: &impl Report, format: DocumentFormat, style: Style) -> String {
    match format {
        DocumentFormat::Text => report.document().text(style),
        DocumentFormat::Json => report.json(),
        DocumentFormat::Markdown => report.document().markdown(),
        DocumentFormat::Html => report.document().html(),
    }
}

/// Returns the name of a format on the command line.
fn name(format: impl Format) -> String {
    format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

/// Returns what should be known of files whose ending says otherwise than what is written into them.
fn ending_notes<F: Format>(output: &OutputArgs<F>) -> Vec<String> {
    let mut notes = Vec::new();
    for (format, file) in output.targets().into_iter().filter_map(|(format, file)| Some((name(format), file?))) {
        let file_name = shown(file);
        match ending_format(file) {
            Some(named) if named != format => {
                notes.push(format!("{file_name} is written as {format}, whatever its ending says"));
            }
            None if file.extension().is_some() && !output.is_given() => {
                notes.push(format!("{file_name} is written as text, since its ending names no format"));
            }
            _ => {}
        }
    }
    notes
}
