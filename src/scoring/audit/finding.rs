//! The rules that a fair bank keeps. What a rule allows is a judgement; the figures
//! behind it are exact.

use crate::bank::{Kind, Problem, ProblemKind, Severity, Verdict};

use super::attainability::Attainability;
use super::figures::{Audit, RoleAudit};
use super::position_pattern::PatternAudit;
use super::question::{DominatedChoice, MeanImbalance, QuestionAudit};

/// Largest distance of a role's chance to lead from the fair one: more is worth a warning, and this an error.
const MAX_UNEVENNESS: f64 = 0.015;
const UNFAIR_UNEVENNESS: f64 = 0.03;

/// Largest probability of `neither` at random.
const MAX_NEITHER: f64 = 0.05;

/// Fewest questions that should tell something about a role, and fewest that must.
const MIN_QUESTIONS: usize = 5;
const FEWEST_QUESTIONS: usize = 3;

/// Fit that answers should be able to give every role.
const MIN_CEILING: f64 = 85.0;

/// Largest share of a lead that a question should have, or three times the mean where questions are few.
const MAX_SHARE: f64 = 0.15;

/// Largest difference of the mean points of two roles in a question.
const MAX_IMBALANCE: f64 = 1.0;

impl Audit<'_> {
    /// Returns everything that is unfair or looks like a mistake, in file order.
    pub fn findings(&self) -> Vec<Problem> {
        let mut found = self.broken();
        for (one, two) in self.duplicates() {
            let kind = ProblemKind::DuplicateQuestion(two.id.clone(), one.id.clone());
            found.push(Problem::finding(Severity::Note, &two.place, kind));
        }
        found.sort_by_key(|problem| problem.place.span.start);
        found
    }

    /// Returns how many of the findings are errors, without a look at the texts.
    pub fn errors(&self) -> usize {
        self.broken().iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// Returns what breaks a rule by its figures.
    fn broken(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        self.roles.iter().for_each(|role| self.role(role, &mut found));
        self.acquiescence(&mut found);
        self.neither(&mut found);
        self.questions.iter().for_each(|question| self.question(question, &mut found));
        self.patterns.iter().for_each(|audit| pattern(audit, &mut found));
        found
    }

    fn role(&self, audit: &RoleAudit<'_>, found: &mut Vec<Problem>) {
        let RoleAudit { leads, ceiling, questions, attainability, .. } = *audit;
        let (id, place, fair) = (audit.role.id.clone(), &audit.role.place, self.fair());
        let off = (leads - fair).abs();
        if off > MAX_UNEVENNESS {
            let severity = if off > UNFAIR_UNEVENNESS { Severity::Error } else { Severity::Warning };
            found.push(Problem::finding(severity, place, ProblemKind::UnevenChance(id.clone(), leads, fair)));
        }
        if questions < MIN_QUESTIONS {
            let severity = if questions < FEWEST_QUESTIONS { Severity::Error } else { Severity::Warning };
            let kind = ProblemKind::FewQuestions(id.clone(), questions, MIN_QUESTIONS);
            found.push(Problem::finding(severity, place, kind));
        }
        if attainability == Attainability::Impossible {
            found.push(Problem::finding(Severity::Error, place, ProblemKind::UnreachableRole(id.clone())));
        }
        if ceiling < MIN_CEILING {
            found.push(Problem::finding(Severity::Warning, place, ProblemKind::LowCeiling(id, ceiling)));
        }
    }

    /// Somebody who likes everything should not lean anywhere for that.
    fn acquiescence(&self, found: &mut Vec<Problem>) {
        let least = self.roles.iter().min_by_key(|role| role.acquiescence);
        let Some(least) = least else { return };
        for role in self.roles.iter().filter(|role| role.acquiescence > least.acquiescence) {
            let (id, other) = (role.role.id.clone(), least.role.id.clone());
            let kind = ProblemKind::UnevenLiking(id, role.acquiescence, other, least.acquiescence);
            found.push(Problem::finding(Severity::Warning, &role.role.place, kind));
        }
    }

    /// Somebody who clicks at random should seldom seem to dislike everything. Roles with activities of their own are all low
    /// in at most one of 25 cases, however many these are.
    fn neither(&self, found: &mut Vec<Problem>) {
        let activity = self.questions.iter().map(|audit| audit.question).find(|question| question.kind == Kind::Scale);
        let Some(activity) = activity.filter(|_| self.neither.lower > MAX_NEITHER) else { return };
        let kind = ProblemKind::FrequentNeither(self.neither.lower);
        found.push(Problem::finding(Severity::Warning, &activity.place, kind));
    }

    fn question(&self, audit: &QuestionAudit<'_>, found: &mut Vec<Problem>) {
        let (id, place) = (&audit.question.id, &audit.question.place);
        if audit.swing < 1e-9 {
            found.push(Problem::finding(Severity::Warning, place, ProblemKind::IdleQuestion(id.clone())));
        }
        let count = u32::try_from(self.questions.len().max(1)).map_or(f64::INFINITY, f64::from);
        if audit.share > MAX_SHARE.max(3.0 / count) + 1e-9 {
            found.push(Problem::finding(Severity::Warning, place, ProblemKind::HeavyQuestion(id.clone(), audit.share)));
        }
        if let Some(MeanImbalance { to, from, points }) = audit.imbalance.filter(|it| it.points > MAX_IMBALANCE + 1e-9)
        {
            let [to, from] = [to, from].map(|role| self.roles[role].role.id.clone());
            let kind = ProblemKind::TiltedQuestion(Box::new([id.clone(), to, from]), points);
            found.push(Problem::finding(Severity::Warning, place, kind));
        }
        for DominatedChoice { choice, by } in &audit.dominated {
            let kind = ProblemKind::DominatedChoice(Box::new([id, &choice.id, &by.id].map(String::clone)));
            found.push(Problem::finding(Severity::Note, &choice.place, kind));
        }
    }
}

fn pattern(audit: &PatternAudit<'_>, found: &mut Vec<Problem>) {
    let Some(role) = audit.role.filter(|_| matches!(audit.verdict, Verdict::Lean | Verdict::Clear)) else { return };
    let kind = ProblemKind::StraightLineCall(audit.pattern.position(), role.id.clone(), audit.chance);
    found.push(Problem::finding(Severity::Error, &role.place, kind));
}
