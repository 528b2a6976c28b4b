//! Personas: the tests that ship inside a bank.

use super::super::field::Located;
use super::super::problem::Problems;
use super::super::source::{self, List};
use super::super::{Bank, Expectation, Persona, Response, Verdict};
use super::{Ids, MOST_PERSONAS, at_most, role_index, word};

pub(super) fn personas(tables: List<source::Persona>, bank: &Bank, problems: &mut Problems<'_>) -> Vec<Persona> {
    let mut ids = Ids::default();
    at_most(tables, MOST_PERSONAS, "personas", problems)
        .into_iter()
        .filter_map(|table| persona(table, bank, &mut ids, problems))
        .collect()
}

fn persona(
    table: Located<source::Persona>,
    bank: &Bank,
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Option<Persona> {
    let span = table.span;
    let source::Persona { id, about, answers, expect } = table.value;
    let id = ids.take(id, "persona", &span, problems);
    let answers = answers.required("answers = { pipelines = 5 }", "the persona", &span, problems);
    let expect = expect.required("expect = { verdict = \"clear\" }", "the persona", &span, problems);
    let mut kept = Vec::new();
    for (question, value) in answers?.value.0 {
        match bank.respond(&question.value, &value.value) {
            Ok(Response { question, answer }) => kept.push((question.index, answer)),
            Err(wrong) => problems.error(&question.span, wrong.what(), wrong.advice()),
        }
    }
    let source::Expectation { role, verdict } = expect?.value;
    let role = role.optional().and_then(|role| role_index(&role, &bank.roles, problems));
    let verdict = verdict.optional().and_then(|verdict| word(&verdict, "verdict", &Verdict::NAMES, problems));
    if role.is_none() && verdict.is_none() {
        problems.warn(&span, "the persona expects nothing", "write `expect = { role = \"…\", verdict = \"…\" }`");
    }
    let about = about.optional().map(|about| about.value);
    Some(Persona { id: id?, about, place: problems.place(&span), answers: kept, expect: Expectation { role, verdict } })
}
