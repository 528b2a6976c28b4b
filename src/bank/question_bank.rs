//! A bank that keeps every rule of its format.
#![allow(missing_docs, reason = "`source.rs` describes each key of a bank file, and a field is what its key says")]

use serde::{Deserialize, Serialize};

use crate::bank::persona::Persona;
use crate::bank::problem::Problem;
use crate::bank::question::Question;
use crate::bank::role::Role;

/// A question bank that keeps every rule of its format.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bank {
    pub id: String,
    pub version: String,
    pub title: String,
    pub intro: Option<String>,
    pub language: String,
    pub scale: Vec<String>,
    pub thresholds: Thresholds,
    pub roles: Vec<Role>,
    pub questions: Vec<Question>,
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
    pub close: f64,
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
