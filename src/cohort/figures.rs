//! What a summary comes to.

use crate::bank::{Bank, Role, Verdict};
use crate::scoring::reliability::{Covariances, feldt, student};
use crate::scoring::{Careless, Flag};

use super::group::{GroupSize, MIN_GROUP, by_verdict};
use super::histogram::Histogram;
use super::question::{QuestionSummary, question_summaries};
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
    /// The lead of the first of two roles over the second, `None` where there are more.
    pub lead: Option<LeadSummary>,
    pub questions: Vec<QuestionSummary<'m>>,
}

#[derive(Clone, Debug)]
pub struct RoleSummary<'m> {
    pub role: &'m Role,
    /// The people whose best fit it is.
    pub recommended: GroupSize,
    pub fit: Distribution,
    /// Reliability of how much somebody likes its activities.
    pub reliability: Reliability,
    pub homogeneity: Homogeneity,
}

/// Leads of the first of two roles over the second, below 0 where the second is ahead.
#[derive(Clone, Copy, Debug)]
pub struct LeadSummary {
    pub mean: f64,
    /// Student's interval, of which 95 of 100 hold the mean of everybody.
    pub interval: (f64, f64),
    /// By stratified alpha.
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
}

/// How far some questions are about one thing. What cannot be worked out is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Homogeneity {
    /// alpha of questions scaled to equal spread.
    pub standardised: Option<f64>,
    pub mean_correlation: Option<f64>,
    /// Omega total, from one factor.
    pub omega: Option<f64>,
}

impl<'m> Cohort<'m> {
    /// Works the figures out, with the signs of careless answers that were looked for.
    pub fn new(summary: &Summary<'m>, rejected: u64, flags: &[Flag]) -> Self {
        let details = (summary.people >= MIN_GROUP).then(|| Details::new(summary, flags));
        Self { bank: summary.scorer.bank(), respondents: summary.people, rejected, details }
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
            straight_chance: Careless::new(summary.scorer.model()).chance(),
            verdicts: Verdict::ALL.into_iter().zip(by_verdict(&summary.led)).collect(),
            roles: groups.into_iter().enumerate().map(|(role, group)| RoleSummary::new(summary, role, group)).collect(),
            tied,
            leads: summary.lead_sizes,
            lead: LeadSummary::new(summary),
            questions: question_summaries(summary),
        }
    }
}

impl<'m> RoleSummary<'m> {
    fn new(summary: &Summary<'m>, index: usize, recommended: GroupSize) -> Self {
        let fits = summary.fits[index];
        let moments = summary.moments.only(&[index]).pairwise();
        let liking = summary.roles[index].well_answered(&summary.answered);
        let found = liking.covariances();
        let (mean, variance) = moments.map_or((0.0, 0.0), |moments| (moments.mean(0), moments.entry(0, 0)));
        Self {
            role: &summary.scorer.bank().roles[index],
            recommended,
            fit: Distribution {
                mean: from_parts(mean),
                deviation: from_parts(variance.sqrt()),
                lowest: fits.lowest,
                highest: fits.highest,
                histogram: fits.histogram,
            },
            reliability: Reliability::new(&liking, found.as_ref(), Covariances::alpha),
            homogeneity: found.as_ref().map(Homogeneity::new).unwrap_or_default(),
        }
    }
}

impl LeadSummary {
    /// Sums up how far the first of two roles leads, `None` for more roles.
    fn new(summary: &Summary<'_>) -> Option<Self> {
        let ([lead], [_, _]) = (&summary.leads[..], &summary.roles[..]) else { return None };
        let fits = summary.moments.pairwise()?;
        let variance = fits.entry(0, 0) + fits.entry(1, 1) - 2.0 * fits.entry(0, 1);
        let mean = fits.mean(0) - fits.mean(1);
        let (low, high) = student(mean, variance, fits.people())?;
        let lead = lead.well_answered(&summary.answered);
        let strata = summary.scorer.strata((0, 1), &lead.questions());
        let alpha = |found: &Covariances| found.stratified_alpha(&strata);
        Some(Self {
            mean: from_parts(mean),
            interval: (from_parts(low), from_parts(high)),
            reliability: Reliability::new(&lead, lead.covariances().as_ref(), alpha),
        })
    }
}

impl Reliability {
    fn new(subscale: &Subscale, found: Option<&Covariances>, alpha: impl FnOnce(&Covariances) -> Option<f64>) -> Self {
        let (questions, respondents) = (subscale.questions().len(), found.map_or(0, Covariances::people));
        let alpha = found.and_then(alpha);
        let interval = alpha.and_then(|alpha| feldt(alpha, respondents, questions));
        Self { questions, respondents, alpha, interval }
    }
}

impl Homogeneity {
    fn new(found: &Covariances) -> Self {
        Self {
            standardised: found.standardised_alpha(),
            mean_correlation: found.mean_correlation(),
            omega: found.omega(),
        }
    }
}
