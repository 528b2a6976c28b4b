//! The report as it is shown: numbers that add up, bars that equal them, and a plan's line of figures.

use jiff::civil::date;
use pathquiz::internals::bank::{Bank, Sheet};
use pathquiz::internals::plan::{Pace, Plan, PlanPreferences};
use pathquiz::internals::report::{PlanReport, Report as _, Style};
use pathquiz::internals::scoring::{Length, Scorer};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{bank, question, sheet};

const STYLE: Style = Style { width: 100, unicode: true, color: false, links: false };

const PACE: Pace = Pace { start: date(2026, 11, 23), hours_per_week: 6 };

/// A row of evidence as it is shown: columns filled left and right of the middle, the points, and toward whom.
#[derive(Debug)]
struct Row<'t> {
    left: usize,
    right: usize,
    points: i64,
    toward: &'t str,
}

/// A line such as `  ██│      7 toward Role 0`; that of the other answers has no picture.
fn row(line: &str) -> Option<Row<'_>> {
    let (left, right) = line.split_once('│').unwrap_or(("", line));
    let filled = |side: &str| side.chars().filter(|character| "█▌▐".contains(*character)).count();
    let words = right.trim_start_matches(['█', '▌', ' ']);
    let (points, toward) = words.split_once(" toward ").unwrap_or((words, ""));
    Some(Row { left: filled(left), right: filled(right), points: points.parse().ok()?, toward })
}

fn rows(text: &str) -> Vec<Row<'_>> {
    text.lines().filter_map(row).collect()
}

