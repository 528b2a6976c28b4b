//! From the bytes of a bank file to a bank, or to everything that is wrong with it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

use crate::bank::limits::LARGEST_FILE;
use crate::bank::problem::{InvalidBank, Problem, Problems, Severity};
use crate::bank::problem_kind::ProblemKind;
use crate::bank::question_bank::Bank;
use crate::bank::text::clean;
use crate::bank::{source, validate};

/// The bank that is built into the program.
pub const SHIPPED: &str = include_str!("../../questions.toml");

/// A small bank with comments, for authors to begin with.
pub const STARTER: &str = include_str!("starter.toml");

impl Bank {
    /// Reads a bank from the bytes of its file.
    ///
    /// # Errors
    ///
    /// When any rule of the format is broken: all problems, each with its place.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidBank> {
        let text = utf8(bytes, ProblemKind::FileTooLarge).map_err(|problems| InvalidBank { problems })?;
        let (document, errors) = DeTable::parse_recoverable(text);
        let mut syntax = Problems::new(if errors.is_empty() { "" } else { text });
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            syntax.error(&span, ProblemKind::BankSyntax(clean(error.message())));
        }
        let mut problems = Problems::new(text);
        let bank =
            source::read(document.into_inner(), &mut problems).map(|file| validate::validate(file, &mut problems));
        let problems = merge(syntax.finish(), problems.finish());
        match bank {
            Some(bank) if problems.iter().all(|problem| problem.severity == Severity::Warning) => {
                Ok(Self { warnings: problems, fingerprint: fingerprint(bytes), ..bank })
            }
            _ => Err(InvalidBank { problems }),
        }
    }
}

/// Returns the SHA-256 in hexadecimal, behind the name of the method.
fn fingerprint(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Returns the bytes as text, or the one problem if they are too many or not UTF-8.
pub(crate) fn utf8(bytes: &[u8], too_large: ProblemKind) -> Result<&str, Vec<Problem>> {
    if bytes.len() > LARGEST_FILE {
        return Err(Problems::only("", &(0..0), too_large));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let end = error.valid_up_to();
        let valid = std::str::from_utf8(&bytes[..end]).unwrap_or_default();
        Problems::only(valid, &(end..end), ProblemKind::NotUtf8)
    })
}

/// Returns all problems in file order, without those in a line with a syntax error, which are an echo of it.
fn merge(syntax: Vec<Problem>, rest: Vec<Problem>) -> Vec<Problem> {
    let broken: BTreeSet<usize> = syntax.iter().map(|problem| problem.place.line).collect();
    let mut all = syntax;
    all.extend(rest.into_iter().filter(|problem| !broken.contains(&problem.place.line)));
    all.sort_by_key(|problem| problem.place.span.start);
    all
}
