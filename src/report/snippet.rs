//! Snippets of files as a compiler shows them.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer};

use crate::bank::Severity;

use super::document::Snippet;
use super::page::Style;

/// Fewest columns that are laid out for.
const MIN_WIDTH: usize = 40;

pub(super) fn text(snippet: &Snippet, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let help = Group::with_title(Level::HELP.secondary_title(&*snippet.advice));
    renderer.term_width(style.width.max(MIN_WIDTH)).render(&[group(snippet), help])
}

fn group(snippet: &Snippet) -> Group<'_> {
    let level = match snippet.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let Snippet { file, position: [number, column], .. } = snippet;
    let title = level.primary_title(&*snippet.message);
    let Some(line) = &snippet.line else {
        return title.element(Origin::path(file).line(*number).char_column(*column));
    };
    let annotation = AnnotationKind::Primary.span(line.span.clone());
    let source = annotate_snippets::Snippet::source(&*line.text).line_start(*number);
    title.element(source.path(&**file).annotation(annotation))
}
