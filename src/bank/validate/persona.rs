//! Personas: the tests that ship inside a bank.

use super::{Ids, at_most, one_of, role_index};
use crate::bank::answer::{Answer, Value};
use crate::bank::field::{Located, Map};
use crate::bank::limits::MOST_PERSONAS;
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::source::{self, List};
use crate::bank::{Bank, Expectation, Persona, Response, Verdict, WrongAnswer};

/// Problems of a bank after which no more answers of personas are looked at: each is compared with all that is known.
const MOST_WRONG: usize = 500;

/// Every persona; `declared` has the ids of all questions, the broken ones too, about which no more is said here.
pub(super) fn personas(
    tables: List<source::Persona>,
    bank: &Bank,
    declared: &Ids,
    problems: &mut Problems<'_>,
) -> Vec<Persona> {
    let mut ids = Ids::default();
    at_most(tables, MOST_PERSONAS, "personas", problems)
        .into_iter()
        .filter_map(|table| persona(table, bank, declared, &mut ids, problems))
        .collect()
}

fn persona(
    table: Located<source::Persona>,
    bank: &Bank,
    declared: &Ids,
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Option<Persona> {
    let Located { value: source::Persona { id, about, answers, expect }, span } = table;
    let id = ids.take(id, "persona", &span, problems);
    let answers = answers.required("answers = { pipelines = 5 }", "the persona", &span, problems);
    let expect = expect.required("expect = { verdict = \"clear\" }", "the persona", &span, problems);
    let answers = answers.map(|answers| self::answers(answers.value, bank, declared, problems));
    let expect = expect.map(|expect| expectation(expect, bank, problems));
    Some(Persona {
        id: id?,
        about: about.value(),
        place: problems.place(&span),
        answers: answers.unwrap_or_default(),
        expect: expect?,
    })
}

/// The answers of a persona by the positions of their questions.
fn answers(given: Map<Value>, bank: &Bank, declared: &Ids, problems: &mut Problems<'_>) -> Vec<(usize, Answer)> {
    let mut kept = Vec::new();
    for (question, value) in given.0 {
        if problems.len() >= MOST_WRONG {
            problems.error(&question.span, ProblemKind::PersonaNotRead);
            break;
        }
        match bank.respond(&question.value, &value.value) {
            Ok(Response { question, answer }) => kept.push((question.index, answer)),
            Err(WrongAnswer::UnknownQuestion { .. }) if declared.contains(&question.value) => {}
            Err(wrong @ WrongAnswer::UnknownQuestion { .. }) => {
                problems.error(&question.span, ProblemKind::Answer(wrong));
            }
            Err(wrong) => problems.error(&value.span, ProblemKind::Answer(wrong)),
        }
    }
    kept
}

fn expectation(table: Located<source::Expectation>, bank: &Bank, problems: &mut Problems<'_>) -> Expectation {
    let source::Expectation { role, verdict } = table.value;
    if role.is_missing() && verdict.is_missing() {
        problems.warn(&table.span, ProblemKind::NoExpectation);
    }
    Expectation {
        role: role.optional().and_then(|role| role_index(&role, &bank.roles, problems)),
        verdict: one_of(&Verdict::ALL, Verdict::name, verdict.optional(), ProblemKind::UnknownVerdict, problems),
    }
}
