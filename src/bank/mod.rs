//! The question bank: TOML as written on one side, a [`Bank`] that holds on the other, and one road between them.
//!
//! A bank that has been parsed needs no further check: every id it mentions exists, every number is within its limits,
//! and every role can be scored. Everything that is wrong with a file is reported at once, in file order.

mod accept;
mod answer;
mod cell;
mod data;
mod date;
mod diagnostic;
mod diff;
mod divisor;
mod field;
mod former;
mod kinds;
mod limits;
mod named;
mod nearest;
mod persona;
mod problem;
mod problem_kind;
mod question;
mod record;
mod role;
mod schema;
mod sheet;
mod source;
mod text;
mod twin;
mod validate;
mod wrong_answer;

pub use answer::{Allowed, Answer, SKIP, Value};
pub use date::When;
pub use diagnostic::Diagnostic;
pub use diff::{Change, Group, Sort, What};
pub(crate) use divisor::{gcd, lcm};
pub use former::{Ending, Former, Person};
pub use limits::LARGEST_FILE;
pub(crate) use limits::{MOST_ROLES, PACE, YEARS};
pub(crate) use named::named;
pub use nearest::UnknownWord;
pub use persona::{Expectation, Persona, Verdict};
pub use problem::{InvalidBank, Place, Problem, Severity};
pub use question::{Choice, Hint, Kind, MOST_OUTCOMES, Purpose, Question};
pub use record::{PERSON, RESULT_KEYS, Record, SCHEMA_KEY};
pub use role::{Certification, Cost, Dataset, Hours, Medium, Outlook, Project, Resource, Role, Topic};
pub use schema::schema;
pub use sheet::{Response, Sheet};
pub(crate) use text::Count;
pub use text::{clean, quoted};
pub use twin::Twin;
pub use wrong_answer::WrongAnswer;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toml::de::DeTable;

use problem::Problems;
pub(crate) use problem_kind::ProblemKind;

/// The bank that is built into the program.
pub const SHIPPED: &str = include_str!("../../questions.toml");

/// A small bank with comments, for authors to begin with.
pub const STARTER: &str = include_str!("starter.toml");

/// A question bank that keeps every rule of its format.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bank {
    /// Identifies the bank in results and calendars.
    pub id: String,
    /// The author's version of it.
    pub version: String,
    /// What the quiz is called.
    pub title: String,
    /// What a person reads before the first question.
    pub intro: Option<String>,
    /// Language of its texts, as in HTML.
    pub language: String,
    /// Labels of the scale, from least to most liking.
    pub scale: Vec<String>,
    /// Where the verdicts begin.
    pub thresholds: Thresholds,
    /// What can be recommended; two or more.
    pub roles: Vec<Role>,
    /// What is asked, in order.
    pub questions: Vec<Question>,
    /// Sheets with their expected results.
    pub personas: Vec<Persona>,
    /// What looks like a mistake and yet breaks no rule; the shipped bank has none.
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
    /// Reads a bank from the bytes of its file.
    ///
    /// # Errors
    ///
    /// When any rule of the format is broken: all problems, each with its place.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidBank> {
        let text = readable(bytes, ProblemKind::FileTooLarge).map_err(|problems| InvalidBank { problems })?;
        let (document, errors) = DeTable::parse_recoverable(text);
        let mut syntax = Problems::new(if errors.is_empty() { "" } else { text });
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            syntax.error(&span, ProblemKind::BankSyntax(clean(error.message())));
        }
        let syntax = syntax.finish();
        let mut problems = Problems::new(text);
        let bank = source::read(document, &mut problems).map(|(file, span)| validate::bank(file, &span, &mut problems));
        let problems = merge(syntax, problems.finish());
        match bank {
            Some(bank) if problems.iter().all(|problem| problem.severity == Severity::Warning) => {
                Ok(Self { warnings: problems, fingerprint: fingerprint(bytes), ..bank })
            }
            _ => Err(InvalidBank { problems }),
        }
    }

    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The role with this id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}

/// SHA-256 in hexadecimal, behind the name of the method.
fn fingerprint(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Returns the bytes as text if they are few enough and UTF-8. `too_large` says what is wrong where they are too many.
fn readable(bytes: &[u8], too_large: ProblemKind) -> Result<&str, Vec<Problem>> {
    if bytes.len() > LARGEST_FILE {
        return Err(Problems::only("", &(0..0), too_large));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let valid =
            bytes.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default();
        Problems::only(valid, &(valid.len()..valid.len()), ProblemKind::NotUtf8)
    })
}

/// Syntax errors and the rest in file order. What a line with a syntax error says beside it is an echo and left out.
fn merge(syntax: Vec<Problem>, rest: Vec<Problem>) -> Vec<Problem> {
    let broken: BTreeSet<usize> = syntax.iter().map(|problem| problem.place.line).collect();
    let mut all = syntax;
    all.extend(rest.into_iter().filter(|problem| !broken.contains(&problem.place.line)));
    all.sort_by_key(|problem| problem.place.span.start);
    all
}
