//! A bank that keeps every rule of its format.

use serde::{Deserialize, Serialize};

use crate::bank::persona::Persona;
use crate::bank::problem::Problem;
use crate::bank::question::Question;
use crate::bank::role::Role;

/// A question bank that keeps every rule of its format.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bank {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) intro: Option<String>,
    pub(crate) language: String,
    pub(crate) scale: Vec<String>,
    pub(crate) thresholds: Thresholds,
    pub(crate) elsewhere: Vec<String>,
    pub(crate) roles: Vec<Role>,
    pub(crate) questions: Vec<Question>,
    pub(crate) personas: Vec<Persona>,
    /// Parts that break no rule and yet look like a mistake; the shipped bank has none.
    #[serde(skip)]
    pub(crate) warnings: Vec<Problem>,
    /// SHA-256 of the file's bytes, in hexadecimal behind `sha256:`.
    pub(crate) fingerprint: String,
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
    /// Returns the name of the quiz.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the language of its texts, as in HTML.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Returns the labels of the scale, from least to most liking.
    pub fn scale(&self) -> &[String] {
        &self.scale
    }

    /// Returns the chance probabilities at which verdicts begin.
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// Returns other jobs to look at where no role stands out.
    pub fn elsewhere(&self) -> &[String] {
        &self.elsewhere
    }

    /// Returns the roles that can be recommended.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Returns the questions in the order in which they are asked.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Returns the sheets with their expected results.
    pub fn personas(&self) -> &[Persona] {
        &self.personas
    }

    /// Returns the parts that break no rule and yet look like a mistake.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Returns the question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Returns the role with this id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}
