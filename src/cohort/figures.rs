//! What a summary comes to.

use crate::bank::{Bank, Question, Role, Verdict};
use crate::scoring::reliability::feldt;

use super::careless::{Careless, Flag};
use super::group::{GroupSize, MIN_GROUP, by_verdict};
use super::histogram::Histogram;
use super::subscale::{Subscale, from_parts};
use super::summary::Summary;

#[derive(Clone, Debug)]
pub struct Cohort<'m> {
    pub bank: &'m Bank,
    pub respondents: u64,
    pub rejected: u64,
    /// All else, `None` where there are fewer than [`MIN_GROUP`] people.
    pub details: Option<Details<'m>>,
}

/// The figures of a group that is large enough.
#[derive(Clone, Debug)]
pub struct Details<'m> {
    /// People with each sign of careless answers.
    pub flags: Vec<(Flag, u64)>,
    /// People with a sign or more.
    pub suspect: u64,
    /// Probability that random answers show a straight line, `None` where they cannot.
    pub straight_chance: Option<f64>,
    pub verdicts: Vec<(Verdict, u64)>,
    pub roles: Vec<RoleSummary<'m>>,
    /// People with no role in front: sheets that end in a tie.
    pub tied: GroupSize,
    /// Leads of the best role over the second.
    pub leads: Histogram,
    /// Reliability of the lean to one of two roles, `None` where there are more.
    pub lead: Option<Reliability>,
    pub questions: Vec<QuestionSummary<'m>>,
}

#[derive(Clone, Debug)]
pub struct RoleSummary<'m> {
    pub role: &'m Role,
    /// The people whose best fit it is.
    pub recommended: GroupSize,
    pub fit: Distribution,
    /// Reliability of how much somebody likes it.
    pub reliability: Reliability,
}

/// Everybody's fits of a role.
#[derive(Clone, Copy, Debug)]
pub struct Distribution {
    pub mean: f64,
    /// Standard deviation, with n − 1 below the line.
    pub deviation: f64,
    pub lowest: f64,
    pub highest: f64,
    /// Numbers of people from 0 to 100.
    pub histogram: Histogram,
}

/// The reliability of the sum of some questions. What cannot be worked out is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reliability {
    /// Number of questions that are added up: those that at least [`MIN_GROUP`] people answered.
    pub questions: usize,
    /// Number of people whom two of them have in common, on average: everybody, where none was skipped.
    pub respondents: u64,
    /// Cronbach's alpha, pairwise where answers are missing.
    pub alpha: Option<f64>,
    /// Feldt's interval, of which 95 of 100 hold the alpha of everybody.
    pub interval: Option<(f64, f64)>,
    /// alpha of questions scaled to equal spread.
    pub standardised: Option<f64>,
    pub mean_correlation: Option<f64>,
    /// Omega total, from one factor.
    pub omega: Option<f64>,
}

#[derive(Clone, Debug)]
pub struct QuestionSummary<'m> {
    pub question: &'m Question,
    pub answered: u64,
    pub skipped: u64,
    /// Its statistics for the lean, or for each role in bank order where there are more than two; `None` for a role
    /// that it does not concern.
    pub stats: Vec<Option<QuestionStats>>,
}

/// The statistics of a question in one subscale. What cannot be worked out is `None`, and so is what rests on fewer than
/// [`MIN_GROUP`] people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QuestionStats {
    /// Correlation with the other questions together.
    pub item_total: Option<f64>,
    pub alpha_without: Option<f64>,
    /// Upper-lower index, `None` also where people are too many to be held side by side.
    pub upper_lower: Option<f64>,
}

impl<'m> Cohort<'m> {
    /// Works the figures out, with the signs of careless answers that were looked for.
    pub fn new(summary: &Summary<'m>, rejected: u64, flags: &[Flag]) -> Self {
        let details = (summary.people >= MIN_GROUP).then(|| Details::new(summary, flags));
        Self { bank: summary.model.bank(), respondents: summary.people, rejected, details }
    }
}