/// The terms of a sum such as `Role 0  50 + 7 − 2 = 55`, and its total.
fn sum(text: &str, name: &str) -> (Vec<i64>, i64) {
    let line = text.lines().find(|line| line.starts_with(&format!("{name}  ")) && line.contains(" = ")).unwrap();
    let (terms, total) = line.trim_start_matches(name).split_once(" = ").unwrap();
    let terms = terms.replace("− ", "-").replace("+ ", "");
    (terms.split_whitespace().map(|term| term.parse().unwrap()).collect(), total.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_report_shows_adds_up(
        (roles, specs) in (2_usize..=4).prop_flat_map(|roles| (Just(roles), vec(question(roles), 1..=8))),
        picks in vec(0_usize..60, 8),
    ) {
        let Some(bank) = bank(roles, &specs) else { return Ok(()) };
        let scorer = Scorer::new(&bank);
        let sheet = sheet(&bank, &picks.into_iter().map(Some).collect::<Vec<_>>());
        let text = crate::support::report(&scorer, &sheet, PACE, Length::Full).document().text(STYLE);
        let fits = scorer.score(&sheet).fits;
        let (mut shown, mut parts) = (Vec::new(), Vec::new());
        for fit in &fits {
            let (terms, total) = sum(&text, &fit.role.name);
            prop_assert_eq!(terms[0], 50);
            prop_assert_eq!(terms.iter().sum::<i64>(), total);
            prop_assert!((fit.fit - f64::from(i32::try_from(total).unwrap())).abs() <= 0.5 + 1e-9);
            shown.push(total);
            parts.push(terms);
        }
        let rows = rows(&text);
        prop_assert_eq!(rows.len(), specs.len().min(7));
        let (first, second) = (&*fits[0].role.name, &*fits[1].role.name);
        let mut lead = 0;
        for (index, Row { left, right, points, toward }) in rows.iter().enumerate() {
            lead += if *toward == second { -points } else { *points };
            let sides = match *toward {
                "" => *points == 0 && *left == 0 && *right == 0,
                _ if index == 6 => *left == 0 && *right == 0,
                name if name == first => *points > 0 && *left == 0 && *right > 0,
                name => name == second && *points > 0 && *left > 0 && *right == 0,
            };
            prop_assert!(sides, "{text}");
            let apart = parts[0][index + 1] - parts[1][index + 1];
            prop_assert_eq!(apart.abs(), *points, "a row is the difference of what it gave both\n{}", text);
        }
        prop_assert_eq!(lead, shown[0] - shown[1], "{}", text);
        let ahead = format!("Together they put {first} {lead} point");
        let tied = scorer.score(&sheet).leader().is_none();
        prop_assert_eq!(text.contains(&format!("leave {first} and {second} level")), tied, "{}", text);
        prop_assert!(tied || lead == 0 || text.contains(&ahead), "{text}");
        prop_assert!(tied || lead != 0 || text.contains("less than 1 point ahead"), "{text}");
    }
}

/// A bank whose first role has one topic of these hours, one exam and nothing else.
fn planned(hours: &str) -> Bank {
    let text = include_str!("../../data/banks/tiny.toml").replacen(
        "summary",
        &format!(
            "knowledge = [{{ id = \"t\", title = \"T\", hours = {hours} }}]\n\
             certification = [{{ id = \"c\", name = \"C\", price_usd = 99 }}]\nsummary"
        ),
        1,
    );
    Bank::parse(text.as_bytes()).unwrap()
}

/// The first lines of a plan, as one.
fn head(bank: &Bank, preferences: &PlanPreferences<'_>) -> String {
    let plan = Plan::new(&bank.roles()[0], preferences, PACE).unwrap();
    let text = PlanReport { bank, plan: &plan }.document().text(Style { width: 200, ..STYLE });
    text.lines()
        .skip(1)
        .take_while(|line| !line.starts_with("Turns"))
        .filter(|line| !line.starts_with("Start here") && !line.starts_with("  "))
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end()
        .to_owned()
}

#[test]
fn a_plan_says_in_one_line_what_is_left() {
    let preferences = PlanPreferences::default();
    assert_eq!(
        head(&planned("[5, 7]"), &preferences),
        "23 Nov 2026 to 30 Nov 2026: 2 weeks at 6 h a week, about 6 h, exam 99 USD."
    );
    assert_eq!(
        head(&planned("[0, 0]"), &preferences),
        "23 Nov 2026 to 24 Nov 2026: 1 week at 6 h a week, exam 99 USD."
    );
    let known = |ids: &[&'static str]| PlanPreferences { known: ids.to_vec(), ..PlanPreferences::default() };
    let bank = planned("[5, 7]");
    assert_eq!(head(&bank, &known(&["c"])), "23 Nov 2026 to 29 Nov 2026: 1 week at 6 h a week, about 6 h.");
    assert_eq!(head(&bank, &known(&["t", "c"])), "Everything in it is known already.");
    assert_eq!(
        head(&Bank::parse(include_bytes!("../../data/banks/tiny.toml")).unwrap(), &preferences),
        "The bank lists no steps for this role."
    );
}

#[test]
fn a_plan_over_two_years_is_told_in_half_years_and_with_a_faster_pace() {
    // 624 hours at 6 a week are 104 weeks.
    for (hours, said) in [
        (623, None),
        (
            640,
            Some("about 2 years, and a steady pace is a good one: every step is worth something by itself. With 7 h"),
        ),
        (760, Some("about 2 and a half years")),
        (936, Some("about 3 years")),
        (1000, Some("With 10 h a week it takes about two years.")),
    ] {
        let head = head(&planned(&format!("[{hours}, {hours}]")), &PlanPreferences::default());
        match said {
            Some(said) => assert!(head.contains(said), "{hours}: {head}"),
            None => assert!(!head.contains("years"), "{hours}: {head}"),
        }
    }
}

#[test]
fn signs_that_a_terminal_may_lack_are_written_with_others() {
    let bank = planned("[5, 7]");
    let scorer = Scorer::new(&bank);
    let mut sheet = Sheet::new(&bank);
    sheet.put(bank.respond("recipes", &pathquiz::internals::bank::Value::Integer(1)).unwrap());
    sheet.skip_open();
    let report = crate::support::report(&scorer, &sheet, PACE, Length::Full);
    assert!(!report.document().text(STYLE).is_ascii());
    assert!(report.document().text(Style { unicode: false, ..STYLE }).is_ascii());
}
