//! What moved the result most: diverging bars on one scale, and the sums that the fits are.

use crate::scoring::Score;

use super::super::evidence::{Evidence, Row};
use super::super::page::{Page, Side, width};
use super::super::{bar, words};
use super::{BARS, NAMES};

/// Widest half of a bar, in columns.
const WIDEST: usize = 20;

/// Narrowest half of a bar; below, the words get a line of their own.
const NARROWEST: usize = 6;

pub(super) fn write(score: &Score<'_>, page: &mut Page) {
    let Some(evidence) = Evidence::new(score) else { return };
    page.gap();
    page.heading(words::EVIDENCE);
    let digits = |row: &Row<'_>| row.points.unsigned_abs().to_string().len();
    let most_digits = evidence.rows.iter().map(digits).max().unwrap_or(0);
    let longest = evidence.rows.iter().map(|row| width(&words::toward(row, &evidence))).max().unwrap_or(0);
    let beside = page.style.width.saturating_sub(longest + 6) / 2;
    for row in &evidence.rows {
        if beside >= NARROWEST && page.style.width >= NAMES {
            let bar = bar(row, &evidence, beside.min(WIDEST), page);
            let pad = " ".repeat(most_digits - digits(row));
            page.line(&format!("{bar}  {pad}{}", words::toward(row, &evidence)));
        } else {
            if page.style.width >= BARS {
                let bar = bar(row, &evidence, (page.style.width / 2 - 2).min(WIDEST), page);
                if !bar.trim().is_empty() {
                    page.line(&bar);
                }
            }
            page.paragraph(&words::toward(row, &evidence));
        }
        page.hanging("  ", "  ", &words::origin(row));
    }
    page.gap();
    page.paragraph(&words::lead(&evidence));
    sums(&evidence, page);
}

/// The bar of one row.
fn bar(row: &Row<'_>, evidence: &Evidence<'_>, half: usize, page: &Page) -> String {
    if !row.is_drawn() {
        return " ".repeat(2 * half + 1);
    }
    let (left, line, right) = bar::diverging(row.points, evidence.most(), half, page.style);
    format!("{}{line}{}", page.tinted(&left, Side::Second), page.tinted(&right, Side::First))
}

/// How 50 and what the rows gave a role add up to its fit.
fn sums(evidence: &Evidence<'_>, page: &mut Page) {
    let longest = evidence.sums.iter().map(|sum| width(&sum.role.name)).max().unwrap_or(0);
    for sum in &evidence.sums {
        let written = sum.written();
        if longest + 2 + width(&written) <= page.style.width {
            let pad = " ".repeat(longest - width(&sum.role.name));
            page.line(&format!("{}{pad}  {written}", sum.role.name));
        } else {
            page.paragraph(&sum.role.name);
            page.hanging("  ", "  ", &written);
        }
    }
}