impl<'m> Details<'m> {
    fn new(summary: &Summary<'m>, flags: &[Flag]) -> Self {
        let mut groups = GroupSize::all(&summary.led);
        groups.pop();
        let tied = groups.pop().unwrap_or(GroupSize { people: 0, verdicts: None });
        Self {
            flags: Flag::ALL.into_iter().zip(summary.flagged).filter(|(flag, _)| flags.contains(flag)).collect(),
            suspect: summary.suspect,
            straight_chance: Careless::new(summary.model).chance(),
            verdicts: Verdict::ALL.into_iter().zip(by_verdict(&summary.led)).collect(),
            roles: groups.into_iter().enumerate().map(|(role, group)| RoleSummary::new(summary, role, group)).collect(),
            tied,
            leads: summary.leads,
            lead: summary.lean.as_ref().map(|lean| Reliability::new(lean, &summary.answered)),
            questions: question_summaries(summary),
        }
    }

    /// Returns true if everybody's answers stand side by side, so that each question has an upper-lower index.
    pub fn has_upper_lower(&self) -> bool {
        self.questions.iter().flat_map(|item| item.stats.iter().flatten()).any(|stats| stats.upper_lower.is_some())
    }
}

impl<'m> RoleSummary<'m> {
    fn new(summary: &Summary<'m>, index: usize, recommended: GroupSize) -> Self {
        let fits = summary.fits[index];
        let moments = summary.moments.only(&[index]).pairwise();
        let (mean, variance) = moments.map_or((0.0, 0.0), |moments| (moments.mean(0), moments.entry(0, 0)));
        Self {
            role: &summary.model.bank().roles[index],
            recommended,
            fit: Distribution {
                mean: from_parts(mean),
                deviation: from_parts(variance.sqrt()),
                lowest: fits.lowest,
                highest: fits.highest,
                histogram: fits.histogram,
            },
            reliability: Reliability::new(&summary.roles[index], &summary.answered),
        }
    }
}

impl Reliability {
    fn new(subscale: &Subscale, answered: &[u64]) -> Self {
        let Some((_, found)) = subscale.covariances(answered) else {
            return Self { questions: subscale.len(), ..Self::default() };
        };
        let alpha = found.alpha();
        Self {
            questions: found.items(),
            respondents: found.people(),
            alpha,
            interval: alpha.and_then(|alpha| feldt(alpha, found.people(), found.items())),
            standardised: found.standardised_alpha(),
            mean_correlation: found.mean_correlation(),
            omega: found.omega(),
        }
    }
}

fn question_summaries<'m>(summary: &Summary<'m>) -> Vec<QuestionSummary<'m>> {
    let subscales = summary.lean.as_ref().map_or(&summary.roles[..], std::slice::from_ref);
    let kept = summary.kept();
    let stats: Vec<Vec<QuestionStats>> =
        subscales.iter().map(|subscale| question_stats(subscale, &summary.answered, kept.as_deref())).collect();
    let mut summaries = Vec::with_capacity(summary.answered.len());
    for (index, (question, &answered)) in summary.model.questions().zip(&summary.answered).enumerate() {
        let stats = subscales.iter().zip(&stats).map(|(subscale, stats)| {
            let stats = stats[subscale.position(index)?];
            Some(if answered < MIN_GROUP { QuestionStats::default() } else { stats })
        });
        let (stats, skipped) = (stats.collect(), summary.people - answered);
        summaries.push(QuestionSummary { question, answered, skipped, stats });
    }
    summaries
}

/// Returns what each question of a subscale is worth.
fn question_stats(subscale: &Subscale, answered: &[u64], kept: Option<&[&[Option<u16>]]>) -> Vec<QuestionStats> {
    let mut stats = vec![QuestionStats::default(); subscale.len()];
    let upper_lower = kept.map(|kept| subscale.upper_lower(kept)).unwrap_or_default();
    stats.iter_mut().zip(upper_lower).for_each(|(stats, index)| stats.upper_lower = index);
    let Some((items, found)) = subscale.covariances(answered) else { return stats };
    for (at, item) in items.into_iter().enumerate() {
        stats[item].item_total = found.item_total(at);
        stats[item].alpha_without = found.alpha_without(at);
    }
    stats
}
