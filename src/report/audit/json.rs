//! The audit as a JSON document.

use serde::Serialize;

use crate::bank::{Bank, Problem};
use crate::scoring::{Audit, Pattern, Share, Standing, Straight, Weight};

use super::super::json::{BankId, SCHEMA_VERSION, Tool, pretty};
use super::super::problems::{Entry, counts};

#[derive(Serialize)]
struct Document<'r> {
    schema_version: u32,
    tool: Tool,
    bank: BankId<'r>,
    tie: f64,
    fair: f64,
    standard_error: Option<f64>,
    lean: Option<f64>,
    clear: Option<f64>,
    quick: Quick,
    roles: Vec<Role<'r>>,
    questions: Vec<Question<'r>>,
    straight: Vec<Sheet<'r>>,
    duplicates: Vec<[&'r str; 2]>,
    errors: usize,
    warnings: usize,
    problems: Vec<Entry>,
}

#[derive(Serialize)]
struct Quick {
    share: f64,
    standard_error: Option<f64>,
}

#[derive(Serialize)]
struct Role<'r> {
    id: &'r str,
    leads: f64,
    ceiling: f64,
    questions: usize,
    liking: i64,
    call: &'static str,
}

#[derive(Serialize)]
struct Question<'r> {
    id: &'r str,
    share: f64,
    swing: f64,
    tilt: Option<Tilt<'r>>,
    dominated: Vec<Dominated<'r>>,
}

#[derive(Serialize)]
struct Tilt<'r> {
    to: &'r str,
    from: &'r str,
    points: f64,
}

#[derive(Serialize)]
struct Dominated<'r> {
    choice: &'r str,
    by: &'r str,
}

#[derive(Serialize)]
struct Sheet<'r> {
    /// Counted from 1; nothing for the last one.
    position: Option<usize>,
    role: Option<&'r str>,
    verdict: &'static str,
    chance: f64,
    lead: f64,
}

/// The figures of a bank and its problems, which are those of a text, as JSON.
#[must_use]
pub fn audit_json(bank: &Bank, audit: &Audit<'_>, share: Share, text: &str, problems: &[Problem]) -> String {
    let (errors, warnings) = counts(problems);
    pretty(&Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool::SELF,
        bank: BankId::new(bank),
        tie: audit.tie,
        fair: audit.fair(),
        standard_error: audit.standard_error,
        lean: audit.lean,
        clear: audit.clear,
        quick: Quick { share: share.mean, standard_error: share.standard_error },
        roles: audit.roles.iter().map(Role::new).collect(),
        questions: audit.questions.iter().map(|weight| Question::new(weight, audit)).collect(),
        straight: audit.straight.iter().map(Sheet::new).collect(),
        duplicates: audit.duplicates().iter().map(|(one, two)| [&*one.id, &*two.id]).collect(),
        errors,
        warnings,
        problems: problems.iter().map(|problem| Entry::new(problem, text)).collect(),
    })
}

impl<'r> Role<'r> {
    fn new(standing: &Standing<'r>) -> Self {
        Self {
            id: &standing.role.id,
            leads: standing.leads,
            ceiling: standing.ceiling,
            questions: standing.questions,
            liking: standing.liking,
            call: standing.reach.name(),
        }
    }
}

impl<'r> Question<'r> {
    fn new(weight: &Weight<'r>, audit: &Audit<'r>) -> Self {
        let id = |role: usize| audit.roles.get(role).map_or("", |standing| &standing.role.id);
        let tilt = weight.tilt.map(|tilt| Tilt { to: id(tilt.to), from: id(tilt.from), points: tilt.points });
        let dominated = weight.dominated.iter();
        Self {
            id: &weight.question.id,
            share: weight.share,
            swing: weight.swing,
            tilt,
            dominated: dominated.map(|pair| Dominated { choice: &pair.choice.id, by: &pair.by.id }).collect(),
        }
    }
}

impl<'r> Sheet<'r> {
    fn new(straight: &Straight<'r>) -> Self {
        let position = match straight.pattern {
            Pattern::Position(position) => Some(position),
            Pattern::Last => None,
        };
        let role = straight.role.map(|role| &*role.id);
        Self { position, role, verdict: straight.verdict.name(), chance: straight.chance, lead: straight.lead }
    }
}
