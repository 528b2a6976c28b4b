//! What is said of the bank as a whole.

use toml::Spanned;

use crate::bank::field::{Field, List, Owner};
use crate::bank::limits::{LABELS, MOST_ELSEWHERE, MOST_ROLES, SCALE};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::question_bank::{Bank, Thresholds};
use crate::bank::source::{File, Thresholds as SourceThresholds};
use crate::bank::validate::checks::Ids;
use crate::bank::validate::scorable::{self, Places};
use crate::bank::validate::{persona, question, role};

/// Checks a bank as written and builds it. What is missing or wrong is reported and stands in it as something empty, so that the rest can be
/// checked; whoever calls refuses a bank with an error.
pub(in crate::bank) fn validate(file: Spanned<File>, problems: &mut Problems<'_>) -> Bank {
    let owner = &Owner::new("bank", &file);
    let File { format, id, version, title, intro, language, scale, verdict, elsewhere, role, question, persona } =
        file.into_inner();
    check_format(format, owner, problems);
    let id = id.required("id = \"my-bank\"", owner, problems).filter(|id| problems.is_id(id));
    let questions_span = question.span().unwrap_or(owner.span.clone());
    let roles = problems.at_most(role, MOST_ROLES, "roles");
    let mut declared = Ids::default();
    let mut bank = Bank {
        id: id.map(Spanned::into_inner).unwrap_or_default(),
        version: problems.needed(version, "version = \"1.0.0\"", owner),
        title: problems.needed(title, "title = \"...\"", owner),
        intro: intro.value(),
        language: tag(language, problems),
        scale: labels(scale, problems),
        thresholds: thresholds(verdict, problems),
        elsewhere: self::elsewhere(elsewhere, problems),
        roles: role::roles(roles, problems),
        questions: Vec::new(),
        personas: Vec::new(),
        warnings: Vec::new(),
        fingerprint: String::new(),
    };
    bank.questions = question::questions(question, &bank.scale, &bank.roles, &mut declared, problems);
    let places = Places { file: &owner.span, questions: &questions_span };
    scorable::check(&bank, &declared, &places, problems);
    bank.personas = persona::personas(persona, &bank, &declared, problems);
    bank
}

fn check_format(format: Field<i64>, owner: &Owner, problems: &mut Problems<'_>) {
    let format = format.required("format = 1", owner, problems);
    if let Some(format) = format.filter(|format| *format.get_ref() != 1) {
        problems.error(&format.span(), ProblemKind::UnknownFormat(format.into_inner()));
    }
}

/// Returns the tag of a language as pages carry it (RFC 5646): parts of one to eight letters or digits, the first of
/// letters.
fn tag(language: Field<String>, problems: &mut Problems<'_>) -> String {
    let Some(language) = language.optional() else { return "en".to_owned() };
    let mut parts = language.get_ref().split('-');
    let is_tag = parts
        .clone()
        .all(|part| part.len() <= 8 && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && parts.next().is_some_and(|name| name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if !is_tag {
        problems.error(&language.span(), ProblemKind::NotALanguageTag(language.get_ref().clone()));
    }
    language.into_inner()
}

/// Returns the labels given, or the default ones; wrong ones are not kept, because every scale question would repeat
/// them.
fn labels(scale: Field<List<String>>, problems: &mut Problems<'_>) -> Vec<String> {
    let span = scale.span().unwrap_or_default();
    match scale.value() {
        Some(labels) if (LABELS.0..=LABELS.1).contains(&labels.len()) => {
            return labels.into_iter().map(Spanned::into_inner).collect();
        }
        Some(labels) => problems.error(&span, ProblemKind::LabelCount(labels.len())),
        None => {}
    }
    SCALE.map(str::to_owned).to_vec()
}

fn elsewhere(jobs: Field<List<String>>, problems: &mut Problems<'_>) -> Vec<String> {
    problems.at_most(jobs, MOST_ELSEWHERE, "texts in `elsewhere`").into_iter().map(Spanned::into_inner).collect()
}

fn thresholds(verdict: Field<SourceThresholds>, problems: &mut Problems<'_>) -> Thresholds {
    let defaults = Thresholds::default();
    let Some(verdict) = verdict.optional() else { return defaults };
    let span = verdict.span();
    let SourceThresholds { close, clear } = verdict.into_inner();
    let close = close.value().unwrap_or(defaults.close);
    let clear = clear.value().unwrap_or(defaults.clear);
    if !(clear > 0.0 && clear <= close && close < 1.0) {
        problems.error(&span, ProblemKind::Thresholds(clear, close));
    }
    Thresholds { close, clear }
}
