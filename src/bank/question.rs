//! Questions, and the finite list of outcomes that each can have.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::problem::Place;
use crate::bank::named::named;

/// Most outcomes a scored question may have: as many as seven things have orders.
pub const MOST_OUTCOMES: u128 = 5_040;

/// One question of a bank.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// Position in the bank, from 0.
    pub index: usize,
    /// Identifies the question in flags, files and results.
    pub id: String,
    /// Where it stands in the file.
    pub place: Place,
    /// What it is about.
    pub topic: Option<String>,
    /// The question itself.
    pub text: String,
    /// How it is answered.
    pub kind: Kind,
    /// What it is for.
    pub purpose: Purpose,
    /// What can be chosen: the steps of the scale from low to high, or the choices in file order.
    pub choices: Vec<Choice>,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// One step of the bank's scale, written as a number from 1.
    Scale,
    /// One choice.
    Single,
    /// Several choices in any order.
    Multi {
        /// Fewest that must be picked.
        fewest: usize,
        /// Most that may be picked.
        most: usize,
    },
    /// Some choices in order of preference.
    Rank {
        /// What each place multiplies the points of its choice by; as many choices are ranked as there are places.
        places: Vec<i64>,
    },
}

impl Kind {
    /// The kind's name in a bank.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Single => "single",
            Self::Multi { .. } => "multi",
            Self::Rank { .. } => "rank",
        }
    }
}

named! {
    /// What a question is for; never both, since interest and experience are different things.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Purpose {
        /// It gives points to roles.
        Score = "score",
        /// It shapes the study plan.
        Plan = "plan",
    }
}

/// One thing that can be chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// Identifies the choice; on a scale the number of the step.
    pub id: String,
    /// Where it stands in the file; the steps of a scale stand where their question does.
    pub place: Place,
    /// What the person reads.
    pub text: String,
    /// What it gives each role, in bank order; all zero in a plan question.
    pub points: Vec<i64>,
    /// What it tells about the plan; empty in a scored question.
    pub hint: Hint,
}

/// What a choice tells about the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// Tags of certifications that suit.
    pub prefers: Vec<String>,
    /// Ids of steps that need no time any more.
    pub knows: Vec<String>,
    /// Time there is for studying.
    pub hours_per_week: Option<u32>,
}

impl Question {
    /// Whether answers give points.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        self.purpose == Purpose::Score
    }

    /// The choices that an answer names, in the answer's order; none when skipped.
    pub(crate) fn picked<'q>(&'q self, answer: &'q Answer) -> impl Iterator<Item = &'q Choice> {
        answer.picks().iter().filter_map(|&pick| self.choices.get(pick))
    }

    /// Points that an answer gives a role; a ranked choice counts as much as its place says.
    #[must_use]
    pub fn points(&self, answer: &Answer, role: usize) -> i64 {
        let weight = |place: usize| match &self.kind {
            Kind::Rank { places } => places.get(place).copied().unwrap_or(0),
            _ => 1,
        };
        self.picked(answer)
            .enumerate()
            .map(|(place, choice)| weight(place) * choice.points.get(role).copied().unwrap_or(0))
            .sum()
    }

    /// Every possible answer, a skip aside: each is equally likely under random answering. Empty where there would be
    /// more than [`MOST_OUTCOMES`], which no scored question has.
    #[must_use]
    pub fn outcomes(&self) -> Vec<Answer> {
        let count = self.choices.len();
        if self.outcome_count() > MOST_OUTCOMES {
            return Vec::new();
        }
        let mut outcomes = Vec::new();
        match &self.kind {
            Kind::Scale | Kind::Single => outcomes.extend((0..count).map(|pick| vec![pick])),
            Kind::Multi { fewest, most } => subsets(count, *fewest, *most, &mut Vec::new(), &mut outcomes),
            Kind::Rank { places } => orders(count, places.len(), &mut Vec::new(), &mut outcomes),
        }
        outcomes.into_iter().map(Answer::Picks).collect()
    }

    /// How many outcomes there are, counted without listing them.
    #[must_use]
    pub(crate) fn outcome_count(&self) -> u128 {
        let count = self.choices.len();
        match &self.kind {
            Kind::Scale | Kind::Single => count as u128,
            Kind::Multi { fewest, most } => (*fewest..=*most).map(|size| combinations(count, size)).sum(),
            Kind::Rank { places } => {
                let free = (0..places.len()).map(|place| count.saturating_sub(place) as u128);
                free.fold(1, u128::saturating_mul)
            }
        }
    }
}

/// Ways to pick `size` of `count` things; `count` is at most 60, so nothing overflows.
fn combinations(count: usize, size: usize) -> u128 {
    (0..size).fold(1, |ways, step| ways * (count.saturating_sub(step) as u128) / (step as u128 + 1))
}

/// Every subset of the right size, in lexicographic order; `most` is at most `count`. A beginning that too few choices
/// are left for is not followed, or thirty choices would take minutes.
fn subsets(count: usize, fewest: usize, most: usize, chosen: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if chosen.len() >= fewest {
        found.push(chosen.clone());
    }
    if chosen.len() < most {
        let first = chosen.last().map_or(0, |&last| last + 1);
        let needed = fewest.saturating_sub(chosen.len() + 1);
        for next in first..count.saturating_sub(needed) {
            chosen.push(next);
            subsets(count, fewest, most, chosen, found);
            chosen.pop();
        }
    }
}

/// Every order of `length` of the things, in lexicographic order.
fn orders(count: usize, length: usize, chosen: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if chosen.len() == length {
        found.push(chosen.clone());
        return;
    }
    for next in 0..count {
        if !chosen.contains(&next) {
            chosen.push(next);
            orders(count, length, chosen, found);
            chosen.pop();
        }
    }
}
