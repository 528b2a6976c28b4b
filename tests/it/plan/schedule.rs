//! The plan's dates and its choice of a certification.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use pathquiz::internals::bank::{Bank, Hours, SHIPPED, Sheet, Value};
use pathquiz::internals::plan::{Pace, Phase, Plan, PlanPreferences, shared_topics};
use proptest::prelude::*;

const START: Date = date(2026, 11, 23);

/// A bank whose first role has two topics, three certifications and a project.
fn bank() -> Bank {
    let text = r#"format = 1
id = "plan"
version = "1"
title = "Plan"
[[role]]
id = "a"
name = "A"
summary = "-"
knowledge = [{ id = "first", title = "First", hours = [1, 2] }, { id = "second", title = "Second", hours = [4, 8] }]
certification = [
  { id = "gone", name = "Gone", retired = 2024-04-08, successors = ["new"] },
  { id = "old", name = "Old", hours = [5, 7], suits = ["blue"], retired = 2026-12-09, successors = ["new"] },
  { id = "new", name = "New", hours = [10, 10], suits = ["red", "blue"] },
]
expertise = [{ id = "build", title = "Build", hours = [0, 0] }]
[[role]]
id = "b"
name = "B"
summary = "-"
knowledge = [{ id = "second", title = "The second one" }]
[[question]]
id = "q"
kind = "single"
text = "?"
choice = [{ id = "a", text = "-", points = { a = 1 } }, { id = "b", text = "-", points = { b = 1 } }]
"#;
    Bank::parse(text.as_bytes()).unwrap()
}

fn plan<'b>(bank: &'b Bank, preferences: &PlanPreferences<'_>, start: Date, hours_per_week: u32) -> Plan<'b> {
    Plan::new(&bank.roles()[0], preferences, Pace { start, hours_per_week }).unwrap()
}

/// Ids with the days counted from the start, from 1.
fn days(plan: &Plan<'_>) -> Vec<(String, Option<(i32, i32)>)> {
    let day = |date: Date| (date - plan.pace.start).get_days() + 1;
    let dates = |dates: Option<(Date, Date)>| dates.map(|(start, finish)| (day(start), day(finish)));
    plan.steps.iter().map(|step| (step.kind.id().to_owned(), dates(step.dates))).collect()
}

fn step(id: &str, first: i32, last: i32) -> (String, Option<(i32, i32)>) {
    (id.to_owned(), Some((first, last)))
}

/// With 6 hours a week and 1.5, 7.5 and 13.5 hours done: ⌈7 H / 6⌉ is 2, 9 and 16. A project without hours takes a day.
#[test]
fn steps_follow_each_other_in_whole_days() {
    let bank = bank();
    let plan = plan(&bank, &PlanPreferences::default(), START, 6);
    assert_eq!(days(&plan), [step("first", 1, 2), step("second", 3, 9), step("old", 10, 16), step("build", 17, 17)]);
    assert_eq!((plan.finish, plan.weeks), (Some(date(2026, 12, 9)), 3));
}

#[test]
fn what_is_known_is_shown_and_takes_no_time() {
    let bank = bank();
    let preferences = PlanPreferences { known: vec!["first", "build"], ..PlanPreferences::default() };
    let plan = plan(&bank, &preferences, START, 6);
    let known = |id: &str| (id.to_owned(), None);
    assert_eq!(days(&plan), [known("first"), step("second", 1, 7), step("old", 8, 14), known("build")]);
    let all = PlanPreferences { known: vec!["first", "second", "old", "build"], ..PlanPreferences::default() };
    let nothing = Plan::new(&bank.roles()[0], &all, Pace { start: START, hours_per_week: 6 }).unwrap();
    assert_eq!((nothing.finish, nothing.weeks), (None, 0));
}

/// The exam must still be there on the day that the plan comes to it: the old one on its last day, and not a day later.
#[test]
fn a_certification_counts_until_its_last_exam_day() {
    let bank = bank();
    let scheduled = |start: Date| {
        let plan = plan(&bank, &PlanPreferences::default(), start, 6);
        let steps: Vec<String> = plan.phase(Phase::Certification).map(|step| step.kind.id().to_owned()).collect();
        let retired: Vec<String> = plan.retired.iter().map(|certification| certification.id.clone()).collect();
        let others: Vec<String> = plan.alternatives.iter().map(|certification| certification.id.clone()).collect();
        (steps.join(" "), others.join(" "), retired.join(" "))
    };
    let told = |steps: &str, others: &str, retired: &str| (steps.to_owned(), others.to_owned(), retired.to_owned());
    // The exam is on day 16.
    assert_eq!(scheduled(date(2026, 11, 24)), told("old", "new", "gone"));
    assert_eq!(scheduled(date(2026, 11, 25)), told("new", "", "gone old"));
}

