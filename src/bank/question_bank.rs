//! A bank that keeps every rule of its format.

use serde::{Deserialize, Serialize};

use crate::bank::persona::Persona;
use crate::bank::problem::Problem;
use crate::bank::question::Question;
use crate::bank::role::Role;

/// A question bank that keeps every rule of its format.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bank {
    /// Identifies the bank in results and calendars.
    pub id: String,
    /// The author's version of it.
    pub version: String,
    /// Name of the quiz.
    pub title: String,
    /// Text to read before the first question.
    pub intro: Option<String>,
    /// Language of its texts, as in HTML.
    pub language: String,
    /// Labels of the scale, from least to most liking.
    pub scale: Vec<String>,
    /// Chance probabilities at which verdicts begin.
    pub thresholds: Thresholds,
    /// Roles that can be recommended; two or more.
    pub roles: Vec<Role>,
    /// Questions in the order in which they are asked.
    pub questions: Vec<Question>,
    /// Sheets with their expected results.
    pub personas: Vec<Persona>,
    /// Parts that break no rule and yet look like a mistake; the shipped bank has none.
    #[serde(skip)]
    pub warnings: Vec<Problem>,
    /// SHA-256 of the file's bytes, in hexadecimal behind `sha256:`.
    pub fingerprint: String,
}

/// Chance probabilities at which verdicts begin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// A lead that random answers reach more often than this is too close to call.
    pub close: f64,
    /// A lead that random answers reach at most this often is clear.
    pub clear: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { close: 0.20, clear: 0.05 }
    }
}

impl Bank {
    /// Returns the question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Returns the role with this id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}
