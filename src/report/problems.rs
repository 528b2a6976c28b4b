//! Problems of a bank, shown as a compiler shows them or as JSON.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::bank::{Problem, Severity, clean};

use super::json::{SCHEMA_VERSION, Tool, pretty};
use super::page::Style;

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    errors: usize,
    warnings: usize,
    problems: Vec<Entry<'r>>,
}

#[derive(Serialize)]
struct Entry<'r> {
    severity: &'static str,
    line: usize,
    column: usize,
    message: &'r str,
    advice: &'r str,
}

impl<'r> Entry<'r> {
    fn new(problem: &'r Problem) -> Self {
        let Problem { severity, place, what, advice } = problem;
        Self { severity: severity.name(), line: place.line, column: place.column, message: what, advice }
    }
}

/// How many errors and warnings there are.
fn counts(problems: &[Problem]) -> (usize, usize) {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    (errors, problems.len() - errors)
}

/// The problems as JSON.
#[must_use]
pub fn problems_json(problems: &[Problem]) -> String {
    let (errors, warnings) = counts(problems);
    let problems = problems.iter().map(Entry::new).collect();
    pretty(&Document { schema_version: SCHEMA_VERSION, tool: Tool::SELF, errors, warnings, problems })
}

/// The problems of a file for a terminal, each with its line; then how many there are.
#[must_use]
pub fn problems_text(name: &str, text: &str, problems: &[Problem], style: Style) -> String {
    let name = clean(name);
    // What a terminal would obey is blanked, character by character, so that carets still stand where they belong.
    let shown = blanked(text);
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width.max(40));
    let mut out = String::new();
    for problem in problems {
        out.push_str(&renderer.render(&[group(problem, &name, &shown), help(problem)]));
        out.push_str("\n\n");
    }
    let (errors, warnings) = counts(problems);
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    out + &format!("{name}: {}, {}\n", plural(errors, "error"), plural(warnings, "warning"))
}

fn group<'r>(problem: &'r Problem, name: &'r str, text: &'r str) -> Group<'r> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let start = problem.place.span.start.min(text.len());
    let line_end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| start + end);
    let span = start..problem.place.span.end.clamp(start, line_end);
    let snippet = Snippet::source(text).path(name).annotation(AnnotationKind::Primary.span(span));
    level.primary_title(problem.what.as_str()).element(snippet)
}

fn help(problem: &Problem) -> Group<'_> {
    Group::with_title(Level::HELP.secondary_title(problem.advice.as_str()))
}

/// The text with every dangerous character replaced by as many spaces as it has bytes.
fn blanked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer);
        if character == '\n' || character == '\t' || clean(encoded) == *encoded {
            shown.push(character);
        } else {
            shown.extend(std::iter::repeat_n(' ', encoded.len()));
        }
    }
    shown
}
