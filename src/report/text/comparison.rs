//! Plans side by side: a column each where there is room, else one below the other.

use crate::plan::Comparison;

use super::super::page::{Page, Style, width};
use super::super::words::{self, Aspect, Item};

/// Narrowest column that text can be read in.
const NARROWEST: usize = 30;

/// Columns between two columns of text.
const BETWEEN: usize = 3;

/// Addresses that are too long for a column: each has a number there and stands whole at the end.
#[derive(Default)]
struct Sources<'p>(Vec<&'p str>);

impl<'p> Sources<'p> {
    fn number(&mut self, url: &'p str) -> usize {
        let known = self.0.iter().position(|known| *known == url);
        1 + known.unwrap_or_else(|| {
            self.0.push(url);
            self.0.len() - 1
        })
    }
}

pub(in super::super) fn comparison(comparison: &Comparison<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let names: Vec<&str> = comparison.plans.iter().map(|plan| plan.role.name.as_str()).collect();
    page.heading(&words::comparison_title(comparison));
    let column = (page.style.width + BETWEEN) / names.len().max(1);
    let mut sources = Sources::default();
    let aspects = words::aspects(&comparison.plans);
    for aspect in &aspects {
        page.gap();
        page.heading(aspect.title);
        if column >= NARROWEST + BETWEEN {
            beside(&names, aspect, column - BETWEEN, &mut sources, &mut page);
        } else {
            below(&names, aspect, &mut page);
        }
    }
    if !sources.0.is_empty() {
        page.gap();
        page.heading("Sources");
    }
    for (number, url) in (1..).zip(sources.0) {
        page.line(&format!("[{number}] {url}"));
    }
    page.finish()
}

/// One column a plan.
fn beside<'p>(names: &[&str], aspect: &Aspect<'p>, column: usize, sources: &mut Sources<'p>, page: &mut Page) {
    let sides = names.iter().zip(&aspect.sides);
    let cells: Vec<Vec<String>> = sides.map(|(name, items)| cell(name, items, column, sources)).collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..lines {
        let mut text = String::new();
        for (index, cell) in cells.iter().enumerate() {
            let part = cell.get(line).map_or("", String::as_str);
            let missing = (index * (column + BETWEEN)).saturating_sub(width(&text));
            text.push_str(&" ".repeat(missing));
            text.push_str(part);
        }
        page.line(&text);
    }
}

/// The lines of one column.
fn cell<'p>(name: &str, items: &[Item<'p>], column: usize, sources: &mut Sources<'p>) -> Vec<String> {
    let mut cell = Page::new(Style { width: column, unicode: true, color: false, links: false });
    cell.paragraph(name);
    for item in items {
        let source = item.url.map_or_else(String::new, |url| format!(" [{}]", sources.number(url)));
        cell.hanging("- ", "  ", &format!("{}{source}", item.text()));
    }
    cell.finish().lines().map(str::to_owned).collect()
}

/// One plan after the other.
fn below(names: &[&str], aspect: &Aspect<'_>, page: &mut Page) {
    for (name, items) in names.iter().zip(&aspect.sides) {
        page.paragraph(name);
        for item in items {
            page.linked("  - ", "    ", &item.text(), item.url);
        }
    }
}
