//! What is kept of all sheets: counts, and sums of whole numbers.

use crate::bank::Verdict;
use crate::scoring::reliability::Moments;
use crate::scoring::{Flag, Flags, Scored, Scorer};

use super::group::ByVerdict;
use super::histogram::Histogram;
use super::subscale::{Subscale, to_parts};

/// Most answers that are remembered one by one, 8 MiB of them: a hundred thousand people with forty questions. Beyond
/// that the one figure that needs everybody side by side, the upper-lower index, is left out.
const MAX_ANSWERS: usize = 1 << 22;

/// What a sheet shows by itself, whatever its sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetSigns {
    pub flags: Flags,
    /// True if the activities of every role are disliked.
    pub dislikes_all: bool,
}

/// The sheets of a group, summed up; of constant size but for the answers of a small group.
#[derive(Clone, Debug)]
pub struct Summary<'m> {
    pub(super) scorer: &'m Scorer<'m>,
    pub(super) people: u64,
    /// By role that leads alone; last those whom none does, and those who are recommended neither.
    pub(super) led: Vec<ByVerdict>,
    pub(super) flagged: [u64; Flag::ALL.len()],
    /// People with a flag or more.
    pub(super) suspect: u64,
    /// Number of people who answered each scored question.
    pub(super) answered: Vec<u64>,
    pub(super) fits: Vec<FitSummary>,
    /// Fits of all roles in parts of a point.
    pub(super) moments: Moments,
    pub(super) lead_sizes: Histogram,
    pub(super) roles: Vec<Subscale>,
    pub(super) leads: Vec<Subscale>,
    /// Outcomes of everybody, one person after the other, `None` once they are too many.
    kept: Option<Vec<Option<u16>>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct FitSummary {
    pub(super) lowest: f64,
    pub(super) highest: f64,
    pub(super) histogram: Histogram,
}

impl<'m> Summary<'m> {
    pub fn new(scorer: &'m Scorer<'m>) -> Self {
        let roles = scorer.bank().roles.len();
        let none = FitSummary { lowest: f64::INFINITY, highest: f64::NEG_INFINITY, histogram: Histogram::default() };
        Self {
            scorer,
            people: 0,
            led: vec![ByVerdict::default(); roles + 2],
            flagged: [0; Flag::ALL.len()],
            suspect: 0,
            answered: vec![0; scorer.model().questions().len()],
            fits: vec![none; roles],
            moments: Moments::new(roles),
            lead_sizes: Histogram::default(),
            roles: Subscale::of_roles(scorer),
            leads: Subscale::leads(scorer.model()),
            kept: Some(Vec::new()),
        }
    }

    /// Adds a sheet: the outcome of each scored question, what they come to, and what it shows by itself.
    pub fn add(&mut self, outcomes: &[Option<u16>], scored: &Scored, SheetSigns { flags, dislikes_all }: SheetSigns) {
        self.people += 1;
        let said = if dislikes_all { scored.verdict_if_disliked } else { scored.verdict };
        let roles = self.fits.len();
        let group = if said == Verdict::Neither { roles + 1 } else { scored.role.unwrap_or(roles) };
        let led = &mut self.led[group];
        led.iter_mut().zip(Verdict::ALL).for_each(|(count, verdict)| *count += u64::from(verdict == said));
        let raised = Flag::ALL.map(|flag| flags.has(flag));
        self.flagged.iter_mut().zip(raised).for_each(|(count, raised)| *count += u64::from(raised));
        self.suspect += u64::from(raised.contains(&true));
        let answers = self.answered.iter_mut().zip(outcomes);
        answers.for_each(|(count, outcome)| *count += u64::from(outcome.is_some()));
        for (fits, &fit) in self.fits.iter_mut().zip(&scored.fits) {
            fits.lowest = fits.lowest.min(fit);
            fits.highest = fits.highest.max(fit);
            fits.histogram.add(fit);
        }
        self.moments.add(scored.fits.iter().map(|&fit| Some(to_parts(fit))));
        self.lead_sizes.add(scored.lead);
        self.roles.iter_mut().chain(&mut self.leads).for_each(|subscale| subscale.add(outcomes));
        self.kept = self.kept.take().filter(|kept| kept.len() + outcomes.len() <= MAX_ANSWERS);
        self.kept.iter_mut().for_each(|kept| kept.extend(outcomes));
    }

    pub fn merge(&mut self, other: Self) {
        self.people += other.people;
        self.led.iter_mut().zip(&other.led).for_each(|(led, more)| add_counts(led, more));
        add_counts(&mut self.flagged, &other.flagged);
        self.suspect += other.suspect;
        add_counts(&mut self.answered, &other.answered);
        for (fits, more) in self.fits.iter_mut().zip(&other.fits) {
            fits.lowest = fits.lowest.min(more.lowest);
            fits.highest = fits.highest.max(more.highest);
            fits.histogram.merge(&more.histogram);
        }
        self.moments.merge(&other.moments);
        self.lead_sizes.merge(&other.lead_sizes);
        let subscales = self.roles.iter_mut().chain(&mut self.leads);
        subscales.zip(other.roles.iter().chain(&other.leads)).for_each(|(subscale, more)| subscale.merge(more));
        let both = self.kept.take().zip(other.kept);
        self.kept = both.filter(|(kept, more)| kept.len() + more.len() <= MAX_ANSWERS).map(|(mut kept, more)| {
            kept.extend(more);
            kept
        });
    }

    /// Returns everybody's outcomes, sorted, so that nothing depends on who came first; `None` where they were too many.
    pub(super) fn kept(&self) -> Option<Vec<&[Option<u16>]>> {
        let mut people: Vec<&[Option<u16>]> = self.kept.as_ref()?.chunks(self.answered.len()).collect();
        people.sort_unstable();
        Some(people)
    }
}

fn add_counts(counts: &mut [u64], more: &[u64]) {
    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
}
