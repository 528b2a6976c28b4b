//! Problems of a file, each with its line.

use crate::answers::SCHEMA_VERSION;
use crate::bank::{Count, Diagnostic, Problem, Severity, clean};

use super::document::{Block, Snippet, SourceLine, paragraph};
use super::json::{ProblemEntry, Tool, object, pretty};
use super::page::Style;
use super::text;

/// Most problems that are shown for a terminal; JSON has them all.
const MAX_SHOWN: usize = 50;

/// Longest line that is shown, in bytes; of a longer one only the place is told.
const MAX_LINE: usize = 2_000;

/// Longest line in JSON, in bytes: it stands there once for each of its problems.
const MAX_TEXT: usize = 400;

/// The problems of a file.
#[derive(Clone, Copy, Debug)]
pub struct ProblemReport<'r> {
    /// The name of the file.
    pub name: &'r str,
    /// Its text.
    pub text: &'r str,
    /// Everything wrong with it.
    pub problems: &'r [Problem],
}

impl ProblemReport<'_> {
    /// Returns the problems for a terminal, each with its line, and then how many there are.
    pub fn text(&self, style: Style) -> String {
        text::render(&self.blocks(), style)
    }

    /// Returns the problems as parts of a document.
    pub(super) fn blocks(&self) -> Vec<Block<'static>> {
        let name = clean(self.name);
        let (errors, warnings) = self.counts();
        let (errors, warnings) = (Count(errors, "error", "errors"), Count(warnings, "warning", "warnings"));
        let hidden = match self.problems.len().saturating_sub(MAX_SHOWN) {
            0 => String::new(),
            hidden => format!(", {hidden} of them not shown"),
        };
        let count = paragraph(format!("{name}: {errors}, {warnings}{hidden}"));
        let snippets = self.problems.iter().take(MAX_SHOWN).map(|problem| Snippet {
            severity: problem.severity,
            message: problem.what(),
            advice: problem.kind.advice(),
            file: name.clone(),
            position: [problem.place.line, problem.place.column],
            line: line(problem, self.text),
        });
        vec![Block::Snippets(snippets.collect()), count]
    }

    /// Returns the problems as JSON.
    pub fn json(&self) -> String {
        let (errors, warnings) = self.counts();
        pretty(&object! {
            schema_version: SCHEMA_VERSION,
            tool: Tool::SELF,
            file: self.name,
            errors: errors,
            warnings: warnings,
            problems: self.entries(),
        })
    }

    /// Returns how many errors and warnings there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        let count = |severity| self.problems.iter().filter(|problem| problem.severity == severity).count();
        (count(Severity::Error), count(Severity::Warning))
    }

    /// Returns the problems with their lines.
    pub(super) fn entries(&self) -> Vec<ProblemEntry> {
        let entries = self.problems.iter().map(|problem| ProblemEntry {
            severity: problem.severity.name(),
            code: problem.kind.code(),
            line: problem.place.line,
            column: problem.place.column,
            text: line(problem, self.text).map(|line| line.text).filter(|text| text.len() <= MAX_TEXT),
            message: problem.what(),
            advice: problem.kind.advice(),
        });
        entries.collect()
    }
}

/// Returns the document that every command leaves on standard error where it fails and JSON is asked for.
pub fn error_json(code: &str, message: &str, problems: &[Diagnostic]) -> String {
    pretty(&object! { error: object! { code: code, message: message, problems: problems } })
}

/// Returns the line of a problem, `None` if it is too long to be shown. Every dangerous character is replaced by as
/// many spaces as it has bytes, so that what a terminal would obey is gone and carets still stand where they belong.
fn line(problem: &Problem, text: &str) -> Option<SourceLine> {
    let span = &problem.place.span;
    let (before, after) = text.split_at_checked(span.start).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| before.len() + end);
    if end - start > MAX_LINE {
        return None;
    }
    let mut shown = String::new();
    for character in text.get(start..end).unwrap_or_default().chars() {
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer);
        if character == '\t' || clean(encoded) == *encoded {
            shown.push(character);
        } else {
            shown.extend(std::iter::repeat_n(' ', encoded.len()));
        }
    }
    let first = before.len() - start;
    let last = (span.end.clamp(before.len(), end)..=end).find(|&at| text.is_char_boundary(at)).unwrap_or(end) - start;
    Some(SourceLine { span: first..last, text: shown })
}
