//! What questions are worth: how far each goes with the others that ask about the same.
//!
//! A scale question is held against the other activities of its own role, and against no others: a sound question about one
//! role need not go with questions about another. A question with choices is held against the lead of the other ones.

use crate::bank::{Kind, Question, named};
use crate::scoring::reliability::fisher;

use super::subscale::Subscale;
use super::summary::Summary;

/// Fewest people whose answers a question is judged by.
pub const MIN_JUDGES: u64 = 100;

/// An item-rest correlation that certainly is under this is too small, of a scale question and of one with choices. Choices
/// are coarser and weigh several things at once, so they correlate less.
const MIN_CORRELATION: f64 = 0.20;
const MIN_CHOICE_CORRELATION: f64 = 0.10;

#[derive(Clone, Debug)]
pub struct QuestionSummary<'m> {
    pub question: &'m Question,
    pub answered: u64,
    pub skipped: u64,
    pub stats: QuestionStats,
    /// What there is to do about it, `None` if there is no need.
    pub judgement: Option<Judgement>,
}

/// What a question is worth among those it belongs to: the best where it belongs to several roles. What cannot be worked
/// out is `None`, and so is what rests on fewer than [`MIN_GROUP`](super::MIN_GROUP) people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QuestionStats {
    /// Correlation with the sum of the others.
    pub item_rest: Option<f64>,
    /// Fisher's interval, of which 95 of 100 hold the correlation of everybody.
    pub interval: Option<(f64, f64)>,
    /// Alpha of the others.
    pub alpha_without: Option<f64>,
    /// Upper-lower index, `None` also where people are too many to be held side by side.
    pub upper_lower: Option<f64>,
}

named! {
    /// What there is to say about a question.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Judgement {
        /// Fewer than [`MIN_JUDGES`] people answered it.
        TooFew = "too_few",
        /// It certainly goes too little with the others.
        Rewrite = "rewrite",
    }
}

impl Judgement {
    fn new(kind: &Kind, answered: u64, interval: Option<(f64, f64)>) -> Option<Self> {
        if answered < MIN_JUDGES {
            return Some(Self::TooFew);
        }
        let least = if *kind == Kind::Scale { MIN_CORRELATION } else { MIN_CHOICE_CORRELATION };
        interval.filter(|(_, high)| *high < least).map(|_| Self::Rewrite)
    }
}

pub(super) fn question_summaries<'m>(summary: &Summary<'m>) -> Vec<QuestionSummary<'m>> {
    let questions: Vec<&Question> = summary.scorer.model().questions().collect();
    let scales = summary.roles.iter().map(|role| role.only(|question| questions[question].kind == Kind::Scale));
    let choices = summary.leads.iter().map(|lead| lead.only(|question| questions[question].kind != Kind::Scale));
    let (kept, mut best) = (summary.kept(), vec![None::<QuestionStats>; questions.len()]);
    for subscale in scales.chain(choices) {
        let subscale = subscale.well_answered(&summary.answered);
        for (question, stats) in subscale.questions().zip(question_stats(&subscale, summary, kept.as_deref())) {
            // `None` is less than any number.
            if best[question].is_none_or(|best| stats.item_rest > best.item_rest) {
                best[question] = Some(stats);
            }
        }
    }
    let mut summaries = Vec::with_capacity(questions.len());
    for ((question, stats), &answered) in questions.into_iter().zip(best).zip(&summary.answered) {
        let stats = stats.unwrap_or_default();
        let judgement = Judgement::new(&question.kind, answered, stats.interval);
        summaries.push(QuestionSummary { question, answered, skipped: summary.people - answered, stats, judgement });
    }
    summaries
}

/// Returns what each question of a subscale is worth.
fn question_stats(subscale: &Subscale, summary: &Summary<'_>, kept: Option<&[&[Option<u16>]]>) -> Vec<QuestionStats> {
    let mut stats = vec![QuestionStats::default(); subscale.questions().len()];
    let upper_lower = kept.map(|kept| subscale.upper_lower(kept)).unwrap_or_default();
    stats.iter_mut().zip(upper_lower).for_each(|(stats, index)| stats.upper_lower = index);
    let Some(found) = subscale.covariances() else { return stats };
    for ((place, question), stats) in subscale.questions().enumerate().zip(&mut stats) {
        // A question that fewer people answered than have others in common rests on those alone.
        let people = found.people().min(summary.answered[question]);
        stats.item_rest = found.item_rest(place).map(|correlation| correlation.clamp(-1.0, 1.0));
        stats.interval = stats.item_rest.and_then(|correlation| fisher(correlation, people));
        stats.alpha_without = found.alpha_without(place);
    }
    stats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_certainly_correlates_too_little_is_to_be_rewritten() {
        let judged = |kind: &Kind, answered: u64, high: f64| Judgement::new(kind, answered, Some((-0.1, high)));
        assert_eq!(judged(&Kind::Scale, 100, 0.19), Some(Judgement::Rewrite));
        assert_eq!(judged(&Kind::Scale, 100, 0.2), None);
        assert_eq!(judged(&Kind::Single, 100, 0.09), Some(Judgement::Rewrite));
        assert_eq!(judged(&Kind::Single, 100, 0.1), None);
        assert_eq!(judged(&Kind::Scale, 99, 0.19), Some(Judgement::TooFew));
        assert_eq!(Judgement::new(&Kind::Scale, 100, None), None);
    }
}
