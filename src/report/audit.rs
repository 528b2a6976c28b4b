//! The audit of a bank: figures and what they mean, as text with bars or as JSON.

use serde::Serialize;

use crate::bank::{Bank, Count, Problem, Severity};
use crate::scoring::{Attainability, Audit, PatternAudit, PositionPattern, QuestionAudit, QuickShare, RoleAudit};

use super::bar;
use super::document::RoleRank;
use super::json::{document, object};
use super::page::{Style, TextPage, padded, widest};
use super::problems::ProblemReport;
use super::rounding::nearest;

/// Columns of the longest bar, and of the shortest one that is drawn.
const MAX_BAR: usize = 30;
const MIN_BAR: usize = 4;

/// The figures of a bank and what is wrong with them.
#[derive(Debug)]
pub struct AuditReport<'r> {
    /// The bank.
    pub bank: &'r Bank,
    /// Its figures.
    pub audit: &'r Audit<'r>,
    /// The part of the questions that a quick quiz asks.
    pub share: QuickShare,
    /// Problems that were found, which stand in its file.
    pub problems: ProblemReport<'r>,
}

impl AuditReport<'_> {
    /// Returns the figures, the problems and the outcome for a terminal.
    pub fn text(&self, style: Style) -> String {
        let mut page = TextPage::new(style);
        chance(self.audit, self.share, &mut page);
        roles(self.audit, &mut page);
        questions(self.audit, &mut page);
        patterns(self.audit, &mut page);
        page.gap();
        format!("{}{}{}\n", page.finish(), self.problems.text(style), outcome(self.problems.problems))
    }

    /// Returns the figures and the problems as JSON.
    pub fn json(&self) -> String {
        let (audit, share) = (self.audit, self.share);
        let (errors, warnings) = self.problems.counts();
        let content = object! {
            tie: audit.tie,
            neither: audit.neither.exact(),
            fair: audit.fair(),
            standard_error: audit.standard_error,
            lean: audit.lean,
            clear: audit.clear,
            quick: object! { share: share.mean, standard_error: share.standard_error },
            roles: audit.roles.iter().map(role_json).collect::<Vec<_>>(),
            questions: audit.questions.iter().map(|question| question_json(question, audit)).collect::<Vec<_>>(),
            straight: audit.patterns.iter().map(pattern_json).collect::<Vec<_>>(),
            duplicates: audit.duplicates().iter().map(|(one, two)| [&*one.id, &*two.id]).collect::<Vec<_>>(),
            errors: errors,
            warnings: warnings,
            problems: self.problems.entries(),
        };
        document(self.bank, content)
    }
}

/// Returns the outcome of an audit in one line.
fn outcome(problems: &[Problem]) -> &'static str {
    match problems.iter().map(|problem| problem.severity).min() {
        Some(Severity::Error) => "The bank is unfair: mend what is marked as an error.",
        Some(Severity::Warning) => {
            "The bank can be used; what is marked as a warning makes it weaker than it could be."
        }
        Some(Severity::Note) | None => "The bank is fair.",
    }
}

fn chance(audit: &Audit<'_>, share: QuickShare, page: &mut TextPage) {
    page.heading("Random answers");
    let longest = widest(audit.roles.iter().map(|role| &*role.role.id)).max("neither".len());
    for role in &audit.roles {
        let label = format!("  {}  ", padded(&role.role.id, longest));
        page.hanging(&label, "    ", &format!("leads in {:.1} of 100 cases", 100.0 * role.leads));
    }
    let label = format!("  {}  ", padded("tie", longest));
    page.hanging(&label, "    ", &format!("in {:.1} of 100 cases", 100.0 * audit.tie));
    let neither = audit.neither.exact().map_or_else(
        || format!("in at most {:.1} of 100 cases", 100.0 * audit.neither.upper),
        |chance| format!("in {:.1} of 100 cases", 100.0 * chance),
    );
    let label = format!("  {}  ", padded("neither", longest));
    page.hanging(&label, "    ", &format!("{neither}, whoever leads"));
    let exact = match audit.standard_error {
        None => "These figures are exact".to_owned(),
        Some(error) => format!("These figures are estimated from simulated sheets, standard error at most {error:.4}"),
    };
    page.paragraph(&format!("{exact}; {:.1} would be fair.", 100.0 * audit.fair()));
    let decided = "points of fit is no longer too close to call";
    page.paragraph(&match (audit.lean, audit.clear) {
        (None, _) => "Whatever the lead, it is too close to call.".to_owned(),
        (Some(lean), None) => format!("A lead of {lean:.1} {decided}, and none is large enough to be clear."),
        (Some(lean), Some(clear)) => format!("A lead of {lean:.1} {decided}, and one of {clear:.1} is clear."),
    });
    let error = share.standard_error.map_or_else(String::new, |error| {
        format!(", estimated from simulated people with a standard error of {:.1}", 100.0 * error)
    });
    page.paragraph(&format!(
        "`--quick` asks {:.1} % of the questions of somebody who answers at random{error}.",
        100.0 * share.mean
    ));
}

