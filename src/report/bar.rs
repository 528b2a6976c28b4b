//! Bars of text. A number always stands beside them, so they may be rough.

use super::page::Style;
use super::rounding::integer;

/// A bar for a fit from 0 to 100, with the middle marked where 50 is.
pub(super) fn fit(fit: f64, columns: usize, style: Style) -> String {
    let (full, empty, middle) = if style.unicode { ('█', '░', '┃') } else { ('#', '.', '|') };
    let size = u32::try_from(columns).map_or(0.0, f64::from);
    let filled = integer((fit / 100.0 * size).round());
    let bar = (0..columns).map(|column| match i64::try_from(column) {
        _ if column == columns / 2 => middle,
        Ok(column) if column < filled => full,
        _ => empty,
    });
    bar.collect()
}

/// The two sides of a diverging bar, `half` columns each, and the line between them: points above zero grow to the
/// right, points below to the left, where `most` fills a side. Steps are half columns, and what is not zero shows.
pub(super) fn diverging(points: i64, most: u64, half: usize, style: Style) -> (String, char, String) {
    let size = u64::try_from(half).unwrap_or(0);
    let steps = if style.unicode { 2 * size } else { size };
    let exact = points.unsigned_abs().saturating_mul(steps);
    let rounded = exact.saturating_add(most / 2).checked_div(most).unwrap_or(0).min(steps);
    let filled = usize::try_from(rounded).unwrap_or(half).max(usize::from(points != 0));
    let (whole, odd) = if style.unicode { (filled / 2, filled % 2 == 1) } else { (filled, false) };
    let (full, line) = if style.unicode { ("█", '│') } else { ("#", '|') };
    let empty = " ".repeat(half);
    if points < 0 {
        let bar = format!("{}{}", if odd { "▐" } else { "" }, full.repeat(whole));
        (format!("{bar:>half$}"), line, empty)
    } else {
        let bar = format!("{}{}", full.repeat(whole), if odd { "▌" } else { "" });
        (empty, line, format!("{bar:<half$}"))
    }
}

/// Some of the most there is: half a column at least where there is any, nothing where there is none, so that a few never
/// look like nobody.
pub(super) fn part(some: u64, most: u64, columns: usize, style: Style) -> String {
    let (_, _, right) = diverging(i64::try_from(some).unwrap_or(i64::MAX), most, columns, style);
    right
}

/// Where a part of a whole lies, such as weeks of a plan: from 0 to 1 each, one column at least.
pub(super) fn stretch(from: f64, to: f64, columns: usize, style: Style) -> String {
    let (full, empty) = if style.unicode { ('█', '·') } else { ('#', '.') };
    let size = u32::try_from(columns).map_or(0.0, f64::from);
    let first = integer((from * size).floor()).clamp(0, integer(size - 1.0).max(0));
    let last = integer((to * size).round()).max(first + 1);
    let inside = |column: usize| i64::try_from(column).is_ok_and(|column| (first..last).contains(&column));
    (0..columns).map(|column| if inside(column) { full } else { empty }).collect()
}
