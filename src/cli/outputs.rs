//! The targets of one result, each with its format.

use crate::cli::args::{ColorWhen, Format, OutputArgs};
use crate::cli::error::Error;
use crate::cli::notes::Notes;
use crate::cli::streams::{Delivery, Target, shown};
use crate::report::{Report, Style};

pub(super) struct Outputs(Vec<(Format, Target)>);

impl Outputs {
    /// Looks at all targets before any work is done, so that everything wrong with them is known at once.
    pub(super) fn open(output: &OutputArgs, notes: &mut Notes) -> Result<Self, Error> {
        let targets = output.targets().into_iter().map(|(format, path)| Ok((format, Target::open(path)?)));
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

    pub(super) fn has(&self, format: Format) -> bool {
        self.0.iter().any(|(other, _)| *other == format)
    }

    /// Returns all but those in a format.
    pub(super) fn without(self, format: Format) -> Self {
        Self(self.0.into_iter().filter(|(other, _)| *other != format).collect())
    }

    /// Writes the result to all of them; one that fails does not keep it from the others. It is delivered if anybody
    /// got it.
    pub(super) fn write(
        self,
        color: ColorWhen,
        render: impl Fn(Format, Style) -> Result<String, Error>,
    ) -> Result<Delivery, Error> {
        let deliveries = self.0.iter().map(|(format, target)| target.write(&render(*format, target.style(color))?));
        let deliveries = Error::collect(deliveries)?;
        let delivered = deliveries.into_iter().find(|delivery| *delivery == Delivery::Delivered);
        Ok(delivered.unwrap_or(Delivery::Closed))
    }
}

/// Returns a report in a format, `None` for a calendar, which not every report can be.
pub(super) fn render(report: &impl Report, format: Format, style: Style) -> Option<String> {
    match format {
        Format::Text => Some(report.document().text(style)),
        Format::Json => Some(report.json()),
        Format::Markdown => Some(report.document().markdown()),
        Format::Html => Some(report.document().html()),
        Format::Ics => None,
    }
}

/// Returns what should be known of files whose ending says otherwise than what is written into them.
fn ending_notes(output: &OutputArgs) -> Vec<String> {
    let mut notes = Vec::new();
    for (format, file) in output.targets().into_iter().filter_map(|(format, file)| Some((format, file?))) {
        let name = shown(file);
        match Format::of(file) {
            Some(named) if named != format => {
                notes.push(format!("{name} is written as {}, whatever its ending says", format.name()));
            }
            None if file.extension().is_some() && !output.is_given() => {
                notes.push(format!("{name} is written as text, since its ending names no format"));
            }
            _ => {}
        }
    }
    notes
}
