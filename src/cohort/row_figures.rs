//! The figures of one row that its key does not determine: likings, the error of the lead, and what follows from both.

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::answers::Respondent;
use crate::scoring::{LeadError, Level, Scorer, StepSum};

/// Most likings to remember as text.
const MAX_LIKINGS: usize = 1 << 12;

/// The figures of the row at hand.
#[derive(Clone, Debug)]
pub(super) struct RowFigures<'s> {
    scorer: &'s Scorer<'s>,
    outcomes: Vec<Option<u16>>,
    /// By role, `None` where too few of its activities are answered.
    sums: Vec<Option<StepSum>>,
    pub(super) dislikes_all: bool,
    pub(super) error: Option<LeadError>,
    likings: FxHashMap<StepSum, Box<[u8]>>,
}

impl<'s> RowFigures<'s> {
    pub(super) fn new(scorer: &'s Scorer<'s>) -> Self {
        let (outcomes, sums, likings) = Default::default();
        Self { scorer, outcomes, sums, dislikes_all: false, error: None, likings }
    }

    /// Computes the figures of a row, given its first two roles and the lead between them, `None` if the lead has no error.
    pub(super) fn read(&mut self, respondent: &Respondent<'_>, measured: Option<((usize, usize), f64)>) {
        let Self { scorer, outcomes, sums, .. } = self;
        outcomes.clear();
        outcomes.extend(respondent.outcomes());
        sums.clear();
        self.dislikes_all = true;
        let activities = scorer.activities();
        for role in 0..scorer.bank().roles.len() {
            let sum = activities.step_sum(role, |item| outcomes[item]);
            let level = activities.level(role, sum);
            self.dislikes_all &= level == Some(Level::Low);
            sums.push(level.map(|_| sum));
        }
        let answers = outcomes.iter().enumerate().filter_map(|(item, outcome)| Some((item, usize::from((*outcome)?))));
        self.error = measured.and_then(|(top_two, lead)| scorer.lead_error(top_two, lead, answers));
    }

    /// Hands over the mean liking of each role as text, `None` where there is none.
    pub(super) fn each_liking(&mut self, mut each: impl FnMut(Option<&[u8]>)) {
        if self.likings.len() > MAX_LIKINGS {
            self.likings.clear();
        }
        for sum in &self.sums {
            let text = sum.map(|sum| {
                let mean = || Value::from(self.scorer.activities().mean(sum)).to_string().into_bytes().into();
                &**self.likings.entry(sum).or_insert_with(mean)
            });
            each(text);
        }
    }
}
