//! The command as it is run: its document, its formats, rejected lines and exit statuses.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use pathquiz::internals::bank::{Bank, Kind, SHIPPED};
use pathquiz::internals::cohort::Cohort;
use pathquiz::internals::report::Report as _;
use pathquiz::internals::scoring::{Flag, Scorer};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value as Json;
use tempfile::TempDir;

use super::{sheets, summary};
use crate::support::page::{self, hostile};
use crate::support::{Spec, toml};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema_version: u32,
    tool: Json,
    bank: Json,
    respondents: u64,
    rejected: u64,
    note: Option<String>,
    flags: BTreeMap<String, u64>,
    flagged: u64,
    verdicts: BTreeMap<String, u64>,
    roles: Vec<Role>,
    tied: u64,
    leads: Vec<Bin>,
    lead: Option<Lead>,
    questions: Vec<Question>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    id: String,
    name: String,
    recommended: u64,
    verdicts: Option<BTreeMap<String, u64>>,
    fit: Fit,
    reliability: Reliability,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fit {
    mean: f64,
    sd: f64,
    min: f64,
    max: f64,
    histogram: Vec<Bin>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bin {
    from: u32,
    to: u32,
    people: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reliability {
    questions: usize,
    respondents: u64,
    alpha: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    standardised: Option<f64>,
    mean_correlation: Option<f64>,
    omega: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lead {
    mean: f64,
    interval: [f64; 2],
    questions: usize,
    respondents: u64,
    alpha: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: String,
    answered: u64,
    skipped: u64,
    item_rest: Option<f64>,
    item_rest_low: Option<f64>,
    item_rest_high: Option<f64>,
    judgement: Option<String>,
    alpha_if_dropped: Option<f64>,
    upper_lower: Option<f64>,
}

const THREE: &str = "tests/data/banks/three.toml";

/// Answers of some people, a JSON table each: everybody has a taste and follows it half of the time, and skips something
/// now and then.
fn lines(bank: &str, people: usize) -> String {
    gapped(bank, people, 1)
}

/// The same with so many skips in sixteen answers.
fn gapped(bank: &str, people: usize, skips: u64) -> String {
    let bank = Bank::parse(bank.as_bytes()).unwrap();
    let mut text = String::new();
    for person in 0..people {
        let mut answers = serde_json::Map::new();
        let mut state = person as u64 + 1;
        for question in bank.questions().iter().filter(|question| question.is_scored()) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let outcomes = question.outcomes();
            let liked = outcomes.iter().max_by_key(|answer| question.points(answer, person % bank.roles().len()));
            let random = outcomes.get(usize::try_from(state >> 33).unwrap() % outcomes.len());
            let answer = if state >> 62 < 2 { liked } else { random }.unwrap();
            if state >> 58 & 15 >= skips {
                answers.insert(question.id.clone(), serde_json::to_value(question.value(answer)).unwrap());
            }
        }
        writeln!(text, "{}", Json::from(answers)).unwrap();
    }
    text
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.env_clear().env("LANG", "C.UTF-8").arg("cohort").args(arguments);
    command
}

fn run(arguments: &[&str], input: &str) -> Output {
    run_command(&mut command(arguments), input)
}

pub(crate) fn run_command(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

pub(crate) fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn document(arguments: &[&str], input: &str) -> Document {
    let output = run(&[arguments, &["--json"]].concat(), input);
    serde_json::from_str(&text(&output)).unwrap()
}

#[test]
fn the_document_of_two_roles() {
    let found = document(&[], &lines(SHIPPED, 60));
    assert_eq!((found.schema_version, found.respondents, found.rejected, found.note), (2, 60, 0, None));
    assert_eq!((&found.tool["name"], &found.bank["id"]), (&"pathquiz".into(), &"data-or-ml".into()));
    assert_eq!(found.flags.keys().collect::<Vec<_>>(), ["constant", "straight-line"]);
    assert!(found.flagged <= 60 && found.leads.len() == 20);
    assert_eq!(found.verdicts.values().sum::<u64>(), 60);
    assert_eq!(found.roles.iter().map(|role| role.recommended).sum::<u64>() + found.tied, 60);
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    let activities = |id: &str| {
        let role = bank.roles().iter().position(|role| role.id == id).unwrap();
        let scales = bank.questions().iter().filter(|question| question.kind == Kind::Scale && question.is_scored());
        scales.filter(|question| question.points(&question.outcomes()[0], role) != 0).count()
    };
    for role in &found.roles {
        assert!(role.id.contains("engineering") && role.name.contains("Engineering"));
        let Fit { mean, sd, min, max, histogram } = &role.fit;
        assert!(min < mean && mean < max && *sd > 0.0);
        assert_eq!(histogram.iter().map(|bin| bin.people).sum::<u64>(), 60);
        assert!(histogram.iter().all(|bin| bin.to == bin.from + 5));
        assert!(role.verdicts.as_ref().is_none_or(|verdicts| verdicts.values().sum::<u64>() == role.recommended));
        assert_eq!(role.reliability.questions, activities(&role.id));
        assert!((50..60).contains(&role.reliability.respondents));
        let Reliability { alpha, low, high, standardised, mean_correlation, omega, .. } = &role.reliability;
        assert!([alpha, low, high, standardised, mean_correlation].iter().all(|figure| figure.is_some()));
        assert!(omega.is_none_or(|omega| (0.0..1.0).contains(&omega)), "{omega:?}");
    }
    let lead = found.lead.unwrap();
    assert!(lead.questions == 24 && (50..60).contains(&lead.respondents));
    let (alpha, low, high) = (lead.alpha.unwrap(), lead.low.unwrap(), lead.high.unwrap());
    assert!(low < alpha && alpha < high && alpha > 0.4, "{alpha}");
    assert!(lead.interval[0] < lead.mean && lead.mean < lead.interval[1]);
    for question in &found.questions {
        assert_eq!(question.answered + question.skipped, 60);
        let Question { item_rest, item_rest_low, item_rest_high, alpha_if_dropped, upper_lower, .. } = question;
        assert!(item_rest_low < item_rest && item_rest < item_rest_high && item_rest_low.is_some());
        assert!(alpha_if_dropped.is_some() && upper_lower.is_some());
        assert_eq!(question.judgement.as_deref(), Some("too_few"));
    }
    assert_eq!(found.questions[0].id, "stores");
}

#[test]
fn the_document_of_three_roles_has_no_lead_and_the_best_role_of_each_question() {
    let bank = fs::read_to_string(THREE).unwrap();
    // Each combination of skips has a chance of its own, which takes its time with three roles.
    let found = document(&["--bank", THREE], &gapped(&bank, 120, 0));
    assert!(found.lead.is_none() && found.roles.len() == 3);
    for question in &found.questions {
        assert!(question.item_rest.is_some() && question.judgement.as_deref() != Some("too_few"), "{}", question.id);
    }
}

#[test]
fn rejected_lines_are_named_counted_and_make_the_status_4() {
    let folder = TempDir::new().unwrap();
    let rejects = folder.path().join("rejects.txt");
    let input = format!("{}{{\"stores\": 9}}\nnonsense\n", lines(SHIPPED, 8));
    let plain = run(&["--json"], &input);
    let document: Json = serde_json::from_slice(&plain.stderr).unwrap();
    let problems = document["error"]["problems"].as_array().unwrap();
    assert_eq!(problems.iter().map(|problem| problem["line"].as_u64().unwrap()).collect::<Vec<_>>(), [9, 10]);
    let people = run(&[], &input);
    let errors = String::from_utf8(people.stderr).unwrap();
    assert_eq!((plain.status.code(), people.status.code()), (Some(4), Some(4)));
    assert!(errors.contains("standard input:9:") && errors.contains("`stores` has no choice `9`"), "{errors}");
    assert!(errors.contains("standard input:10: this is not a JSON object"), "{errors}");
    assert!(errors.ends_with("error: 2 lines were rejected\n"), "{errors}");
    let kept = run(&["--rejects", rejects.to_str().unwrap()], &input);
    assert_eq!((kept.status.code(), kept.stdout == people.stdout), (Some(4), true));
    assert_eq!(String::from_utf8(kept.stderr).unwrap(), "error: 2 lines were rejected\n");
    assert_eq!(fs::read_to_string(&rejects).unwrap().lines().count(), 2);
    let found: Document = serde_json::from_slice(&plain.stdout).unwrap();
    assert_eq!((found.respondents, found.rejected), (8, 2));
    assert_eq!(run(&[], &lines(SHIPPED, 8)).status.code(), Some(0));
}

#[test]
fn duplicates_are_counted_where_they_are_asked_for() {
    let twice = lines(SHIPPED, 30).repeat(2);
    assert_eq!(document(&["--duplicates"], &twice).flags["duplicate"], 30);
    assert_eq!(document(&[], &twice).flags.get("duplicate"), None);
}

#[test]
fn a_group_is_no_calendar() {
    for (arguments, said) in [
        (["--format", "ics"], "invalid value 'ics' for '--format <FORMAT>'"),
        (["-o", "group.ics"], "no ics can be made of this: it has no plan"),
    ] {
        let output = run(&arguments, "");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains(said));
    }
}

/// What every format has to say, whatever its layout.
#[test]
fn all_formats_say_the_same() {
    let input = lines(SHIPPED, 60);
    let found = document(&["--duplicates"], &input);
    let bare = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let with = |format: &str| {
        let mut command = command(&["--duplicates", "--format", format]);
        text(&run_command(command.env("COLUMNS", "100"), &input))
    };
    let (html, markdown) = (with("html"), with("markdown"));
    let pages = [with("text"), page::html(&html).text, page::markdown(&markdown).text].map(|text| bare(&text));
    let decimal = |value: f64| format!("{value:.2}").replacen("0.", ".", 1).replace("-.00", ".00").replace('-', "−");
    let lead = found.lead.unwrap();
    let mut facts = vec![
        "60peopleanswered;nolinewasrejected".to_owned(),
        format!(
            "alpha{},95%interval{}to{}",
            decimal(lead.alpha.unwrap()),
            decimal(lead.low.unwrap()),
            decimal(lead.high.unwrap())
        ),
        format!("Onaveragetheanswersare{:.1}pointsnearerto", lead.mean.abs()),
        "Theydonotmeasureability".to_owned(),
        "duplicate:0people".to_owned(),
    ];
    for role in &found.roles {
        facts.push(bare(&format!("{}: mean {:.1}, standard deviation {:.1}", role.name, role.fit.mean, role.fit.sd)));
        facts.push(bare(&format!("{}{}", role.name, role.recommended)));
    }
    for question in &found.questions {
        let figures = [question.item_rest, question.item_rest_low, question.item_rest_high, question.alpha_if_dropped];
        let [rest, low, high, without] = figures.map(|figure| decimal(figure.unwrap()));
        facts.push(format!("{}{}{}{rest}{low}to{high}{without}", question.id, question.answered, question.skipped));
    }
    for (name, page) in ["text", "html", "markdown"].iter().zip(&pages) {
        for fact in &facts {
            // Names of bars in HTML stand in attributes, and their numbers behind them.
            assert!(page.contains(fact), "{fact} is not in the {name}: {page}");
        }
    }
    assert_eq!(page::markdown(&markdown).tables, 6, "two of outcomes, three histograms, the questions");
    assert_eq!(page::html(&html).headings, 9);
}

#[test]
fn text_keeps_to_the_width_and_to_the_signs_of_the_terminal() {
    let input = lines(SHIPPED, 12);
    for columns in [20_usize, 30, 44, 60, 80, 120] {
        let text = text(&run_command(command(&[]).env("COLUMNS", columns.to_string()), &input));
        for line in text.lines() {
            assert!(line.chars().count() <= columns.min(100), "{columns}: {line}");
        }
    }
    let simple = text(&run_command(command(&[]).env("LANG", "C"), &input));
    assert!(simple.is_ascii() && simple.contains("####"), "{simple}");
}

#[test]
fn weak_questions_are_named() {
    // The fourth question says the opposite of the others, and the fifth nothing.
    let mut input = String::new();
    for person in 0..200 {
        let (taste, noise) = (person % 5 + 1, (person / 5) % 5 + 1);
        let opposite = 6 - taste;
        writeln!(input, "{{\"q0\": {taste}, \"q1\": {taste}, \"q2\": {taste}, \"q3\": {opposite}, \"q4\": {noise}}}")
            .unwrap();
    }
    let folder = TempDir::new().unwrap();
    let bank = folder.path().join("bank.toml");
    fs::write(&bank, toml(2, &vec![Spec::Scale(vec![1, -1]); 5])).unwrap();
    let text = text(&run(&["--bank", bank.to_str().unwrap()], &input));
    let weak = text.split_once("Questions to rewrite").unwrap().1.split_once("What these figures").unwrap().0;
    let (wrong, weak_one) = weak.split_once("q4: item-rest ").unwrap();
    assert!(wrong.contains("q3: item-rest −") && wrong.contains("wrong answers"), "{wrong}");
    assert!(weak_one.contains("it hardly tells") && !weak_one.contains("wrong answers"), "{weak_one}");
    assert!(!weak.contains("q0") && !weak.contains("q1") && !weak.contains("q2"), "{weak}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_of_the_bank_mean_themselves(title in hostile(), name in hostile()) {
        prop_assume!(!title.is_empty() && !name.is_empty());
        let quoted = |text: &str| Json::from(text).to_string();
        let written = toml(2, &vec![Spec::Scale(vec![1, -1]); 5])
            .replace("\"Test\"", &quoted(&title))
            .replace("\"Role 1\"", &quoted(&name));
        let bank = Bank::parse(written.as_bytes()).unwrap();
        let scorer = Scorer::new(&bank);
        let people: Vec<Vec<Option<usize>>> = (0..20).map(|person| vec![Some(person % 5); 5]).collect();
        let cohort = Cohort::new(&summary(&scorer, &sheets(&bank, &people)), 0, &Flag::ALL);
        let bare = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
        let document = cohort.document();
        for text in [page::html(&document.html()).text, page::markdown(&document.markdown()).text] {
            let text = bare(&text);
            prop_assert!(text.contains(&bare(&title)) && text.contains(&bare(&format!("{name}: mean"))), "{}", text);
        }
    }
}
