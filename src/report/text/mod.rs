//! The report for a terminal, fitted to its width.

mod comparison;
mod evidence;
mod plan;

use super::page::{Page, Side, Style, width};
use super::rounding::nearest;
use super::{Report, bar, words};

pub(super) use comparison::comparison;
pub(super) use plan::plan;

/// Narrowest page with bars; below there are only numbers.
const BARS: usize = 20;

/// Narrowest page on which names stand beside their bars.
const NAMES: usize = 44;

/// A whole report.
pub(super) fn report(report: &Report<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let (score, recommendation) = (&report.score, &report.recommendation);
    page.heading(&words::verdict(score, recommendation));
    page.gap();
    fits(report, &mut page);
    if let Some(chance) = words::chance(score, recommendation) {
        page.gap();
        page.paragraph(&chance);
    }
    evidence::write(score, &mut page);
    flips(report, &mut page);
    page.gap();
    page.heading(words::BASIS);
    words::basis(score, recommendation).for_each(|sentence| page.paragraph(&sentence));
    common(report, &mut page);
    page.gap();
    match &report.plan {
        Some(plan) => plan::write(plan, &mut page),
        None => page.paragraph(words::NO_PLAN),
    }
    page.gap();
    // The verdict once more, because the top of a long report has left the screen by now.
    page.paragraph(&format!("In short: {}", words::verdict(score, recommendation)));
    page.finish()
}

/// One bar a role; where the page is too narrow for a name beside a bar, the name gets its own line.
fn fits(report: &Report<'_>, page: &mut Page) {
    let longest = report.score.fits.iter().map(|fit| width(&fit.role.name)).max().unwrap_or(0);
    let columns = page.style.width;
    let beside = longest + 30 <= columns && columns >= NAMES;
    let room = if beside { columns - longest - 8 } else { columns.saturating_sub(6) };
    // An odd number of columns has a middle one, where 50 is; half a screen of bar is easier to compare than a whole one.
    let room = room.min(51) | 1;
    for (fit, side) in report.score.fits.iter().zip(Side::ranks()) {
        let bar = page.tinted(&bar::fit(fit.fit, room.saturating_sub(2), page.style), side);
        let number = nearest(fit.fit);
        let pad = " ".repeat(longest - width(&fit.role.name));
        if beside {
            page.line(&format!("{}{pad}  {number:>3}  {bar}", fit.role.name));
        } else {
            page.paragraph(&fit.role.name);
            page.line(if columns < BARS { format!("{number:>3}") } else { format!("{number:>3}  {bar}") }.as_str());
        }
    }
}

fn flips(report: &Report<'_>, page: &mut Page) {
    let Some(sentence) = words::flips(&report.recommendation) else { return };
    page.gap();
    page.heading(words::FLIPS);
    page.paragraph(&sentence);
    let arrow = if page.style.unicode { "→" } else { "->" };
    for change in report.recommendation.changes() {
        page.hanging("  - ", "    ", &change.question.text);
        page.hanging("    ", "    ", &words::change(change, arrow));
    }
}

/// What can be begun without deciding, where nothing is decided.
fn common(report: &Report<'_>, page: &mut Page) {
    let common = report.common();
    if common.is_empty() {
        return;
    }
    page.gap();
    page.heading(words::SHARED);
    page.paragraph(&words::undecided(&report.recommendation));
    for topic in common {
        page.hanging("  - ", "    ", &topic);
    }
}
