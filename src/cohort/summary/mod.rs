//! What is kept of all sheets: counts, and sums of whole numbers.

mod figures;
mod histogram;
mod subscale;

pub use figures::{Cohort, Details, Distribution, GroupSize, QuestionStats, QuestionSummary, Reliability, RoleSummary};
pub use histogram::Histogram;

use crate::scoring::reliability::Moments;
use crate::scoring::{Model, Verdict};

use super::{Flag, Scored};
use subscale::{Subscale, whole};

/// Most answers that are remembered one by one, 8 MiB of them: a hundred thousand people with forty questions. Beyond
/// that the one figure that needs everybody side by side, the upper-lower index, is left out.
const MOST_ANSWERS: usize = 1 << 22;

/// The sheets of a group, summed up; of constant size but for the answers of a small group.
#[derive(Clone, Debug)]
pub struct Summary<'m> {
    model: &'m Model<'m>,
    people: u64,
    /// By role that leads alone, nobody last, and by verdict.
    led: Vec<ByVerdict>,
    flagged: [u64; Flag::ALL.len()],
    /// People with a flag or more.
    suspect: u64,
    /// How many answered each scored question.
    answered: Vec<u64>,
    fits: Vec<Fits>,
    /// Fits of all roles in parts of a point.
    moments: Moments,
    leads: Histogram,
    roles: Vec<Subscale>,
    lean: Option<Subscale>,
    /// Outcomes of everybody, one person after the other; nothing once they are too many.
    kept: Option<Vec<Option<u16>>>,
}

/// Numbers of people, one a verdict.
type ByVerdict = [u64; Verdict::ALL.len()];

/// The fits of one role.
#[derive(Clone, Copy, Debug)]
struct Fits {
    lowest: f64,
    highest: f64,
    histogram: Histogram,
}

impl<'m> Summary<'m> {
    /// Nobody yet.
    #[must_use]
    pub fn new(model: &'m Model<'m>) -> Self {
        let roles = model.bank().roles.len();
        let (measures, lean) = Subscale::all(model);
        let none = Fits { lowest: f64::INFINITY, highest: f64::NEG_INFINITY, histogram: Histogram::default() };
        Self {
            model,
            people: 0,
            led: vec![[0; Verdict::ALL.len()]; roles + 1],
            flagged: [0; Flag::ALL.len()],
            suspect: 0,
            answered: vec![0; model.questions().len()],
            fits: vec![none; roles],
            moments: Moments::new(roles),
            leads: Histogram::default(),
            roles: measures,
            lean,
            kept: Some(Vec::new()),
        }
    }

    /// Adds a sheet.
    pub fn add(&mut self, row: &Scored<'_>) {
        self.people += 1;
        let nobody = self.fits.len();
        let led = self.led.get_mut(row.role.unwrap_or(nobody)).into_iter().flatten();
        let counts = led.zip(Verdict::ALL).filter(|(_, verdict)| *verdict == row.verdict);
        counts.for_each(|(count, _)| *count += 1);
        let raised = Flag::ALL.map(|flag| row.flags.has(flag));
        self.flagged.iter_mut().zip(raised).for_each(|(count, raised)| *count += u64::from(raised));
        self.suspect += u64::from(raised.contains(&true));
        let answers = self.answered.iter_mut().zip(row.outcomes);
        answers.for_each(|(count, outcome)| *count += u64::from(outcome.is_some()));
        self.fit(row.sums);
        self.leads.add(row.lead);
        self.roles.iter_mut().chain(&mut self.lean).for_each(|measure| measure.add(row.outcomes));
        self.keep(row.outcomes);
    }

    fn fit(&mut self, sums: &[i128]) {
        let model = self.model;
        let fit = |(role, &sum): (usize, &i128)| model.fit(role, sum);
        for (fits, fit) in self.fits.iter_mut().zip(sums.iter().enumerate().map(fit)) {
            fits.lowest = fits.lowest.min(fit);
            fits.highest = fits.highest.max(fit);
            fits.histogram.add(fit);
        }
        let roles = self.fits.len();
        self.moments.add(sums.iter().take(roles).enumerate().map(|row| Some(whole(fit(row)))));
    }

    fn keep(&mut self, outcomes: &[Option<u16>]) {
        let size = self.answered.len();
        let Some(kept) = &mut self.kept else { return };
        if kept.len() + size > MOST_ANSWERS {
            self.kept = None;
            return;
        }
        kept.extend(outcomes.iter().copied().chain(std::iter::repeat(None)).take(size));
    }

    /// Adds the sheets of another summary of the same bank.
    pub fn merge(&mut self, other: Self) {
        self.people += other.people;
        let counts = |counts: &mut [u64], more: &[u64]| {
            counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        };
        self.led.iter_mut().zip(&other.led).for_each(|(led, more)| counts(led, more));
        counts(&mut self.flagged, &other.flagged);
        self.suspect += other.suspect;
        counts(&mut self.answered, &other.answered);
        for (fits, more) in self.fits.iter_mut().zip(&other.fits) {
            fits.lowest = fits.lowest.min(more.lowest);
            fits.highest = fits.highest.max(more.highest);
            fits.histogram.merge(&more.histogram);
        }
        self.moments.merge(&other.moments);
        self.leads.merge(&other.leads);
        let measures = self.roles.iter_mut().chain(&mut self.lean);
        measures.zip(other.roles.iter().chain(&other.lean)).for_each(|(measure, more)| measure.merge(more));
        let both = self.kept.take().zip(other.kept);
        self.kept = both.filter(|(kept, more)| kept.len() + more.len() <= MOST_ANSWERS).map(|(mut kept, more)| {
            kept.extend(more);
            kept
        });
    }

    /// Everybody's outcomes, sorted, so that nothing depends on who came first; nothing where they were too many.
    fn kept(&self) -> Option<Vec<Vec<Option<u16>>>> {
        let kept = self.kept.as_ref()?;
        let mut people: Vec<Vec<Option<u16>>> = kept.chunks(self.answered.len().max(1)).map(<[_]>::to_vec).collect();
        people.sort_unstable();
        Some(people)
    }
}
