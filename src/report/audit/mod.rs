//! The audit of a bank: figures and what they mean, as text with bars or as JSON.

mod json;

use crate::bank::{Count, Problem, Severity};
use crate::scoring::{Attainability, Audit, PositionPattern, QuickShare};

use super::bar;
use super::page::{Page, Side, Style, width};
use super::rounding::nearest;

pub use json::audit_json;

/// Columns of the longest bar.
const WIDEST: usize = 30;

/// The figures of a bank for a terminal; what is wrong is told by its problems, which stand in the file.
#[must_use]
pub fn audit_text(audit: &Audit<'_>, share: QuickShare, style: Style) -> String {
    let mut page = Page::new(style);
    chance(audit, share, &mut page);
    roles(audit, &mut page);
    questions(audit, &mut page);
    straight(audit, &mut page);
    page.gap();
    page.finish()
}

/// The outcome of an audit in one line.
#[must_use]
pub fn audit_verdict(problems: &[Problem]) -> &'static str {
    let worst = problems.iter().map(|problem| problem.severity).min();
    match worst {
        Some(Severity::Error) => "The bank is unfair: mend what is marked as an error.",
        Some(Severity::Warning) => {
            "The bank can be used; what is marked as a warning makes it weaker than it could be."
        }
        Some(Severity::Note) | None => "The bank is fair.",
    }
}

fn chance(audit: &Audit<'_>, share: QuickShare, page: &mut Page) {
    page.heading("Random answers");
    let longest = audit.roles.iter().map(|standing| width(&standing.role.id)).max().unwrap_or(0).max(4);
    for standing in &audit.roles {
        let label = format!("{:longest$}", standing.role.id);
        page.hanging(&format!("  {label}  "), "    ", &format!("leads in {:.1} of 100 cases", 100.0 * standing.leads));
    }
    page.hanging(&format!("  {:longest$}  ", "tie"), "    ", &format!("in {:.1} of 100 cases", 100.0 * audit.tie));
    let exact = match audit.standard_error {
        None => "These figures are exact".to_owned(),
        Some(error) => format!("These figures are estimated from simulated sheets, standard error at most {error:.4}"),
    };
    page.paragraph(&format!("{exact}; {:.1} would be fair.", 100.0 * audit.fair()));
    page.paragraph(&match (audit.lean, audit.clear) {
        (None, _) => "Whatever the lead, it is too close to call.".to_owned(),
        (Some(lean), None) => {
            format!("A lead of {lean:.1} points of fit is no longer too close to call, and none is large enough to be clear.")
        }
        (Some(lean), Some(clear)) => {
            format!("A lead of {lean:.1} points of fit is no longer too close to call, and one of {clear:.1} is clear.")
        }
    });
    let error = share.standard_error.map_or_else(String::new, |error| {
        format!(", estimated from simulated people with a standard error of {:.1}", 100.0 * error)
    });
    page.paragraph(&format!(
        "`--quick` asks {:.1} % of the questions of somebody who answers at random{error}.",
        100.0 * share.mean
    ));
}

fn roles(audit: &Audit<'_>, page: &mut Page) {
    page.part("Roles");
    for standing in &audit.roles {
        let call = match standing.attainability {
            Attainability::Reached => "answers can lead to a call",
            Attainability::Impossible => "no answers lead to a call",
            Attainability::Unknown => "no answers that lead to a call were found",
        };
        let facts = format!(
            "best fit {}, {}, {} points for liking everything, {call}",
            nearest(standing.ceiling),
            Count(standing.questions, "question", "questions"),
            standing.acquiescence
        );
        page.hanging("  ", "    ", &format!("{}: {facts}", standing.role.id));
    }
}

fn questions(audit: &Audit<'_>, page: &mut Page) {
    page.part("Questions: largest share of a lead's chance variance, and swing in points of fit");
    let longest = audit.questions.iter().map(|weight| width(&weight.question.id)).max().unwrap_or(0);
    let most = audit.questions.iter().map(|weight| weight.share).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let columns = page.style.width.saturating_sub(longest + 22).min(WIDEST);
    for weight in &audit.questions {
        let bar = if columns < 4 { String::new() } else { bar::stretch(0.0, weight.share / most, columns, page.style) };
        let bar = page.tinted(&bar, Side::First);
        let id = format!("{:longest$}", weight.question.id);
        page.line(&format!("  {id}  {:>5.1} %  {bar} {:>5.1}", 100.0 * weight.share, weight.swing));
    }
}

fn straight(audit: &Audit<'_>, page: &mut Page) {
    page.part("The same position everywhere: how often random answers lead by as much");
    for straight in &audit.straight {
        let position = match straight.pattern {
            PositionPattern::Position(position) => format!("choice {position}"),
            PositionPattern::Last => "last".to_owned(),
        };
        let role = straight.role.map_or("nobody", |role| &role.id);
        let verdict = straight.verdict.name();
        page.hanging("  ", "    ", &format!("{position:<10}  {:.3}  {verdict}, {role}", straight.chance));
    }
}
