//! The one road from the file as written to a bank that holds: every rule of the format is checked here, and every
//! broken one is reported before the road ends.

mod persona;
mod question;
mod role;

use std::collections::BTreeMap;
use std::ops::Range;

use super::field::{Field, Located};
use super::nearest::suggest;
use super::problem::Problems;
use super::role::Role;
use super::source::{File, List, Thresholds as SourceThresholds};
use super::text::quoted;
use super::{Bank, MOST_OUTCOMES, Question, Thresholds};

/// Most roles, questions, choices, plan entries of one sort, and personas.
const MOST_ROLES: usize = 20;
const MOST_QUESTIONS: usize = 200;
const MOST_CHOICES: usize = 60;
const MOST_ENTRIES: usize = 100;
const MOST_PERSONAS: usize = 200;
const LONGEST_ID: usize = 64;

/// Largest common multiple of the questions' outcome counts: centred points stay whole numbers that way, and sums of
/// their squares stay far inside 128 bits.
const LARGEST_MULTIPLE: u128 = 100_000_000_000;

/// Most outcomes of all scored questions together: four times what the largest question may have.
const MOST_OUTCOMES_IN_ALL: u128 = 4 * MOST_OUTCOMES;

const SCALE: [&str; 5] = ["dislike a lot", "dislike", "neither", "like", "like a lot"];

/// Builds the bank. What is missing or wrong is reported and stands in it as something empty, so that the rest can be
/// checked; whoever calls refuses a bank with an error.
pub(super) fn bank(file: File, span: &Range<usize>, problems: &mut Problems<'_>) -> Bank {
    let File { format, id, version, title, intro, language, scale, verdict, role, question, persona } = file;
    format_number(format, span, problems);
    let id = id.required("id = \"my-bank\"", "the bank", span, problems).filter(|id| is_id(id, problems));
    let version = needed(version, "version = \"1.0.0\"", "the bank", span, problems);
    let title = needed(title, "title = \"…\"", "the bank", span, problems);
    let scale = labels(scale, problems);
    let thresholds = thresholds(verdict, problems);
    let (roles_span, questions_span) = (role.span().unwrap_or(span).clone(), question.span().unwrap_or(span).clone());
    let roles = role::roles(role.items(), problems);
    let mut declared = Ids::default();
    let questions = question::questions(question.items(), &scale, &roles, &mut declared, problems);
    let mut bank = Bank {
        id: id.map(|id| id.value).unwrap_or_default(),
        version,
        title,
        intro: intro.optional().map(|intro| intro.value),
        language: language.optional().map_or_else(|| "en".to_owned(), |language| language.value),
        scale,
        thresholds,
        roles,
        questions,
        personas: Vec::new(),
        warnings: Vec::new(),
        fingerprint: String::new(),
    };
    scorable(&bank, &declared, &roles_span, &questions_span, problems);
    bank.personas = persona::personas(persona.items(), &bank, &declared, problems);
    bank
}

fn format_number(format: Field<i64>, span: &Range<usize>, problems: &mut Problems<'_>) {
    let Some(format) = format.required("format = 1", "the bank", span, problems) else { return };
    if format.value > 1 {
        let what = format!("the bank is of format {}, which is newer than this program", format.value);
        problems.error(&format.span, what, "update pathquiz, or write the bank in `format = 1`");
    } else if format.value != 1 {
        problems.error(&format.span, format!("there is no format {}", format.value), "write `format = 1`");
    }
}

fn labels(scale: Field<List<String>>, problems: &mut Problems<'_>) -> Vec<String> {
    let Some(scale) = scale.optional() else { return SCALE.map(str::to_owned).to_vec() };
    let count = scale.value.len();
    if !(3..=9).contains(&count) {
        problems.error(
            &scale.span,
            format!("the scale has {count} labels"),
            "give it 3 to 9, from least to most liking",
        );
    }
    scale.value.into_iter().map(|label| label.value).collect()
}

fn thresholds(verdict: Field<SourceThresholds>, problems: &mut Problems<'_>) -> Thresholds {
    let defaults = Thresholds::default();
    let Some(verdict) = verdict.optional() else { return defaults };
    let SourceThresholds { close, clear } = verdict.value;
    let close = close.optional().map_or(defaults.close, |close| close.value);
    let clear = clear.optional().map_or(defaults.clear, |clear| clear.value);
    if !(clear > 0.0 && clear <= close && close < 1.0) {
        let what = format!("`clear = {clear}` and `close = {close}` are no thresholds");
        problems.error(&verdict.span, what, "keep 0 < clear ≤ close < 1, as in { close = 0.20, clear = 0.05 }");
    }
    Thresholds { close, clear }
}

