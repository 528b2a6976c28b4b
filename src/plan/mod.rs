//! The study plan: knowledge, certification, expertise, with dates. Pure; where it begins is an argument.

mod comparison;
mod schedule;

use crate::bank::named;
use std::error::Error;
use std::fmt;

use jiff::civil::Date;

use crate::bank::{Certification, Hours, PACE, Project, Role, Sheet, Topic, When};

pub use comparison::Comparison;

use schedule::Schedule;

/// Hours a week where nobody says otherwise.
pub const HOURS_PER_WEEK: u32 = 6;

/// When study begins and how much of it there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The first day.
    pub start: Date,
    /// Hours a week, at least 1.
    pub hours_per_week: u32,
}

/// What a person says that shapes the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes<'b> {
    /// Tags of certifications that suit.
    pub prefers: Vec<&'b str>,
    /// Ids of steps that are known already.
    pub knows: Vec<&'b str>,
    /// Time there is for studying.
    pub hours_per_week: Option<u32>,
}

impl<'b> Wishes<'b> {
    /// The wishes on a sheet; of several hours a week the last counts.
    #[must_use]
    pub fn new(sheet: &Sheet<'b>) -> Self {
        let mut wishes = Self::default();
        for (question, answer) in sheet.responses() {
            for pick in answer.picks() {
                let Some(choice) = question.choices.get(*pick) else { continue };
                wishes.prefers.extend(choice.hint.prefers.iter().map(String::as_str));
                wishes.knows.extend(choice.hint.knows.iter().map(String::as_str));
                wishes.hours_per_week = choice.hint.hours_per_week.or(wishes.hours_per_week);
            }
        }
        wishes
    }
}

named! {
    /// The three phases, in their order.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Phase {
        /// Study the field.
        Knowledge = "knowledge",
        /// Have it certified.
        Certification = "certification",
        /// Solve problems with real data.
        Expertise = "expertise",
    }
}

/// One thing to do.
#[derive(Clone, Debug)]
pub struct Step<'b> {
    /// What it is about.
    pub subject: Subject<'b>,
    /// First and last day; nothing when it is known already.
    pub dates: Option<(Date, Date)>,
}

/// What a step is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'b> {
    /// A topic to learn.
    Topic(&'b Topic),
    /// An exam to sit.
    Certification(&'b Certification),
    /// A project to build.
    Project(&'b Project),
}

impl<'b> Subject<'b> {
    /// Its id, unique within the role.
    #[must_use]
    pub fn id(self) -> &'b str {
        match self {
            Self::Topic(topic) => &topic.id,
            Self::Certification(certification) => &certification.id,
            Self::Project(project) => &project.id,
        }
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'b str {
        match self {
            Self::Topic(topic) => &topic.title,
            Self::Certification(certification) => &certification.name,
            Self::Project(project) => &project.title,
        }
    }

    /// Its hours.
    #[must_use]
    pub fn hours(self) -> Hours {
        match self {
            Self::Topic(topic) => topic.hours,
            Self::Certification(certification) => certification.hours,
            Self::Project(project) => project.hours,
        }
    }

    /// The phase it belongs to.
    #[must_use]
    pub fn phase(self) -> Phase {
        match self {
            Self::Topic(_) => Phase::Knowledge,
            Self::Certification(_) => Phase::Certification,
            Self::Project(_) => Phase::Expertise,
        }
    }
}

/// When one phase of a plan is under way; what is known already takes no part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// First and last day of the plan that the phase is in, counted from 1.
    pub days: (u32, u32),
    /// First and last week, counted from 1.
    pub weeks: (u32, u32),
    /// Estimate of the work.
    pub hours: Hours,
}

/// A dated plan toward one role.
#[derive(Clone, Debug)]
pub struct Plan<'b> {
    /// The role.
    pub role: &'b Role,
    /// Start and hours a week.
    pub pace: Pace,
    /// Last day of the last step; nothing when there is nothing left to do.
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

impl<'b> Plan<'b> {
    /// Lays the steps of a role out in time.
    ///
    /// Of the certifications one is scheduled: the first that suits a preferred tag, else the first, among those that can
    /// still be sat on the day the plan comes to them.
    ///
    /// # Errors
    ///
    /// When the plan would run past the end of the calendar.
    pub fn new(role: &'b Role, wishes: &Wishes<'_>, pace: Pace) -> Result<Self, TooLong> {
        let mut schedule = Schedule::new(pace);
        let mut steps = Vec::new();
        for topic in &role.knowledge {
            steps.push(schedule.step(Subject::Topic(topic), wishes)?);
        }
        let (mut active, mut retired) = (Vec::new(), Vec::new());
        for certification in &role.certifications {
            let exam = schedule.clone().step(Subject::Certification(certification), &Wishes::default())?;
            let last_day = certification.retired.map(When::last_day);
            let too_late = exam.dates.zip(last_day).is_some_and(|((_, exam), last_day)| exam > last_day);
            if too_late { retired.push(certification) } else { active.push(certification) }
        }
        let suits = |certification: &&&Certification| {
            certification.suits.iter().any(|tag| wishes.prefers.contains(&tag.as_str()))
        };
        let chosen = active.iter().find(suits).or(active.first()).copied();
        if let Some(certification) = chosen {
            steps.push(schedule.step(Subject::Certification(certification), wishes)?);
        }
        for project in &role.expertise {
            steps.push(schedule.step(Subject::Project(project), wishes)?);
        }
        active.retain(|certification| chosen.is_none_or(|chosen| certification.id != chosen.id));
        let (finish, weeks) = (schedule.finish()?, schedule.weeks());
        Ok(Self { role, pace, finish, weeks, steps, alternatives: active, retired, shared: Vec::new() })
    }

