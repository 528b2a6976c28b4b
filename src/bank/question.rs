//! Questions, and the finite list of outcomes that each can have.

use serde::{Deserialize, Serialize};

use crate::bank::answer::Answer;
use crate::bank::named::named;
use crate::bank::problem::Place;

/// Most outcomes a scored question may have: as many as seven things have orders.
pub const MOST_OUTCOMES: u128 = 5_040;

/// One question of a bank.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// Position in the bank, from 0.
    pub index: usize,
    /// Identifies the question in flags, files and results.
    pub id: String,
    /// Its place in the file.
    pub place: Place,
    /// Its subject, in a word.
    pub topic: Option<String>,
    /// The question itself.
    pub text: String,
    /// Other texts by which files of answers may name it.
    pub aka: Vec<String>,
    /// The way in which it is answered.
    pub kind: Kind,
    /// Its use.
    pub purpose: QuestionUse,
    /// All that can be chosen: the steps of the scale from low to high, or the choices in file order.
    pub choices: Vec<Choice>,
}

named! {
    /// The name of a [`Kind`] in a bank, which says it before its details are read.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum KindName {
        Scale = "scale",
        Single = "single",
        Multi = "multi",
        Rank = "rank",
    }
}

/// The kind of a question, by which it is answered.
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
        /// Factors by which each place multiplies the points of its choice; as many choices are ranked as there are places.
        places: Vec<i64>,
    },
}

impl Kind {
    /// Returns its name in a bank.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Scale => KindName::Scale.name(),
            Self::Single => KindName::Single.name(),
            Self::Multi { .. } => KindName::Multi.name(),
            Self::Rank { .. } => KindName::Rank.name(),
        }
    }
}

named! {
    /// The use of a question; never both, since interest and experience are different things.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum QuestionUse {
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
    /// Its place in the file; the steps of a scale stand where their question does.
    pub place: Place,
    /// Its text.
    pub text: String,
    /// Other texts by which files of answers may name it.
    pub aka: Vec<String>,
    /// Points that it gives each role, in bank order; all zero in a plan question.
    pub points: Vec<i64>,
    /// Its effect on the plan; none in a scored question.
    pub effect: PlanEffect,
}

/// The effect of a choice on the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanEffect {
    /// Tags of certifications that suit.
    pub prefers: Vec<String>,
    /// Ids of steps that need no time any more.
    pub knows: Vec<String>,
    /// Time there is for studying.
    pub hours_per_week: Option<u32>,
}

impl Question {
    /// Returns true if answers give points.
    pub fn is_scored(&self) -> bool {
        self.purpose == QuestionUse::Score
    }

    /// Returns the choices that an answer names, in the answer's order; none when skipped.
    pub(crate) fn picked<'q>(&'q self, answer: &'q Answer) -> impl Iterator<Item = &'q Choice> {
        answer.picks().iter().filter_map(|&pick| self.choices.get(pick))
    }

    /// Returns the points that an answer gives a role; a ranked choice counts as much as its place says.
    pub fn points(&self, answer: &Answer, role: usize) -> i64 {
        let points = self.picked(answer).map(|choice| choice.points[role]);
        match &self.kind {
            Kind::Rank { places } => points.zip(places).map(|(points, weight)| points * weight).sum(),
            _ => points.sum(),
        }
    }

    /// Returns every possible answer, a skip aside: each is equally likely under random answering. Empty where there would be
    /// more than [`MOST_OUTCOMES`], which no scored question has.
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

    /// Returns the number of outcomes, counted without listing them.
    pub(crate) fn outcome_count(&self) -> u128 {
        let count = self.choices.len();
        match &self.kind {
            Kind::Scale | Kind::Single => count as u128,
            Kind::Multi { fewest, most } => (*fewest..=*most).map(|size| combinations(count, size)).sum(),
            Kind::Rank { places } => {
                (0..places.len()).map(|place| count.saturating_sub(place) as u128).fold(1, u128::saturating_mul)
            }
        }
    }
}

/// Returns in how many ways one can pick `size` of `count` things; `count` is at most 60, so nothing overflows.
fn combinations(count: usize, size: usize) -> u128 {
    (0..size).fold(1, |ways, step| ways * (count.saturating_sub(step) as u128) / (step as u128 + 1))
}

/// Adds every subset of the right size, in lexicographic order; `most` is at most `count`. A beginning that too few choices
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

/// Adds every order of `length` of the things, in lexicographic order.
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
