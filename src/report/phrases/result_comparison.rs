//! Sentences about two results of one person.

use crate::bank::Count;
use crate::scoring::LeadChange;

/// Returns how the lead moved, in fit points.
pub(crate) fn lead_change(change: &LeadChange<'_>, [first, second]: [&str; 2]) -> String {
    let ahead = |lead: f64| match lead {
        lead if lead > 0.0 => format!("{lead:.1} points ahead of {second}"),
        lead if lead < 0.0 => format!("{:.1} points behind {second}", -lead),
        _ => format!("level with {second}"),
    };
    if (change.to - change.from).abs() < 0.05 {
        return format!("{first} is as far from {second} as before.");
    }
    format!("{first} was {}; now it is {}.", ahead(change.from), ahead(change.to))
}

/// Returns what answers that stayed the same did, because other questions were skipped.
pub(crate) fn rescaled(count: usize, sum: f64) -> String {
    let answers = Count(count, "answer that stayed", "answers that stayed");
    format!("{answers} the same count a little differently, because other questions were skipped ({sum:+.1})")
}
