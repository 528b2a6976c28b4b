//! Bars of text.

use super::page::Style;
use super::rounding::integer;

/// A bar for a fit from 0 to 100, with the middle marked where 50 is. The number always stands beside it, so the bar
/// may be rough.
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