/// Of several hours a week the last question's count, and an exam that is known takes no time either.
#[test]
fn preferences_come_from_the_answers() {
    let text = r#"format = 1
id = "preferences"
version = "1"
title = "PlanPreferences"
[[role]]
id = "a"
name = "A"
summary = "-"
certification = [{ id = "exam", name = "Exam", hours = [3, 3], suits = ["red"] }]
[[role]]
id = "b"
name = "B"
summary = "-"
[[question]]
id = "q"
kind = "single"
text = "?"
choice = [{ id = "a", text = "-", points = { a = 1 } }, { id = "b", text = "-", points = { b = 1 } }]
[[question]]
id = "one"
kind = "single"
text = "?"
choice = [{ id = "slow", text = "-", hours_per_week = 2, prefers = ["red"] }, { id = "none", text = "-" }]
[[question]]
id = "two"
kind = "single"
text = "?"
choice = [{ id = "fast", text = "-", hours_per_week = 9, knows = ["exam"] }, { id = "none", text = "-" }]
"#;
    let bank = Bank::parse(text.as_bytes()).unwrap();
    let mut sheet = Sheet::new(&bank);
    for (id, value) in [("one", "slow"), ("two", "fast"), ("q", "a")] {
        sheet.put(bank.respond(id, &Value::Text(value.to_owned())).unwrap());
    }
    let preferences = PlanPreferences::new(&sheet);
    assert_eq!(preferences, PlanPreferences { tags: vec!["red"], known: vec!["exam"], hours_per_week: Some(9) });
    assert_eq!(days(&plan(&bank, &preferences, START, 6)), [("exam".to_owned(), None)]);
    sheet.put(bank.respond("two", &Value::Text("none".to_owned())).unwrap());
    assert_eq!(PlanPreferences::new(&sheet).hours_per_week, Some(2));
}

#[test]
fn a_certification_that_suits_goes_first() {
    let bank = bank();
    let chosen = |tag: &'static str| {
        let plan = plan(&bank, &PlanPreferences { tags: vec![tag], ..PlanPreferences::default() }, START, 6);
        plan.phase(Phase::Certification).next().unwrap().kind.id().to_owned()
    };
    assert_eq!([chosen("red"), chosen("blue"), chosen("green")], ["new", "old", "old"]);
}

#[test]
fn shared_topics_are_those_with_the_same_id() {
    let bank = bank();
    let ids = |topics: Vec<&pathquiz::internals::bank::Topic>| {
        topics.iter().map(|topic| topic.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(shared_topics(&bank.roles()[0], &[&bank.roles()[0], &bank.roles()[1]])), ["second"]);
    assert_eq!(ids(shared_topics(&bank.roles()[0], &[&bank.roles()[0]])), Vec::<String>::new());
}

#[test]
fn a_plan_past_the_end_of_the_calendar_is_refused() {
    let bank = bank();
    let pace = Pace { start: date(9999, 12, 20), hours_per_week: 6 };
    assert!(Plan::new(&bank.roles()[0], &PlanPreferences::default(), pace).is_err());
}

static SHIPPED_BANK: LazyLock<Bank> = LazyLock::new(|| Bank::parse(SHIPPED.as_bytes()).unwrap());

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// On the shipped bank, at any pace: no gap, no overlap, no step without a day, and the finish of the formula.
    #[test]
    fn the_schedule_is_whole(pace in 1_u32..=168, offset in 0_i64..2_000, role in 0_usize..2) {
        let start = START + jiff::Span::new().days(offset);
        let plan = Plan::new(&SHIPPED_BANK.roles()[role], &PlanPreferences::default(), Pace { start, hours_per_week: pace }).unwrap();
        let (mut next, mut hours) = (start, 0.0);
        for step in &plan.steps {
            let (first, last) = step.dates.unwrap();
            let Hours { low, high } = step.kind.hours();
            hours += f64::from(low + high) / 2.0;
            let by_formula = (7.0 * hours / f64::from(pace)).ceil();
            prop_assert_eq!(first, next);
            prop_assert!(last >= first);
            let day = f64::from((last - start).get_days() + 1);
            prop_assert!((day - by_formula.max(f64::from((first - start).get_days() + 1))).abs() < 0.5);
            next = last + jiff::Span::new().days(1);
        }
        prop_assert_eq!(plan.finish.map(|finish| finish + jiff::Span::new().days(1)), Some(next));
        let days = (next - start).get_days();
        prop_assert_eq!(i64::from(plan.weeks), i64::from((days + 6) / 7));
        prop_assert!(plan.phase(Phase::Certification).count() == 1);
        prop_assert!(plan.retired.iter().all(|certification| certification.retired.is_some()));
    }
}
