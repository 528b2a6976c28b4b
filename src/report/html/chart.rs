//! Charts: bars as inline SVG, in units of the numbers beside them: a fit of 67 is a bar 67 wide of 100. Each has its
//! number in an accessible name.

use maud::{Markup, html};

use crate::report::document::{RoleRank, WeekBar};
use crate::report::phrases::MIDDLE;

/// Returns a fit, with a line where 50 is.
pub(super) fn fit(name: &str, points: i64, rank: RoleRank) -> Markup {
    let name = format!("{name}: fit {points} of 100; {MIDDLE}");
    html! {
        svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(name) {
            rect .track width="100" height="10" {}
            rect class=(class(rank)) width=(points) height="10" {}
            line .middle x1="50" x2="50" y1="-2" y2="12" vector-effect="non-scaling-stroke" {}
        }
    }
}

/// Returns what one answer moved: to the right toward the first role, to the left toward the second.
pub(super) fn diverging(points: i64, most: u64, name: &str) -> Markup {
    let rank = if points < 0 { RoleRank::Second } else { RoleRank::First };
    html! {
        svg viewBox={ "-" (most) " 0 " (2 * most) " 10" } preserveAspectRatio="none" role="img" aria-label=(name) {
            rect .track x={ "-" (most) } width=(2 * most) height="10" {}
            rect class=(class(rank)) x=(points.min(0)) width=(points.unsigned_abs()) height="10" {}
            line .middle x1="0" x2="0" y1="-2" y2="12" vector-effect="non-scaling-stroke" {}
        }
    }
}

/// Returns some of the days up to the last one.
pub(super) fn weeks(WeekBar { label, days: (first, last), value }: &WeekBar, end: u32) -> Markup {
    html! {
        svg viewBox={ "0 0 " (end) " 10" } preserveAspectRatio="none" role="img" aria-label={ (label) ": " (value) } {
            rect .track width=(end) height="10" {}
            rect .first x=(first - 1) width=(last - first + 1) height="10" {}
        }
    }
}

pub(super) fn people(name: &str, people: u64, most: u64, rank: RoleRank) -> Markup {
    html! {
        svg viewBox={ "0 0 " (most) " 10" } preserveAspectRatio="none" role="img" aria-label={ (name) ": " (people) } {
            rect .track width=(most) height="10" {}
            rect class=(class(rank)) width=(people) height="10" {}
        }
    }
}

fn class(rank: RoleRank) -> &'static str {
    match rank {
        RoleRank::First => "first",
        RoleRank::Second => "second",
        RoleRank::Other => "other",
    }
}
