//! Markdown, read by another implementation: what was written is what is read, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop right there")]

use std::process::Command;

use jiff::civil::date;
use pathquiz::bank::{Hours, Project, Role, clean};
use pathquiz::plan::{Pace, Plan, Wishes};
use pathquiz::report::plan_markdown;
use proptest::prelude::*;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// What a reader sees: running text, and the addresses that are links.
#[derive(Debug, Default)]
struct Page {
    text: String,
    links: Vec<String>,
    boxes: Vec<bool>,
    headings: usize,
    tables: usize,
}

fn read(markdown: &str) -> Page {
    let mut page = Page::default();
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(text) | Event::Code(text) => page.text.push_str(&text),
            Event::End(end) if !matches!(end, TagEnd::Link | TagEnd::Strong) => page.text.push('\n'),
            Event::SoftBreak | Event::HardBreak => page.text.push('\n'),
            Event::TaskListMarker(ticked) => page.boxes.push(ticked),
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. }) => {
                page.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => page.headings += 1,
            Event::Start(Tag::Table(_)) => page.tables += 1,
            Event::End(_)
            | Event::Start(
                Tag::Paragraph
                | Tag::List(_)
                | Tag::Item
                | Tag::Strong
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => {}
            other => panic!("{other:?} in\n{markdown}"),
        }
    }
    page
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pathquiz")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_report_carries_the_facts_of_the_document() {
    for answers in ["tests/answers/plumber.json", "tests/answers/torn.json", "tests/answers/early.json"] {
        let arguments = ["--answers", answers, "--start", "2026-11-23"];
        let page = read(&run(&[&arguments[..], &["--format", "markdown"]].concat()));
        let document: Value = serde_json::from_str(&run(&[&arguments[..], &["--json"]].concat())).unwrap();
        let sentence = document["recommendation"]["sentence"].as_str().unwrap();
        let told = page.text.replace('\n', " ").replace("  ", " ");
        assert!(sentence.split(". ").all(|part| told.contains(part.trim_end_matches('.'))), "{sentence}\n{told}");
        for role in document["roles"].as_array().unwrap() {
            assert!(page.text.contains(role["name"].as_str().unwrap()));
        }
        let plan = &document["plan"];
        let steps = plan["phases"].as_array().unwrap().iter().flat_map(|phase| phase["steps"].as_array().unwrap());
        let steps: Vec<&Value> = steps.collect();
        for step in &steps {
            assert!(page.text.contains(step["title"].as_str().unwrap()), "{step}");
            for resource in step["resources"].as_array().into_iter().flatten() {
                assert!(
                    resource["url"].is_null() || page.links.iter().any(|link| *link == resource["url"]),
                    "{resource}"
                );
            }
        }
        assert_eq!(page.boxes, steps.iter().map(|step| step["known"] == true).collect::<Vec<_>>());
        for fact in plan["outlook"].as_array().unwrap() {
            assert!(page.text.contains(fact["value"].as_str().unwrap()), "{fact}");
        }
        assert_eq!((page.tables, page.headings > 6), (2, true));
    }
}

/// Text in which markup is likely.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        " ",
        "*",
        "_",
        "**",
        "`",
        "```",
        "[x](http://e.org)",
        "![i](x)",
        "<b>",
        "<script>alert(1)</script>",
        "</p>",
        "&amp;",
        "|",
        "#",
        "# ",
        "- ",
        "1. ",
        "2) ",
        "+ ",
        "> ",
        "\\",
        "~~",
        "$x$",
        "---",
        "===",
        "[ ] ",
        "[^1]",
        "<!--",
        "http://",
        "www.x.org",
        "javascript:alert(1)",
        ":--",
        "é",
        "{#id}",
        "| --- |",
        "\"quoted\"",
        "'",
        "^",
        "=",
    ];
    let piece = prop_oneof![5 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,3}"];
    prop::collection::vec(piece, 1..10)
        .prop_map(|pieces| clean(&pieces.concat()).split_whitespace().collect::<Vec<_>>().join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn foreign_text_is_read_as_it_was_written(title in hostile(), done_when in hostile(), summary in hostile()) {
        prop_assume!([&title, &done_when, &summary].iter().all(|text| !text.is_empty()));
        let project = Project {
            id: "p".to_owned(),
            title: title.clone(),
            level: None,
            hours: Hours { low: 1, high: 2 },
            dataset: None,
            done_when: Some(done_when.clone()),
        };
        let role = Role {
            id: "r".to_owned(),
            name: title.clone(),
            summary: summary.clone(),
            growth: None,
            outlook: Vec::new(),
            knowledge: Vec::new(),
            certifications: Vec::new(),
            expertise: vec![project],
        };
        let pace = Pace { start: date(2027, 1, 4), hours_per_week: 6 };
        let markdown = plan_markdown(&Plan::new(&role, &Wishes::default(), pace).unwrap());
        let page = read(&markdown);
        for text in [&title, &done_when, &summary] {
            prop_assert!(page.text.contains(text.as_str()), "{text:?} in {:?} of\n{markdown}", page.text);
        }
        prop_assert!(page.links.iter().all(|link| link.starts_with("http://") || link.starts_with("https://")));
        prop_assert_eq!((page.headings, page.boxes.len()), (2, 1));
    }
}
