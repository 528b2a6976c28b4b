//! Bars as inline SVG, in units of the numbers beside them: a fit of 67 is a bar 67 wide of 100. Each has its number in an
//! accessible name.

use maud::{Markup, html};

use crate::report::document::Span;
use crate::report::page::Side;
use crate::report::words;

/// A fit, with a line where 50 is.
pub(super) fn fit(name: &str, points: i64, side: Side) -> Markup {
    let name = format!("{name}: fit {points} of 100; {}", words::MIDDLE);
    html! {
        svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(name) {
            rect .track width="100" height="10" {}
            rect class=(class(side)) width=(points) height="10" {}
            line .middle x1="50" x2="50" y1="-2" y2="12" vector-effect="non-scaling-stroke" {}
        }
    }
}

/// What one answer moved: to the right toward the first role, to the left toward the second.
pub(super) fn diverging(points: i64, most: u64, name: &str) -> Markup {
    let side = if points < 0 { Side::Second } else { Side::First };
    html! {
        svg viewBox={ "-" (most) " 0 " (2 * most) " 10" } preserveAspectRatio="none" role="img" aria-label=(name) {
            rect .track x={ "-" (most) } width=(2 * most) height="10" {}
            rect class=(class(side)) x=(points.min(0)) width=(points.unsigned_abs()) height="10" {}
            line .middle x1="0" x2="0" y1="-2" y2="12" vector-effect="non-scaling-stroke" {}
        }
    }
}

/// Some of the days up to the last one.
pub(super) fn span(Span { label, days: (first, last), value }: &Span, end: u32) -> Markup {
    html! {
        svg viewBox={ "0 0 " (end) " 10" } preserveAspectRatio="none" role="img" aria-label={ (label) ": " (value) } {
            rect .track width=(end) height="10" {}
            rect .first x=(first - 1) width=(last - first + 1) height="10" {}
        }
    }
}

/// Some of the most people there are.
pub(super) fn people(name: &str, people: u64, most: u64, side: Side) -> Markup {
    html! {
        svg viewBox={ "0 0 " (most) " 10" } preserveAspectRatio="none" role="img" aria-label={ (name) ": " (people) } {
            rect .track width=(most) height="10" {}
            rect class=(class(side)) width=(people) height="10" {}
        }
    }
}

fn class(side: Side) -> &'static str {
    match side {
        Side::First => "first",
        Side::Second => "second",
        Side::Other => "other",
    }
}
