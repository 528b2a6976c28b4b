//! The rules that a fair bank keeps, and what to do about a broken one. What a rule allows is a judgement; the figures
//! behind it are exact.

use crate::bank::{Count, Kind, Problem, Severity, Verdict};

use super::attainability::Attainability;
use super::figures::{Audit, RoleAudit};
use super::position_pattern::{PatternAudit, PositionPattern};
use super::question::QuestionAudit;

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
            let what = format!("`{}` asks nearly the same as `{}`, for the same points", two.id, one.id);
            let advice = "leave one of them out, or ask about something else";
            found.push(Problem::finding(Severity::Note, &two.place, "duplicate-question", what, advice));
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

    fn role(&self, role: &RoleAudit<'_>, found: &mut Vec<Problem>) {
        let RoleAudit { role, leads, ceiling, questions, attainability, .. } = role;
        let (id, place) = (&role.id, &role.place);
        let off = leads - self.fair();
        if off.abs() > MAX_UNEVENNESS {
            let (more, advice) =
                if off > 0.0 { ("more", "give it fewer points") } else { ("less", "give it more points") };
            let what = format!(
                "random answers let `{id}` lead in {:.1} of 100 cases, {more} than the fair {:.1}",
                100.0 * leads,
                100.0 * self.fair()
            );
            let severity = if off.abs() > UNFAIR_UNEVENNESS { Severity::Error } else { Severity::Warning };
            let advice = format!("{advice}, or move points between questions with many and with few choices");
            found.push(Problem::finding(severity, place, "uneven-chance", what, advice));
        }
        if *questions < MIN_QUESTIONS {
            let tells = Count(*questions, "question tells", "questions tell");
            let what = format!("only {tells} anything about `{id}`");
            let severity = if *questions < FEWEST_QUESTIONS { Severity::Error } else { Severity::Warning };
            let advice =
                format!("ask at least {MIN_QUESTIONS} questions that give it points; {} is better", 2 * MIN_QUESTIONS);
            found.push(Problem::finding(severity, place, "few-questions", what, advice));
        }
        if *attainability == Attainability::Impossible {
            let what = format!("no answers can lead to a call for `{id}`");
            let advice = "let some answers give it points that no other role gets";
            found.push(Problem::finding(Severity::Error, place, "unreachable-role", what, advice));
        }
        if *ceiling < MIN_CEILING {
            let what = format!("the best fit that answers can give `{id}` is {ceiling:.0}");
            let advice = "let more of its points stand in answers that go together";
            found.push(Problem::finding(Severity::Warning, place, "low-ceiling", what, advice));
        }
    }

    /// Somebody who likes everything should not lean anywhere for that.
    fn acquiescence(&self, found: &mut Vec<Problem>) {
        let least = self.roles.iter().min_by_key(|role| role.acquiescence);
        let Some(least) = least else { return };
        for role in self.roles.iter().filter(|role| role.acquiescence > least.acquiescence) {
            let (id, other) = (&role.role.id, &least.role.id);
            let what = format!(
                "liking everything gives `{id}` {} points and `{other}` {}",
                role.acquiescence, least.acquiescence
            );
            let advice = "let the keys of all scale questions add up to the same for every role";
            found.push(Problem::finding(Severity::Warning, &role.role.place, "uneven-liking", what, advice));
        }
    }

    /// Somebody who clicks at random should seldom seem to dislike everything. Roles with activities of their own are all low
    /// in at most one of 25 cases, however many these are.
    fn neither(&self, found: &mut Vec<Problem>) {
        let activity = self.questions.iter().map(|audit| audit.question).find(|question| question.kind == Kind::Scale);
        let Some(activity) = activity.filter(|_| self.neither.lower > MAX_NEITHER) else { return };
        let what = format!("random answers are `neither` in {:.1} of 100 cases", 100.0 * self.neither.lower);
        let advice = "let each scale question name one role alone in its `key`";
        found.push(Problem::finding(Severity::Warning, &activity.place, "frequent-neither", what, advice));
    }

    fn question(&self, question: &QuestionAudit<'_>, found: &mut Vec<Problem>) {
        let QuestionAudit { question, swing, share, imbalance, dominated } = question;
        let (id, place) = (&question.id, &question.place);
        if *swing < 1e-9 {
            let what = format!("no answer to `{id}` changes any lead");
            let advice = "give its answers different points, or take the question out";
            found.push(Problem::finding(Severity::Warning, place, "idle-question", what, advice));
        }
        let count = u32::try_from(self.questions.len().max(1)).map_or(f64::INFINITY, f64::from);
        if *share > MAX_SHARE.max(3.0 / count) + 1e-9 {
            let what = format!("`{id}` alone makes {:.1} % of a lead's chance variance", 100.0 * share);
            let advice = "give it fewer points, or ask more questions";
            found.push(Problem::finding(Severity::Warning, place, "heavy-question", what, advice));
        }
        if let Some(imbalance) = imbalance.filter(|imbalance| imbalance.points > MAX_IMBALANCE + 1e-9) {
            let name = |role: usize| self.roles.get(role).map_or("", |role| &role.role.id);
            let what = format!(
                "`{id}` gives `{}` {:.2} points more on average than `{}`",
                name(imbalance.to),
                imbalance.points,
                name(imbalance.from)
            );
            let advice = "balance the points of its choices; else an answer for neither leans to the other role";
            found.push(Problem::finding(Severity::Warning, place, "tilted-question", what, advice));
        }
        for dominated in dominated {
            let (choice, by) = (dominated.choice, &dominated.by.id);
            let what = format!("the choice `{}` of `{id}` gives every role less than `{by}`", choice.id);
            let advice = "give it points that `skip` would not give, or leave it as a way to say neither";
            found.push(Problem::finding(Severity::Note, &choice.place, "dominated-choice", what, advice));
        }
    }
}

fn pattern(pattern: &PatternAudit<'_>, found: &mut Vec<Problem>) {
    if !matches!(pattern.verdict, Verdict::Lean | Verdict::Clear) {
        return;
    }
    let Some(role) = pattern.role else { return };
    let position = match pattern.pattern {
        PositionPattern::Position(position) => format!("choice {position}"),
        PositionPattern::Last => "the last choice".to_owned(),
    };
    let what = format!("{position} everywhere earns a call for `{}` (p = {:.3})", role.id, pattern.chance);
    let advice = "change the order of choices in some questions, so that no role always stands in the same place";
    found.push(Problem::finding(Severity::Error, &role.place, "straight-line-call", what, advice));
}
