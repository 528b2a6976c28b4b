//! What a summary comes to.

use crate::bank::{Bank, Question, Role};
use crate::scoring::Verdict;
use crate::scoring::reliability::feldt;

use super::super::{Careless, Flag, MIN_GROUP};
use super::subscale::{Subscale, points};
use super::{ByVerdict, Histogram, Summary};

/// The figures of a group.
#[derive(Clone, Debug)]
pub struct Cohort<'m> {
    /// The bank that was answered.
    pub bank: &'m Bank,
    /// Sheets that were scored.
    pub respondents: u64,
    /// Lines that were no sheets.
    pub rejected: u64,
    /// All else; nothing where there are fewer than [`MIN_GROUP`] people.
    pub details: Option<Details<'m>>,
}

/// What is told about a group that is large enough.
#[derive(Clone, Debug)]
pub struct Details<'m> {
    /// People with each sign of careless answers.
    pub flags: Vec<(Flag, u64)>,
    /// People with a sign or more.
    pub suspect: u64,
    /// How often random answers show a straight line; nothing where none can.
    pub straight_chance: Option<f64>,
    /// People with each verdict.
    pub verdicts: Vec<(Verdict, u64)>,
    /// Every role, in bank order.
    pub roles: Vec<RoleSummary<'m>>,
    /// Who has no role in front: sheets that end in a tie.
    pub tied: GroupSize,
    /// How far the best role is ahead of the second.
    pub leads: Histogram,
    /// How well the questions tell which of two roles somebody leans to; nothing where there are more.
    pub lead: Option<Reliability>,
    /// Every scored question, in bank order.
    pub questions: Vec<QuestionSummary<'m>>,
}

/// People who have something in common.
#[derive(Clone, Debug)]
pub struct GroupSize {
    /// How many they are.
    pub people: u64,
    /// The same by verdict; nothing for any group where a role or a verdict has so few people that they could be
    /// recognised, since what is left out of one group could be worked out from the others.
    pub verdicts: Option<Vec<(Verdict, u64)>>,
}

/// A role in a group.
#[derive(Clone, Debug)]
pub struct RoleSummary<'m> {
    /// The role.
    pub role: &'m Role,
    /// The people whose best fit it is.
    pub recommended: GroupSize,
    /// Everybody's fits.
    pub fit: Distribution,
    /// How well the questions tell how much somebody likes it.
    pub reliability: Reliability,
}

/// Everybody's fits of a role.
#[derive(Clone, Copy, Debug)]
pub struct Distribution {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, with n − 1 below the line.
    pub deviation: f64,
    /// Smallest.
    pub lowest: f64,
    /// Largest.
    pub highest: f64,
    /// How many people there are from 0 to 100.
    pub histogram: Histogram,
}

/// How far the sum of some questions can be relied on. What cannot be worked out is nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reliability {
    /// How many questions are added up: those that at least [`MIN_GROUP`] people answered.
    pub questions: usize,
    /// How many people two of them have in common, on average: everybody, where nothing was skipped.
    pub respondents: u64,
    /// Cronbach's alpha, pairwise where answers are missing.
    pub alpha: Option<f64>,
    /// Where 95 of 100 such intervals hold the alpha of everybody, by Feldt.
    pub interval: Option<(f64, f64)>,
    /// alpha of questions scaled to equal spread.
    pub standardised: Option<f64>,
    /// Mean correlation of two questions.
    pub mean_correlation: Option<f64>,
    /// Omega total, from one factor.
    pub omega: Option<f64>,
}

/// A scored question in a group.
#[derive(Clone, Debug)]
pub struct QuestionSummary<'m> {
    /// The question.
    pub question: &'m Question,
    /// How many answered it.
    pub answered: u64,
    /// How many did not.
    pub skipped: u64,
    /// What it is worth for the lean, or for each role in bank order where there are more than two; nothing for a role
    /// that it says nothing about.
    pub stats: Vec<Option<QuestionStats>>,
}

/// What a question is worth for one measure. What cannot be worked out is nothing, and so is what rests on fewer than
/// [`MIN_GROUP`] people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QuestionStats {
    /// Correlation with the other questions together.
    pub item_total: Option<f64>,
    /// alpha without it.
    pub alpha_without: Option<f64>,
    /// Upper-lower index; nothing either where people are too many to be held side by side.
    pub upper_lower: Option<f64>,
}

impl<'m> Cohort<'m> {
    /// Works the figures out, with the signs of careless answers that were looked for.
    #[must_use]
    pub fn new(summary: &Summary<'m>, rejected: u64, flags: &[Flag]) -> Self {
        let details = (summary.people >= MIN_GROUP).then(|| Details::new(summary, flags));
        Self { bank: summary.model.bank(), respondents: summary.people, rejected, details }
    }
}

