//! Study sessions: the hours of a plan as appointments on days of the week that somebody names.
//!
//! A week, counted from the start of the plan, has as many sessions as its hours need at two hours each, all equally
//! long. A step that ends within a session leaves the rest of it to the next step.

use std::iter;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan as _};

use crate::plan::{Pace, Plan, Step};

/// Longest session in minutes.
const MAX_MINUTES: u32 = 120;

/// Days on which somebody studies, and from when on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudySessions {
    /// The days, each of which counts once.
    pub days: Vec<Weekday>,
    /// The time at which a session begins.
    pub from: Time,
}

impl StudySessions {
    /// Returns how many days a week are missing at a pace, `None` if there are enough.
    pub fn missing_days(&self, pace: Pace) -> Option<u32> {
        let named = self.days_after(pace.start).count();
        needed(pace).checked_sub(u32::try_from(named).unwrap_or(7)).filter(|missing| *missing > 0)
    }

    /// Returns the named days in the order in which they follow a date, by how many days they are after it.
    fn days_after(&self, start: Date) -> impl Iterator<Item = i32> {
        (0..7).filter(move |after| self.days.contains(&start.weekday().wrapping_add(*after)))
    }

    /// Returns every open step of a plan with the beginning and the end of each of its sessions, as far as the calendar
    /// goes.
    pub(super) fn of_plan<'s, 'b>(&self, plan: &'s Plan<'b>) -> Vec<(&'s Step<'b>, Vec<[DateTime; 2]>)> {
        let count = needed(plan.pace);
        let length = (60 * plan.pace.hours_per_week).div_ceil(count);
        let mut evenings = self.evenings(plan.pace.start, count).peekable();
        let mut used = 0;
        let open = plan.steps.iter().filter_map(|step| Some((step, step.dates?.0)));
        let sessions = open.map(|(step, start)| {
            let mut sessions = Vec::new();
            let mut left = 30 * (step.kind.hours().low + step.kind.hours().high);
            // Where a plan has waited, its sessions wait too.
            while evenings.next_if(|evening| start.duration_since(evening.date()).as_hours() >= 7 * 24).is_some() {
                used = 0;
            }
            while left > 0
                && let Some(evening) = evenings.peek()
            {
                let minutes = left.min(length - used);
                let ends = [used, used + minutes].map(|minutes| evening.checked_add(i64::from(minutes).minutes()));
                let [Ok(start), Ok(end)] = ends else { break };
                sessions.push([start, end]);
                (left, used) = (left - minutes, used + minutes);
                if used == length {
                    (_, used) = (evenings.next(), 0);
                }
            }
            (step, sessions)
        });
        sessions.collect()
    }

    /// Returns when sessions begin, this many in every week from a date on.
    fn evenings(&self, start: Date, count: u32) -> impl Iterator<Item = DateTime> {
        let weeks = iter::successors(Some(start), |week| week.checked_add(1.week()).ok());
        let days = weeks.flat_map(move |week| {
            let days = self.days_after(week).take(usize::try_from(count).unwrap_or(7));
            days.filter_map(move |after| week.checked_add(Span::new().days(after)).ok())
        });
        days.map(|day| day.to_datetime(self.from))
    }
}

/// Returns the sessions that a week of study needs.
fn needed(pace: Pace) -> u32 {
    (60 * pace.hours_per_week).div_ceil(MAX_MINUTES).max(1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use crate::bank::{Bank, SHIPPED};
    use crate::plan::PlanPreferences;

    use super::*;

    const DAYS: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    fn minutes([start, end]: [DateTime; 2]) -> i64 {
        end.duration_since(start).as_mins()
    }

    proptest! {
        #[test]
        fn sessions_add_up_to_the_hours_of_each_step_and_keep_to_days_and_hours(
            days in proptest::sample::subsequence(DAYS.to_vec(), 1..=7),
            first in 0_i32..7,
            hour in 0_i8..22,
            hours_per_week in 1_u32..=14,
            known in 0_usize..5,
        ) {
            let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
            let pace = Pace { start: date(2026, 11, 23).checked_add(first.days()).unwrap(), hours_per_week };
            let sessions = StudySessions { days, from: time(hour, 30, 0, 0) };
            prop_assume!(sessions.missing_days(pace).is_none());
            let ids: Vec<&str> = bank.roles[0].knowledge.iter().map(|topic| &*topic.id).take(known).collect();
            let plan = Plan::new(&bank.roles[0], &PlanPreferences { known: ids, ..Default::default() }, pace).unwrap();
            let steps = sessions.of_plan(&plan);
            for (step, of_step) in &steps {
                let hours = step.kind.hours();
                let sum: i64 = of_step.iter().copied().map(minutes).sum();
                prop_assert_eq!(sum, 30 * i64::from(hours.low + hours.high));
                let (start, finish) = step.dates.unwrap();
                let week = |from: Date, to: Date| (to - from).get_days() < 7;
                for [begins, ends] in of_step {
                    prop_assert!(minutes([*begins, *ends]) <= 120);
                    prop_assert!(week(begins.date(), start) && week(finish, begins.date()), "{begins} {start} {finish}");
                }
            }
            let all: Vec<[DateTime; 2]> = steps.into_iter().flat_map(|(_, sessions)| sessions).collect();
            prop_assert!(all.windows(2).all(|pair| pair[0][1] <= pair[1][0]));
            let days = |start: Date| {
                let week = |day: Date| (0..7).contains(&(day - start).get_days());
                let mut days: Vec<Date> = all.iter().map(|[begins, _]| begins.date()).filter(|day| week(*day)).collect();
                days.dedup();
                days
            };
            let first_week = days(pace.start);
            prop_assert_eq!(first_week.len(), usize::try_from(needed(pace)).unwrap());
        }
    }

    #[test]
    fn days_that_are_missing_are_counted() {
        let sessions = StudySessions { days: vec![Weekday::Monday, Weekday::Monday], from: time(19, 0, 0, 0) };
        let missing = |hours_per_week| sessions.missing_days(Pace { start: date(2026, 11, 23), hours_per_week });
        assert_eq!([1, 2, 3, 6, 168].map(missing), [None, None, Some(1), Some(2), Some(83)]);
    }
}
