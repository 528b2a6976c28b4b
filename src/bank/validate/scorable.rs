//! What scoring needs of a bank as a whole: two roles, a scored question, chance variance for every role, and numbers
//! that stay small enough to be added up exactly and at once.

use std::ops::Range;

use crate::bank::num::lcm;
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::question::Question;
use crate::bank::question_bank::Bank;
use crate::bank::role::Role;
use crate::bank::validate::checks::Ids;

/// Most choices of all scored questions together, counted once for each role: each is read with its points.
const MOST_SCORED_CHOICES: usize = 6_000;

/// Most outcomes of all scored questions together, counted once for each role: each is held with its points. Two roles
/// can have one ranking of seven choices.
const MOST_SCORED_OUTCOMES: u128 = 2 * 5_040;

/// Most scored questions, counted once for each role: chance takes as many steps for every simulated sheet.
const MOST_SCORED_QUESTIONS: usize = 600;

/// Largest common multiple of the questions' outcome counts: centred points stay whole numbers that way, and sums of
/// their squares stay far inside 128 bits.
const LARGEST_MULTIPLE: i128 = 100_000_000_000;

/// Places for problems of no single part of the file.
pub(super) struct Places<'p> {
    pub(super) file: &'p Range<usize>,
    pub(super) questions: &'p Range<usize>,
}

/// Reports what keeps the bank from being scored. Where a declared question is broken, nothing is said of the questions
/// together, since it would be an echo of that.
pub(super) fn check(bank: &Bank, declared: &Ids, places: &Places<'_>, problems: &mut Problems<'_>) {
    if bank.roles.len() < 2 {
        let place = bank.roles.first().map_or(places.file, |role| &role.place.span);
        problems.error(place, ProblemKind::TooFewRoles);
    }
    if declared.is_broken() || declared.len() > bank.questions.len() {
        return;
    }
    let scored: Vec<&Question> = bank.questions.iter().filter(|question| question.is_scored()).collect();
    if scored.is_empty() {
        problems.error(places.questions, ProblemKind::NothingScored);
        return;
    }
    if is_small(&scored, bank.roles.len(), places, problems) {
        check_evidence(&scored, &bank.roles, problems);
    }
}

/// Returns true if the outcomes are few enough; reports it otherwise.
fn is_small(scored: &[&Question], roles: usize, places: &Places<'_>, problems: &mut Problems<'_>) -> bool {
    let before = problems.len();
    let choices: usize = scored.iter().map(|question| question.choices.len()).sum();
    let most_choices = MOST_SCORED_CHOICES / roles.max(1);
    if choices > most_choices {
        problems.error(places.questions, ProblemKind::ScoredChoices(choices, roles, most_choices));
    }
    let count: u128 = scored.iter().map(|question| question.outcome_count()).sum();
    let most_outcomes = MOST_SCORED_OUTCOMES / roles.max(1) as u128;
    if count > most_outcomes {
        problems.error(places.questions, ProblemKind::ScoredOutcomes(count, roles, most_outcomes));
    }
    if scored.len() * roles > MOST_SCORED_QUESTIONS {
        let most = MOST_SCORED_QUESTIONS / roles.max(1);
        problems.error(places.questions, ProblemKind::ScoredQuestions(scored.len(), roles, most));
    }
    let counts = scored.iter().map(|question| question.outcome_count().max(1));
    let multiple = counts.map(|count| i128::try_from(count).unwrap_or(i128::MAX)).fold(1, lcm);
    if multiple > LARGEST_MULTIPLE {
        problems.error(places.questions, ProblemKind::CommonMultiple);
    }
    problems.len() == before
}

/// Reports every role for which no two outcomes of any question differ.
fn check_evidence(scored: &[&Question], roles: &[Role], problems: &mut Problems<'_>) {
    let mut has_evidence = vec![false; roles.len()];
    for question in scored {
        let outcomes = question.outcomes();
        for (role, has_evidence) in has_evidence.iter_mut().enumerate() {
            let mut points = outcomes.iter().map(|outcome| question.points(outcome, role));
            *has_evidence |= points.next().is_some_and(|first| points.any(|other| other != first));
        }
    }
    for (role, _) in roles.iter().zip(has_evidence).filter(|(_, has_evidence)| !has_evidence) {
        problems.error(&role.place.span, ProblemKind::RoleWithoutEvidence(role.id.clone()));
    }
}
