//! The figures of one row that its key does not determine: likings, the error of the lead, and what follows from both.
//!
//! Few of their values come often, so that the texts made of them are remembered.

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::answers::Respondent;
use crate::scoring::{LeadError, Level, Scorer, StepSum};

use super::digits::Digits;

/// Most likings to remember, and most errors on all threads together.
const MAX_LIKINGS: usize = 1 << 12;
const MAX_ERRORS: usize = 1 << 17;

/// The figures of the row at hand.
#[derive(Clone, Debug)]
pub(super) struct RowFigures<'s> {
    scorer: &'s Scorer<'s>,
    digits: Digits,
    /// The liking of each role, by its place among those that are remembered.
    row: Vec<usize>,
    /// The lead and the variance of its error, `None` if it has none.
    lead: Option<(f64, f64)>,
    likings: Vec<LikingText>,
    /// Places of likings by role and sum of steps.
    places: FxHashMap<(usize, StepSum), usize>,
    /// By the bits of lead and variance.
    errors: FxHashMap<(u64, u64), Box<[u8]>>,
    max_errors: usize,
}

/// The liking of a role that the sum of its steps gives.
#[derive(Clone, Debug)]
struct LikingText {
    is_low: bool,
    /// The mean, `None` where too few activities are answered.
    mean: Option<Box<[u8]>>,
}

impl<'s> RowFigures<'s> {
    pub(super) fn new(scorer: &'s Scorer<'s>, digits: Digits, threads: usize) -> Self {
        let (row, likings, places, errors) = Default::default();
        let max_errors = MAX_ERRORS / threads.max(1);
        Self { scorer, digits, row, lead: None, likings, places, errors, max_errors }
    }

    /// Computes the figures of a row, given its first two roles and the lead between them, `None` if the lead has no error.
    pub(super) fn read(&mut self, respondent: &Respondent<'_>, measured: Option<((usize, usize), f64)>) {
        let Self { scorer, digits, row, likings, places, .. } = self;
        if likings.len() > MAX_LIKINGS {
            likings.clear();
            places.clear();
        }
        row.clear();
        for role in 0..scorer.bank().roles.len() {
            let sum = scorer.activities().step_sum(role, |item| respondent.outcome(item));
            row.push(*places.entry((role, sum)).or_insert_with(|| {
                likings.push(LikingText::new(scorer, *digits, role, sum));
                likings.len() - 1
            }));
        }
        self.lead = measured
            .and_then(|(top_two, lead)| Some((lead, scorer.error_variance(top_two, |item| respondent.outcome(item))?)));
    }

    /// Returns true if the activities of every role are disliked.
    pub(super) fn dislikes_all(&self) -> bool {
        self.row.iter().all(|&place| self.likings[place].is_low)
    }

    /// Returns the text of the error of the lead, made unless it is remembered; `None` where the lead has no error.
    pub(super) fn error(&mut self, make: impl FnOnce(LeadError) -> Vec<u8>) -> Option<&[u8]> {
        let (lead, variance) = self.lead?;
        if self.errors.len() > self.max_errors {
            self.errors.clear();
        }
        let key = (lead.to_bits(), variance.to_bits());
        Some(self.errors.entry(key).or_insert_with(|| make(LeadError::new(lead, variance)).into()))
    }

    /// Returns the mean liking of each role as text, `None` where there is none.
    pub(super) fn likings(&self) -> impl Iterator<Item = Option<&[u8]>> {
        self.row.iter().map(|&place| self.likings[place].mean.as_deref())
    }
}

impl LikingText {
    fn new(scorer: &Scorer<'_>, digits: Digits, role: usize, sum: StepSum) -> Self {
        let level = scorer.activities().level(role, sum);
        let mean =
            level.map(|_| Value::from(digits.round(scorer.activities().mean(sum))).to_string().into_bytes().into());
        Self { is_low: level == Some(Level::Low), mean }
    }
}
