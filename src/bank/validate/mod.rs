//! The one road from the file as written to a bank that holds: every rule of the format is checked here, and every
//! broken one is reported before the road ends.

mod persona;
mod question;
mod role;
mod scorable;

use std::collections::BTreeMap;
use std::ops::Range;

use super::field::{Field, Located};
use super::limits::{LABELS, LONGEST_ID, MOST_ROLES};
use super::nearest::UnknownWord;
use super::problem::Problems;
use super::problem_kind::ProblemKind;
use super::role::Role;
use super::source::{File, List, Thresholds as SourceThresholds};
use super::{Bank, Thresholds};

pub(super) use question::kinds;
use scorable::Places;

/// Labels of the scale where a bank names none.
pub(super) const SCALE: [&str; 5] = ["dislike a lot", "dislike", "neither", "like", "like a lot"];

/// Builds the bank. What is missing or wrong is reported and stands in it as something empty, so that the rest can be
/// checked; whoever calls refuses a bank with an error.
pub(super) fn bank(file: File, span: &Range<usize>, problems: &mut Problems<'_>) -> Bank {
    let File { format, id, version, title, intro, language, scale, verdict, role, question, persona } = file;
    format_number(format, span, problems);
    let id = id.required("id = \"my-bank\"", "the bank", span, problems).filter(|id| is_id(id, problems));
    let version = needed(version, "version = \"1.0.0\"", "the bank", span, problems);
    let title = needed(title, "title = \"...\"", "the bank", span, problems);
    let scale = labels(scale, problems);
    let thresholds = thresholds(verdict, problems);
    let questions_span = question.span().unwrap_or(span).clone();
    let role = at_most(role.items(), MOST_ROLES, "roles", problems);
    let role_spans: Vec<Range<usize>> = role.iter().map(|role| role.span.clone()).collect();
    let roles = role::roles(role, problems);
    let mut declared = Ids::default();
    let questions = question::questions(question.items(), &scale, &roles, &mut declared, problems);
    let mut bank = Bank {
        id: id.map(|id| id.value).unwrap_or_default(),
        version,
        title,
        intro: intro.value(),
        language: tag(language, problems),
        scale,
        thresholds,
        roles,
        questions,
        personas: Vec::new(),
        warnings: Vec::new(),
        fingerprint: String::new(),
    };
    let places = Places { file: span, roles: &role_spans, questions: &questions_span };
    scorable::check(&bank, &declared, &places, problems);
    bank.personas = persona::personas(persona.items(), &bank, &declared, problems);
    bank
}

fn format_number(format: Field<i64>, span: &Range<usize>, problems: &mut Problems<'_>) {
    let format = format.required("format = 1", "the bank", span, problems);
    if let Some(format) = format.filter(|format| format.value != 1) {
        problems.error(&format.span, ProblemKind::UnknownFormat(format.value));
    }
}

/// The tag of a language as pages carry it (RFC 5646): parts of one to eight letters or digits, the first of letters.
fn tag(language: Field<String>, problems: &mut Problems<'_>) -> String {
    let Some(language) = language.optional() else { return "en".to_owned() };
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_name = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !language.value.split('-').all(is_part) || !language.value.split('-').take(1).all(is_name) {
        problems.error(&language.span, ProblemKind::NotALanguageTag(language.value.clone()));
    }
    language.value
}

/// The labels given, or the default ones; wrong ones are not kept, because every scale question would repeat them.
fn labels(scale: Field<List<String>>, problems: &mut Problems<'_>) -> Vec<String> {
    let defaults = || SCALE.map(str::to_owned).to_vec();
    let Some(scale) = scale.optional() else { return defaults() };
    let count = scale.value.len();
    let (fewest, most) = LABELS;
    if (fewest..=most).contains(&count) {
        return scale.value.into_iter().map(|label| label.value).collect();
    }
    problems.error(&scale.span, ProblemKind::LabelCount(count));
    defaults()
}

