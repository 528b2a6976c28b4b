//! The formats, read by other implementations: what was written is what is read, nothing else, and the same in all.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use base64::Engine as _;
use jiff::civil::Date;
use pathquiz::internals::bank::{Bank, Certification, Hours, Outlook, Place, Project, Resource, Role, SHIPPED, Topic};
use pathquiz::internals::plan::{Pace, Plan, PlanPreferences};
use pathquiz::internals::report::{PlanComparison, PlanReport, Report as _};
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::support::page::{self, Page, hostile};

fn run(arguments: &[&str]) -> String {
    run_in(100, arguments)
}

fn run_in(columns: usize, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pathquiz"));
    command.args(arguments).env_clear().env("LANG", "C.UTF-8").env("COLUMNS", columns.to_string());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Text without anything that a layout may add or break: white space and the marks of lists.
fn bare(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// Every text, number and date below a value of the document, as a reader would meet it.
fn told(value: &Value, keys: &[&str]) -> Vec<String> {
    let said = |value: &Value| match value {
        Value::String(text) => Some(date(text).unwrap_or_else(|| text.clone())),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(range) if range.iter().all(Value::is_u64) => {
            let [low, high] = [&range[0], &range[1]].map(|hours| hours.as_u64().unwrap());
            let about = if low == high { "" } else { "about " };
            Some(format!("{about}{} h", u64::midpoint(low, high)))
        }
        _ => None,
    };
    keys.iter().filter_map(|key| said(&value[*key])).collect()
}

/// A date of the document as people write it, `None` for any other text.
fn date(text: &str) -> Option<String> {
    let day: Option<Date> = text.parse().ok();
    let month = || format!("{text}-01").parse().ok().map(|first: Date| first.strftime("%b %Y").to_string());
    day.map(|day| day.strftime("%-d %b %Y").to_string()).or_else(month)
}

fn each<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

/// The facts of a plan.
fn plan_facts(plan: &Value) -> Vec<String> {
    let certification = |value: &Value| {
        let mut facts = told(value, &["name", "code", "provider", "level", "note", "url", "as_of", "retired"]);
        facts.extend(value["price_usd"].as_u64().map(|price| format!("{price} USD")));
        facts
    };
    let mut facts = told(plan, &["start", "finish", "hours", "growth"]);
    facts.push(format!("{} weeks at {} h a week", plan["weeks"], plan["hours_per_week"]));
    for step in each(plan, "phases").flat_map(|phase| each(phase, "steps")) {
        facts.extend(told(step, &["title", "start", "finish", "why", "done_when"]));
        facts.extend(step["level"].as_u64().map(|level| format!("level {level}")));
        facts.extend(step["start"].as_str().and_then(|_| told(step, &["hours"]).pop()).filter(|hours| hours != "0 h"));
        facts.extend(each(step, "resources").flat_map(|resource| told(resource, &["title", "kind", "cost", "url"])));
        facts.extend(told(&step["dataset"], &["name", "url"]));
        facts.extend(certification(&step["certification"]));
    }
    facts.extend(each(plan, "alternatives").chain(each(plan, "retired")).flat_map(certification));
    facts.extend(each(plan, "alternatives").flat_map(|other| told(other, &["hours"])).filter(|hours| hours != "0 h"));
    facts.extend(each(plan, "outlook").flat_map(|fact| told(fact, &["claim", "value", "as_of", "source"])));
    facts
}

/// The facts of a result beside its plan.
fn result_facts(document: &Value, bank: &Bank) -> Vec<String> {
    let words = |id: &Value, answer: &Value| {
        let question = bank.question(id.as_str().unwrap()).unwrap();
        let value = serde_json::from_value::<i64>(answer.clone()).map_or_else(
            |_| pathquiz::internals::bank::Value::Text(answer.as_str().unwrap_or_default().to_owned()),
            pathquiz::internals::bank::Value::Integer,
        );
        [question.text.clone(), question.words(&bank.respond(&question.id, &value).unwrap().answer)]
    };
    let sentence = document["recommendation"]["sentence"].as_str().unwrap();
    // Where the fits stand in a picture the verdict is a shorter sentence; what is said of chance is the same.
    let mut facts: Vec<String> = sentence
        .split(". ")
        .filter(|part| part.contains("random"))
        .skip(1)
        .map(|part| part.trim_end_matches('.').to_owned())
        .collect();
    facts.extend(each(document, "roles").flat_map(|role| told(role, &["name"])));
    let fits = each(document, "roles").map(|role| role["fit"].as_f64().unwrap().round());
    facts.extend(fits.map(|fit| format!("= {fit}")));
    for row in each(document, "evidence").take(6) {
        facts.extend(words(&row["question"], &row["answer"]));
    }
    for change in each(&document["flips"], "changes") {
        facts.extend(words(&change["question"], &change["from"]));
        facts.extend(words(&change["question"], &change["to"]));
    }
    facts
}

fn assert_told(facts: &[String], text: &str, name: &str) {
    let text = bare(text);
    for fact in facts {
        assert!(text.contains(&bare(fact)), "{name} does not say {fact:?}");
    }
}

#[test]
fn all_formats_carry_the_facts_of_the_document() {
    let bank = Bank::parse(SHIPPED.as_bytes()).unwrap();
    for answers in ["plumber", "torn", "early"] {
        let answers = format!("tests/data/answers/{answers}.json");
        let format = |name| run(&["--answers", &answers, "--start", "2026-11-23", "--format", name]);
        let document: Value = serde_json::from_str(&format("json")).unwrap();
        let mut facts = result_facts(&document, &bank);
        facts.extend(plan_facts(&document["plan"]));
        assert!(facts.len() > 300, "{}", facts.len());
        assert_told(&facts, &format("text"), "text");
        let (markdown, html) = (page::markdown(&format("markdown")), page::html(&format("html")));
        for (page, name) in [(&markdown, "markdown"), (&html, "html")] {
            assert_told(&facts, &format!("{}{}", page.text, page.links.join(" ")), name);
            let steps = each(&document["plan"], "phases").flat_map(|phase| each(phase, "steps"));
            assert_eq!(page.boxes, steps.map(|step| step["known"] == true).collect::<Vec<_>>(), "{name}");
        }
        let calendar = format("ics").replace("\r\n ", "").replace("\\n", "\n").replace('\\', "");
        for step in each(&document["plan"], "phases").flat_map(|phase| each(phase, "steps")) {
            if step["known"] == false {
                assert_told(&told(step, &["title", "hours", "why", "done_when"]), &calendar, "ics");
                let dates = step["start"].as_str().unwrap().replace('-', "");
                assert!(calendar.contains(&format!("DTSTART;VALUE=DATE:{dates}")), "{step}");
            }
        }
    }
}

#[test]
fn a_comparison_says_the_same_in_all_formats() {
    let format = |name| run(&["plan", "--compare", "--start", "2026-11-23", "-a", "known=sql", "--format", name]);
    let document: Value = serde_json::from_str(&format("json")).unwrap();
    let mut facts = Vec::new();
    for plan in each(&document, "plans") {
        facts.extend(told(plan, &["start", "finish", "weeks", "hours", "growth"]));
        facts.extend(
            each(plan, "phases").flat_map(|phase| each(phase, "steps")).flat_map(|step| told(step, &["title"])),
        );
        facts.extend(each(plan, "outlook").flat_map(|fact| told(fact, &["claim", "as_of", "source"])));
        facts.push(format!("exam {} USD", plan["price_usd"]));
        let known = each(plan, "phases").flat_map(|phase| each(phase, "steps")).filter(|step| step["known"] == true);
        facts.extend(known.map(|step| format!("{} (known)", step["title"].as_str().unwrap())));
        assert_eq!(plan["shared"], serde_json::json!(["python"]));
    }
    assert_eq!(each(&document, "plans").count(), 2);
    let (markdown, html) = (page::markdown(&format("markdown")), page::html(&format("html")));
    assert_told(&facts, &format!("{}{}", markdown.text, markdown.links.join(" ")), "markdown");
    assert_told(&facts, &format!("{}{}", html.text, html.links.join(" ")), "html");
    assert_eq!(markdown.text.matches("Python, shell and Git").count(), 1, "what is shared is nobody's own");
    // Columns stand side by side, so only what is short enough for one line can be found in the text.
    let narrow = run_in(50, &["plan", "--compare", "--start", "2026-11-23", "-a", "known=sql"]);
    assert_told(&facts, &narrow, "text");
    let wide = format("text");
    for plan in each(&document, "plans") {
        for fact in each(plan, "outlook").filter(|fact| fact["source"].is_string()) {
            let source = wide.lines().find(|line| line.ends_with(fact["source"].as_str().unwrap())).unwrap();
            let number = source.split(' ').next().unwrap();
            assert!(wide.matches(number).count() > 1, "{source} is referred to");
        }
    }
    assert!(wide.contains("\n[1] https://") && !wide.contains("[0]"));
}

#[test]
fn reports_on_banks_say_the_same_in_all_formats() {
    let hostile = "tests/data/banks/hostile.toml";
    let diff = ["bank", "diff", "tests/data/banks/tiny.toml", "tests/data/banks/next.toml"];
    let sheet = tempfile::NamedTempFile::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::write(sheet.path(), r#"{"id": "*ada* <b>", "answers": {"recipes": 5, "saturday": "beds"}}"#).unwrap();
    let people = ["--answers", sheet.path().to_str().unwrap()];
    for (arguments, list, keys) in [
        (&["questions", "--bank", hostile][..], "/questions", &["id", "text"][..]),
        (&["bank", "audit", "tests/data/banks/personas.toml"], "/problems", &["message", "advice", "text"]),
        (&["bank", "audit", hostile], "/roles", &["id", "questions"]),
        (&diff, "/changes", &["id"]),
        (&[&diff[..], &people].concat(), "/people/changed", &["id"]),
    ] {
        let format = |name| run(&[arguments, &["--format", name]].concat());
        let document: Value = serde_json::from_str(&format("json")).unwrap();
        let entries = document.pointer(list).and_then(Value::as_array).unwrap();
        let facts: Vec<String> = entries.iter().flat_map(|entry| told(entry, keys)).collect();
        assert!(!facts.is_empty(), "{list}");
        assert_told(&facts, &format("text"), "text");
        assert_told(&facts, &page::markdown(&format("markdown")).text, "markdown");
        assert_told(&facts, &page::html(&format("html")).text, "html");
    }
}

#[test]
fn the_policy_of_a_page_names_its_style_and_nothing_else() {
    let html = run(&["plan", "data-engineering", "--format", "html"]);
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    assert!(html.contains(&format!("content=\"{policy}\"")), "the style has the hash {hash}");
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn words_of_a_bank_in_another_language_are_marked_and_its_dates_are_written_as_there() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("bank.toml");
    let bank = fs::read_to_string("tests/data/banks/full.toml").unwrap();
    fs::write(&file, bank.replace("language = \"en\"", "language = \"de\"")).unwrap();
    let html = |bank: &str| run(&["plan", "cook", "--bank", bank, "--start", "2026-11-23", "--format", "html"]);
    let (german, english) = (html(file.to_str().unwrap()), html("tests/data/banks/full.toml"));
    assert!(german.contains("<html lang=\"en\">") && german.contains("<p lang=\"de\">Cooks.</p>"), "{german}");
    assert!(german.contains("23. Nov. 2026") && english.contains("23 Nov 2026"), "{german}");
    assert_eq!(english.matches("lang=").count(), 1);
}

#[test]
fn a_hostile_bank_is_harmless_in_a_report() {
    let arguments =
        ["--bank", "tests/data/banks/hostile.toml", "-a", "scale=5", "-a", "single=a", "--start", "2026-11-23"];
    let bank = Bank::parse(include_bytes!("../../data/banks/hostile.toml")).unwrap();
    let mut texts = vec![bank.title().to_owned()];
    texts.extend(bank.questions().iter().map(|question| question.text.clone()));
    texts.extend(bank.roles().iter().map(|role| role.name.clone()));
    for (format, read) in [("markdown", page::markdown as fn(&str) -> Page), ("html", page::html)] {
        let page = read(&run(&[&arguments[..], &["--format", format]].concat()));
        assert_told(&texts, &page.text, format);
        assert!(page.links.iter().all(|link| link.starts_with("http")), "{:?}", page.links);
    }
    let plan = ["plan", "markup", "--bank", "tests/data/banks/hostile.toml", "--start", "2026-11-23"];
    let compare = ["plan", "--compare", "--bank", "tests/data/banks/hostile.toml", "--start", "2026-11-23"];
    for columns in [16, 20, 30, 40, 60, 80, 120] {
        for arguments in [&arguments[..], &plan, &compare] {
            let text = run_in(columns, arguments);
            let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > columns.min(100);
            // Only addresses are never broken, so that they can be followed.
            let broken = text.lines().filter(wide).find(|line| !line.contains("http"));
            assert_eq!(broken, None, "{columns} columns");
        }
    }
}

/// A role that says the same foreign text everywhere.
fn role(text: &str, hours: Hours) -> Role {
    let url = Some("https://example.org/".to_owned());
    Role {
        id: "r".to_owned(),
        place: Place::default(),
        name: text.to_owned(),
        summary: text.to_owned(),
        growth: Some(text.to_owned()),
        outlook: vec![Outlook { claim: text.to_owned(), value: text.to_owned(), as_of: None, source: url.clone() }],
        knowledge: vec![Topic {
            id: "t".to_owned(),
            title: text.to_owned(),
            why: Some(text.to_owned()),
            hours,
            resources: vec![Resource { title: text.to_owned(), kind: None, cost: None, url: url.clone() }],
        }],
        certifications: vec![Certification {
            id: "c".to_owned(),
            name: text.to_owned(),
            code: Some(text.to_owned()),
            provider: None,
            level: None,
            hours,
            price_usd: None,
            valid_years: None,
            suits: Vec::new(),
            note: Some(text.to_owned()),
            url,
            as_of: None,
            retired: None,
            successors: Vec::new(),
        }],
        expertise: vec![Project {
            id: "p".to_owned(),
            title: text.to_owned(),
            level: None,
            hours,
            dataset: None,
            done_when: Some(text.to_owned()),
        }],
    }
}

static BANK: LazyLock<Bank> = LazyLock::new(|| Bank::parse(SHIPPED.as_bytes()).unwrap());

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn foreign_text_is_read_as_it_was_written(text in hostile(), other in hostile()) {
        prop_assume!(!text.is_empty() && !other.is_empty());
        let bank = &*BANK;
        let hours = Hours { low: 1, high: 2 };
        let (one, two) = (role(&text, hours), Role { id: "s".to_owned(), ..role(&other, hours) });
        let pace = Pace { start: jiff::civil::date(2027, 1, 4), hours_per_week: 6 };
        let plan = Plan::new(&one, &PlanPreferences::default(), pace).unwrap();
        let both = Plan::for_roles(&[&one, &two], &PlanPreferences::default(), pace).unwrap();
        let (plan, both) = (PlanReport { bank, plan: &plan }, PlanComparison { bank, plans: &both });
        let (plan, both) = (plan.document(), both.document());
        let pages = [
            (page::markdown(&plan.markdown()), 13, 5),
            (page::html(&plan.html()), 13, 5),
            (page::markdown(&both.markdown()), 8, 7),
            (page::html(&both.html()), 8, 19),
        ];
        for (page, least, headings) in &pages {
            prop_assert!(page.text.matches(text.as_str()).count() >= *least, "{text:?} in {:?}", page.text);
            prop_assert!(page.links.iter().all(|link| link.starts_with("http://") || link.starts_with("https://")));
            prop_assert_eq!(page.headings, *headings);
        }
        let compared = pages.iter().skip(2).all(|(page, ..)| page.text.contains(&text) && page.text.contains(&other));
        prop_assert!(compared);
    }
}
