//! The audit of a bank: figures, and what they mean.

use crate::bank::{Bank, Count, Problem, Severity};
use crate::scoring::{Attainability, Audit, QuestionAudit, QuickShare, RoleAudit};

use super::document::{Block, Document, Emphasis, ListItem, Report, Table, Tone, heading, list, paragraph, section};
use super::json;
use super::problems::ProblemReport;
use super::rounding::nearest;

const QUESTION_COLUMNS: &str = "Share: the largest part of a lead's chance variance that comes from this question. Swing: \
     the most by which its answers can change a lead, in points of fit.";

const PATTERN_COLUMNS: &str = "Chance: how often random answers lead by as much as somebody who always picks the choice in \
     this position.";

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

impl Report for AuditReport<'_> {
    fn document(&self) -> Document<'_> {
        let Self { bank, audit, .. } = self;
        let blocks = vec![
            heading(1, &bank.title),
            section(2, "Random answers", chance(audit, self.share)),
            section(2, "Roles", vec![list(Tone::Plain, audit.roles.iter().map(role))]),
            section(2, "Questions", vec![Block::Table(questions(audit)), paragraph(QUESTION_COLUMNS)]),
            section(2, "The same position everywhere", vec![Block::Table(patterns(audit)), paragraph(PATTERN_COLUMNS)]),
            section(2, "Findings", self.problems.blocks()),
            paragraph(outcome(self.problems.problems)),
        ];
        Document { bank, title: bank.title.clone(), blocks }
    }

    fn json(&self) -> String {
        json::pretty(&json::AuditDocument::new(self.bank, self.audit, self.share, self.problems))
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

fn chance(audit: &Audit<'_>, share: QuickShare) -> Vec<Block<'static>> {
    let leads =
        audit.roles.iter().map(|role| (&*role.role.id, format!("leads in {} of 100 cases", of_100(role.leads))));
    let tie = ("tie", format!("in {} of 100 cases", of_100(audit.tie)));
    let (most, neither) = match audit.neither.exact() {
        Some(chance) => ("", chance),
        None => ("at most ", audit.neither.upper),
    };
    let neither = ("neither", format!("in {most}{} of 100 cases, whoever leads", of_100(neither)));
    let exact = match audit.standard_error {
        None => "These figures are exact".to_owned(),
        Some(error) => format!("These figures are estimated from simulated sheets, standard error at most {error:.4}"),
    };
    let decided = "points of fit is no longer too close to call";
    let lead = match (audit.lean, audit.clear) {
        (None, _) => "Whatever the lead, it is too close to call.".to_owned(),
        (Some(lean), None) => format!("A lead of {lean:.1} {decided}, and none is large enough to be clear."),
        (Some(lean), Some(clear)) => format!("A lead of {lean:.1} {decided}, and one of {clear:.1} is clear."),
    };
    let error = share.standard_error.map_or_else(String::new, |error| {
        format!(", estimated from simulated people with a standard error of {}", of_100(error))
    });
    let quick =
        format!("`--quick` asks {}% of the questions of somebody who answers at random{error}.", of_100(share.mean));
    let cases = leads.chain([tie, neither]).map(|(name, text)| ListItem::from(format!("{name}: {text}")));
    let fair = paragraph(format!("{exact}; {} would be fair.", of_100(audit.fair())));
    vec![list(Tone::Plain, cases), fair, paragraph(lead), paragraph(quick)]
}

fn of_100(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

fn role(role: &RoleAudit<'_>) -> String {
    let call = match role.attainability {
        Attainability::Reached => "answers can lead to a call",
        Attainability::Impossible => "no answers lead to a call",
        Attainability::Unknown => "no answers that lead to a call were found",
    };
    let (ceiling, questions) = (nearest(role.ceiling), Count(role.questions, "question", "questions"));
    let RoleAudit { role, acquiescence, .. } = role;
    format!("{}: best fit {ceiling}, {questions}, {acquiescence} points for liking everything, {call}", role.id)
}

fn questions(audit: &Audit<'_>) -> Table {
    let rows = audit.questions.iter().map(|QuestionAudit { question, share, swing, .. }| {
        vec![question.id.clone(), format!("{}%", of_100(*share)), format!("{swing:.1}")]
    });
    Table {
        about: "The questions, one in a row",
        head: vec!["question", "share", "swing"],
        rows: rows.collect(),
        emphasis: Emphasis::Full,
    }
}

fn patterns(audit: &Audit<'_>) -> Table {
    let rows = audit.patterns.iter().map(|pattern| {
        let position = pattern.pattern.position();
        let position = position.map_or("last".to_owned(), |position| format!("choice {position}"));
        let role = pattern.role.map_or("none", |role| &role.id);
        vec![position, format!("{:.3}", pattern.chance), pattern.verdict.name().to_owned(), role.to_owned()]
    });
    Table {
        about: "The positions, one in a row",
        head: vec!["always", "chance", "verdict", "role"],
        rows: rows.collect(),
        emphasis: Emphasis::Full,
    }
}
