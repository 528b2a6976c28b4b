//! Cells of the second row of a header, below a question.

use super::fold::{bare, fold};
use super::words::{OPEN_ENDED, RESPONSE};

/// Returns true if the column holds the answer itself.
pub(in crate::answers) fn is_response(cell: &str) -> bool {
    RESPONSE.contains(&bare(&fold(cell)))
}

/// Returns true if the column holds words of people's own.
pub(in crate::answers) fn is_open_ended(cell: &str) -> bool {
    let folded = fold(cell);
    OPEN_ENDED.iter().any(|beginning| folded.starts_with(beginning))
}
