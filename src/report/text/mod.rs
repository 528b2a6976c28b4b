//! The report for a terminal, fitted to its width.

mod plan;

use super::page::{Page, Style, width};
use super::rounding::nearest;
use super::{Report, bar, evidence, words};

pub(super) use plan::plan;

/// A whole report.
pub(super) fn report(report: &Report<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let recommendation = &report.recommendation;
    page.heading(&words::verdict(&report.score, recommendation));
    page.gap();
    fits(report, &mut page);
    page.gap();
    for sentence in words::meaning(&report.score, recommendation) {
        page.paragraph(&sentence);
    }
    evidence(report, &mut page);
    flips(report, &mut page);
    common(report, &mut page);
    if let Some(plan) = &report.plan {
        page.gap();
        plan::write(plan, &mut page);
        page.gap();
        page.paragraph(&format!("In short: {}", words::verdict(&report.score, recommendation)));
    }
    page.finish()
}

/// One bar a role; where the page is too narrow for a name beside a bar, the name gets its own line.
fn fits(report: &Report<'_>, page: &mut Page) {
    let longest = report.score.fits.iter().map(|fit| width(&fit.role.name)).max().unwrap_or(0);
    let columns = page.style.width;
    let beside = longest + 30 <= columns;
    let room = if beside { columns - longest - 8 } else { columns.saturating_sub(6) };
    // An odd number of columns has a middle one, where 50 is; half a screen of bar is easier to compare than a whole one.
    let room = room.min(51) | 1;
    for fit in &report.score.fits {
        let bar = bar::fit(fit.fit, room.saturating_sub(2), page.style);
        let number = nearest(fit.fit);
        let pad = " ".repeat(longest - width(&fit.role.name));
        if beside {
            page.line(&format!("{}{pad}  {number:>3}  {bar}", fit.role.name));
        } else {
            page.paragraph(&fit.role.name);
            page.line(&format!("{number:>3}  {bar}"));
        }
    }
}

/// What moved the lead most, in whole points that add up to the whole lead.
fn evidence(report: &Report<'_>, page: &mut Page) {
    let lines = evidence::lines(&report.score);
    let ([first, second, ..], false) = (report.score.fits.as_slice(), lines.is_empty()) else { return };
    page.gap();
    page.heading(&format!("What moved it most (+ to {}, - to {})", first.role.name, second.role.name));
    for (points, text) in lines {
        page.hanging(&format!("{points:>+5}  "), "       ", &text);
    }
}

fn flips(report: &Report<'_>, page: &mut Page) {
    let Some(sentence) = words::flips(&report.recommendation) else { return };
    page.gap();
    page.paragraph(&sentence);
    for change in report.recommendation.flip.iter().flat_map(|flip| &flip.changes) {
        let arrow = if page.style.unicode { "→" } else { "->" };
        let words = |answer| change.question.words(answer);
        page.hanging(
            "  - ",
            "    ",
            &format!("{} {} {arrow} {}", change.question.text, words(change.from), words(change.to)),
        );
    }
}

/// What can be begun without deciding, where nothing is decided.
fn common(report: &Report<'_>, page: &mut Page) {
    let common = report.common();
    if report.recommendation.shortlist.len() < 2 || common.is_empty() {
        return;
    }
    page.gap();
    let names = words::listed(&report.recommendation.shortlist);
    page.paragraph(&format!("You can start without deciding; the plans for {names} share:"));
    for topic in common {
        page.hanging("  - ", "    ", &format!("{} ({})", topic.title, words::hours(topic.hours)));
    }
    if report.plan.is_none() {
        page.paragraph("To see a whole plan, run `pathquiz plan` with one of the roles.");
    }
}