fn thresholds(verdict: Field<SourceThresholds>, problems: &mut Problems<'_>) -> Thresholds {
    let defaults = Thresholds::default();
    let Some(verdict) = verdict.optional() else { return defaults };
    let SourceThresholds { close, clear } = verdict.value;
    let close = close.value().unwrap_or(defaults.close);
    let clear = clear.value().unwrap_or(defaults.clear);
    if !(clear > 0.0 && clear <= close && close < 1.0) {
        problems.error(&verdict.span, ProblemKind::Thresholds(clear, close));
    }
    Thresholds { close, clear }
}

/// Whether an id is lower-case words joined by hyphens; reported when it is not.
fn is_id(id: &Located<String>, problems: &mut Problems<'_>) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let good = id.value.len() <= LONGEST_ID && id.value.split('-').all(is_word);
    if !good {
        problems.error(&id.span, ProblemKind::NotAnId(id.value.clone()));
    }
    good
}

/// A text that must be there; reported and empty when it is not.
fn needed(
    field: Field<String>,
    example: &'static str,
    what: &'static str,
    owner: &Range<usize>,
    problems: &mut Problems<'_>,
) -> String {
    field.required(example, what, owner, problems).map(|text| text.value).unwrap_or_default()
}

/// Ids that must differ from each other.
#[derive(Default)]
struct Ids {
    lines: BTreeMap<String, usize>,
    broken: bool,
}

impl Ids {
    /// The id of a table, if it is there, well formed and new; otherwise that is reported.
    fn take(
        &mut self,
        id: Field<String>,
        what: &'static str,
        owner: &Range<usize>,
        problems: &mut Problems<'_>,
    ) -> Option<String> {
        let id = id.required("id = \"first-hour\"", what, owner, problems).filter(|id| is_id(id, problems));
        let Some(id) = id else {
            self.broken = true;
            return None;
        };
        let line = problems.place(&id.span).line;
        if let Some(first) = self.lines.insert(id.value.clone(), line) {
            self.broken = true;
            problems.error(&id.span, ProblemKind::DuplicateId(what, id.value.clone(), first));
        }
        Some(id.value)
    }

    fn contains(&self, id: &str) -> bool {
        self.lines.contains_key(id)
    }

    fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether an id was missing, malformed or taken twice.
    fn is_broken(&self) -> bool {
        self.broken
    }
}

/// Reports a list that is too long and keeps its allowed part.
fn at_most<T>(mut items: List<T>, most: usize, what: &'static str, problems: &mut Problems<'_>) -> List<T> {
    if let Some(first_too_many) = items.get(most) {
        problems.error(&first_too_many.span, ProblemKind::TooMany(items.len(), what, most));
        items.truncate(most);
    }
    items
}

/// A whole number within bounds; reported when it is outside.
fn within<N: TryFrom<i64>>(
    number: &Located<i64>,
    low: i64,
    high: i64,
    what: &'static str,
    problems: &mut Problems<'_>,
) -> Option<N> {
    let inside = (low..=high).contains(&number.value);
    if !inside {
        problems.error(&number.span, ProblemKind::OutOfRange(what, number.value, low, high));
    }
    N::try_from(number.value).ok().filter(|_| inside)
}

/// Returns the position of a word among those that are known; reported with the nearest of them when it is another.
fn position<'k>(
    word: &Located<String>,
    known: impl Iterator<Item = &'k str> + Clone,
    kind: fn(UnknownWord) -> ProblemKind,
    problems: &mut Problems<'_>,
) -> Option<usize> {
    let position = known.clone().position(|name| name == word.value);
    if position.is_none() {
        let unknown = problems.unknown(&word.value, known);
        problems.error(&word.span, kind(unknown));
    }
    position
}

/// Returns one of a few values by its name; reported when it is the name of none.
fn one_of<T: Copy>(
    all: &[T],
    name: fn(T) -> &'static str,
    word: Option<Located<String>>,
    kind: fn(UnknownWord) -> ProblemKind,
    problems: &mut Problems<'_>,
) -> Option<T> {
    let index = position(&word?, all.iter().map(|value| name(*value)), kind, problems)?;
    all.get(index).copied()
}

/// Returns the position of a role by its id; reported when there is none.
fn role_index(id: &Located<String>, roles: &[Role], problems: &mut Problems<'_>) -> Option<usize> {
    position(id, roles.iter().map(|role| &*role.id), ProblemKind::UnknownRole, problems)
}
