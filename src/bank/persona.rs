//! Personas: sheets with their expected results, which `bank check` runs.

use serde::{Deserialize, Serialize};

use crate::bank::answer::Answer;
use crate::bank::named::named;
use crate::bank::problem::Place;

named! {
    /// The strength of a recommendation.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Verdict {
        /// Random answers seldom lead by as much.
        Clear = "clear",
        /// Random answers lead by as much now and then.
        Lean = "lean",
        /// Random answers often lead by as much: too close to call.
        Close = "close",
        /// The activities of every role are disliked.
        Neither = "neither",
        /// Too little has been answered to say.
        Insufficient = "insufficient",
    }
}

/// An invented person whose result the author knows beforehand.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "`source.rs` describes each key of a bank file, and a field is what its key says")]
pub struct Persona {
    pub id: String,
    pub about: Option<String>,
    pub place: Place,
    /// Question positions with answers; what is not named is skipped.
    pub answers: Vec<(usize, Answer)>,
    /// True if the answers are given to a quick quiz.
    pub quick: bool,
    pub expect: Expectation,
}

/// The result that must come out for a persona; `None` leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// Position of the role that must be named; none with `neither`.
    pub role: Option<usize>,
    /// The verdict.
    pub verdict: Option<Verdict>,
}
