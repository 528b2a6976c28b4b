//! Bars of text. A number always stands beside them, so they may be rough.

use super::page::Style;
use super::rounding::integer;

/// Returns a bar for a fit from 0 to 100, with the middle marked where 50 is.
pub(super) fn fit(fit: f64, columns: usize, style: Style) -> String {
    let (full, empty, middle) = if style.unicode { ('█', '░', '┃') } else { ('#', '.', '|') };
    let filled = integer((fit / 100.0 * size(columns)).round());
    let bar = (0..columns).map(|column| match i64::try_from(column) {
        _ if column == columns / 2 => middle,
        Ok(column) if column < filled => full,
        _ => empty,
    });
    bar.collect()
}

/// Returns the two sides of a diverging bar, `half` columns each, and the line between them: points above zero grow to
/// the right, points below to the left, where `most` fills a side. Steps are half columns, and what is not zero shows.
pub(super) fn diverging(points: i64, most: u64, half: usize, style: Style) -> (String, char, String) {
    let line = if style.unicode { '│' } else { '|' };
    let (filled, is_odd) = filled(points.unsigned_abs(), most, half, style);
    let full = if style.unicode { "█" } else { "#" }.repeat(filled);
    let empty = " ".repeat(half);
    if points < 0 {
        let end = if is_odd { "▐" } else { "" };
        (format!("{:>half$}", format!("{end}{full}")), line, empty)
    } else {
        let end = if is_odd { "▌" } else { "" };
        (empty, line, format!("{:<half$}", format!("{full}{end}")))
    }
}

/// Returns how many of some columns are full, and whether half a column more is.
fn filled(some: u64, most: u64, columns: usize, style: Style) -> (usize, bool) {
    let steps_a_column = if style.unicode { 2 } else { 1 };
    let steps = u64::try_from(columns).unwrap_or(0) * steps_a_column;
    let rounded = some.saturating_mul(steps).saturating_add(most / 2).checked_div(most).unwrap_or(0).min(steps);
    let filled = rounded.max(u64::from(some != 0));
    (usize::try_from(filled / steps_a_column).unwrap_or(columns), filled % steps_a_column == 1)
}

/// Returns a bar of some of the most people there are: half a column at least for anybody, so that a few never look
/// like nobody.
pub(super) fn people(some: u64, most: u64, columns: usize, style: Style) -> String {
    let (_, _, right) = diverging(i64::try_from(some).unwrap_or(i64::MAX), most, columns, style);
    right
}

/// Returns a bar with a part of a whole filled, such as weeks of a plan: from 0 to 1 each, one column at least.
pub(super) fn segment(from: f64, to: f64, columns: usize, style: Style) -> String {
    let (full, empty) = if style.unicode { ('█', '·') } else { ('#', '.') };
    let first = integer((from * size(columns)).floor()).clamp(0, integer(size(columns) - 1.0).max(0));
    let last = integer((to * size(columns)).round()).max(first + 1);
    let columns = (0..columns).map(|column| i64::try_from(column).unwrap_or(i64::MAX));
    columns.map(|column| if (first..last).contains(&column) { full } else { empty }).collect()
}

fn size(columns: usize) -> f64 {
    u32::try_from(columns).map_or(0.0, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { width: 80, unicode: true, color: false, links: false };
    const ASCII: Style = Style { unicode: false, ..STYLE };

    #[test]
    fn a_fit_fills_its_part_and_marks_the_middle() {
        assert_eq!(fit(0.0, 9, STYLE), "░░░░┃░░░░");
        assert_eq!(fit(67.0, 9, STYLE), "████┃█░░░");
        assert_eq!(fit(100.0, 9, ASCII), "####|####");
        assert_eq!(fit(50.0, 0, STYLE), "");
    }

    #[test]
    fn a_diverging_bar_grows_from_the_middle_in_half_columns() {
        let bar = |points, style| {
            let (left, line, right) = diverging(points, 8, 4, style);
            format!("{left}{line}{right}")
        };
        assert_eq!(bar(8, STYLE), "    │████");
        assert_eq!(bar(-3, STYLE), "  ▐█│    ");
        assert_eq!(bar(3, STYLE), "    │█▌  ");
        assert_eq!(bar(0, STYLE), "    │    ");
        assert_eq!(bar(-3, ASCII), "  ##|    ");
    }

    #[test]
    fn whoever_is_there_is_seen() {
        assert_eq!(people(1, 1_000_000, 4, STYLE), "▌   ");
        assert_eq!(people(1, 1_000_000, 4, ASCII), "#   ");
        assert_eq!(people(0, 5, 4, STYLE), "    ");
        assert_eq!(people(5, 5, 4, STYLE), "████");
    }

    #[test]
    fn a_segment_is_one_column_at_least_and_ends_within_the_bar() {
        assert_eq!(segment(0.25, 0.75, 8, STYLE), "··████··");
        assert_eq!(segment(0.5, 0.5, 8, STYLE), "····█···");
        assert_eq!(segment(1.0, 1.0, 8, ASCII), ".......#");
    }
}