    /// The plan toward the role that leads, beside the plans of those that cannot be told from it; nothing where none leads.
    ///
    /// # Errors
    ///
    /// When the plan would run past the end of the calendar.
    pub fn toward(
        leader: Option<&'b Role>,
        shortlist: &[&Role],
        wishes: &Wishes<'_>,
        pace: Pace,
    ) -> Result<Option<Self>, TooLong> {
        let plan = leader.map(|role| Self::new(role, wishes, pace)).transpose()?;
        Ok(plan.map(|plan| plan.beside(shortlist)))
    }

    /// The plan with what it shares with the plans of other roles pointed out.
    #[must_use]
    pub fn beside(self, others: &[&Role]) -> Self {
        let shared = shared(self.role, others);
        Self { shared, ..self }
    }

    /// The steps of one phase.
    pub fn phase(&self, phase: Phase) -> impl Iterator<Item = &Step<'b>> {
        self.steps.iter().filter(move |step| step.subject.phase() == phase)
    }

    /// The phases about which there is anything to say: steps, or certifications that are not scheduled.
    pub fn phases(&self) -> impl Iterator<Item = Phase> {
        let beside = !self.alternatives.is_empty() || !self.retired.is_empty();
        let is_there =
            move |phase: &Phase| self.phase(*phase).next().is_some() || (*phase == Phase::Certification && beside);
        Phase::ALL.into_iter().filter(is_there)
    }

    /// When a phase is under way; nothing where nothing is left to do in it.
    #[must_use]
    pub(crate) fn stretch(&self, phase: Phase) -> Option<Stretch> {
        let start = self.phase(phase).find_map(|step| step.dates).map(|(start, _)| start)?;
        let finish = self.phase(phase).filter_map(|step| step.dates).last().map(|(_, finish)| finish)?;
        let day = |date: Date| u32::try_from((date - self.pace.start).get_days() + 1).unwrap_or(1);
        let days = (day(start), day(finish));
        let weeks = (days.0.div_ceil(7), days.1.div_ceil(7));
        Some(Stretch { start, finish, days, weeks, hours: hours(self.phase(phase)) })
    }

    /// The phases in which something is left to do, each with when it is under way.
    #[must_use]
    pub(crate) fn stretches(&self) -> Vec<(Phase, Stretch)> {
        Phase::ALL.into_iter().filter_map(|phase| Some((phase, self.stretch(phase)?))).collect()
    }

    /// Estimate of all the work that is left.
    #[must_use]
    pub fn hours(&self) -> Hours {
        hours(self.steps.iter())
    }

    /// The certification that is scheduled and not known already.
    #[must_use]
    pub fn exam(&self) -> Option<&'b Certification> {
        self.steps.iter().filter(|step| step.dates.is_some()).find_map(|step| match step.subject {
            Subject::Certification(certification) => Some(certification),
            Subject::Topic(_) | Subject::Project(_) => None,
        })
    }

    /// The fewest hours a week at which the work that is left fills no more than some weeks; nothing where nobody can
    /// study as many. Steps that take a day for want of work can still make the plan a little longer.
    #[must_use]
    pub(crate) fn pace_for(&self, weeks: u32) -> Option<u32> {
        let Hours { low, high } = self.hours();
        let pace = (u64::from(low) + u64::from(high)).div_ceil(2 * u64::from(weeks.max(1)));
        u32::try_from(pace).ok().filter(|pace| PACE.contains(pace))
    }
}

/// The hours of the steps that are still to be done.
fn hours<'s, 'b: 's>(steps: impl Iterator<Item = &'s Step<'b>>) -> Hours {
    let open = steps.filter(|step| step.dates.is_some()).map(|step| step.subject.hours());
    open.fold(Hours::default(), |sum, hours| Hours {
        low: sum.low.saturating_add(hours.low),
        high: sum.high.saturating_add(hours.high),
    })
}

/// Topics of a role that every one of the others has too, by id.
#[must_use]
pub fn shared<'b>(role: &'b Role, others: &[&Role]) -> Vec<&'b Topic> {
    let has = |other: &&Role, topic: &Topic| other.knowledge.iter().any(|own| own.id == topic.id);
    let mut others = others.iter().filter(|other| other.id != role.id).peekable();
    if others.peek().is_none() {
        return Vec::new();
    }
    let others: Vec<_> = others.collect();
    role.knowledge.iter().filter(|topic| others.iter().all(|other| has(other, topic))).collect()
}

/// A plan that would end after the last day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the plan would end after the year 9999; begin earlier or plan more hours a week")
    }
}

impl Error for TooLong {}