fn roles(audit: &Audit<'_>, page: &mut TextPage) {
    page.part("Roles");
    for role in &audit.roles {
        let call = match role.attainability {
            Attainability::Reached => "answers can lead to a call",
            Attainability::Impossible => "no answers lead to a call",
            Attainability::Unknown => "no answers that lead to a call were found",
        };
        let facts = format!(
            "{}: best fit {}, {}, {} points for liking everything, {call}",
            role.role.id,
            nearest(role.ceiling),
            Count(role.questions, "question", "questions"),
            role.acquiescence
        );
        page.hanging("  ", "    ", &facts);
    }
}

fn questions(audit: &Audit<'_>, page: &mut TextPage) {
    page.part("Questions: largest share of a lead's chance variance, and swing in points of fit");
    let longest = widest(audit.questions.iter().map(|question| &*question.question.id));
    let most = audit.questions.iter().map(|question| question.share).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let columns = page.style.width.saturating_sub(longest + 22).min(MAX_BAR);
    for QuestionAudit { question, share, swing, .. } in &audit.questions {
        let bar = if columns < MIN_BAR { String::new() } else { bar::segment(0.0, share / most, columns, page.style) };
        let bar = page.tinted(&bar, RoleRank::First);
        page.line(&format!("  {}  {:>5.1} %  {bar} {swing:>5.1}", padded(&question.id, longest), 100.0 * share));
    }
}

fn patterns(audit: &Audit<'_>, page: &mut TextPage) {
    page.part("The same position everywhere: how often random answers lead by as much");
    for pattern in &audit.patterns {
        let position = match pattern.pattern {
            PositionPattern::Position(position) => format!("choice {position}"),
            PositionPattern::Last => "last".to_owned(),
        };
        let role = pattern.role.map_or("nobody", |role| &role.id);
        let verdict = pattern.verdict.name();
        page.hanging("  ", "    ", &format!("{position:<10}  {:.3}  {verdict}, {role}", pattern.chance));
    }
}

fn role_json(role: &RoleAudit<'_>) -> impl Serialize {
    object! {
        id: &role.role.id,
        leads: role.leads,
        ceiling: role.ceiling,
        questions: role.questions,
        liking: role.acquiescence,
        call: role.attainability.name(),
    }
}

fn question_json(question: &QuestionAudit<'_>, audit: &Audit<'_>) -> impl Serialize {
    let id = |role: usize| audit.roles.get(role).map_or("", |role| &role.role.id);
    let dominated = question.dominated.iter().map(|pair| object! { choice: &pair.choice.id, by: &pair.by.id });
    object! {
        id: &question.question.id,
        share: question.share,
        swing: question.swing,
        tilt: question.imbalance.map(|imbalance| {
            object! { to: id(imbalance.to), from: id(imbalance.from), points: imbalance.points }
        }),
        dominated: dominated.collect::<Vec<_>>(),
    }
}

/// Returns one position everywhere, counted from 1, null for the last one.
fn pattern_json(pattern: &PatternAudit<'_>) -> impl Serialize {
    let position = match pattern.pattern {
        PositionPattern::Position(position) => Some(position),
        PositionPattern::Last => None,
    };
    object! {
        position: position,
        role: pattern.role.map(|role| &role.id),
        verdict: pattern.verdict.name(),
        chance: pattern.chance,
        lead: pattern.lead,
    }
}