/// What scoring needs of the bank as a whole: two roles, a scored question, and chance variance for every role. Where a
/// declared question is broken, nothing is said of the questions together.
fn scorable(bank: &Bank, declared: &Ids, roles: &Range<usize>, questions: &Range<usize>, problems: &mut Problems<'_>) {
    if bank.roles.len() < 2 {
        problems.error(roles, "the bank has fewer than two roles", "describe at least two with [[role]]");
    }
    if declared.is_broken() || declared.len() > bank.questions.len() {
        return;
    }
    let scored: Vec<&Question> = bank.questions.iter().filter(|question| question.is_scored()).collect();
    if scored.is_empty() {
        problems.error(
            questions,
            "the bank has no scored question",
            "add a [[question]] with a `key` or with `points`",
        );
        return;
    }
    for (index, role) in bank.roles.iter().enumerate() {
        if !scored.iter().any(|question| separates(question, index)) {
            let what = format!("no question tells anything about the role `{}`", role.id);
            problems.error(roles, what, "give it points on at least one choice, but not the same on every choice");
        }
    }
    let outcomes: u128 = scored.iter().map(|question| question.outcome_count()).sum();
    if outcomes > MOST_OUTCOMES_IN_ALL {
        let what = format!("the scored questions can be answered in {outcomes} ways, counted one by one");
        let advice = format!("offer fewer choices or picks; at most {MOST_OUTCOMES_IN_ALL} ways can be scored");
        problems.error(questions, what, advice);
    }
    let multiple = scored.iter().fold(1_u128, |multiple, question| {
        let count = question.outcome_count().max(1);
        (multiple / gcd(multiple, count)).saturating_mul(count)
    });
    if multiple > LARGEST_MULTIPLE {
        let what = "the numbers of outcomes of the multi and rank questions have too large a common multiple";
        problems.error(questions, what, "give several of these questions the same number of choices and picks");
    }
}

/// Whether two outcomes of the question differ in what they give the role.
fn separates(question: &Question, role: usize) -> bool {
    let mut points = question.outcomes().into_iter().map(|outcome| question.points(&outcome, role));
    points.next().is_some_and(|first| points.any(|other| other != first))
}

/// Greatest common divisor, by Euclid.
fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Whether an id is lower-case words joined by hyphens; reported when it is not.
fn is_id(id: &Located<String>, problems: &mut Problems<'_>) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let good = id.value.len() <= LONGEST_ID && id.value.split('-').all(is_word);
    if !good {
        let advice =
            format!("write lower-case words joined by hyphens, at most {LONGEST_ID} characters, such as `first-hour`");
        problems.error(&id.span, format!("{} is no id", quoted(&id.value)), advice);
    }
    good
}

/// A text that must be there; reported and empty when it is not.
fn needed(
    field: Field<String>,
    example: &str,
    what: &str,
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
        what: &str,
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
            let message = format!("{what} `{}` has the same id as the one in line {first}", id.value);
            problems.error(&id.span, message, "give it another id");
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
fn at_most<T>(mut items: List<T>, most: usize, what: &str, problems: &mut Problems<'_>) -> List<T> {
    if let Some(first_too_many) = items.get(most) {
        let message = format!("there are {} {what}", items.len());
        problems.error(&first_too_many.span, message, format!("keep at most {most}"));
        items.truncate(most);
    }
    items
}

/// A whole number within bounds; reported when it is outside.
fn within<N: TryFrom<i64>>(
    number: &Located<i64>,
    low: i64,
    high: i64,
    what: &str,
    problems: &mut Problems<'_>,
) -> Option<N> {
    let inside = (low..=high).contains(&number.value);
    if !inside {
        problems.error(&number.span, format!("{what} cannot be {}", number.value), format!("write {low} to {high}"));
    }
    N::try_from(number.value).ok().filter(|_| inside)
}

/// One of a few known words; reported with the nearest of them when it is another.
fn word<T: Copy>(
    word: &Located<String>,
    what: &str,
    known: &[(&'static str, T)],
    problems: &mut Problems<'_>,
) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word.value);
    if found.is_none() {
        let advice = suggest(&word.value, known.iter().map(|(name, _)| *name));
        problems.error(&word.span, format!("unknown {what} {}", quoted(&word.value)), advice);
    }
    found.map(|&(_, value)| value)
}

/// Position of a role by its id; reported when there is none.
fn role_index(id: &Located<String>, roles: &[Role], problems: &mut Problems<'_>) -> Option<usize> {
    let index = roles.iter().position(|role| role.id == id.value);
    if index.is_none() {
        let advice = suggest(&id.value, roles.iter().map(|role| role.id.as_str()));
        problems.error(&id.span, format!("unknown role {}", quoted(&id.value)), advice);
    }
    index
}
