//! A dated plan toward one role.

use jiff::civil::Date;

use crate::bank::{Certification, Hours, PACE, PartialDate, Role, Topic};

use super::preferences::PlanPreferences;
use super::schedule::{Pace, Schedule, TooLong};
use super::step::{Phase, Step, StepKind};

/// A dated plan toward one role.
#[derive(Clone, Debug)]
pub struct Plan<'b> {
    /// The role.
    pub role: &'b Role,
    /// Start and hours a week.
    pub pace: Pace,
    /// Last day of the last step; `None` where no step is left.
    pub finish: Option<Date>,
    /// Weeks from the start to the end of the last step, a begun one counted whole.
    pub weeks: u32,
    /// Everything to do, phase after phase; what is known is there too.
    pub steps: Vec<Step<'b>>,
    /// Certifications that could be sat instead of the scheduled one.
    pub alternatives: Vec<&'b Certification>,
    /// Certifications that cannot be sat any more by the time the plan comes to them.
    pub retired: Vec<&'b Certification>,
    /// Topics that all other roles of interest ask for as well.
    pub shared: Vec<&'b Topic>,
}

/// The time in which one phase of a plan is under way; what is known already takes no part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PhaseSpan {
    pub(crate) start: Date,
    pub(crate) finish: Date,
    /// First and last day of the plan that the phase is in, counted from 1.
    pub(crate) days: (u32, u32),
    /// First and last week, counted from 1.
    pub(crate) weeks: (u32, u32),
    pub(crate) hours: Hours,
}

impl<'b> Plan<'b> {
    /// Lays the steps of a role out in time.
    ///
    /// Of the certifications one is scheduled: the first that suits a preferred tag, else the first, among those that
    /// can still be sat on the day the plan comes to them.
    ///
    /// # Errors
    ///
    /// When the plan would run past the end of the calendar.
    pub fn new(role: &'b Role, preferences: &PlanPreferences<'_>, pace: Pace) -> Result<Self, TooLong> {
        let mut schedule = Schedule::new(pace);
        let mut steps = Vec::new();
        for topic in &role.knowledge {
            steps.push(schedule.step(StepKind::Topic(topic), preferences)?);
        }
        let (mut alternatives, mut retired) = (Vec::new(), Vec::new());
        for certification in &role.certifications {
            let exam = schedule.clone().step(StepKind::Certification(certification), &PlanPreferences::default())?;
            let latest = certification.retired.map(PartialDate::latest);
            let is_late = exam.dates.zip(latest).is_some_and(|((_, exam), latest)| exam > latest);
            if is_late { retired.push(certification) } else { alternatives.push(certification) }
        }
        if !alternatives.is_empty() {
            let suits = |tag: &String| preferences.tags.contains(&tag.as_str());
            let chosen = alternatives.iter().position(|certification| certification.suits.iter().any(suits));
            let exam = StepKind::Certification(alternatives.remove(chosen.unwrap_or(0)));
            steps.push(schedule.step(exam, preferences)?);
        }
        for project in &role.expertise {
            steps.push(schedule.step(StepKind::Project(project), preferences)?);
        }
        let (finish, weeks) = (schedule.finish()?, schedule.weeks());
        Ok(Self { role, pace, finish, weeks, steps, alternatives, retired, shared: Vec::new() })
    }

    /// Plans toward the role that leads and points out what is shared with those that cannot be told from it; `None`
    /// where none leads.
    ///
    /// # Errors
    ///
    /// When the plan would run past the end of the calendar.
    pub fn for_recommendation(
        leader: Option<&'b Role>,
        shortlist: &[&Role],
        preferences: &PlanPreferences<'_>,
        pace: Pace,
    ) -> Result<Option<Self>, TooLong> {
        let plan = leader.map(|role| Self::new(role, preferences, pace)).transpose()?;
        Ok(plan.map(|plan| plan.with_shared_topics(shortlist)))
    }

    /// Plans toward each of the roles at one pace, in their order, and points out what each shares with all others.
    ///
    /// # Errors
    ///
    /// When a plan would run past the end of the calendar.
    pub fn for_roles(roles: &[&'b Role], preferences: &PlanPreferences<'_>, pace: Pace) -> Result<Vec<Self>, TooLong> {
        roles.iter().map(|role| Ok(Self::new(role, preferences, pace)?.with_shared_topics(roles))).collect()
    }

    fn with_shared_topics(self, others: &[&Role]) -> Self {
        Self { shared: shared_topics(self.role, others), ..self }
    }

    /// Returns the steps of one phase.
    pub fn phase(&self, phase: Phase) -> impl Iterator<Item = &Step<'b>> {
        self.steps.iter().filter(move |step| step.kind.phase() == phase)
    }

    /// Returns the phases that have steps, or certifications that are not scheduled.
    pub fn phases(&self) -> impl Iterator<Item = Phase> {
        let has_others = !self.alternatives.is_empty() || !self.retired.is_empty();
        Phase::ALL
            .into_iter()
            .filter(move |&phase| self.phase(phase).next().is_some() || (phase == Phase::Certification && has_others))
    }

    /// Returns the time in which a phase is under way, `None` if no step of it is left.
    pub(crate) fn phase_span(&self, phase: Phase) -> Option<PhaseSpan> {
        let mut dates = self.phase(phase).filter_map(|step| step.dates);
        let (start, first_finish) = dates.next()?;
        let finish = dates.last().map_or(first_finish, |(_, finish)| finish);
        let days = (self.day_number(start), self.day_number(finish));
        let weeks = (days.0.div_ceil(7), days.1.div_ceil(7));
        Some(PhaseSpan { start, finish, days, weeks, hours: open_hours(self.phase(phase)) })
    }

    fn day_number(&self, date: Date) -> u32 {
        u32::try_from((date - self.pace.start).get_days() + 1).unwrap_or(1)
    }

    /// Returns the estimate of all the work that is left.
    pub fn hours(&self) -> Hours {
        open_hours(self.steps.iter())
    }

    /// Returns the certification that is scheduled, `None` if it is known already or there is none.
    pub fn exam(&self) -> Option<&'b Certification> {
        self.steps.iter().filter(|step| step.dates.is_some()).find_map(|step| step.kind.certification())
    }

    /// Returns the fewest hours a week at which the work that is left fills no more than some weeks, `None` if nobody
    /// can study as many. Steps that take a day for want of work can still make the plan a little longer.
    pub(crate) fn pace_for(&self, weeks: u32) -> Option<u32> {
        let Hours { low, high } = self.hours();
        let pace = (u64::from(low) + u64::from(high)).div_ceil(2 * u64::from(weeks.max(1)));
        u32::try_from(pace).ok().filter(|pace| PACE.contains(pace))
    }
}

fn open_hours<'s, 'b: 's>(steps: impl Iterator<Item = &'s Step<'b>>) -> Hours {
    let open = steps.filter(|step| step.dates.is_some()).map(|step| step.kind.hours());
    open.fold(Hours::default(), |sum, hours| Hours {
        low: sum.low.saturating_add(hours.low),
        high: sum.high.saturating_add(hours.high),
    })
}

/// Returns the topics of a role that every one of the others has too, by id; none without others.
pub fn shared_topics<'b>(role: &'b Role, others: &[&Role]) -> Vec<&'b Topic> {
    let others: Vec<_> = others.iter().filter(|other| other.id != role.id).collect();
    let is_shared = |topic: &&Topic| {
        !others.is_empty() && others.iter().all(|other| other.knowledge.iter().any(|own| own.id == topic.id))
    };
    role.knowledge.iter().filter(is_shared).collect()
}