impl<'m> Details<'m> {
    fn new(summary: &Summary<'m>, flags: &[Flag]) -> Self {
        let mut groups = groups(summary);
        let tied = groups.pop().unwrap_or(GroupSize { people: 0, verdicts: None });
        let measures = summary.lean.as_ref().map_or(&summary.roles[..], std::slice::from_ref);
        Self {
            flags: Flag::ALL.into_iter().zip(summary.flagged).filter(|(flag, _)| flags.contains(flag)).collect(),
            suspect: summary.suspect,
            straight_chance: Careless::new(summary.model).chance(),
            verdicts: Verdict::ALL
                .into_iter()
                .enumerate()
                .map(|(index, verdict)| (verdict, with(summary, index)))
                .collect(),
            roles: standings(summary, groups),
            tied,
            leads: summary.leads,
            lead: summary.lean.as_ref().map(|lean| Reliability::new(lean, &summary.answered)),
            questions: items(summary, measures),
        }
    }

    /// Whether everybody's answers stand side by side, so that each question has an upper-lower index.
    #[must_use]
    pub fn has_upper_lower(&self) -> bool {
        self.questions.iter().flat_map(|item| item.stats.iter().flatten()).any(|stats| stats.upper_lower.is_some())
    }
}

/// The people whom each role leads alone, and last those whom none does.
fn groups(summary: &Summary<'_>) -> Vec<GroupSize> {
    let verdicts = (0..Verdict::ALL.len()).map(|verdict| with(summary, verdict));
    let mut sizes: Vec<u64> = verdicts.chain(summary.led.iter().map(people)).collect();
    // A tie is too close to call by itself, so a few of them tell nothing more, if they are no more than that.
    let close = |led: &ByVerdict| {
        Verdict::ALL.iter().zip(led).all(|(verdict, &people)| *verdict == Verdict::Close || people == 0)
    };
    if summary.led.last().is_some_and(close) {
        sizes.pop();
    }
    let small = sizes.iter().any(|size| (1..MIN_GROUP).contains(size));
    let group = |led: &ByVerdict| GroupSize {
        people: people(led),
        verdicts: (!small).then(|| Verdict::ALL.into_iter().zip(*led).collect()),
    };
    summary.led.iter().map(group).collect()
}

fn people(led: &ByVerdict) -> u64 {
    led.iter().sum()
}

/// How many people have a verdict, which is given by its position.
fn with(summary: &Summary<'_>, verdict: usize) -> u64 {
    summary.led.iter().filter_map(|led| led.get(verdict)).sum()
}

fn standings<'m>(summary: &Summary<'m>, groups: Vec<GroupSize>) -> Vec<RoleSummary<'m>> {
    let spread = summary.moments.pairwise();
    let mut standings = Vec::with_capacity(groups.len());
    let measured = summary.fits.iter().zip(&summary.roles);
    for (index, ((role, recommended), (fits, measure))) in
        summary.model.bank().roles.iter().zip(groups).zip(measured).enumerate()
    {
        let (mean, variance) =
            spread.as_ref().map_or((0.0, 0.0), |spread| (spread.mean(index), spread.entry(index, index)));
        let fit = Distribution {
            mean: points(mean),
            deviation: points(variance.sqrt()),
            lowest: fits.lowest,
            highest: fits.highest,
            histogram: fits.histogram,
        };
        let reliability = Reliability::new(measure, &summary.answered);
        standings.push(RoleSummary { role, recommended, fit, reliability });
    }
    standings
}

impl Reliability {
    fn new(measure: &Subscale, answered: &[u64]) -> Self {
        let Some((_, found)) = measure.covariances(answered) else {
            return Self { questions: measure.len(), ..Self::default() };
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

fn items<'m>(summary: &Summary<'m>, measures: &[Subscale]) -> Vec<QuestionSummary<'m>> {
    let kept = summary.kept();
    let stats: Vec<Vec<QuestionStats>> =
        measures.iter().map(|measure| question_stats(measure, &summary.answered, kept.as_deref())).collect();
    let item = |(index, (question, &answered)): (usize, (&'m Question, &u64))| {
        let of = |(measure, stats): (&Subscale, &Vec<QuestionStats>)| {
            let stats = stats.get(measure.position(index)?).copied()?;
            Some(if answered < MIN_GROUP { QuestionStats::default() } else { stats })
        };
        let stats = measures.iter().zip(&stats).map(of).collect();
        QuestionSummary { question, answered, skipped: summary.people - answered, stats }
    };
    summary.model.questions().zip(&summary.answered).enumerate().map(item).collect()
}

/// What each question of a measure is worth.
fn question_stats(measure: &Subscale, answered: &[u64], kept: Option<&[Vec<Option<u16>>]>) -> Vec<QuestionStats> {
    let upper_lower = kept.map(|kept| measure.upper_lower(kept)).unwrap_or_default();
    let mut stats = vec![QuestionStats::default(); measure.len()];
    for (stats, index) in stats.iter_mut().zip(upper_lower) {
        stats.upper_lower = index;
    }
    let Some((items, found)) = measure.covariances(answered) else { return stats };
    for (at, item) in items.into_iter().enumerate() {
        if let Some(stats) = stats.get_mut(item) {
            stats.item_total = found.item_total(at);
            stats.alpha_without = found.alpha_without(at);
        }
    }
    stats
}
