//! The audit as a JSON document.

use serde::Serialize;

use crate::bank::{Bank, Problem};
use crate::scoring::{Audit, PatternAudit, PositionPattern, QuestionAudit, QuickShare, RoleAudit};

use super::super::json::{document, object};
use super::super::problems::{counts, entry};

/// The figures of a bank and its problems, which are those of a text, as JSON.
#[must_use]
pub fn audit_json(bank: &Bank, audit: &Audit<'_>, share: QuickShare, text: &str, problems: &[Problem]) -> String {
    let (errors, warnings) = counts(problems);
    let content = object! {
        tie: audit.tie,
        fair: audit.fair(),
        standard_error: audit.standard_error,
        lean: audit.lean,
        clear: audit.clear,
        quick: object! { share: share.mean, standard_error: share.standard_error },
        roles: audit.roles.iter().map(role).collect::<Vec<_>>(),
        questions: audit.questions.iter().map(|weight| question(weight, audit)).collect::<Vec<_>>(),
        straight: audit.straight.iter().map(straight).collect::<Vec<_>>(),
        duplicates: audit.duplicates().iter().map(|(one, two)| [&*one.id, &*two.id]).collect::<Vec<_>>(),
        errors: errors,
        warnings: warnings,
        problems: problems.iter().map(|problem| entry(problem, text)).collect::<Vec<_>>(),
    };
    document(bank, content)
}

fn role(standing: &RoleAudit<'_>) -> impl Serialize {
    object! {
        id: &standing.role.id,
        leads: standing.leads,
        ceiling: standing.ceiling,
        questions: standing.questions,
        liking: standing.acquiescence,
        call: standing.attainability.name(),
    }
}

fn question(weight: &QuestionAudit<'_>, audit: &Audit<'_>) -> impl Serialize {
    let id = |role: usize| audit.roles.get(role).map_or("", |standing| &standing.role.id);
    let dominated = weight.dominated.iter().map(|pair| object! { choice: &pair.choice.id, by: &pair.by.id });
    object! {
        id: &weight.question.id,
        share: weight.share,
        swing: weight.swing,
        tilt: weight.imbalance.map(|tilt| object! { to: id(tilt.to), from: id(tilt.from), points: tilt.points }),
        dominated: dominated.collect::<Vec<_>>(),
    }
}

/// One position everywhere, counted from 1; `None` for the last one.
fn straight(straight: &PatternAudit<'_>) -> impl Serialize {
    let position = match straight.pattern {
        PositionPattern::Position(position) => Some(position),
        PositionPattern::Last => None,
    };
    object! {
        position: position,
        role: straight.role.map(|role| &role.id),
        verdict: straight.verdict.name(),
        chance: straight.chance,
        lead: straight.lead,
    }
}
