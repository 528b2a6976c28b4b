//! Personas: the tests that ship inside a bank.

use toml::Spanned;

use crate::bank::answer::{Answer, Value};
use crate::bank::field::{Field, List, Map, Owner};
use crate::bank::limits::MOST_PERSONAS;
use crate::bank::persona::{Expectation, Persona, Verdict};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::question_bank::Bank;
use crate::bank::sheet::Response;
use crate::bank::source;
use crate::bank::validate::checks::Ids;
use crate::bank::wrong_answer::WrongAnswer;

/// Problems of a bank after which no more answers of personas are looked at: each is compared with all that is known.
const MOST_WRONG: usize = 500;

/// Returns every persona; `declared` has the ids of all questions, the broken ones too, about which no more is said here.
pub(super) fn personas(
    tables: Field<List<source::Persona>>,
    bank: &Bank,
    declared: &Ids,
    problems: &mut Problems<'_>,
) -> Vec<Persona> {
    let mut ids = Ids::default();
    let tables = problems.at_most(tables, MOST_PERSONAS, "personas");
    tables.into_iter().filter_map(|table| persona(table, bank, declared, &mut ids, problems)).collect()
}

fn persona(
    table: Spanned<source::Persona>,
    bank: &Bank,
    declared: &Ids,
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Option<Persona> {
    let owner = &Owner::new("persona", &table);
    let source::Persona { id, about, answers, quick, expect } = table.into_inner();
    let id = ids.take(id, owner, problems);
    let answers = answers.required("answers = { stores = 5 }", owner, problems);
    let expect = expect.required("expect = { verdict = \"clear\" }", owner, problems);
    let answers = answers.map(|answers| self::answers(answers.into_inner(), bank, declared, problems));
    let expect = expect.map(|expect| expectation(expect, bank, problems));
    Some(Persona {
        id: id?,
        about: about.value(),
        place: problems.place(&owner.span),
        answers: answers.unwrap_or_default(),
        quick: quick.value().unwrap_or_default(),
        expect: expect?,
    })
}

/// Returns the answers of a persona by the positions of their questions.
fn answers(given: Map<Value>, bank: &Bank, declared: &Ids, problems: &mut Problems<'_>) -> Vec<(usize, Answer)> {
    let mut kept = Vec::new();
    for (id, value) in given {
        if problems.len() >= MOST_WRONG {
            problems.error(&id.span(), ProblemKind::PersonaNotRead);
            break;
        }
        match bank.respond(id.get_ref(), value.get_ref()) {
            Ok(Response { question, answer }) => kept.push((question.index, answer)),
            Err(WrongAnswer::UnknownQuestion(_)) if declared.contains(id.get_ref()) => {}
            Err(wrong @ WrongAnswer::UnknownQuestion(_)) => problems.error(&id.span(), ProblemKind::Answer(wrong)),
            Err(wrong) => problems.error(&value.span(), ProblemKind::Answer(wrong)),
        }
    }
    kept
}

fn expectation(table: Spanned<source::Expectation>, bank: &Bank, problems: &mut Problems<'_>) -> Expectation {
    let span = &table.span();
    let source::Expectation { role, verdict } = table.into_inner();
    if role.is_missing() && verdict.is_missing() {
        problems.warn(span, ProblemKind::NoExpectation);
    }
    let verdict = problems.one_of(&Verdict::ALL, Verdict::name, verdict.optional(), ProblemKind::UnknownVerdict);
    if let (Some(role), Some(Verdict::Neither)) = (role.span(), verdict) {
        problems.error(&role, ProblemKind::RoleWithNeither);
    }
    Expectation { role: role.optional().and_then(|role| problems.role_index(&role, &bank.roles)), verdict }
}
